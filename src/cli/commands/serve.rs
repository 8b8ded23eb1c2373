//! `serve` and `demo`: the timeline in the browser.
//!
//! In go options; out comes an open vault with pages.

use super::{client_code, duration};
use crate::cli::failure::Failure;
use crate::cli::opening::{Pages, Plan, hold_open};
use crate::cli::options::TodayOption;
use crate::cli::session::Session;
use crate::cli::{Exit, unlock};
use crate::domain::ClientCode;
use crate::publish::{DEMO_TODAY, Today};
use crate::serve::{Handover, Source};
use crate::vault::Vault;
use clap::Args;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Serve the timeline on this machine
///
/// Prints an address with a one-time token; Enter prints another. Only this machine can reach it.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    listening: Listening,
    /// Open only this client's notes; may be given again
    #[arg(long, value_name = "CODE", value_parser = client_code)]
    client: Vec<ClientCode>,
    /// Open process notes too
    #[arg(long)]
    with_process: bool,
    /// Templates that replace built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Show no labels beside clients' codes
    ///
    /// `labels = false` in config.toml does the same each time.
    #[arg(long)]
    no_labels: bool,
    /// Pages answer to no single keys
    ///
    /// For who speaks to the machine. `keys = false` in config.toml does the same each time.
    #[arg(long)]
    no_keys: bool,
    /// The case as it was known on this day: what was written later is left out, and counted
    ///
    /// The day then counts as today. A note that says no `written` day counts as written on its own. An unsigned note that
    /// was edited since shows its latest text.
    #[arg(long, value_name = "DATE", conflicts_with = "today")]
    as_of: Option<String>,
    #[command(flatten)]
    today: TodayOption,
}

/// Serve the example vault that ships inside this program
///
/// Nothing to set up, no passphrase. The notes are fiction.
#[derive(Debug, Args)]
pub(in crate::cli) struct DemoArguments {
    #[command(flatten)]
    listening: Listening,
}

/// Where and how long.
#[derive(Debug, Args)]
struct Listening {
    /// The port on 127.0.0.1 [default: any that is free]
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// Lock after this long without a request (90s, 60m, 2h)
    #[arg(long, value_name = "TIME", default_value = "60m", value_parser = duration)]
    lock_after: Duration,
}

/// Serves a vault.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let vault = session.vault()?;
    arguments.client.iter().try_for_each(|code| session.require_client(&vault, code))?;
    let (mut handover, sealed) = handover_of(session, &vault)?;
    handover.clients = arguments.client.iter().map(ToString::to_string).collect();
    handover.with_process = arguments.with_process;
    handover.labels &= !arguments.no_labels;
    handover.keys &= !arguments.no_keys;
    handover.templates = arguments.templates.as_deref().map_or(Ok(Vec::new()), templates)?;
    if let Some(given) = &arguments.as_of {
        let day = session.date(given, Today::Local.day())?;
        handover.as_of = Some(day.to_string());
    }
    if let Today::Pinned(day) = session.today(arguments.today.today.as_deref())? {
        handover.today = Some(day.to_string());
    }
    serve(session, &arguments.listening, handover, sealed)
}

/// What the child must know to open a vault, and whether that takes a passphrase.
pub(super) fn handover_of(session: &Session, vault: &Vault) -> Result<(Handover, bool), Failure> {
    let root = vault.root().map(Path::to_owned).unwrap_or_default();
    let identities = unlock::identity_files(session)?;
    let identities =
        identities.iter().map(|file| std::path::absolute(file).unwrap_or_else(|_| file.clone())).collect::<Vec<_>>();
    let sealed = unlock::needs_passphrase(&identities)?;
    let root = std::path::absolute(&root).unwrap_or(root);
    let mut handover = Handover::new(Source::Folder { root, state: session.places.state().to_owned(), identities });
    let config = session.config()?;
    handover.drafts = Some(session.places.drafts(config, vault.id()));
    handover.labels = config.labels.unwrap_or(true);
    handover.keys = config.keys.unwrap_or(true);
    Ok((handover, sealed))
}

fn serve(session: &Session, listening: &Listening, handover: Handover, sealed: bool) -> Result<Exit, Failure> {
    let pages = Some(Pages { port: listening.port, open: listening.open });
    let lock_after = listening.lock_after;
    hold_open(session, Plan { handover, sealed, pages, desk: None, lock_after, ends_after: None })
}

/// Serves the example.
pub(in crate::cli) fn run_demo(session: &Session, arguments: DemoArguments) -> Result<Exit, Failure> {
    let mut handover = Handover::new(Source::Demo);
    handover.today = Some(DEMO_TODAY.to_owned());
    session.messages.say(&format!("The example: four invented clients. In it, today is {DEMO_TODAY}."));
    serve(session, &arguments.listening, handover, false)
}

/// Templates by file name. Only files the user names are read, never files of the vault.
fn templates(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let failed = |cause: std::io::Error| Failure::file("read templates in", folder, &cause);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)?.flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let text = std::fs::read_to_string(entry.path()).map_err(failed)?;
            found.push((entry.file_name().to_string_lossy().into_owned(), text));
        }
    }
    found.sort();
    Ok(found)
}

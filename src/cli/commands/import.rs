//! `import`: notes from elsewhere.

use super::client_code;
use crate::cli::Exit;
use crate::cli::counted::counted;
use crate::cli::failure::Failure;
use crate::cli::progress::Progress;
use crate::cli::session::Session;
use crate::cli::unlock;
use crate::domain::ClientCode;
use crate::keeping::{Import, ImportReport, Known};
use crate::publish::{Scope, Today};
use crate::vault::Vault;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Bring notes in from elsewhere
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, Subcommand)]
enum From {
    /// Markdown and text files, a file or a folder with all that is in it
    Markdown {
        /// The file or folder
        path: PathBuf,
        /// All notes go to this client [default: the client each note names]
        #[arg(long, value_name = "CODE", value_parser = client_code)]
        client: Option<ClientCode>,
        /// Say what would be done, and do nothing
        #[arg(long)]
        dry_run: bool,
        /// Name every file in the report
        #[arg(long)]
        all: bool,
    },
}

/// Imports.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let From::Markdown { path, client, dry_run, all } = arguments.from;
    let vault = session.vault()?;
    let import = Import { from: path, client };
    // First the lock: what an interrupted import left is finished before it is asked what is there.
    let lock = if dry_run { None } else { Some(session.lock(&vault)?) };
    let known = known(session, &vault, import.target())?;
    let progress = Progress::new("reading", session.common.quiet);
    let plan = import.plan(&vault, &known, &|done| progress.at(done))?;
    drop(progress);
    let report = match lock {
        None => plan.report,
        Some(lock) => {
            let progress = Progress::new("sealing", session.common.quiet);
            plan.carry_out(&vault, &lock, &|done| progress.at(done))?
        }
    };
    session.messages.say(&told(&report, dry_run, all));
    Ok(if report.not_read.is_empty() && report.left_out.is_empty() { Exit::Done } else { Exit::Problems })
}

/// What was brought in before, so that importing the same again adds nothing, and nothing of one client is copied to
/// another.
///
/// Empty clients hold none, and then no passphrase is needed: without one only their own notes are looked at.
fn known(session: &Session, vault: &Vault, target: Option<&ClientCode>) -> Result<Known, Failure> {
    let scan = vault.scan()?;
    let touches = |code: Option<&ClientCode>| target.is_none_or(|target| code == Some(target));
    let is_needed = scan.notes.iter().any(|file| touches(file.shelf.as_ref().and_then(|shelf| shelf.client())));
    let question = "Passphrase (empty: do not look whether other clients have these notes):";
    let opened = match is_needed {
        _ if scan.notes.is_empty() => None,
        true => Some(session.open_vault()?),
        false => unlock::open_if_given(session, question)?,
    };
    let Some(opened) = opened else { return Ok(Known::default()) };
    let scope = Scope { with_process: true, ..Scope::default() };
    let publisher = session.read_from(opened, scope, Today::Local)?;
    let mut known = Known::default();
    for note in publisher.casebook().notes() {
        let Some(hash) = note.imported.as_ref().and_then(|imported| imported.hash.clone()) else { continue };
        match note.client.as_ref().filter(|client| target.is_some_and(|target| target != *client)) {
            Some(other) => drop(known.elsewhere.insert(hash, other.clone())),
            None => *known.here.entry(hash).or_default() += 1,
        }
    }
    Ok(known)
}

fn told(report: &ImportReport, dry_run: bool, all: bool) -> String {
    let mut lines = vec![format!("{} {}.", if dry_run { "Would add" } else { "Added" }, counted(report.taken, "note"))];
    if report.already > 0 {
        lines.push(format!("{} there already.", counted(report.already, "note")));
    }
    if !report.new_clients.is_empty() {
        let codes: Vec<&str> = report.new_clients.iter().map(ClientCode::as_str).collect();
        let shown = if codes.len() > 8 && !all {
            format!("{} and {} more", codes[..8].join(", "), codes.len() - 8)
        } else {
            codes.join(", ")
        };
        lines.push(format!("New clients: {shown}."));
    }
    if !report.oddities.is_empty() {
        lines.push("Noticed (the text was taken as it is):".to_owned());
    }
    for (oddity, files) in &report.oddities {
        lines.push(format!("  {:>5}  {}", files.len(), oddity.words()));
        let shown = if all { files.len() } else { 2 };
        lines.extend(files.iter().take(shown).map(|file| format!("           {file}")));
        if files.len() > shown {
            lines.push(format!("           and {} more", files.len() - shown));
        }
    }
    if report.with_problems > 0 {
        lines.push(format!("{} something to look at: `throughline check` lists it.", has(report.with_problems)));
    }
    if !report.other_files.is_empty() {
        lines.push(format!("Left alone, not notes by their name: {}.", counted(report.other_files.len(), "file")));
        let shown = if all { report.other_files.len() } else { 0 };
        lines.extend(report.other_files.iter().take(shown).map(|file| format!("           {file}")));
    }
    lines.extend(report.left_out.iter().map(|(file, why)| format!("left out: {file}: {why}")));
    for (file, why) in &report.not_read {
        lines.push(format!("not read: {file}: {why}"));
    }
    lines.join("\n")
}

fn has(number: usize) -> String {
    if number == 1 { "1 note has".to_owned() } else { format!("{number} notes have") }
}

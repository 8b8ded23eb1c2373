//! The child that holds the vault: pages behind a private socket, a desk, and clear files sealed as they come, until its
//! parent locks or goes.
//!
//! Its standard input is a pipe from the parent. When that says `close`, or closes, the desk is sealed and emptied and the
//! process ends, and everything it held with it.
//!
//! | module | what it is |
//! |---|---|
//! | `words` | what the parent is told, a line each |
//! | `desk_keeper` | the thread that seals what is saved on the desk |
//! | `clear_keeper` | the thread that seals clear files in the drafts folder and in the vault |

mod clear_keeper;
mod desk_keeper;
mod words;

pub(super) use words::Word;

use crate::cli::{Exit, failure::Failure};
use crate::domain::NoteDate;
use crate::publish::{Publisher, Today, demo_identity, demo_vault};
use crate::serve::{Handover, Reloader, Responder, Shown, Source};
use crate::site::Templates;
use crate::vault::{Identities, OpenVault, Passphrase, Vault};
use clear_keeper::ClearKeeper;
use desk_keeper::DeskKeeper;
use std::fs::File;
use std::io::Read;
use std::os::fd::AsFd;
use std::sync::Arc;
use words::tell;

/// Holds the vault until the pipe closes. What goes wrong before is told to the parent, which tells the user.
pub(super) fn run() -> Result<Exit, Failure> {
    // Not through the standard library's buffer: that would keep the passphrase where nobody wipes it.
    let pipe = std::io::stdin().as_fd().try_clone_to_owned();
    let pipe =
        pipe.map_err(|cause| Failure::new(Exit::InputOutput, format!("cannot read from the parent process: {cause}")));
    let mut pipe = File::from(pipe?);
    let desk = match start(&mut pipe) {
        Ok(desk) => desk,
        Err(failure) => {
            let hint = failure.hint.map(|hint| format!("\nhint: {hint}")).unwrap_or_default();
            tell(&format!("failed {}\n{}{hint}\n", failure.exit.code(), failure.message));
            return Ok(failure.exit);
        }
    };
    // Nothing but `close` is ever said over the pipe, and a pipe that ends says the same.
    let mut said = [0u8; 64];
    let _ = pipe.read(&mut said);
    if let Some(desk) = desk {
        desk.close();
    }
    Ok(Exit::Done)
}

/// Opens the vault and starts everything that was asked for.
fn start(pipe: &mut impl Read) -> Result<Option<DeskKeeper>, Failure> {
    let (handover, passphrase) = Handover::read(pipe).map_err(|fault| unfit(&fault))?;
    let mut publisher = publisher(&handover, &passphrase)?;
    drop(passphrase);
    let mut desk = match &handover.desk {
        Some(place) => Some(DeskKeeper::start(&mut publisher, place)?),
        None => None,
    };
    let drafts = handover.drafts.as_ref();
    let clear = drafts.map(|drafts| ClearKeeper::start(publisher.shared_vault(), drafts));
    let shown = match &handover.socket {
        Some(socket) => {
            let templates = Templates::with_overrides(handover.templates.clone())?;
            let shown = Arc::new(Shown::new(publisher.edition(None), templates));
            let responder = Responder::bind(socket, Arc::clone(&shown)).map_err(|fault| unfit(&fault))?;
            responder.start().map_err(|fault| unfit(&fault))?;
            Some(shown)
        }
        None => None,
    };
    let of_desk = desk.as_ref().map(DeskKeeper::follower);
    let of_clear = clear.as_ref().map(ClearKeeper::follower);
    let follow = move |publisher: &Publisher| {
        of_desk.iter().for_each(|follow| follow(publisher));
        of_clear.iter().for_each(|follow| follow(publisher));
    };
    let reloader = Reloader::new(publisher, shown, Box::new(follow));
    // Told before the first remark of a thread can be.
    tell("ready\n");
    spawn("follows", move || reloader.run())?;
    if let Some(desk) = &mut desk {
        desk.begin()?;
    }
    if let Some(clear) = clear {
        clear.begin();
    }
    Ok(desk)
}

fn publisher(handover: &Handover, passphrase: &[u8]) -> Result<Publisher, Failure> {
    let scope = handover.scope().ok_or_else(|| unfit(&"a client's code is none"))?;
    let vault = opened(handover, passphrase)?;
    let day =
        |given: &Option<String>| given.as_deref().and_then(|given| NoteDate::parse(given).ok()).map(|date| date.day);
    let today = match (day(&handover.as_of), day(&handover.today)) {
        (Some(day), _) => Today::KnownOn(day),
        (None, Some(day)) => Today::Pinned(day),
        (None, None) => Today::Local,
    };
    let publisher = Publisher::open(vault, scope, today, &|_| ())?;
    Ok(publisher.with_labels(handover.labels).with_keys(handover.keys))
}

fn opened(handover: &Handover, passphrase: &[u8]) -> Result<OpenVault, Failure> {
    match &handover.source {
        Source::Demo => Ok(demo_vault()?.open(demo_identity()?)?),
        Source::Folder { root, state, identities } => {
            let secret =
                String::from_utf8(passphrase.to_vec()).ok().filter(|text| !text.is_empty()).map(Passphrase::new);
            let identities = Identities::load(identities, secret.as_ref())?;
            Ok(Vault::at(root, state)?.open(identities)?)
        }
    }
}

fn unfit(cause: &dyn std::fmt::Display) -> Failure {
    Failure::new(Exit::InputOutput, format!("cannot open the vault in a process of its own: {cause}"))
}

/// Starts a thread that lives as long as the process.
fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Failure> {
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(work);
    thread.map(drop).map_err(|fault| unfit(&fault))
}

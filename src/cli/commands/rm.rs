//! `rm`: a note goes to its history.

use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::{Exit, note_reference, terminal};
use crate::domain::{ClientCode, Note, Status};
use crate::keeping;
use crate::publish::Today;
use clap::Args;

/// Remove a note that is not signed; it stays in its history
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// An id or its first four characters, a7 (its newest draft), a7/2026-03-02, or a7/12 (session number)
    note: String,
}

/// Removes.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let found = note_reference::find(session, &arguments.note, true, Today::Local)?;
    let note = &found.note;
    if note.status == Status::Signed {
        return Err(keeping::Error::SignedStays(note.id).into());
    }
    let question = format!("Remove {}? It stays in its history.", described(note));
    let asked = terminal::can_ask() && session.common.passphrase_file.is_none();
    if asked && !terminal::ask_yes(&question, false).unwrap_or(false) {
        session.messages.say("Nothing was removed.");
        return Ok(Exit::Done);
    }
    let vault = found.publisher.vault();
    let lock = session.lock(vault.vault())?;
    let kept = keeping::remove(vault, &lock, &found.file, note)?;
    session.messages.say(&format!(
        "Removed {}. `throughline history {} --restore {}` brings it back.",
        described(note),
        note.id,
        kept.version
    ));
    Ok(Exit::Done)
}

/// Which note it is, without a word of it.
fn described(note: &Note) -> String {
    let client = note.client.as_ref().map_or("practice", ClientCode::as_str);
    format!("{client} {} ({})", note.date.day, note.id)
}

//! `edit`: change a note that is not signed.

use super::new::{editor, leave};
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::{Exit, note_reference};
use crate::domain::{ClientCode, Status};
use crate::keeping::{self, Edited, keep_edited};
use crate::publish::Today;
use clap::Args;

/// Edit a note that is not signed
///
/// The earlier version is kept in the note's history.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// An id or its first four characters, a7 (its newest draft), a7/2026-03-02, or a7/12 (session number)
    note: String,
    /// The editor's command [default: config.toml, $VISUAL, $EDITOR, vi]
    #[arg(long, value_name = "CMD")]
    editor: Option<String>,
}

/// Edits.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let editor = editor(session, arguments.editor.as_deref())?;
    let found = note_reference::find(session, &arguments.note, true, Today::Local)?;
    let note = &found.note;
    if note.status == Status::Signed {
        return Err(keeping::Error::Signed(note.id).into());
    }
    let vault = found.publisher.vault();
    let bench = session.workbench(vault.vault())?;
    let name = format!("{}-{}.md", note.client.as_ref().map_or("practice", ClientCode::as_str), note.date.day);
    let written = bench.edit(&editor, &name, &note.text)?;
    let lock = session.lock(vault.vault())?;
    match keep_edited(vault, &lock, &found.file, note, &written) {
        Ok(Edited::Unchanged) => session.messages.say("Nothing changed, so nothing was written."),
        Ok(Edited::Replaced) => {
            session.messages.say(&format!("Sealed {}; the earlier version is in its history.", note.id))
        }
        Ok(Edited::KeptBeside(id)) => {
            session.messages.warn(&format!("the note changed meanwhile, so your text was kept as a new note {id}"));
            return Ok(Exit::Problems);
        }
        Err(error) => {
            leave(session, bench, &name, &written);
            return Err(error.into());
        }
    }
    Ok(Exit::Done)
}

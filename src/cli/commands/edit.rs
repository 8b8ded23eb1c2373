//! `edit`: change a note that is not signed.

use crate::cli::Exit;
use crate::cli::editing::{Editing, EditorOptions, Laid, Outcome};
use crate::cli::failure::Failure;
use crate::cli::note_reference::{self, Found};
use crate::cli::session::Session;
use crate::domain::{ClientCode, Confidential, Status};
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
    #[command(flatten)]
    editor: EditorOptions,
}

/// Edits.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let found = note_reference::find(session, &arguments.note, true, Today::Local)?;
    let note = &found.note;
    if note.status == Status::Signed {
        return Err(keeping::Error::Signed(note.id).into());
    }
    let laid = Laid {
        name: format!("{}-{}", note.client.as_ref().map_or("practice", ClientCode::as_str), note.date.day),
        text: Confidential::new(note.text.reveal()),
        id: note.id,
        client: note.client.clone(),
        shelf: found.file.shelf.clone(),
    };
    let vault = found.publisher.vault();
    let editing = Editing::begin(session, vault.vault(), Some(vault), &arguments.editor)?;
    editing.carry_out(vec![laid], |editing, outcomes| {
        outcomes.into_iter().try_fold(Exit::Done, |_, outcome| keep(session, editing, &found, outcome))
    })
}

/// Seals what was written, or says why nothing is.
fn keep(session: &Session, editing: &Editing<'_>, found: &Found, outcome: Outcome) -> Result<Exit, Failure> {
    let text = match outcome {
        Outcome::Keep(text) => text,
        Outcome::Unchanged => {
            session.messages.say("Nothing changed, so nothing was written.");
            return Ok(Exit::Done);
        }
        Outcome::Discarded => {
            session.messages.say("Discarded; the note is as it was.");
            return Ok(Exit::Done);
        }
        Outcome::Gone => {
            session.messages.warn("the editor took the file away, so nothing was written; the note is as it was");
            return Ok(Exit::Problems);
        }
        Outcome::Empty => {
            session.messages.warn("the text is empty, so nothing was written; the note is as it was");
            return Ok(Exit::Problems);
        }
    };
    let vault = found.publisher.vault();
    let lock = session.lock(vault.vault()).inspect_err(|_| editing.leave())?;
    let edited = keep_edited(vault, &lock, &found.file, &found.note, text.reveal().as_bytes());
    let edited = edited.inspect_err(|_| editing.leave())?;
    editing.sealed(0)?;
    Ok(match edited {
        Edited::Unchanged => {
            session.messages.say("Nothing changed, so nothing was written.");
            Exit::Done
        }
        Edited::Replaced => {
            session.messages.say(&format!("Sealed {}; the earlier version is in its history.", found.note.id));
            Exit::Done
        }
        Edited::KeptBeside(id) => {
            session.messages.warn(&format!("the note changed meanwhile, so your text was kept as a new note {id}"));
            Exit::Problems
        }
    })
}

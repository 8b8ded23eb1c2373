//! A note that was changed.
//!
//! In go the text before and after; out comes a replaced note whose earlier version stands in `history/`, or nothing
//! when nothing changed. When the note changed underneath meanwhile, both versions are kept.

use super::Error;
use crate::domain::{Confidential, Note, NoteId, Status};
use crate::machine::unmarked;
use crate::notes::{self, Identity};
use crate::vault::{ErrorKind, OpenVault, SealedFile, WriteLock};

/// What became of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// The text is as it was; nothing was written.
    Unchanged,
    /// The note was replaced.
    Replaced,
    /// The note had changed meanwhile: the edited text was kept as a new note of this id.
    KeptBeside(NoteId),
}

/// Keeps the edited text of a note.
///
/// # Errors
/// For signed notes, and when the vault refuses or the disk fails; the old state stays.
pub fn keep_edited(
    vault: &OpenVault,
    lock: &WriteLock,
    file: &SealedFile,
    note: &Note,
    after: &[u8],
) -> Result<Edited, Error> {
    keep_version(vault, lock, (file, note), after, true)
}

/// As [`keep_edited`]; `keep_earlier` says whether the version that is replaced goes to the history. In one sitting only
/// the first does.
pub(super) fn keep_version(
    vault: &OpenVault,
    lock: &WriteLock,
    (file, note): (&SealedFile, &Note),
    after: &[u8],
    keep_earlier: bool,
) -> Result<Edited, Error> {
    if note.status == Status::Signed {
        return Err(Error::Signed(note.id));
    }
    let after = unmarked(notes::text_of(after).reveal());
    if after.reveal().trim_end() == note.text.reveal().trim_end() {
        return Ok(Edited::Unchanged);
    }
    let identity = |id, rev| Identity { id, client: note.client.as_ref(), rev };
    let rev = note.rev.unwrap_or(1) + 1;
    let text = notes::with_identity(after.reveal(), &identity(note.id, rev));
    let replaced = if keep_earlier { vault.replace(lock, file, &text) } else { vault.replace_again(lock, file, &text) };
    match replaced {
        Ok(()) => Ok(Edited::Replaced),
        // A note that somebody removed meanwhile is a changed one too.
        Err(error) if matches!(error.kind(), ErrorKind::ChangedMeanwhile | ErrorKind::NotFound) => {
            keep_beside(vault, lock, file, &after, note).map(Edited::KeptBeside)
        }
        Err(error) => Err(error.into()),
    }
}

/// Keeps a text beside a note that somebody else changed, or that is signed, so that neither version is lost. The copy is
/// a draft, whatever the text says of itself.
pub(super) fn keep_beside(
    vault: &OpenVault,
    lock: &WriteLock,
    file: &SealedFile,
    after: &Confidential,
    note: &Note,
) -> Result<NoteId, Error> {
    let id = vault.vault().new_id();
    let text = notes::as_draft(after.reveal());
    let text = notes::with_identity(text.reveal(), &Identity { id, client: note.client.as_ref(), rev: 1 });
    let shelf = match &file.shelf {
        Some(shelf) => shelf.clone(),
        None => super::shelf_for(&note.kind, note.client.as_ref())?,
    };
    vault.vault().seal_new(lock, &shelf, id, &text)?;
    Ok(id)
}

//! A note that was changed.
//!
//! In go the text before and after; out comes a replaced note whose earlier version stands in `history/`, or nothing
//! when nothing changed. When the note changed underneath meanwhile, both versions are kept.

use super::Error;
use crate::domain::{Confidential, Note, NoteId, Status};
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
    if note.status == Status::Signed {
        return Err(Error::Signed(note.id));
    }
    let after = notes::text_of(after);
    if after.reveal().trim_end() == note.text.reveal().trim_end() {
        return Ok(Edited::Unchanged);
    }
    let identity = |id, rev| Identity { id, client: note.client.as_ref(), rev };
    let rev = note.rev.unwrap_or(1) + 1;
    let text = notes::with_identity(after.reveal(), &identity(note.id, rev));
    match vault.replace(lock, file, &text) {
        Ok(()) => Ok(Edited::Replaced),
        Err(error) if error.kind() == ErrorKind::ChangedMeanwhile => keep_beside(vault, lock, file, &after, note),
        Err(error) => Err(error.into()),
    }
}

/// Keeps a text beside a note that somebody else changed, so that neither version is lost.
fn keep_beside(
    vault: &OpenVault,
    lock: &WriteLock,
    file: &SealedFile,
    after: &Confidential,
    note: &Note,
) -> Result<Edited, Error> {
    let id = vault.vault().new_id();
    let text = notes::with_identity(after.reveal(), &Identity { id, client: note.client.as_ref(), rev: 1 });
    let shelf = match &file.shelf {
        Some(shelf) => shelf.clone(),
        None => super::shelf_for(&note.kind, note.client.as_ref())?,
    };
    vault.vault().seal_new(lock, &shelf, id, &text)?;
    Ok(Edited::KeptBeside(id))
}

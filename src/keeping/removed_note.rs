//! A note that goes to its history, and versions that come back from there.
//!
//! In go a note and at times the text of one of its versions; out comes a vault in which nothing is lost: removing keeps
//! the version that was there, restoring writes the old text as a new version. Signed notes are neither removed nor
//! written over.

use super::{Edited, Error, keep_edited};
use crate::domain::{Confidential, Note, Status};
use crate::notes::{self, Identity};
use crate::vault::{HistoryEntry, OpenVault, Removed, SealedFile, WriteLock};

/// Removes a note that is not signed. Its last version is in its history then.
///
/// # Errors
/// For signed notes, and when the vault refuses or the disk fails; the note then stays.
pub fn remove(vault: &OpenVault, lock: &WriteLock, file: &SealedFile, note: &Note) -> Result<HistoryEntry, Error> {
    if note.status == Status::Signed {
        return Err(Error::SignedStays(note.id));
    }
    Ok(vault.remove(lock, file)?)
}

/// Puts the text of an earlier version back, as the newest version. The one that was newest goes to the history.
///
/// # Errors
/// For signed notes, and when the vault refuses or the disk fails; the old state stays.
pub fn restore(
    vault: &OpenVault,
    lock: &WriteLock,
    file: &SealedFile,
    note: &Note,
    version: &Confidential,
) -> Result<Edited, Error> {
    if note.status == Status::Signed {
        return Err(Error::Signed(note.id));
    }
    // Two versions always differ in the line that counts them; that alone is no difference.
    let identity = Identity { id: note.id, client: note.client.as_ref(), rev: note.rev.unwrap_or(1) };
    let (there, wanted) =
        (notes::with_identity(note.text.reveal(), &identity), notes::with_identity(version.reveal(), &identity));
    if there.reveal().trim_end() == wanted.reveal().trim_end() {
        return Ok(Edited::Unchanged);
    }
    keep_edited(vault, lock, file, note, wanted.reveal().as_bytes())
}

/// Gives a removed note its place back, with the text of one of its versions. `rev` is the highest it ever had.
///
/// # Errors
/// When the vault refuses or the disk fails; the version is in the history still.
pub fn restore_removed(
    vault: &OpenVault,
    lock: &WriteLock,
    removed: &Removed,
    version: &Confidential,
    rev: u64,
) -> Result<(), Error> {
    let client = removed.shelf.as_ref().and_then(|shelf| shelf.client());
    let text = notes::with_identity(version.reveal(), &Identity { id: removed.id, client, rev: rev + 1 });
    vault.vault().seal_again(lock, removed, &text)?;
    Ok(())
}

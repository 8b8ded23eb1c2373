//! Late saves put in the place of their notes, once the vault is open again.
//!
//! In go the notes of the vault; out come notes whose newest version is what was saved after the lock. Where a note
//! changed since, or was signed, the late save stays a note of its own.

use super::{Entry, Remark};
use crate::domain::Status;
use crate::keeping::edited_note::keep_edited;
use crate::keeping::{Edited, Error};
use crate::notes;
use crate::vault::{OpenVault, WriteLock};

/// Puts late saves in the place of their notes, where these did not change since. Others stay notes of their own.
///
/// Read the vault again afterwards.
///
/// # Errors
/// When the vault refuses or the disk fails. Nothing is lost: a late save goes only after its text is in its place.
pub fn fold_late_saves(vault: &OpenVault, lock: &WriteLock, entries: &[Entry]) -> Result<Vec<Remark>, Error> {
    let mut remarks = Vec::new();
    for late in entries {
        let Some(save) = &late.note.late_save else { continue };
        let base = entries.iter().find(|entry| entry.note.id == save.of && entry.file.shelf == late.file.shelf);
        let Some(base) = base.filter(|base| base.note.rev.unwrap_or(1) == save.rev) else { continue };
        if base.note.status == Status::Signed {
            continue;
        }
        let text = notes::with_line(late.note.text.reveal(), "late_save_rev", None);
        let text = notes::with_line(text.reveal(), "late_save_of", None);
        let kept = keep_edited(vault, lock, &base.file, &base.note, text.reveal().as_bytes())?;
        if !matches!(kept, Edited::KeptBeside(_)) {
            vault.remove(lock, &late.file)?;
            remarks.push(Remark::Folded { id: base.note.id });
        }
    }
    Ok(remarks)
}

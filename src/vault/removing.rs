//! Taking a note out of its place, and giving it its place back.
//!
//! In goes the file as it was listed; out comes a vault without it and with one more version in its history. The version
//! is kept, compared and flushed before the name goes, so that whatever instant a crash comes the note is in its place or
//! in its history. Nothing here removes the last copy of anything.

use super::disk::{self, Stamp};
use super::error::{Error, ErrorKind};
use super::history::HistoryEntry;
use super::intent::Step;
use super::lock::WriteLock;
use super::names::{HISTORY, SEALED};
use super::open_vault::OpenVault;
use super::scan::{SealedFile, holds_no_notes};
use super::shelf::{Shelf, folder_of, join};
use super::store::Vault;
use super::vault_id::sha256;
use super::writing::{history_path, keep_earlier, must_be_unchanged};
use crate::domain::{Confidential, NoteId};
use std::collections::HashSet;

/// A note that is in its history and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Its id.
    pub id: NoteId,
    /// The shelf it stood on; none in a folder that this program did not make.
    pub shelf: Option<Shelf>,
    /// The folder it stood in, relative to the vault.
    pub folder: String,
}

impl OpenVault {
    /// Takes a note out of its place and keeps it in its history. Gives the version that it is there.
    ///
    /// An open vault is asked for so that the caller can have looked whether the note is signed.
    ///
    /// # Errors
    /// [`ErrorKind::ChangedMeanwhile`] when the file is not the one that was listed; [`ErrorKind::Input`] in a folder
    /// without recipients, where a `history/` would hold notes like any other folder; [`ErrorKind::Io`]. Then the note
    /// is still in its place.
    pub fn remove(&self, lock: &WriteLock, file: &SealedFile) -> Result<HistoryEntry, Error> {
        let vault = self.vault();
        lock.must_be_for(vault.id())?;
        self.take_out(file).map_err(Error::old_state_stays)
    }

    fn take_out(&self, file: &SealedFile) -> Result<HistoryEntry, Error> {
        let vault = self.vault();
        let folder = folder_of(&file.path);
        let place = vault.place_of(&file.path)?;
        if !vault.keeps_history(folder)? {
            let cause = "its folder is none that this program seals to, so no earlier version can be kept there";
            return Err(Error::new(ErrorKind::Input, "remove", place.display(), cause)
                .hinting("put the file into a client's folder first, or remove it by hand"));
        }
        must_be_unchanged("remove", &place, file.stamp)?;
        let (bytes, _) = vault.read_bytes(&file.path)?;
        let hash = sha256(&bytes);
        let kept = history_path(&file.path, &file.id, &hash);
        let entry = HistoryEntry::at(kept.clone(), file.stamp);
        keep_earlier(vault, &Step::keeping(file.path.clone(), hash, kept))?;
        // Somebody may have put another version here while this one was kept.
        must_be_unchanged("remove", &place, file.stamp)?;
        // The ledger line belongs here: after the version is kept, before the name goes.
        std::fs::remove_file(&place).map_err(|e| Error::io("remove", &place, e))?;
        let folder = vault.place_of(folder)?;
        disk::flush_folder(&folder).map_err(|e| Error::io("flush the folder", &folder, e))?;
        Ok(entry)
    }
}

impl Vault {
    /// Notes that were removed and are still in their history, sorted by id.
    ///
    /// # Errors
    /// [`ErrorKind::Io`].
    pub fn removed(&self) -> Result<Vec<Removed>, Error> {
        let there: HashSet<NoteId> = self.scan()?.notes.into_iter().map(|file| file.id).collect();
        let mut removed = Vec::new();
        for folder in self.folders()?.into_iter().filter(|folder| folder.rsplit('/').next() == Some(HISTORY)) {
            let above = folder_of(&folder);
            for id in self.names_in(&folder)?.iter().filter_map(|name| NoteId::parse(name).ok()) {
                if !there.contains(&id) && !self.versions_in(above, &id)?.is_empty() {
                    removed.push(Removed { id, shelf: Shelf::of_folder(above), folder: above.to_owned() });
                }
            }
        }
        removed.sort_unstable_by_key(|removed| removed.id);
        Ok(removed)
    }

    /// The versions of a note that was removed, oldest first.
    ///
    /// # Errors
    /// [`ErrorKind::Io`].
    pub fn history_of_removed(&self, removed: &Removed) -> Result<Vec<HistoryEntry>, Error> {
        self.versions_in(&removed.folder, &removed.id)
    }

    /// Seals a text as the note that was removed, under the id it had. Its history stays.
    ///
    /// # Errors
    /// As for [`Vault::seal_new`].
    pub fn seal_again(&self, lock: &WriteLock, removed: &Removed, text: &Confidential) -> Result<String, Error> {
        self.seal_under(lock, join(&removed.folder, &format!("{}{SEALED}", removed.id)), text)
    }

    /// Whether `history/` in a folder is the vault's own, and not a folder of notes by that name.
    fn keeps_history(&self, folder: &str) -> Result<bool, Error> {
        Ok(holds_no_notes(folder, &self.names_in(folder)?.into_iter().collect()))
    }
}

impl Step {
    /// A note that goes to its history and gets no new version.
    fn keeping(path: String, old: String, history: String) -> Self {
        Self { old: Some(old), history: Some(history), ..Self::new_note(path, None) }
    }
}

impl HistoryEntry {
    /// The version that lies at a path of a history.
    pub(super) fn at(path: String, stamp: Stamp) -> Self {
        let name = path.rsplit('/').next().unwrap_or(&path);
        let version = name.strip_suffix(SEALED).unwrap_or(name).to_owned();
        Self { version, path, stamp }
    }
}

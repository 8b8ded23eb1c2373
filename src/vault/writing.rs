//! Writing without loss: the steps by which one sealed note gets its place.
//!
//! In go sealed bytes and a path; out comes a note that is whole under its name, whatever instant a crash comes:
//! intent, new file beside, read back, earlier version kept, renamed into place, folder flushed, intent dropped. A step
//! that fails leaves the old state and says so. Nothing here seals, opens, or knows a key.

use super::disk::{self, LARGEST_FILE, Stamp};
use super::error::{Error, ErrorKind};
use super::history::version_of;
use super::intent::{Intent, Step};
use super::names::{HISTORY, SEALED};
use super::seal::Sealed;
use super::shelf::{folder_of, join};
use super::store::Vault;
use super::vault_id::sha256;
use crate::domain::NoteId;
use std::path::{Path, PathBuf};

/// The note that is there now, as it was read.
pub(super) struct Earlier {
    /// SHA-256 of the sealed file.
    pub(super) sha256: String,
    /// What it looked like.
    pub(super) stamp: Stamp,
    /// Whether it goes to the history; not for intermediate saves of one sitting.
    pub(super) kept_for: Option<NoteId>,
}

/// One note on its way to its place. The steps are separate so that a test can stop after any of them.
pub(super) struct Writing<'a> {
    vault: &'a Vault,
    sealed: &'a Sealed,
    stamp: Option<Stamp>,
    intent: Intent,
    step: Step,
}

impl<'a> Writing<'a> {
    /// All steps. `opens` looks at the bytes that were read back and says whether the text is in them.
    pub(super) fn all_steps(
        vault: &'a Vault,
        path: &str,
        sealed: &'a Sealed,
        earlier: Option<Earlier>,
        opens: impl Fn(&[u8]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let writing = Self::begin(vault, path, sealed, earlier).map_err(Error::old_state_stays)?;
        let placed = writing
            .write_temp()
            .and_then(|()| opens(&writing.read_back()?))
            .and_then(|()| writing.keep_earlier())
            .and_then(|()| writing.put_in_place());
        if let Err(error) = placed {
            writing.abandon();
            return Err(error.old_state_stays());
        }
        // From here on the new version is in place. Should this fail, the intent stays for the next run.
        writing.make_lasting()?;
        // The ledger line belongs here: after the note is there, before the intent goes.
        writing.end()
    }

    /// Step 1: the intent.
    pub(super) fn begin(
        vault: &'a Vault,
        path: &str,
        sealed: &'a Sealed,
        earlier: Option<Earlier>,
    ) -> Result<Self, Error> {
        must_fit(path, &sealed.bytes)?;
        let folder = vault.place_of(folder_of(path))?;
        if !disk::is_folder(&folder) {
            return Err(Error::new(ErrorKind::NotFound, "write to", folder.display(), "there is no such folder"));
        }
        let mut step = Step::new_note(path.to_owned(), Some(sha256(&sealed.bytes)));
        if let Some(earlier) = &earlier {
            step.old = Some(earlier.sha256.clone());
            step.history = earlier.kept_for.map(|id| history_path(path, &id, &earlier.sha256));
        }
        let intent = Intent::begin(vault, vec![step.clone()])?;
        Ok(Self { vault, sealed, stamp: earlier.map(|earlier| earlier.stamp), intent, step })
    }

    /// Step 2: the sealed bytes in a new file beside, flushed.
    pub(super) fn write_temp(&self) -> Result<(), Error> {
        let (temp, target) = (self.temp()?, self.target()?);
        disk::write_new(&temp, &self.sealed.bytes).map_err(|e| Error::io("write", &target, e))
    }

    /// Step 2, second half: what the file holds now.
    pub(super) fn read_back(&self) -> Result<Vec<u8>, Error> {
        read_back(&self.temp()?, &self.step.path, |stored| self.sealed.is_whole(stored))
    }

    /// Step 3: the earlier version into the history.
    pub(super) fn keep_earlier(&self) -> Result<(), Error> {
        keep_earlier(self.vault, &self.step)
    }

    /// Step 4: the name, never over another note.
    pub(super) fn put_in_place(&self) -> Result<(), Error> {
        let (temp, target) = (self.temp()?, self.target()?);
        match self.stamp {
            Some(stamp) => {
                must_be_unchanged("replace", &target, stamp)?;
                disk::place_over(&temp, &target)
            }
            None => disk::place_new(&temp, &target),
        }
        .map_err(|e| Error::io("write", &target, e))
    }

    /// Step 4, second half: the name made to last.
    pub(super) fn make_lasting(&self) -> Result<(), Error> {
        let folder = self.vault.place_of(folder_of(&self.step.path))?;
        disk::flush_folder(&folder).map_err(|e| Error::io("flush the folder", &folder, e))
    }

    /// Step 6: the intent is dropped.
    pub(super) fn end(self) -> Result<(), Error> {
        self.intent.drop_file()
    }

    /// Takes back what was begun: the note that was there is untouched.
    fn abandon(self) {
        // The failure that led here is what the user must hear about; leftovers are found by the next run.
        if let Ok(temp) = self.temp() {
            let _ = std::fs::remove_file(temp);
        }
        let _ = self.intent.drop_file();
    }

    fn temp(&self) -> Result<PathBuf, Error> {
        self.vault.place_of(&self.step.temp)
    }

    fn target(&self) -> Result<PathBuf, Error> {
        self.vault.place_of(&self.step.path)
    }
}

/// Reads an unfinished file back and has it looked at.
pub(super) fn read_back(temp: &Path, path: &str, is_whole: impl Fn(&[u8]) -> bool) -> Result<Vec<u8>, Error> {
    let (stored, _) = disk::read(temp, LARGEST_FILE).map_err(|e| Error::io("read back", temp, e))?;
    if is_whole(&stored) {
        return Ok(stored);
    }
    Err(Error::new(ErrorKind::Damaged, "write", path, "what was read back differs from what was written")
        .hinting("the disk or the memory of this machine is failing; copy the vault elsewhere"))
}

/// Keeps the version that is about to be replaced, flushed.
pub(super) fn keep_earlier(vault: &Vault, step: &Step) -> Result<(), Error> {
    let Some(history) = &step.history else { return Ok(()) };
    let kept = vault.place_of(history)?;
    let target = vault.place_of(&step.path)?;
    let fail = |error| Error::io("keep the earlier version in", &kept, error);
    let folder = vault.place_of(folder_of(history))?;
    if let Some(parent) = folder.parent() {
        disk::make_folder(parent).map_err(fail)?;
    }
    disk::make_folder(&folder).map_err(fail)?;
    disk::keep_as(&target, &kept).map_err(fail)?;
    let (bytes, _) = disk::read(&kept, LARGEST_FILE).map_err(fail)?;
    if step.old.as_ref() != Some(&sha256(&bytes)) {
        return Err(changed("replace", &target));
    }
    disk::flush_folder(&folder).map_err(fail)
}

/// Refuses a note that is not the one that was read.
pub(super) fn must_be_unchanged(action: &str, target: &Path, stamp: Stamp) -> Result<(), Error> {
    match std::fs::symlink_metadata(target) {
        Ok(metadata) if metadata.is_file() && Stamp::of(&metadata) == stamp => Ok(()),
        Ok(_) => Err(changed(action, target)),
        Err(error) => Err(Error::io("look at", target, error)),
    }
}

/// The refusal for a note that somebody else wrote to.
pub(super) fn changed(action: &str, target: &Path) -> Error {
    Error::new(ErrorKind::ChangedMeanwhile, action, target.display(), "it was changed since it was read")
        .hinting("read it again; both versions are there")
}

/// Refuses bytes that would never be read again.
pub(super) fn must_fit(path: &str, sealed: &[u8]) -> Result<(), Error> {
    if sealed.len() as u64 <= LARGEST_FILE {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Input, "seal", path, "it is larger than 4 MiB, and such files are not read as notes")
        .hinting("split it, or attach the long part"))
}

/// `folder/history/<id>/<first 16 digits of the hash>.md.age`.
pub(super) fn history_path(path: &str, id: &NoteId, sha256: &str) -> String {
    join(folder_of(path), &format!("{HISTORY}/{id}/{}{SEALED}", version_of(sha256)))
}

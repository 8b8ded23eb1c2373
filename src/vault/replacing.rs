//! Replacing a note, and reading and removing clear ones.
//!
//! In go the file as it was listed and its new text; out comes the new version in its place with the earlier one in the
//! history. A file that changed since it was listed is never replaced or removed.

use super::disk::{self, LARGEST_FILE};
use super::error::{Error, ErrorKind};
use super::lock::WriteLock;
use super::open_vault::OpenVault;
use super::padding;
use super::pins::Pins;
use super::scan::{ClearFile, SealedFile};
use super::seal;
use super::sealing;
use super::secret::Plain;
use super::shelf::folder_of;
use super::store::Vault;
use super::vault_id::sha256;
use super::writing::{Earlier, Writing, changed, must_be_unchanged};
use crate::domain::Confidential;
use zeroize::Zeroizing;

impl OpenVault {
    /// Seals a new version of a note and keeps the earlier one in the history.
    ///
    /// # Errors
    /// [`ErrorKind::ChangedMeanwhile`] when the file is not the one that was listed; [`ErrorKind::Unpinned`] when its
    /// folder has no recipients or they are not confirmed on this device; [`ErrorKind::Input`], [`ErrorKind::Damaged`]
    /// and [`ErrorKind::Io`]. Then the earlier version is still in place.
    pub fn replace(&self, lock: &WriteLock, file: &SealedFile, text: &Confidential) -> Result<(), Error> {
        self.put_version(lock, file, text, true)
    }

    /// As [`OpenVault::replace`], for a later save of the same sitting: the version in between is not kept.
    ///
    /// # Errors
    /// As for [`OpenVault::replace`].
    pub fn replace_again(&self, lock: &WriteLock, file: &SealedFile, text: &Confidential) -> Result<(), Error> {
        self.put_version(lock, file, text, false)
    }

    fn put_version(
        &self,
        lock: &WriteLock,
        file: &SealedFile,
        text: &Confidential,
        keep_earlier: bool,
    ) -> Result<(), Error> {
        let vault = self.vault();
        lock.must_be_for(vault.id())?;
        let keys = Pins::load(vault)?.note_keys(vault, folder_of(&file.path))?;
        let (there, stamp) = vault.read_bytes(&file.path)?;
        if stamp != file.stamp {
            return Err(changed("replace", &vault.place_of(&file.path)?));
        }
        let padded = padding::pad(text.reveal());
        let sealed =
            seal::seal(&padded, &keys).map_err(|fault| Error::new(ErrorKind::Io, "seal", &file.path, fault))?;
        let earlier = Earlier { sha256: sha256(&there), stamp, kept_for: keep_earlier.then_some(file.id) };
        Writing::all_steps(vault, &file.path, &sealed, Some(earlier), |stored| {
            if self.open_bytes(&file.path, stored)? == padded {
                return Ok(());
            }
            Err(Error::new(ErrorKind::Damaged, "write", &file.path, "the text that was read back differs"))
        })
    }
}

impl Vault {
    /// Seals another version of a note that this process itself has sealed and nobody touched since. Needs no private key,
    /// so it cannot know what it replaces: it is for a text that was saved twice while the vault was locked.
    ///
    /// # Errors
    /// As for [`OpenVault::replace`].
    pub fn reseal_own(&self, lock: &WriteLock, file: &SealedFile, text: &Confidential) -> Result<(), Error> {
        lock.must_be_for(self.id())?;
        let keys = Pins::load(self)?.note_keys(self, folder_of(&file.path))?;
        let (there, stamp) = self.read_bytes(&file.path)?;
        if stamp != file.stamp {
            return Err(changed("replace", &self.place_of(&file.path)?));
        }
        let sealed = sealing::seal_text(&file.path, text, &keys)?;
        let earlier = Earlier { sha256: sha256(&there), stamp, kept_for: Some(file.id) };
        Writing::all_steps(self, &file.path, &sealed, Some(earlier), |_| Ok(()))
    }

    /// Reads a clear note. Its text is in memory that is wiped on drop; that it lies on a disk cannot be undone here.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`], [`ErrorKind::Io`].
    pub fn read_clear(&self, file: &ClearFile) -> Result<Plain, Error> {
        if self.is_embedded() {
            let (bytes, _) = self.read_bytes(&file.path)?;
            return Ok(Plain::new(Zeroizing::new(bytes.into_owned())));
        }
        let place = self.place_of(&file.path)?;
        let (bytes, _) = disk::read(&place, LARGEST_FILE).map_err(|e| Error::io("read", &place, e))?;
        Ok(Plain::new(Zeroizing::new(bytes)))
    }

    /// Removes a clear note that was sealed. On most disks its blocks stay readable until they are used again.
    ///
    /// # Errors
    /// [`ErrorKind::ChangedMeanwhile`] when it was written to since it was listed; [`ErrorKind::Io`].
    pub fn remove_clear(&self, lock: &WriteLock, file: &ClearFile) -> Result<(), Error> {
        lock.must_be_for(self.id())?;
        let place = self.place_of(&file.path)?;
        must_be_unchanged("remove", &place, file.stamp)?;
        let folder = self.place_of(folder_of(&file.path))?;
        std::fs::remove_file(&place)
            .and_then(|()| disk::flush_folder(&folder))
            .map_err(|e| Error::io("remove", &place, e))
    }
}

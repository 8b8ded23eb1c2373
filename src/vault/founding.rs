//! Founding: a new vault, a new client, and the key each shelf gets.
//!
//! In go public keys and codes; out come folders, key files and recipients files, pinned on this device because it made
//! them. A key is read back and tried before anything is sealed to it, and the file that makes a folder a vault is
//! written last. No file is written over, and no private key is ever on the disk unsealed.

use super::disk;
use super::error::{Error, ErrorKind};
use super::intent::{Intent, Step};
use super::keys::NewKey;
use super::lock::WriteLock;
use super::names::{MARKER, PROCESS_RECIPIENTS, RECIPIENTS};
use super::pins::{Pin, Pins};
use super::public_key::{PublicKey, read_keys, write_keys};
use super::seal::{self, Sealed};
use super::shelf::{CLIENTS, Shelf, join};
use super::store::{Vault, write_marker};
use super::vault_id::{VaultId, sha256};
use crate::domain::ClientCode;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Sealed files must reach other machines byte for byte; lists of keys merge as sets.
const GIT_ATTRIBUTES: &str = "*.age -text\n*.log -text\n.age-recipients merge=union\n";
/// Read by git, so it has git's name.
const GIT_FILE: &str = ".gitattributes";

impl Vault {
    /// Makes a vault in a folder, which may hold other files already. The first recipient is the owner.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyVault`]; [`ErrorKind::Input`] without a recipient, or when the folder lists other recipients
    /// already; [`ErrorKind::Damaged`] when a new key does not read back; [`ErrorKind::Io`].
    pub fn create(root: &Path, state_base: &Path, recipients: &[PublicKey]) -> Result<Self, Error> {
        if root.join(MARKER).symlink_metadata().is_ok() {
            return Err(Error::new(ErrorKind::AlreadyVault, "make a vault in", root.display(), "it is one already")
                .hinting("use it as it is, or name another folder"));
        }
        if recipients.is_empty() {
            return Err(Error::new(ErrorKind::Input, "make a vault in", root.display(), "there is no key to seal to"));
        }
        let fail = |error| Error::io("make a vault in", root, error);
        disk::make_folders(root).map_err(fail)?;
        std::fs::set_permissions(root, std::fs::Permissions::from_mode(0o700)).map_err(fail)?;
        let vault = Self::in_folder(root, state_base, VaultId::random()?)?;
        let marker = write_marker(vault.id());
        vault.pin(MARKER, marker.as_bytes())?;
        vault.found_list(RECIPIENTS, "who may open everything", recipients)?;
        vault.found_list(PROCESS_RECIPIENTS, "who may open process notes", recipients)?;
        if vault.read_if_there(GIT_FILE)?.is_none() {
            vault.place_own(GIT_FILE, GIT_ATTRIBUTES.as_bytes())?;
        }
        disk::make_folder(&vault.place_of(CLIENTS)?).map_err(fail)?;
        vault.found_shelf(&Shelf::Practice, recipients)?;
        vault.place_own(MARKER, marker.as_bytes())?;
        Ok(vault)
    }

    /// Makes a client's folder and keys, one for the chart and one for process notes. False if they were there.
    ///
    /// # Errors
    /// [`ErrorKind::Unpinned`] when the vault's recipients are not what this device has confirmed;
    /// [`ErrorKind::Damaged`] when a new key does not read back; [`ErrorKind::Io`].
    pub fn add_client(&self, lock: &WriteLock, code: &ClientCode) -> Result<bool, Error> {
        lock.must_be_for(self.id())?;
        let pins = Pins::load(self)?;
        pins.check_vault(self)?;
        disk::make_folder(&self.place_of(CLIENTS)?).map_err(|e| Error::io("make the folder", Path::new(CLIENTS), e))?;
        let mut made = false;
        // The chart before what lies in it; a run that was cut short is completed by the next.
        for shelf in [Shelf::Client(code.clone()), Shelf::Process(code.clone())] {
            if self.read_if_there(&join(&shelf.folder(), RECIPIENTS))?.is_none() {
                let keys = pins.key_keys(self, &shelf)?;
                self.found_shelf(&shelf, &keys)?;
                made |= matches!(shelf, Shelf::Client(_));
            }
        }
        Ok(made)
    }

    /// A shelf's folder, a new key sealed to `wrap_to`, and the list that names it, pinned.
    fn found_shelf(&self, shelf: &Shelf, wrap_to: &[PublicKey]) -> Result<(), Error> {
        let folder = shelf.folder();
        let place = self.place_of(&folder)?;
        disk::make_folder(&place).map_err(|e| Error::io("make the folder", &place, e))?;
        let key = NewKey::generate();
        let path = join(&folder, &format!("key-{}.age", key.public.tail()));
        let sealed = sealed_key(&path, &key, wrap_to)?;
        let list = join(&folder, RECIPIENTS);
        let text = write_keys("what notes here are sealed to", std::slice::from_ref(&key.public));
        // Written down first, so that a run that is cut short leaves no unfinished file that nobody knows of.
        let key_step = Step::new_note(path, Some(sha256(&sealed.bytes)));
        let old = self.read_if_there(&list)?.map(|there| sha256(&there));
        let list_step = Step { old, ..Step::new_note(list, Some(sha256(text.as_bytes()))) };
        let intent = Intent::begin(self, vec![key_step.clone(), list_step.clone()])?;
        let placed = self
            .put_own(&key_step, &sealed.bytes, |stored| sealed.is_whole(stored), disk::place_new)
            .and_then(|()| self.pin(&list_step.path, text.as_bytes()))
            // A list that a run cut short left names a key nobody may trust: it was pinned for another vault id.
            .and_then(|()| self.put_own(&list_step, text.as_bytes(), |it| it == text.as_bytes(), disk::place_over));
        let dropped = intent.drop_file();
        placed.and(dropped)
    }

    /// A list of keys in the vault's own folder. One that is there already must be the same.
    fn found_list(&self, path: &str, comment: &str, keys: &[PublicKey]) -> Result<(), Error> {
        if let Some(there) = self.read_if_there(path)? {
            if read_keys(path, &there)? != keys {
                let cause = "the folder has such a file already, with other keys";
                return Err(Error::new(ErrorKind::Input, "make the vault's", path, cause)
                    .hinting("name exactly its keys as recipients, or move the file away"));
            }
            return self.pin(path, &there);
        }
        let text = write_keys(comment, keys);
        self.pin(path, text.as_bytes())?;
        self.place_own(path, text.as_bytes())
    }

    /// Remembers a file of our own as confirmed, before it is there: a crash in between leaves a pin for nothing.
    fn pin(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let pin = Pin::of(path, bytes)?;
        Pins::change(self, |pins| {
            pins.insert(path.to_owned(), pin);
        })
    }

    /// Writes one of the vault's own files beside, reads it back, and gives it its name, never over another.
    fn place_own(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.put_own(&Step::new_note(path.to_owned(), None), bytes, |stored| stored == bytes, disk::place_new)
    }

    fn put_own(
        &self,
        step: &Step,
        bytes: &[u8],
        is_whole: impl Fn(&[u8]) -> bool,
        place: impl Fn(&Path, &Path) -> std::io::Result<()>,
    ) -> Result<(), Error> {
        let (temp, target) = (self.place_of(&step.temp)?, self.place_of(&step.path)?);
        let folder = target.parent().unwrap_or(Path::new("."));
        let placed = disk::write_new(&temp, bytes)
            .map_err(|e| Error::io("write", &target, e))
            .and_then(|()| super::writing::read_back(&temp, &step.path, is_whole).map(drop))
            .and_then(|()| place(&temp, &target).map_err(|e| Error::io("write", &target, e)))
            .and_then(|()| disk::flush_folder(folder).map_err(|e| Error::io("flush the folder", folder, e)));
        if placed.is_err() {
            let _ = std::fs::remove_file(&temp);
        }
        placed
    }
}

/// Tries a key, and seals it.
fn sealed_key(path: &str, key: &NewKey, wrap_to: &[PublicKey]) -> Result<Sealed, Error> {
    let bad = |why: &dyn std::fmt::Display| Error::new(ErrorKind::Damaged, "make the key", path, why);
    let text = key.file_text();
    key.check_text(&text).map_err(|why| bad(&why))?;
    seal::seal(&text, wrap_to).map_err(|why| bad(&why))
}

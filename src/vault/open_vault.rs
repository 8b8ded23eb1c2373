//! An open vault: the vault and the private keys that open it.
//!
//! In go files that a scan found; out comes their text, with the padding off, or one sentence on why not. The nearest
//! `key-*.age` up the tree opens a note, else the identities do. Keys of folders are unwrapped once and kept, and wiped
//! when this is dropped. Nothing decrypted is written anywhere.

use super::error::{Error, ErrorKind};
use super::keys::{Identities, identity_public_keys, parse_key_file};
use super::padding;
use super::pins::Pin;
use super::public_key::PublicKey;
use super::scan::SealedFile;
use super::seal::OpenFault;
use super::secret::Plain;
use super::shelf::{self, Shelf, folder_of, join};
use super::store::Vault;
use rayon::prelude::*;
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use zeroize::Zeroizing;

/// A vault with the keys that open it. Shared between threads by reference.
pub struct OpenVault {
    vault: Vault,
    identities: Identities,
    rings: RwLock<HashMap<String, Arc<Ring>>>,
    /// What the user was last shown about changed recipients, and nothing newer, is what can be accepted.
    pub(super) shown: Mutex<Vec<(String, Option<Pin>)>>,
}

/// The private keys of one folder.
#[derive(Debug)]
struct Ring {
    /// Files that hold keys.
    names: Vec<String>,
    /// Those that opened.
    keys: Identities,
    /// The first that did not.
    fault: Option<(String, ErrorKind, String)>,
}

impl Vault {
    /// Opens the vault with private keys.
    ///
    /// # Errors
    /// [`ErrorKind::WrongIdentity`] when the vault has sealed keys and none of them opens.
    pub fn open(self, identities: Identities) -> Result<OpenVault, Error> {
        OpenVault::unlock(self, identities)
    }
}

impl OpenVault {
    /// Takes the keys in. A vault none of whose sealed keys opens is refused.
    pub(super) fn unlock(vault: Vault, identities: Identities) -> Result<Self, Error> {
        let open = Self { vault, identities, rings: RwLock::default(), shown: Mutex::default() };
        let mut folders = vec![shelf::PRACTICE.to_owned(), String::new()];
        for code in open.vault.clients()? {
            folders.extend([Shelf::Client(code.clone()).folder(), Shelf::Process(code).folder()]);
        }
        let mut refusal = None;
        for folder in folders {
            let ring = open.ring(&folder)?;
            if !ring.keys.is_empty() {
                return Ok(open);
            }
            refusal = refusal.or_else(|| ring.fault.clone());
        }
        match refusal {
            None => Ok(open),
            Some((file, kind, why)) => Err(Error::new(kind, "open the vault with its key", file, why)
                .hinting("name the identity file that this vault was made for with --identity")),
        }
    }

    /// The vault without its keys.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Opens one note.
    ///
    /// # Errors
    /// [`ErrorKind::WrongIdentity`], [`ErrorKind::Damaged`], [`ErrorKind::NotFound`], [`ErrorKind::Io`].
    pub fn read(&self, file: &SealedFile) -> Result<Plain, Error> {
        self.read_at(&file.path)
    }

    /// Opens what lies at a path.
    pub(super) fn read_at(&self, path: &str) -> Result<Plain, Error> {
        let (sealed, _) = self.vault.read_bytes(path)?;
        let mut text = self.open_bytes(path, &sealed)?;
        padding::unpad(&mut text);
        Ok(Plain::new(text))
    }

    /// Opens many notes on all cores; results in the order of the files. `progress` gets the number done so far.
    pub fn read_all(&self, files: &[SealedFile], progress: &(dyn Fn(usize) + Sync)) -> Vec<Result<Plain, Error>> {
        let count = AtomicUsize::new(0);
        let read = |file: &SealedFile| {
            let plain = self.read(file);
            progress(count.fetch_add(1, Ordering::Relaxed) + 1);
            plain
        };
        files.par_iter().map(read).collect()
    }

    /// The public halves of the keys that open notes in a folder: its own, and the identities'.
    pub(super) fn keys_held_for(&self, folder: &str) -> Result<Vec<PublicKey>, Error> {
        let mut keys = identity_public_keys(&self.identities);
        keys.extend(identity_public_keys(&self.ring(folder)?.keys));
        Ok(keys)
    }

    /// The public halves of the identities.
    pub(super) fn own_keys(&self) -> Vec<PublicKey> {
        identity_public_keys(&self.identities)
    }

    /// Opens sealed bytes that lie, or will lie, at a path.
    pub(super) fn open_bytes(&self, path: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        let folder = folder_of(path);
        let mut opened = self.try_open(folder, sealed)?;
        if matches!(opened, Err(OpenFault::NotForTheseKeys)) && self.forget_changed(folder)? {
            opened = self.try_open(folder, sealed)?;
        }
        opened.map_err(|fault| self.refusal(path, fault))
    }

    fn try_open(&self, folder: &str, sealed: &[u8]) -> Result<Result<Zeroizing<Vec<u8>>, OpenFault>, Error> {
        let ring = self.nearest(folder)?;
        let opened = ring.map_or(Err(OpenFault::NotForTheseKeys), |ring| ring.keys.open(sealed));
        Ok(match opened {
            // Notes that were sealed by hand before the folder got its key.
            Err(OpenFault::NotForTheseKeys) => self.identities.open(sealed),
            other => other,
        })
    }

    fn refusal(&self, path: &str, fault: OpenFault) -> Error {
        if fault != OpenFault::NotForTheseKeys {
            return Error::new(ErrorKind::Damaged, "read", path, fault)
                .hinting("take the file from a backup, or look at its history");
        }
        let broken = self.nearest(folder_of(path)).ok().flatten().and_then(|ring| ring.fault.clone());
        let cause = broken.map_or_else(|| fault.to_string(), |(key, _, why)| format!("{fault}; of {key}: {why}"));
        Error::new(ErrorKind::WrongIdentity, "read", path, cause)
    }

    /// The keys of the nearest folder up the tree that has any.
    fn nearest(&self, folder: &str) -> Result<Option<Arc<Ring>>, Error> {
        for folder in upwards(folder) {
            let ring = self.ring(folder)?;
            if !ring.names.is_empty() {
                return Ok(Some(ring));
            }
        }
        Ok(None)
    }

    fn ring(&self, folder: &str) -> Result<Arc<Ring>, Error> {
        if let Some(ring) = self.rings.read().unwrap_or_else(PoisonError::into_inner).get(folder) {
            return Ok(Arc::clone(ring));
        }
        let ring = Arc::new(self.unwrap_ring(folder)?);
        self.rings.write().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned(), Arc::clone(&ring));
        Ok(ring)
    }

    /// Drops the rings on the way up whose folders hold other key files now. Says whether there were any.
    fn forget_changed(&self, folder: &str) -> Result<bool, Error> {
        let mut any = false;
        for folder in upwards(folder) {
            let names = self.vault.key_names(folder)?;
            let mut rings = self.rings.write().unwrap_or_else(PoisonError::into_inner);
            if rings.get(folder).is_some_and(|ring| ring.names != names || ring.fault.is_some()) {
                rings.remove(folder);
                any = true;
            }
        }
        Ok(any)
    }

    fn unwrap_ring(&self, folder: &str) -> Result<Ring, Error> {
        let names = self.vault.key_names(folder)?;
        let mut ring = Ring { names, keys: Identities::none(), fault: None };
        for name in &ring.names {
            let path = join(folder, name);
            match self.unwrap_key(&path) {
                Ok(key) => ring.keys.absorb(key),
                Err((kind, why)) => ring.fault = ring.fault.or(Some((path, kind, why))),
            }
        }
        Ok(ring)
    }

    fn unwrap_key(&self, path: &str) -> Result<Identities, (ErrorKind, String)> {
        let (sealed, _) = self.vault.read_bytes(path).map_err(|e| (e.kind(), e.to_string()))?;
        let text = self.identities.open(&sealed).map_err(|fault| match fault {
            OpenFault::NotForTheseKeys => (ErrorKind::WrongIdentity, "it is not sealed to your identity".to_owned()),
            fault => (ErrorKind::Damaged, fault.to_string()),
        })?;
        parse_key_file(path, &text).map_err(|e| (e.kind(), e.to_string()))
    }
}

impl fmt::Debug for OpenVault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OpenVault({}, {:?})", self.vault.id(), self.identities)
    }
}

/// A folder and those above it, the vault's own (the empty path) last.
fn upwards(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| (!folder.is_empty()).then(|| folder_of(folder)))
}

//! Pins: what this device has confirmed about who can open what.
//!
//! Public keys are no secret, but sealing trusts them, and whoever can write to a synced folder can add one. So the hash
//! and the keys of every recipients file, and the hash of `throughline.toml`, are remembered outside the vault. In go
//! files as they stand; out comes consent or a refusal that names the file and the keys that were not there before.
//! Nothing is ever pinned here without the caller saying so.

use super::disk;
use super::error::{Error, ErrorKind};
use super::names::{KEY_RECIPIENTS, MARKER, PROCESS_RECIPIENTS, RECIPIENTS};
use super::public_key::{PublicKey, read_keys};
use super::shelf::{Shelf, join};
use super::store::Vault;
use super::vault_id::sha256;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

/// What was confirmed about one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pin {
    sha256: String,
    /// Empty for `throughline.toml`.
    keys: Vec<String>,
}

impl Pin {
    /// What a file holds now.
    pub(super) fn of(path: &str, bytes: &[u8]) -> Result<Self, Error> {
        let keys = if path == MARKER { Vec::new() } else { read_keys(path, bytes)? };
        Ok(Self { sha256: sha256(bytes), keys: keys.iter().map(|key| key.as_str().to_owned()).collect() })
    }

    /// The keys of this one that the other has not.
    pub(super) fn beyond(&self, other: Option<&Self>) -> Vec<PublicKey> {
        let known = |key: &&String| other.is_some_and(|other| other.keys.contains(key));
        self.keys.iter().filter(|key| !known(key)).map(|key| PublicKey::made(key.clone())).collect()
    }

    /// All its keys.
    pub(super) fn keys(&self) -> Vec<PublicKey> {
        self.beyond(None)
    }
}

/// All pins of one vault on this device.
#[derive(Debug, Default)]
pub(super) struct Pins(BTreeMap<String, Pin>);

impl Pins {
    /// Reads the pins. No file means no pins; a file that does not read is an error, never "no pins".
    pub(super) fn load(vault: &Vault) -> Result<Self, Error> {
        let file = pins_file(vault)?;
        let bytes = match disk::read(&file, u64::MAX) {
            Ok((bytes, _)) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(Error::io("read the pins in", &file, error)),
        };
        let pins = std::str::from_utf8(&bytes).ok().and_then(|text| toml::from_str(text).ok());
        pins.map(Self).ok_or_else(|| {
            Error::new(ErrorKind::Damaged, "read the pins in", file.display(), "it is not what was written there")
                .hinting("remove it and unlock the vault once, looking at the keys that are shown")
        })
    }

    /// Changes the pins under a lock of their own, and flushes them.
    pub(super) fn change(vault: &Vault, change: impl FnOnce(&mut BTreeMap<String, Pin>)) -> Result<(), Error> {
        let file = pins_file(vault)?;
        let fail = |error| Error::io("write the pins in", &file, error);
        let guard = lock_beside(&file).map_err(fail)?;
        remove_unfinished(&file).map_err(fail)?;
        let mut pins = Self::load(vault)?;
        change(&mut pins.0);
        let text = toml::to_string(&pins.0).map_err(|_| {
            Error::new(ErrorKind::Io, "write the pins in", file.display(), "they cannot be put in TOML")
        })?;
        disk::write_whole(&file, text.as_bytes()).map_err(fail)?;
        drop(guard);
        Ok(())
    }

    /// What is pinned for a file.
    pub(super) fn get(&self, path: &str) -> Option<&Pin> {
        self.0.get(path)
    }

    /// All pinned files.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether this device has confirmed nothing yet.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The keys that a pinned file lists, after checking that it is exactly what was pinned.
    fn confirmed(&self, vault: &Vault, path: &str) -> Result<Vec<PublicKey>, Error> {
        let bytes = vault.read_if_there(path)?.ok_or_else(|| {
            Error::new(ErrorKind::Unpinned, "seal to the keys in", path, "there is no such file")
                .hinting("without it a note could fall to another key; restore it, or add the client again")
        })?;
        let now = Pin::of(path, &bytes)?;
        let before = self.get(path);
        if before == Some(&now) { Ok(now.keys()) } else { Err(refusal(path, before, &now)) }
    }

    /// As [`Pins::confirmed`], for a file that need not be there. One that was pinned and is gone is a change.
    fn confirmed_if_there(&self, vault: &Vault, path: &str) -> Result<Vec<PublicKey>, Error> {
        if self.get(path).is_none() && vault.read_if_there(path)?.is_none() {
            return Ok(Vec::new());
        }
        self.confirmed(vault, path)
    }

    /// Checks what concerns the vault as a whole. Every sealing asks this, also one whose own recipients are untouched:
    /// who changed one list may have changed more.
    pub(super) fn check_vault(&self, vault: &Vault) -> Result<(), Error> {
        self.confirmed(vault, MARKER)?;
        self.confirmed(vault, RECIPIENTS)?;
        self.confirmed_if_there(vault, PROCESS_RECIPIENTS).map(drop)
    }

    /// The keys to seal a note to in a folder.
    pub(super) fn note_keys(&self, vault: &Vault, folder: &str) -> Result<Vec<PublicKey>, Error> {
        self.check_vault(vault)?;
        self.confirmed_if_there(vault, &join(folder, KEY_RECIPIENTS))?;
        let file = join(folder, RECIPIENTS);
        let keys = self.confirmed(vault, &file)?;
        if keys.is_empty() {
            return Err(Error::new(ErrorKind::Unpinned, "seal to the keys in", file, "it lists no key"));
        }
        Ok(keys)
    }

    /// The keys to seal a shelf's private key to.
    pub(super) fn key_keys(&self, vault: &Vault, shelf: &Shelf) -> Result<Vec<PublicKey>, Error> {
        self.check_vault(vault)?;
        let own = match shelf {
            Shelf::Process(_) => self.confirmed_if_there(vault, PROCESS_RECIPIENTS)?,
            Shelf::Client(_) | Shelf::Practice => Vec::new(),
        };
        let mut keys = if own.is_empty() { self.confirmed(vault, RECIPIENTS)? } else { own };
        for extra in self.confirmed_if_there(vault, &join(&shelf.folder(), KEY_RECIPIENTS))? {
            if !keys.contains(&extra) {
                keys.push(extra);
            }
        }
        if keys.is_empty() {
            return Err(Error::new(ErrorKind::Unpinned, "seal to the keys in", RECIPIENTS, "it lists no key"));
        }
        Ok(keys)
    }
}

fn refusal(path: &str, before: Option<&Pin>, now: &Pin) -> Error {
    let added: Vec<String> = now.beyond(before).iter().map(PublicKey::to_string).collect();
    let cause = match (before, added.is_empty()) {
        (None, true) => "this device has not confirmed it yet".to_owned(),
        (None, false) => format!("this device has not confirmed it yet; it lists {}", added.join(", ")),
        (Some(_), true) => "it was changed since this device confirmed it".to_owned(),
        (Some(_), false) => format!("it was changed and now also lists {}", added.join(", ")),
    };
    Error::new(ErrorKind::Unpinned, "seal to the keys in", path, cause)
        .hinting("unlock the vault on this device; it will show what changed and ask")
}

fn pins_file(vault: &Vault) -> Result<PathBuf, Error> {
    Ok(vault.state()?.join("pins"))
}

/// Lists that a killed run did not finish. Only the holder of the pins' lock comes here.
fn remove_unfinished(file: &Path) -> std::io::Result<()> {
    let Some(folder) = file.parent() else { return Ok(()) };
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("pins.") && name.ends_with(".tmp") {
            std::fs::remove_file(&path)?;
        }
    }
    Ok(())
}

fn lock_beside(file: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    let guard = options.write(true).create(true).truncate(false).mode(0o600).open(file.with_extension("lock"))?;
    guard.lock()?;
    Ok(guard)
}

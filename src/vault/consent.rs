//! Consent: pinning, under an open vault, who can open what.
//!
//! In go the recipients files as they stand and the private keys at hand; out come pins for what needs no question, and
//! changes for the user to look at. The first unlock on a device pins what the keys confirm: the vault's lists if they
//! name us, a shelf's if we hold every key in it. After that anything new or changed is shown, since whoever can write
//! to a synced folder could have put it there.

use super::error::Error;
use super::names::{KEY_RECIPIENTS, MARKER, PROCESS_RECIPIENTS, RECIPIENTS};
use super::open_vault::OpenVault;
use super::pins::{Pin, Pins};
use super::public_key::PublicKey;
use super::shelf::{Shelf, folder_of, join};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

/// A file that is not as this device has confirmed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinChange {
    /// Which file, relative to the vault.
    pub file: String,
    /// Keys that were not there before.
    pub added: Vec<PublicKey>,
    /// Keys that are there no more.
    pub removed: Vec<PublicKey>,
    /// Whether this device has not seen the file before.
    pub is_new: bool,
}

impl OpenVault {
    /// Pins what needs no question and gives what does.
    ///
    /// # Errors
    /// [`super::ErrorKind::Io`]; [`super::ErrorKind::Damaged`] for pins that do not read.
    pub fn confirm_pins(&self) -> Result<Vec<PinChange>, Error> {
        if self.vault().is_embedded() {
            return Ok(Vec::new());
        }
        let pins = Pins::load(self.vault())?;
        let first = pins.is_empty();
        let (mut sure, mut changes, mut shown) = (BTreeMap::new(), Vec::new(), Vec::new());
        for path in self.trusted_files(&pins)? {
            let Ok(now) = self.pin_now(&path) else {
                // A list that does not read is refused at sealing, with its line; it cannot be accepted here.
                continue;
            };
            let before = pins.get(&path);
            match now {
                Some(now) if before == Some(&now) => {}
                Some(now) if first && self.is_confirmed(&path, &now)? => drop(sure.insert(path, now)),
                None if !self.folder_is_there(&path) => {}
                now => {
                    changes.push(change_of(&path, before, now.as_ref()));
                    shown.push((path, now));
                }
            }
        }
        if !sure.is_empty() {
            Pins::change(self.vault(), |pins| pins.extend(sure))?;
        }
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = shown;
        Ok(changes)
    }

    /// Accepts what [`OpenVault::confirm_pins`] last gave: exactly those contents, not what came after.
    ///
    /// # Errors
    /// [`super::ErrorKind::Io`].
    pub fn accept_pins(&self) -> Result<(), Error> {
        let shown = std::mem::take(&mut *self.shown.lock().unwrap_or_else(PoisonError::into_inner));
        if shown.is_empty() {
            return Ok(());
        }
        Pins::change(self.vault(), |pins| {
            for (path, pin) in shown {
                match pin {
                    Some(pin) => drop(pins.insert(path, pin)),
                    None => drop(pins.remove(&path)),
                }
            }
        })
    }

    /// Every file that sealing trusts, whether pinned, there, or both.
    fn trusted_files(&self, pins: &Pins) -> Result<BTreeSet<String>, Error> {
        let mut files: BTreeSet<String> = pins.paths().map(str::to_owned).collect();
        let mut folders = vec![Shelf::Practice.folder()];
        for code in self.vault().clients()? {
            folders.extend([Shelf::Client(code.clone()).folder(), Shelf::Process(code).folder()]);
        }
        for (folder, list) in folders.iter().flat_map(|folder| [(folder, RECIPIENTS), (folder, KEY_RECIPIENTS)]) {
            files.insert(join(folder, list));
        }
        files.extend([MARKER, RECIPIENTS, PROCESS_RECIPIENTS].map(str::to_owned));
        // A file that is neither pinned nor there is nothing to ask about.
        let known = |path: &String| pins.get(path).is_some() || !matches!(self.vault().read_if_there(path), Ok(None));
        files.retain(known);
        Ok(files)
    }

    fn pin_now(&self, path: &str) -> Result<Option<Pin>, Error> {
        self.vault().read_if_there(path)?.map(|bytes| Pin::of(path, &bytes)).transpose()
    }

    /// Whether our keys vouch for a file that this device sees for the first time.
    fn is_confirmed(&self, path: &str, now: &Pin) -> Result<bool, Error> {
        let own = self.own_keys();
        let held = match path {
            MARKER => return Ok(true),
            RECIPIENTS | PROCESS_RECIPIENTS => return Ok(now.keys().iter().any(|key| own.contains(key))),
            _ if path.ends_with(KEY_RECIPIENTS) => own,
            _ => self.keys_held_for(folder_of(path))?,
        };
        let keys = now.keys();
        Ok(!keys.is_empty() && keys.iter().all(|key| held.contains(key)))
    }

    fn folder_is_there(&self, path: &str) -> bool {
        self.vault().place_of(folder_of(path)).is_ok_and(|folder| super::disk::is_folder(&folder))
    }
}

fn change_of(path: &str, before: Option<&Pin>, now: Option<&Pin>) -> PinChange {
    PinChange {
        file: path.to_owned(),
        added: now.map(|now| now.beyond(before)).unwrap_or_default(),
        removed: before.map(|before| before.beyond(now)).unwrap_or_default(),
        is_new: before.is_none(),
    }
}

//! Saves that come when the vault is locked: sealed without a key, and put in their note's place when it is open again.
//!
//! An editor that was left open knows nothing of a lock. What it saves then is sealed at once, as a note of its own that
//! says which note it is a later save of (`late_save_of`, `late_save_rev`); the clear file goes. When the vault is opened
//! the next time and the note is still the version that was on the desk, the text becomes its next version.

use super::manifest::{Manifest, hash_of};
use super::saving::files_below;
use super::{Remark, naming};
use crate::domain::Confidential;
use crate::keeping::Error;
use crate::keeping::sealing::{prepared_from, read_clear};
use crate::machine::unmarked;
use crate::notes;
use crate::vault::{SealedFile, Stamp, Vault, WriteLock, memory};
use chrono::Local;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The desk's folder after a lock, or after its process was killed.
#[derive(Debug)]
pub struct LateSaves {
    folder: PathBuf,
    manifest: Manifest,
    /// What each file was sealed as: a later save of it replaces that.
    sealed: BTreeMap<String, SealedFile>,
    refused: BTreeMap<String, String>,
}

impl LateSaves {
    /// Takes the folder over with what is known of the files in it.
    pub fn of(folder: &Path) -> Self {
        let manifest = Manifest::read(folder);
        Self { folder: folder.to_owned(), manifest, sealed: BTreeMap::new(), refused: BTreeMap::new() }
    }

    /// Seals what was saved and takes the clear files away. What cannot be sealed stays.
    pub fn collect(&mut self, vault: &Vault, lock: &WriteLock) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for path in files_below(&self.folder) {
            if naming::is_passing(&path) {
                continue;
            }
            match self.keep(vault, lock, &path) {
                Ok(said) => {
                    self.refused.remove(&path);
                    remarks.extend(said);
                }
                Err(error) => {
                    let why = error.to_string();
                    if self.refused.insert(path.clone(), why.clone()).as_ref() != Some(&why) {
                        remarks.push(Remark::Failed { path, why });
                    }
                }
            }
        }
        remarks
    }

    /// Whether there is text that could not be sealed.
    pub fn has_unsealed(&self) -> bool {
        !self.refused.is_empty()
    }

    fn keep(&mut self, vault: &Vault, lock: &WriteLock, path: &str) -> Result<Vec<Remark>, Error> {
        let place = self.folder.join(path);
        let fail = |cause| Error::file("read", &place, cause);
        let stamp = Stamp::of_path(&place).map_err(fail)?;
        let text = unmarked(notes::text_of(&read_clear(&place)?).reveal());
        // An editor that has only begun to write.
        if text.reveal().trim().is_empty() {
            return Ok(Vec::new());
        }
        let laid = self.manifest.get(path);
        let mut said = Vec::new();
        if laid.is_none_or(|laid| laid.hash != hash_of(text.reveal())) {
            let of = laid.map(|laid| (laid.id, laid.rev));
            let text = as_late_save(&text, of);
            said = self.seal(vault, lock, path, &text)?;
        }
        // Saved again meanwhile: then the next look takes it.
        if Stamp::of_path(&place).is_ok_and(|now| now == stamp) {
            memory::wipe(&place).map_err(|cause| Error::file("remove", &place, cause))?;
        }
        Ok(said)
    }

    fn seal(&mut self, vault: &Vault, lock: &WriteLock, path: &str, text: &Confidential) -> Result<Vec<Remark>, Error> {
        let shelf = naming::shelf_of(path);
        let mut prepared =
            prepared_from(vault, text.reveal().as_bytes(), Path::new(path), shelf, Local::now().date_naive())?;
        let other = prepared.other_client.take();
        let earlier =
            self.sealed.get(path).and_then(|file| vault.sealed_file(&file.path).ok().filter(|now| now == file));
        let (file, id, remark) = match earlier {
            Some(file) if file.shelf.as_ref() == Some(&prepared.shelf) => {
                vault.reseal_own(lock, &file, &prepared.text_for(file.id))?;
                (file.path, file.id, None)
            }
            _ => {
                let file = prepared.shelf.path_of(prepared.id);
                let id = prepared.keep(vault, lock)?;
                (file, id, Some(Remark::Late { path: path.to_owned(), id }))
            }
        };
        self.sealed.insert(path.to_owned(), vault.sealed_file(&file)?);
        let other = other.map(|other| Remark::OtherClient { path: path.to_owned(), id, other });
        Ok(remark.into_iter().chain(other).collect())
    }
}

/// The text as a draft of its own that says which note it is a later save of.
fn as_late_save(text: &Confidential, of: Option<(crate::domain::NoteId, u64)>) -> Confidential {
    let copy = notes::carried_id(text.reveal().as_bytes()).is_some();
    let mut text = Confidential::new(text.reveal());
    if copy {
        text = notes::as_draft(text.reveal());
    }
    if let Some((id, rev)) = of {
        text = notes::with_line(text.reveal(), "late_save_rev", Some(&rev.to_string()));
        text = notes::with_line(text.reveal(), "late_save_of", Some(id.as_str()));
    }
    text
}

//! What was half done, told and not touched.
//!
//! In goes a vault; out come the writes that a killed run began and the files that are not whole under their names yet.
//! Nothing is changed: finishing is for the next run that holds the lock ([`Vault::finish_interrupted`]). A write that
//! another process is in the middle of is not half done.

use super::error::Error;
use super::intent::Intent;
use super::lock::WriteLock;
use super::names::TEMP;
use super::shelf::join;
use super::store::Vault;
use crate::domain::NoteId;
use std::collections::BTreeSet;

/// Something that was begun and not ended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unfinished {
    /// A write that was cut short: the note's path, relative to the vault. The next run that writes settles it.
    Write(String),
    /// A file on its way to its name that no write of this device is about: its path, relative to the vault.
    File(String),
    /// A record of a write that cannot be read: its own path. What it was about is not known.
    Record(String),
}

impl Vault {
    /// Lists what was half done, sorted. Reads and changes nothing.
    ///
    /// # Errors
    /// [`super::ErrorKind::Io`].
    pub fn interrupted(&self) -> Result<Vec<Unfinished>, Error> {
        if self.is_embedded() {
            return Ok(Vec::new());
        }
        let state = self.state()?;
        // Before the listing, so that no writer can begin in between; held until it is done.
        let quiet = WriteLock::hold_off(state)?;
        let mut found = BTreeSet::new();
        let mut own = BTreeSet::new();
        for intent in Intent::peek(self)? {
            match intent {
                Ok(intent) => {
                    for step in intent.steps {
                        own.insert(step.temp);
                        if quiet.is_some() {
                            found.insert(Unfinished::Write(step.path));
                        }
                    }
                }
                Err(file) => drop(found.insert(Unfinished::Record(file.display().to_string()))),
            }
        }
        if quiet.is_some() {
            let strays = self.unfinished_files()?.into_iter().filter(|path| !own.contains(path));
            found.extend(strays.map(Unfinished::File));
        }
        Ok(found.into_iter().collect())
    }

    /// Files that are named as this program names files it has not finished.
    fn unfinished_files(&self) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        for folder in self.folders()? {
            let names = self.names_in(&folder)?.into_iter().filter(|name| is_unfinished(name));
            found.extend(names.map(|name| join(&folder, &name)));
        }
        Ok(found)
    }
}

/// `.tmp-<id>` for notes, `<name>.<id>.tmp` for keys, recipients and kept versions.
fn is_unfinished(name: &str) -> bool {
    let middle = name.strip_prefix(TEMP).or_else(|| name.strip_suffix(".tmp")?.rsplit('.').next());
    middle.is_some_and(|id| NoteId::parse(id).is_ok())
}

#[cfg(test)]
mod tests {
    use super::is_unfinished;

    #[test]
    fn unfinished_files_are_known_by_their_names() {
        for name in [".tmp-3k9x2m7q4d1w", ".age-recipients.3k9x2m7q4d1w.tmp", "key-3f9k2m7q.age.3k9x2m7q4d1w.tmp"] {
            assert!(is_unfinished(name), "{name}");
        }
        for name in ["3k9x2m7q4d1w.md.age", ".tmp-x", "note.tmp", ".tmp", "3k9x2m7q4d1w"] {
            assert!(!is_unfinished(name), "{name}");
        }
    }
}

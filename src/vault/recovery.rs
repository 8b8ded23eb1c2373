//! What a killed run left: finished where the sealed bytes are whole, taken back where they are not.
//!
//! In go the intents in the state folder; out comes what was done about each. Only files that an intent names are
//! touched: an unfinished file of another device may be on its way here. No text is lost: sealed bytes are removed only
//! when they are not whole, or are in their place already.

use super::disk::{self, LARGEST_FILE};
use super::error::Error;
use super::intent::{Intent, Step, UNREADABLE};
use super::lock::WriteLock;
use super::names::SEALED;
use super::shelf::folder_of;
use super::store::Vault;
use super::vault_id::{random_note_id, sha256};
use super::writing::keep_earlier;

/// What became of one write that was cut short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interrupted {
    /// The note, relative to the vault; or the intent's own file when it does not read.
    pub path: String,
    /// What was done.
    pub outcome: Outcome,
}

/// What was done about a write that was cut short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The new version is in place.
    Finished,
    /// The new version was not whole; what was there before is there still.
    Undone,
    /// Somebody else changed the note meanwhile; the new version lies beside it, as a conflict copy of this path.
    KeptBeside(String),
    /// The intent does not read and was set aside; look at the note it may be about.
    Unreadable,
}

impl Vault {
    /// Finishes or takes back what earlier runs left half done.
    ///
    /// # Errors
    /// [`super::ErrorKind::Io`]; what was not dealt with is left for the next run.
    pub fn finish_interrupted(&self, lock: &WriteLock) -> Result<Vec<Interrupted>, Error> {
        lock.must_be_for(self.id())?;
        let mut done = Vec::new();
        for left in Intent::left_over(self)? {
            match left {
                Ok(intent) => {
                    for step in &intent.steps {
                        done.push(Interrupted { path: step.path.clone(), outcome: self.settle(step)? });
                    }
                    intent.drop_file()?;
                }
                Err(file) => {
                    let aside = file.with_extension(UNREADABLE);
                    std::fs::rename(&file, &aside).map_err(|e| Error::io("set aside", &file, e))?;
                    done.push(Interrupted { path: aside.display().to_string(), outcome: Outcome::Unreadable });
                }
            }
        }
        Ok(done)
    }

    fn settle(&self, step: &Step) -> Result<Outcome, Error> {
        let there = self.hash_of(&step.path)?;
        let waiting = self.hash_of(&step.temp)?;
        if step.new.is_some() && there == step.new {
            self.remove(&step.temp, waiting.is_some())?;
            self.flush(step)?;
            return Ok(Outcome::Finished);
        }
        if step.new.is_none() || waiting != step.new {
            self.remove(&step.temp, waiting.is_some())?;
            return Ok(Outcome::Undone);
        }
        let outcome = if there == step.old {
            self.finish(step)?;
            Outcome::Finished
        } else {
            Outcome::KeptBeside(self.keep_beside(step)?)
        };
        self.flush(step)?;
        Ok(outcome)
    }

    fn finish(&self, step: &Step) -> Result<(), Error> {
        keep_earlier(self, step)?;
        let (temp, target) = (self.place_of(&step.temp)?, self.place_of(&step.path)?);
        let placed =
            if step.old.is_some() { disk::place_over(&temp, &target) } else { disk::place_new(&temp, &target) };
        placed.map_err(|e| Error::io("write", &target, e))
    }

    /// Gives the new version a name that a scan reports as a conflict copy.
    fn keep_beside(&self, step: &Step) -> Result<String, Error> {
        let stem = step.path.strip_suffix(SEALED).unwrap_or(&step.path);
        let path = format!("{stem}.sync-conflict-interrupted-{}{SEALED}", random_note_id());
        let target = self.place_of(&path)?;
        disk::place_new(&self.place_of(&step.temp)?, &target).map_err(|e| Error::io("write", &target, e))?;
        Ok(path)
    }

    fn hash_of(&self, path: &str) -> Result<Option<String>, Error> {
        let place = self.place_of(path)?;
        match disk::read(&place, LARGEST_FILE) {
            Ok((bytes, _)) => Ok(Some(sha256(&bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io("read", &place, error)),
        }
    }

    fn remove(&self, path: &str, there: bool) -> Result<(), Error> {
        let place = self.place_of(path)?;
        if there { std::fs::remove_file(&place).map_err(|e| Error::io("remove", &place, e)) } else { Ok(()) }
    }

    fn flush(&self, step: &Step) -> Result<(), Error> {
        let folder = self.place_of(folder_of(&step.path))?;
        disk::flush_folder(&folder).map_err(|e| Error::io("flush the folder", &folder, e))
    }
}

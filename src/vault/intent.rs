//! Intents: what a run was about to do, written down where a killed run leaves it for the next.
//!
//! In go paths and hashes; out comes a file in the state folder that is flushed before the vault is touched and dropped
//! when all is done. An intent names files and hashes of sealed bytes, never text.

use super::disk;
use super::error::{Error, ErrorKind};
use super::names::TEMP;
use super::shelf::{folder_of, join};
use super::store::Vault;
use super::vault_id::random_note_id;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// How an intent ends that did not read and was set aside.
pub(super) const UNREADABLE: &str = "unreadable";

/// One file that is to get its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Step {
    /// Where the note will lie.
    pub(super) path: String,
    /// Where its sealed bytes wait, in the same folder.
    pub(super) temp: String,
    /// SHA-256 of the sealed file that is there now; none for a new note.
    pub(super) old: Option<String>,
    /// SHA-256 of the sealed bytes that will be there; none while they are still being written.
    pub(super) new: Option<String>,
    /// Where the earlier version is kept; none when there is none to keep.
    pub(super) history: Option<String>,
}

impl Step {
    /// A new note.
    pub(super) fn new_note(path: String, new: Option<String>) -> Self {
        let temp = join(folder_of(&path), &format!("{TEMP}{}", random_note_id()));
        Self { path, temp, old: None, new, history: None }
    }
}

/// An intent on the disk.
#[derive(Debug)]
pub(super) struct Intent {
    file: PathBuf,
    /// What is to happen.
    pub(super) steps: Vec<Step>,
}

impl Intent {
    /// Writes an intent down, flushed.
    pub(super) fn begin(vault: &Vault, steps: Vec<Step>) -> Result<Self, Error> {
        let folder = folder(vault)?;
        let fail = |error| Error::io("write an intent in", &folder, error);
        disk::make_folder(&folder).map_err(fail)?;
        let intent = Self { file: folder.join(format!("{}.json", random_note_id())), steps };
        intent.write()?;
        Ok(intent)
    }

    /// Writes it down again, with the hashes that are known now.
    pub(super) fn write(&self) -> Result<(), Error> {
        let text = serde_json::to_vec(&self.steps).map_err(|_| {
            Error::new(ErrorKind::Io, "write the intent", self.file.display(), "it cannot be put in JSON")
        })?;
        disk::write_whole(&self.file, &text).map_err(|e| Error::io("write the intent", &self.file, e))
    }

    /// All is done, or undone.
    pub(super) fn drop_file(self) -> Result<(), Error> {
        let fail = |error| Error::io("drop the intent", &self.file, error);
        std::fs::remove_file(&self.file).map_err(fail)?;
        self.file.parent().map_or(Ok(()), disk::flush_folder).map_err(fail)
    }

    /// The intents that earlier runs left, oldest name first; a file that does not read has no steps and its name.
    pub(super) fn left_over(vault: &Vault) -> Result<Vec<Result<Self, PathBuf>>, Error> {
        let files = Self::files(vault)?;
        // A list that was never whole was never acted on: it goes. Only the holder of the lock comes here.
        for unfinished in files.iter().filter(|file| ends(file, "tmp")) {
            std::fs::remove_file(unfinished).map_err(|e| Error::io("remove", unfinished, e))?;
        }
        files.iter().filter(|file| ends(file, "json")).map(|file| Self::read(file)).collect()
    }

    /// As [`Intent::left_over`], with those that were set aside, and nothing is removed.
    pub(super) fn peek(vault: &Vault) -> Result<Vec<Result<Self, PathBuf>>, Error> {
        let mut found = Vec::new();
        for file in Self::files(vault)? {
            if ends(&file, UNREADABLE) {
                found.push(Err(file));
            } else if ends(&file, "json") {
                match Self::read(&file) {
                    // Its writer was done in between.
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    read => found.push(read?),
                }
            }
        }
        Ok(found)
    }

    /// The files in the folder of intents, sorted.
    fn files(vault: &Vault) -> Result<Vec<PathBuf>, Error> {
        let folder = folder(vault)?;
        let mut files = match std::fs::read_dir(&folder) {
            Ok(entries) => entries.flatten().map(|entry| entry.path()).collect::<Vec<_>>(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::io("list the intents in", &folder, error)),
        };
        files.sort_unstable();
        Ok(files)
    }

    fn read(file: &Path) -> Result<Result<Self, PathBuf>, Error> {
        let (bytes, _) = disk::read(file, u64::MAX).map_err(|e| Error::io("read the intent", file, e))?;
        let steps = serde_json::from_slice(&bytes);
        Ok(steps.map(|steps| Self { file: file.to_owned(), steps }).map_err(|_| file.to_owned()))
    }
}

fn ends(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|end| end == ending)
}

fn folder(vault: &Vault) -> Result<PathBuf, Error> {
    Ok(vault.state()?.join("intents"))
}

//! A place for clear text while it is written: memory-backed, closed to others, emptied on every way out.
//!
//! In goes a text, out comes what the editor made of it. The file never touches a disk: the folder is refused unless its
//! file system is one that lives in memory.

use super::{Editor, Error};
use crate::domain::Confidential;
use crate::vault::memory::{MemoryFolder, Storage, storage};
use crate::vault::{self, VaultId};
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use zeroize::{Zeroize, Zeroizing};

/// A memory-backed folder for one edit.
#[derive(Debug)]
pub struct Workbench {
    storage: Storage,
    folder: MemoryFolder,
}

impl Workbench {
    /// Finds memory-backed storage among candidates, in order.
    ///
    /// # Errors
    /// When none of them is memory-backed.
    pub fn new(vault: &VaultId, candidates: &[PathBuf]) -> Result<Self, vault::Error> {
        let storage = storage(vault, candidates, None)?;
        Ok(Self { folder: storage.bench()?, storage })
    }

    /// Lets the editor work on a text and returns what became of it. The file is wiped and removed afterwards.
    ///
    /// # Errors
    /// When the file cannot be written or read, or the editor fails.
    pub fn edit(&self, editor: &Editor, name: &str, text: &Confidential) -> Result<Zeroizing<Vec<u8>>, Error> {
        let path = self.free_path(name);
        let file = ClearFile(&path);
        file.write(text.reveal()).map_err(|cause| Error::file("write", &path, cause))?;
        editor.edit(&path)?;
        std::fs::read(&path).map(Zeroizing::new).map_err(|cause| Error::file("read", &path, cause))
    }

    /// The name, or one like it when a file that could not be sealed has it: that text must not be overwritten.
    fn free_path(&self, name: &str) -> PathBuf {
        let named = |number: u32| {
            self.folder.path().join(if number == 0 { name.to_owned() } else { format!("{number}-{name}") })
        };
        (0..1000).map(named).find(|path| !path.exists()).unwrap_or_else(|| named(0))
    }

    /// Folders that killed runs left: text that somebody typed and that is sealed nowhere.
    ///
    /// # Errors
    /// When the storage cannot be listed.
    pub fn leftovers(&self) -> Result<Vec<MemoryFolder>, Error> {
        Ok(self.storage.abandoned()?)
    }

    /// Leaves a text in the folder for the user to find: it could not be sealed.
    ///
    /// # Errors
    /// When it cannot be written there either.
    pub fn leave(self, name: &str, text: &[u8]) -> Result<PathBuf, Error> {
        let path = self.folder.path().join(name);
        let written = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path);
        written.and_then(|mut file| file.write_all(text)).map_err(|cause| Error::file("write", &path, cause))?;
        self.folder.leave();
        Ok(path)
    }
}

/// A clear file that is overwritten and removed when it goes out of scope.
struct ClearFile<'a>(&'a Path);

impl ClearFile<'_> {
    fn write(&self, text: &str) -> std::io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(self.0)?;
        file.write_all(text.as_bytes())
    }
}

impl Drop for ClearFile<'_> {
    fn drop(&mut self) {
        if let Ok(mut bytes) = std::fs::read(self.0) {
            bytes.zeroize();
            let _ = std::fs::write(self.0, &bytes);
        }
        let _ = std::fs::remove_file(self.0);
    }
}

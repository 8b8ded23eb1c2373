//! A place for clear text while it is written: memory-backed, closed to others, emptied on every way out.
//!
//! In go texts, out come sheets: files for an editor, each with a random part in its name and a marker in its text, so
//! that copies of it can be found. Only a caller that says so gets a folder on a disk.

use super::Error;
use super::leftover::Begun;
use crate::domain::{Confidential, NoteId};
use crate::machine::{Marker, random_word, unmarked};
use crate::notes;
use crate::vault::memory::{MemoryFolder, Storage, storage, wipe};
use crate::vault::{self, Shelf, VaultId};
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The folder beside the sheets that editors keep their own files in.
const WORKSHOP: &str = ".editor";

/// Letters of the random part: enough that no other file has it, few enough to be read in a title bar.
const RANDOM: usize = 8;

/// A folder for one sitting. Emptied and removed on drop.
#[derive(Debug)]
pub struct Workbench {
    storage: Storage,
    folder: MemoryFolder,
}

/// One text as a file.
#[derive(Debug)]
pub struct Sheet {
    path: PathBuf,
    random: String,
    marker: Marker,
    beginning: Confidential,
    shelf: Option<Shelf>,
}

/// What an editor made of a sheet.
#[derive(Debug)]
pub struct Written {
    /// The file as it is, which the editor showed; places of problems are counted in it.
    pub seen: Zeroizing<Vec<u8>>,
    /// The text without its marker.
    pub text: Confidential,
}

impl Workbench {
    /// Finds storage among candidates, in order; on `disk` only when one is named.
    ///
    /// # Errors
    /// When none of the candidates is memory-backed and no disk is named.
    pub fn new(vault: &VaultId, candidates: &[PathBuf], disk: Option<&Path>) -> Result<Self, vault::Error> {
        let storage = storage(vault, candidates, disk)?;
        Ok(Self { folder: storage.bench()?, storage })
    }

    /// Whether it is on a disk, which keeps traces.
    pub fn is_on_disk(&self) -> bool {
        self.storage.is_on_disk()
    }

    /// Puts a text into a file of its own: `name-<random>.md`. `shelf` is where it belongs, should it be found later.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn lay(&self, name: &str, text: Confidential, shelf: Option<Shelf>) -> Result<Sheet, Error> {
        let (random, marker) = (random_word(RANDOM), Marker::random());
        let path = self.folder.path().join(format!("{name}-{random}.md"));
        let fail = |cause| Error::file("write", &path, cause);
        // Before the text itself: a run that is killed in between leaves nothing that looks typed.
        let begun = Begun::of(&text, shelf.clone());
        write_new(&Begun::path_of(&path), begun.to_string().as_bytes()).map_err(fail)?;
        write_new(&path, marker.mark(&text).reveal().as_bytes()).map_err(fail)?;
        Ok(Sheet { path, random, marker, beginning: text, shelf })
    }

    /// The editor's own folder, made.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn workshop(&self) -> Result<PathBuf, Error> {
        let path = self.folder.path().join(WORKSHOP);
        match std::fs::DirBuilder::new().mode(0o700).create(&path) {
            Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => Err(Error::file("make", &path, cause)),
            _ => Ok(path),
        }
    }

    /// Folders that killed runs left: text that somebody typed and that is sealed nowhere.
    ///
    /// # Errors
    /// When the storage cannot be listed.
    pub fn leftovers(&self) -> Result<Vec<MemoryFolder>, Error> {
        Ok(self.storage.abandoned()?)
    }

    /// The desk that a killed run left, if there is one.
    ///
    /// # Errors
    /// When the storage cannot be looked at.
    pub fn left_desk(&self) -> Result<Option<MemoryFolder>, Error> {
        Ok(self.storage.abandoned_desk()?)
    }

    /// The folder that the benches of this vault lie in.
    pub fn base(&self) -> &Path {
        self.storage.base()
    }

    /// The folder itself.
    pub fn folder(&self) -> &MemoryFolder {
        &self.folder
    }

    /// Leaves the sheets where they are, for the user and for the next run: they could not be sealed.
    pub fn leave(self) -> PathBuf {
        self.folder.leave()
    }
}

impl Sheet {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The random part of its name.
    pub fn random(&self) -> &str {
        &self.random
    }

    /// The random word in its text.
    pub fn marker(&self) -> &Marker {
        &self.marker
    }

    /// Where it belongs.
    pub fn shelf(&self) -> Option<&Shelf> {
        self.shelf.as_ref()
    }

    /// What is in the file now.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn written(&self) -> Result<Written, Error> {
        let seen = std::fs::read(&self.path).map(Zeroizing::new);
        let seen = seen.map_err(|cause| Error::file("read", &self.path, cause))?;
        let text = unmarked(notes::text_of(&seen).reveal());
        Ok(Written { seen, text })
    }

    /// Whether a text is the one the sheet began with. Editors add and take line ends at the end of a file.
    pub fn began_with(&self, text: &Confidential) -> bool {
        text.reveal().trim_end() == self.beginning.reveal().trim_end()
    }

    /// Whether the file is there.
    pub fn is_there(&self) -> bool {
        self.path.exists()
    }

    /// Writes down which new note the text is about to become, so that a run which is killed before the file is taken away
    /// does not leave it to be sealed twice.
    pub fn about_to_become(&self, id: NoteId, text: &Confidential) {
        let line = Begun::becoming(id, text);
        let begun = OpenOptions::new().append(true).open(Begun::path_of(&self.path));
        // Sealing must not fail for it: twice is better than never.
        let _ = begun.and_then(|mut begun| begun.write_all(line.as_bytes()));
    }

    /// Takes the file away once its text is sealed or let go of: what stays on the bench is sealed by the next run.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn clear(&self) -> Result<(), Error> {
        match wipe(&self.path) {
            Err(cause) if self.path.exists() => Err(Error::file("remove", &self.path, cause)),
            _ => Ok(()),
        }
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(bytes)
}

//! Earlier versions of a note.
//!
//! In goes a note; out come the versions in `history/<id>/`, oldest first. They are sealed files like the note itself and
//! are read like it. Nothing here changes or removes one.

use super::disk::Stamp;
use super::error::Error;
use super::names::{HISTORY, SEALED};
use super::open_vault::OpenVault;
use super::scan::SealedFile;
use super::secret::Plain;
use super::shelf::{folder_of, join};
use super::store::Vault;
use super::vault_id::sha256;
use crate::domain::NoteId;

/// One earlier version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The first 16 hexadecimal digits of the sealed file's SHA-256.
    pub version: String,
    /// Where it lies, relative to the vault, with `/`.
    pub path: String,
    /// What the file looks like; `modified` is when that version was written.
    pub stamp: Stamp,
}

/// How many digits of the hash name a version.
const VERSION: usize = 16;

impl HistoryEntry {
    /// The version as a file that [`super::OpenVault::read`] opens.
    pub fn as_file_of(&self, note: &SealedFile) -> SealedFile {
        SealedFile { path: self.path.clone(), stamp: self.stamp, ..note.clone() }
    }
}

impl OpenVault {
    /// Opens one version of a note.
    ///
    /// # Errors
    /// As for [`OpenVault::read`].
    pub fn read_version(&self, version: &HistoryEntry) -> Result<Plain, Error> {
        self.read_at(&version.path)
    }
}

impl Vault {
    /// The earlier versions of a note, oldest first.
    ///
    /// # Errors
    /// [`super::ErrorKind::Io`].
    pub fn history(&self, note: &SealedFile) -> Result<Vec<HistoryEntry>, Error> {
        self.versions_in(folder_of(&note.path), &note.id)
    }

    /// The version that a note is now: the one its file would have in the history.
    ///
    /// # Errors
    /// [`super::ErrorKind::NotFound`], [`super::ErrorKind::Io`].
    pub fn current_version(&self, note: &SealedFile) -> Result<HistoryEntry, Error> {
        let (bytes, stamp) = self.read_bytes(&note.path)?;
        Ok(HistoryEntry { version: version_of(&sha256(&bytes)).to_owned(), path: note.path.clone(), stamp })
    }

    /// The versions that a folder's history holds under an id, oldest first.
    pub(super) fn versions_in(&self, folder: &str, id: &NoteId) -> Result<Vec<HistoryEntry>, Error> {
        let folder = join(folder, &format!("{HISTORY}/{id}"));
        let mut entries = Vec::new();
        for name in self.names_in(&folder)? {
            let Some(version) = name.strip_suffix(SEALED).filter(|version| is_version(version)) else { continue };
            let path = join(&folder, &name);
            let (_, stamp) = self.read_bytes(&path)?;
            entries.push(HistoryEntry { version: version.to_owned(), path, stamp });
        }
        entries.sort_by(|a, b| (a.stamp.modified, &a.version).cmp(&(b.stamp.modified, &b.version)));
        Ok(entries)
    }
}

/// The digits of a hash that name a version.
pub(super) fn version_of(sha256: &str) -> &str {
    sha256.get(..VERSION).unwrap_or(sha256)
}

fn is_version(text: &str) -> bool {
    text.len() == VERSION && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

//! Earlier versions of a note.
//!
//! In goes a note; out come the versions in `history/<id>/`, oldest first. They are sealed files like the note itself and
//! are read like it. Nothing here changes or removes one.

use super::disk::Stamp;
use super::error::Error;
use super::names::{HISTORY, SEALED};
use super::scan::SealedFile;
use super::shelf::{folder_of, join};
use super::store::Vault;

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

impl HistoryEntry {
    /// The version as a file that [`super::OpenVault::read`] opens.
    pub fn as_file_of(&self, note: &SealedFile) -> SealedFile {
        SealedFile { path: self.path.clone(), stamp: self.stamp, ..note.clone() }
    }
}

impl Vault {
    /// The earlier versions of a note, oldest first.
    ///
    /// # Errors
    /// [`super::ErrorKind::Io`].
    pub fn history(&self, note: &SealedFile) -> Result<Vec<HistoryEntry>, Error> {
        let folder = join(folder_of(&note.path), &format!("{HISTORY}/{}", note.id));
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

fn is_version(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

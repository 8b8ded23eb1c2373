//! One file on the desk, and the note it stands for.

use super::Entry;
use super::manifest::{Laid, hash_of};
use crate::domain::Note;
use crate::vault::{SealedFile, Stamp};
use std::sync::Arc;

/// A file on the desk.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The note's sealed file as it was when the text was laid out or last sealed.
    pub(super) file: SealedFile,
    /// The note as it was then.
    pub(super) note: Arc<Note>,
    /// Hash of the text that lies on the desk and in the vault.
    pub(super) hash: String,
    /// What the file looked like at the last look; none before the first.
    pub(super) stamp: Option<Stamp>,
    /// Whether it was saved since the desk was opened: then the version before is in the history already.
    pub(super) saved: bool,
    /// Whether the note changed elsewhere after the text was laid out.
    pub(super) changed_elsewhere: bool,
    /// Whether the note is a copy of another: then it is a draft, whatever its text says of itself.
    pub(super) is_copy: bool,
    /// Whether the file is gone. The note is not.
    pub(super) gone: bool,
}

impl Sheet {
    /// A note that was just laid out.
    pub(super) fn laid(entry: &Entry, stamp: Option<Stamp>) -> Self {
        Self {
            file: entry.file.clone(),
            note: Arc::clone(&entry.note),
            hash: hash_of(entry.note.text.reveal()),
            stamp,
            saved: false,
            changed_elsewhere: false,
            is_copy: false,
            gone: false,
        }
    }

    /// A note that was just sealed from a text on the desk.
    pub(super) fn sealed(file: SealedFile, note: Arc<Note>, text: &str, is_copy: bool) -> Self {
        let hash = hash_of(text);
        Self { file, note, hash, stamp: None, saved: true, changed_elsewhere: false, is_copy, gone: false }
    }

    /// A note that an earlier run laid out.
    pub(super) fn left(entry: &Entry, laid: &Laid) -> Self {
        let changed_elsewhere = entry.note.rev.unwrap_or(1) != laid.rev;
        Self { hash: laid.hash.clone(), changed_elsewhere, ..Self::laid(entry, None) }
    }

    /// For the manifest.
    pub(super) fn as_laid(&self) -> Laid {
        Laid { hash: self.hash.clone(), rev: self.note.rev.unwrap_or(1), id: self.note.id }
    }
}

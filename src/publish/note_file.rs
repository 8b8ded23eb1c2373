//! A file of the vault that holds a note, sealed or clear.
//!
//! In goes what the walk found; out come path, shelf, id and day of writing. Nothing here opens a file.
use crate::domain::NoteId;
use crate::vault::{ClearFile, SealedFile, Shelf, Stamp};
use chrono::{DateTime, Local, NaiveDate};

/// A file that holds a note.
#[derive(Debug, Clone)]
pub(super) enum NoteFile {
    Sealed(SealedFile),
    Clear(ClearFile, NoteId),
}

impl NoteFile {
    pub(super) fn path(&self) -> &str {
        match self {
            Self::Sealed(file) => &file.path,
            Self::Clear(file, _) => &file.path,
        }
    }

    pub(super) fn shelf(&self) -> Option<&Shelf> {
        match self {
            Self::Sealed(file) => file.shelf.as_ref(),
            Self::Clear(file, _) => file.shelf.as_ref(),
        }
    }

    pub(super) fn stamp(&self) -> &Stamp {
        match self {
            Self::Sealed(file) => &file.stamp,
            Self::Clear(file, _) => &file.stamp,
        }
    }

    pub(super) fn id(&self) -> NoteId {
        match self {
            Self::Sealed(file) => file.id,
            Self::Clear(_, id) => *id,
        }
    }

    /// Calls the note by another id, because another file has its name.
    pub(super) fn rename(&mut self, to: NoteId) {
        match self {
            Self::Sealed(file) => file.id = to,
            Self::Clear(_, id) => *id = to,
        }
    }

    /// The file's name without the sealing suffix, where it may hold a date.
    pub(super) fn dated_name(&self) -> Option<&str> {
        let name = self.path().rsplit('/').next()?;
        match self {
            Self::Sealed(file) if file.named_by_id => None,
            _ => Some(name),
        }
    }

    /// Local day on which the file was last written.
    pub(super) fn written(&self) -> NaiveDate {
        DateTime::<Local>::from(self.stamp().modified).date_naive()
    }
}

//! What is read, and which day counts as today.

use crate::domain::{Class, ClientCode, Kind, Note};
use crate::vault::{SealedFile, Shelf};
use chrono::NaiveDate;

/// Which notes are opened. What lies outside is not decrypted.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Only these clients; empty means everybody.
    pub clients: Vec<ClientCode>,
    /// Process notes too.
    pub with_process: bool,
    /// With single clients also the practice's own word lists and scales, which say how their notes are to be read. Any
    /// other note of the practice, perhaps about somebody else, is opened to see its kind and dropped at once.
    pub with_lists: bool,
}

impl Scope {
    /// Only one client's notes, process notes left out.
    pub fn client(code: ClientCode) -> Self {
        Self { clients: vec![code], ..Self::default() }
    }

    /// Whether a note that was opened is kept.
    pub fn keeps(&self, note: &Note) -> bool {
        let is_list = matches!(note.kind, Kind::Words | Kind::Scales);
        self.clients.is_empty() || note.class != Class::Practice || is_list
    }

    /// Whether files of a shelf were asked for, and are not only opened to read others by.
    pub fn asks_for(&self, shelf: Option<&Shelf>) -> bool {
        self.clients.is_empty() || shelf.is_none_or(|shelf| shelf.client().is_some())
    }

    /// Whether a sealed file is opened.
    pub fn holds(&self, file: &SealedFile) -> bool {
        self.holds_shelf(file.shelf.as_ref())
    }

    /// Whether files of a shelf are opened. Files outside the known folders always are: only their text says whose they are.
    pub fn holds_shelf(&self, shelf: Option<&Shelf>) -> bool {
        let Some(shelf) = shelf else { return true };
        if shelf.class() == Class::Process && !self.with_process {
            return false;
        }
        match shelf.client() {
            Some(code) => self.clients.is_empty() || self.clients.contains(code),
            None => self.clients.is_empty() || self.with_lists,
        }
    }
}

/// Which day counts as today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Today {
    /// Always this day (`--today`, the demo).
    Pinned(NaiveDate),
    /// Always this day, and nothing that was written after it (`--as-of`).
    KnownOn(NaiveDate),
    /// The machine's local day, looked up when an edition is made.
    Local,
}

impl Today {
    /// The day whose knowledge is asked for, if one is.
    pub fn known_on(self) -> Option<NaiveDate> {
        match self {
            Self::KnownOn(day) => Some(day),
            Self::Pinned(_) | Self::Local => None,
        }
    }

    /// The day itself.
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Pinned(day) | Self::KnownOn(day) => day,
            Self::Local => chrono::Local::now().date_naive(),
        }
    }
}

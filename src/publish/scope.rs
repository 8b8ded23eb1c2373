//! What is read, and which day counts as today.

use crate::domain::{Class, ClientCode};
use crate::vault::{SealedFile, Shelf};
use chrono::NaiveDate;

/// Which notes are opened. What lies outside is not decrypted.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Only these clients; empty means everybody.
    pub clients: Vec<ClientCode>,
    /// Process notes too.
    pub with_process: bool,
    /// The practice's own notes too, where only some clients are read.
    pub with_practice: bool,
}

impl Scope {
    /// Only one client's notes, process notes left out.
    pub fn client(code: ClientCode) -> Self {
        Self { clients: vec![code], ..Self::default() }
    }

    /// The same with the practice's own notes.
    #[must_use]
    pub fn and_practice(self) -> Self {
        Self { with_practice: true, ..self }
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
            None => self.clients.is_empty() || self.with_practice,
        }
    }
}

/// Which day counts as today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Today {
    /// Always this day (`--today`, the demo).
    Pinned(NaiveDate),
    /// The machine's local day, looked up when an edition is made.
    Local,
}

impl Today {
    /// The day itself.
    pub fn day(self) -> NaiveDate {
        match self {
            Self::Pinned(day) => day,
            Self::Local => chrono::Local::now().date_naive(),
        }
    }
}

//! Shelves: the folders that notes are sealed into, each with a key of its own.
//!
//! In goes a path inside the vault, or a client and a class; out comes a shelf, or none for a folder of somebody
//! else's making. A shelf decides which key a note is sealed to, so a note's class is settled here and nowhere else.

use super::names::SEALED;
use crate::domain::{Class, ClientCode, NoteId};

/// The folder of notes inside a client's folder that has a key of its own.
const PROCESS: &str = "process";
/// The folder above all clients.
pub(super) const CLIENTS: &str = "clients";
/// The folder of what belongs to no client.
pub(super) const PRACTICE: &str = "practice";

/// A folder with a key of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shelf {
    /// A client's chart: `clients/a7`.
    Client(ClientCode),
    /// Process notes about a client: `clients/a7/process`.
    Process(ClientCode),
    /// What belongs to no client's record: `practice`.
    Practice,
}

impl Shelf {
    /// The shelf's folder, relative to the vault, with `/` between names.
    pub fn folder(&self) -> String {
        match self {
            Self::Client(code) => format!("{CLIENTS}/{code}"),
            Self::Process(code) => format!("{CLIENTS}/{code}/{PROCESS}"),
            Self::Practice => PRACTICE.to_owned(),
        }
    }

    /// Where a note of this shelf lies that this program sealed, relative to the vault.
    pub fn path_of(&self, id: NoteId) -> String {
        join(&self.folder(), &format!("{id}{SEALED}"))
    }

    /// What notes here are.
    pub fn class(&self) -> Class {
        match self {
            Self::Client(_) => Class::Record,
            Self::Process(_) => Class::Process,
            Self::Practice => Class::Practice,
        }
    }

    /// Whose notes these are.
    pub fn client(&self) -> Option<&ClientCode> {
        match self {
            Self::Client(code) | Self::Process(code) => Some(code),
            Self::Practice => None,
        }
    }

    /// The shelf that is exactly this folder.
    pub(super) fn of_folder(folder: &str) -> Option<Self> {
        let mut names = folder.split('/');
        let shelf = match (names.next()?, names.next(), names.next()) {
            (PRACTICE, None, None) => Self::Practice,
            (CLIENTS, Some(code), None) => Self::Client(ClientCode::parse(code).ok()?),
            (CLIENTS, Some(code), Some(PROCESS)) => Self::Process(ClientCode::parse(code).ok()?),
            _ => return None,
        };
        names.next().is_none().then_some(shelf)
    }
}

/// The folder a file lies in; empty for the vault's own.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A name in a folder, as a path.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::Shelf;

    #[test]
    fn a_shelf_is_exactly_its_folder_and_nothing_below_it() {
        for folder in ["clients/a7", "clients/a7/process", "practice"] {
            assert_eq!(Shelf::of_folder(folder).map(|s| s.folder()).as_deref(), Some(folder));
        }
        for folder in ["", "clients", "clients/A7", "clients/a7/old", "clients/a7/process/old", "practice/x", "other"] {
            assert_eq!(Shelf::of_folder(folder), None, "{folder}");
        }
    }
}

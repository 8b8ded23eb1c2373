//! The versions of a note as `history` tells them.
//!
//! In goes a note that is there or was removed; out come its versions, opened, oldest first, the current one last. A
//! version is named by the first digits of its hash, at least four of them.

use super::failure::Failure;
use super::note_reference::Meant;
use crate::domain::{Class, Confidential, NoteId};
use crate::notes::{self, Source};
use crate::vault::{self, HistoryEntry, OpenVault};
use chrono::{DateTime, Local};

/// Fewer digits than these name a version by chance.
const FEWEST: usize = 4;

/// The versions of one note.
#[derive(Debug)]
pub(super) struct Versions {
    id: NoteId,
    versions: Vec<Version>,
}

/// One version.
#[derive(Debug)]
pub(super) struct Version {
    entry: HistoryEntry,
    opened: Result<Opened, vault::Error>,
    /// Whether it is what the note holds now.
    pub(super) current: bool,
}

#[derive(Debug)]
struct Opened {
    text: Confidential,
    rev: Option<u64>,
}

impl Versions {
    /// Opens all versions of a note.
    pub(super) fn of(meant: &Meant) -> Result<Self, Failure> {
        let (vault, id, earlier, current) = match meant {
            Meant::There(found) => {
                let vault = found.publisher.vault();
                let current = vault.vault().current_version(&found.file)?;
                (vault, found.file.id, vault.vault().history(&found.file)?, Some(current))
            }
            Meant::Removed(lost) => {
                (&lost.vault, lost.note.id, lost.vault.vault().history_of_removed(&lost.note)?, None)
            }
        };
        // A removal that was cut short leaves the version that is there in the history as well.
        let is_current = |entry: &HistoryEntry| current.as_ref().is_some_and(|c| c.version == entry.version);
        let earlier = earlier.into_iter().filter(|entry| !is_current(entry));
        let mut versions: Vec<Version> = earlier.map(|entry| Version::open(vault, &id, entry, false)).collect();
        // Copying a vault can lose the times of its files; the count in the text tells the order too.
        if versions.iter().all(|version| version.rev().is_some()) {
            versions.sort_by_key(Version::rev);
        }
        versions.extend(current.map(|entry| Version::open(vault, &id, entry, true)));
        Ok(Self { id, versions })
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Version> {
        self.versions.iter()
    }

    /// The highest count that any version says.
    pub(super) fn highest_rev(&self) -> u64 {
        self.iter().filter_map(Version::rev).max().unwrap_or(1)
    }

    /// The version that a user means by its first digits.
    pub(super) fn named(&self, beginning: &str) -> Result<&Version, Failure> {
        let listing = format!("`throughline history {}` lists them; the first four digits are enough", self.id);
        let wanted = beginning.to_lowercase();
        let fits = |version: &&Version| wanted.len() >= FEWEST && version.name().starts_with(&wanted);
        let found: Vec<&Version> = self.iter().filter(fits).collect();
        match found[..] {
            [one] => Ok(one),
            [] => {
                Err(Failure::not_found(format!("cannot find a version `{beginning}` of note {}", self.id))
                    .hint(listing))
            }
            _ => Err(Failure::not_found(format!(
                "cannot tell which version `{beginning}` of note {} is: {} fit",
                self.id,
                found.len()
            ))
            .hint("write more of it")),
        }
    }
}

impl Version {
    fn open(vault: &OpenVault, id: &NoteId, entry: HistoryEntry, current: bool) -> Self {
        let written = DateTime::<Local>::from(entry.stamp.modified).date_naive();
        let opened = vault.read_version(&entry).map(|plain| {
            let source = Source { id: *id, class: Class::Record, client: None, file_name: None, written };
            let note = notes::read(plain.reveal(), &source);
            Opened { rev: note.rev, text: note.text }
        });
        Self { entry, opened, current }
    }

    /// The sixteen digits that name it.
    pub(super) fn name(&self) -> &str {
        &self.entry.version
    }

    /// When it was written, by this machine's clock and zone.
    pub(super) fn written(&self) -> DateTime<Local> {
        self.entry.stamp.modified.into()
    }

    /// The count its text says.
    pub(super) fn rev(&self) -> Option<u64> {
        self.opened.as_ref().ok()?.rev
    }

    /// How long its text is.
    pub(super) fn bytes(&self) -> Option<usize> {
        self.opened.as_ref().ok().map(|opened| opened.text.reveal().len())
    }

    /// Its text, or why it does not open.
    pub(super) fn text(&self) -> Result<&Confidential, Failure> {
        let damaged = |error: &vault::Error| Failure::new(super::Exit::Problems, error.to_string());
        self.opened.as_ref().map(|opened| &opened.text).map_err(damaged)
    }

    /// Why it does not open.
    pub(super) fn fault(&self) -> Option<String> {
        self.opened.as_ref().err().map(ToString::to_string)
    }
}

//! What an import found: for telling, never with words of a note.

use crate::domain::{ClientCode, Note, Severity};
use crate::notes::Oddity;
use std::collections::BTreeMap;

/// What was found and done.
#[derive(Debug, Default)]
pub struct ImportReport {
    /// How many notes were taken.
    pub taken: usize,
    /// How many were there already.
    pub already: usize,
    /// Clients that are new.
    pub new_clients: Vec<ClientCode>,
    /// Files that could not be taken, with the reason.
    pub not_read: Vec<(String, String)>,
    /// Notes that were left where they are since they belong to another client, with the reason and what to do.
    pub left_out: Vec<(String, String)>,
    /// Files that are no notes by their name.
    pub other_files: Vec<String>,
    /// Oddities with the files that have them.
    pub oddities: BTreeMap<Oddity, Vec<String>>,
    /// How many notes have errors and warnings that `check` will list.
    pub with_problems: usize,
}

impl ImportReport {
    /// Counts one note.
    pub(super) fn count(&mut self, note: &Note) {
        self.taken += 1;
        self.with_problems += usize::from(note.problems.iter().any(|problem| problem.severity != Severity::Info));
    }
}

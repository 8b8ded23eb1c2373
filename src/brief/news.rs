//! Findings that are new since the last session, as items of a brief.
//!
//! In goes what was seen in a client's file; out come sentences, each with the latest of the notes it rests on. What is
//! new is decided by `insight`, once for the brief and for the list of clients.

use super::Item;
use crate::casebook::CaseFile;
use crate::insight::Seen;

/// What is new, in the order in which findings are told.
pub fn news(file: &CaseFile, seen: &Seen) -> Vec<Item> {
    let new = seen.new.iter().filter_map(|at| seen.found.patterns.findings.get(*at));
    let item = |finding: &crate::insight::Finding| {
        let statement = finding.statement.reveal();
        let note = file.notes.iter().rev().find(|note| finding.evidence.contains(&note.id));
        note.map_or_else(|| Item::unwritten(statement), |note| Item::of(note, statement))
    };
    new.map(item).collect()
}

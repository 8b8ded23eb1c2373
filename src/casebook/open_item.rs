//! What is promised and not yet done.
//!
//! A later line with the same text closes an item (`[x]`) or drops it (`[-]`), so that nothing need change in a signed
//! note. The text stays where it was written: an item points at it.

use crate::domain::{Note, Owner, Task, TaskState};
use chrono::NaiveDate;
use std::sync::Arc;

/// One open item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenItem {
    /// Index into [`super::CaseFile::notes`] of the note that first holds it.
    pub note: usize,
    /// Index into that note's tasks.
    pub task: usize,
    /// Who promised it.
    pub owner: Owner,
    /// Since when.
    pub since: NaiveDate,
}

impl OpenItem {
    /// The line itself.
    pub fn task<'a>(&self, notes: &'a [Arc<Note>]) -> Option<&'a Task> {
        notes.get(self.note)?.tasks.get(self.task)
    }
}

/// Items of one client that are still open, oldest first.
pub(super) fn open_items(notes: &[Arc<Note>]) -> Vec<OpenItem> {
    let mut open: Vec<(String, OpenItem)> = Vec::new();
    for (at, note) in notes.iter().enumerate() {
        for (index, task) in note.tasks.iter().enumerate() {
            let key = task.key();
            let known = open.iter().position(|(other, _)| *other == key);
            match (task.state, known) {
                (TaskState::Open, None) => {
                    let item = OpenItem { note: at, task: index, owner: task.owner, since: note.date.day };
                    open.push((key, item));
                }
                (TaskState::Done | TaskState::Dropped, Some(place)) => drop(open.remove(place)),
                _ => {}
            }
        }
    }
    open.into_iter().map(|(_, item)| item).collect()
}

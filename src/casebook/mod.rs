//! An immutable snapshot of the practice: clients, their notes in order, and what runs along them.
//!
//! In go notes; out comes a [`Casebook`]. Changed notes give the *next* casebook, in which only the touched clients are
//! built again and all others are shared. Nothing here opens, decrypts or writes anything, and building cannot fail:
//! what is wrong with a note stands in the note's own problems.

mod appointment;
mod case_file;
mod episode;
mod goal_line;
mod intervention;
mod measure_series;
mod open_item;
mod query;
mod theme_line;

pub use appointment::{Appointment, Gap};
pub use case_file::{CaseFile, LifeEvent, RiskEntry};
pub use episode::Episode;
pub use goal_line::{GoalLine, Progress};
pub use intervention::InterventionSpan;
pub use measure_series::{MeasureSeries, Reading};
pub use open_item::OpenItem;
pub use query::Query;
pub use theme_line::{PersonLine, ThemeAt, ThemeLine};

use crate::domain::{Class, ClientCode, Note, NoteId};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Everything that was read, at one moment.
#[derive(Debug, Default)]
pub struct Casebook {
    clients: BTreeMap<ClientCode, Arc<CaseFile>>,
    practice: Vec<Arc<Note>>,
    by_id: HashMap<NoteId, Arc<Note>>,
}

/// What changed since the last casebook.
#[derive(Debug, Default)]
pub struct Changes {
    /// Notes that are new or were read again.
    pub read: Vec<Arc<Note>>,
    /// Notes that are gone.
    pub removed: Vec<NoteId>,
    /// Clients whose folder exists, with or without notes.
    pub clients: Vec<ClientCode>,
}

impl Casebook {
    /// The next casebook. Only clients with a changed note are built again.
    #[must_use]
    pub fn next(&self, changes: Changes) -> Self {
        let mut by_id = self.by_id.clone();
        let mut touched: BTreeSet<Option<ClientCode>> = BTreeSet::new();
        for id in &changes.removed {
            if let Some(note) = by_id.remove(id) {
                touched.insert(home(&note));
            }
        }
        for note in changes.read {
            touched.insert(home(&note));
            if let Some(before) = by_id.insert(note.id, note) {
                touched.insert(home(&before));
            }
        }
        let mut notes: BTreeMap<Option<ClientCode>, Vec<Arc<Note>>> = BTreeMap::new();
        for note in by_id.values() {
            let home = home(note);
            if touched.contains(&home) {
                notes.entry(home).or_default().push(Arc::clone(note));
            }
        }
        let mut next = Self { clients: self.clients.clone(), practice: self.practice.clone(), by_id };
        for home in touched {
            let mut found = notes.remove(&home).unwrap_or_default();
            found.sort_by_key(|a| in_order(a));
            match home {
                Some(code) if found.is_empty() => drop(next.clients.remove(&code)),
                Some(code) => drop(next.clients.insert(code.clone(), Arc::new(CaseFile::build(code, found)))),
                None => next.practice = found,
            }
        }
        for code in changes.clients {
            next.clients.entry(code.clone()).or_insert_with(|| Arc::new(CaseFile::build(code, Vec::new())));
        }
        next
    }

    /// All clients by code.
    pub fn clients(&self) -> impl Iterator<Item = &Arc<CaseFile>> {
        self.clients.values()
    }

    /// One client.
    pub fn client(&self, code: &ClientCode) -> Option<&Arc<CaseFile>> {
        self.clients.get(code)
    }

    /// Notes that belong to no client, oldest first: the practice's own, and any that name no client.
    pub fn practice(&self) -> &[Arc<Note>] {
        &self.practice
    }

    /// One note.
    pub fn note(&self, id: NoteId) -> Option<&Arc<Note>> {
        self.by_id.get(&id)
    }

    /// Every note, oldest first.
    pub fn notes(&self) -> Vec<&Arc<Note>> {
        let mut all: Vec<_> = self.by_id.values().collect();
        all.sort_by_key(|a| in_order(a));
        all
    }

    /// How many notes there are.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is no note.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}

/// Which file of the casebook a note is built into.
fn home(note: &Note) -> Option<ClientCode> {
    if note.class == Class::Practice { None } else { note.client.clone() }
}

/// Notes in order: by day, then time, then number, then id, so that the order never depends on reading.
fn in_order(note: &Note) -> (chrono::NaiveDate, Option<chrono::NaiveTime>, Option<u32>, NoteId) {
    let (day, time) = note.date.order();
    (day, time, note.session().and_then(|s| s.number), note.id)
}

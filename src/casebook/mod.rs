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
mod likeness;
mod measure_series;
mod mentions;
mod open_item;
#[cfg(test)]
mod promises;
mod query;
pub mod search;
mod theme_line;
mod theme_words;
pub mod words;

pub use appointment::{Appointment, Gap};
pub use case_file::{CaseFile, LifeEvent, RiskEntry};
pub use episode::Episode;
pub use goal_line::{GoalLine, Progress};
pub use intervention::InterventionSpan;
pub use likeness::{Likeness, likeness};
pub use measure_series::{MeasureSeries, Reading};
pub use open_item::OpenItem;
pub use query::Query;
pub use theme_line::{PersonLine, ThemeAt, ThemeLine};
pub use theme_words::{ThemeWord, ThemeWords, theme_words};

use crate::domain::{Class, ClientCode, Details, Kind, Note, NoteId, Scales, Theme};
use mentions::Mentions;
use query::is_part;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};
use words::WordIndex;

/// Everything that was read, at one moment.
#[derive(Debug)]
pub struct Casebook {
    clients: BTreeMap<ClientCode, Arc<CaseFile>>,
    practice: Vec<Arc<Note>>,
    practice_words: Arc<OnceLock<WordIndex>>,
    by_id: HashMap<NoteId, Arc<Note>>,
    mentions: Arc<Mentions>,
    scales: Arc<Scales>,
}

impl Default for Casebook {
    fn default() -> Self {
        Self {
            clients: BTreeMap::new(),
            practice: Vec::new(),
            practice_words: Arc::default(),
            by_id: HashMap::new(),
            mentions: Arc::default(),
            scales: own_scales(std::iter::empty()),
        }
    }
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
    /// The next casebook. Only clients with a changed note are built again, and all when the word lists or
    /// the practice's own scales changed.
    #[must_use]
    pub fn next(&self, changes: Changes) -> Self {
        let mut by_id = self.by_id.clone();
        let mut changed: Vec<Arc<Note>> = changes.removed.iter().filter_map(|id| by_id.remove(id)).collect();
        for note in changes.read {
            changed.extend(by_id.insert(note.id, Arc::clone(&note)));
            changed.push(note);
        }
        let new_words = changed.iter().any(|note| note.kind == Kind::Words);
        let mentions = if new_words { Arc::new(Mentions::of(by_id.values())) } else { Arc::clone(&self.mentions) };
        let new_scales = changed.iter().any(|note| note.kind == Kind::Scales);
        let scales = if new_scales { own_scales(by_id.values()) } else { Arc::clone(&self.scales) };
        let mut touched: BTreeSet<Option<ClientCode>> = changed.iter().map(|note| home(note)).collect();
        if new_words || new_scales {
            touched.extend(by_id.values().map(|note| home(note)));
        }
        let mut next = Self {
            clients: self.clients.clone(),
            practice: self.practice.clone(),
            practice_words: Arc::clone(&self.practice_words),
            by_id,
            mentions,
            scales,
        };
        next.build(touched);
        for code in changes.clients {
            let empty = || Arc::new(CaseFile::build(code.clone(), Vec::new(), &next.mentions, &next.scales));
            next.clients.entry(code.clone()).or_insert_with(empty);
        }
        next
    }

    /// Builds the touched files anew from their notes.
    fn build(&mut self, touched: BTreeSet<Option<ClientCode>>) {
        let mut notes: BTreeMap<Option<ClientCode>, Vec<Arc<Note>>> = BTreeMap::new();
        for note in self.by_id.values() {
            let home = home(note);
            if touched.contains(&home) {
                notes.entry(home).or_default().push(Arc::clone(note));
            }
        }
        for home in touched {
            let mut found = notes.remove(&home).unwrap_or_default();
            found.sort_by_key(|note| in_order(note));
            match home {
                Some(code) if found.is_empty() => drop(self.clients.remove(&code)),
                Some(code) => {
                    let file = CaseFile::build(code.clone(), found, &self.mentions, &self.scales);
                    self.clients.insert(code, Arc::new(file));
                }
                None => (self.practice, self.practice_words) = (found, Arc::default()),
            }
        }
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

    /// The words of the practice's own notes, read when they are first asked for.
    pub fn practice_words(&self) -> &WordIndex {
        self.practice_words.get_or_init(|| WordIndex::of(&self.practice))
    }

    /// Where in a text the first word stands by which the practice's lists find a theme, as a byte range.
    pub fn mentioned_at(&self, text: &str, theme: &Theme) -> Option<std::ops::Range<usize>> {
        self.mentions.place_of(text, theme)
    }

    /// The scales that are known here: those that ship, and the practice's own.
    pub fn scales(&self) -> &Scales {
        &self.scales
    }

    /// Whether the practice may look for words of this theme: words of risk say too little by themselves.
    pub fn may_be_mentioned(theme: &Theme) -> bool {
        !mentions::is_of_risk(theme)
    }

    /// One note.
    pub fn note(&self, id: NoteId) -> Option<&Arc<Note>> {
        self.by_id.get(&id)
    }

    /// Notes that amend a note, in the order of their list.
    pub fn amendments_of<'a>(&'a self, note: &Note) -> impl Iterator<Item = &'a Arc<Note>> {
        let file = note.client.as_ref().and_then(|code| self.client(code));
        let chart = file.map_or(&[][..], |file| file.notes.as_slice());
        let process = file.map_or(&[][..], |file| file.process.as_slice());
        let id = note.id;
        let all = chart.iter().chain(process).chain(self.practice());
        all.filter(move |other| other.amends.as_ref().is_some_and(|amends| amends.note == id))
    }

    /// Every note, oldest first. What the program keeps for itself (findings set aside) is left out.
    pub fn notes(&self) -> Vec<&Arc<Note>> {
        let mut all: Vec<_> = self.by_id.values().filter(|note| is_of_the_record(note)).collect();
        all.sort_by_key(|a| in_order(a));
        all
    }

    /// How many notes there are.
    pub fn len(&self) -> usize {
        self.by_id.values().filter(|note| is_of_the_record(note)).count()
    }

    /// Whether there is no note.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The scales that ship, with what the practice's notes say; of two notes about one scale the newer counts.
fn own_scales<'a>(notes: impl Iterator<Item = &'a Arc<Note>>) -> Arc<Scales> {
    let mut notes: Vec<&Arc<Note>> = notes.filter(|note| note.kind == Kind::Scales).collect();
    notes.sort_by_key(|note| in_order(note));
    let own = notes.into_iter().filter_map(|note| match &note.details {
        Details::Scales(own) => Some(own),
        _ => None,
    });
    Arc::new(Scales::shipped().with(own.flatten()))
}

/// Whether a note was written by somebody, and not by the program for itself.
fn is_of_the_record(note: &Note) -> bool {
    note.kind != Kind::SetAside
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

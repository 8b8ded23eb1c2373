//! The case as it was known on an earlier day: what was written later is left out, and counted.
//!
//! In go notes as they are read; out comes whether each was known then, and one sentence about the rest. An unsigned note
//! that was edited since shows its latest text: its earlier ones are in its history, not here. The practice's word lists
//! and scales always count, since they say how the others are read.

use crate::domain::wording::{count, day};
use crate::domain::{Kind, Note, NoteId};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Why a note was not known then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Because {
    /// It is about a later day.
    Later,
    /// It is about a day before, and was written afterwards.
    LateEntry,
    /// It amends another, and did so afterwards.
    Amendment,
}

/// Which notes were known on a day.
#[derive(Debug)]
pub(super) struct KnownThen {
    day: NaiveDate,
    hidden: HashMap<NoteId, Because>,
}

impl KnownThen {
    pub(super) fn on(day: NaiveDate) -> Self {
        Self { day, hidden: HashMap::new() }
    }

    /// Whether a note was known; one that was not is counted, unless the program wrote it.
    pub(super) fn holds(&mut self, note: &Note) -> bool {
        let because = self.because(note);
        match because {
            Some(because) if note.kind != Kind::SetAside => self.hidden.insert(note.id, because),
            _ => self.hidden.remove(&note.id),
        };
        because.is_none()
    }

    fn because(&self, note: &Note) -> Option<Because> {
        let written = note.written.map_or(note.date.day, |written| written.day.max(note.date.day));
        match written > self.day && !matches!(note.kind, Kind::Words | Kind::Scales) {
            false => None,
            true if note.amends.is_some() => Some(Because::Amendment),
            true if note.date.day <= self.day => Some(Because::LateEntry),
            true => Some(Because::Later),
        }
    }

    /// Notes that are gone from the vault are not counted any more.
    pub(super) fn forget(&mut self, gone: &[NoteId]) {
        self.hidden.retain(|id, _| !gone.contains(id));
    }

    /// What every page says.
    pub(super) fn sentence(&self) -> String {
        let of = |wanted: Because| self.hidden.values().filter(|because| **because == wanted).count();
        let parts = [
            (Because::Later, "later note"),
            (Because::LateEntry, "late entry"),
            (Because::Amendment, "later amendment"),
        ];
        let told: Vec<String> = parts
            .into_iter()
            .filter(|(because, _)| of(*because) > 0)
            .map(|(because, name)| match of(because) {
                several @ 2.. if name == "late entry" => format!("{several} late entries"),
                number => count(number, name),
            })
            .collect();
        let hidden = if told.is_empty() { "nothing".to_owned() } else { told.join(", ") };
        format!("As it was known on {}. Left out: {hidden}.", day(self.day))
    }
}

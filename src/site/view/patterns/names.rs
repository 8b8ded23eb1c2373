//! What marks and lists of a client's notes are called and where they lead.

use crate::casebook::CaseFile;
use crate::domain::NoteId;
use crate::site::address::note_address;
use crate::site::shown::Shown;
use crate::site::view::drawing::Leads;
use crate::site::view::note_name::note_name;
use crate::site::wording;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::HashMap;

/// Names of a client's notes, so that each mark can say what it is.
pub(crate) struct Names<'a> {
    file: &'a CaseFile,
    places: HashMap<NoteId, usize>,
}

impl<'a> Names<'a> {
    /// All notes of a file.
    pub(crate) fn of(file: &'a CaseFile) -> Self {
        Self { file, places: file.notes.iter().enumerate().map(|(at, note)| (note.id, at)).collect() }
    }

    /// Where a note stands in the file.
    pub(crate) fn place(&self, note: NoteId) -> Option<usize> {
        self.places.get(&note).copied()
    }

    /// The id of a note by its place in the file.
    pub(crate) fn note(&self, at: usize) -> Option<NoteId> {
        self.file.notes.get(at).map(|note| note.id)
    }

    /// What a note is called: "Session 12".
    pub(crate) fn name(&self, note: NoteId) -> Shown {
        self.place(note).map_or_else(|| Shown::new("Note"), |at| note_name(self.file, at))
    }

    /// The day on which the work ended that these notes are of, where another began after it.
    pub(crate) fn ended_work(&self, notes: &[NoteId]) -> Option<NaiveDate> {
        let place = self.place(*notes.first()?)?;
        let (_, earlier) = self.file.episodes.split_last()?;
        earlier.iter().find(|episode| (episode.first..=episode.last).contains(&place))?.until
    }

    /// A link to a note with its name, its day and what it shows.
    pub(crate) fn leads(&self, note: NoteId, day: NaiveDate, shows: &str) -> Leads {
        let title = format!("{} · {} · {shows}", self.name(note).as_str(), wording::short_day(day));
        Leads { href: note_address(note), title: Shown::new(&title) }
    }
}

/// A session in a list.
#[derive(Serialize)]
pub(crate) struct Named {
    text: Shown,
    href: String,
    title: Shown,
}

impl Names<'_> {
    fn appointment(&self, at: usize) -> Option<&crate::casebook::Appointment> {
        let all = &self.file.appointments;
        all.get(all.binary_search_by_key(&at, |appointment| appointment.note).ok()?)
    }

    /// Notes as short links, oldest first: the number of a session, the name of another note with its day.
    pub(crate) fn list(&self, notes: &[NoteId]) -> Vec<Named> {
        let mut places: Vec<usize> = notes.iter().filter_map(|note| self.place(*note)).collect();
        places.sort_unstable();
        places.dedup();
        let named = places.into_iter().filter_map(|at| {
            let note = self.file.notes.get(at)?;
            let day = wording::short_day(note.date.day);
            let text = match self.appointment(at) {
                Some(appointment) => appointment.number.to_string(),
                None => format!("{} of {day}", note_name(self.file, at).as_str()),
            };
            Some(Named { text: Shown::new(&text), href: note_address(note.id), title: Shown::new(&day) })
        });
        named.collect()
    }
}

//! What of a client's file lies before today, and which part of it is the present work.
//!
//! In go a file and a day; out come the present episode and its sessions. Nothing is said here.

use crate::casebook::{Appointment, CaseFile, Episode};
use crate::domain::{Note, wording};
use chrono::NaiveDate;

/// A client's file as it is seen on a day.
pub(super) struct Sight<'a> {
    /// The file.
    pub(super) file: &'a CaseFile,
    /// The day.
    pub(super) today: NaiveDate,
    /// Sessions of the present episode that took place, oldest first.
    pub(super) held: Vec<&'a Appointment>,
    /// Episodes that have begun, oldest first.
    pub(super) episodes: Vec<&'a Episode>,
}

impl<'a> Sight<'a> {
    pub(super) fn new(file: &'a CaseFile, today: NaiveDate) -> Self {
        let episodes: Vec<&Episode> = file.episodes.iter().filter(|episode| episode.from <= today).collect();
        let first = episodes.last().map_or(0, |episode| episode.first);
        let held = file.appointments.iter().filter(|a| a.note >= first && a.took_place() && a.day <= today);
        Self { file, today, held: held.collect(), episodes }
    }

    /// Index of the first note of the present episode.
    pub(super) fn first(&self) -> usize {
        self.episodes.last().map_or(0, |episode| episode.first)
    }

    /// A note that was there on the day.
    pub(super) fn note(&self, at: usize) -> Option<&'a Note> {
        self.file.notes.get(at).map(AsRef::as_ref).filter(|note| note.date.day <= self.today)
    }

    /// Notes of the present episode up to the day, newest first.
    pub(super) fn newest_first(&self) -> impl Iterator<Item = (usize, &'a Note)> {
        let all = self.file.notes.iter().enumerate().skip(self.first()).rev();
        all.map(|(at, note)| (at, note.as_ref())).filter(|(_, note)| note.date.day <= self.today)
    }

    /// The last session of the present episode, with its note.
    pub(super) fn last(&self) -> Option<(&'a Appointment, &'a Note)> {
        let last = self.held.last()?;
        Some((last, self.note(last.note)?))
    }

    /// How many sessions took place after a note.
    pub(super) fn held_after(&self, note: usize) -> usize {
        self.held.iter().filter(|appointment| appointment.note > note).count()
    }

    /// "3 March", "3 March 2025".
    pub(super) fn day(&self, day: NaiveDate) -> String {
        wording::near_day(day, self.today)
    }
}

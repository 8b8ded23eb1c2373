//! Appointments of one client, and the gaps between them.

use crate::domain::{Attendance, Details, Note};
use chrono::NaiveDate;
use std::sync::Arc;

/// One appointment, whether or not it took place.
#[derive(Debug, Clone, Copy)]
pub struct Appointment {
    /// Index into [`super::CaseFile::notes`].
    pub note: usize,
    /// Its number as written, else its ordinal. Missed ones count.
    pub number: u32,
    /// How it went; `None` when nobody wrote it down.
    pub attendance: Option<Attendance>,
    /// The day.
    pub day: NaiveDate,
}

impl Appointment {
    /// Whether a session took place. What is not written down is taken as held, since there is a note about it.
    pub fn took_place(&self) -> bool {
        self.attendance.is_none_or(Attendance::took_place)
    }
}

/// A stretch without sessions that is long for this client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Day of the last session before it.
    pub after: NaiveDate,
    /// Day of the first session after it.
    pub until: NaiveDate,
}

/// All session notes as appointments, oldest first.
pub(super) fn appointments(notes: &[Arc<Note>]) -> Vec<Appointment> {
    let sessions = notes.iter().enumerate().filter_map(|(at, note)| match &note.details {
        Details::Session(session) => Some((at, note, session)),
        _ => None,
    });
    sessions
        .enumerate()
        .map(|(ordinal, (at, note, session))| Appointment {
            note: at,
            number: session.number.unwrap_or(ordinal as u32 + 1),
            attendance: session.attendance,
            day: note.date.day,
        })
        .collect()
}

/// Gaps of at least five weeks that are also at least three times the usual interval.
///
/// House default: drawn as a break on the time axis, claimed by no finding.
pub(super) fn gaps(appointments: &[Appointment]) -> Vec<Gap> {
    let days: Vec<NaiveDate> = appointments.iter().map(|a| a.day).collect();
    let mut intervals: Vec<i64> = days.windows(2).map(|pair| (pair[1] - pair[0]).num_days()).collect();
    intervals.sort_unstable();
    let Some(usual) = intervals.get(intervals.len() / 2) else { return Vec::new() };
    let long = (usual * 3).max(35);
    days.windows(2)
        .filter(|pair| (pair[1] - pair[0]).num_days() >= long)
        .map(|pair| Gap { after: pair[0], until: pair[1] })
        .collect()
}

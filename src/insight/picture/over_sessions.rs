//! Pictures over sessions: with and without, inside a stretch and outside it, and along the year.

use super::{Mark, Seasons, Strip};
use crate::domain::NoteId;
use crate::insight::anniversary;
use crate::insight::finding::Finding;
use crate::insight::history::{History, ThemeCourse};
use crate::insight::recent_words;
use crate::insight::words::WordTable;
use std::collections::BTreeSet;
use std::ops::Range;

/// Sessions with and without a theme.
pub(super) fn theme(history: &History<'_>, finding: &Finding) -> Option<Strip> {
    let theme = course(history, finding)?;
    strip(sessions(history, &theme.present), finding, false)
}

/// Sessions with and without the words of a group.
pub(super) fn words(history: &History<'_>, table: &WordTable, finding: &Finding) -> Option<Strip> {
    let present = recent_words::stands_in(table, finding.subject.reveal())?;
    strip(sessions(history, &present), finding, false)
}

/// Appointments kept and missed.
pub(super) fn missed(history: &History<'_>, finding: &Finding) -> Option<Strip> {
    let marks = history
        .visits
        .iter()
        .map(|visit| Mark { note: visit.note, moment: visit.moment, here: visit.missed })
        .collect();
    strip(marks, finding, true)
}

/// Sessions along the year.
pub(super) fn seasons(history: &History<'_>, finding: &Finding) -> Option<Seasons> {
    let theme = course(history, finding)?;
    let marks = sessions(history, &theme.present);
    let days: Vec<_> = marks.iter().map(|mark| mark.moment.day).collect();
    let middle = anniversary::middle(&days, &theme.present)?;
    Some(Seasons { marks, middle, near: anniversary::NEAR as u32 })
}

/// The theme of a finding, as it was tagged or as it was mentioned: one name may have both courses.
pub(super) fn course<'a>(history: &'a History<'_>, finding: &Finding) -> Option<&'a ThemeCourse> {
    let courses = if finding.mentioned { &history.mentioned } else { &history.tagged };
    courses.iter().find(|theme| theme.key == finding.subject.reveal())
}

fn sessions(history: &History<'_>, present: &[bool]) -> Vec<Mark> {
    let marks = history.sessions.iter().zip(present);
    marks.map(|(sitting, here)| Mark { note: sitting.note.id, moment: sitting.moment, here: *here }).collect()
}

/// The stretch is where sessions with it speak for the finding and sessions without it against.
fn strip(marks: Vec<Mark>, finding: &Finding, appointments: bool) -> Option<Strip> {
    let set = |notes: &[NoteId]| notes.iter().copied().collect::<BTreeSet<_>>();
    let (fitting, unfitting) = (set(&finding.evidence), set(&finding.against));
    let inside = |mark: &Mark| if mark.here { &fitting } else { &unfitting }.contains(&mark.note);
    let from = marks.iter().position(inside)?;
    let until = marks.iter().rposition(inside)?;
    let stretch: Range<usize> = from..until + 1;
    Some(Strip { marks, stretch, appointments })
}

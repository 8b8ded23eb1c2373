//! One episode of a client's file as a reader with a pencil would see it, and sentences about it with the notes they cite.

use super::shape::{Held, holds};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;
use throughline::casebook::CaseFile;
use throughline::domain::{Attendance, Note, NoteId, Scale, Scales, ThemeSource};

/// A sentence with what it rests on.
#[derive(Clone)]
pub struct Said<'a> {
    pub sentence: &'a str,
    pub caveat: Option<&'a str>,
    pub subject: &'a str,
    pub object: Option<&'a str>,
    pub evidence: Vec<NoteId>,
    pub against: Vec<NoteId>,
}

/// One appointment.
pub struct Visit {
    pub note: Arc<Note>,
    pub number: usize,
    pub day: NaiveDate,
    pub missed: bool,
}

/// One score.
#[derive(Clone, Copy)]
pub struct Point {
    pub note: NoteId,
    /// Of its session, or of the session before it.
    pub number: usize,
    pub day: NaiveDate,
    pub value: f64,
    pub in_session: bool,
}

/// One episode.
pub struct Seen<'a> {
    pub file: &'a CaseFile,
    pub notes: Vec<(usize, Arc<Note>)>,
    pub visits: Vec<Visit>,
}

impl<'a> Seen<'a> {
    /// The episode in which a note stands.
    pub fn around(file: &'a CaseFile, note: NoteId) -> Option<Self> {
        let at = file.notes.iter().position(|other| other.id == note)?;
        let episode = file.episodes.iter().find(|episode| (episode.first..=episode.last).contains(&at))?;
        let notes = (episode.first..=episode.last).map(|at| (at, Arc::clone(&file.notes[at]))).collect();
        let visits = file.appointments.iter().filter(|a| (episode.first..=episode.last).contains(&a.note));
        let missed = [Attendance::NoShow, Attendance::CancelledLate, Attendance::CancelledClient];
        let visits = visits.filter_map(|appointment| {
            let was_missed = appointment.attendance.is_some_and(|how| missed.contains(&how));
            (was_missed || appointment.took_place()).then(|| Visit {
                note: Arc::clone(&file.notes[appointment.note]),
                number: appointment.number as usize,
                day: appointment.day,
                missed: was_missed,
            })
        });
        Some(Self { file, notes, visits: visits.collect() })
    }

    /// Sessions that took place.
    pub fn sessions(&self) -> Vec<&Visit> {
        self.visits.iter().filter(|visit| !visit.missed).collect()
    }

    /// Sessions in which a theme, or a part of it, is tagged (or only mentioned).
    pub fn with_theme(&self, key: &str, tagged: bool) -> BTreeSet<NoteId> {
        let part = format!("{key}/");
        let lines =
            self.file.themes.iter().filter(|line| line.theme.key() == key || line.theme.key().starts_with(&part));
        let source = if tagged { ThemeSource::Tagged } else { ThemeSource::Mentioned };
        let marks = lines.flat_map(|line| &line.at).filter(|mark| mark.source == source);
        let notes: BTreeSet<NoteId> = marks.map(|mark| self.file.notes[mark.note].id).collect();
        self.sessions().into_iter().map(|session| session.note.id).filter(|id| notes.contains(id)).collect()
    }

    /// Scores of one scale, oldest first.
    pub fn scores(&self, scale: &Scale) -> Vec<Point> {
        let sessions = self.sessions();
        let point = |note: &Note| {
            let value = note.scores.iter().find(|score| score.scale == scale.id).map(|score| score.value)?;
            let own = sessions.iter().find(|session| session.note.id == note.id);
            let before = sessions.iter().rev().find(|session| session.day <= note.date.day);
            let number = own.or(before).map_or(0, |session| session.number);
            let possible = (scale.min..=scale.max).contains(&value);
            possible.then_some(Point { note: note.id, number, day: note.date.day, value, in_session: own.is_some() })
        };
        self.notes.iter().filter_map(|(_, note)| point(note)).collect()
    }
}

/// The scale of a subject, when the sentence calls it by its name.
pub fn scale(key: &str, name: &str) -> Result<&'static Scale, String> {
    let scale = Scales::shipped().find(key).ok_or_else(|| format!("{key} is no scale"))?;
    holds("the name of the scale", scale.name == name)?;
    Ok(scale)
}

/// A theme by its key and as a sentence names it.
pub fn is_named(key: &str, name: &str) -> Held {
    let plain = |text: &str| text.to_lowercase().replace([' ', '_'], "-");
    holds(&format!("{key} called {name}"), plain(key) == plain(name))
}

/// The notes cited for a sentence, and those cited against it, are exactly these.
pub fn cites(said: &Said<'_>, evidence: &BTreeSet<NoteId>, against: &BTreeSet<NoteId>) -> Held {
    let set = |ids: &[NoteId]| ids.iter().copied().collect::<BTreeSet<NoteId>>();
    holds("the evidence", set(&said.evidence) == *evidence)?;
    holds("what stands against it", set(&said.against) == *against)
}

/// Those of these scores whose notes are cited, for or against.
pub fn cited(said: &Said<'_>, points: &[Point]) -> Vec<Point> {
    let of = |point: &&Point| said.evidence.contains(&point.note) || said.against.contains(&point.note);
    points.iter().filter(of).copied().collect()
}

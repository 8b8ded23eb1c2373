//! What the finders see of one episode: sessions in order, and what runs along them.
//!
//! In goes a client's file and one of its episodes; out come plain sequences. One entry a session that took place; missed
//! appointments stand only in `visits`. Nothing later than today is seen, and nothing of process notes.

use super::finding::Moment;
use super::words::WordTable;
use crate::casebook::{CaseFile, Episode};
use crate::domain::{Attendance, Direction, Note, NoteId, Scale, Theme, ThemeSource};
use chrono::NaiveDate;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One episode as the finders see it.
#[derive(Debug)]
pub(super) struct History<'a> {
    /// Every appointment that was kept or missed, oldest first. What the service cancelled or moved is neither.
    pub(super) visits: Vec<Visit>,
    /// Sessions that took place, oldest first.
    pub(super) sessions: Vec<Sitting<'a>>,
    /// Themes the counselor tagged, by name.
    pub(super) tagged: Vec<ThemeCourse>,
    /// Themes that were only mentioned, by name.
    pub(super) mentioned: Vec<ThemeCourse>,
    /// Scores by scale.
    pub(super) measures: Vec<ScoreCourse>,
    /// What was tried, by name.
    pub(super) interventions: Vec<InterventionCourse>,
    /// The whole file, of which this is an episode.
    pub(super) file: &'a CaseFile,
    /// The client's code, which seeds what is drawn by chance.
    pub(super) client: &'a str,
    /// The words of all sessions, once they are asked for: several finders read them, and in a long history that takes a
    /// while.
    pub(super) words: OnceCell<WordTable>,
}

/// One appointment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit {
    pub(super) note: NoteId,
    pub(super) moment: Moment,
    /// Missed by the client.
    pub(super) missed: bool,
    /// Index into [`History::sessions`], when it took place.
    pub(super) session: Option<usize>,
}

/// One session that took place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sitting<'a> {
    pub(super) note: &'a Note,
    pub(super) moment: Moment,
}

/// One theme along the sessions.
#[derive(Debug)]
pub(super) struct ThemeCourse {
    /// As it is compared.
    pub(super) key: String,
    /// As it was written.
    pub(super) shown: String,
    /// Whether it was noted, one a session.
    pub(super) present: Vec<bool>,
}

/// One score.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub(super) note: NoteId,
    pub(super) moment: Moment,
    pub(super) value: f64,
    /// Index into [`History::sessions`]; `None` for a score between sessions.
    pub(super) session: Option<usize>,
}

/// Scores of one scale.
#[derive(Debug)]
pub(super) struct ScoreCourse {
    pub(super) scale: Arc<Scale>,
    pub(super) points: Vec<Point>,
}

/// One intervention along the sessions.
#[derive(Debug)]
pub(super) struct InterventionCourse {
    pub(super) name: String,
    /// Whether it was used, one a session.
    pub(super) used: Vec<bool>,
}

impl<'a> History<'a> {
    /// One episode of a file, up to a day.
    pub(super) fn of(file: &'a CaseFile, episode: &Episode, today: NaiveDate) -> Self {
        let within = |note: usize| {
            (episode.first..=episode.last).contains(&note) && file.notes.get(note).is_some_and(|n| n.date.day <= today)
        };
        let mut history = Self {
            visits: Vec::new(),
            sessions: Vec::new(),
            tagged: Vec::new(),
            mentioned: Vec::new(),
            measures: Vec::new(),
            interventions: Vec::new(),
            file,
            client: file.code.as_str(),
            words: OnceCell::new(),
        };
        // Index of a note to index of its session.
        let mut session_of: BTreeMap<usize, usize> = BTreeMap::new();
        for appointment in file.appointments.iter().filter(|a| within(a.note)) {
            let Some(note) = file.notes.get(appointment.note) else { continue };
            let moment = Moment { number: appointment.number, day: appointment.day };
            let held = appointment.took_place();
            if !held && !is_missed(appointment.attendance) {
                continue;
            }
            let session = held.then_some(history.sessions.len());
            if held {
                session_of.insert(appointment.note, history.sessions.len());
                history.sessions.push(Sitting { note, moment });
            }
            history.visits.push(Visit { note: note.id, moment, missed: !held, session });
        }
        history.take_themes(file, &session_of);
        history.take_scores(file, &session_of, within);
        history.take_interventions();
        history
    }

    /// All themes, each with whether it was tagged.
    pub(super) fn themes(&self) -> impl Iterator<Item = (&ThemeCourse, bool)> {
        self.tagged.iter().map(|theme| (theme, true)).chain(self.mentioned.iter().map(|theme| (theme, false)))
    }

    fn take_themes(&mut self, file: &CaseFile, session_of: &BTreeMap<usize, usize>) {
        let held = self.sessions.len();
        let mut tagged: BTreeMap<String, ThemeCourse> = BTreeMap::new();
        let mut mentioned: BTreeMap<String, ThemeCourse> = BTreeMap::new();
        for line in &file.themes {
            for mark in &line.at {
                let Some(session) = session_of.get(&mark.note) else { continue };
                let courses = if mark.source == ThemeSource::Tagged { &mut tagged } else { &mut mentioned };
                for (key, shown) in itself_and_wholes(&line.theme) {
                    let course = courses.entry(key.clone()).or_insert_with(|| ThemeCourse {
                        key,
                        shown,
                        present: vec![false; held],
                    });
                    course.present[*session] = true;
                }
            }
        }
        self.tagged = without_doubles(tagged);
        self.mentioned = without_doubles(mentioned);
    }

    fn take_scores(&mut self, file: &CaseFile, session_of: &BTreeMap<usize, usize>, within: impl Fn(usize) -> bool) {
        for series in &file.measures {
            let Some(scale) = series.scale.clone().filter(|scale| scale.never_tested.is_none()) else { continue };
            let readings = series.readings.iter().filter(|reading| within(reading.note));
            let points = readings.filter_map(|reading| {
                let note: &Arc<Note> = file.notes.get(reading.note)?;
                let session = session_of.get(&reading.note).copied();
                let number = self.number_around(session, reading.day);
                let moment = Moment { number, day: reading.day };
                Some(Point { note: note.id, moment, value: reading.value, session })
            });
            self.measures.push(ScoreCourse { scale, points: points.collect() });
        }
        self.measures.retain(|course| !course.points.is_empty());
        self.measures.sort_by(|a, b| a.scale.id.cmp(&b.scale.id));
    }

    /// The number of a session, or of the one that a score between sessions follows.
    fn number_around(&self, session: Option<usize>, day: NaiveDate) -> u32 {
        if let Some(sitting) = session.and_then(|at| self.sessions.get(at)) {
            return sitting.moment.number;
        }
        self.sessions.iter().rev().find(|sitting| sitting.moment.day <= day).map_or(0, |s| s.moment.number)
    }

    fn take_interventions(&mut self) {
        let mut found: BTreeMap<String, InterventionCourse> = BTreeMap::new();
        for (at, sitting) in self.sessions.iter().enumerate() {
            for written in sitting.note.session().into_iter().flat_map(|session| &session.interventions) {
                let name = written.reveal().trim();
                let course = found.entry(name.to_lowercase()).or_insert_with(|| InterventionCourse {
                    name: name.to_owned(),
                    used: vec![false; self.sessions.len()],
                });
                course.used[at] = true;
            }
        }
        self.interventions = found.into_values().collect();
    }
}

impl ScoreCourse {
    /// The scores alone, in order.
    pub(super) fn values(&self) -> Vec<f64> {
        self.points.iter().map(|point| point.value).collect()
    }

    /// Days since the first score, with scores of one day a moment apart so that their order counts.
    pub(super) fn days(&self) -> Vec<f64> {
        let Some(first) = self.points.first() else { return Vec::new() };
        self.points.iter().map(|point| (point.moment.day - first.moment.day).num_days() as f64).collect()
    }

    /// 1 where higher is worse, −1 where higher is better: a score times this rises with trouble.
    pub(super) fn trouble(&self) -> f64 {
        match self.scale.higher_is {
            Direction::Worse => 1.0,
            Direction::Better => -1.0,
        }
    }

    /// The change in points that counts as reliable, where one is known.
    pub(super) fn threshold(&self) -> Option<f64> {
        self.scale.reliable_change.as_ref().map(|change| change.points)
    }
}

/// Missed by the client. What the counselor cancelled or what was moved says nothing about the client.
fn is_missed(attendance: Option<Attendance>) -> bool {
    matches!(attendance, Some(Attendance::NoShow | Attendance::CancelledLate | Attendance::CancelledClient))
}

/// `family/mother` counts for `family/mother` and for `family`.
fn itself_and_wholes(theme: &Theme) -> Vec<(String, String)> {
    let mut found = vec![(theme.key().to_owned(), theme.shown().to_owned())];
    let mut key = theme.key();
    while let Some((whole, _)) = key.rsplit_once('/') {
        found.push((whole.to_owned(), whole.to_owned()));
        key = whole;
    }
    found
}

/// A whole that is noted exactly where its only part is says nothing of its own.
fn without_doubles(courses: BTreeMap<String, ThemeCourse>) -> Vec<ThemeCourse> {
    let all: Vec<ThemeCourse> = courses.into_values().collect();
    let doubled = |whole: &ThemeCourse| {
        all.iter().any(|part| {
            part.key.strip_prefix(&whole.key).is_some_and(|rest| rest.starts_with('/')) && part.present == whole.present
        })
    };
    let keep: Vec<bool> = all.iter().map(|course| !doubled(course)).collect();
    all.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(course, _)| course).collect()
}

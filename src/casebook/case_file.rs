//! One client's file: the notes in order, and everything that runs along them.
//!
//! Indices point into [`CaseFile::notes`], so that words stay in one place and a page can say where each thing comes
//! from. Process notes are kept apart and feed nothing here.

use super::appointment::{appointments, gaps};
use super::episode::episodes;
use super::goal_line::goal_lines;
use super::intervention::intervention_spans;
use super::measure_series::measure_series;
use super::mentions::Mentions;
use super::open_item::open_items;
use super::theme_line::{person_lines, theme_lines};
use super::words::WordIndex;
use super::{Appointment, Episode, Gap, GoalLine, InterventionSpan, MeasureSeries, OpenItem, PersonLine, ThemeLine};
use crate::domain::{Class, ClientCode, ClientProfile, Details, Event, Note, NoteDate, RiskLevel, RoughDate, Scales};
use chrono::NaiveDate;
use std::sync::{Arc, OnceLock};

/// A life event of a client.
#[derive(Debug, Clone, Copy)]
pub struct LifeEvent {
    /// Index into [`CaseFile::notes`].
    pub note: usize,
    /// Index into that note's events.
    pub event: usize,
    /// A day to draw it at, when one can be said.
    pub around: Option<NaiveDate>,
}

impl LifeEvent {
    /// The event as written.
    pub fn event<'a>(&self, notes: &'a [Arc<Note>]) -> Option<&'a Event> {
        notes.get(self.note)?.events.get(self.event)
    }
}

/// Risk as recorded on one day.
#[derive(Debug, Clone, Copy)]
pub struct RiskEntry {
    /// Index into [`CaseFile::notes`].
    pub note: usize,
    /// The level as written.
    pub level: RiskLevel,
    /// The day.
    pub day: NaiveDate,
}

/// Everything about one client.
#[derive(Debug)]
pub struct CaseFile {
    /// Whose file it is.
    pub code: ClientCode,
    /// Notes of the record, oldest first.
    pub notes: Vec<Arc<Note>>,
    /// Process notes, oldest first.
    pub process: Vec<Arc<Note>>,
    /// Appointments, oldest first.
    pub appointments: Vec<Appointment>,
    /// Long gaps between them.
    pub gaps: Vec<Gap>,
    /// Episodes, oldest first.
    pub episodes: Vec<Episode>,
    /// Themes, most noted first.
    pub themes: Vec<ThemeLine>,
    /// People, most noted first.
    pub people: Vec<PersonLine>,
    /// Scores by scale, most readings first.
    pub measures: Vec<MeasureSeries>,
    /// What is promised and not done, oldest first.
    pub open_items: Vec<OpenItem>,
    /// Goals of the plans.
    pub goals: Vec<GoalLine>,
    /// What was tried.
    pub interventions: Vec<InterventionSpan>,
    /// Life events, oldest first; those that cannot be placed come last.
    pub events: Vec<LifeEvent>,
    /// Risk as recorded, oldest first.
    pub risk: Vec<RiskEntry>,
    /// The scales its scores are of.
    pub scales: Arc<Scales>,
    profile: Option<usize>,
    words: OnceLock<WordIndex>,
}

impl CaseFile {
    /// Builds the file of one client from all its notes in order.
    pub(super) fn build(code: ClientCode, notes: Vec<Arc<Note>>, mentions: &Mentions, scales: &Arc<Scales>) -> Self {
        let (process, notes): (Vec<_>, Vec<_>) = notes.into_iter().partition(|note| note.class == Class::Process);
        let appointments = appointments(&notes);
        let profile = notes.iter().rposition(|note| matches!(note.details, Details::Client(_)));
        let mut file = Self {
            code,
            process,
            gaps: gaps(&appointments),
            appointments,
            episodes: episodes(&notes),
            themes: theme_lines(&notes, mentions),
            people: person_lines(&notes),
            measures: measure_series(&notes, scales),
            open_items: open_items(&notes),
            goals: goal_lines(&notes),
            interventions: intervention_spans(&notes),
            events: Vec::new(),
            risk: risk_entries(&notes),
            scales: Arc::clone(scales),
            profile,
            words: OnceLock::new(),
            notes,
        };
        file.events = life_events(&file);
        file
    }

    /// The words of the record and, after its notes, of the process notes; read when they are first asked for, since
    /// most commands never ask.
    pub fn words(&self) -> &WordIndex {
        self.words.get_or_init(|| WordIndex::of(self.notes.iter().chain(&self.process)))
    }

    /// The note that is the client sheet: the latest of its kind.
    pub fn sheet(&self) -> Option<&Note> {
        self.notes.get(self.profile?).map(AsRef::as_ref)
    }

    /// What the client sheet says.
    pub fn profile(&self) -> Option<&ClientProfile> {
        match &self.sheet()?.details {
            Details::Client(profile) => Some(profile),
            _ => None,
        }
    }

    /// The few words that stand for the client in page bodies.
    pub fn label(&self) -> Option<&str> {
        self.profile()?.label.as_ref().map(|label| label.reveal())
    }

    /// Year of birth, when it is known.
    pub fn born(&self) -> Option<i32> {
        match self.profile()?.born? {
            RoughDate::Day(day) => Some(chrono::Datelike::year(&day)),
            RoughDate::Month(year, _) | RoughDate::Season(year, _) | RoughDate::Year { year, .. } => Some(year),
            RoughDate::Age(_) | RoughDate::Unplaced => None,
        }
    }

    /// Whether the file is closed on a day: by the client note, or by a termination nothing came after.
    pub fn is_closed(&self, today: NaiveDate) -> bool {
        let by_profile = self.profile().and_then(|p| p.closed).is_some_and(|date| date.day <= today);
        by_profile || self.episodes.last().is_some_and(|episode| episode.until.is_some_and(|day| day <= today))
    }

    /// The last session that took place up to a day.
    pub fn last_session(&self, today: NaiveDate) -> Option<&Appointment> {
        self.appointments.iter().rev().find(|a| a.took_place() && a.day <= today)
    }

    /// The next appointment: the latest `next:` written, unless a session of that day or later was already noted.
    pub fn next_session(&self) -> Option<NoteDate> {
        let (at, next) = self.appointments.iter().rev().find_map(|appointment| {
            let next = self.notes.get(appointment.note)?.session()?.next?;
            Some((appointment.day, next))
        })?;
        let superseded = self.appointments.iter().any(|a| a.day >= next.day)
            || self.appointments.iter().any(|a| a.day > at && a.took_place());
        (!superseded).then_some(next)
    }

    /// How many sessions took place.
    pub fn sessions_held(&self) -> usize {
        self.appointments.iter().filter(|a| a.took_place()).count()
    }

    /// The appointment a note of this file is, if it is one.
    pub fn appointment_of(&self, note: usize) -> Option<&Appointment> {
        self.appointments.iter().find(|a| a.note == note)
    }
}

fn risk_entries(notes: &[Arc<Note>]) -> Vec<RiskEntry> {
    let entries = notes.iter().enumerate().filter_map(|(at, note)| {
        let level = match &note.details {
            Details::Session(session) => session.risk,
            Details::Intake(intake) => intake.risk,
            Details::Risk(assessment) => assessment.level,
            _ => None,
        }?;
        Some(RiskEntry { note: at, level, day: note.date.day })
    });
    entries.collect()
}

fn life_events(file: &CaseFile) -> Vec<LifeEvent> {
    let born = file.born();
    let mut events: Vec<LifeEvent> = file
        .notes
        .iter()
        .enumerate()
        .flat_map(|(at, note)| {
            note.events.iter().enumerate().map(move |(index, event)| LifeEvent {
                note: at,
                event: index,
                around: event.date.around(born),
            })
        })
        .collect();
    events.sort_by_key(|event| (event.around.is_none(), event.around, event.note, event.event));
    events
}

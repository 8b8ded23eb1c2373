//! JSON documents with stable keys that scripts rely on. Unknown values are absent.

use crate::brief::{Brief, Item};
use crate::casebook::search::Hit;
use crate::casebook::{CaseFile, Casebook};
use crate::domain::{ClientCode, Details, Note, Problem};
use serde::Serialize;
use serde_json::{Map, Number, Value};

/// One note in `list`.
#[derive(Debug, Serialize)]
pub(super) struct ListedNote {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<String>,
    kind: String,
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attendance: Option<&'static str>,
    status: &'static str,
    themes: Vec<String>,
    people: Vec<String>,
    measures: Map<String, Value>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    goals: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    risk: Option<&'static str>,
    problems: usize,
}

impl ListedNote {
    /// A note as `list` gives it.
    pub(super) fn of(note: &Note, casebook: &Casebook) -> Self {
        let file = note.client.as_ref().and_then(|code| casebook.client(code));
        let session = note.session();
        let risk = match &note.details {
            Details::Session(session) => session.risk,
            Details::Intake(intake) => intake.risk,
            Details::Risk(risk) => risk.level,
            _ => None,
        };
        let scores = casebook.scales().scores_of(note);
        Self {
            id: note.id.to_string(),
            client: note.client.as_ref().map(ToString::to_string),
            kind: note.kind.to_string(),
            date: note.date.to_string(),
            number: file.and_then(|file| number(file, note)),
            title: note.title.as_ref().map(|title| title.reveal().to_owned()),
            attendance: session.and_then(|session| session.attendance).map(|attendance| attendance.word()),
            status: note.status.word(),
            themes: note.themes.iter().map(|mark| mark.theme.key().to_owned()).collect(),
            people: note.people.iter().map(|person| person.key().to_owned()).collect(),
            measures: scores.into_iter().map(|score| (score.scale, whole(score.value))).collect(),
            goals: session.map_or_else(Map::new, |session| {
                session.goals.iter().map(|(id, value)| (id.reveal().to_owned(), whole(*value))).collect()
            }),
            risk: risk.map(|level| level.word()),
            problems: note.problems.len(),
        }
    }
}

/// One note in `search`.
#[derive(Debug, Serialize)]
pub(super) struct FoundNote {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<String>,
    kind: String,
    date: String,
    score: Value,
    snippets: Vec<String>,
}

impl FoundNote {
    /// A hit as `search` gives it.
    pub(super) fn of(hit: &Hit<'_>, snippets: Vec<String>) -> Self {
        let note = hit.note;
        Self {
            id: note.id.to_string(),
            client: note.client.as_ref().map(ToString::to_string),
            kind: note.kind.to_string(),
            date: note.date.to_string(),
            score: whole((hit.score * 1000.0).round() / 1000.0),
            snippets,
        }
    }
}

/// The number of the appointment a note is.
pub(super) fn number(file: &CaseFile, note: &Note) -> Option<u32> {
    let at = file.notes.iter().position(|other| other.id == note.id)?;
    file.appointment_of(at).map(|appointment| appointment.number)
}

/// A number without a fraction where it has none.
pub(super) fn whole(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return Value::Number(Number::from(value as i64));
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

/// One version in `history`.
#[derive(Debug, Serialize)]
pub(super) struct ListedVersion {
    pub(super) version: String,
    pub(super) written: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rev: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bytes: Option<usize>,
    pub(super) current: bool,
}

/// One client in `prepare`.
#[derive(Debug, Serialize)]
pub(super) struct Prepared {
    client: String,
    sections: Vec<PreparedSection>,
}

#[derive(Debug, Serialize)]
struct PreparedSection {
    heading: &'static str,
    items: Vec<PreparedItem>,
}

#[derive(Debug, Serialize)]
struct PreparedItem {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

impl Prepared {
    /// A brief as `prepare` gives it, whole.
    pub(super) fn of(code: &ClientCode, brief: &Brief) -> Self {
        let item = |item: &Item| PreparedItem {
            text: item.text.reveal().to_owned(),
            source: item.source.map(|(id, _)| id.to_string()),
        };
        let sections = brief.sections.iter().map(|section| PreparedSection {
            heading: section.topic.heading(),
            items: section.items.iter().map(item).collect(),
        });
        Self { client: code.to_string(), sections: sections.collect() }
    }
}

/// What `check` gives.
#[derive(Debug, Serialize)]
pub(super) struct Checked {
    pub(super) problems: Vec<CheckedProblem>,
}

/// One problem in `check`.
#[derive(Debug, Serialize)]
pub(super) struct CheckedProblem {
    pub(super) rule: String,
    pub(super) severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) client: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
    /// For people; scripts have the note's id.
    #[serde(skip)]
    pub(super) date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) column: Option<u32>,
    pub(super) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fix: Option<String>,
}

impl CheckedProblem {
    /// A problem of a note.
    pub(super) fn of(note: &Note, problem: &Problem) -> Self {
        Self {
            rule: problem.rule.to_owned(),
            severity: problem.severity.word(),
            client: note.client.as_ref().map(ToString::to_string),
            note: Some(note.id.to_string()),
            date: Some(note.date.day.to_string()),
            line: problem.place.map(|place| place.line),
            column: problem.place.map(|place| place.column),
            message: problem.message.clone(),
            fix: problem.fix.clone(),
        }
    }
}

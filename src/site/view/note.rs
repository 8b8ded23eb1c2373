//! One note: its text as inert HTML, its facts, its neighbours.

use super::facts::{Fact, facts};
use super::note_name::{kind_name, note_name};
use super::sentence::{Part, sentence};
use crate::casebook::{CaseFile, Casebook};
use crate::domain::{Class, DatedBy, Note, Place, Problem, Severity};
use crate::site::address::{client_address, note_address};
use crate::site::edition::Edition;
use crate::site::markdown::inert_html;
use crate::site::shown::Shown;
use crate::site::wording;
use serde::Serialize;
use std::sync::Arc;

/// Notes within so many days are near.
const NEAR: i64 = 10;
/// Most near notes named.
const ROWS: usize = 8;

/// The page.
#[derive(Serialize)]
pub(crate) struct NoteView {
    name: Shown,
    title: Option<Shown>,
    when: String,
    dated_by: Option<&'static str>,
    client: Option<ClientLink>,
    class: Option<&'static str>,
    status: &'static str,
    html: String,
    is_empty: bool,
    plain_because: Option<&'static str>,
    facts: Vec<Fact>,
    problems: Vec<ProblemRow>,
    amends: Option<NoteLink>,
    amended_by: Vec<NoteLink>,
    previous: Option<NoteLink>,
    next: Option<NoteLink>,
    near: Vec<NoteLink>,
}

#[derive(Serialize)]
struct ClientLink {
    code: String,
    label: Option<Shown>,
    href: String,
}

/// A link to another note.
#[derive(Serialize)]
struct NoteLink {
    name: Shown,
    day: String,
    href: String,
}

#[derive(Serialize)]
struct ProblemRow {
    severity: &'static str,
    place: Option<String>,
    message: Vec<Part>,
    fix: Option<Vec<Part>>,
}

impl NoteView {
    /// Makes the page.
    pub(crate) fn new(edition: &Edition, note: &Note) -> Self {
        let book = &edition.casebook;
        let file = note.client.as_ref().and_then(|code| book.client(code)).filter(|_| note.class != Class::Practice);
        let neighbours = file.map(|file| Neighbours::of(file, note)).unwrap_or_default();
        let body = inert_html(note, book);
        Self {
            name: neighbours.name.unwrap_or_else(|| kind_name(note)),
            title: note.title.as_ref().map(|title| Shown::short(title.reveal(), 200)),
            when: wording::full_moment(note.date),
            dated_by: dated_by(note.dated_by),
            client: file.map(|file| ClientLink {
                code: file.code.to_string(),
                label: edition.label_of(file),
                href: client_address(&file.code),
            }),
            class: (note.class != Class::Record).then(|| wording::class(note.class)),
            status: note.status.word(),
            is_empty: note.body().trim().is_empty(),
            html: body.html,
            plain_because: body.plain_because,
            facts: facts(note, book),
            problems: note.problems.iter().chain(&book.scales().out_of_own_range(note)).map(problem_row).collect(),
            amends: note.amends.as_ref().and_then(|amends| linked(book, amends.note)),
            amended_by: book.amendments_of(note).map(|other| plain_link(other)).collect(),
            previous: neighbours.previous,
            next: neighbours.next,
            near: neighbours.near,
        }
    }
}

/// What stands round a note in its client's file.
#[derive(Default)]
struct Neighbours {
    name: Option<Shown>,
    previous: Option<NoteLink>,
    next: Option<NoteLink>,
    near: Vec<NoteLink>,
}

impl Neighbours {
    fn of(file: &CaseFile, note: &Note) -> Self {
        if note.class == Class::Process {
            let link = |at: usize| file.process.get(at).map(|other| plain_link(other));
            let Some(at) = file.process.iter().position(|other| other.id == note.id) else { return Self::default() };
            return Self {
                name: None,
                previous: at.checked_sub(1).and_then(link),
                next: link(at + 1),
                near: Vec::new(),
            };
        }
        let Some(at) = file.notes.iter().position(|other| other.id == note.id) else { return Self::default() };
        let link =
            |at: usize| file.notes.get(at).map(|other| NoteLink { name: note_name(file, at), ..plain_link(other) });
        let is_near = |other: &Arc<Note>| (other.date.day - note.date.day).num_days().abs() <= NEAR;
        let around = at.saturating_sub(ROWS)..(at + ROWS + 1).min(file.notes.len());
        let near = around.filter(|other| other.abs_diff(at) > 1 && is_near(&file.notes[*other]));
        Self {
            name: Some(note_name(file, at)),
            previous: at.checked_sub(1).and_then(link),
            next: link(at + 1),
            near: near.filter_map(link).take(ROWS).collect(),
        }
    }
}

fn plain_link(note: &Note) -> NoteLink {
    NoteLink { name: kind_name(note), day: wording::day(note.date.day), href: note_address(note.id) }
}

fn linked(book: &Casebook, id: crate::domain::NoteId) -> Option<NoteLink> {
    book.note(id).map(|note| plain_link(note))
}

fn dated_by(dated_by: DatedBy) -> Option<&'static str> {
    match dated_by {
        DatedBy::FrontMatter | DatedBy::KindKey => None,
        DatedBy::FileName => Some("The date comes from the file’s name."),
        DatedBy::Heading => Some("The date comes from the first heading."),
        DatedBy::FileTime => Some("Nothing in the note says its date: this is when the file was last written."),
    }
}

fn problem_row(problem: &Problem) -> ProblemRow {
    let severity = match problem.severity {
        Severity::Error => "to mend",
        Severity::Warning => "probably not meant",
        Severity::Info => "worth knowing",
    };
    ProblemRow {
        severity,
        place: problem.place.map(|Place { line, column }| format!("line {line}, column {column}")),
        message: sentence(&problem.message),
        fix: problem.fix.as_deref().map(sentence),
    }
}

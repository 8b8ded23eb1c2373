//! Today: who comes, what is not written yet, what falls due, what would not open.

use super::aside::{DueRow, due_row};
use super::client::UnreadableRow;
use super::note_name::kind_name;
use super::practice_months::{PracticeMonths, practice_months};
use super::sentence::{Part, sentence};
use crate::casebook::CaseFile;
use crate::domain::{CalloutKind, Note, NoteDate, Severity};
use crate::records::{Due, deadlines};
use crate::site::address::{Route, client_address, note_address};
use crate::site::edition::Edition;
use crate::site::shown::Shown;
use crate::site::wording;
use chrono::{Duration, NaiveDate};
use serde::Serialize;
use std::sync::Arc;

/// Deadlines within so many days are named.
const SOON: i64 = 30;
/// Most rows of one list.
const ROWS: usize = 12;

/// The page.
#[derive(Serialize)]
pub(crate) struct TodayView {
    day: String,
    expected: Vec<Expected>,
    coming: Vec<Planned>,
    unwritten: Vec<Planned>,
    more_unwritten: usize,
    due: Vec<ClientDue>,
    more_due: usize,
    unreadable: Vec<UnreadableRow>,
    more_unreadable: usize,
    to_mend: Vec<NoteRow>,
    to_mend_words: Option<String>,
    remarks: Vec<Vec<Part>>,
    months: Option<PracticeMonths>,
    practice: Vec<NoteRow>,
    practice_words: Option<String>,
    empty: bool,
}

/// Somebody who comes today.
#[derive(Serialize)]
struct Expected {
    code: String,
    label: Option<Shown>,
    href: String,
    time: Option<String>,
    last: Option<String>,
    plan: Option<Shown>,
    open: Option<String>,
}

/// An appointment on another day.
#[derive(Serialize)]
struct Planned {
    code: String,
    label: Option<Shown>,
    href: String,
    when: String,
    distance: String,
}

#[derive(Serialize)]
struct ClientDue {
    code: String,
    due: DueRow,
}

#[derive(Serialize)]
struct NoteRow {
    name: Shown,
    code: Option<String>,
    day: String,
    href: String,
    problems: String,
}

impl TodayView {
    /// Makes the page.
    pub(crate) fn new(edition: &Edition) -> Self {
        let (book, today) = (&edition.casebook, edition.today);
        let active: Vec<&Arc<CaseFile>> = book.clients().filter(|file| !file.is_closed(today)).collect();
        let mut next: Vec<(NoteDate, &Arc<CaseFile>)> =
            active.iter().filter_map(|file| Some((file.next_session()?, *file))).collect();
        next.sort_by_key(|(date, file)| (date.order(), file.code.clone()));
        let between = |from: NaiveDate, until: NaiveDate| {
            let shown = next.iter().filter(move |(date, _)| from <= date.day && date.day <= until);
            shown.map(|(date, file)| planned(edition, file, *date)).collect::<Vec<_>>()
        };
        let due = client_dues(edition);
        let mend = notes_to_mend(edition);
        let mut unwritten = between(today - Duration::days(400), today - Duration::days(1));
        let more_unwritten = unwritten.len().saturating_sub(ROWS);
        unwritten.truncate(ROWS);
        let mut coming = between(today + Duration::days(1), today + Duration::days(7));
        coming.truncate(ROWS);
        Self {
            day: wording::full_moment(NoteDate::day(today)),
            expected: next
                .iter()
                .filter(|(date, _)| date.day == today)
                .map(|(d, f)| expected(edition, f, *d))
                .collect(),
            coming,
            unwritten,
            more_unwritten,
            more_due: due.len().saturating_sub(ROWS),
            due: due.into_iter().take(ROWS).collect(),
            unreadable: unreadable(edition),
            more_unreadable: edition.unreadable.len().saturating_sub(ROWS),
            to_mend_words: mend_words(mend.len()),
            to_mend: mend.into_iter().take(30).collect(),
            remarks: edition.remarks.iter().map(|remark| sentence(remark)).collect(),
            months: practice_months(book.clients(), today),
            practice_words: (!book.practice().is_empty())
                .then(|| format!("{} of the practice", wording::count(book.practice().len(), "note"))),
            practice: book.practice().iter().rev().take(30).map(|note| note_row(note, today)).collect(),
            empty: book.clients().next().is_none(),
        }
    }
}

fn planned(edition: &Edition, file: &CaseFile, date: NoteDate) -> Planned {
    Planned {
        code: file.code.to_string(),
        label: edition.label_of(file),
        href: client_address(&file.code),
        when: wording::moment(date, edition.today),
        distance: wording::distance(date.day, edition.today),
    }
}

fn expected(edition: &Edition, file: &CaseFile, date: NoteDate) -> Expected {
    let today = edition.today;
    let open = file.open_items.len();
    Expected {
        code: file.code.to_string(),
        label: edition.label_of(file),
        href: Route::Prepare(file.code.clone()).to_string(),
        time: date.time.map(|time| time.format("%H:%M").to_string()),
        last: file.last_session(today).map(|a| format!("last {}", wording::distance(a.day, today))),
        plan: plan(file, today),
        open: (open > 0).then(|| wording::count(open, "open item")),
    }
}

/// The first line of what the last session planned.
fn plan(file: &CaseFile, today: NaiveDate) -> Option<Shown> {
    let note = file.notes.get(file.last_session(today)?.note)?;
    let callout = note.callouts.iter().rfind(|callout| callout.kind == CalloutKind::Plan).map(|callout| &callout.text);
    let text = callout.or(note.session()?.plan.as_ref())?;
    let line = text.reveal().lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(Shown::short(line, 160))
}

/// Dates of all clients, most urgent first. Of closed clients only those that still bind the counselor.
fn client_dues(edition: &Edition) -> Vec<ClientDue> {
    let today = edition.today;
    let mut found = Vec::new();
    for file in edition.casebook.clients() {
        let closed = file.is_closed(today);
        for deadline in deadlines(file) {
            let binds = !closed || matches!(deadline.due, Due::RecordingDeletion | Due::RequestAnswer);
            if binds && deadline.day <= today + Duration::days(SOON) {
                found.push((deadline.day, deadline.due, file.code.clone(), deadline));
            }
        }
    }
    found.sort_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
    let row = |(_, _, code, deadline): (_, _, crate::domain::ClientCode, _)| ClientDue {
        code: code.to_string(),
        due: due_row(&deadline, today),
    };
    found.into_iter().map(row).collect()
}

fn unreadable(edition: &Edition) -> Vec<UnreadableRow> {
    let rows = edition.unreadable.iter().take(ROWS);
    rows.map(UnreadableRow::of).collect()
}

/// Notes with an error or a warning, newest first.
fn notes_to_mend(edition: &Edition) -> Vec<NoteRow> {
    let notes = edition.casebook.notes();
    let faulty = notes.iter().rev().filter(|note| note.problems.iter().any(|p| p.severity != Severity::Info));
    faulty.map(|note| note_row(note, edition.today)).collect()
}

fn mend_words(notes: usize) -> Option<String> {
    match notes {
        0 => None,
        1 => Some("1 note has something to mend".to_owned()),
        notes => Some(format!("{} have something to mend", wording::count(notes, "note"))),
    }
}

fn note_row(note: &Note, today: NaiveDate) -> NoteRow {
    let faults = note.problems.iter().filter(|problem| problem.severity != Severity::Info).count();
    NoteRow {
        name: kind_name(note),
        code: note.client.as_ref().map(ToString::to_string),
        day: wording::near_day(note.date.day, today),
        href: note_address(note.id),
        problems: wording::count(faults, "problem"),
    }
}

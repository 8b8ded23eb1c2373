//! One note in a list: its name, its first words, its marks.

use super::lanes::scores;
use super::note_name::note_name;
use crate::casebook::CaseFile;
use crate::domain::{Severity, ThemeSource};
use crate::site::address::{note_address, theme_address};
use crate::site::excerpt::excerpt;
use crate::site::shown::Shown;
use crate::site::wording;
use serde::Serialize;

/// Most themes and people under one note.
const MARKS: usize = 8;

/// A note in a list.
#[derive(Serialize)]
pub(crate) struct NoteCard {
    name: Shown,
    day: String,
    href: String,
    title: Option<Shown>,
    missed: Option<&'static str>,
    words: Option<Shown>,
    themes: Vec<Tag>,
    people: Vec<Shown>,
    scores: Option<Shown>,
    problems: Option<String>,
}

/// A theme under a note.
#[derive(Serialize)]
pub(crate) struct Tag {
    /// Its name.
    pub(crate) name: Shown,
    /// Its page.
    pub(crate) href: String,
    /// Whether it was merely mentioned.
    pub(crate) mentioned: bool,
}

/// The card of a note of a record, by its index. Its day is named with its year.
pub(crate) fn note_card(file: &CaseFile, at: usize) -> Option<NoteCard> {
    let note = file.notes.get(at)?;
    let themes = note.themes.iter().take(MARKS).map(|mark| Tag {
        name: Shown::short(mark.theme.shown(), 40),
        href: theme_address(&mark.theme),
        mentioned: mark.source == ThemeSource::Mentioned,
    });
    let missed = note
        .session()
        .and_then(|session| session.attendance)
        .filter(|attendance| *attendance != crate::domain::Attendance::Attended);
    let faults = note.problems.iter().filter(|problem| problem.severity != Severity::Info).count();
    Some(NoteCard {
        name: note_name(file, at),
        day: wording::day(note.date.day),
        href: note_address(note.id),
        title: note.title.as_ref().map(|title| Shown::short(title.reveal(), 90)),
        missed: missed.map(|attendance| wording::attendance(Some(attendance))),
        words: excerpt(note),
        themes: themes.collect(),
        people: note.people.iter().take(MARKS).map(|person| Shown::short(person.shown(), 40)).collect(),
        scores: Some(scores(file, note)).filter(|text| !text.is_empty()).map(|text| Shown::short(&text, 160)),
        problems: (faults > 0).then(|| wording::count(faults, "problem")),
    })
}

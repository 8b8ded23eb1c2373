//! One client: the timeline, the notes newest first, and what is open.

use super::aside::{Aside, aside};
use super::lanes::{Axis, Lanes, lanes};
use super::note_card::{NoteCard, note_card};
use super::page_links::{PageLink, page_links};
use super::years::{Year, years};
use super::zoom::{ZoomRow, beside, called, zoom};
use crate::casebook::CaseFile;
use crate::site::address::{NOTES_A_PAGE, Route, client_address, notes_by_year};
use crate::site::course_range::months;
use crate::site::edition::{Edition, Unreadable};
use crate::site::shown::Shown;
use crate::site::wording;
use chrono::{Datelike, Duration, NaiveDate};
use serde::Serialize;
use std::sync::Arc;

/// The longest stretch drawn at once, in days.
const LONGEST: i64 = 731;
/// Most appointments drawn at once on a client's first page.
const MOST: usize = 160;
/// So much of a long absence is drawn before a return, in days.
const ABSENCE_SHOWN: i64 = 14;
/// With more appointments than this, marks would touch and say nothing.
const MOST_IN_STRETCH: usize = 400;
/// Planned appointments this far ahead are drawn.
const AHEAD: i64 = 35;

/// Which part of a history is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// The latest part.
    Latest,
    /// One year, and which page of its notes, from 1.
    Year(i32, usize),
    /// From one day to another.
    Days(NaiveDate, NaiveDate),
}

/// The page of a client.
#[derive(Serialize)]
pub(crate) struct ClientView {
    code: String,
    label: Option<Shown>,
    home: String,
    prepare: String,
    patterns: String,
    course: String,
    summary: String,
    unreadable: Vec<UnreadableRow>,
    /// What is shown, where that is not the latest part.
    stretch: Option<String>,
    zoom: Vec<ZoomRow>,
    lanes: Option<Lanes>,
    years: Vec<Year>,
    earlier: Option<Turn>,
    later: Option<Turn>,
    notes: Vec<NoteCard>,
    notes_words: String,
    pages: Vec<PageLink>,
    aside: Option<Aside>,
    empty: bool,
}

/// A file that would not open.
#[derive(Serialize)]
pub(crate) struct UnreadableRow {
    /// Where it lies.
    pub(crate) path: Shown,
    /// Why it would not open.
    pub(crate) why: Shown,
}

impl UnreadableRow {
    /// The row of one file.
    pub(crate) fn of(file: &Unreadable) -> Self {
        Self { path: Shown::new(&file.path), why: Shown::new(&file.why) }
    }
}

/// A link to the year before or after.
#[derive(Serialize)]
struct Turn {
    href: String,
    words: String,
}

impl ClientView {
    /// Makes the page. `None` when the stretch does not exist.
    pub(crate) fn new(edition: &Edition, file: &Arc<CaseFile>, stretch: Stretch) -> Option<Self> {
        let by_year = notes_by_year(file);
        let (days, notes, pages) = match stretch {
            Stretch::Latest => (None, latest(file), Vec::new()),
            Stretch::Days(from, until) => (Some((from, until)), between(file, (from, until)), Vec::new()),
            Stretch::Year(year, page) => {
                let pages = by_year.get(&year)?.div_ceil(NOTES_A_PAGE);
                if page > pages {
                    return None;
                }
                let links = page_links(page, pages, |number| Route::ClientYear(file.code.clone(), year, number));
                (months(year, 1, 12), of_year(file, year, page), links)
            }
        };
        let all: Vec<i32> = by_year.into_keys().collect();
        let axis = days.map_or_else(|| latest_axis(file, edition.today), |days| stretch_axis(file, days));
        let year = if let Stretch::Year(year, _) = stretch { Some(year) } else { None };
        let turns = turns(file, &all, stretch);
        let seen = edition.seen.of(file, edition.today);
        Some(Self {
            code: file.code.to_string(),
            label: edition.label_of(file),
            home: client_address(&file.code),
            prepare: Route::Prepare(file.code.clone()).to_string(),
            patterns: Route::Patterns(file.code.clone()).to_string(),
            course: Route::Course(file.code.clone(), None).to_string(),
            summary: summary(file, edition.today),
            unreadable: unreadable_of(edition, file),
            lanes: axis.and_then(|axis| lanes(file, axis, edition.today, Some(&seen))),
            years: if all.len() > 3 { years(file, year) } else { Vec::new() },
            zoom: zoom(file, days),
            earlier: turns.0,
            later: turns.1,
            notes_words: notes_words(file, &notes, days),
            notes: notes.into_iter().filter_map(|at| note_card(file, at)).collect(),
            pages,
            aside: days.is_none().then(|| aside(file, edition.today, &seen)),
            empty: file.notes.is_empty(),
            stretch: days.map(called),
        })
    }
}

/// The latest notes, newest first.
fn latest(file: &CaseFile) -> Vec<usize> {
    (0..file.notes.len()).rev().take(NOTES_A_PAGE).collect()
}

fn of_year(file: &CaseFile, year: i32, page: usize) -> Vec<usize> {
    let of_year = (0..file.notes.len()).rev().filter(|at| file.notes[*at].date.day.year() == year);
    of_year.skip((page - 1) * NOTES_A_PAGE).take(NOTES_A_PAGE).collect()
}

/// The latest notes between two days, newest first.
fn between(file: &CaseFile, (from, until): (NaiveDate, NaiveDate)) -> Vec<usize> {
    let inside = (0..file.notes.len()).rev().filter(|at| (from..=until).contains(&file.notes[*at].date.day));
    inside.take(NOTES_A_PAGE).collect()
}

fn notes_words(file: &CaseFile, notes: &[usize], days: Option<(NaiveDate, NaiveDate)>) -> String {
    let shown = wording::grouped(notes.len());
    match days {
        Some((from, until)) => {
            let inside = file.notes.iter().filter(|note| (from..=until).contains(&note.date.day)).count();
            let all = wording::count(inside, "note");
            if inside > notes.len() { format!("{shown} of {all} on this page") } else { all }
        }
        None if notes.len() < file.notes.len() => {
            format!("The latest {shown} of {}", wording::count(file.notes.len(), "note"))
        }
        None => wording::count(notes.len(), "note"),
    }
}

/// Links to the stretch before and to the one after.
fn turns(file: &CaseFile, years: &[i32], stretch: Stretch) -> (Option<Turn>, Option<Turn>) {
    match stretch {
        Stretch::Latest => (None, None),
        Stretch::Year(year, _) => (
            turn(file, years.iter().rev().find(|other| **other < year)),
            turn(file, years.iter().find(|other| **other > year)),
        ),
        Stretch::Days(from, until) => {
            let to = |later| beside(file, (from, until), later).map(|(words, href)| Turn { href, words });
            (to(false), to(true))
        }
    }
}

fn turn(file: &CaseFile, year: Option<&i32>) -> Option<Turn> {
    let year = *year?;
    Some(Turn { href: Route::ClientYear(file.code.clone(), year, 1).to_string(), words: year.to_string() })
}

/// The stretch itself; of more than a year no more than what can hold anything. A stretch with more appointments than
/// can be told apart is not drawn: the grid of years stands for it.
fn stretch_axis(file: &CaseFile, (from, until): (NaiveDate, NaiveDate)) -> Option<Axis> {
    let (first, last) = (file.notes.first()?.date.day, file.notes.last()?.date.day);
    let long = (until - from).num_days() > 366;
    let (from, until) = if long { (from.max(first), until.min(last)) } else { (from, until) };
    let inside = file.appointments.iter().filter(|a| (from..=until).contains(&a.day)).count();
    (from <= until && inside <= MOST_IN_STRETCH).then_some(Axis { from, until })
}

/// From the first note, or as far back as two years and a readable number of appointments allow, to the last note or a
/// near planned appointment.
fn latest_axis(file: &CaseFile, today: NaiveDate) -> Option<Axis> {
    // One note dated far ahead by a slip must not push all others off the drawing.
    let soon = today + Duration::days(AHEAD);
    let last = file.notes.iter().rev().map(|note| note.date.day).find(|day| *day <= soon);
    let (first, last) = (file.notes.first()?.date.day, last.unwrap_or(file.notes.last()?.date.day));
    let planned = file.next_session().map(|next| next.day).filter(|day| (*day - last).num_days() <= AHEAD);
    let until = planned.map_or(last, |day| day.max(last));
    let crowded = file.appointments.len().checked_sub(MOST).and_then(|at| file.appointments.get(at)).map(|a| a.day);
    let from = first.max(until - Duration::days(LONGEST)).max(crowded.unwrap_or(first));
    let from = after_long_absence(file, from, until);
    // A history of a day or two still gets an axis of a month.
    let from = from.min(until - Duration::days(28));
    Some(Axis { from, until })
}

/// Where most of a stretch would be one absence, it begins a little before the return.
fn after_long_absence(file: &CaseFile, from: NaiveDate, until: NaiveDate) -> NaiveDate {
    let days = (until - from).num_days();
    let absence =
        file.gaps.iter().rev().find(|gap| (gap.until.min(until) - gap.after.max(from)).num_days() * 5 > days * 2);
    absence.map_or(from, |gap| from.max(gap.until - Duration::days(ABSENCE_SHOWN)))
}

/// "51 sessions since 6 January 2025 · last 10 March · next 17 March, 10:00".
fn summary(file: &CaseFile, today: NaiveDate) -> String {
    let mut parts = Vec::new();
    match file.appointments.first() {
        Some(first) => {
            let held = wording::count(file.sessions_held(), "session");
            parts.push(format!("{held} since {}", wording::day(first.day)));
        }
        None => parts.push("No session yet".to_owned()),
    }
    if let Some(last) = file.last_session(today) {
        parts.push(format!("last {}", wording::near_day(last.day, today)));
    }
    if file.is_closed(today) {
        let day = file.episodes.last().and_then(|episode| episode.until);
        let day = file.profile().and_then(|profile| profile.closed).map(|date| date.day).or(day);
        parts.push(day.map_or("closed".to_owned(), |day| format!("closed {}", wording::near_day(day, today))));
    } else if let Some(next) = file.next_session() {
        let past = if next.day < today { "planned" } else { "next" };
        parts.push(format!("{past} {}", wording::moment(next, today)));
    }
    parts.join(" · ")
}

/// Files of a client that would not open.
pub(crate) fn unreadable_of(edition: &Edition, file: &CaseFile) -> Vec<UnreadableRow> {
    let of_client = edition.unreadable.iter().filter(|row| row.client.as_ref() == Some(&file.code));
    of_client.map(UnreadableRow::of).collect()
}

//! The course so far: one client between any two days, on one page to print.
//!
//! It draws and counts what is written in the stretch. What lies outside it is not drawn; life events before it are
//! listed, since they are often why the client came.

use super::client::{UnreadableRow, unreadable_of};
use super::course_rows::{GoalRow, Quote, ScoreRow, ThemeRow, goals, quotes, scores, themes};
use super::lanes::{Axis, Lanes, lanes, when};
use super::years::{Year, years};
use crate::casebook::{Appointment, CaseFile};
use crate::site::address::{Route, client_address, note_address};
use crate::site::course_range::{Days, course_ranges};
use crate::site::edition::Edition;
use crate::site::shown::Shown;
use crate::site::wording;
use chrono::{Duration, NaiveDate};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Most themes in the table.
const THEMES: usize = 12;
/// With more appointments than this, marks would touch and say nothing: the years stand in place of the drawing.
const MOST_DRAWN: usize = 400;
/// A drawing is at least so many days wide.
const NARROWEST: i64 = 28;

/// The page.
#[derive(Serialize)]
pub(crate) struct CourseView {
    code: String,
    label: Option<Shown>,
    home: String,
    span: String,
    summary: String,
    ranges: Vec<RangeLink>,
    example: String,
    unreadable: Vec<UnreadableRow>,
    lanes: Option<Lanes>,
    years: Vec<Year>,
    events: Vec<EventRow>,
    earlier: Vec<EventRow>,
    scores: Vec<ScoreRow>,
    themes: Vec<ThemeRow>,
    more_themes: usize,
    quotes: Vec<Quote>,
    goals: Vec<GoalRow>,
    empty: bool,
}

/// A link to another stretch.
#[derive(Serialize)]
struct RangeLink {
    href: String,
    words: String,
    current: bool,
}

/// A life event, dated as it was written.
#[derive(Serialize)]
struct EventRow {
    when: Shown,
    what: Shown,
    href: String,
}

impl CourseView {
    /// Makes the page of a stretch.
    pub(crate) fn new(edition: &Edition, file: &CaseFile, days: Days) -> Self {
        let axis = axis(file, days);
        let inside =
            |note: usize| file.notes.get(note).is_some_and(|note| axis.is_some_and(|axis| axis.holds(note.date.day)));
        let appointments = file.appointments.iter().filter(|appointment| inside(appointment.note)).count();
        let drawn = axis.filter(|_| appointments <= MOST_DRAWN);
        let (events, earlier) = events(file, days);
        let mut themes = themes(file, &inside);
        let more_themes = themes.len().saturating_sub(THEMES);
        themes.truncate(THEMES);
        Self {
            code: file.code.to_string(),
            label: edition.label_of(file),
            home: client_address(&file.code),
            span: span(file, days),
            summary: summary(file, &inside),
            ranges: ranges(edition, file, days),
            example: example(edition, file),
            unreadable: unreadable_of(edition, file),
            lanes: drawn.and_then(|axis| lanes(file, axis, edition.today, None)).map(Lanes::without_before),
            years: if appointments > MOST_DRAWN { years(file, None) } else { Vec::new() },
            events,
            earlier,
            scores: scores(file, &inside),
            themes,
            more_themes,
            quotes: quotes(file, &inside),
            goals: goals(file, &inside),
            empty: !(0..file.notes.len()).any(inside),
        }
    }
}

/// What of the stretch can hold anything: no further back than the first note, no further on than the last.
fn axis(file: &CaseFile, days: Days) -> Option<Axis> {
    let (first, last) = (file.notes.first()?.date.day, file.notes.last()?.date.day);
    let (from, until) = days.map_or((first, last), |(from, until)| (from.max(first), until.min(last)));
    if from > until {
        return None;
    }
    // A few days are drawn on a month, as far as the stretch that was asked for allows.
    let month_before = until - Duration::days(NARROWEST);
    let from = from.min(days.map_or(month_before, |(from, _)| from.max(month_before)));
    Some(Axis { from, until })
}

/// "6 January 2025 to 10 March 2026".
fn span(file: &CaseFile, days: Days) -> String {
    let whole = file.notes.first().zip(file.notes.last()).map(|(first, last)| (first.date.day, last.date.day));
    match days.or(whole) {
        Some((from, until)) => format!("{} to {}", wording::day(from), wording::day(until)),
        None => "No notes yet".to_owned(),
    }
}

/// "39 sessions · 2 no-show · 1 cancelled by the client".
fn summary(file: &CaseFile, inside: &dyn Fn(usize) -> bool) -> String {
    let shown: Vec<&Appointment> = file.appointments.iter().filter(|appointment| inside(appointment.note)).collect();
    let held = shown.iter().filter(|appointment| appointment.took_place()).count();
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    for appointment in shown.iter().filter(|appointment| !appointment.took_place()) {
        *others.entry(wording::attendance(appointment.attendance)).or_default() += 1;
    }
    let mut parts = vec![wording::count(held, "session")];
    parts.extend(others.into_iter().map(|(how, number)| format!("{number} {how}")));
    parts.join(" · ")
}

fn ranges(edition: &Edition, file: &CaseFile, days: Days) -> Vec<RangeLink> {
    let all = course_ranges(file, edition.today).into_iter().map(|range| RangeLink {
        href: Route::Course(file.code.clone(), range.days).to_string(),
        words: range.words,
        current: range.days == days,
    });
    all.collect()
}

/// An address that shows how any other stretch is asked for.
fn example(edition: &Edition, file: &CaseFile) -> String {
    let from = edition.today.checked_sub_signed(Duration::days(60)).unwrap_or(edition.today);
    Route::Course(file.code.clone(), Some((from, edition.today))).to_string()
}

/// Life events of the stretch, and those before it or without a place in time.
fn events(file: &CaseFile, days: Days) -> (Vec<EventRow>, Vec<EventRow>) {
    let first = file.notes.first().map(|note| note.date.day);
    let from: Option<NaiveDate> = days.map(|(from, _)| from).or(first);
    let (mut inside, mut earlier) = (Vec::new(), Vec::new());
    // The same event is often written twice: on the client sheet and in a session.
    let mut seen = BTreeSet::new();
    for life_event in &file.events {
        let (Some(event), Some(note)) = (life_event.event(&file.notes), file.notes.get(life_event.note)) else {
            continue;
        };
        if !seen.insert((event.written.reveal(), event.what.reveal())) {
            continue;
        }
        let row =
            EventRow { when: when(event), what: Shown::short(event.what.reveal(), 160), href: note_address(note.id) };
        match life_event.around {
            Some(day) if days.is_some_and(|(_, until)| day > until) => {}
            Some(day) if from.is_some_and(|from| day >= from) => inside.push(row),
            _ => earlier.push(row),
        }
    }
    (inside, earlier)
}

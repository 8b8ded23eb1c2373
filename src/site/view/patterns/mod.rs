//! What runs through one client's history, in the order in which it is useful: what was written, what stands out, what
//! may be chance, what was set aside, and what it is too early to say.

mod early;
mod finding;
mod grid;
mod how;
mod names;
mod pictures;
mod score_pictures;
mod told;

pub(crate) use how::{Method, methods};
pub(crate) use names::Names;
pub(crate) use told::Told;

use super::client::{UnreadableRow, unreadable_of};
use crate::casebook::CaseFile;
use crate::domain::CalloutKind;
use crate::insight::{Level, Observation};
use crate::site::address::{Route, client_address, note_address};
use crate::site::edition::Edition;
use crate::site::shown::Shown;
use crate::site::wording;
use early::{Early, early};
use finding::{FindingView, finding_view};
use grid::{Grid, grid};
use names::Named;
use serde::Serialize;
use std::sync::Arc;

/// Latest quotes shown.
const QUOTES: usize = 3;
/// Sessions named beside something that is only counted.
const NAMED: usize = 6;

/// The page.
#[derive(Serialize)]
pub(crate) struct PatternsView {
    code: String,
    label: Option<Shown>,
    home: String,
    prepare: String,
    course: String,
    summary: String,
    unreadable: Vec<UnreadableRow>,
    held: usize,
    grid: Option<Grid>,
    silent: Vec<Counted>,
    counted: Vec<Counted>,
    quotes: Vec<Quote>,
    quoted: Option<String>,
    standing_out: Vec<FindingView>,
    has_key: bool,
    perhaps: Vec<FindingView>,
    /// Findings of each level that are not shown.
    more: [usize; 2],
    set_aside: Vec<FindingView>,
    early: Option<Early>,
}

/// Something counted without a test.
#[derive(Serialize)]
struct Counted {
    sentence: Shown,
    sessions: Vec<Named>,
    more: usize,
}

#[derive(Serialize)]
struct Quote {
    text: Shown,
    day: String,
    href: String,
}

impl PatternsView {
    /// Makes the page.
    pub(crate) fn new(edition: &Edition, file: &Arc<CaseFile>) -> Self {
        let today = edition.today;
        let seen = edition.seen.of(file, today);
        let names = Names::of(file);
        let told = Told::of(&file.code, &names, &seen);
        let at_level = |level| -> Vec<FindingView> {
            told.shown(level).iter().filter_map(|at| finding_view(&names, &seen, *at)).collect()
        };
        let more = [Level::Clear, Level::Weak].map(|level| told.more(level));
        let aside = (0..seen.found.set_aside.len()).filter(|at| seen.found.set_aside[*at]);
        let (silent, counted): (Vec<&Observation>, Vec<&Observation>) =
            seen.found.patterns.observations.iter().partition(|seen| seen.kind == "not_written_about");
        let rows = |seen: Vec<&Observation>| seen.into_iter().map(|seen| counted_row(&names, seen)).collect();
        let held = file.appointments.iter().filter(|a| a.took_place() && a.day <= today).count();
        let (quotes, quoted) = quotes(file, edition, held);
        Self {
            code: file.code.to_string(),
            label: edition.label_of(file),
            home: client_address(&file.code),
            prepare: Route::Prepare(file.code.clone()).to_string(),
            course: Route::Course(file.code.clone(), None).to_string(),
            summary: summary(file, edition, held),
            unreadable: unreadable_of(edition, file),
            held,
            grid: grid(file, &names, today),
            silent: rows(silent),
            counted: rows(counted),
            quotes,
            quoted,
            has_key: seen.found.told_as(Level::Clear).next().is_some(),
            standing_out: at_level(Level::Clear),
            perhaps: at_level(Level::Weak),
            more,
            set_aside: aside.filter_map(|at| finding_view(&names, &seen, at)).collect(),
            early: early(file, &names, &seen, today),
        }
    }
}

/// "41 sessions up to 3 March".
fn summary(file: &CaseFile, edition: &Edition, held: usize) -> String {
    match file.last_session(edition.today) {
        Some(last) => {
            format!("{} up to {}", wording::count(held, "session"), wording::near_day(last.day, edition.today))
        }
        None => "No session has taken place yet".to_owned(),
    }
}

fn counted_row(names: &Names<'_>, seen: &Observation) -> Counted {
    let mut sessions = names.list(&seen.evidence);
    let more = sessions.len().saturating_sub(NAMED);
    // The latest ones say most.
    sessions.drain(..more);
    Counted { sentence: Shown::new(seen.statement.reveal()), sessions, more }
}

/// The latest words of the client, and in how many sessions any stand.
fn quotes(file: &CaseFile, edition: &Edition, held: usize) -> (Vec<Quote>, Option<String>) {
    let shown = file.notes.iter().filter(|note| note.date.day <= edition.today);
    let quoting: Vec<_> = shown
        .filter_map(|note| Some((note, note.callouts.iter().rfind(|callout| callout.kind == CalloutKind::Quote)?)))
        .collect();
    let sessions = quoting.iter().filter(|(note, _)| note.session().is_some()).count();
    let latest = quoting.iter().rev().take(QUOTES).map(|(note, callout)| Quote {
        text: Shown::short(callout.text.reveal(), 240),
        day: wording::near_day(note.date.day, edition.today),
        href: note_address(note.id),
    });
    let of = wording::count(held, "session");
    (latest.collect(), (sessions > 0).then(|| format!("quoted in {sessions} of {of}")))
}

//! The timeline as a table: one row for each note of the stretch, newest first.

use super::Axis;
use super::life::when;
use crate::casebook::CaseFile;
use crate::domain::{Note, ThemeSource};
use crate::site::address::note_address;
use crate::site::shown::Shown;
use crate::site::view::note_name::note_name;
use crate::site::wording;
use serde::Serialize;

/// Longest list of themes in one cell.
const THEMES: usize = 8;

/// The table.
#[derive(Serialize)]
pub(crate) struct Table {
    rows: Vec<Row>,
}

/// One note.
#[derive(Serialize)]
struct Row {
    day: String,
    name: Shown,
    href: String,
    attendance: &'static str,
    scores: Shown,
    themes: Vec<Shown>,
    /// How many more themes there are.
    more_themes: usize,
    tried: Vec<Shown>,
    life: Vec<Shown>,
    risk: &'static str,
}

/// Lists what is drawn.
pub(super) fn table(file: &CaseFile, axis: &Axis) -> Table {
    let mut rows: Vec<Row> = file
        .notes
        .iter()
        .enumerate()
        .filter(|(_, note)| axis.holds(note.date.day))
        .map(|(at, note)| row(file, at, note))
        .collect();
    rows.reverse();
    Table { rows }
}

fn row(file: &CaseFile, at: usize, note: &Note) -> Row {
    let risk = file.risk.iter().find(|entry| entry.note == at);
    Row {
        day: wording::short_day(note.date.day),
        name: note_name(file, at),
        href: note_address(note.id),
        attendance: note.session().map_or("", |session| wording::attendance(session.attendance)),
        scores: Shown::short(&scores(file, note), 120),
        themes: note.themes.iter().take(THEMES).map(|mark| theme(mark.theme.shown(), mark.source)).collect(),
        more_themes: note.themes.len().saturating_sub(THEMES),
        tried: tried(file, at),
        life: life(file, at),
        risk: risk.map_or("", |entry| wording::risk(entry.level)),
    }
}

fn tried(file: &CaseFile, at: usize) -> Vec<Shown> {
    let of_note = file.interventions.iter().filter(|span| span.notes.contains(&at));
    of_note.map(|span| Shown::short(span.name(&file.notes), 40)).collect()
}

fn life(file: &CaseFile, at: usize) -> Vec<Shown> {
    let of_note = file.events.iter().filter(|event| event.note == at).filter_map(|event| event.event(&file.notes));
    of_note.map(|event| Shown::short(&format!("{} ({})", event.what.reveal(), when(event).as_str()), 120)).collect()
}

fn theme(name: &str, source: ThemeSource) -> Shown {
    let short = Shown::short(name, 40);
    match source {
        ThemeSource::Tagged => short,
        ThemeSource::Mentioned => Shown::new(&format!("{} (mentioned)", short.as_str())),
    }
}

/// "PHQ-9 11, GAD-7 8".
pub(crate) fn scores(file: &CaseFile, note: &Note) -> String {
    let scores = file.scales.scores_of(note);
    let each =
        scores.iter().map(|score| format!("{} {}", file.scales.name(&score.scale), wording::points(score.value)));
    each.collect::<Vec<_>>().join(", ")
}

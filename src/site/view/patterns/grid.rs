//! What was written down, session by session: a row for each theme and each person, a column for each session.
//!
//! In go a client's file and a day; out come cells, each a link to its session. What was tagged and what was merely
//! mentioned look different. Nothing is tested here: it is what stands in the notes.

use super::names::{Named, Names};
use crate::casebook::{Appointment, CaseFile};
use crate::domain::{NoteId, ThemeSource};
use crate::site::address::theme_address;
use crate::site::shown::Shown;
use crate::site::view::lanes::{LEFT, WIDTH, tenth};
use crate::site::wording;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use std::collections::HashMap;

/// Most sessions drawn, the latest ones: about two years of weekly work.
const SESSIONS: usize = 104;
/// Most themes and most people drawn.
const ROWS: (usize, usize) = (18, 8);
/// Widest column.
const PITCH: f64 = 20.0;
/// Right edge of the columns.
const RIGHT: f64 = WIDTH - 8.0;
/// Height of a row, and of a cell in it.
const ROW: f64 = 19.0;
const CELL: f64 = 12.0;
/// Where the first row begins.
const TOP: f64 = 36.0;
/// Room between themes and people.
const GAP: f64 = 10.0;

/// The grid.
#[derive(Serialize)]
pub(crate) struct Grid {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    bottom: f64,
    description: String,
    names: Vec<RowName>,
    columns: Vec<Column>,
    months: Vec<MonthName>,
    turns: Vec<f64>,
    rows: Vec<Row>,
    left_out: Option<String>,
    folded: Vec<Folded>,
    table: Vec<TableRow>,
    has_mentioned: bool,
    has_people: bool,
}

#[derive(Serialize)]
struct RowName {
    y: f64,
    text: Shown,
    href: Option<String>,
}

/// A session: its line, and its number where there is room.
#[derive(Serialize)]
struct Column {
    x: f64,
    number: Option<u32>,
}

#[derive(Serialize)]
struct MonthName {
    x: f64,
    name: String,
}

#[derive(Serialize)]
struct Row {
    y: f64,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    /// `tagged`, `mentioned` or `person`.
    look: &'static str,
    href: String,
    title: Shown,
}

/// A theme or person that is not drawn.
#[derive(Serialize)]
struct Folded {
    name: Shown,
    href: Option<String>,
    sessions: String,
}

/// The same in words.
#[derive(Serialize)]
struct TableRow {
    name: Shown,
    tagged: Vec<Named>,
    mentioned: Vec<Named>,
}

/// A theme or a person along the sessions drawn: which, and whether tagged.
struct Line {
    name: Shown,
    href: Option<String>,
    at: Vec<(usize, NoteId, bool)>,
    person: bool,
}

/// Lays the grid out. `None` when no session took place, or nothing was tagged in any.
pub(crate) fn grid(file: &CaseFile, names: &Names<'_>, today: NaiveDate) -> Option<Grid> {
    let held: Vec<&Appointment> = file.appointments.iter().filter(|a| a.took_place() && a.day <= today).collect();
    let earlier = held.len().saturating_sub(SESSIONS);
    let shown = held.get(earlier..).filter(|shown| !shown.is_empty())?;
    let columns: HashMap<usize, usize> = shown.iter().enumerate().map(|(at, a)| (a.note, at)).collect();
    let (mut themes, mut people) = (theme_lines(file, &columns), person_lines(file, &columns));
    if themes.is_empty() && people.is_empty() {
        return None;
    }
    let mut folded: Vec<Folded> = themes.split_off(themes.len().min(ROWS.0)).iter().map(fold).collect();
    folded.extend(people.split_off(people.len().min(ROWS.1)).iter().map(fold));
    let frame = Frame { pitch: ((RIGHT - LEFT) / shown.len() as f64).min(PITCH) };
    let people_from = TOP + themes.len() as f64 * ROW + if themes.is_empty() { 0.0 } else { GAP };
    let bottom = people_from + people.len() as f64 * ROW;
    let has_people = !people.is_empty();
    let lines: Vec<(f64, Line)> = themes
        .into_iter()
        .enumerate()
        .map(|(at, line)| (TOP + at as f64 * ROW, line))
        .chain(people.into_iter().enumerate().map(|(at, line)| (people_from + at as f64 * ROW, line)))
        .collect();
    Some(Grid {
        width: WIDTH,
        height: tenth(bottom + 4.0),
        left: LEFT,
        right: tenth(frame.x(shown.len())),
        bottom: tenth(bottom),
        description: format!(
            "{} in columns, oldest first; themes and people in rows",
            wording::count(shown.len(), "session")
        ),
        names: lines.iter().map(|(y, line)| row_name(*y, line)).collect(),
        columns: numbers(shown, &frame),
        months: months(shown, &frame),
        turns: turns(file, shown, &frame),
        rows: lines.iter().map(|(y, line)| row(names, shown, &frame, *y, line)).collect(),
        left_out: (earlier > 0).then(|| format!("{} before these are not drawn.", wording::count(earlier, "session"))),
        folded,
        has_mentioned: lines.iter().any(|(_, line)| line.at.iter().any(|(.., tagged)| !tagged)),
        has_people,
        table: lines.iter().map(|(_, line)| table_row(names, line)).collect(),
    })
}

struct Frame {
    pitch: f64,
}

impl Frame {
    fn x(&self, column: usize) -> f64 {
        LEFT + self.pitch * column as f64
    }
}

/// Themes, those that were tagged most first.
fn theme_lines(file: &CaseFile, columns: &HashMap<usize, usize>) -> Vec<Line> {
    let line = |theme: &crate::casebook::ThemeLine| {
        let at = theme.at.iter().filter_map(|mark| {
            let note = file.notes.get(mark.note)?;
            Some((*columns.get(&mark.note)?, note.id, mark.source == ThemeSource::Tagged))
        });
        Line {
            name: Shown::short(theme.theme.shown(), 40),
            href: Some(theme_address(&theme.theme)),
            at: at.collect(),
            person: false,
        }
    };
    let mut lines: Vec<Line> = file.themes.iter().map(line).filter(|line| !line.at.is_empty()).collect();
    let tagged = |line: &Line| line.at.iter().filter(|(.., tagged)| *tagged).count();
    lines.sort_by_key(|line| std::cmp::Reverse((tagged(line), line.at.len())));
    lines
}

/// People, those written about most first.
fn person_lines(file: &CaseFile, columns: &HashMap<usize, usize>) -> Vec<Line> {
    let line = |person: &crate::casebook::PersonLine| {
        let at = person.notes.iter().filter_map(|note| Some((*columns.get(note)?, file.notes.get(*note)?.id, true)));
        Line {
            name: Shown::short(&format!("@{}", person.person.shown()), 40),
            href: None,
            at: at.collect(),
            person: true,
        }
    };
    let mut lines: Vec<Line> = file.people.iter().map(line).filter(|line| !line.at.is_empty()).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.at.len()));
    lines
}

fn fold(line: &Line) -> Folded {
    Folded { name: line.name.clone(), href: line.href.clone(), sessions: wording::count(line.at.len(), "session") }
}

fn row_name(y: f64, line: &Line) -> RowName {
    RowName { y: tenth(y + CELL - 1.5), text: Shown::short(line.name.as_str(), 17), href: line.href.clone() }
}

fn row(names: &Names<'_>, shown: &[&Appointment], frame: &Frame, y: f64, line: &Line) -> Row {
    let whole = tenth((frame.pitch * 0.8).clamp(2.0, 13.0));
    let cells = line.at.iter().filter_map(|(column, note, tagged)| {
        let look = match (line.person, tagged) {
            (true, _) => "person",
            (false, true) => "tagged",
            (false, false) => "mentioned",
        };
        let how = if line.person { "named" } else { look };
        let leads = names.leads(*note, shown.get(*column)?.day, &format!("{} · {how}", line.name.as_str()));
        let width = if line.person { whole.min(7.0) } else { whole };
        let height = if line.person { width } else { CELL };
        Some(Cell {
            x: tenth(frame.x(*column) + (whole - width) / 2.0),
            y: tenth(y + (CELL - height) / 2.0),
            width,
            height,
            look,
            href: leads.href,
            title: leads.title,
        })
    });
    Row { y: tenth(y + CELL / 2.0), cells: cells.collect() }
}

/// A line every few sessions, with the number.
fn numbers(shown: &[&Appointment], frame: &Frame) -> Vec<Column> {
    let step = [1, 2, 5, 10, 20].into_iter().find(|step| f64::from(*step) * frame.pitch >= 22.0).unwrap_or(50);
    let middle = (frame.pitch * 0.8).clamp(2.0, 13.0) / 2.0;
    let numbered = shown.iter().enumerate().filter(|(_, a)| a.number % step as u32 == 0 || shown.len() < 3);
    numbered.map(|(at, a)| Column { x: tenth(frame.x(at) + middle), number: Some(a.number) }).collect()
}

/// The month of the first session in it, where the name fits.
fn months(shown: &[&Appointment], frame: &Frame) -> Vec<MonthName> {
    let mut found: Vec<MonthName> = Vec::new();
    let (mut before, mut free) = (None, f64::NEG_INFINITY);
    for (at, appointment) in shown.iter().enumerate() {
        let month = (appointment.day.year(), appointment.day.month());
        let x = frame.x(at);
        if before.is_some_and(|before| before == month) || x < free || x > WIDTH - 24.0 {
            continue;
        }
        let with_year = before.is_none_or(|(year, _): (i32, u32)| year != month.0);
        let name = appointment.day.format(if with_year { "%b %Y" } else { "%b" }).to_string();
        free = x + if with_year { 62.0 } else { 34.0 };
        found.push(MonthName { x: tenth(x), name });
        before = Some(month);
    }
    found
}

/// Where a client returned.
fn turns(file: &CaseFile, shown: &[&Appointment], frame: &Frame) -> Vec<f64> {
    let starts = file.episodes.iter().skip(1).map(|episode| episode.first);
    let places = starts.filter_map(|first| shown.iter().position(|a| a.note >= first).filter(|at| *at > 0));
    places.map(|at| tenth(frame.x(at) - frame.pitch * 0.1)).collect()
}

fn table_row(names: &Names<'_>, line: &Line) -> TableRow {
    let notes = |wanted: bool| -> Vec<NoteId> {
        line.at.iter().filter(|(.., tagged)| *tagged == wanted).map(|(_, note, _)| *note).collect()
    };
    TableRow { name: line.name.clone(), tagged: names.list(&notes(true)), mentioned: names.list(&notes(false)) }
}

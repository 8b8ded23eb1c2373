//! Themes as rows of cells: filled where the counselor tagged them, outlined where they were merely mentioned.

use super::{Axis, Stack, tenth, titled};
use crate::casebook::{CaseFile, ThemeAt, ThemeLine};
use crate::domain::ThemeSource;
use crate::site::address::theme_address;
use crate::site::shown::Shown;
use crate::site::wording;
use serde::Serialize;

/// Rows drawn; the other themes stand behind a fold.
const ROWS: usize = 10;
/// Rows drawn where sessions are so close that cells nearly touch.
const ROWS_WHEN_DENSE: usize = 6;
/// Height of a cell.
const HEIGHT: f64 = 12.0;

/// One theme.
#[derive(Serialize)]
pub(crate) struct ThemeRow {
    y: f64,
    cells: Vec<Cell>,
}

/// One theme in one note.
#[derive(Serialize)]
struct Cell {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    /// `tagged`, `mentioned`, or `strength-0` to `strength-5`.
    look: String,
    href: String,
    title: Shown,
}

/// A theme that is not drawn.
#[derive(Serialize)]
pub(crate) struct FoldedTheme {
    name: Shown,
    href: String,
    notes: usize,
    last: String,
}

impl ThemeRow {
    /// Whether the counselor tagged it somewhere in the stretch.
    pub(super) fn has_tagged(&self) -> bool {
        self.cells.iter().any(|cell| cell.look != "mentioned")
    }

    /// Whether it was merely mentioned somewhere in the stretch.
    pub(super) fn has_mentioned(&self) -> bool {
        self.cells.iter().any(|cell| cell.look == "mentioned")
    }
}

/// Lays out the most noted themes of the stretch; the others are listed.
pub(super) fn theme_rows(
    file: &CaseFile,
    axis: &Axis,
    stack: &mut Stack,
    mark: f64,
) -> (Vec<ThemeRow>, Vec<FoldedTheme>) {
    let mut noted: Vec<(&ThemeLine, Vec<&ThemeAt>)> = Vec::new();
    for line in &file.themes {
        let at: Vec<&ThemeAt> = line.at.iter().filter(|mark| holds(file, axis, mark)).collect();
        if !at.is_empty() {
            noted.push((line, at));
        }
    }
    // What the counselor tagged comes before what word lists found.
    let tagged = |at: &[&ThemeAt]| at.iter().filter(|mark| mark.source == ThemeSource::Tagged).count();
    noted.sort_by_key(|(_, at)| std::cmp::Reverse((tagged(at), at.len())));
    let rows = if mark < 3.0 { ROWS_WHEN_DENSE } else { ROWS };
    let drawn: Vec<ThemeRow> =
        noted.iter().take(rows).map(|(line, at)| theme_row(file, line, at, axis, stack, mark)).collect();
    if !drawn.is_empty() {
        stack.y += 8.0;
    }
    let folded = noted.iter().skip(rows).map(|(line, at)| folded(file, line, at)).collect();
    (drawn, folded)
}

fn holds(file: &CaseFile, axis: &Axis, mark: &ThemeAt) -> bool {
    file.notes.get(mark.note).is_some_and(|note| axis.holds(note.date.day))
}

fn theme_row(
    file: &CaseFile,
    line: &ThemeLine,
    at: &[&ThemeAt],
    axis: &Axis,
    stack: &mut Stack,
    mark: f64,
) -> ThemeRow {
    let top = stack.lane(line.theme.shown(), Some(theme_address(&line.theme)), HEIGHT, 8.0);
    let cells = at.iter().filter_map(|mark_at| {
        let (name, href) = titled(file, mark_at.note)?;
        let day = file.notes.get(mark_at.note)?.date.day;
        let tagged = mark_at.source == ThemeSource::Tagged;
        let (look, how) = match (tagged, mark_at.intensity) {
            (false, _) => ("mentioned".to_owned(), "mentioned".to_owned()),
            (true, None) => ("tagged".to_owned(), "tagged".to_owned()),
            (true, Some(strength)) => (format!("strength-{}", strength.min(5)), format!("strength {strength} of 5")),
        };
        let share =
            mark_at.intensity.filter(|_| tagged).map_or(1.0, |strength| 0.4 + 0.12 * f64::from(strength.min(5)));
        let height = tenth(HEIGHT * share);
        Some(Cell {
            x: tenth(axis.x(day) - mark / 2.0),
            y: tenth(top + (HEIGHT - height) / 2.0),
            width: mark,
            height,
            look,
            href,
            title: Shown::new(&format!("{} · {how} · {name}", line.theme.shown())),
        })
    });
    ThemeRow { y: top, cells: cells.collect() }
}

fn folded(file: &CaseFile, line: &ThemeLine, at: &[&ThemeAt]) -> FoldedTheme {
    let last = at.last().and_then(|mark| file.notes.get(mark.note)).map(|note| wording::short_day(note.date.day));
    FoldedTheme {
        name: Shown::short(line.theme.shown(), 60),
        href: theme_address(&line.theme),
        notes: at.len(),
        last: last.unwrap_or_default(),
    }
}

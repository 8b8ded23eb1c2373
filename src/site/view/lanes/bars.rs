//! What was tried, as bars from first to last mention.
//!
//! Also the way labels find a row in which they touch nothing, which life events use too.

use super::{Axis, RIGHT, Stack, WIDTH, tenth};
use crate::casebook::CaseFile;
use crate::site::address::note_address;
use crate::site::shown::Shown;
use crate::site::wording;
use serde::Serialize;

/// Most rows of bars.
const ROWS: usize = 6;
/// Height of a row with its gap.
const ROW: f64 = 17.0;

/// One intervention.
#[derive(Serialize)]
pub(crate) struct Bar {
    x: f64,
    y: f64,
    width: f64,
    text_x: f64,
    text_y: f64,
    anchor: &'static str,
    name: Option<Shown>,
    href: String,
    title: Shown,
}

/// How wide a text of the drawing is, about: letters of 11 units.
pub(super) fn text_width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 5.9 } else { 8.0 }).sum()
}

/// Rows that are filled from left to right.
pub(super) struct Rows {
    ends: Vec<f64>,
    most: usize,
}

impl Rows {
    /// So many rows at most.
    pub(super) fn new(most: usize) -> Self {
        Self { ends: Vec::new(), most }
    }

    /// The first row with room from `from` on; it is taken until `until`.
    pub(super) fn place(&mut self, from: f64, until: f64) -> Option<usize> {
        if let Some(row) = self.ends.iter().position(|end| *end + 8.0 <= from) {
            self.ends[row] = until;
            return Some(row);
        }
        if self.ends.len() == self.most {
            return None;
        }
        self.ends.push(until);
        Some(self.ends.len() - 1)
    }

    /// How many rows are in use.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }
}

/// Lays the bars out. What finds no row stands in the table of notes only.
pub(super) fn bars(file: &CaseFile, axis: &Axis, stack: &mut Stack) -> Vec<Bar> {
    let mut rows = Rows::new(ROWS);
    let top = stack.y;
    let mut found = Vec::new();
    for span in file.interventions.iter().filter(|span| span.until >= axis.from && span.from <= axis.until) {
        let (from, until) = (span.from.max(axis.from), span.until.min(axis.until));
        let x = axis.x(from) - 3.0;
        let width = (axis.x(until) - axis.x(from) + 6.0).max(6.0);
        let name = Shown::short(span.name(&file.notes), 30);
        let text = text_width(name.as_str());
        let place = label(x, width, text);
        let Some(row) = rows.place(x.min(place.left), (x + width).max(place.right)) else { continue };
        let y = top + row as f64 * ROW;
        let sessions = wording::count(span.notes.len(), "session");
        let title = format!(
            "{} · {sessions} · {} to {}",
            name.as_str(),
            wording::short_day(span.from),
            wording::short_day(span.until)
        );
        let first = span.notes.first().and_then(|at| file.notes.get(*at));
        found.push(Bar {
            x: tenth(x),
            y: tenth(y),
            width: tenth(width),
            text_x: tenth(place.x),
            text_y: tenth(y + 9.6),
            anchor: place.anchor,
            name: Some(name),
            href: first.map(|note| note_address(note.id)).unwrap_or_default(),
            title: Shown::new(&title),
        });
    }
    if rows.len() > 0 {
        stack.lane("Tried", None, 12.0, 0.0);
        stack.y = top + rows.len() as f64 * ROW + 4.0;
    }
    found
}

/// Where a label stands.
struct Label {
    x: f64,
    left: f64,
    right: f64,
    anchor: &'static str,
}

/// In the bar when it fits, else to its right, else to its left.
fn label(x: f64, width: f64, text: f64) -> Label {
    if text + 12.0 <= width {
        Label { x: x + 6.0, left: x, right: x + width, anchor: "start" }
    } else if x + width + 6.0 + text <= WIDTH - RIGHT + 70.0 {
        Label { x: x + width + 5.0, left: x, right: x + width + 6.0 + text, anchor: "start" }
    } else {
        Label { x: x - 5.0, left: x - 6.0 - text, right: x + width, anchor: "end" }
    }
}

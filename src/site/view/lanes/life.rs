//! Life events as diamonds, with labels in rows that do not touch.
//!
//! Events that cannot be placed, or lie before the stretch, are listed in words below the drawing; later ones stand in the
//! table of their own stretch only.

use super::bars::{Rows, text_width};
use super::{Axis, RIGHT, Stack, WIDTH, tenth};
use crate::casebook::CaseFile;
use crate::domain::{Event, RoughDate};
use crate::site::address::note_address;
use crate::site::shown::Shown;
use crate::site::wording;
use serde::Serialize;

/// Most rows of labels; further events are diamonds without one.
const ROWS: usize = 4;
/// Height of a row.
const ROW: f64 = 16.0;

/// An event on the axis.
#[derive(Serialize)]
pub(crate) struct Diamond {
    x: f64,
    y: f64,
    rough: bool,
    text_x: f64,
    text_y: f64,
    anchor: &'static str,
    name: Option<Shown>,
    href: String,
    title: Shown,
}

/// An event that is not on the axis.
#[derive(Serialize)]
pub(crate) struct Elsewhere {
    when: Shown,
    what: Shown,
    href: String,
}

/// When an event was: a day as days are written here, a rough date as it was written.
pub(crate) fn when(event: &Event) -> Shown {
    match event.date {
        RoughDate::Day(day) => Shown::new(&wording::day(day)),
        _ => Shown::short(event.written.reveal(), 40),
    }
}

/// Lays the events out.
pub(super) fn life(file: &CaseFile, axis: &Axis, stack: &mut Stack) -> (Vec<Diamond>, Vec<Elsewhere>) {
    let mut rows = Rows::new(ROWS);
    let (mut drawn, mut listed) = (Vec::new(), Vec::new());
    let top = stack.y;
    for life_event in &file.events {
        let (Some(event), Some(note)) = (life_event.event(&file.notes), file.notes.get(life_event.note)) else {
            continue;
        };
        let href = note_address(note.id);
        let (when, what) = (when(event), event.what.reveal());
        let Some(day) = life_event.around.filter(|day| axis.holds(*day)) else {
            if life_event.around.is_none_or(|day| day < axis.from) {
                listed.push(Elsewhere { when, what: Shown::short(what, 120), href });
            }
            continue;
        };
        let name = Shown::short(what, 30);
        let (x, text) = (axis.x(day), text_width(name.as_str()));
        let to_left = x + 9.0 + text > WIDTH - RIGHT + 90.0;
        let (from, until) = if to_left { (x - 9.0 - text, x + 5.0) } else { (x - 5.0, x + 9.0 + text) };
        let row = rows.place(from, until);
        let y = top + row.unwrap_or(0) as f64 * ROW;
        drawn.push(Diamond {
            x,
            y: tenth(y + 6.0),
            rough: !matches!(event.date, RoughDate::Day(_)),
            text_x: tenth(if to_left { x - 9.0 } else { x + 9.0 }),
            text_y: tenth(y + 10.0),
            anchor: if to_left { "end" } else { "start" },
            name: row.map(|_| name),
            href,
            title: Shown::short(&format!("{what} · {}", when.as_str()), 160),
        });
    }
    if !drawn.is_empty() {
        stack.lane("Life", None, 12.0, 0.0);
        stack.y = top + rows.len().max(1) as f64 * ROW + 5.0;
    }
    (drawn, listed)
}

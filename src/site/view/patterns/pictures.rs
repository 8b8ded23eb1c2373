//! The small pictures beside findings: coordinates for what `insight` laid out.
//!
//! In goes a picture in numbers; out comes a drawing. Every mark leads to its session. Nothing is averaged and no place is
//! looked for here; only where there are too many marks to draw each, so many in a row are counted into one.

use super::names::Names;
use super::score_pictures::{beside, plot};
use crate::insight::{Finding, Mark, Picture, Seasons, Shares, Strip};
use crate::site::shown::Shown;
use crate::site::view::drawing::{Drawing, EDGE, SMALL as WIDTH};
use crate::site::wording;
use chrono::Datelike;

/// Most marks drawn by themselves; of more, heaps are drawn.
const MOST: usize = 240;
/// Most heaps.
const HEAPS: usize = 100;
/// About the width of a letter, and the most of them beside a bar.
const LETTER: f64 = 6.0;
const LONGEST: usize = 28;
/// Height of a row of years.
const YEAR: f64 = 15.0;

/// Draws the picture of a finding.
pub(super) fn drawing(names: &Names<'_>, finding: &Finding, picture: &Picture) -> Drawing {
    match picture {
        Picture::Strip(strip) => strip_of(names, strip),
        Picture::Scores(scores) => plot(names, finding, scores),
        Picture::Beside(scores) => beside(names, scores),
        Picture::Shares(shares) => shares_of(shares),
        Picture::Seasons(seasons) => seasons_of(names, seasons),
    }
}

/// "9 of 12".
fn portion(of: usize, all: usize) -> String {
    format!("{of} of {all}")
}

/// Cells in order; the stretch that the sentence speaks of lies on a ground of its own, with its count above it.
fn strip_of(names: &Names<'_>, strip: &Strip) -> Drawing {
    let count = strip.marks.len().max(1);
    let pitch = ((WIDTH - 2.0 * EDGE) / count as f64).min(14.0);
    let x = |at: usize| EDGE + pitch * at as f64;
    let (top, bottom) = (20.0, 44.0);
    let unit = if strip.appointments { "appointment" } else { "session" };
    let mut drawing = Drawing::new(WIDTH, 60.0, &format!("{}, oldest first", wording::count(count, unit)));
    let (from, until) = (strip.stretch.start, strip.stretch.end);
    drawing.area((x(from) - 1.0, top - 3.0), (x(until) + 1.0 - pitch * 0.18, bottom + 3.0), "ground");
    drawing.line(&[(x(0), bottom), (x(count) - pitch * 0.18, bottom)], "rail");
    let width = (pitch * 0.82).min(9.0).max(pitch * 0.6);
    if count > MOST {
        heaps(&mut drawing, names, strip, (top + 3.0, bottom));
    }
    for (at, mark) in strip.marks.iter().enumerate().filter(|_| count <= MOST) {
        let leads = names.leads(mark.note, mark.moment.day, said(strip, mark));
        match (mark.here, strip.appointments) {
            (true, true) => {
                drawing.cross((x(at) + width / 2.0, (top + bottom) / 2.0), (width / 2.0).min(4.0), "missed", leads);
            }
            (true, false) => drawing.cell((x(at), top + 3.0), (width, bottom - top - 3.0), "tagged", leads),
            (false, _) => drawing.cell((x(at), bottom - 4.0), (width, 4.0), "without", leads),
        }
    }
    counts(&mut drawing, strip, &x);
    let moments = [0, from, until.saturating_sub(1), count - 1].map(|at| strip.marks.get(at).map(|mark| mark.moment));
    let mut last = f64::NEG_INFINITY;
    for (at, moment) in
        [(0, moments[0]), (from, moments[1]), (until.saturating_sub(1), moments[2]), (count - 1, moments[3])]
    {
        let Some(moment) = moment.filter(|_| x(at) - last > 30.0) else { continue };
        drawing.label((x(at) + width / 2.0, 57.0), "middle", &moment.number.to_string(), "tick");
        last = x(at);
    }
    drawing
}

/// Of more sessions than can be told apart: one cell for so many in a row, as high as the share that has it.
fn heaps(drawing: &mut Drawing, names: &Names<'_>, strip: &Strip, (top, bottom): (f64, f64)) {
    let size = strip.marks.len().div_ceil(HEAPS);
    let pitch = (WIDTH - 2.0 * EDGE) / strip.marks.len().div_ceil(size) as f64;
    for (at, heap) in strip.marks.chunks(size).enumerate() {
        let of = heap.iter().filter(|mark| mark.here).count();
        let Some(mark) = heap.iter().find(|mark| mark.here) else { continue };
        let height = (bottom - top) * of as f64 / heap.len() as f64;
        let leads = names.leads(mark.note, mark.moment.day, &format!("{} from here", portion(of, heap.len())));
        let look = if strip.appointments { "pale-bar" } else { "tagged" };
        drawing.cell((EDGE + pitch * at as f64, bottom - height), (pitch * 0.85, height), look, leads);
    }
}

/// How many inside the stretch, and how many before and after it together.
fn counts(drawing: &mut Drawing, strip: &Strip, x: &dyn Fn(usize) -> f64) {
    let (from, until, all) = (strip.stretch.start, strip.stretch.end, strip.marks.len());
    let (inside, outside) = strip.shares();
    let middle = (x(from) + x(until)) / 2.0;
    // Words keep off the edges and off each other.
    let inside_at = middle.clamp(24.0, WIDTH - 24.0);
    drawing.label((inside_at, 11.0), "middle", &portion(inside.of, inside.all), "figure");
    if outside.all == 0 {
        return;
    }
    let rest = if from >= all - until { (x(0) + x(from)) / 2.0 } else { (x(until) + x(all)) / 2.0 };
    let rest = rest.clamp(24.0, WIDTH - 24.0);
    if (rest - inside_at).abs() > 52.0 {
        let words = if from > 0 && until < all { "others: " } else { "" };
        drawing.label((rest, 11.0), "middle", &format!("{words}{}", portion(outside.of, outside.all)), "soft-figure");
    }
}

fn said(strip: &Strip, mark: &Mark) -> &'static str {
    match (strip.appointments, mark.here) {
        (true, true) => "missed",
        (true, false) => "kept",
        (false, true) => "noted",
        (false, false) => "not noted",
    }
}

/// Two bars, one under the other, each as long as its share.
fn shares_of(shares: &Shares) -> Drawing {
    let theme = shares.theme.reveal();
    let (words, shows) = match &shares.other {
        None => (
            [format!("after {theme}"), "otherwise".to_owned()],
            format!("Appointments missed after sessions with {theme}, and otherwise"),
        ),
        Some(other) => (
            [format!("with {theme}"), format!("without {theme}")],
            format!("{} in sessions with {theme}, and without", other.reveal()),
        ),
    };
    let words = words.map(|words| Shown::short(&words, LONGEST));
    let mut drawing = Drawing::new(WIDTH, 48.0, &shows);
    let widest = words.iter().map(|words| LETTER * words.as_str().chars().count() as f64).fold(82.0, f64::max);
    let (left, right) = (widest + 14.0, WIDTH - 70.0);
    for (at, (words, share)) in words.iter().zip([shares.with, shares.without]).enumerate() {
        let top = 6.0 + at as f64 * 22.0;
        let rate = if share.all == 0 { 0.0 } else { share.of as f64 / share.all as f64 };
        drawing.area((left, top), (right, top + 14.0), "ground");
        drawing.area((left, top), (left + (right - left) * rate, top + 14.0), if at == 0 { "bar" } else { "pale-bar" });
        drawing.label((left - 8.0, top + 11.0), "end", words.as_str(), "tick");
        drawing.label((right + 8.0, top + 11.0), "start", &portion(share.of, share.all), "figure");
    }
    drawing
}

/// One row a year, the months from left to right, the season on a ground of its own.
fn seasons_of(names: &Names<'_>, seasons: &Seasons) -> Drawing {
    let years: Vec<i32> = seasons.marks.iter().map(|mark| mark.moment.day.year()).collect();
    let (first, last) = (years.iter().min().copied().unwrap_or(0), years.iter().max().copied().unwrap_or(0));
    let rows = (last - first + 1).max(1) as f64;
    let (left, right, top) = (40.0, WIDTH - EDGE, 6.0);
    let bottom = top + rows * YEAR;
    let x = |ordinal: f64| left + (right - left) * ordinal.clamp(0.0, 366.0) / 366.0;
    let mut drawing = Drawing::new(WIDTH, bottom + 16.0, "Sessions by day of the year, one row a year");
    let (from, until) =
        (f64::from(seasons.middle) - f64::from(seasons.near), f64::from(seasons.middle) + f64::from(seasons.near));
    // A season around the turn of the year lies at both ends.
    for shift in [-366.0, 0.0, 366.0] {
        drawing.area((x(from + shift), top - 2.0), (x(until + shift), bottom + 2.0), "ground");
    }
    for (at, name) in ["J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"].iter().enumerate() {
        drawing.label((x(at as f64 * 30.5 + 15.0), bottom + 13.0), "middle", name, "tick");
    }
    for year in first..=last {
        let y = top + f64::from(year - first) * YEAR + YEAR / 2.0;
        drawing.line(&[(left, y), (right, y)], "rail");
        drawing.label((left - 8.0, y + 4.0), "end", &year.to_string(), "tick");
    }
    let few = seasons.marks.len() <= MOST;
    for mark in seasons.marks.iter().filter(|mark| few || mark.here) {
        let day = mark.moment.day;
        let at = (x(f64::from(day.ordinal0())), top + f64::from(day.year() - first) * YEAR + YEAR / 2.0);
        let leads = names.leads(mark.note, day, if mark.here { "noted" } else { "not noted" });
        if mark.here {
            drawing.dot(at, 3.6, "tagged", leads);
        } else {
            drawing.dot(at, 1.3, "without", leads);
        }
    }
    drawing
}

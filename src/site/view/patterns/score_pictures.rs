//! Pictures of scores: the scale from its lowest to its highest total, the scores on their days, and what is said of them.

use super::names::Names;
use crate::domain::ChangeKind;
use crate::insight::{Beside, Finding, FindingKind, ScoreMark, ScorePlot};
use crate::site::view::drawing::{Drawing, EDGE, SMALL as WIDTH};
use crate::site::wording;
use chrono::NaiveDate;

/// Most scores drawn by themselves.
const MOST: usize = 240;
/// Where the plot begins and ends.
const LEFT: f64 = 26.0;
const RIGHT: f64 = WIDTH - 34.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 84.0;

/// The way from days and points to the plot.
struct Frame {
    from: NaiveDate,
    days: f64,
    low: f64,
    high: f64,
}

impl Frame {
    fn of(plot: &ScorePlot) -> Option<Self> {
        let (first, last) = (plot.points.first()?.moment.day, plot.points.last()?.moment.day);
        let days = (last - first).num_days().max(1) as f64;
        Some(Self { from: first, days, low: plot.scale.min, high: plot.scale.max })
    }

    fn x(&self, day: NaiveDate) -> f64 {
        LEFT + (RIGHT - LEFT) * (day - self.from).num_days() as f64 / self.days
    }

    fn y(&self, value: f64) -> f64 {
        let share = if self.high > self.low { (value - self.low) / (self.high - self.low) } else { 0.5 };
        TOP + (BOTTOM - TOP) * (1.0 - share.clamp(0.0, 1.0))
    }

    fn place(&self, mark: &ScoreMark) -> (f64, f64) {
        (self.x(mark.moment.day), self.y(mark.value))
    }
}

/// A number with at most one digit after the point, as sentences have it.
fn figure(value: f64) -> String {
    wording::points((value * 10.0).round() / 10.0)
}

/// Scores with levels, a slope, or the ones that the sentence names.
pub(super) fn plot(names: &Names<'_>, finding: &Finding, plot: &ScorePlot) -> Drawing {
    let words = format!("{} of {}, oldest first", wording::count(plot.points.len(), "score"), plot.scale.name);
    let mut drawing = Drawing::new(WIDTH, 102.0, &words);
    let Some(frame) = Frame::of(plot) else { return drawing };
    drawing.area((LEFT, TOP), (RIGHT, BOTTOM), "ground");
    error_band(&mut drawing, &frame, finding, plot);
    place_band(&mut drawing, &frame, plot);
    if let Some(cutoff) = &plot.scale.clinical_cutoff {
        drawing.line(&[(LEFT, frame.y(cutoff.value)), (RIGHT, frame.y(cutoff.value))], "cutoff");
    }
    let points: Vec<(f64, f64)> = plot.points.iter().map(|point| frame.place(point)).collect();
    drawing.line(&points, "course");
    for line in &plot.lines {
        let (Some(from), Some(until)) = (plot.points.get(line.from), plot.points.get(line.until)) else { continue };
        let [from, until] = [(from, line.start), (until, line.end)].map(|(p, y)| (frame.x(p.moment.day), frame.y(y)));
        drawing.line(&[from, until], "level");
    }
    // Of more scores than can be told apart the line says enough.
    let few = plot.points.len() <= MOST;
    for (at, point) in plot.points.iter().enumerate().filter(|(at, _)| few || plot.named.contains(at)) {
        let leads = names.leads(point.note, point.moment.day, &format!("{} {}", plot.scale.name, figure(point.value)));
        let (radius, look) = if plot.named.contains(&at) { (4.2, "named") } else { (2.1, "score") };
        drawing.dot(frame.place(point), radius, look, leads);
    }
    figures(&mut drawing, &frame, plot);
    edges(&mut drawing, &frame, plot);
    drawing
}

/// What measurement error alone may make of the first score, where the sentence speaks of it.
fn error_band(drawing: &mut Drawing, frame: &Frame, finding: &Finding, plot: &ScorePlot) {
    let change = plot.scale.reliable_change.as_ref().filter(|change| change.kind != ChangeKind::ImportantChange);
    let first = plot.points.first().filter(|_| finding.kind == FindingKind::ReliableChange);
    if let (Some(change), Some(first)) = (change, first) {
        let (top, bottom) = (frame.y(first.value + change.points), frame.y(first.value - change.points));
        drawing.area((LEFT, top), (RIGHT, bottom), "error");
    }
}

/// Where the change may lie.
fn place_band(drawing: &mut Drawing, frame: &Frame, plot: &ScorePlot) {
    let day = |at: usize| plot.points.get(at).map(|point| point.moment.day);
    if let Some((Some(from), Some(until))) = plot.place.map(|(from, until)| (day(from), day(until))) {
        drawing.area((frame.x(from) - 2.0, TOP), (frame.x(until) + 2.0, BOTTOM), "place");
    }
    if let Some(point) = plot.begins.and_then(|at| plot.points.get(at)) {
        let x = frame.x(point.moment.day);
        drawing.line(&[(x, TOP), (x, BOTTOM)], "begins");
        let number = point.moment.number;
        drawing.label((x.clamp(48.0, WIDTH - 48.0), 98.0), "middle", &format!("session {number}"), "figure");
    }
}

/// The levels' heights, and the named scores.
fn figures(drawing: &mut Drawing, frame: &Frame, plot: &ScorePlot) {
    if let [before, after] = plot.lines.as_slice() {
        drawing.label((LEFT + 4.0, frame.y(before.start) - 5.0), "start", &figure(before.start), "figure");
        drawing.label((RIGHT + 5.0, frame.y(after.end) + 4.0), "start", &figure(after.end), "figure");
    } else if let [level] = plot.lines.as_slice() {
        drawing.label((RIGHT + 5.0, frame.y(level.end) + 4.0), "start", &figure(level.end), "figure");
    }
    for point in plot.named.iter().filter_map(|at| plot.points.get(*at)) {
        let (x, y) = frame.place(point);
        let above = if y < TOP + 16.0 { y + 16.0 } else { y - 7.0 };
        let anchor = if x < LEFT + 12.0 {
            "start"
        } else if x > RIGHT - 12.0 {
            "end"
        } else {
            "middle"
        };
        drawing.label((x, above), anchor, &figure(point.value), "figure");
    }
}

/// The ends of the scale and of the time.
fn edges(drawing: &mut Drawing, frame: &Frame, plot: &ScorePlot) {
    drawing.label((LEFT - 5.0, TOP + 8.0), "end", &figure(frame.high), "tick");
    drawing.label((LEFT - 5.0, BOTTOM), "end", &figure(frame.low), "tick");
    let middle = plot.begins.and_then(|at| plot.points.get(at)).map(|point| frame.x(point.moment.day));
    let free = |x: f64| middle.is_none_or(|middle| (middle - x).abs() > 95.0);
    let month = |day: NaiveDate| day.format("%b %Y").to_string();
    if let (Some(first), Some(last)) = (plot.points.first(), plot.points.last()) {
        if free(LEFT) {
            drawing.label((LEFT, 98.0), "start", &month(first.moment.day), "tick");
        }
        if free(RIGHT) {
            drawing.label((RIGHT, 98.0), "end", &month(last.moment.day), "tick");
        }
    }
}

/// Distances from the neighbours' mean in two rows, each with its own mean.
pub(super) fn beside(names: &Names<'_>, finding: &Finding, found: &Beside) -> Drawing {
    let mut drawing =
        Drawing::new(WIDTH, 66.0, "Scores with the theme and without it, as distances from their neighbours");
    let widest = found.with.iter().chain(&found.without).map(|mark| mark.value.abs()).fold(1.0, f64::max);
    let (left, right) = (96.0, WIDTH - EDGE - 6.0);
    let x = |value: f64| (left + right) / 2.0 + (right - left) / 2.0 * value / widest;
    drawing.line(&[(x(0.0), 4.0), (x(0.0), 46.0)], "rail");
    let scale = finding.object.as_ref().map_or("", |object| object.reveal());
    let rows = [(&found.with, found.means.0, "with", "tagged"), (&found.without, found.means.1, "without", "score")];
    for (at, (marks, mean, words, look)) in rows.into_iter().enumerate() {
        let y = 14.0 + at as f64 * 22.0;
        drawing.label((left - 14.0, y + 4.0), "end", &format!("{words} ({})", marks.len()), "tick");
        drawing.line(&[(x(mean), y - 8.0), (x(mean), y + 8.0)], "level");
        for mark in marks.iter().take(MOST) {
            let shows = format!("{} {scale} from the neighbours’ mean", signed(mark.value));
            drawing.dot((x(mark.value), y), 3.0, look, names.leads(mark.note, mark.moment.day, &shows));
        }
    }
    drawing.label((left, 62.0), "start", &signed(-widest), "tick");
    drawing.label((x(0.0), 62.0), "middle", "neighbours’ mean", "tick");
    drawing.label((right, 62.0), "end", &signed(widest), "tick");
    drawing
}

fn signed(value: f64) -> String {
    let written = figure(value.abs());
    if value < 0.0 { format!("−{written}") } else { format!("+{written}") }
}

//! Pictures of scores: the scale from its lowest to its highest total, the scores on their days, and what is said of them.

use super::names::Names;
use crate::domain::ChangeKind;
use crate::insight::{Beside, Finding, FindingKind, Moment, ScoreMark, ScorePlot};
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

    /// The ends of a straight line, cut where it leaves the scale; nothing of a line that lies beyond it.
    fn within(&self, (from, start): (NaiveDate, f64), (until, end): (NaiveDate, f64)) -> Option<[(f64, f64); 2]> {
        let (mut first, mut last) = (0.0_f64, 1.0_f64);
        if start == end {
            (self.low..=self.high).contains(&start).then_some(())?;
        } else {
            let meets = |edge: f64| (edge - start) / (end - start);
            let (low, high) = (meets(self.low), meets(self.high));
            (first, last) = (first.max(low.min(high)), last.min(low.max(high)));
        }
        let (left, width) = (self.x(from), self.x(until) - self.x(from));
        let at = |share: f64| (left + width * share, self.y(start + (end - start) * share));
        (first <= last).then(|| [at(first), at(last)])
    }

    /// Where a figure stands: nowhere when it is beyond the scale.
    fn height(&self, value: f64) -> Option<f64> {
        (self.low..=self.high).contains(&value).then(|| self.y(value))
    }

    fn place(&self, mark: &ScoreMark) -> (f64, f64) {
        (self.x(mark.moment.day), self.y(mark.value))
    }
}

/// A number with at most one digit after the point, as sentences have it, with a real minus.
fn figure(value: f64) -> String {
    // Nought is added so that no nought has a sign.
    wording::points((value * 10.0).round() / 10.0 + 0.0).replace('-', "−")
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
        let [from, until] = [(from.moment.day, line.start), (until.moment.day, line.end)];
        drawing.line(&frame.within(from, until).unwrap_or_default(), "level");
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
    if let Some(begins) = begins(plot) {
        let x = frame.x(begins.day);
        drawing.line(&[(x, TOP), (x, BOTTOM)], "begins");
        let words = format!("session {}", begins.number);
        drawing.label((x.clamp(48.0, WIDTH - 48.0), 98.0), "middle", &words, "figure");
    }
}

/// The session that the sentence names: the one in which something began, or the first score of the later level.
fn begins(plot: &ScorePlot) -> Option<Moment> {
    plot.began.or_else(|| Some(plot.points.get(plot.begins?)?.moment))
}

/// The levels' heights, and the named scores.
fn figures(drawing: &mut Drawing, frame: &Frame, plot: &ScorePlot) {
    let before = plot.lines.first().filter(|_| plot.lines.len() == 2);
    if let Some((height, before)) = before.and_then(|line| Some((frame.height(line.start)?, line.start))) {
        drawing.label((LEFT + 4.0, height - 5.0), "start", &figure(before), "figure");
    }
    if let Some((height, last)) = plot.lines.last().and_then(|line| Some((frame.height(line.end)?, line.end))) {
        drawing.label((RIGHT + 5.0, height + 4.0), "start", &figure(last), "figure");
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
    let middle = begins(plot).map(|begins| frame.x(begins.day));
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
pub(super) fn beside(names: &Names<'_>, found: &Beside) -> Drawing {
    let mut drawing =
        Drawing::new(WIDTH, 66.0, "Scores with the theme and without it, as distances from their neighbours");
    let widest = found.with.iter().chain(&found.without).map(|mark| mark.value.abs()).fold(1.0, f64::max);
    let (left, right) = (96.0, WIDTH - EDGE - 6.0);
    let x = |value: f64| (left + right) / 2.0 + (right - left) / 2.0 * value / widest;
    drawing.line(&[(x(0.0), 4.0), (x(0.0), 46.0)], "rail");
    let scale = &found.scale.name;
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

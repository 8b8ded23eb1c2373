//! What it is too early to say: the scores there are, drawn as they are, and one line on what is missing.

use super::names::Names;
use crate::casebook::{CaseFile, MeasureSeries};
use crate::insight::Seen;
use crate::site::shown::Shown;
use crate::site::view::drawing::{Drawing, EDGE, SMALL};
use crate::site::wording;
use chrono::NaiveDate;
use serde::Serialize;

/// With fewer scores than this no change of level and no trend is looked for.
const ENOUGH: usize = 8;

/// The section.
#[derive(Serialize)]
pub(crate) struct Early {
    lines: Vec<RawLine>,
    words: Shown,
}

/// A scale with few scores.
#[derive(Serialize)]
struct RawLine {
    name: Shown,
    drawing: Drawing,
}

/// Gathers what is missing. `None` when nothing is.
pub(super) fn early(file: &CaseFile, names: &Names<'_>, seen: &Seen, today: NaiveDate) -> Option<Early> {
    let statements = seen.found.patterns.too_little.iter().map(|little| little.statement.reveal());
    let words = in_one_line(statements);
    let first = file.episodes.iter().rfind(|episode| episode.from <= today).map_or(0, |episode| episode.first);
    let few = file.measures.iter().filter_map(|series| raw(names, series, first, today));
    let lines: Vec<RawLine> = few.collect();
    (!words.is_empty() || !lines.is_empty()).then(|| Early { lines, words: Shown::new(&words) })
}

/// "GAD-7: 5 scores (8 are needed for a trend, 12 are needed for a plateau); …": what begins alike is said once.
fn in_one_line<'a>(statements: impl Iterator<Item = &'a str>) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for statement in statements {
        let (head, tail) = statement.split_once("; ").unwrap_or((statement, ""));
        match groups.iter_mut().find(|(known, _)| *known == head) {
            Some((_, tails)) => tails.push(tail),
            None => groups.push((head, vec![tail])),
        }
    }
    let said = groups.into_iter().map(|(head, mut tails)| {
        tails.retain(|tail| !tail.is_empty());
        if tails.is_empty() { head.to_owned() } else { format!("{head} ({})", tails.join(", ")) }
    });
    said.collect::<Vec<_>>().join("; ")
}

/// The scores of the present work, when they are few: points in order on the scale's own range.
fn raw(names: &Names<'_>, series: &MeasureSeries, first: usize, today: NaiveDate) -> Option<RawLine> {
    let readings: Vec<_> = series.readings.iter().filter(|r| r.note >= first && r.day <= today).collect();
    let tested = series.scale.as_ref().is_none_or(|scale| scale.never_tested.is_none());
    if readings.is_empty() || readings.len() >= ENOUGH || !tested {
        return None;
    }
    let (from, until) = (readings.first()?.day, readings.last()?.day);
    let days = (until - from).num_days().max(1) as f64;
    let (low, high) = series.range();
    let (left, right, top, bottom) = (26.0, SMALL - 34.0, 14.0, 54.0);
    let height = |value: f64| if high > low { (value - low) / (high - low) } else { 0.5 };
    let place = |day: NaiveDate, value: f64| {
        (left + (right - left) * (day - from).num_days() as f64 / days, bottom - (bottom - top) * height(value))
    };
    let words = format!("{}, as they were written", wording::count(readings.len(), "score"));
    let mut drawing = Drawing::new(SMALL, 74.0, &words);
    drawing.area((left - EDGE, top), (right + EDGE, bottom), "ground");
    drawing.line(&readings.iter().map(|r| place(r.day, r.value)).collect::<Vec<_>>(), "course");
    for reading in &readings {
        let (x, y) = place(reading.day, reading.value);
        let note = names.note(reading.note)?;
        let value = wording::points(reading.value);
        drawing.dot((x, y), 3.0, "score", names.leads(note, reading.day, &value));
        drawing.label((x, y - 6.0), "middle", &value, "figure");
    }
    let month = |day: NaiveDate| wording::short_day(day);
    drawing.label((left - EDGE, 70.0), "start", &month(from), "tick");
    if readings.len() > 1 {
        drawing.label((right + EDGE, 70.0), "end", &month(until), "tick");
    }
    Some(RawLine { name: Shown::short(series.name(), 40), drawing })
}

#[cfg(test)]
mod tests {
    use super::in_one_line;

    #[test]
    fn what_is_missing_of_one_scale_is_said_together() {
        let said = ["A: 5 scores; 8 for x", "B: 3 sessions, 10 are needed", "A: 5 scores; 12 for y"];
        assert_eq!(in_one_line(said.into_iter()), "A: 5 scores (8 for x, 12 for y); B: 3 sessions, 10 are needed");
        assert_eq!(in_one_line(std::iter::empty()), "");
    }
}

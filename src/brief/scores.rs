//! Scores beside the ones before, with what a reliable change of the scale would be.
//!
//! One comparison is a comparison and no finding: it says so. Scales that are never tested are only compared.

use super::{Item, Sight};
use crate::casebook::{MeasureSeries, Reading};
use crate::domain::{ChangeKind, ReliableChange, wording};

/// Latest scores of the present episode, latest first.
pub(super) fn scores(sight: &Sight<'_>) -> Vec<Item> {
    let first = sight.first();
    let mut found: Vec<(&MeasureSeries, Vec<&Reading>)> = Vec::new();
    for series in sight.file.measures.iter().filter(|series| !is_risk_item(series)) {
        // A trend or comparison never runs across the gap between two episodes.
        let present = series.readings.iter().filter(|reading| reading.note >= first && reading.day <= sight.today);
        found.push((series, present.collect()));
    }
    found.retain(|(_, readings)| !readings.is_empty());
    found.sort_by_key(|(_, readings)| std::cmp::Reverse(readings.last().map(|reading| reading.day)));
    if found.is_empty() {
        return vec![Item::unwritten("No scores are written in this work.")];
    }
    found.iter().filter_map(|(series, readings)| score(sight, series, readings)).collect()
}

/// Whether a series is a single item that asks about risk: shown under safety, as recorded.
pub(super) fn is_risk_item(series: &MeasureSeries) -> bool {
    series.scale.as_ref().and_then(|scale| scale.never_tested.as_deref()).is_some_and(|why| why.contains("risk item"))
}

fn score(sight: &Sight<'_>, series: &MeasureSeries, readings: &[&Reading]) -> Option<Item> {
    let (latest, before) = readings.split_last()?;
    let compared = match before.last() {
        None => "the first in this work".to_owned(),
        Some(previous) => {
            let moved = latest.value - previous.value;
            let threshold = series.scale.as_ref().filter(|scale| scale.never_tested.is_none());
            let change = threshold.and_then(|scale| scale.reliable_change.as_ref());
            format!("{}{}", difference(sight, moved, previous), reliability(moved, change))
        }
    };
    let since = sight.held_after(latest.note);
    let not_since =
        if since > 0 { format!("; not taken since ({})", wording::count(since, "session")) } else { String::new() };
    let text = format!("{} {}, {compared}{not_since}", series.name(), wording::points(latest.value));
    Some(Item::of(sight.note(latest.note)?, text))
}

fn difference(sight: &Sight<'_>, moved: f64, previous: &Reading) -> String {
    let day = sight.day(previous.day);
    match moved {
        0.0 => format!("the same as on {day}"),
        moved if moved < 0.0 => format!("{} lower than on {day}", wording::points(-moved)),
        moved => format!("{} higher than on {day}", wording::points(moved)),
    }
}

/// How a difference stands to the scale's own threshold.
fn reliability(moved: f64, change: Option<&ReliableChange>) -> String {
    let Some(change) = change else { return String::new() };
    let points = wording::points(change.points);
    let name = match change.kind {
        ChangeKind::Reliability => "a reliable change",
        ChangeKind::Reliability90 => "a reliable change at the 90 % level",
        ChangeKind::ImportantChange => "an important change, by custom,",
    };
    if moved.abs() < change.points {
        return format!("; {name} takes {points}");
    }
    let way = if moved < 0.0 { "lower" } else { "higher" };
    match change.kind {
        ChangeKind::ImportantChange => format!(": {name} is {points} or more. One comparison: wait for the next score"),
        _ => format!(": reliably {way} ({name} takes {points}). One comparison: wait for the next score"),
    }
}

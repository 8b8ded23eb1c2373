//! The tables of the course so far: scores, themes, own words, goals of a stretch.
//!
//! In go a file and which of its notes lie in the stretch; out come rows. First and latest stand beside each other and
//! nothing is said about why they differ.

use super::spark::{Spark, spark};
use crate::casebook::{CaseFile, GoalLine, MeasureSeries, Reading};
use crate::domain::{CalloutKind, GoalStatus, Note, ThemeSource};
use crate::site::address::{note_address, theme_address};
use crate::site::shown::Shown;
use crate::site::wording;
use serde::Serialize;

/// Longest quotation, in characters.
const QUOTE: usize = 480;

/// Something with its note and day.
#[derive(Serialize)]
pub(crate) struct Dated {
    words: String,
    day: String,
    href: String,
}

/// One measure.
#[derive(Serialize)]
pub(crate) struct ScoreRow {
    name: Shown,
    times: usize,
    first: Dated,
    latest: Option<Dated>,
    lowest: String,
    highest: String,
}

/// One theme.
#[derive(Serialize)]
pub(crate) struct ThemeRow {
    name: Shown,
    href: String,
    tagged: usize,
    mentioned: usize,
    first: Dated,
    last: Dated,
}

/// The client's own words.
#[derive(Serialize)]
pub(crate) struct Quote {
    which: &'static str,
    text: Shown,
    day: String,
    href: String,
}

/// One goal.
#[derive(Serialize)]
pub(crate) struct GoalRow {
    text: Shown,
    status: Option<&'static str>,
    href: String,
    first: Option<Dated>,
    latest: Option<Dated>,
    spark: Option<Spark>,
}

fn dated(note: &Note, words: String) -> Dated {
    Dated { words, day: wording::short_day(note.date.day), href: note_address(note.id) }
}

/// Measures with a score in the stretch.
pub(super) fn scores(file: &CaseFile, inside: &dyn Fn(usize) -> bool) -> Vec<ScoreRow> {
    file.measures.iter().filter_map(|series| score_row(file, series, inside)).collect()
}

fn score_row(file: &CaseFile, series: &MeasureSeries, inside: &dyn Fn(usize) -> bool) -> Option<ScoreRow> {
    let readings: Vec<&Reading> = series.readings.iter().filter(|reading| inside(reading.note)).collect();
    let words = |value: f64| {
        let band = series.scale.as_ref().and_then(|scale| scale.band(value)).map(|band| format!(", {}", band.label));
        format!("{}{}", wording::points(value), band.unwrap_or_default())
    };
    let told = |reading: &&Reading| Some(dated(file.notes.get(reading.note)?, words(reading.value)));
    let values = readings.iter().map(|reading| reading.value);
    Some(ScoreRow {
        name: Shown::short(series.name(), 40),
        times: readings.len(),
        first: readings.first().and_then(told)?,
        latest: readings.last().filter(|_| readings.len() > 1).and_then(told),
        lowest: wording::points(values.clone().fold(f64::INFINITY, f64::min)),
        highest: wording::points(values.fold(f64::NEG_INFINITY, f64::max)),
    })
}

/// Themes noted in the stretch, most tagged first.
pub(super) fn themes(file: &CaseFile, inside: &dyn Fn(usize) -> bool) -> Vec<ThemeRow> {
    let mut rows: Vec<ThemeRow> = Vec::new();
    for line in &file.themes {
        let at: Vec<_> = line.at.iter().filter(|mark| inside(mark.note)).collect();
        let day = |note: usize| Some(dated(file.notes.get(note)?, String::new()));
        let ends = at.first().zip(at.last()).and_then(|(first, last)| Some((day(first.note)?, day(last.note)?)));
        let Some((first, last)) = ends else { continue };
        let tagged = at.iter().filter(|mark| mark.source == ThemeSource::Tagged).count();
        let (name, href) = (Shown::short(line.theme.shown(), 40), theme_address(&line.theme));
        rows.push(ThemeRow { name, href, tagged, mentioned: at.len() - tagged, first, last });
    }
    rows.sort_by_key(|row| std::cmp::Reverse((row.tagged, row.mentioned)));
    rows
}

/// The first and the latest words of the client's own in the stretch; one when there are no two.
pub(super) fn quotes(file: &CaseFile, inside: &dyn Fn(usize) -> bool) -> Vec<Quote> {
    let notes = file.notes.iter().enumerate().filter(|(at, _)| inside(*at));
    let all: Vec<(&Note, &str)> = notes
        .flat_map(|(_, note)| {
            let own = note.callouts.iter().filter(|callout| callout.kind == CalloutKind::Quote);
            own.map(move |callout| (note.as_ref(), callout.text.reveal()))
        })
        .collect();
    let (first, latest) = (all.first(), all.last().filter(|_| all.len() > 1));
    let told = [("First", first), ("Latest", latest)].into_iter().filter_map(|(which, found)| {
        let (note, text) = found?;
        let (text, day) = (Shown::short(text, QUOTE), wording::day(note.date.day));
        Some(Quote { which, text, day, href: note_address(note.id) })
    });
    told.collect()
}

/// Goals stated or rated in the stretch.
pub(super) fn goals(file: &CaseFile, inside: &dyn Fn(usize) -> bool) -> Vec<GoalRow> {
    file.goals.iter().filter_map(|line| goal_row(file, line, inside)).collect()
}

fn goal_row(file: &CaseFile, line: &GoalLine, inside: &dyn Fn(usize) -> bool) -> Option<GoalRow> {
    let goal = line.goal(&file.notes)?;
    let rated: Vec<_> = line.progress.iter().filter(|progress| inside(progress.note)).collect();
    if rated.is_empty() && !inside(line.stated_in.0) {
        return None;
    }
    let values: Vec<f64> = rated.iter().map(|progress| progress.value).collect();
    let told = |progress: &&crate::casebook::Progress| {
        Some(dated(file.notes.get(progress.note)?, format!("{} of 10", wording::points(progress.value))))
    };
    Some(GoalRow {
        text: Shown::short(goal.text.reveal(), 160),
        status: goal.status.map(GoalStatus::word),
        href: note_address(file.notes.get(line.stated_in.0)?.id),
        first: rated.first().and_then(told),
        latest: rated.last().filter(|_| rated.len() > 1).and_then(told),
        spark: spark(&values, 0.0, 10.0),
    })
}

//! Lanes of measures: the scale's own range, its published bands, and the scores on them.
//!
//! A line is broken where the client was away and where an episode ended: no trend runs across a gap.

use super::places::{ScorePlace, Standing};
use super::{Axis, Stack, tenth, titled};
use crate::casebook::{CaseFile, MeasureSeries, Reading};
use crate::domain::ChangeKind;
use crate::site::shown::Shown;
use crate::site::wording;
use chrono::NaiveDate;
use serde::Serialize;

/// Most measures drawn; the others stand in the table.
const MOST: usize = 4;
/// Longest name of a band, in characters: as much as fits beside the plot.
const LONGEST_NAME: usize = 21;
/// Least distance between the names of two bands.
const NAME_HEIGHT: f64 = 11.5;

/// One measure.
#[derive(Serialize)]
pub(crate) struct ScoreLane {
    top: f64,
    height: f64,
    bands: Vec<BandView>,
    edges: Vec<Edge>,
    /// What measurement error alone may make of the scores, as closed shapes.
    errors: Vec<String>,
    lines: Vec<String>,
    places: Vec<ScorePlace>,
    points: Vec<Point>,
    r: f64,
}

/// A severity band.
#[derive(Serialize)]
struct BandView {
    y: f64,
    height: f64,
    shade: usize,
    name: Option<Shown>,
    /// The whole name, where it is longer than what is drawn.
    whole: Option<Shown>,
    name_y: f64,
}

/// The lowest and highest total of a measure without bands.
#[derive(Serialize)]
struct Edge {
    y: f64,
    words: String,
}

/// One score.
#[derive(Serialize)]
struct Point {
    x: f64,
    y: f64,
    href: String,
    title: Shown,
}

impl ScoreLane {
    /// Whether measurement error is drawn.
    pub(super) fn has_error(&self) -> bool {
        !self.errors.is_empty()
    }
}

/// Lays out the measures that have scores in the stretch.
pub(super) fn score_lanes(
    file: &CaseFile,
    axis: &Axis,
    stack: &mut Stack,
    mark: f64,
    standing: Option<&Standing<'_>>,
) -> Vec<ScoreLane> {
    let shown = file.measures.iter().filter(|series| series.readings.iter().any(|reading| axis.holds(reading.day)));
    let lane = |(at, series)| {
        let places = |series: &MeasureSeries| Some(standing?.in_scores(&series.scale.as_ref()?.id, axis));
        ScoreLane { places: places(series).unwrap_or_default(), ..score_lane(file, series, axis, stack, (at, mark)) }
    };
    shown.take(MOST).enumerate().map(lane).collect()
}

fn score_lane(
    file: &CaseFile,
    series: &MeasureSeries,
    axis: &Axis,
    stack: &mut Stack,
    (place, mark): (usize, f64),
) -> ScoreLane {
    let bands = series.scale.as_ref().map_or(0, |scale| scale.bands.len());
    let height = match (place, bands) {
        (0, 1..) => 112.0,
        (_, 1..) => (bands as f64 * 14.0).clamp(56.0, 84.0),
        (_, 0) => 40.0,
    };
    let top = stack.lane(series.name(), None, height, 14.0);
    let (low, high) = series.range();
    let scale = Vertical { top, height, low, high };
    let readings: Vec<&Reading> = series.readings.iter().filter(|reading| axis.holds(reading.day)).collect();
    let points = readings.iter().filter_map(|reading| {
        let (name, href) = titled(file, reading.note)?;
        let band =
            series.scale.as_ref().and_then(|scale| scale.band(reading.value)).map(|band| format!(", {}", band.label));
        let title =
            format!("{} {}{} · {name}", series.name(), wording::points(reading.value), band.unwrap_or_default());
        Some(Point { x: axis.x(reading.day), y: scale.y(reading.value), href, title: Shown::new(&title) })
    });
    ScoreLane {
        top,
        height,
        bands: band_views(series, &scale),
        edges: if bands == 0 { edges(&scale) } else { Vec::new() },
        errors: errors(file, series, &readings, axis, &scale),
        lines: lines(file, &readings, axis, &scale),
        places: Vec::new(),
        points: points.collect(),
        r: tenth((mark * 0.3).clamp(1.2, 2.7)),
    }
}

/// The way from points of a scale to y.
struct Vertical {
    top: f64,
    height: f64,
    low: f64,
    high: f64,
}

impl Vertical {
    fn y(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        let share = if span > 0.0 { (value - self.low) / span } else { 0.5 };
        tenth(self.top + self.height * (1.0 - share.clamp(0.0, 1.0)))
    }
}

/// Bands from low to high, each up to where the next begins. Names that would touch are left out.
fn band_views(series: &MeasureSeries, scale: &Vertical) -> Vec<BandView> {
    let Some(known) = &series.scale else { return Vec::new() };
    let mut last_name = f64::INFINITY;
    let mut views = Vec::new();
    for (at, band) in known.bands.iter().enumerate() {
        let upper = known.bands.get(at + 1).map_or(known.max, |next| next.from);
        let (top, bottom) = (scale.y(upper), scale.y(band.from));
        let name_y = tenth((top + bottom) / 2.0 + 3.5);
        let fits = last_name - name_y >= NAME_HEIGHT;
        if fits {
            last_name = name_y;
        }
        // The darkest shade is the end of the scale that means more trouble.
        let from_worse = match known.higher_is {
            crate::domain::Direction::Worse => known.bands.len() - 1 - at,
            crate::domain::Direction::Better => at,
        };
        let (whole, name) = (Shown::new(&band.label), Shown::short(&band.label, LONGEST_NAME));
        views.push(BandView {
            whole: Some(whole).filter(|whole| fits && *whole != name),
            y: top,
            height: tenth(bottom - top),
            shade: 5usize.saturating_sub(from_worse),
            name: fits.then_some(name),
            name_y,
        });
    }
    views
}

fn edges(scale: &Vertical) -> Vec<Edge> {
    let edge = |value: f64, down: f64| Edge { y: tenth(scale.y(value) + down), words: wording::points(value) };
    if scale.high > scale.low { vec![edge(scale.high, 8.0), edge(scale.low, 0.0)] } else { vec![edge(scale.high, 3.5)] }
}

/// Paths through the scores, one for each unbroken stretch.
fn lines(file: &CaseFile, readings: &[&Reading], axis: &Axis, scale: &Vertical) -> Vec<String> {
    let point = |reading: &&Reading| format!("{} {}", axis.x(reading.day), scale.y(reading.value));
    let path = |stretch: &[&Reading]| format!("M{}", stretch.iter().map(point).collect::<Vec<_>>().join("L"));
    unbroken(file, readings).into_iter().map(path).collect()
}

/// Half a reliable change above and below each score: where the bands of two scores do not touch, they differ by more
/// than one. Scales whose threshold does not come from measurement error have no band.
fn errors(
    file: &CaseFile,
    series: &MeasureSeries,
    readings: &[&Reading],
    axis: &Axis,
    scale: &Vertical,
) -> Vec<String> {
    let change = series.scale.as_ref().and_then(|scale| scale.reliable_change.as_ref());
    let Some(change) = change.filter(|change| change.kind != ChangeKind::ImportantChange) else { return Vec::new() };
    let half = change.points / 2.0;
    let point = |reading: &Reading, by: f64| format!("{} {}", axis.x(reading.day), scale.y(reading.value + by));
    let band = |stretch: &[&Reading]| {
        let above = stretch.iter().map(|reading| point(reading, half));
        let below = stretch.iter().rev().map(|reading| point(reading, -half));
        format!("M{}Z", above.chain(below).collect::<Vec<_>>().join("L"))
    };
    unbroken(file, readings).into_iter().map(band).collect()
}

/// Stretches of two scores or more with no break and no end of an episode in them.
fn unbroken<'a, 'b>(file: &CaseFile, readings: &'a [&'b Reading]) -> Vec<&'a [&'b Reading]> {
    let stretches = readings.chunk_by(|one, other| !is_broken(file, one.day, other.day));
    stretches.filter(|stretch| stretch.len() > 1).collect()
}

/// Whether a break or the end of an episode lies between two days.
fn is_broken(file: &CaseFile, from: NaiveDate, until: NaiveDate) -> bool {
    file.gaps.iter().any(|gap| from <= gap.after && gap.until <= until)
        || file.episodes.iter().skip(1).any(|episode| from < episode.from && episode.from <= until)
}

//! Scores of one scale along one client's notes.

use crate::domain::{Note, Scale, Scales};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One score.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// Index into [`super::CaseFile::notes`].
    pub note: usize,
    /// The day.
    pub day: NaiveDate,
    /// The total, in points of the scale.
    pub value: f64,
}

/// All scores of one scale, oldest first. Scores out of range are left out; their notes say so.
#[derive(Debug)]
pub struct MeasureSeries {
    /// Key in notes, in lower case.
    pub key: String,
    /// The scale, when this program knows it.
    pub scale: Option<Arc<Scale>>,
    /// The scores.
    pub readings: Vec<Reading>,
}

impl MeasureSeries {
    /// The name to show.
    pub fn name(&self) -> &str {
        self.scale.as_ref().map_or(&self.key, |scale| &scale.name)
    }

    /// Lowest and highest total to draw: the scale's own, else those that occur.
    pub fn range(&self) -> (f64, f64) {
        match &self.scale {
            Some(scale) => (scale.min, scale.max),
            None => self.readings.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), reading| {
                (low.min(reading.value), high.max(reading.value))
            }),
        }
    }
}

/// Series of one client, most readings first, then by key.
pub(super) fn measure_series(notes: &[Arc<Note>], scales: &Scales) -> Vec<MeasureSeries> {
    let mut found: BTreeMap<String, Vec<Reading>> = BTreeMap::new();
    for (at, note) in notes.iter().enumerate() {
        for score in scales.scores_of(note) {
            let possible = scales.find(&score.scale).is_none_or(|scale| scale.holds(score.value));
            if possible && score.value.is_finite() {
                let reading = Reading { note: at, day: note.date.day, value: score.value };
                found.entry(score.scale).or_default().push(reading);
            }
        }
    }
    let mut series: Vec<MeasureSeries> =
        found.into_iter().map(|(key, readings)| MeasureSeries { scale: scales.shared(&key), key, readings }).collect();
    series.sort_by_key(|series| std::cmp::Reverse(series.readings.len()));
    series
}

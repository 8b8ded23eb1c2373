//! The latest score beside the one before and the first: a comparison, not a finding.
//!
//! It says which way a total moved on its own scale. It never says that the change is reliable; that takes the scale's
//! measurement error and stands with the finders.

use crate::casebook::{MeasureSeries, Reading};
use crate::domain::Direction;

/// Which way a total moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Towards less trouble.
    Better,
    /// Towards more trouble.
    Worse,
    /// Not at all.
    Same,
    /// It moved, but which end of the scale is worse is not known.
    Unknown,
}

/// The latest score and what it is compared with.
#[derive(Debug, Clone, Copy)]
pub struct LatestChange {
    /// The latest reading.
    pub latest: Reading,
    /// The reading before it.
    pub previous: Option<Reading>,
    /// The first reading, when it is neither of these.
    pub first: Option<Reading>,
    /// From the previous to the latest.
    pub since_previous: Option<Change>,
}

/// Compares the latest score of a series. `None` when there is no score.
pub fn latest_change(series: &MeasureSeries) -> Option<LatestChange> {
    let (latest, before) = series.readings.split_last()?;
    let previous = before.last().copied();
    let first = before.first().copied().filter(|_| before.len() > 1);
    let since_previous = previous.map(|previous| {
        let moved = latest.value - previous.value;
        match (moved == 0.0, series.scale.as_ref().map(|scale| scale.higher_is)) {
            (true, _) => Change::Same,
            (false, None) => Change::Unknown,
            (false, Some(Direction::Worse)) if moved < 0.0 => Change::Better,
            (false, Some(Direction::Better)) if moved > 0.0 => Change::Better,
            (false, Some(_)) => Change::Worse,
        }
    });
    Some(LatestChange { latest: *latest, previous, first, since_previous })
}

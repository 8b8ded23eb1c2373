//! The one time axis all lanes share.
//!
//! In goes a window of days; out come x coordinates and the months to name. Equal days are always at equal x.

use super::{LEFT, RIGHT, WIDTH};
use crate::site::course_range::months;
use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

/// Axes of so many days have a line for each week.
const WEEKS: i64 = 100;
/// Room for half a mark at both ends.
const MARGIN: f64 = 8.0;

/// A stretch of days, both ends included, on the width of the plot.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Axis {
    /// First day.
    pub(crate) from: NaiveDate,
    /// Last day.
    pub(crate) until: NaiveDate,
}

/// The beginning of a month.
#[derive(Debug, Serialize)]
pub(crate) struct Month {
    /// Where its line stands.
    pub(crate) x: f64,
    /// Its name, where there is room for one.
    pub(crate) name: Option<String>,
    /// The timeline of this month or year alone.
    pub(crate) href: Option<String>,
    /// The days that it stands for.
    #[serde(skip)]
    pub(crate) days: Option<(NaiveDate, NaiveDate)>,
}

impl Axis {
    /// Where a day stands.
    pub(crate) fn x(&self, day: NaiveDate) -> f64 {
        let days = (self.until - self.from).num_days().max(1) as f64;
        let share = (day - self.from).num_days() as f64 / days;
        tenth(LEFT + MARGIN + (WIDTH - LEFT - RIGHT - 2.0 * MARGIN) * share.clamp(0.0, 1.0))
    }

    /// Whether a day lies on the axis.
    pub(crate) fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }

    /// Width of one day.
    pub(crate) fn day_width(&self) -> f64 {
        (WIDTH - LEFT - RIGHT - 2.0 * MARGIN) / (self.until - self.from).num_days().max(1) as f64
    }

    /// A line for each week on short axes, else for months and years.
    pub(crate) fn ticks(&self) -> Vec<Month> {
        if (self.until - self.from).num_days() <= WEEKS { self.weeks() } else { self.months() }
    }

    /// A line for each Monday.
    fn weeks(&self) -> Vec<Month> {
        let to_monday = i64::from((7 - self.from.weekday().num_days_from_monday()) % 7);
        let mut last = f64::NEG_INFINITY;
        let mondays = self.from.iter_days().skip(usize::try_from(to_monday).unwrap_or(0)).step_by(7);
        mondays
            .take_while(|day| *day <= self.until)
            .map(|day| {
                let x = self.x(day);
                let fits = x - last > 58.0 && x < WIDTH - RIGHT - 20.0;
                let words = if last.is_finite() { day.format("%-d %b") } else { day.format("%-d %b %Y") };
                let name = fits.then(|| words.to_string());
                if fits {
                    last = x + if last.is_finite() { 0.0 } else { 28.0 };
                }
                Month { x, name, href: None, days: None }
            })
            .collect()
    }

    /// A line for each month (each quarter or year on long axes) and names that do not touch.
    pub(crate) fn months(&self) -> Vec<Month> {
        let mut starts: Vec<NaiveDate> = Vec::new();
        let mut month = self.from.with_day(1).unwrap_or(self.from);
        while month <= self.until && starts.len() < 2_400 {
            if month >= self.from {
                starts.push(month);
            }
            let Some(next) = month.checked_add_months(Months::new(1)) else { break };
            month = next;
        }
        let step = match starts.len() {
            0..=12 => 1,
            13..=40 => 3,
            _ => 12,
        };
        let mut last = f64::NEG_INFINITY;
        let mut named = false;
        let lines = starts.into_iter().filter(|start| step < 12 || start.month0() == 0);
        lines
            .map(|start| {
                let x = self.x(start);
                let fits = x - last > 44.0 && x < WIDTH - RIGHT - 20.0;
                let name = (fits && start.month0() % step == 0).then(|| {
                    let with_year = !named || start.month() == 1;
                    start.format(if with_year { "%b %Y" } else { "%b" }).to_string()
                });
                if name.is_some() {
                    last = x + if !named || start.month() == 1 { 28.0 } else { 0.0 };
                    named = true;
                }
                let days = months(start.year(), start.month(), if step == 12 { 12 } else { 1 });
                Month { x, name, href: None, days }
            })
            .collect()
    }
}

/// Coordinates to a tenth of a unit.
pub(crate) fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

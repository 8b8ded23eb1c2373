//! A history before it is written down: dates, missed appointments, themes, scores, what was tried. At first nothing
//! is planted in it, which is what a history without a pattern is.

use super::chance::Chance;
use super::fiction::{INTERVENTIONS, SCALES, THEMES, THINGS};
use chrono::{Days, NaiveDate};
use throughline::domain::{Direction, Scale, Scales};

/// How long a history is, and how far its appointments lie apart.
#[derive(Debug, Clone, Copy)]
pub struct Length {
    pub visits: usize,
    pub days_apart: u64,
}

/// Something that is there or not, visit by visit.
#[derive(Debug, Clone)]
pub struct Course {
    pub name: &'static str,
    pub there: Vec<bool>,
}

/// Scores of one scale, visit by visit, before they are rounded.
#[derive(Debug, Clone)]
pub struct ScoreDraft {
    pub scale: &'static Scale,
    pub values: Vec<f64>,
    /// Standard deviation of the ups and downs.
    pub unrest: f64,
}

impl ScoreDraft {
    /// The change in points that counts as reliable.
    pub fn reliable(&self) -> f64 {
        self.scale.reliable_change.as_ref().map_or(1.0, |change| change.points)
    }

    /// Adds trouble: points towards the worse end, a share of them in each visit.
    pub fn add(&mut self, points: f64, share: impl Fn(usize) -> f64) {
        let worse = if self.scale.higher_is == Direction::Worse { 1.0 } else { -1.0 };
        for (at, value) in self.values.iter_mut().enumerate() {
            *value += worse * points * share(at);
        }
    }
}

/// A history before it is written down. Visits are counted from 1 where they are called numbers, else from 0.
#[derive(Debug)]
pub struct Draft {
    pub days: Vec<NaiveDate>,
    pub missed: Vec<bool>,
    pub themes: Vec<Course>,
    pub things: Vec<Course>,
    pub scores: Vec<ScoreDraft>,
    /// Used all along, and used from a number on.
    pub tried: [&'static str; 2],
    pub tried_from: usize,
    /// Numbers around which no score is left out.
    pub all_scored: Option<(usize, usize)>,
}

impl Draft {
    /// A history in which nothing is planted.
    pub fn of(length: Length, chance: &mut Chance) -> Self {
        let n = length.visits;
        let days = days(length, chance);
        let miss = chance.between(0.04, 0.14);
        let missed: Vec<bool> = (0..n).map(|at| chance.happens(miss) && at > 0 && at + 1 < n).collect();
        let count = chance.whole(8, 14);
        let mut themes = Vec::new();
        for name in chance.some(&THEMES, count) {
            let rate = chance.pick(&[0.08, 0.12, 0.18, 0.25, 0.35, 0.45]);
            let lingers = chance.between(0.0, 0.3);
            themes.push(Course { name, there: chance.lingering(n, rate, lingers) });
        }
        let tried = chance.some(&INTERVENTIONS, 2);
        let tried_from = if n >= 12 { chance.whole(5.max(n / 4), 6.max(n - 5.max(n / 3))) } else { n + 1 };
        let scales = chance.pick(&[1, 2, 2, 3]);
        let scores = chance.some(&SCALES, scales).into_iter().map(|scale| scored(scale, n, chance)).collect();
        let mut things = Vec::new();
        for name in chance.some(&THINGS, 7) {
            let (rate, lingers) = (chance.between(0.08, 0.4), chance.between(0.0, 0.25));
            things.push(Course { name, there: chance.lingering(n, rate, lingers) });
        }
        Self { days, missed, themes, things, scores, tried: [tried[0], tried[1]], tried_from, all_scored: None }
    }

    /// How many appointments.
    pub fn visits(&self) -> usize {
        self.days.len()
    }
}

/// Days of the appointments: regular, with a day more or less now and then, and a pause in one of twenty.
fn days(length: Length, chance: &mut Chance) -> Vec<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2012, 3, 5).unwrap_or_default();
    let mut day = first + Days::new(chance.whole(0, 1_500) as u64);
    let mut days = Vec::with_capacity(length.visits);
    for _ in 0..length.visits {
        days.push(day);
        let pause = if chance.happens(0.05) { chance.pick(&[7, 14]) } else { 0 };
        // A day early one time in six, a day late another.
        day = day + Days::new(length.days_apart - 1 + pause + chance.pick(&[1, 1, 1, 1, 0, 2]));
    }
    days
}

fn scored((key, (low, high)): (&'static str, (f64, f64)), visits: usize, chance: &mut Chance) -> ScoreDraft {
    let scale = Scales::shipped().find(key).unwrap_or_else(|| panic!("{key} is a scale"));
    let reliable = scale.reliable_change.as_ref().map_or(6.0, |change| change.points);
    // Around the scale's own error of measurement.
    let unrest = reliable / (1.96 * std::f64::consts::SQRT_2) * chance.between(0.75, 1.1);
    let (base, alike) = (chance.between(low, high), chance.between(0.1, 0.5));
    let values = chance.unrest(visits, unrest, alike).into_iter().map(|up| base + up).collect();
    ScoreDraft { scale, values, unrest }
}

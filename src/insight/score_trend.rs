//! Whether scores tend one way: Mann–Kendall with autocorrelation, and Theil–Sen on the real dates.

use super::autocorrelation::{inflation, shrunk};
use super::candidate::{Candidate, Found, Shown};
use super::finding::{Effect, FindingKind, Level};
use super::history::{History, ScoreCourse};
use super::tested::{Law, Tested};
use super::wording::{counted, course, number};
use super::{kendall, step, theil_sen};

/// Scores needed for a finding, and for one that stands out.
const LEAST: (usize, usize) = (8, 12);
/// A weaker tendency is not worth a sentence.
const LEAST_TAU: f64 = 0.25;
/// By how much a step must fit better than a line (BIC) for the line to be left out: very strong evidence in the words of
/// Raftery 1995. Below that both are said; a short straight line often looks a little like a step.
const STEP_IS_BETTER: f64 = 10.0;

/// Looks at each scale.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    for scores in &history.measures {
        let n = scores.points.len();
        if n < LEAST.0 {
            let statement =
                format!("{}: {}; {} are needed for a trend", scores.scale.name, counted(n, "score"), LEAST.0);
            found.lacks(FindingKind::ScoreTrend, &scores.scale.id, n, statement);
            continue;
        }
        let values = scores.values();
        let (p, widened) = chance(&values);
        let tested = Tested { p, law: Law::Continuous };
        let better_as_step =
            step::best(&values, 4).is_some_and(|best| step::advantage_over_line(&values, &best) >= STEP_IS_BETTER);
        let tau = kendall::tau(&values);
        let shown = (tau.abs() >= LEAST_TAU && !better_as_step).then(|| shown(scores, &values, tau, widened));
        found.candidates.push(Candidate::test(FindingKind::ScoreTrend, tested, shown));
    }
}

/// Days of the month in which a slope is told.
pub(super) const MONTH: f64 = 30.0;

/// What a slope a day leaves of each score, and the middle of that: the height at which the line of a trend begins.
pub(super) fn left_by(scores: &ScoreCourse, slope: f64) -> (Vec<f64>, f64) {
    let left: Vec<f64> =
        scores.points.iter().zip(scores.days()).map(|(point, day)| point.value - slope * day).collect();
    let height = theil_sen::median(&left).unwrap_or(0.0);
    (left, height)
}

/// How often scores that are as alike and tend nowhere would tend as far, and by how much that widens the variance of S.
pub(super) fn chance(values: &[f64]) -> (f64, f64) {
    let order: Vec<f64> = (0..values.len()).map(|at| at as f64).collect();
    let slope = theil_sen::slope(&order, values);
    let residuals: Vec<f64> = values.iter().zip(&order).map(|(value, at)| value - slope * at).collect();
    let widened = inflation(values.len(), shrunk(&residuals, 1));
    (kendall::p_value(values, widened), widened)
}

fn shown(scores: &ScoreCourse, values: &[f64], tau: f64, widened: f64) -> Shown {
    let days = scores.days();
    let variance = kendall::variance(values) * widened;
    let slope = theil_sen::with_interval(&days, values, variance);
    let month = |per_day: f64| per_day * MONTH;
    // The range is told in the direction of the tendency, as its size is; what goes the other way is below nought.
    let along = if tau > 0.0 { 1.0 } else { -1.0 };
    let mut ends = [slope.low, slope.high].map(|end| along * month(end));
    ends.sort_by(f64::total_cmp);
    let range = format!("likely range {} to {}", number(ends[0]), number(ends[1]));
    let statement = format!(
        "{} tends {}: about {} a month ({range}), in {}.",
        scores.scale.name,
        if tau > 0.0 { "upwards" } else { "downwards" },
        super::wording::points(month(slope.value)),
        counted(values.len(), "score"),
    );
    let (left, level) = left_by(scores, slope.value);
    let error = scores.threshold().unwrap_or_else(|| spread(&left));
    let off = |at: usize| (left[at] - level).abs() >= error;
    let (against, evidence): (Vec<usize>, Vec<usize>) = (0..values.len()).partition(|at| off(*at));
    let notes = |which: Vec<usize>| which.into_iter().map(|at| scores.points[at].note).collect();
    Shown {
        subject: scores.scale.id.clone(),
        object: None,
        words: Vec::new(),
        direction: Some(course(scores, tau)),
        at: None,
        until: None,
        effect: Effect {
            name: "points_per_30_days",
            value: month(slope.value),
            interval: Some((month(slope.low), month(slope.high))),
        },
        n: values.len(),
        statement,
        caveat: None,
        evidence: notes(evidence),
        against: notes(against),
        at_most: Level::Clear,
        few: values.len() < LEAST.1,
        mentioned: false,
    }
}

/// Twice the standard deviation, where a scale has no threshold of its own.
fn spread(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    2.0 * (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

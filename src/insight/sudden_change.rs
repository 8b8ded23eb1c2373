//! Sudden rises and drops in score (Tang and DeRubeis 1999), with gates against the false alarms they are known for.
//!
//! The three criteria alone show a "gain" in one of eight histories in which nothing happened (Vittengl and others 2015),
//! so they never make a finding. It must also last, outweigh the client's own ups and downs, beat a straight line, and be
//! rare in simulated series of the same unrest.

use super::autocorrelation::{shrunk, simulate};
use super::candidate::{Candidate, Found, Shown};
use super::finding::{Effect, FindingKind, Level};
use super::history::{History, ScoreCourse};
use super::level_shift::seeded;
use super::step;
use super::tested::{Law, Tested};
use super::theil_sen::median;
use super::wording::{counted, course, day, points};
use super::{monte_carlo, student};

/// Scores needed for a finding, and for one that stands out.
const LEAST: (usize, usize) = (5, 8);
/// Simulated series at most.
const DRAWS: u32 = 9_999;
/// Scores looked at on each side of a change.
const SIDE: usize = 3;
/// The second criterion: the least share of the score before.
const LEAST_SHARE: f64 = 0.25;
/// The least change of the means, as a share of the reliable change.
const LEAST_MEANS: f64 = 0.8;
/// What a step must leave of what a line leaves, five scores around.
const STEP_OVER_LINE: (f64, usize) = (0.85, 5);

/// Looks at each scale with a reliable change.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    for scores in &history.measures {
        let Some(threshold) = scores.threshold() else { continue };
        let n = scores.points.len();
        if n < LEAST.0 {
            let have = counted(n, "score");
            let statement = format!("{}: {have}; {} are needed for a sudden change", scores.scale.name, LEAST.0);
            found.lacks(FindingKind::SuddenGain, &scores.scale.id, n, statement);
            continue;
        }
        for (kind, sign) in [(FindingKind::SuddenGain, 1.0), (FindingKind::SuddenLoss, -1.0)] {
            // Turned so that the change looked for is a fall.
            let turned: Vec<f64> = scores.values().iter().map(|value| value * scores.trouble() * sign).collect();
            let gates = Gates { threshold, with_share: scores.trouble() * sign > 0.0 };
            // A scale in which nothing fell was looked at all the same, and counts as a test.
            let at = gates.strongest(&turned);
            let p = at.map_or(1.0, |at| p_value(history.client, scores, &turned, at, &gates));
            let shown = at.map(|at| shown(scores, at));
            found.candidates.push(Candidate::test(kind, Tested { p, law: Law::Continuous }, shown));
        }
    }
}

/// Indices of the last score before each drop that meets the three criteria, in the form of the R package
/// `suddengains` (2020): the critical value of t times the pooled standard deviation itself.
pub(super) fn drops(values: &[f64], threshold: f64, with_share: bool) -> Vec<usize> {
    (1..values.len().saturating_sub(2)).filter(|at| is_drop(values, *at, threshold, with_share)).collect()
}

fn is_drop(values: &[f64], at: usize, threshold: f64, with_share: bool) -> bool {
    let (before, after) = around(values, at);
    let drop = values[at] - values[at + 1];
    drop >= threshold
        && !(with_share && drop < LEAST_SHARE * values[at])
        && mean(before) - mean(after) > critical_difference(before, after)
}

fn critical_difference(before: &[f64], after: &[f64]) -> f64 {
    let freedom = (before.len() + after.len() - 2) as f64;
    let squares = |values: &[f64]| values.iter().map(|value| (value - mean(values)).powi(2)).sum::<f64>();
    student::critical(0.025, freedom) * ((squares(before) + squares(after)) / freedom).sqrt()
}

/// Up to three scores on each side.
fn around(values: &[f64], at: usize) -> (&[f64], &[f64]) {
    (&values[(at + 1).saturating_sub(SIDE)..=at], &values[at + 1..values.len().min(at + 1 + SIDE)])
}

/// What a drop must pass.
struct Gates {
    threshold: f64,
    with_share: bool,
}

impl Gates {
    /// Of the drops that pass all gates the one with the largest change of means; one fall is one finding.
    fn strongest(&self, values: &[f64]) -> Option<usize> {
        let passing = drops(values, self.threshold, self.with_share).into_iter().filter(|at| self.lasts(values, *at));
        passing.max_by(|a, b| means_fall(values, *a).total_cmp(&means_fall(values, *b)))
    }

    /// The gates that the published criteria lack.
    fn lasts(&self, values: &[f64], at: usize) -> bool {
        let drop = values[at] - values[at + 1];
        let stays = median(&values[at + 1..]).is_some_and(|later| later <= values[at] - drop / 2.0);
        let (share, reach) = STEP_OVER_LINE;
        let from = (at + 1).saturating_sub(reach);
        let near = &values[from..values.len().min(at + 1 + reach)];
        let step = step::at(near, at + 1 - from);
        let left: f64 = step::residuals(near, &step).iter().map(|residual| residual * residual).sum();
        stays && means_fall(values, at) >= LEAST_MEANS * self.threshold && left <= share * step::line_left(near)
    }

    /// Whether a drop passes everything, and is at least this large.
    fn passes(&self, values: &[f64], at: usize, drop: f64, means: f64) -> bool {
        values[at] - values[at + 1] >= drop - 1e-9
            && means_fall(values, at) >= means - 1e-9
            && is_drop(values, at, self.threshold, false)
            && self.lasts(values, at)
    }
}

fn means_fall(values: &[f64], at: usize) -> f64 {
    let (before, after) = around(values, at);
    mean(before) - mean(after)
}

/// How often a client of this unrest would show, anywhere, a change that passes and is at least this large. The unrest is never taken as
/// smaller than the scale's own error of measurement.
fn p_value(client: &str, scores: &ScoreCourse, values: &[f64], at: usize, gates: &Gates) -> f64 {
    let n = values.len();
    let step = step::at(values, at + 1);
    let residuals = step::residuals(values, &step);
    let unrest = (residuals.iter().map(|r| r * r).sum::<f64>() / (n as f64 - 2.0).max(1.0)).sqrt();
    let error = gates.threshold / (1.96 * std::f64::consts::SQRT_2);
    let unrest = unrest.max(1.0 * error);
    let alike = shrunk(&residuals, 2);
    let (drop, means) = (values[at] - values[at + 1], means_fall(values, at));
    let mut random = seeded("sudden", client, scores, values);
    let mut series = vec![0.0; n];
    monte_carlo::p_value(DRAWS, &mut random, |random| {
        simulate(&mut series, alike, random);
        series.iter_mut().for_each(|value| *value = (*value * unrest).round());
        (1..n.saturating_sub(2)).any(|at| gates.passes(&series, at, drop, means))
    })
}

fn shown(scores: &ScoreCourse, at: usize) -> Shown {
    let [before, after] = [scores.points[at], scores.points[at + 1]];
    let moved = after.value - before.value;
    let statement = format!(
        "Sudden {} in score: {} {} {} between {} and {} and stayed {}.",
        if moved > 0.0 { "rise" } else { "drop" },
        scores.scale.name,
        if moved > 0.0 { "rose" } else { "dropped" },
        points(moved),
        day(before.moment.day),
        day(after.moment.day),
        if moved > 0.0 { "higher" } else { "lower" },
    );
    let half = before.value + moved / 2.0;
    let back = |value: f64| (value - half) * moved < 0.0;
    let later = scores.points[at + 1..].iter();
    let (against, stayed): (Vec<_>, Vec<_>) = later.partition(|point| back(point.value));
    let earlier = scores.points[(at + 1).saturating_sub(SIDE)..=at].iter();
    let caveat = (!against.is_empty())
        .then(|| format!("{} since then went back past half of it.", counted(against.len(), "score")));
    Shown {
        subject: scores.scale.id.clone(),
        object: None,
        words: Vec::new(),
        direction: Some(course(scores, moved)),
        at: Some(after.moment),
        until: None,
        effect: Effect { name: "points", value: moved, interval: None },
        n: scores.points.len(),
        statement,
        caveat,
        evidence: earlier.chain(stayed).map(|point| point.note).collect(),
        against: against.into_iter().map(|point| point.note).collect(),
        at_most: Level::Clear,
        few: scores.points.len() < LEAST.1,
        mentioned: false,
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

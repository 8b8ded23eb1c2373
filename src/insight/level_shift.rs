//! Whether scores move between two levels, and from about which session.
//!
//! The best split of a series is looked for everywhere, so its t is compared with the best split of simulated series
//! whose neighbours are about as alike.

use super::autocorrelation::{shrunk, simulate};
use super::candidate::{Candidate, Found, Shown};
use super::finding::{Effect, FindingKind, Level};
use super::history::{History, ScoreCourse};
use super::monte_carlo;
use super::random::Random;
use super::step::{self, Step};
use super::tested::{Law, Tested};
use super::wording::{counted, course, higher_or_lower, number};

/// Scores needed for a finding, and for one that stands out.
const LEAST: (usize, usize) = (8, 12);
/// Scores on each side of a split.
pub(super) const SIDE: usize = 4;
/// Simulated series at most.
const DRAWS: u32 = 9_999;
/// The least difference: a share of the reliable change, else in standard deviations.
const LEAST_DIFFERENCE: (f64, f64) = (0.6, 0.8);

/// Looks at each scale.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    for scores in &history.measures {
        let n = scores.points.len();
        if n < LEAST.0 {
            let statement =
                format!("{}: {}; {} are needed for a change of level", scores.scale.name, counted(n, "score"), LEAST.0);
            found.lacks(FindingKind::LevelShift, &scores.scale.id, n, statement);
            continue;
        }
        let values = scores.values();
        let Some(step) = step::best(&values, SIDE) else { continue };
        let p = chance(history.client, scores, &values, &step, DRAWS);
        let shown = is_large(scores, &values, &step).then(|| shown(scores, &values, &step));
        let tested = Tested { p, law: Law::Continuous };
        found.candidates.push(Candidate::test(FindingKind::LevelShift, tested, shown));
    }
}

/// How often a client of this unrest would show a step as telling that is also large enough to be shown.
pub(super) fn chance(client: &str, scores: &ScoreCourse, values: &[f64], step: &Step, draws: u32) -> f64 {
    if !is_large(scores, values, step) {
        return 1.0;
    }
    let residuals = step::residuals(values, step);
    let alike = shrunk(&residuals, 2);
    // The unrest is never taken as smaller than the scale's own error of measurement.
    let unrest = deviation(&residuals).max(scores.threshold().map_or(0.0, |rc| rc / (1.96 * std::f64::consts::SQRT_2)));
    let mut random = seeded("level", client, scores, values);
    let mut series = vec![0.0; values.len()];
    monte_carlo::p_value(draws, &mut random, |random| {
        simulate(&mut series, alike, random);
        series.iter_mut().for_each(|value| *value *= unrest);
        step::best(&series, SIDE)
            .is_some_and(|chance| chance.t.abs() >= step.t.abs() && is_large(scores, &series, &chance))
    })
}

/// Standard deviation around two levels.
fn deviation(residuals: &[f64]) -> f64 {
    let left: f64 = residuals.iter().map(|residual| residual * residual).sum();
    (left / (residuals.len() as f64 - 2.0).max(1.0)).sqrt()
}

/// A generator of its own for a test, a client and the scores.
pub(super) fn seeded(test: &str, client: &str, scores: &ScoreCourse, values: &[f64]) -> Random {
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    Random::seeded(&[test.as_bytes(), client.as_bytes(), scores.scale.id.as_bytes(), &bytes])
}

fn is_large(scores: &ScoreCourse, values: &[f64], step: &Step) -> bool {
    let least = scores.threshold().map_or_else(
        || LEAST_DIFFERENCE.1 * deviation(&step::residuals(values, step)),
        |threshold| LEAST_DIFFERENCE.0 * threshold,
    );
    (step.after - step.before).abs() >= least
}

fn shown(scores: &ScoreCourse, values: &[f64], step: &Step) -> Shown {
    let (from, until) = step::interval(values, step, SIDE);
    let number_at = |at: usize| scores.points.get(at).map(|point| point.moment);
    let place = match (number_at(from), number_at(until)) {
        (Some(from), Some(until)) if from != until => {
            format!(" (somewhere between {} and {})", from.number, until.number)
        }
        _ => String::new(),
    };
    let difference = step.after - step.before;
    let statement = format!(
        "{} stands at a {} level from about session {}{place}: {} on average in {}, {} in the {} before.",
        scores.scale.name,
        higher_or_lower(difference),
        number_at(step.at).map_or(0, |moment| moment.number),
        number(step.after),
        counted(values.len() - step.at, "score"),
        number(step.before),
        step.at,
    );
    let middle = (step.before + step.after) / 2.0;
    let fits = |at: &usize| ((values[*at] - middle) * difference > 0.0) == (*at >= step.at);
    let (evidence, against): (Vec<usize>, Vec<usize>) = (0..values.len()).partition(fits);
    let notes = |which: Vec<usize>| which.into_iter().map(|at| scores.points[at].note).collect();
    Shown {
        subject: scores.scale.id.clone(),
        object: None,
        words: Vec::new(),
        direction: Some(course(scores, difference)),
        at: number_at(step.at),
        until: None,
        effect: Effect { name: "points", value: difference, interval: None },
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

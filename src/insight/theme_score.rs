//! Whether scores are higher or lower in sessions with a theme than in neighbouring sessions without.
//!
//! Scores are compared within blocks of about ten, so that a theme which became common while the scores fell is not
//! taken for one that goes with low scores; and what a score carries over from the one before counts neither way.

use super::autocorrelation::shrunk;
use super::candidate::{Candidate, Found, Shown};
use super::finding::{Course, Effect, FindingKind, Level};
use super::history::{History, Point, ScoreCourse, ThemeCourse};
use super::student;
use super::tested::{Law, Tested};
use super::wording::{counted, higher_or_lower, points};

/// Scored sessions needed, and how many of them with and without the theme.
const LEAST: (usize, usize) = (12, 4);
/// Scores in a block, about.
const BLOCK: usize = 10;
/// The least difference, as a share of the reliable change.
const LEAST_DIFFERENCE: f64 = 0.25;

/// Scores of one scale, centred within blocks.
pub(super) struct Aligned<'a> {
    scores: &'a ScoreCourse,
    /// Scores of sessions.
    pub(super) points: Vec<Point>,
    /// Each less the mean of its block.
    pub(super) centred: Vec<f64>,
    /// First score of each block, and the end.
    edges: Vec<usize>,
}

/// Looks at each theme beside each scale.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    for scores in &history.measures {
        let aligned = Aligned::of(scores);
        let count = aligned.points.len();
        if count < LEAST.0 {
            let have = counted(count, "session");
            let statement = format!("{}: {have} with a score; {} are needed beside themes", scores.scale.name, LEAST.0);
            found.lacks(FindingKind::ThemeScore, &scores.scale.id, count, statement);
            continue;
        }
        for (theme, tagged) in history.themes() {
            let with = aligned.noted(theme);
            let count = with.iter().filter(|with| **with).count();
            if count < LEAST.1 || with.len() - count < LEAST.1 {
                continue;
            }
            let Some(p) = p_value(&aligned, &with) else { continue };
            let shown = shown(theme, tagged, &aligned, &with);
            let tested = Tested { p, law: Law::Continuous };
            found.candidates.push(Candidate::test(FindingKind::ThemeScore, tested, shown));
        }
    }
}

impl<'a> Aligned<'a> {
    /// The scores of sessions, each with its distance from the mean of its block.
    pub(super) fn of(scores: &'a ScoreCourse) -> Self {
        let points: Vec<Point> = scores.points.iter().copied().filter(|point| point.session.is_some()).collect();
        let n = points.len();
        let blocks = (n / BLOCK).max(1);
        let edges: Vec<usize> = (0..=blocks).map(|block| block * n / blocks).collect();
        let values: Vec<f64> = points.iter().map(|point| point.value).collect();
        let centred = centred(&values, &edges);
        Self { scores, points, centred, edges }
    }

    /// Whether a theme was noted in the session of each score.
    pub(super) fn noted(&self, theme: &ThemeCourse) -> Vec<bool> {
        let noted = |point: &Point| point.session.and_then(|at| theme.present.get(at).copied()).unwrap_or(false);
        self.points.iter().map(noted).collect()
    }

    /// The mean distance of the scores with a theme, or of those without it.
    pub(super) fn mean(&self, with: &[bool], wanted: bool) -> f64 {
        let chosen = self.centred.iter().zip(with).filter(|(_, with)| **with == wanted);
        let (sum, count) = chosen.fold((0.0, 0.0), |(sum, count), (value, _)| (sum + value, count + 1.0));
        sum / f64::max(count, 1.0)
    }
}

/// Values less the mean of their block.
fn centred(values: &[f64], edges: &[usize]) -> Vec<f64> {
    let blocks = edges.windows(2).map(|edge| &values[edge[0]..edge[1]]);
    let less_mean = |block: &[f64]| {
        let mean = block.iter().sum::<f64>() / block.len() as f64;
        block.iter().map(|value| value - mean).collect::<Vec<f64>>()
    };
    blocks.flat_map(less_mean).collect()
}

/// Chance of as large a difference if the theme had nothing to do with the score: Student's t of the theme's coefficient.
///
/// Each block has its own mean, and what a score carries over from the one before is taken out of score and theme alike.
/// (Permuting within blocks gives about the same, but in a short history its smallest values are too coarse to tell a
/// large difference from a middling one.)
fn p_value(aligned: &Aligned<'_>, with: &[bool]) -> Option<f64> {
    let marks: Vec<f64> = with.iter().map(|with| f64::from(u8::from(*with))).collect();
    let marks = centred(&marks, &aligned.edges);
    let blocks = aligned.edges.len() - 1;
    let (_, left) = regressed(&aligned.centred, &marks)?;
    let alike = shrunk(&left, 1 + blocks);
    let (scores, marks) = (innovations(&aligned.centred, alike), innovations(&marks, alike));
    let (slope, left) = regressed(&scores, &marks)?;
    let freedom = (scores.len() - blocks - 1) as f64;
    let variance = left.iter().map(|left| left * left).sum::<f64>() / freedom;
    let spread: f64 = marks.iter().map(|mark| mark * mark).sum();
    (slope != 0.0 && variance > 0.0).then(|| student::two_sided(slope / (variance / spread).sqrt(), freedom))
}

/// The slope of one on the other, and what it leaves. `None` when the other does not vary.
fn regressed(values: &[f64], on: &[f64]) -> Option<(f64, Vec<f64>)> {
    let spread: f64 = on.iter().map(|x| x * x).sum();
    let slope = values.iter().zip(on).map(|(value, x)| value * x).sum::<f64>() / spread;
    let left = values.iter().zip(on).map(|(value, x)| value - slope * x).collect();
    (spread > 1e-9).then_some((slope, left))
}

/// Each value less what the one before carries over.
fn innovations(values: &[f64], alike: f64) -> Vec<f64> {
    let first = values.first().map(|first| first * (1.0 - alike * alike).sqrt());
    first.into_iter().chain(values.windows(2).map(|pair| pair[1] - alike * pair[0])).collect()
}

fn shown(theme: &ThemeCourse, tagged: bool, aligned: &Aligned<'_>, with: &[bool]) -> Option<Shown> {
    let scores = aligned.scores;
    let count = with.iter().filter(|with| **with).count();
    let others = with.len() - count;
    let difference = aligned.mean(with, true) - aligned.mean(with, false);
    if scores.threshold().is_some_and(|threshold| difference.abs() < LEAST_DIFFERENCE * threshold) {
        return None;
    }
    let noted = if tagged { theme.shown.clone() } else { format!("mentions of {}", theme.shown) };
    let statement = format!(
        "{} was about {} {} in sessions with {noted} ({count}) than in neighbouring sessions without ({others}).",
        scores.scale.name,
        points(difference),
        higher_or_lower(difference),
    );
    let fits = |at: &usize| (aligned.centred[*at] * difference > 0.0) == with[*at];
    let (evidence, against): (Vec<usize>, Vec<usize>) = (0..with.len()).partition(fits);
    let notes = |which: Vec<usize>| which.into_iter().map(|at| aligned.points[at].note).collect();
    let worse = difference * scores.trouble() > 0.0;
    Some(Shown {
        subject: theme.key.clone(),
        object: Some(scores.scale.id.clone()),
        words: Vec::new(),
        direction: Some(if worse { Course::Worse } else { Course::Better }),
        at: None,
        until: None,
        effect: Effect { name: "points", value: difference, interval: None },
        n: with.len(),
        statement,
        caveat: (!tagged).then(|| "Found by words of the practice's own lists, not by tags.".to_owned()),
        evidence: notes(evidence),
        against: notes(against),
        at_most: Level::Clear,
        few: false,
        mentioned: !tagged,
    })
}

//! Scores that stay where an earlier change left them, still on the clinical side: a rule, not a test.

use super::candidate::{Candidate, Found, Shown};
use super::finding::{Effect, FindingKind, Level};
use super::history::{History, ScoreCourse};
use super::theil_sen::{median, slope};
use super::wording::{counted, number};

/// Scores needed.
const LEAST: usize = 12;
/// Scores and days of the level stretch.
const STRETCH: (usize, i64) = (8, 42);
/// Where the stretch may begin at the earliest.
const EARLIEST: usize = 4;

/// Looks at each scale with a reliable change.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    for scores in &history.measures {
        let Some(threshold) = scores.threshold() else { continue };
        let n = scores.points.len();
        if n < LEAST {
            let statement = format!("{}: {}; {LEAST} are needed for a plateau", scores.scale.name, counted(n, "score"));
            found.lacks(FindingKind::Plateau, &scores.scale.id, n, statement);
            continue;
        }
        let begins = (EARLIEST..=n - STRETCH.0).find(|from| is_plateau(scores, *from, threshold));
        if let Some(from) = begins {
            found.candidates.push(Candidate::rule(FindingKind::Plateau, shown(scores, from, threshold)));
        }
    }
}

fn is_plateau(scores: &ScoreCourse, from: usize, threshold: f64) -> bool {
    // Turned so that improving is a fall.
    let values: Vec<f64> = scores.values().iter().map(|value| value * scores.trouble()).collect();
    let (before, stretch) = values.split_at(from);
    let Some(level) = median(stretch) else { return false };
    let start = before[..3].iter().sum::<f64>() / 3.0;
    let last = &before[before.len() - 3..];
    let days = scores.points.last().map_or(0, |last| (last.moment.day - scores.points[from].moment.day).num_days());
    let clinical =
        scores.scale.clinical_cutoff.as_ref().is_none_or(|cutoff| cutoff.is_clinical(level * scores.trouble()));
    // Slopes of all pairs of scores are asked for last: in a long history they take longest.
    start - level >= threshold
        && days >= STRETCH.1
        && clinical
        && stretch.iter().all(|value| (value - level).abs() <= 1.2 * threshold)
        && last.iter().sum::<f64>() / 3.0 - level <= threshold / 2.0
        && drift(stretch).abs() < threshold / 2.0
        && drift(&values[..=from]) <= -0.6 * threshold
}

/// Sen's slope times the length.
fn drift(values: &[f64]) -> f64 {
    let order: Vec<f64> = (0..values.len()).map(|at| at as f64).collect();
    slope(&order, values) * (values.len() as f64 - 1.0)
}

fn shown(scores: &ScoreCourse, from: usize, threshold: f64) -> Shown {
    let (before, stretch) = scores.points.split_at(from);
    let level = median(&stretch.iter().map(|point| point.value).collect::<Vec<f64>>()).unwrap_or(0.0);
    let earlier = if scores.trouble() > 0.0 { "fall" } else { "rise" };
    let statement = format!(
        "{} scores have stayed around {} since session {} after the earlier {earlier} ({}).",
        scores.scale.name,
        number(level),
        stretch[0].moment.number,
        counted(stretch.len(), "score"),
    );
    let (against, fits): (Vec<_>, Vec<_>) =
        stretch.iter().partition(|point| (point.value - level).abs() > threshold / 2.0);
    Shown {
        subject: scores.scale.id.clone(),
        object: None,
        words: Vec::new(),
        direction: None,
        at: Some(stretch[0].moment),
        until: stretch.last().map(|point| point.moment),
        effect: Effect { name: "level", value: level, interval: None },
        n: stretch.len(),
        statement,
        caveat: None,
        evidence: before[..3].iter().chain(fits).map(|point| point.note).collect(),
        against: against.into_iter().map(|point| point.note).collect(),
        at_most: Level::Clear,
        few: false,
        mentioned: false,
    }
}

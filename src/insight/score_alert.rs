//! Scores worth a look by rule: worse than the best level so far, no movement yet, outside the client's own range.
//!
//! These are not the alarms of the licensed systems, which compare with other clients; nothing here does. Counted and
//! compared, not tested.

use super::candidate::Found;
use super::finding::Observation;
use super::history::{History, ScoreCourse};
use super::student;
use super::theil_sen::{median, slope};
use super::wording::{counted, day, higher_or_lower, number};
use crate::domain::{Confidential, NoteId};

/// Scores that make a level.
const LEVEL: usize = 3;
/// Scores and days before "no movement yet" is said.
const STILL: (usize, i64) = (8, 56);
/// Scores before the latest that make the client's own range.
const OWN: usize = 8;

/// Looks at each scale with a reliable change.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    for scores in &history.measures {
        let Some(threshold) = scores.threshold() else { continue };
        found.observations.extend(worse_than_best(scores, threshold));
        found.observations.extend(no_movement(scores, threshold));
        found.observations.extend(unusual(scores, threshold));
    }
}

/// The last three against the best three in a row so far.
fn worse_than_best(scores: &ScoreCourse, threshold: f64) -> Option<Observation> {
    let values = scores.values();
    if values.len() < 2 * LEVEL {
        return None;
    }
    let trouble = scores.trouble();
    let (earlier, last) = values.split_at(values.len() - LEVEL);
    let level = |values: &[f64]| median(values).unwrap_or(0.0);
    let best =
        earlier.windows(LEVEL).enumerate().min_by(|a, b| (level(a.1) * trouble).total_cmp(&(level(b.1) * trouble)))?;
    let now = level(last);
    let risen = (now - level(best.1)) * trouble;
    let latest = (values.last()? - level(best.1)) * trouble;
    if risen < threshold || latest < threshold {
        return None;
    }
    let statement = format!(
        "{}: the last {LEVEL} scores stand at {}, {} than the best {LEVEL} so far at {} (threshold {}).",
        scores.scale.name,
        number(now),
        higher_or_lower(now - level(best.1)),
        number(level(best.1)),
        number(threshold)
    );
    let cited = (best.0..best.0 + LEVEL).chain(values.len() - LEVEL..values.len());
    Some(observation("worsening", scores, statement, cited.map(|at| scores.points[at].note).collect()))
}

/// Eight scores and eight weeks without a change, still on the clinical side.
fn no_movement(scores: &ScoreCourse, threshold: f64) -> Option<Observation> {
    let (first, last) = (scores.points.first()?, scores.points.last()?);
    let span = (last.moment.day - first.moment.day).num_days();
    let clinical = scores.scale.clinical_cutoff.as_ref()?.is_clinical(last.value);
    if scores.points.len() < STILL.0 || span < STILL.1 || !clinical {
        return None;
    }
    let drift = slope(&scores.days(), &scores.values()) * span as f64;
    let moved = (last.value - first.value).abs() >= threshold;
    (drift.abs() <= threshold / 2.0 && !moved).then(|| {
        let statement = format!(
            "{}: no reliable movement yet in {} since {}.",
            scores.scale.name,
            counted(scores.points.len(), "score"),
            day(first.moment.day)
        );
        observation("no_movement_yet", scores, statement, scores.points.iter().map(|point| point.note).collect())
    })
}

/// The latest score outside the range of the eight before it. Their spread never counts for less than the scale's error.
fn unusual(scores: &ScoreCourse, threshold: f64) -> Option<Observation> {
    let (last, before) = scores.points.split_last()?;
    let own = before.get(before.len().checked_sub(OWN)?..)?;
    let values: Vec<f64> = own.iter().map(|point| point.value).collect();
    let middle = median(&values)?;
    let n = OWN as f64;
    let mean = values.iter().sum::<f64>() / n;
    let spread = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let error = threshold / (1.96 * std::f64::consts::SQRT_2);
    let reach = student::critical(0.025, n - 1.0) * spread.max(error) * (1.0 + 1.0 / n).sqrt();
    ((last.value - middle).abs() > reach).then(|| {
        let statement = format!(
            "{}: {} on {} lies outside this client's own range of the {OWN} scores before ({} to {}).",
            scores.scale.name,
            number(last.value),
            day(last.moment.day),
            number((middle - reach).max(scores.scale.min)),
            number((middle + reach).min(scores.scale.max)),
        );
        observation("unusual_score", scores, statement, own.iter().chain([last]).map(|point| point.note).collect())
    })
}

fn observation(kind: &'static str, scores: &ScoreCourse, statement: String, evidence: Vec<NoteId>) -> Observation {
    Observation {
        kind,
        subject: Confidential::new(scores.scale.id.as_str()),
        at: scores.points.last().map(|point| point.moment),
        n: scores.points.len(),
        statement: Confidential::new(statement),
        evidence,
    }
}

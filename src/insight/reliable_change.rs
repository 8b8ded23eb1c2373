//! Reliable change (Jacobson and Truax 1991), confirmed: a rule, not a test.
//!
//! One comparison of first and last shows a "reliable change" in one of nine histories in which nothing changed. So two
//! are asked for: last against first, and the last three against the first two, both past the threshold and on the same
//! side. To stand out, all scores together must also show a trend or a change of level that chance seldom gives; otherwise
//! it may be chance. What only the latest score shows is an observation.

use super::candidate::{Candidate, Found, Shown};
use super::finding::{Effect, FindingKind, Level, Observation};
use super::history::{History, Point, ScoreCourse};
use super::theil_sen::median;
use super::wording::{counted, course, day, higher_or_lower, number, points};
use super::{level_shift, score_trend, step};
use crate::domain::{ChangeKind, Confidential, ReliableChange};

/// Scores needed before a change can be confirmed.
const LEAST: usize = 4;

/// From so many scores on their whole course can be tested, how seldom chance may give as much, and how many simulated
/// series tell.
const FOR_A_COURSE: usize = 8;
const SELDOM: f64 = 0.02;
const DRAWS: u32 = 999;

/// Looks at each scale.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    for scores in &history.measures {
        let Some(change) = &scores.scale.reliable_change else { continue };
        let [first, .., last] = scores.points.as_slice() else { continue };
        let moved = last.value - first.value;
        if scores.points.len() < LEAST {
            let have = counted(scores.points.len(), "score");
            let statement = format!("{}: {have}; {LEAST} are needed to confirm a change", scores.scale.name);
            found.lacks(FindingKind::ReliableChange, &scores.scale.id, scores.points.len(), statement);
        } else if let Some(confirmed) = confirmed(scores, change.points) {
            let mut shown = shown(scores, change, first, last, confirmed);
            if !is_a_course(history.client, scores, &scores.values()) {
                shown.at_most = Level::Weak;
            }
            found.candidates.push(Candidate::rule(FindingKind::ReliableChange, shown));
        }
        if moved.abs() >= change.points && confirmed(scores, change.points).is_none() {
            found.observations.push(latest_only(scores, first, last));
        }
    }
}

/// Last three against first two, when both comparisons pass the threshold on the same side.
fn confirmed(scores: &ScoreCourse, threshold: f64) -> Option<f64> {
    let values = scores.values();
    if values.len() < LEAST {
        return None;
    }
    let (first, last) = (values.first()?, values.last()?);
    let early = (values[0] + values[1]) / 2.0;
    let late = median(&values[values.len() - 3..])?;
    let (single, windowed) = (last - first, late - early);
    (single.abs() >= threshold && windowed.abs() >= threshold && single * windowed > 0.0).then_some(windowed)
}

/// Whether all scores together show a course that chance seldom gives: a trend or a change of level. The two comparisons
/// rest on five scores and pass in more than one of eighty histories in which nothing changes; with this, in one of a
/// hundred and fifty (planted benchmark, seeds 101 to 106, 900 of them).
fn is_a_course(client: &str, scores: &ScoreCourse, values: &[f64]) -> bool {
    let steps = || {
        step::best(values, level_shift::SIDE)
            .is_some_and(|step| level_shift::chance(client, scores, values, &step, DRAWS) <= SELDOM)
    };
    values.len() < FOR_A_COURSE || score_trend::chance(values).0 <= SELDOM || steps()
}

fn shown(scores: &ScoreCourse, change: &ReliableChange, first: &Point, last: &Point, windowed: f64) -> Shown {
    let moved = last.value - first.value;
    let beyond = match change.kind {
        ChangeKind::Reliability => {
            format!("more than measurement error alone usually explains (threshold {})", number(change.points))
        }
        ChangeKind::Reliability90 => {
            format!(
                "more than measurement error alone usually explains (threshold {}, at the 90 % level)",
                number(change.points)
            )
        }
        ChangeKind::ImportantChange => {
            format!("past what is customarily called an important change ({})", number(change.points))
        }
    };
    let statement = format!(
        "{} went from {} ({}) to {} ({}): score reliably {}, {beyond}{}.",
        scores.scale.name,
        number(first.value),
        day(first.moment.day),
        number(last.value),
        day(last.moment.day),
        higher_or_lower(moved),
        crossing(scores, first, last),
    );
    let count = scores.points.len();
    let between = &scores.points[2..count - 3.min(count - 2)];
    let back = |point: &&Point| (point.value - first.value).abs() < change.points && point.note != last.note;
    let evidence = scores.points[..2].iter().chain(&scores.points[count - 3..]).map(|point| point.note);
    let mut evidence: Vec<_> = evidence.collect();
    evidence.dedup();
    Shown {
        subject: scores.scale.id.clone(),
        object: None,
        words: Vec::new(),
        direction: Some(course(scores, moved)),
        at: Some(last.moment),
        until: None,
        effect: Effect { name: "points", value: windowed, interval: None },
        n: count,
        statement,
        caveat: caveat(scores, change, first, moved),
        evidence,
        against: between.iter().skip(between.len() / 2).filter(back).map(|point| point.note).collect(),
        at_most: Level::Clear,
        few: false,
        mentioned: false,
    }
}

/// On which side of the usual cutoff the two scores lie.
fn crossing(scores: &ScoreCourse, first: &Point, last: &Point) -> String {
    let Some(cutoff) = &scores.scale.clinical_cutoff else { return String::new() };
    let value = number(cutoff.value);
    match (cutoff.is_clinical(first.value), cutoff.is_clinical(last.value)) {
        (true, false) => format!(", and is now past the usual cutoff of {value}"),
        (false, true) => format!(", and is now on the clinical side of the usual cutoff of {value}"),
        (false, false) => format!("; it was already on the healthy side of the usual cutoff of {value}"),
        (true, true) => String::new(),
    }
}

/// A high first score tends to fall by itself; a threshold that is not measurement error says so.
fn caveat(scores: &ScoreCourse, change: &ReliableChange, first: &Point, moved: f64) -> Option<String> {
    let trouble = scores.trouble();
    let extreme = scores.points.iter().all(|point| point.value * trouble <= first.value * trouble);
    let mut parts = Vec::new();
    if moved * trouble < 0.0 && extreme {
        parts.push("The first score is the most extreme one; such scores tend to move back by themselves.".to_owned());
    }
    if change.kind == ChangeKind::ImportantChange {
        parts.push("The threshold of this scale does not come from its measurement error.".to_owned());
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn latest_only(scores: &ScoreCourse, first: &Point, last: &Point) -> Observation {
    let moved = last.value - first.value;
    let statement = format!(
        "{}: latest score only, {} {} than at the start; wait for the next one.",
        scores.scale.name,
        points(moved),
        higher_or_lower(moved)
    );
    Observation {
        kind: "latest_score",
        subject: Confidential::new(scores.scale.id.as_str()),
        at: Some(last.moment),
        n: scores.points.len(),
        statement: Confidential::new(statement),
        evidence: vec![first.note, last.note],
    }
}

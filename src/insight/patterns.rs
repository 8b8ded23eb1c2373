//! All finders over one client's file, and the adjustment of their tests, each among those of its kind.

use super::candidate::{Candidate, Found, Shown};
use super::finding::{Finding, FindingKind, Level, Patterns};
use super::history::History;
use super::multiplicity;
use super::tested::Tested;
use super::{
    alliance, attendance, level_shift, phase_effect, plateau, recent_words, reliable_change, score_alert, score_trend,
    silences, sudden_change, theme_beside, theme_counted, theme_score, theme_time, year_words,
};
use crate::casebook::CaseFile;
use crate::domain::Confidential;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The finders, one a file.
const FINDERS: [fn(&History<'_>, &mut Found); 16] = [
    reliable_change::find,
    sudden_change::find,
    level_shift::find,
    score_trend::find,
    plateau::find,
    theme_time::find,
    theme_beside::find,
    attendance::find,
    recent_words::find,
    theme_counted::find,
    year_words::find,
    silences::find,
    alliance::find,
    score_alert::find,
    theme_score::find,
    phase_effect::find,
];

/// What runs through one client's history up to a day. The same notes always give the same.
///
/// Each episode is looked at by itself; the tests of one kind in all of them are adjusted together.
pub fn patterns(file: &CaseFile, today: NaiveDate) -> Patterns {
    let mut found = Found::default();
    for episode in &file.episodes {
        // What is only counted, and what is missing, is of interest for the work that goes on.
        found.observations.clear();
        found.too_little.clear();
        let history = History::of(file, episode, today);
        if !history.visits.is_empty() || !history.measures.is_empty() {
            FINDERS.iter().for_each(|find| find(&history, &mut found));
        }
    }
    let tested: Vec<(FindingKind, &Tested)> =
        found.candidates.iter().filter_map(|c| Some((c.kind, c.tested.as_ref()?))).collect();
    let mut tests: BTreeMap<FindingKind, usize> = BTreeMap::new();
    tested.iter().for_each(|(kind, _)| *tests.entry(*kind).or_default() += 1);
    let mut adjusted = multiplicity::adjusted(&tested).into_iter();
    let with_q: Vec<Option<f64>> =
        found.candidates.iter().map(|c| c.tested.as_ref().and_then(|_| adjusted.next())).collect();
    let mut findings: Vec<Finding> =
        found.candidates.into_iter().zip(with_q).filter_map(|(candidate, q)| finding(candidate, q)).collect();
    findings.sort_by(|a, b| {
        let strength = |finding: &Finding| finding.q.unwrap_or(0.0);
        (a.level, a.kind).cmp(&(b.level, b.kind)).then(strength(a).total_cmp(&strength(b)))
    });
    Patterns {
        client: file.code.clone(),
        findings,
        observations: found.observations,
        too_little: found.too_little,
        tests,
    }
}

/// What is said about a candidate. Its level is its own strength only: it is neither raised nor shown at all because
/// something else was found beside it.
fn finding(candidate: Candidate, q: Option<f64>) -> Option<Finding> {
    let Candidate { kind, tested, shown } = candidate;
    let Shown {
        subject,
        object,
        words,
        direction,
        at,
        until,
        effect,
        n,
        statement,
        caveat,
        evidence,
        against,
        at_most,
        few,
        mentioned,
    } = shown?;
    let clear = if few { Level::CLEAR_OF_FEW } else { Level::Clear.limit() };
    let by_chance = match q {
        Some(q) if q > Level::Weak.limit() => return None,
        Some(q) if q > clear => Level::Weak,
        _ => Level::Clear,
    };
    Some(Finding {
        kind,
        level: by_chance.max(at_most),
        subject: Confidential::new(subject),
        object: object.map(Confidential::new),
        words,
        direction,
        at,
        until,
        effect,
        p: tested.map(|tested| tested.p),
        q,
        n,
        statement: Confidential::new(statement),
        caveat: caveat.map(Confidential::new),
        evidence,
        against,
        mentioned,
    })
}

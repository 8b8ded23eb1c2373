//! Findings held against what was planted.
//!
//! A planted pattern is found when kind, subject and object are those planted, the direction is not the wrong one, and
//! the place lies within the tolerance. What follows from a planted pattern, or finds it a second time, is neutral.
//! Everything else is false: also the right thing in the wrong place or the wrong direction.

use super::planting::Planted;
use super::planting::truth::{Pattern, Strength, Truth};
use std::collections::BTreeMap;
use throughline::domain::Confidential;
use throughline::insight::{Finding, FindingKind};

/// What one finding is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// The planted pattern, for the first time, so many appointments off where it has a place.
    Found(Option<usize>),
    Neutral,
    /// The planted pattern in another place.
    Misplaced,
    False,
}

/// Counts of one kind.
#[derive(Debug, Default)]
pub struct OfKind {
    /// Planted and found, by strength.
    by_strength: BTreeMap<Strength, (usize, usize)>,
    /// Found with or without the right place.
    anywhere: usize,
    /// How far off, of those found.
    errors: Vec<usize>,
    /// False findings of this kind, and those of them in histories without a pattern.
    pub wrong: usize,
    pub wrong_in_nulls: usize,
}

impl OfKind {
    /// Found and planted.
    pub fn recall(&self) -> (usize, usize) {
        self.by_strength.values().fold((0, 0), |sum, (found, of)| (sum.0 + found, sum.1 + of))
    }

    /// Found and planted with one strength.
    pub fn of(&self, strength: Strength) -> (usize, usize) {
        self.by_strength.get(&strength).copied().unwrap_or_default()
    }

    /// Share found anywhere.
    pub fn anywhere(&self) -> f64 {
        share((self.anywhere, self.recall().1))
    }

    /// Median distance from the place, where the kind has one.
    pub fn error(&self) -> Option<usize> {
        let mut errors = self.errors.clone();
        errors.sort_unstable();
        errors.get(errors.len() / 2).copied()
    }
}

/// A share as a number; nought of nought is nought.
pub fn share((of, all): (usize, usize)) -> f64 {
    if all == 0 { 0.0 } else { of as f64 / all as f64 }
}

/// Counts over all clients.
#[derive(Debug, Default)]
pub struct Score {
    pub kinds: BTreeMap<FindingKind, OfKind>,
    pub right: usize,
    pub wrong: usize,
    pub neutral: usize,
    pub clients: usize,
    /// Histories without a pattern; those with a false finding; all false findings there.
    pub nulls: usize,
    pub nulls_hit: usize,
    pub wrong_in_nulls: usize,
}

impl Score {
    /// Counts one client's findings.
    pub fn add<'a>(&mut self, client: &Planted, findings: impl Iterator<Item = &'a Finding>) {
        self.clients += 1;
        let null = client.truth.planted.is_none();
        let (mut found, mut anywhere, mut wrong) = (None, false, 0);
        for finding in findings {
            let verdict = verdict(&client.truth, finding, found.is_some());
            anywhere |= matches!(verdict, Verdict::Found(_) | Verdict::Misplaced);
            match verdict {
                Verdict::Found(error) => {
                    found = Some(error);
                    self.right += 1;
                }
                Verdict::Neutral => self.neutral += 1,
                Verdict::Misplaced | Verdict::False => {
                    wrong += 1;
                    let kind = self.kinds.entry(finding.kind).or_default();
                    kind.wrong += 1;
                    kind.wrong_in_nulls += usize::from(null);
                }
            }
        }
        self.wrong += wrong;
        if null {
            self.nulls += 1;
            self.nulls_hit += usize::from(wrong > 0);
            self.wrong_in_nulls += wrong;
        }
        if let Some((pattern, strength)) = &client.truth.planted {
            let kind = self.kinds.entry(pattern.kind).or_default();
            let (right, of) = kind.by_strength.entry(*strength).or_default();
            *of += 1;
            *right += usize::from(found.is_some());
            kind.anywhere += usize::from(anywhere);
            kind.errors.extend(found.flatten());
        }
    }

    /// Share of the findings that are right, neutral ones aside.
    pub fn precision(&self) -> f64 {
        share((self.right, self.right + self.wrong))
    }

    /// Mean over the kinds of the share found.
    pub fn macro_recall(&self) -> f64 {
        let planted: Vec<f64> = self.kinds.values().map(OfKind::recall).filter(|(_, of)| *of > 0).map(share).collect();
        planted.iter().sum::<f64>() / planted.len().max(1) as f64
    }
}

fn verdict(truth: &Truth, finding: &Finding, already: bool) -> Verdict {
    if let Some((pattern, _)) = truth.planted.as_ref().filter(|(pattern, _)| is_of(pattern, finding)) {
        return match off(pattern, finding) {
            None => Verdict::Misplaced,
            Some(_) if already => Verdict::Neutral,
            Some(error) => Verdict::Found(error),
        };
    }
    if truth.implied.iter().any(|pattern| is_of(pattern, finding)) { Verdict::Neutral } else { Verdict::False }
}

/// Whether a finding is about a pattern, wherever it stands.
fn is_of(pattern: &Pattern, finding: &Finding) -> bool {
    let subject = finding.subject.reveal();
    let object = finding.object.as_ref().map(Confidential::reveal);
    let named = if pattern.kind == FindingKind::ThemePair {
        [(pattern.subject, pattern.object), (pattern.object, pattern.subject)].contains(&(Some(subject), object))
    } else {
        let words = finding.words.iter().map(Confidential::reveal);
        let mut names = std::iter::once(subject).chain(words);
        pattern.subject.is_none_or(|name| names.any(|other| is_name(pattern.kind, name, other)))
            && pattern.object.is_none_or(|name| object == Some(name))
    };
    let against = |course| finding.direction.is_some_and(|direction| direction != course);
    pattern.kind == finding.kind && named && !pattern.course.is_some_and(against)
}

/// A theme of several words stands in prose as its words.
fn is_name(kind: FindingKind, name: &str, other: &str) -> bool {
    name == other || kind == FindingKind::KeywordShift && name.split('-').any(|word| word == other)
}

/// How far off the place of a finding is; `None` when it is too far. A pattern without a place is never off.
fn off(pattern: &Pattern, finding: &Finding) -> Option<Option<usize>> {
    let Some(stretch) = pattern.stretch else { return Some(None) };
    let from = finding.at?.number as usize;
    let until = finding.until.map_or(from, |until| until.number as usize);
    let overlaps = from <= stretch.until + stretch.tolerance && until + stretch.tolerance >= stretch.from;
    overlaps.then_some(Some(from.abs_diff(stretch.from)))
}

//! What a finder hands on before chance is weighed: a pattern that was looked for, whether or not it is there.
//!
//! Every test that was run is a candidate, also those that show nothing: they are what the others are adjusted for.

use super::finding::{Course, Effect, FindingKind, Level, Moment, Observation, TooLittle};
use super::tested::Tested;
use crate::domain::{Confidential, NoteId};

/// Everything the finders hand on.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) candidates: Vec<Candidate>,
    pub(super) observations: Vec<Observation>,
    pub(super) too_little: Vec<TooLittle>,
}

impl Found {
    /// Says what is missing before a pattern can be looked for.
    pub(super) fn lacks(&mut self, kind: FindingKind, subject: &str, n: usize, statement: String) {
        let [subject, statement] = [subject.to_owned(), statement].map(Confidential::new);
        self.too_little.push(TooLittle { kind, subject, n, statement });
    }
}

/// A pattern that was looked for.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) kind: FindingKind,
    /// `None` for a rule that needs no test.
    pub(super) tested: Option<Tested>,
    /// Says what was found, when it is large enough and has enough data to be shown. Filters by size come after the
    /// adjustment, so that they can only lower the false rate.
    pub(super) shown: Option<Shown>,
}

/// What would be said about it.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) subject: String,
    pub(super) object: Option<String>,
    pub(super) words: Vec<Confidential>,
    pub(super) direction: Option<Course>,
    pub(super) at: Option<Moment>,
    pub(super) until: Option<Moment>,
    pub(super) effect: Effect,
    pub(super) n: usize,
    pub(super) statement: String,
    pub(super) caveat: Option<String>,
    pub(super) evidence: Vec<NoteId>,
    pub(super) against: Vec<NoteId>,
    /// The most it may claim, whatever the test says.
    pub(super) at_most: Level,
    /// Whether there is little more than the least data; then only what is rarer still may stand out.
    pub(super) few: bool,
    /// Whether it is about mentions of a theme and not about tags.
    pub(super) mentioned: bool,
}

impl Candidate {
    /// A test, with what to say when it passes.
    pub(super) fn test(kind: FindingKind, tested: Tested, shown: Option<Shown>) -> Self {
        Self { kind, tested: Some(tested), shown }
    }

    /// A rule that is met.
    pub(super) fn rule(kind: FindingKind, shown: Shown) -> Self {
        Self { kind, tested: None, shown: Some(shown) }
    }
}

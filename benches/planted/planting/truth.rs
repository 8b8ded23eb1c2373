//! What was planted in a history, so that findings can be held against it.

use throughline::insight::{Course, FindingKind};

/// How plain a planted pattern is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    Easy,
    Medium,
    Hard,
}

impl Strength {
    pub const ALL: [Self; 3] = [Self::Easy, Self::Medium, Self::Hard];

    /// One of three values.
    pub fn of<T: Copy>(self, values: [T; 3]) -> T {
        values[self as usize]
    }
}

/// Where a pattern stands: numbers of appointments, and how far off still counts as found there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub from: usize,
    pub until: usize,
    pub tolerance: usize,
}

/// A pattern as it was planted, or one that follows from it. `None` as subject or object: any.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    pub kind: FindingKind,
    pub subject: Option<&'static str>,
    pub object: Option<&'static str>,
    pub course: Option<Course>,
    pub stretch: Option<Stretch>,
}

impl Pattern {
    pub fn new(kind: FindingKind, subject: &'static str) -> Self {
        Self { kind, subject: Some(subject), object: None, course: None, stretch: None }
    }

    /// Beside something else.
    pub fn with(self, object: &'static str) -> Self {
        Self { object: Some(object), ..self }
    }

    /// One way only.
    pub fn towards(self, course: Course) -> Self {
        Self { course: Some(course), ..self }
    }

    /// In one place.
    pub fn at(self, from: usize, until: usize, tolerance: usize) -> Self {
        Self { stretch: Some(Stretch { from, until, tolerance }), ..self }
    }

    /// About anything.
    pub fn any(self) -> Self {
        Self { subject: None, ..self }
    }
}

/// What is true of a history. Nothing planted: whatever is found is false.
#[derive(Debug, Default)]
pub struct Truth {
    pub planted: Option<(Pattern, Strength)>,
    /// What follows from it: neither asked for nor false.
    pub implied: Vec<Pattern>,
}

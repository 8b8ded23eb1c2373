//! Counts over sessions, and what a finder hands back.
//!
//! In goes nothing but yes and no, one a session; out come shares such as "9 of 12". Every finder on presence speaks in
//! these terms, so that a sentence can be recounted from the sessions it cites. No dates, no text, no test.

use super::tested::Tested;

/// In how many of how many sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Share {
    /// Sessions that have it.
    pub(super) of: usize,
    /// Sessions looked at.
    pub(super) all: usize,
}

impl Share {
    /// Counts one stretch of sessions.
    pub(super) fn among(present: &[bool]) -> Self {
        Self { of: present.iter().filter(|present| **present).count(), all: present.len() }
    }

    /// The share as a number; zero of zero is zero.
    pub(super) fn rate(self) -> f64 {
        if self.all == 0 { 0.0 } else { self.of as f64 / self.all as f64 }
    }

    /// Whether it is at least so many times the other share; counted in whole numbers, so that a third is a third.
    pub(super) fn is_times(self, times: usize, other: Share) -> bool {
        other.of * self.all * times <= self.of * other.all
    }

    /// What is left when this share is taken out of a larger one.
    pub(super) fn rest_of(self, whole: Share) -> Share {
        Share { of: whole.of.saturating_sub(self.of), all: whole.all.saturating_sub(self.all) }
    }
}

/// What a history has too little of before a finder may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lacking {
    /// What is counted.
    pub(super) need: Need,
    /// How much there is.
    pub(super) have: usize,
    /// How much the finder asks for.
    pub(super) asked: usize,
}

/// What a minimum is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Attended sessions.
    Sessions,
    /// Sessions with the theme.
    With,
    /// Sessions without the theme.
    Without,
    /// Appointments, kept or missed.
    Appointments,
    /// Missed appointments.
    Missed,
    /// Sessions with the theme that an appointment followed.
    Followed,
    /// Days between the first and the last session.
    Days,
}

impl Need {
    /// Holds a minimum against what there is.
    ///
    /// # Errors
    /// [`Lacking`] when there is less.
    pub(super) fn at_least(self, asked: usize, have: usize) -> Result<(), Lacking> {
        if have < asked { Err(Lacking { need: self, have, asked }) } else { Ok(()) }
    }
}

/// A test that was run, and what it found. A test without a find still counts among the tests of its family.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Looked<Found> {
    /// What chance alone would give.
    pub(super) tested: Tested,
    /// Where and how much; `None` when the sizes asked for are not reached.
    pub(super) found: Option<Found>,
}

/// Sessions that bear a statement out, and those that do not fit it: indices into what the finder was given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cited {
    /// They are what the statement counts.
    pub(super) fitting: Vec<usize>,
    /// They are what it would have to explain away.
    pub(super) unfitting: Vec<usize>,
}

impl Cited {
    /// Sessions with the theme fit inside a stretch and do not fit outside; those without it the other way round. What is
    /// absent outside is the rule, so it is not listed.
    pub(super) fn within(present: &[bool], stretch: std::ops::Range<usize>) -> Self {
        let mut cited = Self::default();
        for (at, here) in present.iter().enumerate() {
            match (stretch.contains(&at), here) {
                (true, true) => cited.fitting.push(at),
                (true, false) | (false, true) => cited.unfitting.push(at),
                (false, false) => {}
            }
        }
        cited
    }
}

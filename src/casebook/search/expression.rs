//! A query as it was understood.
//!
//! A query is a list of groups that must all hold; a group is a list of clauses of which one must. It holds words that
//! somebody looks for in notes, so it shows nothing of itself.

use crate::domain::{ClientCode, Confidential, Kind, Person, Theme};
use chrono::NaiveDate;

/// What to look for.
pub struct Search {
    pub(super) groups: Vec<Vec<Clause>>,
}

impl std::fmt::Debug for Search {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Search(..)")
    }
}

/// Something that holds of a note or does not.
pub(super) struct Clause {
    pub(super) not: bool,
    pub(super) term: Term,
}

/// What a clause asks for.
pub(super) enum Term {
    /// Words that stand one after the other; mostly only one.
    Words(Vec<Element>),
    /// Notes of this client.
    Client(ClientCode),
    /// Notes of this kind.
    Kind(Kind),
    /// Notes with this theme or a part of it.
    Theme(Theme),
    /// Notes with this person.
    Person(Person),
    /// Notes with a total of this scale.
    Score { scale: String, comparison: Comparison, value: f64 },
    /// Notes before this day.
    Before(NaiveDate),
    /// Notes from this day on.
    From(NaiveDate),
}

/// A folded word, or how words begin.
#[derive(PartialEq)]
pub(super) struct Element {
    pub(super) folded: Confidential,
    pub(super) beginning: bool,
}

/// How a total is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Above,
    AtLeast,
    Below,
    AtMost,
    Equal,
}

impl Comparison {
    /// Whether it holds between a total and the value asked for.
    pub(super) fn holds(self, total: f64, value: f64) -> bool {
        match self {
            Self::Above => total > value,
            Self::AtLeast => total >= value,
            Self::Below => total < value,
            Self::AtMost => total <= value,
            Self::Equal => (total - value).abs() < 1e-9,
        }
    }
}

impl Search {
    /// Looks for nothing: only filters count.
    pub fn everything() -> Self {
        Self { groups: Vec::new() }
    }

    /// The client that every note must be of, when the query names one: no other notes need be opened.
    pub fn client(&self) -> Option<&ClientCode> {
        self.groups.iter().find_map(|group| match group.as_slice() {
            [Clause { not: false, term: Term::Client(code) }] => Some(code),
            _ => None,
        })
    }

    /// Words and phrases that a note may hold to fit, in order; those after a minus are not among them.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &[Element]> {
        self.groups.iter().flatten().filter(|clause| !clause.not).filter_map(|clause| match &clause.term {
            Term::Words(words) => Some(words.as_slice()),
            _ => None,
        })
    }
}

//! Words that stand in recent sessions more often than in earlier ones.
//!
//! In goes the table of words; out come groups of words, the two shares, and the exact chance. A session has a word or
//! has it not: repeating it within one note adds nothing. Words that stand in exactly the same sessions are one thing (a
//! sentence used again), so they are one test.

use super::hypergeometric::Overlap;
use super::keyness::Counts;
use super::presence::{Cited, Lacking, Looked, Need, Share};
use super::tested::{Law, Tested};
use super::words::WordTable;
use std::collections::BTreeMap;

const SESSIONS: usize = 12;
/// The last 35 of 100 sessions are recent, and at least five.
const RECENT: f64 = 0.35;
const RECENT_LEAST: usize = 5;
/// A word stands in so many sessions at least, and in so many it does not.
const WITH: usize = 4;
const WITHOUT: usize = 3;
/// Share of the recent sessions that have it.
const OFTEN: f64 = 0.3;
/// Worth of the prior in words (Monroe and others use about the length of a document).
const PRIOR: f64 = 1_000.0;

/// Words of recent sessions.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shift {
    /// Which words, as indices into the table; the longest first.
    pub(super) words: Vec<usize>,
    /// The first recent session.
    pub(super) place: usize,
    /// Recent sessions that have them.
    pub(super) recent: Share,
    /// Earlier sessions that have them.
    pub(super) earlier: Share,
    /// Log odds with a Dirichlet prior, in standard deviations: for the order among words, not for deciding.
    pub(super) log_odds: f64,
    /// The likelihood measure, for display.
    pub(super) likelihood: f64,
    /// Sessions for and against.
    pub(super) cited: Cited,
}

/// Holds the last third or so of the sessions against those before it.
///
/// # Errors
/// [`Lacking`] when there are too few sessions.
pub(super) fn keyword_shift(table: &WordTable) -> Result<Vec<Looked<Shift>>, Lacking> {
    let sessions = table.lengths.len();
    Need::Sessions.at_least(SESSIONS, sessions)?;
    let recent = ((RECENT * sessions as f64).round() as usize).max(RECENT_LEAST);
    Ok(words_since(table, sessions - recent))
}

/// Holds the sessions from a place on against those before it: one test a group of words, in the order of their first
/// word.
pub(super) fn words_since(table: &WordTable, place: usize) -> Vec<Looked<Shift>> {
    let mut groups: BTreeMap<usize, (Vec<bool>, Vec<usize>)> = BTreeMap::new();
    let mut first_of: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
    for (at, line) in table.lines.iter().enumerate() {
        let present: Vec<bool> = line.times.iter().map(|times| *times > 0).collect();
        let share = Share::among(&present);
        if share.of >= WITH && share.all - share.of >= WITHOUT {
            let first = *first_of.entry(present.clone()).or_insert(at);
            groups.entry(first).or_insert_with(|| (present, Vec::new())).1.push(at);
        }
    }
    groups.into_values().map(|(present, words)| looked(table, &present, words, place)).collect()
}

fn looked(table: &WordTable, present: &[bool], mut words: Vec<usize>, place: usize) -> Looked<Shift> {
    let whole = Share::among(present);
    let recent = Share::among(&present[place..]);
    let earlier = recent.rest_of(whole);
    let overlap = Overlap::new(whole.all, whole.of, recent.all);
    let tested = Tested { p: overlap.at_least(recent.of), law: Law::Discrete(overlap.attainable()) };
    if recent.rate() <= earlier.rate() || recent.rate() < OFTEN {
        return Looked { tested, found: None };
    }
    let length = |word: &usize| table.lines.get(*word).map_or(0, |line| line.word.reveal().chars().count());
    words.sort_by_key(|word| std::cmp::Reverse(length(word)));
    let counts =
        words.first().map_or(Counts { one: 0, one_all: 0, other: 0, other_all: 0 }, |word| counts(table, *word, place));
    // The background is the whole history: how often the word stands among all its words.
    let background = (counts.one + counts.other) as f64 / (counts.one_all + counts.other_all).max(1) as f64;
    let log_odds = counts.log_odds(PRIOR * background, PRIOR);
    let cited = Cited::within(present, place..present.len());
    Looked {
        tested,
        found: Some(Shift { words, place, recent, earlier, log_odds, likelihood: counts.likelihood(), cited }),
    }
}

/// How often a word stands in recent and in earlier sessions.
fn counts(table: &WordTable, word: usize, place: usize) -> Counts {
    let (earlier, recent) = table.lines[word].times.split_at(place);
    let (earlier_all, recent_all) = table.lengths.split_at(place);
    Counts {
        one: recent.iter().sum(),
        one_all: recent_all.iter().sum(),
        other: earlier.iter().sum(),
        other_all: earlier_all.iter().sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn table(bodies: &[String]) -> WordTable {
        WordTable::of(bodies.iter().map(String::as_str), &BTreeSet::new())
    }

    #[test]
    fn a_word_of_recent_sessions_is_found_once_with_those_that_always_stand_beside_it() {
        let bodies: Vec<String> = (0..20)
            .map(|at| {
                let ferry = if at >= 13 && at != 16 || at == 2 { "Ferry timetable." } else { "" };
                let bus = if at % 3 == 0 { "Bus bus bus." } else { "" };
                format!("{ferry} {bus} Tea and talk.")
            })
            .collect();
        let table = table(&bodies);
        let tests = keyword_shift(&table).expect("enough");
        assert_eq!(tests.len(), 2, "tea stands in every session and cannot shift");
        let found: Vec<&Shift> = tests.iter().filter_map(|looked| looked.found.as_ref()).collect();
        let shift = found[0];
        let words: Vec<&str> = shift.words.iter().map(|word| table.lines[*word].word.reveal()).collect();
        assert_eq!(words, ["timetable", "ferry"]);
        assert_eq!((shift.place, shift.recent, shift.earlier), (13, Share { of: 6, all: 7 }, Share { of: 1, all: 13 }));
        assert_eq!(shift.cited.unfitting, [2, 16]);
        // 7 of 20 sessions have it: C(7,6) * 13 + 1 of C(20,7) ways put six or more among the last seven.
        let ferry = tests.iter().find(|looked| looked.found.as_ref() == Some(shift)).expect("the test");
        assert!((ferry.tested.p - 92.0 / 77_520.0).abs() < 1e-12, "{}", ferry.tested.p);
        assert!(shift.log_odds > 0.0 && shift.likelihood > 0.0);
    }

    #[test]
    fn eleven_sessions_are_too_few() {
        let bodies: Vec<String> = (0..11).map(|_| "Ferry.".to_owned()).collect();
        let lacking = keyword_shift(&table(&bodies)).expect_err("too few");
        assert_eq!(lacking, Lacking { need: Need::Sessions, have: 11, asked: 12 });
    }
}

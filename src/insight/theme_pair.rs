//! Two themes that were noted in the same sessions more often than both being frequent explains.
//!
//! In goes whether each was tagged, one entry a session; out come the counts, the sessions with both and with only one,
//! and the exact chance within blocks of about fourteen sessions. Which theme leads to which is not its business.

use super::fisher::Table;
use super::hypergeometric::Overlap;
use super::presence::{Cited, Lacking, Looked, Need, Share};
use super::tested::{Law, Tested};

const SESSIONS: usize = 12;
const WITH: usize = 5;
const WITHOUT: usize = 4;
/// Sessions in a block at least.
const BLOCK: usize = 14;

/// Two themes together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    /// Sessions with both among those with the rarer of the two.
    pub(super) together: Share,
    /// Whether the first is the rarer of the two.
    pub(super) first_is_rarer: bool,
    /// Sessions with the first.
    pub(super) one: usize,
    /// Sessions with the second.
    pub(super) other: usize,
    /// How many would have both by chance.
    pub(super) expected: f64,
    /// Log odds ratio, a half added to each count.
    pub(super) log_odds: f64,
    /// Normalised pointwise mutual information, from -1 to 1. Below five sessions together it ranks badly.
    pub(super) npmi: f64,
    /// Sessions with both, and with only one.
    pub(super) cited: Cited,
}

/// Holds two themes against each other.
///
/// # Errors
/// [`Lacking`] when there are too few sessions, or too few with or without either theme.
pub(super) fn theme_pair(one: &[bool], other: &[bool]) -> Result<Looked<Pair>, Lacking> {
    let (first, second) = (Share::among(one), Share::among(other));
    Need::Sessions.at_least(SESSIONS, first.all)?;
    Need::With.at_least(WITH, first.of.min(second.of))?;
    Need::Without.at_least(WITHOUT, first.all - first.of.max(second.of))?;
    let together = both(one, other);
    let overlap = by_blocks(one, other);
    let tested = Tested { p: overlap.at_least(together), law: Law::Discrete(overlap.attainable()) };
    let more = together as f64 > overlap.expected;
    Ok(Looked { tested, found: more.then(|| pair(one, other, together, overlap.expected)) })
}

/// Two themes by the sessions of the rarer one; of equally frequent ones the first counts as the rarer.
pub(super) struct Beside {
    /// Sessions with both among those with the rarer one.
    pub(super) with: Share,
    /// Sessions with the other one among those without the rarer one.
    pub(super) without: Share,
    /// Whether the first is the rarer one.
    pub(super) first_is_rarer: bool,
}

/// Counts two themes beside each other.
pub(super) fn beside(one: &[bool], other: &[bool]) -> Beside {
    let (first, second) = (Share::among(one), Share::among(other));
    let first_is_rarer = first.of <= second.of;
    let (rarer, usual) = if first_is_rarer { (first, second) } else { (second, first) };
    let with = Share { of: both(one, other), all: rarer.of };
    let without = with.rest_of(usual);
    Beside { with, without, first_is_rarer }
}

pub(super) fn both(one: &[bool], other: &[bool]) -> usize {
    one.iter().zip(other).filter(|(one, other)| **one && **other).count()
}

/// What would fall together by chance, each block of sessions by itself.
pub(super) fn by_blocks(one: &[bool], other: &[bool]) -> Overlap {
    let all = one.len();
    let blocks = (all / BLOCK).max(1);
    let block = |at: usize| {
        let within = at * all / blocks..(at + 1) * all / blocks;
        let count = |present: &[bool]| Share::among(present.get(within.clone()).unwrap_or_default()).of;
        Overlap::new(within.len(), count(one), count(other))
    };
    (1..blocks).fold(block(0), |sum, at| sum.and(&block(at)))
}

fn pair(one: &[bool], other: &[bool], together: usize, expected: f64) -> Pair {
    let (first, second) = (Share::among(one).of, Share::among(other).of);
    let all = one.len();
    // The ratio is the same whichever of the two is asked first.
    let Beside { with, without, first_is_rarer } = beside(one, other);
    let table = Table {
        with_yes: with.of,
        with_no: with.all - with.of,
        without_yes: without.of,
        without_no: without.all - without.of,
    };
    let share = together as f64 / all as f64;
    let lift = (share * (all * all) as f64 / (first * second) as f64).ln();
    let npmi = if together == all { 1.0 } else { lift / -share.ln() };
    let mut cited = Cited::default();
    for (at, (one, other)) in one.iter().zip(other).enumerate() {
        match (one, other) {
            (true, true) => cited.fitting.push(at),
            (false, false) => {}
            _ => cited.unfitting.push(at),
        }
    }
    let (one, other) = (first, second);
    Pair { together: with, first_is_rarer, one, other, expected, log_odds: table.log_odds(), npmi, cited }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::split_scan::marks;

    /// Two themes, blocks, sessions together, chance of as many, smallest attainable chance. Computed in Python with the
    /// hypergeometric law of scipy 1.17.
    const CASES: [(&str, &str, usize, usize, f64, f64); 3] = [
        ("00011101100100001001", "00011000010100000001", 1, 4, 0.057791537667698664, 0.0036119711042311665),
        (
            "001100011010101001000010100101",
            "001000000000101001100000000101",
            2,
            6,
            0.0072696534234995775,
            0.0002817695125387433,
        ),
        (
            "001010010101111000000101000001111111001100",
            "001010100001011000100000000100100010111101",
            3,
            9,
            0.2757553097789785,
            3.022797535976665e-07,
        ),
    ];

    #[test]
    fn the_reference_pairs_come_out_to_their_digits() {
        for (one, other, blocks, together, p, smallest) in CASES {
            let (one, other) = (marks(one), marks(other));
            assert_eq!(both(&one, &other), together);
            let overlap = by_blocks(&one, &other);
            assert_eq!((one.len() / BLOCK).max(1), blocks);
            assert!((overlap.at_least(together) - p).abs() < 1e-12);
            assert!((overlap.attainable()[0] / smallest - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn a_pair_counts_its_sessions() {
        let looked = theme_pair(&marks(CASES[1].0), &marks(CASES[1].1)).expect("enough");
        let pair = looked.found.expect("more than by chance");
        assert_eq!((pair.together, pair.one, pair.other), (Share { of: 6, all: 7 }, 12, 7));
        assert_eq!((pair.cited.fitting.len(), pair.cited.unfitting.len()), (6, 7));
        assert!(pair.npmi > 0.0 && pair.npmi < 1.0 && pair.log_odds > 0.0);
    }

    #[test]
    fn two_themes_that_only_grew_common_together_are_no_pair() {
        // Each in half of the sessions of the second half, never in the first.
        let one = marks("0000000000000001010101010101");
        let other = marks("0000000000000000110011001100");
        let alone = Overlap::new(28, 7, 6).at_least(both(&one, &other));
        let looked = theme_pair(&one, &other).expect("enough");
        assert!(looked.tested.p > 0.2 && looked.tested.p > alone, "{} {alone}", looked.tested.p);
    }
}

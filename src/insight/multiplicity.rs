//! One adjustment for everything that was tried for a client: weighted Benjamini–Hochberg over families of tests.
//!
//! In go the tests with their families, out come adjusted p-values. A test counts as much as it could have shown when
//! nothing is going on (Heyse 2011): one that could never be significant costs nothing. Every family has its own room, however
//! many tests it runs, so that seventy words do not drown one trend.

use super::finding::{FindingKind, Level};
use super::tested::{Law, Tested};
use std::collections::{BTreeMap, BTreeSet};

impl Tested {
    /// Chance of a p-value of at most `p` from this test when nothing is going on.
    fn chance_of(&self, p: f64) -> f64 {
        match &self.law {
            Law::Continuous => p.min(1.0),
            // The same number, computed twice, may differ in its last digits.
            Law::Discrete(values) => {
                let below = values.partition_point(|value| *value <= p * (1.0 + 1e-9));
                below.checked_sub(1).and_then(|last| values.get(last)).map_or(0.0, |value| value.min(1.0))
            }
        }
    }
}

/// One test among those of a client.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a> {
    /// The family it belongs to.
    pub(super) family: FindingKind,
    /// What is found out once however many tests show it: the course of one score, one theme, attendance. `None` when
    /// nothing would be shown.
    pub(super) story: Option<String>,
    pub(super) tested: &'a Tested,
}

/// What a test is worth after all others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Adjusted {
    /// Adjusted by the step, which leaves more room the more is found.
    pub(super) q: f64,
    /// The same without that room: what it would be if nothing else had been found. Never below `q`.
    pub(super) alone: f64,
}

/// Adjusted p-values in the order of the tests.
///
/// A trend, a step and a sudden drop of one score are one discovery: they count once among those that make room for
/// further ones. (Counted three times, they would let two more false ones in.)
pub(super) fn adjusted(entries: &[Entry<'_>]) -> Vec<Adjusted> {
    let tests: Vec<(FindingKind, &Tested)> = entries.iter().map(|entry| (entry.family, entry.tested)).collect();
    let weighed: Vec<f64> = expected(&tests)
        .into_iter()
        .zip(entries)
        .map(|(expected, entry)| rooms(entry.family).weigh(expected))
        .collect();
    let stepped = step_up(&weighed, |at| entries[at].story.as_deref());
    stepped.into_iter().zip(weighed).map(|(q, alone)| Adjusted { q, alone: alone.min(1.0) }).collect()
}

/// How many chance findings of a family, by its p-values, may come up in one client before none of them stands out, and
/// before none is shown at all.
///
/// A little more room finds much in one family and nothing in another. The rooms are where that evens out: moving a
/// thousandth from one family to the next finds no more. They were set on simulated histories (planted benchmark, seeds
/// 101 to 112) and rounded, so that of a hundred histories in which nothing goes on about seven show anything that stands
/// out, and about one in three something that may be chance. Attendance and seasons have the most: half of the histories
/// and more have too few missed appointments or years to be tested, and what chance brings about there is mostly too small
/// to be shown. Sudden changes need least: real ones are rarer still. Words and pairs gain least from more room, because
/// so many are tried in each history.
fn rooms(family: FindingKind) -> Rooms {
    let (clear, weak) = match family {
        FindingKind::SuddenGain | FindingKind::SuddenLoss => (0.001, 0.006),
        FindingKind::ThemePair => (0.004, 0.02),
        FindingKind::KeywordShift => (0.005, 0.025),
        FindingKind::PhaseEffect => (0.005, 0.045),
        FindingKind::ThemeFading => (0.005, 0.05),
        FindingKind::ThemeEmerging => (0.008, 0.035),
        FindingKind::ThemeScore => (0.008, 0.035),
        FindingKind::ScoreTrend | FindingKind::LevelShift => (0.008, 0.045),
        FindingKind::ThemeBurst => (0.009, 0.03),
        FindingKind::MissedAfter => (0.015, 0.06),
        FindingKind::MissedCluster => (0.022, 0.09),
        FindingKind::Anniversary => (0.025, 0.08),
        // Rules have no p-value and are never weighed.
        FindingKind::ReliableChange | FindingKind::Plateau => (1.0, 1.0),
    };
    Rooms { clear, weak }
}

/// The rooms of one family for the two levels.
#[derive(Debug, Clone, Copy)]
struct Rooms {
    clear: f64,
    weak: f64,
}

impl Rooms {
    /// Chance findings expected by chance, on the scale of the adjusted values: each level's limit stands where its room
    /// is used up, and between the two it rises evenly in proportion.
    fn weigh(self, expected: f64) -> f64 {
        let (clear, weak) = (Level::Clear.limit(), Level::Weak.limit());
        if expected <= self.clear {
            clear * expected / self.clear
        } else if expected < self.weak {
            clear * (weak / clear).powf((expected / self.clear).ln() / (self.weak / self.clear).ln())
        } else {
            weak * expected / self.weak
        }
    }
}

/// Benjamini and Hochberg's step: each value over the number of stories that are at least as strong.
fn step_up<'a>(weighed: &[f64], story: impl Fn(usize) -> Option<&'a str>) -> Vec<f64> {
    let mut order: Vec<usize> = (0..weighed.len()).collect();
    order.sort_by(|a, b| weighed[*a].total_cmp(&weighed[*b]));
    let mut told = BTreeSet::new();
    let counts: Vec<usize> = order
        .iter()
        .map(|at| {
            told.extend(story(*at));
            told.len().max(1)
        })
        .collect();
    let mut q = vec![1.0; weighed.len()];
    let mut lowest: f64 = 1.0;
    for (at, count) in order.iter().zip(counts).rev() {
        lowest = lowest.min(weighed[*at] / count as f64);
        q[*at] = lowest;
    }
    q
}

/// For each test how many of its family would come out at least as small when nothing is going on.
fn expected(tests: &[(FindingKind, &Tested)]) -> Vec<f64> {
    let mut families: BTreeMap<FindingKind, Vec<&Tested>> = BTreeMap::new();
    for (family, tested) in tests {
        families.entry(*family).or_default().push(tested);
    }
    let of = |family: &FindingKind| families.get(family).into_iter().flatten();
    // A test counts itself with its own p-value at least.
    tests.iter().map(|(family, own)| of(family).map(|other| other.chance_of(own.p)).sum::<f64>().max(own.p)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Entry, FindingKind, Law, Tested, adjusted, rooms, step_up};

    fn continuous(p: f64) -> Tested {
        Tested { p, law: Law::Continuous }
    }

    fn entry<'a>(family: FindingKind, story: &str, tested: &'a Tested) -> Entry<'a> {
        Entry { family, story: Some(story.to_owned()), tested }
    }

    /// The plain procedure: each test is a story of its own.
    fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
        let names: Vec<String> = (0..p.len()).map(|at| at.to_string()).collect();
        let weighed: Vec<f64> = p.iter().map(|value| value * p.len() as f64).collect();
        step_up(&weighed, |at| Some(names[at].as_str()))
    }

    #[test]
    fn the_published_example_of_fifteen_gives_the_published_four() {
        // Benjamini and Hochberg 1995: Bonferroni rejects three at 5 %, their procedure four.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
            0.759, 1.0,
        ];
        let q = [
            0.0015,
            0.003,
            0.0095,
            0.035625,
            0.0603,
            0.06385714285714286,
            0.06385714285714286,
            0.0645,
            0.0765,
            0.486,
            0.5811818181818182,
            0.714875,
            0.7532307692307694,
            0.8132142857142857,
            1.0,
        ];
        let ours = benjamini_hochberg(&p);
        assert!(ours.iter().zip(q).all(|(ours, q)| (ours - q).abs() < 1e-12), "{ours:?}");
        assert_eq!(ours.iter().filter(|q| **q <= 0.05).count(), 4);
        let ours = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005, 0.2]);
        assert!(ours.iter().zip([0.025, 0.05, 0.05, 0.025, 0.2]).all(|(ours, q)| (ours - q).abs() < 1e-12));
    }

    #[test]
    fn seventy_words_do_not_drown_one_trend() {
        let words: Vec<Tested> = (0..70).map(|at| continuous(0.2 + f64::from(at) / 100.0)).collect();
        let trend = continuous(0.01);
        let names: Vec<String> = (0..70).map(|at| at.to_string()).collect();
        let mut tests: Vec<Entry<'_>> =
            words.iter().zip(&names).map(|(word, name)| entry(FindingKind::KeywordShift, name, word)).collect();
        tests.push(entry(FindingKind::ScoreTrend, "phq9", &trend));
        // The words take nothing from the room of the trend.
        assert_eq!(adjusted(&tests)[70], adjusted(&tests[70..])[0]);
    }

    #[test]
    fn one_story_told_three_times_makes_room_for_no_more_than_one() {
        let strong = continuous(0.0001);
        let other = continuous(0.04);
        let beside = |stories: [&str; 3]| {
            let mut tests: Vec<Entry<'_>> =
                stories.iter().map(|story| entry(FindingKind::ThemePair, story, &strong)).collect();
            tests.push(entry(FindingKind::ThemePair, "other", &other));
            adjusted(&tests)[3].q
        };
        assert!((beside(["phq9"; 3]) / beside(["a", "b", "c"]) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn what_passes_only_beside_others_is_known() {
        let [strong, other] = [0.0001, 0.004].map(continuous);
        let pair = |story, tested| entry(FindingKind::ThemePair, story, tested);
        let both = adjusted(&[pair("phq9", &strong), pair("other", &other)]);
        assert!((both[1].alone / both[1].q - 2.0).abs() < 1e-9);
        assert!((both[0].alone - both[0].q).abs() < 1e-12);
    }

    #[test]
    fn each_level_ends_where_its_room_is_used_up() {
        for family in FindingKind::ALL.iter().copied().filter(|family| rooms(*family).clear < 1.0) {
            let room = rooms(family);
            let steps = [room.clear / 2.0, room.clear, (room.clear + room.weak) / 2.0, room.weak, room.weak * 2.0];
            let weighed = steps.map(|expected| room.weigh(expected));
            assert!(weighed.is_sorted(), "{family:?}: {weighed:?}");
            let ends = [weighed[0], weighed[1], weighed[3], weighed[4]];
            assert!(ends.iter().zip([0.025, 0.05, 0.2, 0.4]).all(|(ours, end)| (ours - end).abs() < 1e-12), "{ends:?}");
        }
    }

    #[test]
    fn a_test_that_could_show_nothing_costs_nothing() {
        let small = Tested { p: 0.4, law: Law::Discrete(vec![0.4, 1.0]) };
        let large = Tested { p: 0.01, law: Law::Discrete(vec![0.01, 0.2, 1.0]) };
        let pair = |tested| entry(FindingKind::ThemePair, "pair", tested);
        let alone = adjusted(&[pair(&large)])[0].q;
        let beside = adjusted(&[pair(&large), pair(&small), pair(&small)])[0].q;
        assert!((alone - beside).abs() < 1e-12, "{alone} {beside}");
    }
}

//! The adjustment for everything that was tried for a client: how many findings of each family chance alone would bring.
//!
//! In go the tests with their families, out come adjusted p-values. A test counts as much as it could have shown when
//! nothing is going on (Heyse 2011): one that could never be significant costs nothing. Every family has its own room, however
//! many tests it runs, so that seventy words do not drown one trend. No value is made smaller by others beside it, as a step
//! in the manner of Benjamini and Hochberg would: a finding is as strong as it is, whatever else was found.

use super::finding::{FindingKind, Level};
use super::tested::{Law, Tested};
use std::collections::BTreeMap;

/// Adjusted p-values in the order of the tests, 0 to 1.
pub(super) fn adjusted(tests: &[(FindingKind, &Tested)]) -> Vec<f64> {
    let weigh = |(expected, (family, _)): (f64, &(FindingKind, &Tested))| rooms(*family).weigh(expected).min(1.0);
    expected(tests).into_iter().zip(tests).map(weigh).collect()
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

/// For each test how many of its family would come out at least as small when nothing is going on.
fn expected(tests: &[(FindingKind, &Tested)]) -> Vec<f64> {
    let mut families: BTreeMap<FindingKind, Vec<&Tested>> = BTreeMap::new();
    for (family, tested) in tests {
        families.entry(*family).or_default().push(tested);
    }
    let families: BTreeMap<FindingKind, Chances> =
        families.into_iter().map(|(family, tests)| (family, Chances::of(&tests))).collect();
    // A test counts itself with its own p-value at least.
    tests.iter().map(|(family, own)| families.get(family).map_or(0.0, |all| all.up_to(own.p)).max(own.p)).collect()
}

/// How many p-values of a family come out at most so small when nothing is going on, as a function of how small. Made once
/// for all its tests: of a long history there are thousands.
struct Chances {
    /// Tests that may come out anywhere.
    continuous: usize,
    /// Where tests of discrete laws step up, ascending, and how many they are up to there, all together.
    steps: Vec<(f64, f64)>,
}

impl Chances {
    fn of(tests: &[&Tested]) -> Self {
        let mut continuous = 0;
        let mut steps: Vec<(f64, f64)> = Vec::new();
        for tested in tests {
            match &tested.law {
                Law::Continuous => continuous += 1,
                Law::Discrete(values) => {
                    let mut before = 0.0;
                    for value in values.iter().map(|value| value.min(1.0)) {
                        steps.push((value, value - before));
                        before = value;
                    }
                }
            }
        }
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut sum = 0.0;
        for (_, step) in &mut steps {
            sum += *step;
            *step = sum;
        }
        Self { continuous, steps }
    }

    fn up_to(&self, p: f64) -> f64 {
        // The same number, computed twice, may differ in its last digits.
        let at = self.steps.partition_point(|(value, _)| *value <= p * (1.0 + 1e-9));
        let stepped = at.checked_sub(1).and_then(|last| self.steps.get(last)).map_or(0.0, |(_, sum)| *sum);
        self.continuous as f64 * p.min(1.0) + stepped
    }
}

#[cfg(test)]
mod tests {
    use super::{FindingKind, Law, Tested, adjusted, rooms};

    fn continuous(p: f64) -> Tested {
        Tested { p, law: Law::Continuous }
    }

    #[test]
    fn seventy_words_do_not_drown_one_trend() {
        let words: Vec<Tested> = (0..70).map(|at| continuous(0.2 + f64::from(at) / 100.0)).collect();
        let trend = continuous(0.01);
        let mut tests: Vec<(FindingKind, &Tested)> =
            words.iter().map(|word| (FindingKind::KeywordShift, word)).collect();
        tests.push((FindingKind::ScoreTrend, &trend));
        // The words take nothing from the room of the trend.
        assert!((adjusted(&tests)[70] - adjusted(&tests[70..])[0]).abs() < 1e-15);
    }

    #[test]
    fn what_is_found_beside_it_makes_a_finding_no_stronger() {
        let [strong, other] = [0.0001, 0.004].map(continuous);
        let pair = |tested| (FindingKind::ThemePair, tested);
        let nothing = continuous(0.9);
        let beside_much = adjusted(&[pair(&strong), pair(&other)])[1];
        let beside_nothing = adjusted(&[pair(&nothing), pair(&other)])[1];
        assert!((beside_much - beside_nothing).abs() < 1e-15, "{beside_much} {beside_nothing}");
    }

    #[test]
    fn no_adjusted_value_is_above_one() {
        let tests = [continuous(0.9), continuous(1.0)];
        let tests: Vec<_> = tests.iter().map(|tested| (FindingKind::ThemeBurst, tested)).collect();
        assert_eq!(adjusted(&tests), [1.0, 1.0]);
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
        let pair = |tested| (FindingKind::ThemePair, tested);
        let alone = adjusted(&[pair(&large)])[0];
        let beside = adjusted(&[pair(&large), pair(&small), pair(&small)])[0];
        assert!((alone - beside).abs() < 1e-12, "{alone} {beside}");
    }
}

//! Keyness of words: both forms of G², the log ratio and log odds with a Dirichlet prior, with every part of them.

use super::near;
use crate::insight::keyness::Counts;
use crate::insight::normal;

/// Occurrences and totals of two bodies, then both expectations, G² of two and of four cells, p of the former, log ratio.
type Likelihood = ([usize; 4], [f64; 6]);

/// Rayson and Garside 2000, computed in Python. Corpus linguistics takes two cells; a χ² test would take four.
const LIKELIHOOD: [Likelihood; 4] = [
    ([10, 20, 1000, 5000], [5.0, 25.0, 4.937201558630518, 4.967392822329984, 0.02628455933142755, 1.3219280948873624]),
    (
        [12, 3, 2000, 6000],
        [3.75, 11.25, 19.98508439544242, 20.030586484443333, 7.804861103230667e-06, 3.584962500721156],
    ),
    ([0, 9, 1500, 3000], [3.0, 6.0, 7.298371945946959, 7.307386974505587, 0.006901711978596699, -3.1699250014423126]),
    ([5, 5, 1000, 1000], [5.0, 5.0, 0.0, 0.0, 1.0, 0.0]),
];

fn counts([one, other, one_all, other_all]: [usize; 4]) -> Counts {
    Counts { one, one_all, other, other_all }
}

/// 2·Σ count·ln(count / expected) over the cells given.
fn g2(cells: &[(f64, f64)]) -> f64 {
    2.0 * cells.iter().filter(|(count, _)| *count > 0.0).map(|(count, at)| count * (count / at).ln()).sum::<f64>()
}

#[test]
fn likelihood_in_two_and_in_four_cells_comes_out() {
    for (given, [first, second, two, four, p, ratio]) in LIKELIHOOD {
        let [one, other, one_all, other_all] = given.map(|count| count as f64);
        let share = (one + other) / (one_all + other_all);
        near(one_all * share, first);
        near(other_all * share, second);
        near(counts(given).likelihood(), two);
        let rest = [(one_all - one, one_all - first), (other_all - other, other_all - second)];
        near(g2(&[(one, first), (other, second), rest[0], rest[1]]), four);
        // χ² with one degree of freedom is a normal value squared.
        near(normal::two_sided(two.sqrt()), p);
        // An empty cell counts as a half in the ratio alone.
        near((one.max(0.5) / one_all / (other.max(0.5) / other_all)).log2(), ratio);
    }
}

/// Occurrences and totals, the prior of the word, then δ, its variance, z.
type LogOdds = ([usize; 4], f64, [f64; 3]);

/// Monroe, Colaresi and Quinn 2008 with a prior of 1,000 words, computed in Python.
const LOG_ODDS: [LogOdds; 3] = [
    ([12, 3, 2000, 6000], 1.9, [1.8938953507865328, 0.2760240786962267, 3.604810948636261]),
    ([30, 30, 4000, 4000], 7.5, [0.0, 0.05333333333333334, 0.0]),
    ([0, 9, 1500, 3000], 2.0, [-1.2366979310185418, 0.5909090909090909, -1.6088045967516933]),
];

#[test]
fn log_odds_with_a_prior_come_out_with_their_parts() {
    for (given, prior, [delta, variance, z]) in LOG_ODDS {
        let ours = counts(given).log_odds(prior, 1_000.0);
        near(ours, z);
        near(ours * variance.sqrt(), delta);
        near(1.0 / (given[0] as f64 + prior) + 1.0 / (given[1] as f64 + prior), variance);
    }
}

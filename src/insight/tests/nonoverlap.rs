//! Two phases of scores beside each other: NAP and baseline-corrected Tau as the product uses them, and the others of the
//! literature (PND, PAND, PEM, IRD, Tau-U), which it does not.

use super::near;
use crate::insight::{kendall, nonoverlap, theil_sen};

/// Two phases and what is published or was computed for them.
struct Case {
    before: &'static [f64],
    after: &'static [f64],
    nap: f64,
    s: [i64; 3],
    tau_u: f64,
    pnd: f64,
    u: f64,
    p: f64,
}

/// Parker, Vannest and Davis 2011; Parker, Vannest, Davis and Sauber 2011; Tarlow 2017 (all as tested in SingleCaseES);
/// the example of scan's `nap()`, turned so that higher is better.
const CASES: [Case; 4] = [
    Case {
        before: &[20.0, 20.0, 26.0, 25.0, 22.0, 23.0],
        after: &[28.0, 25.0, 24.0, 27.0, 30.0, 30.0, 29.0],
        nap: 0.9166666666666666,
        s: [35, 4, 8],
        tau_u: 0.7380952380952381,
        pnd: 0.7142857142857143,
        u: 38.5,
        p: 0.009324009324009324,
    },
    Case {
        before: &[3.0, 3.0, 4.0, 5.0],
        after: &[4.0, 5.0, 6.0, 7.0, 7.0],
        nap: 0.9,
        s: [16, 5, 9],
        tau_u: 0.55,
        pnd: 0.6,
        u: 18.0,
        p: 0.06349206349206349,
    },
    Case {
        before: &[1.0, 2.0, 3.0, 4.0, 5.0],
        after: &[6.0, 7.0, 8.0, 9.0, 10.0],
        nap: 1.0,
        s: [25, 10, 10],
        tau_u: 0.6,
        pnd: 1.0,
        u: 25.0,
        p: 0.007936507936507936,
    },
    Case {
        before: &[-12.0, -14.0, -9.0, -10.0],
        after: &[-10.0, -6.0, -4.0, -5.0, -3.0, -4.0],
        nap: 0.9375,
        s: [21, 2, 10],
        tau_u: 0.7916666666666666,
        pnd: 0.8333333333333334,
        u: 22.5,
        p: 0.023809523809523808,
    },
];

#[test]
fn two_phases_lie_apart_as_published_and_computed() {
    for Case { before, after, nap, s, tau_u, pnd, u, p } in CASES {
        let pairs = (before.len() * after.len()) as f64;
        let (s_ab, s_a) = (between(before, after), kendall::score(before));
        near(nonoverlap::nap(before, after), nap);
        assert_eq!([s_ab, s_a, kendall::score(after)], s);
        near(s_ab as f64 / pairs, 2.0 * nap - 1.0);
        near((s_ab - s_a) as f64 / pairs, tau_u);
        near(all_above(before, after), pnd);
        near(above_the_median(before, after), 1.0);
        near(nap * pairs, u);
        near(by_permutation(before, after), p);
    }
}

#[test]
fn the_rest_of_what_is_published_for_these_phases_comes_out() {
    let [first, second, line, scan] = &CASES;
    // Parker, Vannest and Davis 2011.
    let all = all_apart(first.before, first.after);
    near(all, 0.8461538461538461);
    near(improvement_rate(first.before, first.after, all), 0.6904761904761905);
    near(2.0 * nonoverlap::nap(first.before, first.after) - 1.0, 0.8333333333333334);
    near(2.0 * nonoverlap::nap(second.before, second.after) - 1.0, 0.8);
    // Tarlow 2017: a straight line. Tau says complete separation, with the baseline taken out there is nothing.
    near(nonoverlap::baseline_corrected_tau(line.before, line.after), 0.0);
    // scan prints whole numbers.
    let nap = 100.0 * nonoverlap::nap(scan.before, scan.after);
    assert_eq!([nap, 2.0 * nap - 100.0, scan.u].map(f64::round_ties_even), [94.0, 88.0, 22.0]);
}

/// Pairs of one score of each phase in which the later is higher, less those in which it is lower.
fn between(before: &[f64], after: &[f64]) -> i64 {
    let sign = |a: &f64, b: &f64| i64::from(b > a) - i64::from(b < a);
    before.iter().flat_map(|a| after.iter().map(move |b| sign(a, b))).sum()
}

/// PND: the share of later scores above the highest earlier one.
fn all_above(before: &[f64], after: &[f64]) -> f64 {
    let highest = before.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    after.iter().filter(|value| **value > highest).count() as f64 / after.len().max(1) as f64
}

/// PEM: the share of later scores above the median of the earlier ones.
fn above_the_median(before: &[f64], after: &[f64]) -> f64 {
    let middle = theil_sen::median(before).expect("scores");
    after.iter().filter(|value| **value > middle).count() as f64 / after.len() as f64
}

/// PAND: the share of scores that is left when as few as possible are taken away so that the phases no longer overlap.
fn all_apart(before: &[f64], after: &[f64]) -> f64 {
    let kept = |limit: f64| {
        before.iter().filter(|value| **value < limit).count() + after.iter().filter(|value| **value >= limit).count()
    };
    let most = before.iter().chain(after).map(|limit| kept(*limit)).max().expect("scores");
    most as f64 / (before.len() + after.len()) as f64
}

/// Robust IRD, from PAND (Parker, Vannest and Davis 2011).
fn improvement_rate(before: &[f64], after: &[f64], all_apart: f64) -> f64 {
    let [m, n] = [before.len() as f64, after.len() as f64];
    1.0 - (1.0 - all_apart) * (m + n).powi(2) / (2.0 * m * n)
}

/// Two-sided p: the share of all ways to put the scores into two phases that lie apart as far.
fn by_permutation(before: &[f64], after: &[f64]) -> f64 {
    let all = [before, after].concat();
    let observed = between(before, after).abs();
    let (mut extreme, mut total) = (0, 0);
    for mask in (0..1_u32 << all.len()).filter(|mask| mask.count_ones() as usize == before.len()) {
        let part = |inside: u32| -> Vec<f64> {
            (0..all.len()).filter(|at| mask >> at & 1 == inside).map(|at| all[at]).collect()
        };
        total += 1;
        extreme += i32::from(between(&part(1), &part(0)).abs() >= observed);
    }
    f64::from(extreme) / f64::from(total)
}

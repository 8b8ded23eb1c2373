//! Change points: the best split the product uses, and the methods it is compared with (Pettitt's rank statistic, exact
//! search for two breaks, PELT), on the Nile and on a series with a planted peak.

use super::near;
use crate::insight::step;

/// Annual flow of the Nile, 1871 to 1970 (Durbin and Koopman; public domain).
const NILE: [f64; 100] = [
    1120.0, 1160.0, 963.0, 1210.0, 1160.0, 1160.0, 813.0, 1230.0, 1370.0, 1140.0, 995.0, 935.0, 1110.0, 994.0, 1020.0,
    960.0, 1180.0, 799.0, 958.0, 1140.0, 1100.0, 1210.0, 1150.0, 1250.0, 1260.0, 1220.0, 1030.0, 1100.0, 774.0, 840.0,
    874.0, 694.0, 940.0, 833.0, 701.0, 916.0, 692.0, 1020.0, 1050.0, 969.0, 831.0, 726.0, 456.0, 824.0, 702.0, 1120.0,
    1100.0, 832.0, 764.0, 821.0, 768.0, 845.0, 864.0, 862.0, 698.0, 845.0, 744.0, 796.0, 1040.0, 759.0, 781.0, 865.0,
    845.0, 944.0, 984.0, 897.0, 822.0, 1010.0, 771.0, 676.0, 649.0, 846.0, 812.0, 742.0, 801.0, 1040.0, 860.0, 874.0,
    848.0, 890.0, 744.0, 749.0, 838.0, 1050.0, 918.0, 986.0, 797.0, 923.0, 975.0, 815.0, 1020.0, 906.0, 901.0, 1170.0,
    912.0, 746.0, 919.0, 718.0, 714.0, 740.0,
];

/// A made-up series around 16 with one high and one low value.
const MADE_UP: [f64; 40] = [
    17.0, 15.0, 15.0, 16.0, 12.0, 16.0, 14.0, 23.0, 16.0, 15.0, 15.0, 15.0, 14.0, 15.0, 17.0, 16.0, 18.0, 16.0, 16.0,
    19.0, 17.0, 15.0, 16.0, 17.0, 20.0, 15.0, 16.0, 18.0, 14.0, 15.0, 18.0, 17.0, 16.0, 17.0, 10.0, 18.0, 14.0, 13.0,
    17.0, 17.0,
];

/// Values in each part at least.
const LEAST: usize = 3;

/// What changepoint methods say: ruptures 1.1.10 and Pettitt's formula, computed in Python.
struct Expected {
    k: i64,
    second_part: usize,
    p: f64,
    one_break: usize,
    two_breaks: [usize; 2],
    penalty: f64,
    pelt: &'static [usize],
}

#[test]
fn the_nile_fell_after_1898() {
    // The textbook answer: 28 years before.
    let expected = Expected {
        k: 1617,
        second_part: 28,
        p: 3.5910221769362927e-07,
        one_break: 28,
        two_breaks: [19, 28],
        penalty: 193298.34936248403,
        pelt: &[28],
    };
    agrees(&NILE, &expected);
    // The product's own limits change nothing here.
    assert_eq!(step::best(&NILE, 4).map(|step| step.at), Some(28));
}

#[test]
fn one_high_value_does_not_make_a_level() {
    let expected = Expected {
        k: 139,
        second_part: 14,
        p: 0.34163326098439734,
        one_break: 34,
        two_breaks: [7, 34],
        penalty: 59.58959118184052,
        pelt: &[],
    };
    agrees(&MADE_UP, &expected);
}

#[track_caller]
fn agrees(values: &[f64], expected: &Expected) {
    let (k, second_part, p) = pettitt(values);
    assert_eq!((k, second_part), (expected.k, expected.second_part));
    near(p, expected.p);
    // For one break the split with the largest |t| is the one that leaves the least.
    assert_eq!(step::best(values, LEAST).map(|step| step.at), Some(expected.one_break));
    assert_eq!(two_breaks(values, LEAST), expected.two_breaks);
    let penalty = penalty(values);
    near(penalty, expected.penalty);
    assert_eq!(pelt(values, penalty, LEAST), expected.pelt);
}

/// K, the first index of the second part, and the usual approximation of p (Pettitt 1979).
fn pettitt(values: &[f64]) -> (i64, usize, f64) {
    let (mut u, mut best) = (0, (0_i64, 0));
    for (at, value) in values.iter().enumerate() {
        u += values.iter().map(|other| i64::from(value > other) - i64::from(value < other)).sum::<i64>();
        if u.abs() > best.0 {
            best = (u.abs(), at + 1);
        }
    }
    let (n, k) = (values.len() as f64, best.0 as f64);
    (best.0, best.1, (2.0 * (-6.0 * k * k / (n.powi(3) + n.powi(2))).exp()).min(1.0))
}

/// Sum of squares around the mean of a stretch.
fn cost(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean).powi(2)).sum()
}

/// The two breaks that leave the least, by trying all.
fn two_breaks(values: &[f64], least: usize) -> [usize; 2] {
    let n = values.len();
    let mut best = (f64::INFINITY, [0, 0]);
    for one in least..=n - 2 * least {
        for other in one + least..=n - least {
            let left = cost(&values[..one]) + cost(&values[one..other]) + cost(&values[other..]);
            if left < best.0 {
                best = (left, [one, other]);
            }
        }
    }
    best.1
}

/// 2·σ²·log n·1.5, with σ² half the variance of the differences.
fn penalty(values: &[f64]) -> f64 {
    let differences: Vec<f64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let variance = cost(&differences) / differences.len() as f64 / 2.0;
    2.0 * variance * (values.len() as f64).ln() * 1.5
}

/// The breaks that leave the least when each costs a penalty (Killick, Fearnhead and Eckley 2012).
fn pelt(values: &[f64], penalty: f64, least: usize) -> Vec<usize> {
    let n = values.len();
    let mut lowest = vec![f64::INFINITY; n + 1];
    lowest[0] = -penalty;
    let mut before = vec![0; n + 1];
    let mut starts = vec![0];
    for end in least..=n {
        let total = |start: usize| lowest[start] + cost(&values[start..end]) + penalty;
        let open = starts.iter().copied().filter(|start| end - start >= least);
        let Some(best) = open.min_by(|a, b| total(*a).total_cmp(&total(*b))) else { continue };
        let lowest_here = total(best);
        // A start that is already dearer than the best without a break can never become the best.
        starts.retain(|start| end - start < least || total(*start) <= lowest_here + penalty);
        (lowest[end], before[end]) = (lowest_here, best);
        starts.push(end);
    }
    let mut breaks = Vec::new();
    let mut at = before[n];
    while at > 0 {
        breaks.insert(0, at);
        at = before[at];
    }
    breaks
}

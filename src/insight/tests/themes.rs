//! The best cut of a theme's history, both ways, against the lattice-path recursion in Python, which was itself checked by
//! listing every arrangement up to 18 sessions.

use crate::insight::persistence::Persistence;
use crate::insight::presence::Share;
use crate::insight::split_scan::{SplitScan, marks};
use crate::insight::two_rates::likelihood_ratio;

/// A history, the length of the first part and the log likelihood ratio when it comes up, the same when it fades, and
/// the exact chance of each. A ratio of nought: no cut goes that way.
type Case = (&'static str, (usize, f64, f64), (usize, f64, f64));

const NONE: (usize, f64, f64) = (4, 0.0, 1.0);

const CASES: [Case; 7] = [
    ("0000000001011101", (9, 5.749494872787121, 0.006868131868131511), NONE),
    ("000000000000111011", (12, 7.931793179762657, 0.0007002801120448154), NONE),
    ("1110110000000000", NONE, (6, 7.234014739686094, 0.0013736263736260357)),
    ("010010010010010010", (4, 0.08332259441425549, 0.7580801551389786), (14, 0.08332259441425371, 0.7580801551389786)),
    ("00000010000000110111", (14, 5.911457820286401, 0.0061403508771928905), NONE),
    ("111111000000000000000000", NONE, (6, 13.496043470851399, 7.429641296963219e-06)),
    ("000100000000010110111010", (13, 4.540578676616216, 0.020652071937574457), NONE),
];

/// The recursion takes sums away from one another, so its last digits are lost: it agrees with listing every
/// arrangement to about 1e-12.
const DIGITS: f64 = 2e-12;

#[test]
fn the_best_cut_and_its_chance_come_out_both_ways() {
    for (text, emerging, fading) in CASES {
        let forwards = marks(text);
        let backwards: Vec<bool> = forwards.iter().rev().copied().collect();
        agrees(text, &forwards, emerging);
        let (first_part, ratio, p) = fading;
        // Fading is read backwards, so the first part is what comes after the cut there.
        let cut = if ratio == 0.0 { first_part } else { forwards.len() - first_part };
        agrees(text, &backwards, (cut, ratio, p));
    }
}

#[track_caller]
fn agrees(text: &str, present: &[bool], (cut, ratio, p): (usize, f64, f64)) {
    let whole = Share::among(present);
    let scan = SplitScan::new(whole.all, whole.of, 4, |before, early| {
        let one = Share { of: early, all: before };
        let other = one.rest_of(whole);
        (other.of * one.all > one.of * other.all).then(|| likelihood_ratio(one, other))
    });
    let best = scan.best(present);
    let tested = scan.tested(best, &Persistence::none());
    assert!((tested.p - p).abs() < DIGITS, "{text}: {}", tested.p);
    match best {
        None => assert_eq!(ratio, 0.0, "{text}"),
        Some(best) => {
            assert_eq!(best.before, cut, "{text}");
            assert!((best.score - ratio).abs() < DIGITS, "{text}: {}", best.score);
        }
    }
}

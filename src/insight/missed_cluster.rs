//! Missed appointments that stand close together.
//!
//! In goes whether each appointment was missed, oldest first; out come the stretch, the counts inside and outside, and
//! the chance of so full a stretch if the same number had been missed at random. It knows no reasons.

use super::interval_scan::{IntervalScan, chance};
use super::persistence::Persistence;
use super::presence::{Cited, Lacking, Looked, Need, Share};
use super::random::Random;
use super::tested::{Law, Tested};
use super::two_rates::Evidence;
use std::ops::Range;

const APPOINTMENTS: usize = 12;
const MISSED: usize = 3;
const SHORTEST: usize = 3;
const LONGEST: usize = 10;

/// Missed appointments close together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MissedCluster {
    /// Which appointments: from the first missed to the last missed one.
    pub(super) stretch: Range<usize>,
    /// How many of those were missed.
    pub(super) inside: Share,
    /// How many of the others.
    pub(super) outside: Share,
    /// Appointments for and against.
    pub(super) cited: Cited,
}

/// Looks for the stretch in which most appointments were missed.
///
/// # Errors
/// [`Lacking`] when there are too few appointments or too few were missed.
pub(super) fn missed_cluster(missed: &[bool], random: &mut Random) -> Result<Looked<MissedCluster>, Lacking> {
    let whole = Share::among(missed);
    Need::Appointments.at_least(APPOINTMENTS, whole.all)?;
    Need::Missed.at_least(MISSED, whole.of)?;
    // A file begins with an appointment that was kept and mostly ends with one. Given that, only those between them can
    // be missed; to let chance place some at the ends would make every stretch look fuller than it is.
    let from = usize::from(missed.first() == Some(&false));
    let to = missed.len() - usize::from(missed.last() == Some(&false));
    let between = missed.get(from..to).unwrap_or_default();
    let among = Share::among(between);
    let evidence = Evidence::of_cluster(among.all);
    let scan = IntervalScan::new(SHORTEST..=LONGEST.min(whole.all / 2), among.of, |length, inside| {
        let inside = Share { of: inside, all: length };
        let outside = inside.rest_of(among);
        (inside.of >= MISSED && inside.rate() > outside.rate()).then(|| evidence.weigh(outside, inside))
    });
    let Some(best) = scan.best(between) else {
        return Ok(Looked { tested: Tested { p: 1.0, law: Law::Continuous }, found: None });
    };
    let total = scan.total(between, 0);
    let p = chance(among, &Persistence::none(), random, |drawn| scan.total(drawn, 0) >= total * (1.0 - 1e-9));
    let found = cluster(missed, best.stretch.start + from..best.stretch.end + from);
    Ok(Looked { tested: Tested { p, law: Law::Continuous }, found })
}

fn cluster(missed: &[bool], stretch: Range<usize>) -> Option<MissedCluster> {
    let first = stretch.clone().find(|at| missed.get(*at) == Some(&true))?;
    let last = stretch.rev().find(|at| missed.get(*at) == Some(&true))?;
    let stretch = first..last + 1;
    let inside = Share::among(missed.get(stretch.clone())?);
    let outside = inside.rest_of(Share::among(missed));
    let cited = Cited::within(missed, stretch.clone());
    Some(MissedCluster { stretch, inside, outside, cited })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::split_scan::marks;

    fn looked(text: &str) -> Result<Looked<MissedCluster>, Lacking> {
        missed_cluster(&marks(text), &mut Random::seeded(&[b"missed"]))
    }

    #[test]
    fn missed_appointments_close_together_are_found_with_their_counts() {
        let looked = looked("0000010000000001101110000000000000000000").expect("enough");
        let cluster = looked.found.expect("a cluster");
        assert_eq!(cluster.stretch, 15..21);
        assert_eq!((cluster.inside, cluster.outside), (Share { of: 5, all: 6 }, Share { of: 1, all: 34 }));
        assert_eq!(cluster.cited.fitting, [15, 16, 18, 19, 20]);
        assert_eq!(cluster.cited.unfitting, [5, 17]);
        assert!(looked.tested.p < 0.01, "{}", looked.tested.p);
    }

    #[test]
    fn appointments_missed_far_apart_are_no_cluster() {
        let looked = looked("000010000000000100000000000000100000000").expect("enough");
        assert_eq!((looked.found, looked.tested.p), (None, 1.0));
    }

    #[test]
    fn three_in_a_row_are_as_rare_as_the_ways_to_place_them() {
        // 12 appointments between two kept ones: 10 of the 220 ways put the three in a row.
        let looked = looked("00000111000000").expect("enough");
        assert!(looked.tested.p < 10.0 / 220.0 + 0.01, "{}", looked.tested.p);
    }

    #[test]
    fn too_few_missed_is_said() {
        assert_eq!(looked("0000010000100").expect_err("two"), Lacking { need: Need::Missed, have: 2, asked: 3 });
    }
}

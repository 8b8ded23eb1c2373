//! A theme that filled one stretch of a history and was rare before and after.
//!
//! In goes whether a theme was tagged in each attended session; out come the stretch, the counts inside and outside, the
//! sessions for and against, and the chance of so full a stretch anywhere among arrangements that linger as much. The best
//! stretch is looked for everywhere and only then held against what a burst has to be: a theme that is fullest at an end
//! has come up or left off, and is no burst.

use super::interval_scan::{IntervalScan, chance};
use super::persistence::Persistence;
use super::presence::{Cited, Lacking, Looked, Need, Share};
use super::random::Random;
use super::tested::{Law, Tested};
use super::two_rates::Evidence;
use std::ops::Range;

const SESSIONS: usize = 10;
const WITH: usize = 4;
const WITHOUT: usize = 4;
/// Sessions in a stretch; no more than half of all.
const SHORTEST: usize = 4;
const LONGEST: usize = 14;
/// Sessions before and after it at least.
const MARGIN: usize = 3;
/// Half of the sessions inside at least, and four times as often as outside.
const INSIDE: f64 = 0.5;
const TIMES: usize = 4;

/// One full stretch.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Burst {
    /// Which sessions.
    pub(super) stretch: Range<usize>,
    /// How often inside.
    pub(super) inside: Share,
    /// How often outside.
    pub(super) outside: Share,
    /// Sessions for and against.
    pub(super) cited: Cited,
}

/// Looks for the stretch of sessions a theme filled.
///
/// # Errors
/// [`Lacking`] when there are too few sessions with the theme, without it, or at all.
pub(super) fn theme_burst(present: &[bool], random: &mut Random) -> Result<Looked<Burst>, Lacking> {
    let whole = Share::among(present);
    Need::Sessions.at_least(SESSIONS, whole.all)?;
    Need::With.at_least(WITH, whole.of)?;
    Need::Without.at_least(WITHOUT, whole.all - whole.of)?;
    let evidence = Evidence::of_burst(whole.all);
    let scan = IntervalScan::new(SHORTEST..=LONGEST.min(whole.all / 2), whole.of, |length, inside| {
        let inside = Share { of: inside, all: length };
        let outside = inside.rest_of(whole);
        (inside.rate() > outside.rate()).then(|| evidence.weigh(outside, inside))
    });
    let best = scan.best(present).and_then(|best| is_burst(present, &best.stretch).map(|shares| (best, shares)));
    let Some((best, (inside, outside))) = best else {
        return Ok(Looked { tested: Tested { p: 1.0, law: Law::Continuous }, found: None });
    };
    let persistence = Persistence::beside(present, &[best.stretch.start, best.stretch.end]);
    let total = scan.total(present, MARGIN) * (1.0 - 1e-9);
    // Chance has to bring about a burst, not just any full stretch.
    let p = chance(whole, &persistence, random, |drawn| {
        scan.total(drawn, MARGIN) >= total
            && scan.best(drawn).is_some_and(|other| is_burst(drawn, &other.stretch).is_some())
    });
    let cited = Cited::within(present, best.stretch.clone());
    let burst = Burst { stretch: best.stretch, inside, outside, cited };
    Ok(Looked { tested: Tested { p, law: Law::Continuous }, found: Some(burst) })
}

/// The counts inside and outside, when the stretch is full, stands apart, and touches neither end.
fn is_burst(present: &[bool], stretch: &Range<usize>) -> Option<(Share, Share)> {
    let inside = Share::among(present.get(stretch.clone())?);
    let outside = inside.rest_of(Share::among(present));
    let full = inside.rate() >= INSIDE && inside.is_times(TIMES, outside);
    let amid = stretch.start >= MARGIN && stretch.end + MARGIN <= present.len();
    (full && amid).then_some((inside, outside))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::split_scan::marks;

    fn looked(text: &str) -> Looked<Burst> {
        theme_burst(&marks(text), &mut Random::seeded(&[b"burst"])).expect("enough sessions")
    }

    #[test]
    fn a_full_stretch_is_found_with_its_counts() {
        let looked = looked("0000000100000001110111100000000000000000");
        let burst = looked.found.expect("a burst");
        assert_eq!(burst.stretch, 15..23);
        assert_eq!((burst.inside, burst.outside), (Share { of: 7, all: 8 }, Share { of: 1, all: 32 }));
        assert_eq!(burst.cited.unfitting, [7, 18]);
        assert!(looked.tested.p < 0.01, "{}", looked.tested.p);
    }

    #[test]
    fn a_theme_that_is_fullest_at_the_end_is_no_burst() {
        assert_eq!(looked("00000000000000000000000000000001011111").found, None);
    }

    #[test]
    fn the_same_seed_gives_the_same_chance() {
        let text = "00000100100011010010000000010000";
        assert_eq!(looked(text), looked(text));
        assert!(looked(text).tested.p > 0.01);
    }
}

//! A theme that came up from some session on (emerging), or was not noted any more after one (fading).
//!
//! In goes whether a theme was tagged in each attended session, oldest first; out come the place, the counts before and
//! after, the sessions for and against, and the exact chance of a cut as telling. It knows what was written down, not what
//! was said, and says nothing about why.

use super::persistence::Persistence;
use super::presence::{Cited, Lacking, Looked, Need, Share};
use super::split_scan::SplitScan;
use super::two_rates::Evidence;

const SESSIONS: usize = 10;
const WITH: usize = 4;
const WITHOUT: usize = 4;
/// Each part has at least so many sessions, and at least an eighth of all.
const EDGE: usize = 4;
/// The part with more of the theme has it at least this often; the other at most a third as often.
const HIGHER: f64 = 0.3;
const TIMES: usize = 3;

/// Which way a theme went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Noted more often from some session on.
    Emerging,
    /// Noted less often after some session.
    Fading,
}

/// Where a theme came up or left off.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Course {
    /// The first session with the theme in the later part, or the last with it in the earlier one.
    pub(super) place: usize,
    /// Sessions before the cut.
    pub(super) cut: usize,
    /// How often before the cut.
    pub(super) earlier: Share,
    /// How often from the cut on.
    pub(super) later: Share,
    /// Sessions for and against.
    pub(super) cited: Cited,
}

/// Looks for the one session from which a theme was noted more often, or less.
///
/// # Errors
/// [`Lacking`] when there are too few sessions with the theme, without it, or at all.
pub(super) fn theme_course(present: &[bool], way: Way) -> Result<Looked<Course>, Lacking> {
    let whole = Share::among(present);
    Need::Sessions.at_least(SESSIONS, whole.all)?;
    Need::With.at_least(WITH, whole.of)?;
    Need::Without.at_least(WITHOUT, whole.all - whole.of)?;
    // A fading theme is an emerging one in a history read backwards; the chain is the same both ways.
    let read: Vec<bool> = match way {
        Way::Emerging => present.to_vec(),
        Way::Fading => present.iter().rev().copied().collect(),
    };
    let evidence = Evidence::of_theme(whole.all);
    let scan = SplitScan::new(whole.all, whole.of, EDGE.max(whole.all / 8), |before, early| {
        let rare = Share { of: early, all: before };
        let frequent = rare.rest_of(whole);
        differ(rare, frequent).then(|| evidence.weigh(rare, frequent))
    });
    let best = scan.best(&read);
    let persistence = Persistence::beside(&read, best.as_ref().map_or(&[], |best| std::slice::from_ref(&best.before)));
    let tested = scan.tested(best, &persistence);
    Ok(Looked { tested, found: best.and_then(|best| course(present, &read, best.before, way)) })
}

/// Whether the two parts differ as much as a finding has to.
fn differ(rare: Share, frequent: Share) -> bool {
    frequent.rate() >= HIGHER && frequent.is_times(TIMES, rare)
}

fn course(present: &[bool], read: &[bool], before: usize, way: Way) -> Option<Course> {
    let first = before + read.get(before..)?.iter().position(|here| *here)?;
    let (place, cut) = match way {
        Way::Emerging => (first, before),
        Way::Fading => (present.len() - 1 - first, present.len() - before),
    };
    let (earlier, later) = present.split_at(cut);
    let stretch = match way {
        Way::Emerging => cut..present.len(),
        Way::Fading => 0..cut,
    };
    let cited = Cited::within(present, stretch);
    Some(Course { place, cut, earlier: Share::among(earlier), later: Share::among(later), cited })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::split_scan::marks;

    fn found(text: &str, way: Way) -> Course {
        theme_course(&marks(text), way).expect("enough sessions").found.expect("a course")
    }

    #[test]
    fn an_emerging_theme_is_placed_at_its_first_session_after_the_cut() {
        let course = found("00010000000000101101110111", Way::Emerging);
        assert_eq!((course.place, course.cut), (14, 14));
        assert_eq!((course.earlier, course.later), (Share { of: 1, all: 14 }, Share { of: 9, all: 12 }));
        assert_eq!(course.cited.fitting, [14, 16, 17, 19, 20, 21, 23, 24, 25]);
        assert_eq!(course.cited.unfitting, [3, 15, 18, 22]);
    }

    #[test]
    fn a_fading_theme_is_the_same_read_backwards() {
        let forwards = theme_course(&marks("00010000000000101101110111"), Way::Emerging).expect("enough");
        let backwards = theme_course(&marks("11101110110100000000001000"), Way::Fading).expect("enough");
        assert_eq!(forwards.tested, backwards.tested);
        let course = backwards.found.expect("a course");
        assert_eq!((course.place, course.cut), (11, 12), "the last session with it");
        assert_eq!((course.earlier, course.later), (Share { of: 9, all: 12 }, Share { of: 1, all: 14 }));
    }

    #[test]
    fn a_theme_that_comes_and_goes_evenly_has_no_course() {
        for way in [Way::Emerging, Way::Fading] {
            let looked = theme_course(&marks("010010010010010010"), way).expect("enough");
            assert_eq!(looked.found, None);
            assert_eq!(looked.tested.p, 1.0);
        }
    }

    #[test]
    fn too_little_is_said_with_its_numbers() {
        let lacking = |text: &str| theme_course(&marks(text), Way::Emerging).expect_err("too little");
        assert_eq!(lacking("000011111"), Lacking { need: Need::Sessions, have: 9, asked: 10 });
        assert_eq!(lacking("0000000000111"), Lacking { need: Need::With, have: 3, asked: 4 });
        assert_eq!(lacking("0001111111111"), Lacking { need: Need::Without, have: 3, asked: 4 });
    }

    #[test]
    fn the_p_value_is_one_of_those_the_test_could_have_given() {
        let looked = theme_course(&marks("000000000001011101"), Way::Emerging).expect("enough");
        let crate::insight::tested::Law::Discrete(values) = &looked.tested.law else { panic!("few values") };
        assert!(values.is_sorted());
        assert!(values.contains(&looked.tested.p), "{} in {values:?}", looked.tested.p);
    }
}

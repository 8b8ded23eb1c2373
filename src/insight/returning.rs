//! Themes that came back after a long silence, and themes that run through everything. Counted, not tested.
//!
//! In goes whether a theme was tagged in each attended session; out come places and counts.

use super::presence::{Cited, Lacking, Need, Share};
use std::ops::Range;

const SESSIONS: usize = 10;
/// Silent for so many sessions at least, and for a sixth of the history.
const SILENT: usize = 5;
const SIXTH: usize = 6;
/// Back: so many of the five sessions from the first one on.
const BACK: usize = 3;
const WINDOW: usize = 5;
/// A third of the history holds so many sessions at least before "in every third" says anything.
const THIRDS: usize = 3;

/// A theme that came back.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Returning {
    /// The last session with it before the silence.
    pub(super) last: usize,
    /// The first session with it after the silence.
    pub(super) place: usize,
    /// Sessions without it in between.
    pub(super) silent: usize,
    /// How often in the five sessions from its return on.
    pub(super) since: Share,
    /// Sessions with it since its return; those without it do not fit.
    pub(super) cited: Cited,
}

/// The latest return of a theme that had not been noted for long.
///
/// # Errors
/// [`Lacking`] when there are too few sessions.
pub(super) fn returning(present: &[bool]) -> Result<Option<Returning>, Lacking> {
    Need::Sessions.at_least(SESSIONS, present.len())?;
    let long = SILENT.max(present.len().div_ceil(SIXTH));
    let with: Vec<usize> = (0..present.len()).filter(|at| present[*at]).collect();
    let back = with.windows(2).rev().find_map(|pair| {
        let (last, place) = (pair[0], pair[1]);
        let since = Share::among(&present[place..present.len().min(place + WINDOW)]);
        (place - last > long && since.of >= BACK).then_some((last, place, since))
    });
    Ok(back.map(|(last, place, since)| Returning {
        last,
        place,
        silent: place - last - 1,
        since,
        cited: since_then(present, place..present.len()),
    }))
}

fn since_then(present: &[bool], stretch: Range<usize>) -> Cited {
    let (fitting, unfitting) = stretch.partition(|at| present[*at]);
    Cited { fitting, unfitting }
}

/// A theme of at least half of all sessions.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Core {
    /// How often in all.
    pub(super) whole: Share,
    /// How often in each third of the history.
    pub(super) thirds: [Share; 3],
    /// Sessions with it, and without.
    pub(super) cited: Cited,
}

/// Whether a theme is in half of all sessions and in every third of the history.
///
/// # Errors
/// [`Lacking`] when there are too few sessions.
pub(super) fn core_theme(present: &[bool]) -> Result<Option<Core>, Lacking> {
    Need::Sessions.at_least(SESSIONS, present.len())?;
    let whole = Share::among(present);
    let third = |at: usize| &present[at * present.len() / THIRDS..(at + 1) * present.len() / THIRDS];
    let thirds = [0, 1, 2].map(|at| Share::among(third(at)));
    let core = whole.of * 2 >= whole.all && thirds.iter().all(|third| third.of > 0);
    Ok(core.then(|| Core { whole, thirds, cited: since_then(present, 0..present.len()) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::split_scan::marks;

    #[test]
    fn a_theme_that_came_back_is_placed_at_its_return() {
        let found = returning(&marks("110100000001011000")).expect("enough").expect("back");
        assert_eq!((found.last, found.place, found.silent), (3, 11, 7));
        assert_eq!(found.since, Share { of: 3, all: 5 });
        assert_eq!(found.cited, Cited { fitting: vec![11, 13, 14], unfitting: vec![12, 15, 16, 17] });
    }

    #[test]
    fn a_short_silence_or_a_single_mention_is_no_return() {
        assert_eq!(returning(&marks("110000111100")).expect("enough").map(|found| found.place), None);
        assert_eq!(returning(&marks("110000000100")).expect("enough"), None);
    }

    #[test]
    fn a_core_theme_is_in_every_third() {
        let core = core_theme(&marks("110110101101")).expect("enough").expect("core");
        assert_eq!(core.thirds, [Share { of: 3, all: 4 }, Share { of: 2, all: 4 }, Share { of: 3, all: 4 }]);
        assert_eq!(core_theme(&marks("111111110000")).expect("enough"), None);
    }
}

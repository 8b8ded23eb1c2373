//! Appointments that were missed after sessions with a theme.
//!
//! In go all appointments in order: whether each was missed, and whether the theme was noted in it. Only an appointment
//! that directly follows a session that took place is counted. Out come the two shares, the appointments for and
//! against, and Fisher's exact chance. Why an appointment was missed is not known and not asked.

use super::fisher::Table;
use super::presence::{Cited, Lacking, Looked, Need, Share};
use super::tested::{Law, Tested};

const APPOINTMENTS: usize = 15;
const MISSED: usize = 4;
/// Sessions with the theme, and without, that an appointment followed.
const FOLLOWED: usize = 5;
/// Missed after the theme at least.
const AFTER: usize = 3;

/// Missed appointments after sessions with a theme.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MissedAfter {
    /// Appointments missed of those that followed a session with the theme.
    pub(super) after: Share,
    /// Appointments missed of those that followed another session.
    pub(super) otherwise: Share,
    /// Log odds ratio, a half added to each count.
    pub(super) log_odds: f64,
    /// The sessions before: with the theme and then a missed appointment fit; with the theme and then a kept one, or
    /// without it and then a missed one, do not.
    pub(super) cited: Cited,
}

/// Holds the appointments after a theme against those after other sessions. Both slices have one entry an appointment.
///
/// # Errors
/// [`Lacking`] when there are too few appointments, too few missed, or too few after either kind of session.
pub(super) fn missed_after(missed: &[bool], with_theme: &[bool]) -> Result<Looked<MissedAfter>, Lacking> {
    let whole = Share::among(missed);
    Need::Appointments.at_least(APPOINTMENTS, whole.all)?;
    Need::Missed.at_least(MISSED, whole.of)?;
    let Followed { after, otherwise, cited } = followed(missed, with_theme);
    let table = Table {
        with_yes: after.of,
        with_no: after.all - after.of,
        without_yes: otherwise.of,
        without_no: otherwise.all - otherwise.of,
    };
    Need::Followed.at_least(FOLLOWED, after.all.min(otherwise.all))?;
    let tested = Tested { p: table.greater(), law: Law::Discrete(table.overlap().attainable()) };
    let more = after.of >= AFTER && after.rate() > otherwise.rate();
    let found = more.then(|| MissedAfter { after, otherwise, log_odds: table.log_odds(), cited });
    Ok(Looked { tested, found })
}

/// What became of the appointments right after sessions with a theme, and right after others.
pub(super) struct Followed {
    /// Missed of those that followed a session with the theme.
    pub(super) after: Share,
    /// Missed of those that followed another session.
    pub(super) otherwise: Share,
    /// The sessions before, for and against.
    pub(super) cited: Cited,
}

/// Counts each appointment that directly follows one that was kept.
pub(super) fn followed(missed: &[bool], with_theme: &[bool]) -> Followed {
    let none = Share { of: 0, all: 0 };
    let mut found = Followed { after: none, otherwise: none, cited: Cited::default() };
    for (at, pair) in missed.windows(2).enumerate().filter(|(_, pair)| !pair[0]) {
        let with = with_theme.get(at) == Some(&true);
        let share = if with { &mut found.after } else { &mut found.otherwise };
        share.all += 1;
        share.of += usize::from(pair[1]);
        match (with, pair[1]) {
            (true, true) => found.cited.fitting.push(at),
            (true, false) | (false, true) => found.cited.unfitting.push(at),
            (false, false) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::split_scan::marks;

    #[test]
    fn only_appointments_right_after_a_session_are_counted() {
        let missed = marks("001000100001000010001000");
        let theme = marks("010001000010010100000010");
        let looked = missed_after(&missed, &theme).expect("enough");
        let found = looked.found.expect("more after the theme");
        // Theme at 1, 5, 10, 13, 15, 22; missed at 2, 6, 11, 16, 20.
        assert_eq!((found.after, found.otherwise), (Share { of: 4, all: 6 }, Share { of: 1, all: 12 }));
        assert_eq!(found.cited, Cited { fitting: vec![1, 5, 10, 15], unfitting: vec![13, 19, 22] });
        let expected = (15.0 * 12.0 + 6.0) / 8568.0;
        assert!((looked.tested.p - expected).abs() < 1e-12, "{}", looked.tested.p);
    }

    #[test]
    fn too_few_sessions_with_the_theme_are_said() {
        let missed = marks("00100010000100001000");
        let lacking = missed_after(&missed, &marks("01000100000000000000")).expect_err("two");
        assert_eq!(lacking, Lacking { need: Need::Followed, have: 2, asked: 5 });
    }
}

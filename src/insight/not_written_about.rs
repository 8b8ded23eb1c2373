//! What used to be written about and has not been since: a person, a goal, homework, a risk that was to be looked at
//! again. Counted, not tested.
//!
//! In go the sessions it stands in and which of them ask for more; out come when it was last written about and how many
//! sessions have passed. It does not know whether it was spoken of; only that it was not written down.

use chrono::NaiveDate;

/// What is looked for, with what makes a silence worth saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A theme that was tagged in half of the sessions up to its last one.
    Theme,
    /// Somebody who was written about in several sessions.
    Person,
    /// A goal of the plan in force.
    Goal,
    /// Homework, or anything else promised and still open.
    Homework,
    /// A risk that was found and not looked at again. It is said after one session without.
    Risk,
}

impl Subject {
    /// In how many sessions it stood at least.
    fn known(self) -> usize {
        match self {
            Self::Theme => 4,
            Self::Person => 3,
            Self::Goal | Self::Homework | Self::Risk => 1,
        }
    }

    /// How many sessions have passed at least.
    fn silent(self) -> usize {
        match self {
            Self::Theme | Self::Person => 5,
            Self::Goal => 4,
            Self::Homework => 2,
            Self::Risk => 1,
        }
    }
}

/// A theme is silent for a sixth of all sessions before it is said.
const SIXTH: usize = 6;

/// A silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Silence {
    /// The last session it stands in.
    pub(super) last: usize,
    /// Sessions since, without it.
    pub(super) silent: usize,
    /// Days from that session to the latest one.
    pub(super) days: i64,
    /// In how many sessions it stands.
    pub(super) known: usize,
    /// Those sessions.
    pub(super) stands_in: Vec<usize>,
}

/// Whether something has fallen silent. `days` and `written` have one entry an attended session; for a risk, `written`
/// says that it was assessed at all, whatever was found.
///
/// A theme must have stood in at least half of the sessions up to its last one, and be silent for a sixth of all.
/// For a person the silence must also be longer than any before it, and at least twice the usual one: somebody who comes
/// up twice a year has not fallen silent after a month.
pub(super) fn not_written_about(subject: Subject, days: &[NaiveDate], written: &[bool]) -> Option<Silence> {
    let stands_in: Vec<usize> = (0..written.len().min(days.len())).filter(|at| written[*at]).collect();
    let last = *stands_in.last()?;
    let silent = written.len() - 1 - last;
    if stands_in.len() < subject.known() || silent < subject.silent() {
        return None;
    }
    if subject == Subject::Theme && !(2 * stands_in.len() > last && silent * SIXTH >= written.len()) {
        return None;
    }
    if subject == Subject::Person && !is_unusual(&stands_in, silent) {
        return None;
    }
    let days = (*days.last()? - *days.get(last)?).num_days();
    Some(Silence { last, silent, days, known: stands_in.len(), stands_in })
}

fn is_unusual(stands_in: &[usize], silent: usize) -> bool {
    let mut gaps: Vec<usize> = stands_in.windows(2).map(|pair| pair[1] - pair[0] - 1).collect();
    gaps.sort_unstable();
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0);
    silent > gaps.last().copied().unwrap_or(0) && silent >= 2 * usual
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::split_scan::marks;

    fn days(count: usize) -> Vec<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(2026, 1, 5).expect("a day");
        (0..count as u64).map(|at| first + chrono::Days::new(at * 7)).collect()
    }

    #[test]
    fn a_person_who_came_up_often_and_then_no_more_is_said() {
        let written = marks("1101101000000");
        let silence = not_written_about(Subject::Person, &days(13), &written).expect("silent");
        assert_eq!((silence.last, silence.silent, silence.days, silence.known), (6, 6, 42, 5));
        assert_eq!(silence.stands_in, [0, 1, 3, 4, 6]);
    }

    #[test]
    fn a_person_who_always_came_up_seldom_is_not() {
        assert_eq!(not_written_about(Subject::Person, &days(22), &marks("1000000010000001000000")), None);
        assert_eq!(not_written_about(Subject::Person, &days(13), &marks("1100000000000")), None, "known from two");
    }

    #[test]
    fn a_theme_of_half_the_sessions_that_is_no_longer_written_about_is_said() {
        let silent = |text: &str| not_written_about(Subject::Theme, &days(text.len()), &marks(text)).map(|s| s.silent);
        assert_eq!(silent("11011000000"), Some(6));
        assert_eq!((silent("1101100000"), silent("110110000")), (Some(5), None));
        assert_eq!(silent("1000100010001000001000000"), None, "never in half of them");
    }

    #[test]
    fn each_subject_has_its_own_patience() {
        let written = marks("1001000");
        assert_eq!(not_written_about(Subject::Goal, &days(7), &written), None);
        assert_eq!(not_written_about(Subject::Homework, &days(7), &written).map(|found| found.silent), Some(3));
        assert_eq!(not_written_about(Subject::Risk, &days(7), &marks("0000010")).map(|found| found.silent), Some(1));
        assert_eq!(not_written_about(Subject::Risk, &days(7), &marks("0000000")), None, "never written");
    }
}

//! Missed appointments: close together, and after sessions with a theme. No motive is asked for or named.

use super::candidate::{Candidate, Found, Shown};
use super::finding::{Effect, FindingKind, Level};
use super::history::{History, ThemeCourse};
use super::missed_after::{MissedAfter, missed_after};
use super::missed_cluster::{MissedCluster, missed_cluster};
use super::presence::{Cited, Need};
use super::random::Random;
use crate::domain::NoteId;

/// Looks at the appointments as a whole, and after each tagged theme.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    let missed = missed(history);
    let bits: Vec<u8> = missed.iter().map(|missed| u8::from(*missed)).collect();
    let mut random = Random::seeded(&[b"missed", history.client.as_bytes(), &bits]);
    match missed_cluster(&missed, &mut random) {
        Ok(looked) => {
            let shown = looked.found.and_then(|cluster| cluster_shown(history, &cluster));
            found.candidates.push(Candidate::test(FindingKind::MissedCluster, looked.tested, shown));
        }
        Err(lack) if lack.need == Need::Appointments => {
            let statement = format!("Missed appointments: {} appointments, {} are needed", lack.have, lack.asked);
            found.lacks(FindingKind::MissedCluster, "attendance", lack.have, statement);
        }
        Err(_) => {}
    }
    for theme in &history.tagged {
        if let Ok(looked) = missed_after(&missed, &with_theme(history, theme)) {
            let shown = looked.found.map(|after| after_shown(history, &theme.key, &theme.shown, &after));
            found.candidates.push(Candidate::test(FindingKind::MissedAfter, looked.tested, shown));
        }
    }
}

/// Whether each appointment was missed.
pub(super) fn missed(history: &History<'_>) -> Vec<bool> {
    history.visits.iter().map(|visit| visit.missed).collect()
}

/// Whether a theme was noted in each appointment.
pub(super) fn with_theme(history: &History<'_>, theme: &ThemeCourse) -> Vec<bool> {
    let noted = |session: Option<usize>| session.is_some_and(|at| theme.present.get(at) == Some(&true));
    history.visits.iter().map(|visit| noted(visit.session)).collect()
}

fn cluster_shown(history: &History<'_>, cluster: &MissedCluster) -> Option<Shown> {
    let from = history.visits.get(cluster.stretch.start)?.moment;
    let until = history.visits.get(cluster.stretch.end.checked_sub(1)?)?.moment;
    let statement = format!(
        "{} of {} appointments between {} and {} were missed; {} of the other {}.",
        cluster.inside.of,
        cluster.inside.all,
        super::wording::day(from.day),
        super::wording::day(until.day),
        cluster.outside.of,
        cluster.outside.all,
    );
    Some(Shown {
        subject: "attendance".to_owned(),
        object: None,
        words: Vec::new(),
        direction: None,
        at: Some(from),
        until: Some(until),
        effect: Effect {
            name: "difference_of_shares",
            value: cluster.inside.rate() - cluster.outside.rate(),
            interval: None,
        },
        n: history.visits.len(),
        statement,
        caveat: None,
        evidence: notes(history, &cluster.cited.fitting),
        against: notes(history, &cluster.cited.unfitting),
        at_most: Level::Clear,
        few: false,
        mentioned: false,
    })
}

fn after_shown(history: &History<'_>, key: &str, shown: &str, after: &MissedAfter) -> Shown {
    let statement = format!(
        "{} of {} appointments after sessions about {shown} were missed; {} of {} otherwise.",
        after.after.of, after.after.all, after.otherwise.of, after.otherwise.all,
    );
    let Cited { fitting, unfitting } = &after.cited;
    Shown {
        subject: key.to_owned(),
        object: None,
        words: Vec::new(),
        direction: None,
        at: None,
        until: None,
        effect: Effect { name: "log_odds", value: after.log_odds, interval: None },
        n: history.visits.len(),
        statement,
        caveat: None,
        evidence: notes(history, &with_next(fitting)),
        against: notes(history, unfitting),
        at_most: Level::Clear,
        few: false,
        mentioned: false,
    }
}

/// The session before, and the appointment that was missed after it.
fn with_next(before: &[usize]) -> Vec<usize> {
    before.iter().flat_map(|at| [*at, at + 1]).collect()
}

fn notes(history: &History<'_>, which: &[usize]) -> Vec<NoteId> {
    which.iter().filter_map(|at| Some(history.visits.get(*at)?.note)).collect()
}

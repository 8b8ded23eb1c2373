//! The working alliance: ratings that dropped, and ruptures with no repair noted since. Counted, not tested.

use super::candidate::Found;
use super::finding::{Moment, Observation};
use super::history::History;
use super::wording::{day, number};
use crate::domain::{Confidential, NoteId, Repair, Rupture};

/// Points by which a rating must lie below the one before, of 10.
const DIP: f64 = 2.0;

/// Looks at ratings and ruptures.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    let rated: Vec<(Moment, NoteId, f64)> = history
        .sessions
        .iter()
        .filter_map(|sitting| Some((sitting.moment, sitting.note.id, sitting.note.session()?.alliance?)))
        .collect();
    for pair in rated.windows(2) {
        let [(before_at, before, was), (at, note, is)] = [pair[0], pair[1]];
        if was - is >= DIP {
            let [is, was] = [is, was].map(number);
            let statement =
                format!("Alliance was rated {is} on {}, after {was} on {}.", day(at.day), day(before_at.day));
            found.observations.push(observation("alliance", at, statement, vec![before, note]));
        }
    }
    found.observations.extend(open_rupture(history));
}

/// The latest rupture, when nothing was noted as repaired in that session or since.
fn open_rupture(history: &History<'_>) -> Option<Observation> {
    let is_rupture = |rupture: Option<Rupture>| rupture.is_some_and(|rupture| rupture != Rupture::None);
    let at = history.sessions.iter().rposition(|s| s.note.session().is_some_and(|s| is_rupture(s.rupture)))?;
    let repaired = |repair: Option<Repair>| repair.is_some_and(|repair| repair != Repair::None);
    if history.sessions[at..].iter().any(|s| s.note.session().is_some_and(|s| repaired(s.repair))) {
        return None;
    }
    let sitting = history.sessions.get(at)?;
    let statement = format!("Rupture noted {}; no repair noted since.", day(sitting.moment.day));
    Some(observation("rupture", sitting.moment, statement, vec![sitting.note.id]))
}

fn observation(kind: &'static str, at: Moment, statement: String, evidence: Vec<NoteId>) -> Observation {
    Observation {
        kind,
        subject: Confidential::new("alliance"),
        at: Some(at),
        n: evidence.len(),
        statement: Confidential::new(statement),
        evidence,
    }
}

//! Themes that came back after a long silence, and themes that run through everything: counted, not tested.

use super::candidate::Found;
use super::finding::Observation;
use super::history::{History, ThemeCourse};
use super::returning::{Core, Returning, core_theme, returning};
use super::wording::{capital, session};
use crate::domain::{Confidential, NoteId};

/// Looks at each tagged theme.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    for theme in &history.tagged {
        if let Ok(Some(back)) = returning(&theme.present) {
            found.observations.extend(back_again(history, theme, &back));
        }
        if let Ok(Some(core)) = core_theme(&theme.present) {
            found.observations.push(throughout(history, theme, &core));
        }
    }
}

fn back_again(history: &History<'_>, theme: &ThemeCourse, back: &Returning) -> Option<Observation> {
    let [last, place] = [back.last, back.place].map(|at| history.sessions.get(at).map(|sitting| sitting.moment));
    let (last, place) = (last?, place?);
    let statement = format!(
        "{} is back since {}: in {} of {} sessions from there, after {} sessions without it since {}.",
        capital(&theme.shown),
        session(place),
        back.since.of,
        back.since.all,
        back.silent,
        session(last),
    );
    let evidence = [back.last].into_iter().chain(back.cited.fitting.iter().copied());
    Some(Observation {
        kind: "returning",
        subject: Confidential::new(theme.key.as_str()),
        at: Some(place),
        n: theme.present.len(),
        statement: Confidential::new(statement),
        evidence: notes(history, evidence),
    })
}

fn throughout(history: &History<'_>, theme: &ThemeCourse, core: &Core) -> Observation {
    let statement = format!(
        "{} was noted in {} of {} sessions, and in every third of them.",
        capital(&theme.shown),
        core.whole.of,
        core.whole.all
    );
    Observation {
        kind: "core",
        subject: Confidential::new(theme.key.as_str()),
        at: None,
        n: theme.present.len(),
        statement: Confidential::new(statement),
        evidence: notes(history, core.cited.fitting.iter().copied()),
    }
}

fn notes(history: &History<'_>, which: impl Iterator<Item = usize>) -> Vec<NoteId> {
    which.filter_map(|at| Some(history.sessions.get(at)?.note.id)).collect()
}

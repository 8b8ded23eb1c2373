//! What used to be written about and has not been since: themes, people, goals, what was promised, a risk that was noted.
//!
//! Counted, not tested. That nothing was written down does not mean that it was not spoken of.

use super::candidate::Found;
use super::finding::Observation;
use super::history::History;
use super::not_written_about::{Silence, Subject, not_written_about};
use super::wording::{capital, counted, session};
use crate::casebook::{CaseFile, RiskEntry};
use crate::domain::{Confidential, Details, GoalStatus, RiskLevel};
use chrono::NaiveDate;

/// Looks at what the record names.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    found.observations.extend(said_of(history).map(|(_, seen)| seen));
}

/// What has fallen silent in the present work, as it was noted up to a day.
pub fn silences(file: &CaseFile, today: NaiveDate) -> Vec<(Subject, Observation)> {
    let begun = file.episodes.iter().rfind(|episode| episode.from <= today);
    begun.map_or(Vec::new(), |episode| said_of(&History::of(file, episode, today)).collect())
}

fn said_of(history: &History<'_>) -> impl Iterator<Item = (Subject, Observation)> {
    let days: Vec<NaiveDate> = history.sessions.iter().map(|sitting| sitting.moment.day).collect();
    let looked = themes(history).chain(people(history)).chain(goals(history)).chain(promises(history));
    looked.chain(risk(history)).filter_map(move |(subject, key, name, written)| {
        let silence = not_written_about(subject, &days, &written)?;
        Some((subject, said(history, subject, &key, &name, &silence)?))
    })
}

/// What sort, its key, the beginning of its sentence, and in which sessions it stands.
type Looked = (Subject, String, String, Vec<bool>);

/// Themes that were tagged. That a word list finds one since is enough for it to have been written about.
fn themes<'a>(history: &'a History<'_>) -> impl Iterator<Item = Looked> + 'a {
    history.tagged.iter().map(|theme| {
        let mentioned = history.mentioned.iter().find(|other| other.key == theme.key);
        let mut written = theme.present.clone();
        for (at, here) in mentioned.into_iter().flat_map(|other| other.present.iter().enumerate()) {
            written[at] |= *here;
        }
        (Subject::Theme, theme.key.clone(), capital(&theme.shown), written)
    })
}

fn people<'a>(history: &'a History<'_>) -> impl Iterator<Item = Looked> + 'a {
    history.file.people.iter().map(|line| {
        let written = history.sessions.iter().map(|sitting| sitting.note.people.contains(&line.person)).collect();
        (Subject::Person, line.person.key().to_owned(), capital(line.person.shown()), written)
    })
}

/// Goals of the latest plans that are neither met nor dropped.
fn goals<'a>(history: &'a History<'_>) -> impl Iterator<Item = Looked> + 'a {
    let lines = history.file.goals.iter().filter_map(|line| line.goal(&history.file.notes));
    let open = lines.filter(|goal| matches!(goal.status, None | Some(GoalStatus::Active)));
    open.map(|goal| {
        let rated = |id: &Confidential| id.reveal().eq_ignore_ascii_case(goal.id.reveal());
        let written = history
            .sessions
            .iter()
            .map(|sitting| sitting.note.session().is_some_and(|session| session.goals.iter().any(|(id, _)| rated(id))));
        (Subject::Goal, goal.id.reveal().to_owned(), format!("The goal “{}”", goal.text.reveal()), written.collect())
    })
}

/// Lines with a box that are still open.
fn promises<'a>(history: &'a History<'_>) -> impl Iterator<Item = Looked> + 'a {
    let open = history.file.open_items.iter().filter_map(|item| item.task(&history.file.notes));
    open.map(|task| {
        let key = task.key();
        let written = history.sessions.iter().map(|sitting| sitting.note.tasks.iter().any(|other| other.key() == key));
        (Subject::Homework, key.clone(), format!("“{}” is open and", task.text.reveal()), written.collect())
    })
}

/// A risk that was found when it was last assessed. An assessment between two sessions counts for the earlier one.
fn risk<'a>(history: &'a History<'_>) -> impl Iterator<Item = Looked> + 'a {
    let assessed = |level: &RiskLevel| *level != RiskLevel::NotAssessed;
    let last = history.sessions.last().map(|sitting| sitting.moment.day);
    let entries =
        history.file.risk.iter().filter(|entry| assessed(&entry.level) && last.is_some_and(|day| entry.day <= day));
    let entries: Vec<&RiskEntry> = entries.collect();
    let days: Vec<NaiveDate> = entries.iter().map(|entry| entry.day).collect();
    let raised = entries.last().copied().filter(|entry| entry.level != RiskLevel::None);
    raised.into_iter().map(move |entry| {
        let until = |at: usize| history.sessions.get(at + 1).map(|next| next.moment.day);
        let written = history.sessions.iter().enumerate().map(|(at, sitting)| {
            let from = sitting.moment.day;
            days.iter().any(|day| *day >= from && until(at).is_none_or(|next| *day < next))
        });
        let by_note = matches!(history.file.notes.get(entry.note).map(|note| &note.details), Some(Details::Risk(_)));
        let found = if by_note { "assessed" } else { "noted" };
        let name = format!("Risk was {found} as {} and", entry.level.word());
        (Subject::Risk, "risk".to_owned(), name, written.collect())
    })
}

fn said(history: &History<'_>, subject: Subject, key: &str, name: &str, silence: &Silence) -> Option<Observation> {
    let last = history.sessions.get(silence.last)?.moment;
    let since = counted(silence.silent, "session");
    let statement = match subject {
        Subject::Risk => format!("{name} not looked at again since {}: {since}.", session(last)),
        Subject::Theme | Subject::Person => format!(
            "{name}: not written about since {}: {since}; in {} before.",
            session(last),
            counted(silence.known, "session")
        ),
        Subject::Goal | Subject::Homework => format!("{name} was not written about since {}: {since}.", session(last)),
    };
    let evidence = silence.stands_in.iter().filter_map(|at| Some(history.sessions.get(*at)?.note.id));
    Some(Observation {
        kind: "not_written_about",
        subject: Confidential::new(key),
        at: Some(last),
        n: silence.silent,
        statement: Confidential::new(statement),
        evidence: evidence.collect(),
    })
}

//! Episodes: a client who returns has several.
//!
//! A termination ends an episode; the next intake or session after it begins a new one.

use crate::domain::{Kind, Note};
use chrono::NaiveDate;
use std::sync::Arc;

/// One stretch of work with a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Episode {
    /// First day.
    pub from: NaiveDate,
    /// Day of the termination; `None` while it lasts.
    pub until: Option<NaiveDate>,
    /// Index of its first note in [`super::CaseFile::notes`].
    pub first: usize,
    /// Index of its last note.
    pub last: usize,
    /// Index of the intake, if there is one.
    pub intake: Option<usize>,
    /// Index of the termination, if there is one.
    pub termination: Option<usize>,
}

/// Cuts the notes of one client, oldest first, into episodes.
pub(super) fn episodes(notes: &[Arc<Note>]) -> Vec<Episode> {
    let mut found: Vec<Episode> = Vec::new();
    for (at, note) in notes.iter().enumerate() {
        let opens = matches!(note.kind, Kind::Intake | Kind::Session);
        let needs_new = match found.last() {
            None => note.kind != Kind::Client,
            Some(last) => last.termination.is_some() && opens,
        };
        if needs_new {
            found.push(Episode {
                from: note.date.day,
                until: None,
                first: at,
                last: at,
                intake: None,
                termination: None,
            });
        }
        let Some(current) = found.last_mut() else { continue };
        current.last = at;
        match note.kind {
            Kind::Intake if current.intake.is_none() => current.intake = Some(at),
            Kind::Termination if current.termination.is_none() => {
                current.termination = Some(at);
                current.until = Some(note.date.day);
            }
            _ => {}
        }
    }
    found
}

//! Homework along the sessions of the present episode: what was last written about each.
//!
//! A status is free text. Only words that plainly say it is over close it; everything else is shown as written.

use super::Sight;
use super::prose::one_line;
use crate::domain::Note;
use std::collections::BTreeMap;

/// Words that close homework.
const OVER: [&str; 9] =
    ["done", "completed", "complete", "finished", "yes", "dropped", "stopped", "cancelled", "given up"];

/// Homework not closed, as it was last written.
pub(super) struct Carried<'a> {
    /// Where it was last written.
    pub(super) note: &'a Note,
    /// That note's index.
    pub(super) at: usize,
    /// What it is.
    pub(super) task: String,
    /// How it went, as written.
    pub(super) status: Option<String>,
}

/// Homework of the present episode that is not closed, latest first.
pub(super) fn carried<'a>(sight: &Sight<'a>) -> Vec<Carried<'a>> {
    let mut latest: BTreeMap<String, Carried<'a>> = BTreeMap::new();
    for appointment in &sight.held {
        let Some(note) = sight.note(appointment.note) else { continue };
        for homework in note.session().map(|session| session.homework.as_slice()).unwrap_or_default() {
            let task = one_line(homework.task.reveal());
            let status = homework.status.as_ref().map(|status| one_line(status.reveal()));
            latest.insert(task.to_lowercase(), Carried { note, at: appointment.note, task, status });
        }
    }
    let over = |status: &String| OVER.contains(&status.to_lowercase().as_str());
    let mut carried: Vec<Carried<'a>> =
        latest.into_values().filter(|homework| !homework.status.as_ref().is_some_and(over)).collect();
    carried.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.task.cmp(&b.task)));
    carried
}

//! Goals of the latest plans, and progress towards them.

use crate::domain::{Details, Goal, Note};
use std::sync::Arc;

/// Progress towards a goal in one session.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Index into [`super::CaseFile::notes`].
    pub note: usize,
    /// 0 to 10, as the counselor or client rated it.
    pub value: f64,
}

/// One goal as it stands in the latest plan that names it.
#[derive(Debug)]
pub struct GoalLine {
    /// Note and index of the goal in that plan.
    pub stated_in: (usize, usize),
    /// Ratings, oldest first.
    pub progress: Vec<Progress>,
}

impl GoalLine {
    /// The goal as stated.
    pub fn goal<'a>(&self, notes: &'a [Arc<Note>]) -> Option<&'a Goal> {
        match &notes.get(self.stated_in.0)?.details {
            Details::Plan(plan) => plan.goals.get(self.stated_in.1),
            _ => None,
        }
    }
}

/// Goals of one client in the order of the plans. A later plan replaces goals of the same id.
pub(super) fn goal_lines(notes: &[Arc<Note>]) -> Vec<GoalLine> {
    let mut lines: Vec<(String, GoalLine)> = Vec::new();
    for (at, note) in notes.iter().enumerate() {
        match &note.details {
            Details::Plan(plan) => {
                for (index, goal) in plan.goals.iter().enumerate() {
                    let key = goal.id.reveal().to_lowercase();
                    match lines.iter_mut().find(|(other, _)| *other == key) {
                        Some((_, line)) => line.stated_in = (at, index),
                        None => lines.push((key, GoalLine { stated_in: (at, index), progress: Vec::new() })),
                    }
                }
            }
            Details::Session(session) => {
                for (id, value) in &session.goals {
                    let key = id.reveal().to_lowercase();
                    if let Some((_, line)) = lines.iter_mut().find(|(other, _)| *other == key) {
                        line.progress.push(Progress { note: at, value: *value });
                    }
                }
            }
            _ => {}
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

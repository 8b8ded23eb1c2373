//! What was tried, and over which stretch.

use crate::domain::{Details, Note};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One intervention from its first to its last mention within an unbroken stretch.
#[derive(Debug, Clone)]
pub struct InterventionSpan {
    /// Where its name is written: note and index into the session's interventions.
    pub named_in: (usize, usize),
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Indices into [`super::CaseFile::notes`] of the sessions that name it.
    pub notes: Vec<usize>,
}

impl InterventionSpan {
    /// Its name as first written.
    pub fn name<'a>(&self, notes: &'a [Arc<Note>]) -> &'a str {
        match notes.get(self.named_in.0).map(|note| &note.details) {
            Some(Details::Session(session)) => {
                session.interventions.get(self.named_in.1).map_or("", |text| text.reveal())
            }
            _ => "",
        }
    }
}

/// Days without a mention after which an intervention counts as taken up again. House default.
const PAUSE: i64 = 84;

/// Spans of one client, by first day.
pub(super) fn intervention_spans(notes: &[Arc<Note>]) -> Vec<InterventionSpan> {
    let mut open: BTreeMap<String, InterventionSpan> = BTreeMap::new();
    let mut done: Vec<InterventionSpan> = Vec::new();
    for (at, note) in notes.iter().enumerate() {
        let Details::Session(session) = &note.details else { continue };
        for (index, name) in session.interventions.iter().enumerate() {
            let key = name.reveal().trim().to_lowercase();
            let day = note.date.day;
            if let Some(span) = open.get_mut(&key).filter(|span| (day - span.until).num_days() <= PAUSE) {
                span.until = day;
                span.notes.push(at);
                continue;
            }
            let fresh = InterventionSpan { named_in: (at, index), from: day, until: day, notes: vec![at] };
            done.extend(open.insert(key, fresh));
        }
    }
    done.extend(open.into_values());
    done.sort_by_key(|span| (span.from, span.named_in));
    done
}

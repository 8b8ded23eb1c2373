//! Dates that notes set for the counselor: a release that ends, a recording to be deleted, risk to be asked about again.

use crate::casebook::CaseFile;
use crate::domain::{Details, NoteId};
use chrono::NaiveDate;

/// What falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// A raised risk is to be asked about again.
    RiskReassessment,
    /// A recording is to be deleted.
    RecordingDeletion,
    /// A request is to be answered.
    RequestAnswer,
    /// A release of information ends.
    ReleaseExpiry,
    /// A consent ends.
    ConsentExpiry,
    /// A consent is to be gone through again.
    ConsentReview,
    /// A plan is to be looked at again.
    PlanReview,
}

impl Due {
    /// What is due, in words that follow the client's code.
    pub fn words(self) -> &'static str {
        match self {
            Self::RiskReassessment => "ask about risk again",
            Self::RecordingDeletion => "delete the recording",
            Self::RequestAnswer => "answer the request",
            Self::ReleaseExpiry => "release of information ends",
            Self::ConsentExpiry => "consent ends",
            Self::ConsentReview => "go through the consent again",
            Self::PlanReview => "look at the plan again",
        }
    }
}

/// One date that a note sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// What falls due.
    pub due: Due,
    /// Last day, included.
    pub day: NaiveDate,
    /// The note that sets it.
    pub note: NoteId,
}

/// Deadlines of one client that are not met, soonest first. A later plan or risk entry takes the place of earlier ones.
pub fn deadlines(file: &CaseFile) -> Vec<Deadline> {
    let mut found = Vec::new();
    let mut latest_plan = None;
    let mut latest_risk = None;
    for note in &file.notes {
        let mut add = |due: Due, date: Option<crate::domain::NoteDate>| {
            found.extend(date.map(|date| Deadline { due, day: date.day, note: note.id }));
        };
        match &note.details {
            Details::Recording(recording) if recording.deleted_on.is_none() => {
                add(Due::RecordingDeletion, recording.delete_by);
            }
            Details::Request(request) if request.answered_on.is_none() => {
                add(Due::RequestAnswer, request.extended_to.or(request.due_on));
            }
            Details::Release(release) if release.revoked_on.is_none() => add(Due::ReleaseExpiry, release.expires),
            Details::Consent(consent) if consent.withdrawn_on.is_none() => {
                add(Due::ConsentExpiry, consent.expires);
                add(Due::ConsentReview, consent.review_by);
            }
            Details::Plan(plan) => {
                latest_plan =
                    plan.review_by.map(|date| Deadline { due: Due::PlanReview, day: date.day, note: note.id });
            }
            Details::Risk(risk) => {
                let due = |date: crate::domain::NoteDate| Deadline {
                    due: Due::RiskReassessment,
                    day: date.day,
                    note: note.id,
                };
                latest_risk = risk.reassess_by.map(due);
            }
            Details::Session(session) if session.risk.is_some() => latest_risk = None,
            _ => {}
        }
    }
    found.extend(latest_plan);
    found.extend(latest_risk);
    found.sort_by_key(|deadline| (deadline.day, deadline.due, deadline.note));
    found
}

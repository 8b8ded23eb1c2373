//! Dates that notes set for the counselor: a release that ends, a recording to be deleted, risk to be asked about again.

use crate::casebook::CaseFile;
use crate::domain::{Consent, Details, NoteDate, NoteId};
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

/// Deadlines of one client that are not met, soonest first.
///
/// What a later note of the same sort takes the place of does not count: a plan, a risk entry, a consent of the same
/// scope. Releases, consents and plans of an earlier episode ended with it; recordings and requests bind all the same.
pub fn deadlines(file: &CaseFile) -> Vec<Deadline> {
    let current = file.episodes.last().map_or(0, |episode| episode.first);
    let mut found: Vec<Deadline> = Vec::new();
    for (at, note) in file.notes.iter().enumerate() {
        let on = |due: Due, date: Option<NoteDate>| date.map(|date| Deadline { due, day: date.day, note: note.id });
        let lasts = at >= current;
        match &note.details {
            Details::Recording(recording) if recording.deleted_on.is_none() => {
                found.extend(on(Due::RecordingDeletion, recording.delete_by));
            }
            Details::Request(request) if request.answered_on.is_none() => {
                found.extend(on(Due::RequestAnswer, request.extended_to.or(request.due_on)));
            }
            Details::Release(release) if lasts && release.revoked_on.is_none() => {
                found.extend(on(Due::ReleaseExpiry, release.expires));
            }
            Details::Consent(consent)
                if lasts && consent.withdrawn_on.is_none() && !is_given_again(file, at, consent) =>
            {
                found.extend(on(Due::ConsentExpiry, consent.expires));
                found.extend(on(Due::ConsentReview, consent.review_by));
            }
            Details::Plan(plan) if lasts => replace(&mut found, Due::PlanReview, on(Due::PlanReview, plan.review_by)),
            Details::Risk(risk) => {
                replace(&mut found, Due::RiskReassessment, on(Due::RiskReassessment, risk.reassess_by));
            }
            Details::Session(session) if session.risk.is_some() => replace(&mut found, Due::RiskReassessment, None),
            _ => {}
        }
    }
    found.sort_by_key(|deadline| (deadline.day, deadline.due, deadline.note));
    found
}

/// Puts a deadline in the place of earlier ones of its sort.
fn replace(found: &mut Vec<Deadline>, due: Due, with: Option<Deadline>) {
    found.retain(|deadline| deadline.due != due);
    found.extend(with);
}

/// Whether a later consent covers every scope of this one.
fn is_given_again(file: &CaseFile, at: usize, consent: &Consent) -> bool {
    let later = file.notes.iter().skip(at + 1).filter_map(|note| match &note.details {
        Details::Consent(later) => Some(later),
        _ => None,
    });
    let scopes: Vec<_> = later.flat_map(|later| later.scope.iter().copied()).collect();
    !consent.scope.is_empty() && consent.scope.iter().all(|scope| scopes.contains(scope))
}

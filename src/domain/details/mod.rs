//! What each kind of note holds beside the keys that all notes share.
//!
//! One struct a kind, in the words of the field. Everything is optional: what a kind requires is checked by
//! `records`, never by refusing to read the note.

mod care;
mod paperwork;
mod practice;
mod safety;
mod session;

pub use care::{CareMember, ClientProfile, Goal, GoalStatus, ImportantDate, Intake, Outcome, Plan, Termination};
pub use paperwork::{
    Basis, Consent, ConsentScope, Contact, DeleteAfter, Disclosure, Exchange, Informed, Letter, Recording, Release,
    Request, RequestType, Statements,
};
pub use practice::{Incident, Meeting, Placement, ProfessionalWill, WordList};
pub use safety::{Consulted, RiskAssessment};
pub use session::{FollowUp, Homework, Modality, NoteFormat, ProcessNote, Repair, Rupture, Service, Session};

use super::OwnScale;

/// The part of a note that depends on its kind.
#[derive(Debug)]
#[allow(missing_docs, reason = "each variant is named like its kind")]
pub enum Details {
    Client(Box<ClientProfile>),
    Intake(Box<Intake>),
    Session(Box<Session>),
    Plan(Box<Plan>),
    Risk(Box<RiskAssessment>),
    Contact(Box<Contact>),
    Letter(Box<Letter>),
    Consent(Box<Consent>),
    Release(Box<Release>),
    Disclosure(Box<Disclosure>),
    Recording(Box<Recording>),
    Request(Box<Request>),
    Supervision(Box<Meeting>),
    Consultation(Box<Meeting>),
    Termination(Box<Termination>),
    Process(Box<ProcessNote>),
    Incident(Box<Incident>),
    Placement(Box<Placement>),
    Will(Box<ProfessionalWill>),
    Words(Vec<WordList>),
    Scales(Vec<OwnScale>),
    /// Kinds with nothing beyond the common keys: measure, addendum, rules and unknown ones.
    Nothing,
}

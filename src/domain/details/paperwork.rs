//! Consents, releases, disclosures, contacts, letters, recordings, requests.

use super::session::words;
use crate::domain::{Confidential, NoteDate, NoteId};

words! {
    /// What a consent is for.
    ConsentScope {
        Treatment = "treatment", LimitsOfConfidentiality = "limits-of-confidentiality", Telehealth = "telehealth",
        RecordSession = "record-session", ClientRecording = "client-recording", Observe = "observe",
        Supervision = "supervision", Technology = "technology", Research = "research",
    }
}
words! {
    /// Which way information goes.
    Exchange { Send = "send", Receive = "receive", Both = "both" }
}
words! {
    /// On what ground something was disclosed.
    Basis {
        Authorization = "authorization", Client = "client", Treatment = "treatment", Payment = "payment",
        Operations = "operations", RequiredByLaw = "required-by-law", CourtOrder = "court-order",
        Subpoena = "subpoena", AbuseReport = "abuse-report", SeriousThreat = "serious-threat",
        Oversight = "oversight", Emergency = "emergency", Executor = "executor",
    }
}
words! {
    /// Whether the client was told of a disclosure.
    Informed { Before = "before", After = "after", No = "no" }
}
words! {
    /// What a client or a court asks for.
    RequestType { Access = "access", Amendment = "amendment", Erasure = "erasure", Subpoena = "subpoena" }
}
words! {
    /// The event after which a recording goes.
    DeleteAfter { Supervision = "supervision", Term = "term", Placement = "placement", Termination = "termination" }
}

/// A consent.
#[derive(Debug, Default)]
pub struct Consent {
    /// What for.
    pub scope: Vec<ConsentScope>,
    /// When it was given.
    pub given_on: Option<NoteDate>,
    /// By whom.
    pub given_by: Vec<Confidential>,
    /// How.
    pub method: Option<Confidential>,
    /// When it was explained.
    pub explained_on: Option<NoteDate>,
    /// Whether the counselor consented too (recordings).
    pub counselor_consented: Option<bool>,
    /// When it ends.
    pub expires: Option<NoteDate>,
    /// When to ask again.
    pub review_by: Option<NoteDate>,
    /// When it was withdrawn.
    pub withdrawn_on: Option<NoteDate>,
    /// Who signed for a minor.
    pub guardian: Option<Confidential>,
    /// Where the paper is.
    pub document: Option<Confidential>,
}

/// Statements a release must carry (45 CFR 164.508(c)(2)).
#[derive(Debug, Default, Clone, Copy)]
pub struct Statements {
    /// That it can be revoked.
    pub revoke: bool,
    /// Whether treatment is conditioned on it.
    pub conditioning: bool,
    /// That the recipient may pass it on.
    pub redisclosure: bool,
}

/// A release of information.
#[derive(Debug, Default)]
pub struct Release {
    /// When it was signed.
    pub signed_on: Option<NoteDate>,
    /// By whom.
    pub signed_by: Option<Confidential>,
    /// Who may disclose.
    pub discloser: Option<Confidential>,
    /// Who may receive.
    pub recipient: Option<Confidential>,
    /// What, in the words of `export --include`.
    pub information: Vec<Confidential>,
    /// What for.
    pub purpose: Option<Confidential>,
    /// Last day on which it holds.
    pub expires: Option<NoteDate>,
    /// The event that ends it.
    pub expires_event: Option<Confidential>,
    /// Which way.
    pub direction: Option<Exchange>,
    /// How it was signed.
    pub method: Option<Confidential>,
    /// What lets a representative sign.
    pub representative_authority: Option<Confidential>,
    /// Statements it carries.
    pub statements: Statements,
    /// Whether it covers process notes.
    pub process_notes: Option<bool>,
    /// When it was revoked.
    pub revoked_on: Option<NoteDate>,
    /// Where the paper is.
    pub document: Option<Confidential>,
}

/// Something that was shown to somebody else.
#[derive(Debug, Default)]
pub struct Disclosure {
    /// To whom.
    pub recipient: Option<Confidential>,
    /// What.
    pub information: Vec<Confidential>,
    /// What for.
    pub purpose: Option<Confidential>,
    /// On what ground.
    pub basis: Option<Basis>,
    /// Under which release.
    pub release: Option<NoteId>,
    /// How.
    pub method: Option<Confidential>,
    /// Whether the client was told.
    pub client_informed: Option<Informed>,
    /// Why not.
    pub why_not_informed: Option<Confidential>,
    /// Who was asked first.
    pub consulted: Vec<Confidential>,
}

/// A contact with somebody else about the client.
#[derive(Debug, Default)]
pub struct Contact {
    /// With whom.
    pub with: Option<Confidential>,
    /// Which way, as written.
    pub direction: Option<Confidential>,
    /// By telephone, letter and so on.
    pub channel: Option<Confidential>,
    /// Under which release.
    pub release: Option<NoteId>,
    /// What for.
    pub purpose: Option<Confidential>,
    /// What was said, in short.
    pub summary: Option<Confidential>,
    /// Minutes.
    pub minutes: Option<u32>,
}

/// A letter. Its body is what is sent.
#[derive(Debug, Default)]
pub struct Letter {
    /// To whom.
    pub recipient: Option<Confidential>,
    /// What for.
    pub purpose: Option<Confidential>,
}

/// The register entry of a recording; never the recording.
#[derive(Debug, Default)]
pub struct Recording {
    /// What for.
    pub purpose: Option<Confidential>,
    /// The consent it rests on, as written.
    pub consent: Option<Confidential>,
    /// Last day on which it may exist.
    pub delete_by: Option<NoteDate>,
    /// The event after which it goes.
    pub delete_after: Option<DeleteAfter>,
    /// Audio, video.
    pub medium: Option<Confidential>,
    /// Where it is.
    pub location: Option<Confidential>,
    /// Who looks at it.
    pub reviewers: Vec<Confidential>,
    /// When it was looked at.
    pub reviewed_on: Option<NoteDate>,
    /// Under which placement.
    pub placement: Option<Confidential>,
    /// When it was deleted.
    pub deleted_on: Option<NoteDate>,
    /// How.
    pub deletion_method: Option<Confidential>,
    /// By whom.
    pub deleted_by: Option<Confidential>,
}

/// A request of the client or a court.
#[derive(Debug, Default)]
pub struct Request {
    /// When it came.
    pub received_on: Option<NoteDate>,
    /// What is asked for.
    pub sort: Option<RequestType>,
    /// By whom.
    pub from: Option<Confidential>,
    /// When the answer is due.
    pub due_on: Option<NoteDate>,
    /// Until when it was extended.
    pub extended_to: Option<NoteDate>,
    /// How it was decided.
    pub outcome: Option<Confidential>,
    /// When it was answered.
    pub answered_on: Option<NoteDate>,
    /// Why.
    pub rationale: Option<Confidential>,
}

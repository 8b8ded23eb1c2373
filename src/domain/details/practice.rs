//! What belongs to no client's record: supervision, incidents, placements, the professional will, word lists.

use crate::domain::{ClientCode, Confidential, NoteDate};

/// Supervision or consultation.
#[derive(Debug, Default)]
pub struct Meeting {
    /// With whom.
    pub with: Option<Confidential>,
    /// Minutes.
    pub minutes: Option<u32>,
    /// About which clients.
    pub clients: Vec<ClientCode>,
    /// Whether clients could be known by what was told. False unless said otherwise.
    pub identified: bool,
    /// What it was about.
    pub topics: Vec<Confidential>,
    /// What was advised.
    pub recommendations: Vec<Confidential>,
    /// What will be done.
    pub actions: Vec<Confidential>,
}

/// A breach of confidentiality.
#[derive(Debug, Default)]
pub struct Incident {
    /// When it was discovered.
    pub discovered_on: Option<NoteDate>,
    /// What happened.
    pub what: Option<Confidential>,
    /// Whom it concerns.
    pub clients_affected: Vec<ClientCode>,
    /// When they were told.
    pub notified_on: Option<NoteDate>,
}

/// A placement of a counselor in training.
#[derive(Debug, Default)]
pub struct Placement {
    /// Where.
    pub site: Option<Confidential>,
    /// Who supervises.
    pub supervisor: Option<Confidential>,
    /// First day.
    pub starts: Option<NoteDate>,
    /// Last day.
    pub ends: Option<NoteDate>,
}

/// Who looks after the records when the counselor cannot.
#[derive(Debug, Default)]
pub struct ProfessionalWill {
    /// The executor.
    pub executor: Option<Confidential>,
    /// Who steps in for the executor.
    pub backup: Option<Confidential>,
    /// Where the records are.
    pub records_location: Option<Confidential>,
    /// Where the keys are.
    pub key_location: Option<Confidential>,
    /// When it was last looked at.
    pub reviewed_on: Option<NoteDate>,
}

/// Words that stand for a theme in untagged prose: `sleep: slept, insomnia, nightmare*`.
#[derive(Debug)]
pub struct WordList {
    /// The theme.
    pub theme: crate::domain::Theme,
    /// Words in lower case; a trailing `*` matches any ending.
    pub words: Vec<Confidential>,
}

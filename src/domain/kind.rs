//! The kinds of notes and the three classes they fall into.

use std::fmt;

/// Whose key a note is sealed to. A class never changes by editing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The chart.
    Record,
    /// Psychotherapy notes in the sense of 45 CFR 164.501, kept apart from the chart.
    Process,
    /// What belongs to no client's record.
    Practice,
}

impl Class {
    /// The word shown to users.
    pub fn word(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Process => "process",
            Self::Practice => "practice",
        }
    }
}

/// What sort of note it is. An unknown kind stays as it is written, in class record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each variant is the word in the note; design words are explained in `details`")]
pub enum Kind {
    Client,
    Intake,
    Session,
    Measure,
    Plan,
    Risk,
    Contact,
    Letter,
    Consent,
    Release,
    Disclosure,
    Recording,
    Request,
    Supervision,
    Consultation,
    Termination,
    Process,
    Incident,
    Addendum,
    Placement,
    Will,
    Words,
    Scales,
    Rules,
    /// What was set aside among the findings of a client; written by the program.
    SetAside,
    /// A kind this program does not know, folded to lower case.
    Other(String),
}

impl Kind {
    /// Every kind this program knows.
    pub const KNOWN: [Self; 25] = [
        Self::Client,
        Self::Intake,
        Self::Session,
        Self::Measure,
        Self::Plan,
        Self::Risk,
        Self::Contact,
        Self::Letter,
        Self::Consent,
        Self::Release,
        Self::Disclosure,
        Self::Recording,
        Self::Request,
        Self::Supervision,
        Self::Consultation,
        Self::Termination,
        Self::Process,
        Self::Incident,
        Self::Addendum,
        Self::Placement,
        Self::Will,
        Self::Words,
        Self::Scales,
        Self::Rules,
        Self::SetAside,
    ];

    /// The word written in notes, JSON and filters.
    pub fn word(&self) -> &str {
        match self {
            Self::Client => "client",
            Self::Intake => "intake",
            Self::Session => "session",
            Self::Measure => "measure",
            Self::Plan => "plan",
            Self::Risk => "risk",
            Self::Contact => "contact",
            Self::Letter => "letter",
            Self::Consent => "consent",
            Self::Release => "release",
            Self::Disclosure => "disclosure",
            Self::Recording => "recording",
            Self::Request => "request",
            Self::Supervision => "supervision",
            Self::Consultation => "consultation",
            Self::Termination => "termination",
            Self::Process => "process",
            Self::Incident => "incident",
            Self::Addendum => "addendum",
            Self::Placement => "placement",
            Self::Will => "will",
            Self::Words => "words",
            Self::Scales => "scales",
            Self::Rules => "rules",
            Self::SetAside => "set-aside",
            Self::Other(word) => word,
        }
    }

    /// Reads a kind; never fails, since an unknown kind is kept.
    pub fn parse(text: &str) -> Self {
        let text = text.trim().to_lowercase();
        Self::KNOWN.into_iter().find(|kind| kind.word() == text).unwrap_or(Self::Other(text))
    }

    /// Whether this program knows the kind.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }

    /// The class a note of this kind belongs to. (An addendum belongs where the note stands that it amends.)
    pub fn class(&self) -> Class {
        match self {
            Self::Process => Class::Process,
            Self::Supervision
            | Self::Consultation
            | Self::Incident
            | Self::Placement
            | Self::Will
            | Self::Words
            | Self::Scales
            | Self::Rules => Class::Practice,
            _ => Class::Record,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

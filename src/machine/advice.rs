//! One finding about the machine, and what to do about it.
//!
//! In goes what a check saw; out comes a sentence and a remedy. Neither ever says that all is well: a check knows only
//! what it looked at.

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Memory that goes to a disk.
    Swap,
    /// A place for clear text that is no disk.
    Memory,
    /// The editor that would be used.
    Editor,
    /// Who else can read or write.
    Modes,
    /// The private key.
    Identity,
    /// What a killed run or an editor left.
    Leftovers,
    /// What a sync program left.
    ConflictCopies,
    /// Programs that send what is written elsewhere.
    Assistants,
}

impl Topic {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 8] = [
        Self::Swap,
        Self::Memory,
        Self::Editor,
        Self::Modes,
        Self::Identity,
        Self::Leftovers,
        Self::ConflictCopies,
        Self::Assistants,
    ];

    /// How it is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Swap => "swap",
            Self::Memory => "memory-backed folder",
            Self::Editor => "editor",
            Self::Modes => "modes",
            Self::Identity => "identity",
            Self::Leftovers => "leftovers",
            Self::ConflictCopies => "conflict copies",
            Self::Assistants => "assistants",
        }
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Words of a note or a key can get out, or a note can be lost.
    Problem,
    /// Good to know.
    Note,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What was looked at.
    pub topic: Topic,
    /// How much it matters.
    pub severity: Severity,
    /// What is so, in one sentence without a final stop.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Advice {
    /// Something that should be changed.
    pub fn problem(topic: Topic, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { topic, severity: Severity::Problem, what: what.into(), remedy: remedy.into() }
    }

    /// Something to know.
    pub fn note(topic: Topic, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::problem(topic, what, remedy) }
    }
}

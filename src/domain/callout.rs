//! Callouts: `> [!plan]` and its like, with what stands in them.

use super::Confidential;

/// Which callout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalloutKind {
    /// Something about risk.
    Risk,
    /// What is planned next.
    Plan,
    /// The client's own words.
    Quote,
    /// A question to bring to supervision.
    Supervision,
    /// About somebody else: left out of exports.
    ThirdParty,
    /// Any other word.
    Other,
}

impl CalloutKind {
    /// Reads the word in the brackets, whatever its case.
    pub fn parse(word: &str) -> Self {
        match word.trim().to_lowercase().replace('_', "-").as_str() {
            "risk" => Self::Risk,
            "plan" => Self::Plan,
            "quote" => Self::Quote,
            "supervision" => Self::Supervision,
            "third-party" => Self::ThirdParty,
            _ => Self::Other,
        }
    }

    /// The word shown to users.
    pub fn word(self) -> &'static str {
        match self {
            Self::Risk => "risk",
            Self::Plan => "plan",
            Self::Quote => "quote",
            Self::Supervision => "supervision",
            Self::ThirdParty => "third-party",
            Self::Other => "note",
        }
    }
}

/// One callout of one note.
#[derive(Debug)]
pub struct Callout {
    /// Which sort.
    pub kind: CalloutKind,
    /// Its text without the marks.
    pub text: Confidential,
}

//! What is wrong with a note, beside the note.
//!
//! A problem names a rule, a place and what would be right, in the field's words. It never repeats words of the note:
//! messages are made of this program's own text, names of known keys, and dates.

use super::Place;

/// How much a problem matters. Errors and warnings make `check` exit with 1, information does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something the note says is lost or wrong until it is mended.
    Error,
    /// Something is probably not meant.
    Warning,
    /// Worth knowing; nothing need be done.
    Info,
}

impl Severity {
    /// The word used in JSON and on pages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// One thing that is wrong with one note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A stable name for this sort of problem, such as `date-ambiguous`.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Where in the note's text, when it can be said.
    pub place: Option<Place>,
    /// What is wrong: one sentence without a final stop, without words of the note.
    pub message: String,
    /// What would be right.
    pub fix: Option<String>,
}

impl Problem {
    /// Something that is lost or wrong until it is mended.
    pub fn error(rule: &'static str, message: impl Into<String>) -> Self {
        Self::of(Severity::Error, rule, message)
    }

    /// Something that is probably not meant.
    pub fn warning(rule: &'static str, message: impl Into<String>) -> Self {
        Self::of(Severity::Warning, rule, message)
    }

    /// Something worth knowing.
    pub fn info(rule: &'static str, message: impl Into<String>) -> Self {
        Self::of(Severity::Info, rule, message)
    }

    /// The same problem with its place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same problem with what would be right.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    fn of(severity: Severity, rule: &'static str, message: impl Into<String>) -> Self {
        Self { rule, severity, place: None, message: message.into(), fix: None }
    }
}

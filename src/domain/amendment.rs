//! Notes that amend another note.

use super::{Confidential, NoteId};

/// In which way a note amends another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amendment {
    /// Adds to it.
    Addendum,
    /// Corrects it.
    Correction,
    /// Was written long after the service.
    LateEntry,
}

impl Amendment {
    /// The word written in notes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Addendum => "addendum",
            Self::Correction => "correction",
            Self::LateEntry => "late-entry",
        }
    }

    /// Reads the word, whatever its case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase().replace(['_', ' '], "-");
        [Self::Addendum, Self::Correction, Self::LateEntry].into_iter().find(|a| a.word() == text)
    }
}

/// What a note says about the note it amends.
#[derive(Debug)]
pub struct Amends {
    /// The amended note.
    pub note: NoteId,
    /// In which way.
    pub amendment: Option<Amendment>,
    /// Why.
    pub reason: Option<Confidential>,
}

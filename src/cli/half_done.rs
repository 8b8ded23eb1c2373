//! What a killed run left half done, as `check` and `doctor` tell it.

use crate::vault::Unfinished;

/// One thing that is half done.
#[derive(Debug)]
pub(super) struct HalfDone {
    /// The rule by which `check` counts it.
    pub(super) rule: &'static str,
    /// What is so.
    pub(super) what: String,
    /// What to do about it.
    pub(super) remedy: &'static str,
}

impl HalfDone {
    /// Says it.
    pub(super) fn of(unfinished: &Unfinished) -> Self {
        match unfinished {
            Unfinished::Write(path) => Self {
                rule: "interrupted-write",
                what: format!("a write of {path} was interrupted"),
                remedy: "the next command that writes finishes it; or run `throughline seal`",
            },
            Unfinished::File(path) => Self {
                rule: "interrupted-write",
                what: format!("{path} is an unfinished file, and no interrupted write of this device is about it"),
                remedy: "another device may be about to finish it; when none is, remove it",
            },
            Unfinished::Record(path) => Self {
                rule: "interrupted-unreadable",
                what: format!("{path} is a record of an interrupted write and cannot be read"),
                remedy: "compare the notes written last with a backup, then remove it",
            },
        }
    }
}

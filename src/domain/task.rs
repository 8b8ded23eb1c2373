//! Open items: `- [ ] me: …` and `- [ ] client: …`.

use super::{Confidential, Place};

/// Who promised it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// The counselor (`me:`).
    Counselor,
    /// The client (`client:`).
    Client,
    /// Nobody is named.
    Unsaid,
}

impl Owner {
    /// The word shown to users.
    pub fn word(self) -> &'static str {
        match self {
            Self::Counselor => "me",
            Self::Client => "client",
            Self::Unsaid => "unsaid",
        }
    }
}

/// What the box says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    /// `[ ]`
    Open,
    /// `[x]`
    Done,
    /// `[-]`
    Dropped,
}

/// One line with a box in one note.
#[derive(Debug)]
pub struct Task {
    /// Who promised it.
    pub owner: Owner,
    /// What was promised, without box and owner.
    pub text: Confidential,
    /// What the box says in this note.
    pub state: TaskState,
    /// Where the line stands.
    pub place: Place,
}

impl Task {
    /// What two lines must share to be the same item: owner aside, the text in lower case with single spaces.
    pub fn key(&self) -> String {
        self.text.reveal().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
    }
}

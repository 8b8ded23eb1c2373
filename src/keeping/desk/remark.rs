//! What the user is told of the desk, never with words of a note.

use crate::domain::NoteId;
use crate::keeping::OtherClient;
use crate::vault::Shelf;
use std::fmt;

/// Something that happened on the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// A new file became a note.
    NewNote {
        /// The file, below the desk.
        path: String,
        /// The note.
        id: NoteId,
    },
    /// A note was saved for the first time since the desk was opened.
    Sealed {
        /// The file, below the desk.
        path: String,
        /// The note.
        id: NoteId,
    },
    /// A note was saved again.
    SealedAgain,
    /// The note had changed elsewhere, so the text was kept as a note of its own.
    KeptBeside {
        /// The file, below the desk.
        path: String,
        /// The note it became.
        id: NoteId,
    },
    /// The note is signed, so the text was kept as a draft of its own.
    SignedKept {
        /// The file, below the desk.
        path: String,
        /// The note it became.
        id: NoteId,
    },
    /// A file was saved without text.
    Emptied {
        /// The file, below the desk.
        path: String,
    },
    /// A file was deleted.
    Deleted {
        /// The file, below the desk.
        path: String,
    },
    /// A text that was saved while the vault was locked.
    Late {
        /// The file, below the desk.
        path: String,
        /// The note it became for the time being.
        id: NoteId,
    },
    /// A text that was saved while the vault was locked is its note's next version now.
    Folded {
        /// The note.
        id: NoteId,
    },
    /// A text was sealed that names another client than the one whose note it is.
    OtherClient {
        /// The file, below the desk.
        path: String,
        /// The note.
        id: NoteId,
        /// Which client it names.
        other: OtherClient,
    },
    /// A file lies in another folder than its note belongs to: it was moved, and the note was not.
    StillOf {
        /// The file, below the desk.
        path: String,
        /// Whose note it is.
        shelf: Shelf,
    },
    /// A text could not be sealed, or a file could not be written.
    Failed {
        /// The file, below the desk.
        path: String,
        /// One sentence.
        why: String,
    },
}

impl Remark {
    /// Whether something is not as the user would have it.
    pub fn is_warning(&self) -> bool {
        let is_elsewhere = matches!(self, Self::OtherClient { .. } | Self::StillOf { .. });
        is_elsewhere || matches!(self, Self::KeptBeside { .. } | Self::SignedKept { .. } | Self::Failed { .. })
    }

    /// Whether there is anything to say: a note that is saved again and again is not news.
    pub fn is_news(&self) -> bool {
        *self != Self::SealedAgain
    }

    /// Whether a text was sealed.
    pub fn is_save(&self) -> bool {
        !matches!(self, Self::Emptied { .. } | Self::Deleted { .. } | Self::Failed { .. })
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NewNote { path, id } => write!(f, "{path} is sealed as the new note {id}."),
            Self::Sealed { path, .. } => write!(f, "{path} is sealed."),
            Self::SealedAgain => Ok(()),
            Self::KeptBeside { path, id } => {
                write!(f, "{path} was changed elsewhere meanwhile, so your text was kept as a new note {id}")
            }
            Self::SignedKept { path, id } => {
                write!(f, "{path} is signed and stays as it is; your text was kept as a new draft {id}")
            }
            Self::Emptied { path } => write!(f, "{path} was saved empty; the note stays as it was."),
            Self::Deleted { path } => {
                write!(f, "{path} is gone from the desk; the note stays in the vault (`throughline rm` removes one).")
            }
            Self::Late { path, id } => write!(f, "{path} was saved after the lock, and is sealed as note {id}."),
            Self::Folded { id } => write!(f, "What was saved of note {id} after the lock is its newest version now."),
            Self::OtherClient { path, id, other } => write!(f, "{path} is sealed, but {}", other.about(*id)),
            Self::StillOf { path, shelf } => {
                let whose = match shelf {
                    Shelf::Client(code) => code.to_string(),
                    Shelf::Process(code) => format!("{code}, among the process notes"),
                    Shelf::Practice => "the practice".to_owned(),
                };
                write!(f, "{path} is still a note of {whose}: moving its file does not move a note")
            }
            Self::Failed { path, why } => write!(f, "{path} is not sealed: {why}"),
        }
    }
}

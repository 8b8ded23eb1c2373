//! What can go wrong while text is kept.

use super::Misplaced;
use crate::domain::NoteId;
use crate::machine::EditorFault;
use crate::vault;

/// Why text was not kept. The text itself is never part of a message.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The vault refused or failed.
    #[error(transparent)]
    Vault(#[from] vault::Error),
    /// No folder fits the note.
    #[error(transparent)]
    Misplaced(#[from] Misplaced),
    /// The editor failed.
    #[error(transparent)]
    Editor(#[from] EditorFault),
    /// A signed note is amended, never overwritten.
    #[error("cannot edit note {0}: it is signed")]
    Signed(NoteId),
    /// A signed note is part of the record until its time is over.
    #[error("cannot remove note {0}: it is signed")]
    SignedStays(NoteId),
    /// A file could not be read or written.
    #[error("cannot {action} {file}: {cause}")]
    File {
        /// What was tried.
        action: &'static str,
        /// Which file.
        file: String,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
}

impl Error {
    /// A file error.
    pub(super) fn file(action: &'static str, file: &std::path::Path, cause: std::io::Error) -> Self {
        Self::File { action, file: file.display().to_string(), cause }
    }
}

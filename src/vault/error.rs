//! What can go wrong in the vault, said so that a person can act on it.
//!
//! In go an action, a file and a cause; out comes one sentence, a kind for the caller to branch on, and at times a
//! hint. A message never holds words of a note, a passphrase or a secret key: the functions here take none.

use std::fmt;
use std::io;
use std::path::Path;

/// What sort of failure it is; the command line makes exit codes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The folder is no vault.
    NoVault,
    /// The vault was written by a newer version of this program.
    NewerFormat,
    /// The folder is a vault already.
    AlreadyVault,
    /// The passphrase does not open the identity.
    WrongPassphrase,
    /// The file is sealed to keys that are not among ours.
    WrongIdentity,
    /// The identity is sealed with a passphrase and none was given.
    NeedsPassphrase,
    /// Who can open what is about to be sealed is not what this device has confirmed.
    Unpinned,
    /// Another process is writing to the vault.
    Busy,
    /// The file is cut, altered, or no age file.
    Damaged,
    /// The file is not the one that was read before.
    ChangedMeanwhile,
    /// There is no such file or client.
    NotFound,
    /// What was asked for cannot be done, whatever the disk says.
    Input,
    /// The disk, its permissions, or the system.
    Io,
}

/// One failure: a sentence with action, file and cause; a kind; sometimes a hint.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    hint: Option<String>,
    source: Option<io::Error>,
}

impl Error {
    /// What sort of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// "cannot `action` `file`: `cause`".
    pub(super) fn new(kind: ErrorKind, action: &str, file: impl fmt::Display, cause: impl fmt::Display) -> Self {
        Self { kind, message: format!("cannot {action} {file}: {cause}"), hint: None, source: None }
    }

    /// The same failure with advice.
    #[must_use]
    pub(super) fn hinting(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// A failure of the operating system. A missing file becomes [`ErrorKind::NotFound`].
    pub(super) fn io(action: &str, file: &Path, source: io::Error) -> Self {
        let kind = if source.kind() == io::ErrorKind::NotFound { ErrorKind::NotFound } else { ErrorKind::Io };
        let (cause, hint) = plain_words(&source);
        let mut error = Self::new(kind, action, file.display(), cause);
        error.hint = hint.map(str::to_owned);
        error.source = Some(source);
        error
    }

    /// The same failure, with the old state named as kept: for the steps of writing.
    #[must_use]
    pub(super) fn old_state_stays(mut self) -> Self {
        let before = self.hint.take().map(|hint| format!("{hint}; ")).unwrap_or_default();
        self.hint = Some(format!("{before}nothing in the vault was changed"));
        self
    }
}

/// The causes that users meet, without the system's error numbers, and what to do about them.
fn plain_words(source: &io::Error) -> (String, Option<&'static str>) {
    let (cause, hint) = match source.kind() {
        io::ErrorKind::NotFound => ("there is no such file", None),
        io::ErrorKind::PermissionDenied => ("permission denied", Some("check who owns the file and its folder")),
        io::ErrorKind::StorageFull => ("the disk is full", Some("free some space and do it again")),
        io::ErrorKind::QuotaExceeded => ("the disk quota is used up", Some("free some space and do it again")),
        io::ErrorKind::ReadOnlyFilesystem => {
            ("the file system is read-only", Some("make it writable, or copy the vault to a disk that is"))
        }
        io::ErrorKind::AlreadyExists => ("a file of that name is there already", None),
        _ if source.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) => {
            ("the disk reports a fault", Some("copy the vault to another disk before anything else"))
        }
        io::ErrorKind::NotADirectory => ("a file stands where a folder should be", None),
        _ => {
            let said = source.to_string();
            return (said.split(" (os error").next().unwrap_or(&said).to_lowercase(), None);
        }
    };
    (cause.to_owned(), hint)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

//! Why a command could not be carried out: one sentence, a hint, an exit code.
//!
//! In go the errors of the library; out comes what the user reads. Words of a note, passphrases and keys are in neither.

use super::Exit;
use crate::gate::{GateError, KeeperError};
use crate::keeping;
use crate::site::TemplateError;
use crate::vault::{self, ErrorKind};

/// A command that could not be carried out.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) exit: Exit,
    /// One sentence without a final stop: action, file, cause.
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl Failure {
    pub(super) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), hint: None }
    }

    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    pub(super) fn not_found(message: impl Into<String>) -> Self {
        Self::new(Exit::NotFound, message)
    }

    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(super) fn file(action: &str, path: &std::path::Path, cause: &std::io::Error) -> Self {
        Self::new(Exit::InputOutput, format!("cannot {action} {}: {}", path.display(), plain(cause)))
    }
}

/// What the system said, without the number that Rust adds.
pub(super) fn plain(cause: &std::io::Error) -> String {
    let said = cause.to_string();
    let said = said.split(" (os error").next().unwrap_or(&said);
    let mut chars = said.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

impl From<vault::Error> for Failure {
    fn from(error: vault::Error) -> Self {
        let exit = match error.kind() {
            ErrorKind::WrongPassphrase | ErrorKind::WrongIdentity | ErrorKind::NeedsPassphrase => Exit::CannotUnlock,
            ErrorKind::Unpinned => Exit::Integrity,
            ErrorKind::NoVault | ErrorKind::NotFound => Exit::NotFound,
            ErrorKind::Damaged => Exit::Problems,
            ErrorKind::Input => Exit::Usage,
            ErrorKind::AlreadyVault => Exit::Refused,
            ErrorKind::NewerFormat | ErrorKind::Busy | ErrorKind::ChangedMeanwhile | ErrorKind::Io => Exit::InputOutput,
        };
        Self { exit, message: error.to_string(), hint: error.hint().map(str::to_owned) }
    }
}

impl From<keeping::Error> for Failure {
    fn from(error: keeping::Error) -> Self {
        match error {
            keeping::Error::Vault(error) => error.into(),
            keeping::Error::Signed(_) => Self::new(Exit::Refused, error.to_string())
                .hint("a signed note is amended: write an addendum with `throughline new CLIENT --kind addendum`"),
            keeping::Error::SignedStays(_) => Self::new(Exit::Refused, error.to_string())
                .hint("a signed note stays as it is; an addendum can say that it no longer holds"),
            keeping::Error::Misplaced(keeping::Misplaced::UnknownClient(ref code)) => {
                Self::not_found(error.to_string()).hint(format!("`throughline client add {code}` adds it"))
            }
            keeping::Error::Misplaced(_) => Self::usage(error.to_string()),
            keeping::Error::File { action, file, cause } => {
                Self::new(Exit::InputOutput, format!("cannot {action} {file}: {}", plain(&cause)))
            }
            keeping::Error::Editor(_) => Self::new(Exit::InputOutput, error.to_string())
                .hint("choose another with --editor, `editor` in config.toml, $VISUAL or $EDITOR"),
        }
    }
}

impl From<GateError> for Failure {
    fn from(error: GateError) -> Self {
        let failure = Self::new(Exit::InputOutput, error.to_string());
        match error {
            GateError::PortTaken(_) => failure.hint("leave --port out, and any free port is taken"),
            _ => failure,
        }
    }
}

impl From<KeeperError> for Failure {
    fn from(error: KeeperError) -> Self {
        match error {
            KeeperError::Refused { code, message } => {
                let (message, hint) =
                    message.split_once("\nhint: ").map_or((message.as_str(), None), |(m, h)| (m, Some(h)));
                Self {
                    exit: Exit::of_code(code),
                    message: message.trim().to_owned(),
                    hint: hint.map(|h| h.trim().to_owned()),
                }
            }
            other => Self::new(Exit::InputOutput, other.to_string()),
        }
    }
}

impl From<TemplateError> for Failure {
    fn from(error: TemplateError) -> Self {
        Self::usage(error.to_string())
    }
}

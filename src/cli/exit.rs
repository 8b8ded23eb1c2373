//! Exit codes. Scripts rely on them: they are never renumbered.

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Done, and there are problems to look at.
    Problems,
    /// The arguments do not fit.
    Usage,
    /// Wrong passphrase or identity.
    CannotUnlock,
    /// Recipients that are not pinned, records that changed.
    Integrity,
    /// Refused by a rule: signed notes, releases, retention.
    Refused,
    /// Reading or writing failed.
    InputOutput,
    /// No vault, no such client or note, or more than one.
    NotFound,
    /// Ended by Ctrl-C.
    Interrupted,
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Problems => 1,
            Self::Usage => 2,
            Self::CannotUnlock => 3,
            Self::Integrity => 4,
            Self::Refused => 5,
            Self::InputOutput => 6,
            Self::NotFound => 7,
            Self::Interrupted => 130,
        }
    }

    /// The exit with a number, for a child process that passes its own on.
    pub(crate) fn of_code(code: u8) -> Self {
        let all = [
            Self::Done,
            Self::Problems,
            Self::Usage,
            Self::CannotUnlock,
            Self::Integrity,
            Self::Refused,
            Self::InputOutput,
            Self::NotFound,
            Self::Interrupted,
        ];
        all.into_iter().find(|exit| exit.code() == code).unwrap_or(Self::InputOutput)
    }
}

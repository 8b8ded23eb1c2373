//! Attendance of one appointment.
//!
//! A no-show is not a cancellation: only no-shows have been found to predict worse change.

/// How an appointment went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attendance {
    /// The client came.
    Attended,
    /// The client came late.
    Late,
    /// The client did not come and did not say so.
    NoShow,
    /// Cancelled by the client inside the practice's notice period.
    CancelledLate,
    /// Cancelled by the client in time.
    CancelledClient,
    /// Cancelled by the counselor.
    CancelledCounselor,
    /// Moved to another day.
    Rescheduled,
}

impl Attendance {
    /// All of them, in the order in which they are explained to users.
    pub const ALL: [Self; 7] = [
        Self::Attended,
        Self::Late,
        Self::NoShow,
        Self::CancelledLate,
        Self::CancelledClient,
        Self::CancelledCounselor,
        Self::Rescheduled,
    ];

    /// The word written in notes, JSON and filters.
    pub fn word(self) -> &'static str {
        match self {
            Self::Attended => "attended",
            Self::Late => "late",
            Self::NoShow => "no-show",
            Self::CancelledLate => "cancelled-late",
            Self::CancelledClient => "cancelled-client",
            Self::CancelledCounselor => "cancelled-counselor",
            Self::Rescheduled => "rescheduled",
        }
    }

    /// Reads the word, whatever its case, with `_` or a space for `-`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase().replace(['_', ' '], "-");
        Self::ALL.into_iter().find(|a| a.word() == text)
    }

    /// Whether a session took place.
    pub fn took_place(self) -> bool {
        matches!(self, Self::Attended | Self::Late)
    }
}

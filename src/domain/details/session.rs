//! One appointment, and the process note that may stand beside it.

use crate::domain::{Attendance, Confidential, NoteDate, RiskLevel};
use chrono::NaiveTime;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "each variant is the word in the note")]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every value, in the order of the design.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word written in notes.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the word, whatever its case, with `_` or a space for `-`.
            pub fn parse(text: &str) -> Option<Self> {
                let text = text.trim().to_lowercase().replace(['_', ' '], "-");
                Self::ALL.iter().copied().find(|value| value.word() == text)
            }
        }
    };
}
pub(super) use words;

words! {
    /// How the session was held.
    Modality { InPerson = "in-person", Video = "video", Phone = "phone", Text = "text" }
}
words! {
    /// Who was in the room.
    Service { Individual = "individual", Couple = "couple", Family = "family", Group = "group" }
}
words! {
    /// The headings a note is written under.
    NoteFormat {
        Soap = "soap", Dap = "dap", Birp = "birp", Girp = "girp", Pirp = "pirp", Pie = "pie", Fdar = "fdar",
        Narrative = "narrative",
    }
}
words! {
    /// A strain in the alliance (withdrawal and confrontation as in Safran and Muran).
    Rupture { None = "none", Withdrawal = "withdrawal", Confrontation = "confrontation", Mixed = "mixed" }
}
words! {
    /// How far a rupture was mended.
    Repair { None = "none", Partial = "partial", Full = "full" }
}

impl NoteFormat {
    /// The headings of the format, in order. Matched whatever their case; a missing one is information.
    pub fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Soap => &["Subjective", "Objective", "Assessment", "Plan"],
            Self::Dap => &["Data", "Assessment", "Plan"],
            Self::Birp => &["Behavior", "Intervention", "Response", "Plan"],
            Self::Girp => &["Goal", "Intervention", "Response", "Plan"],
            Self::Pirp => &["Problem", "Intervention", "Response", "Plan"],
            Self::Pie => &["Problem", "Intervention", "Evaluation"],
            Self::Fdar => &["Focus", "Data", "Action", "Response"],
            Self::Narrative => &[],
        }
    }
}

/// Something to do between sessions.
#[derive(Debug)]
pub struct Homework {
    /// What.
    pub task: Confidential,
    /// How it went, as written.
    pub status: Option<Confidential>,
}

/// Something the counselor will follow up.
#[derive(Debug)]
pub struct FollowUp {
    /// What.
    pub what: Confidential,
    /// By when.
    pub due: Option<NoteDate>,
    /// Whether it is done.
    pub done: bool,
}

/// One appointment.
#[derive(Debug, Default)]
pub struct Session {
    /// How it went. Missing means that nobody wrote it down.
    pub attendance: Option<Attendance>,
    /// Ordinal of the appointment, as written.
    pub number: Option<u32>,
    /// When it began.
    pub start: Option<NaiveTime>,
    /// Minutes.
    pub duration: Option<u32>,
    /// How it was held.
    pub modality: Option<Modality>,
    /// Who was in the room.
    pub service: Option<Service>,
    /// The headings it is written under.
    pub format: Option<NoteFormat>,
    /// What was tried.
    pub interventions: Vec<Confidential>,
    /// How the client took it.
    pub response: Option<Confidential>,
    /// Progress 0 to 10 towards goals of the plan, by goal id.
    pub goals: Vec<(Confidential, f64)>,
    /// Homework, set or looked at.
    pub homework: Vec<Homework>,
    /// Working alliance, 0 to 10.
    pub alliance: Option<f64>,
    /// A strain in the alliance.
    pub rupture: Option<Rupture>,
    /// How far it was mended.
    pub repair: Option<Repair>,
    /// Risk as written.
    pub risk: Option<RiskLevel>,
    /// Mood as written.
    pub mood: Option<Confidential>,
    /// Affect as written.
    pub affect: Vec<Confidential>,
    /// Medication as written.
    pub medication: Option<Confidential>,
    /// Plan as written.
    pub plan: Option<Confidential>,
    /// To be followed up.
    pub follow_up: Vec<FollowUp>,
    /// The next appointment.
    pub next: Option<NoteDate>,
    /// Whether consent to record was confirmed in this session.
    pub recording_consent_confirmed: Option<bool>,
}

/// What a process note may hold. Anything that law says cannot be a psychotherapy note is not among it.
#[derive(Debug, Default)]
pub struct ProcessNote {
    /// What the client brings to the counselor.
    pub transference: Option<Confidential>,
    /// What the counselor brings.
    pub countertransference: Option<Confidential>,
    /// Guesses not fit for the chart.
    pub hypotheses: Option<Confidential>,
    /// Dreams told.
    pub dreams: Option<Confidential>,
    /// Keys present that must not stand in a process note, such as `duration` (45 CFR 164.501).
    pub forbidden: Vec<&'static str>,
}

//! What a finder says: kind, place, size, counts, chance, and the notes for and against.
//!
//! A finding is computed each time and never stored. Its words are words of notes, so they are [`Confidential`].

use crate::domain::{ClientCode, Confidential, NoteId};
use chrono::NaiveDate;
use std::collections::BTreeMap;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// What sort of pattern.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FindingKind { $($(#[$doc])* $name),+ }

        impl FindingKind {
            /// Every kind, in the order in which findings are shown.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The technical name, as it stands in JSON.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

kinds! {
    /// A score differs from the start by more than measurement error, and stays there.
    ReliableChange = "reliable_change",
    /// A score fell from one session to the next and stayed lower (better).
    SuddenGain = "sudden_gain",
    /// A score rose from one session to the next and stayed higher (worse).
    SuddenLoss = "sudden_loss",
    /// A score moves between two levels.
    LevelShift = "level_shift",
    /// A score tends one way.
    ScoreTrend = "score_trend",
    /// A score stays where an earlier change left it.
    Plateau = "plateau",
    /// A theme is noted more often than before.
    ThemeEmerging = "theme_emerging",
    /// A theme is noted less often than before.
    ThemeFading = "theme_fading",
    /// A theme fills one stretch.
    ThemeBurst = "theme_burst",
    /// Missed appointments close together.
    MissedCluster = "missed_cluster",
    /// A theme at the same time of year.
    Anniversary = "anniversary",
    /// A score is higher or lower in sessions with a theme.
    ThemeScore = "theme_score",
    /// Appointments missed more often after a theme.
    MissedAfter = "missed_after",
    /// Words of recent sessions against earlier ones.
    KeywordShift = "keyword_shift",
    /// Two themes in the same sessions.
    ThemePair = "theme_pair",
    /// Scores before and after an intervention began.
    PhaseEffect = "phase_effect",
}

impl FindingKind {
    /// The most that is told to people. A plateau and what followed a theme are never more than "may be chance", whatever
    /// the test says: they read too easily as a verdict on the client.
    pub fn at_most(self) -> Level {
        match self {
            Self::Plateau | Self::MissedAfter => Level::Weak,
            _ => Level::Clear,
        }
    }
}

/// How much a finding may claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Adjusted chance at most 5 %. Shown as "stands out".
    Clear,
    /// Adjusted chance at most 20 %. Shown as "may be chance".
    Weak,
}

impl Level {
    /// Adjusted chance up to which a finding on little more than the least data stands out.
    pub const CLEAR_OF_FEW: f64 = 0.02;

    /// Adjusted chance up to which a finding is of this level.
    pub fn limit(self) -> f64 {
        match self {
            Self::Clear => 0.05,
            Self::Weak => 0.20,
        }
    }
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// A score moved towards less trouble.
    Improving,
    /// A score moved towards more trouble.
    Worsening,
    /// Scores stand for more trouble in sessions with the theme.
    Worse,
    /// Scores stand for less trouble in sessions with the theme.
    Better,
    /// Words of recent sessions.
    Recent,
}

impl Course {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Improving => "improving",
            Self::Worsening => "worsening",
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Recent => "recent",
        }
    }
}

/// A session by number and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Number of the appointment.
    pub number: u32,
    /// Its day.
    pub day: NaiveDate,
}

/// How large, in plain units.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// What is measured, such as `points_per_30_days`.
    pub name: &'static str,
    /// How much.
    pub value: f64,
    /// The likely range, where there is one.
    pub interval: Option<(f64, f64)>,
}

/// One pattern in one client's history.
#[derive(Debug)]
pub struct Finding {
    /// What sort.
    pub kind: FindingKind,
    /// How much it may claim.
    pub level: Level,
    /// Theme, measure, intervention, word, or `attendance`.
    pub subject: Confidential,
    /// The second theme, or the measure.
    pub object: Option<Confidential>,
    /// All words of a group.
    pub words: Vec<Confidential>,
    /// Which way.
    pub direction: Option<Course>,
    /// Where it begins.
    pub at: Option<Moment>,
    /// Where it ends.
    pub until: Option<Moment>,
    /// How large.
    pub effect: Effect,
    /// How often chance alone gives this much; `None` for a rule.
    pub p: Option<f64>,
    /// The same, adjusted for everything of its kind that was tried for this client, 0 to 1.
    pub q: Option<f64>,
    /// How many sessions or scores it rests on.
    pub n: usize,
    /// One sentence.
    pub statement: Confidential,
    /// What to keep in mind.
    pub caveat: Option<Confidential>,
    /// Notes that show it.
    pub evidence: Vec<NoteId>,
    /// Notes that do not fit.
    pub against: Vec<NoteId>,
    /// Whether it is about mentions of a theme, found by the practice's own lists, and not about tags.
    pub mentioned: bool,
}

impl Finding {
    /// The level in which it is told to people.
    pub fn told_as(&self) -> Level {
        self.level.max(self.kind.at_most())
    }
}

/// Something that is counted or compared by a rule, without a test of chance.
#[derive(Debug)]
pub struct Observation {
    /// What sort, such as `returning` or `rupture`.
    pub kind: &'static str,
    /// What it is about.
    pub subject: Confidential,
    /// Where.
    pub at: Option<Moment>,
    /// How many sessions or scores it rests on.
    pub n: usize,
    /// One sentence.
    pub statement: Confidential,
    /// The notes it is counted in.
    pub evidence: Vec<NoteId>,
}

/// What could not be looked for, and what is missing.
#[derive(Debug)]
pub struct TooLittle {
    /// What sort of pattern.
    pub kind: FindingKind,
    /// What it would have been about.
    pub subject: Confidential,
    /// How much there is.
    pub n: usize,
    /// One sentence on what is missing.
    pub statement: Confidential,
}

/// All that was found for one client.
#[derive(Debug)]
pub struct Patterns {
    /// Whose.
    pub client: ClientCode,
    /// What stands out, strongest first, then what may be chance.
    pub findings: Vec<Finding>,
    /// What is only counted.
    pub observations: Vec<Observation>,
    /// What could not be looked for.
    pub too_little: Vec<TooLittle>,
    /// How many tests of chance were run, by kind: a kind is adjusted for its own.
    pub tests: BTreeMap<FindingKind, usize>,
}

impl Patterns {
    /// Findings that people are told in a level or a stronger one.
    pub fn told_up_to(&self, level: Level) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.told_as() <= level)
    }
}

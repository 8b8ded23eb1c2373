//! Risk as the counselor wrote it down.
//!
//! Silence is not denial: a missing value stays missing, and no code turns it into "none".

/// A level of risk as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RiskLevel {
    /// Asked and not found.
    None,
    /// Low.
    Low,
    /// Moderate.
    Moderate,
    /// High.
    High,
    /// Said to be not assessed.
    NotAssessed,
}

impl RiskLevel {
    /// All levels.
    pub const ALL: [Self; 5] = [Self::None, Self::Low, Self::Moderate, Self::High, Self::NotAssessed];

    /// The word written in notes and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
            Self::NotAssessed => "not-assessed",
        }
    }

    /// Reads the word, whatever its case, with `_` or a space for `-`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase().replace(['_', ' '], "-");
        Self::ALL.into_iter().find(|level| level.word() == text)
    }
}

/// What was found when ideation, intent, plan or means were asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// Present.
    Present,
    /// Asked and denied.
    Denied,
    /// Not asked.
    NotAssessed,
}

impl Finding {
    /// The word written in notes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Denied => "denied",
            Self::NotAssessed => "not-assessed",
        }
    }

    /// Reads the word, whatever its case, with `_` or a space for `-`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase().replace(['_', ' '], "-");
        [Self::Present, Self::Denied, Self::NotAssessed].into_iter().find(|f| f.word() == text)
    }
}

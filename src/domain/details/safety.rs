//! A risk assessment.

use crate::domain::{Confidential, Finding, NoteDate, RiskLevel};

/// Somebody who was asked for advice.
#[derive(Debug)]
pub struct Consulted {
    /// Who.
    pub who: Option<Confidential>,
    /// When.
    pub when: Option<NoteDate>,
}

/// What was asked and what was found (`kind: risk`).
#[derive(Debug, Default)]
pub struct RiskAssessment {
    /// What made it necessary.
    pub trigger: Option<Confidential>,
    /// Thoughts.
    pub ideation: Option<Finding>,
    /// Intent.
    pub intent: Option<Finding>,
    /// A plan.
    pub plan: Option<Finding>,
    /// Means.
    pub means: Option<Finding>,
    /// The level.
    pub level: Option<RiskLevel>,
    /// Why this level.
    pub rationale: Option<Confidential>,
    /// What was done.
    pub actions: Vec<Confidential>,
    /// Which sort of risk, as written.
    pub sort: Option<Confidential>,
    /// History as written.
    pub history: Option<Confidential>,
    /// Alcohol and drugs as written.
    pub substances: Option<Confidential>,
    /// What protects.
    pub protective: Vec<Confidential>,
    /// Who was asked for advice.
    pub consulted: Vec<Consulted>,
    /// The safety plan's text.
    pub safety_plan: Option<Confidential>,
    /// When to ask again.
    pub reassess_by: Option<NoteDate>,
    /// Who was told.
    pub notified: Vec<Confidential>,
}

//! The client, how the work began, what it aims at, how it ended.

use super::session::words;
use crate::domain::{Confidential, NoteDate, RiskLevel, RoughDate};

words! {
    /// Where a goal stands.
    GoalStatus { Active = "active", Met = "met", Revised = "revised", Dropped = "dropped" }
}

/// Somebody else who cares for the client.
#[derive(Debug)]
pub struct CareMember {
    /// Name.
    pub name: Option<Confidential>,
    /// Role, such as "GP".
    pub role: Option<Confidential>,
    /// Organisation.
    pub org: Option<Confidential>,
    /// Telephone.
    pub phone: Option<Confidential>,
}

/// A date that matters to the client.
#[derive(Debug)]
pub struct ImportantDate {
    /// When.
    pub date: RoughDate,
    /// The date as written.
    pub written: Confidential,
    /// What.
    pub label: Confidential,
    /// Whether it comes back each year.
    pub recurs: bool,
}

/// Who the client is (`kind: client`).
#[derive(Debug, Default)]
pub struct ClientProfile {
    /// First contact as a client.
    pub opened: Option<NoteDate>,
    /// Whether the client is a minor.
    pub minor: Option<bool>,
    /// Date or year of birth.
    pub born: Option<RoughDate>,
    /// A few words for page bodies, such as "Tuesday, the baker".
    pub label: Option<Confidential>,
    /// The name; shown only where it is asked for.
    pub name: Option<Confidential>,
    /// How to reach the client; shown only where it is asked for.
    pub contact: Option<Confidential>,
    /// Whom to call.
    pub emergency_contact: Option<Confidential>,
    /// Whose law applies.
    pub jurisdiction: Option<Confidential>,
    /// Which profile of rules.
    pub profile: Option<Confidential>,
    /// How often, as written.
    pub frequency: Option<Confidential>,
    /// How sessions are held, as written.
    pub modality: Option<Confidential>,
    /// The fee, as written.
    pub fee: Option<Confidential>,
    /// Others who care for the client.
    pub care_team: Vec<CareMember>,
    /// Dates that matter.
    pub important_dates: Vec<ImportantDate>,
    /// When the file was closed.
    pub closed: Option<NoteDate>,
    /// Why.
    pub close_reason: Option<Confidential>,
    /// Who sent the client.
    pub referral_source: Option<Confidential>,
    /// Whether the counselor works under supervision here.
    pub in_training: Option<bool>,
}

/// How the work began. After a termination it begins a new episode.
#[derive(Debug, Default)]
pub struct Intake {
    /// What brings the client.
    pub presenting_problem: Option<Confidential>,
    /// History by heading, as written.
    pub history: Vec<(Confidential, Confidential)>,
    /// Mental status as written.
    pub mental_status: Option<Confidential>,
    /// Strengths as written.
    pub strengths: Vec<Confidential>,
    /// Risk as written.
    pub risk: Option<RiskLevel>,
    /// Diagnoses as written.
    pub diagnosis: Vec<Confidential>,
    /// How the counselor understands it.
    pub formulation: Option<Confidential>,
}

/// One goal of a plan.
#[derive(Debug)]
pub struct Goal {
    /// Id within the plan, such as `g1`.
    pub id: Confidential,
    /// What is aimed at.
    pub text: Confidential,
    /// How one would know.
    pub target: Option<Confidential>,
    /// Where it stands.
    pub status: Option<GoalStatus>,
}

/// A treatment plan.
#[derive(Debug, Default)]
pub struct Plan {
    /// The goals.
    pub goals: Vec<Goal>,
    /// Objectives as written.
    pub objectives: Vec<Confidential>,
    /// Interventions planned.
    pub interventions: Vec<Confidential>,
    /// Strengths to build on.
    pub strengths: Vec<Confidential>,
    /// How often.
    pub frequency: Option<Confidential>,
    /// When to look at it again.
    pub review_by: Option<NoteDate>,
    /// When the client agreed.
    pub client_agreed_on: Option<NoteDate>,
    /// When the work would be done.
    pub discharge_criteria: Option<Confidential>,
}

/// How a goal came out.
#[derive(Debug)]
pub struct Outcome {
    /// Which goal.
    pub goal: Confidential,
    /// How it came out, as written.
    pub outcome: Confidential,
}

/// How the work ended.
#[derive(Debug, Default)]
pub struct Termination {
    /// Why it ended.
    pub reason: Option<Confidential>,
    /// How many sessions took place.
    pub sessions_attended: Option<u32>,
    /// How the goals came out.
    pub goals_outcome: Vec<Outcome>,
    /// What changed.
    pub progress: Option<Confidential>,
    /// Where the client was sent on to.
    pub referrals: Vec<Confidential>,
    /// What was agreed for later.
    pub follow_up: Option<Confidential>,
}

//! Keys of client, intake, plan and termination.

use super::words_of;
use crate::domain::{
    CareMember, ClientProfile, Confidential, Goal, GoalStatus, ImportantDate, Intake, Outcome, Plan, RiskLevel,
    RoughDate, Termination,
};
use crate::notes::fields::Fields;
use crate::notes::node::{Node, Value};

pub(super) fn client(fields: &Fields<'_>) -> ClientProfile {
    ClientProfile {
        opened: fields.date("opened"),
        minor: fields.yes("minor"),
        born: fields.rough_date("born").map(|(date, _)| date),
        label: fields.text("label"),
        name: fields.text("name"),
        contact: fields.text("contact"),
        emergency_contact: fields.text("emergency_contact"),
        jurisdiction: fields.text("jurisdiction"),
        profile: fields.text("profile"),
        frequency: fields.text("frequency"),
        modality: fields.text("modality"),
        fee: fields.text("fee"),
        care_team: fields.list("care_team").map(|node| care_member(fields, node)).collect(),
        important_dates: fields.list("important_dates").filter_map(|node| important_date(fields, node)).collect(),
        closed: fields.date("closed"),
        close_reason: fields.text("close_reason"),
        referral_source: fields.text("referral_source"),
        in_training: fields.yes("in_training"),
    }
}

fn care_member(fields: &Fields<'_>, node: &Node) -> CareMember {
    let inner = fields.inner(node);
    let written = matches!(node.value, Value::Scalar(_)).then(|| Confidential::new(node.in_one_line()));
    CareMember {
        name: inner.text("name").or(written),
        role: inner.text("role"),
        org: inner.text("org"),
        phone: inner.text("phone"),
    }
}

fn important_date(fields: &Fields<'_>, node: &Node) -> Option<ImportantDate> {
    let inner = fields.inner(node);
    let (date, written) = inner.rough_date("date").unwrap_or((RoughDate::Unplaced, Confidential::new("")));
    let label = inner.text("label")?;
    Some(ImportantDate { date, written, label, recurs: inner.yes("recurs").unwrap_or(false) })
}

pub(super) fn intake(fields: &Fields<'_>) -> Intake {
    Intake {
        presenting_problem: fields.text("presenting_problem"),
        history: history(fields),
        mental_status: fields.text("mental_status"),
        strengths: fields.texts("strengths"),
        risk: fields.word("risk", RiskLevel::parse, words_of!(RiskLevel)),
        diagnosis: fields.texts("diagnosis"),
        formulation: fields.text("formulation"),
    }
}

/// History by heading; prose without headings is kept under none.
fn history(fields: &Fields<'_>) -> Vec<(Confidential, Confidential)> {
    let pair = |key: &str, value: String| (Confidential::new(key), Confidential::new(value));
    match fields.take("history") {
        Some(Node { value: Value::Map(entries), .. }) => {
            entries.iter().map(|entry| pair(entry.key.trim(), entry.node.in_one_line())).collect()
        }
        Some(node) => vec![pair("", node.in_one_line())],
        None => Vec::new(),
    }
}

pub(super) fn plan(fields: &Fields<'_>) -> Plan {
    let goals = fields.list("goals").enumerate().map(|(at, node)| goal(fields, node, at)).collect();
    Plan {
        goals,
        objectives: fields.texts("objectives"),
        interventions: fields.texts("interventions"),
        strengths: fields.texts("strengths"),
        frequency: fields.text("frequency"),
        review_by: fields.date("review_by"),
        client_agreed_on: fields.date("client_agreed_on"),
        discharge_criteria: fields.text("discharge_criteria"),
    }
}

/// A goal without an id is called by its place: `g1`, `g2`.
fn goal(fields: &Fields<'_>, node: &Node, at: usize) -> Goal {
    let inner = fields.inner(node);
    Goal {
        id: inner.text("id").unwrap_or_else(|| Confidential::new(format!("g{}", at + 1))),
        text: inner.text("text").unwrap_or_else(|| Confidential::new(node.in_one_line())),
        target: inner.text("target"),
        status: inner.word("status", GoalStatus::parse, words_of!(GoalStatus)),
    }
}

pub(super) fn termination(fields: &Fields<'_>) -> Termination {
    let goals_outcome = fields.map("goals_outcome").iter().map(|entry| Outcome {
        goal: Confidential::new(entry.key.trim()),
        outcome: Confidential::new(entry.node.in_one_line()),
    });
    Termination {
        goals_outcome: goals_outcome.collect(),
        reason: fields.text("reason"),
        sessions_attended: fields.whole("sessions_attended"),
        progress: fields.text("progress"),
        referrals: fields.texts("referrals"),
        follow_up: fields.text("follow_up"),
    }
}

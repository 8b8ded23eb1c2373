//! Keys of a risk assessment.

use super::words_of;
use crate::domain::{Confidential, Consulted, Finding, RiskAssessment, RiskLevel};
use crate::notes::fields::Fields;
use crate::notes::node::{Node, Value};

pub(super) fn risk(fields: &Fields<'_>) -> RiskAssessment {
    let finding = |key| fields.word(key, Finding::parse, &["present", "denied", "not-assessed"]);
    RiskAssessment {
        trigger: fields.text("trigger"),
        ideation: finding("ideation"),
        intent: finding("intent"),
        plan: finding("plan"),
        means: finding("means"),
        level: fields.word("level", RiskLevel::parse, words_of!(RiskLevel)),
        rationale: fields.text("rationale"),
        actions: fields.texts("actions"),
        sort: fields.text("type"),
        history: fields.text("history"),
        substances: fields.text("substances"),
        protective: fields.texts("protective"),
        consulted: fields.list("consulted").map(|node| consulted(fields, node)).collect(),
        safety_plan: fields.text("safety_plan"),
        reassess_by: fields.date("reassess_by"),
        notified: fields.texts("notified"),
    }
}

fn consulted(fields: &Fields<'_>, node: &Node) -> Consulted {
    let inner = fields.inner(node);
    let written = matches!(node.value, Value::Scalar(_)).then(|| Confidential::new(node.in_one_line()));
    Consulted { who: inner.text("who").or(written), when: inner.date("when") }
}

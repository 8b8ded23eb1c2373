//! Keys of a session and of a process note.

use super::words_of;
use crate::domain::{
    Attendance, Confidential, FollowUp, Homework, Modality, NoteFormat, Problem, ProcessNote, Repair, RiskLevel,
    Rupture, Service, Session,
};
use crate::notes::fields::{Fields, decimal};
use crate::notes::node::{Node, Value};

pub(super) fn session(fields: &Fields<'_>) -> Session {
    Session {
        attendance: fields.word("attendance", Attendance::parse, words_of!(Attendance)),
        number: fields.whole("number"),
        start: fields.time("start"),
        duration: fields.whole("duration"),
        modality: fields.word("modality", Modality::parse, words_of!(Modality)),
        service: fields.word("service", Service::parse, words_of!(Service)),
        format: fields.word("format", NoteFormat::parse, words_of!(NoteFormat)),
        interventions: fields.texts("interventions"),
        response: fields.text("response"),
        goals: goals(fields),
        homework: fields.list("homework").map(|node| homework(fields, node)).collect(),
        alliance: fields.between("alliance", 0.0, 10.0),
        rupture: fields.word("rupture", Rupture::parse, words_of!(Rupture)),
        repair: fields.word("repair", Repair::parse, words_of!(Repair)),
        risk: fields.word("risk", RiskLevel::parse, words_of!(RiskLevel)),
        mood: fields.text("mood"),
        affect: fields.texts("affect"),
        medication: fields.text("medication"),
        plan: fields.text("plan"),
        follow_up: fields.list("follow_up").map(|node| follow_up(fields, node)).collect(),
        next: fields.date("next"),
        recording_consent_confirmed: fields.yes("recording_consent_confirmed"),
    }
}

/// Progress 0 to 10 by goal id.
fn goals(fields: &Fields<'_>) -> Vec<(Confidential, f64)> {
    let entries = fields.map("goals");
    let rated = entries.iter().filter_map(|entry| {
        let value = entry.node.scalar().and_then(decimal).filter(|value| (0.0..=10.0).contains(value));
        if value.is_none() {
            fields.report(
                Problem::error("key-value", "progress towards a goal should be a number from 0 to 10")
                    .at(entry.node.place),
            );
        }
        Some((Confidential::new(entry.key.trim()), value?))
    });
    rated.collect()
}

fn homework(fields: &Fields<'_>, node: &Node) -> Homework {
    match &node.value {
        Value::Map(_) => {
            let inner = fields.inner(node);
            let task = inner.text("task").unwrap_or_else(|| Confidential::new(node.in_one_line()));
            Homework { task, status: inner.text("status") }
        }
        _ => Homework { task: Confidential::new(node.in_one_line()), status: None },
    }
}

fn follow_up(fields: &Fields<'_>, node: &Node) -> FollowUp {
    match &node.value {
        Value::Map(_) => {
            let inner = fields.inner(node);
            let what = inner.text("what").unwrap_or_else(|| Confidential::new(node.in_one_line()));
            FollowUp { what, due: inner.date("due"), done: inner.yes("done").unwrap_or(false) }
        }
        _ => FollowUp { what: Confidential::new(node.in_one_line()), due: None, done: false },
    }
}

/// What must not stand in psychotherapy notes: 45 CFR 164.501.
const FORBIDDEN: [&str; 12] = [
    "start",
    "end",
    "duration",
    "modality",
    "frequency",
    "medication",
    "measures",
    "diagnosis",
    "prognosis",
    "goals",
    "progress",
    "plan",
];

pub(super) fn process(fields: &Fields<'_>) -> ProcessNote {
    ProcessNote {
        transference: fields.text("transference"),
        countertransference: fields.text("countertransference"),
        hypotheses: fields.text("hypotheses"),
        dreams: fields.text("dreams"),
        forbidden: FORBIDDEN.into_iter().filter(|key| fields.has(key)).collect(),
    }
}

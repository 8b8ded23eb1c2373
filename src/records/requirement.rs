//! What each kind of note must hold (the R column of the kinds table). Reported, never enforced by refusing the note.

use crate::domain::{Class, DatedBy, Details, Kind, Note, Problem};

/// What a note lacks that its kind requires.
pub fn missing(note: &Note) -> Vec<Problem> {
    let mut lacks: Vec<&'static str> = Vec::new();
    let mut need = |present: bool, key: &'static str| {
        if !present {
            lacks.push(key);
        }
    };
    need(note.dated_by != DatedBy::FileTime || !wants_date(&note.kind), "date");
    details(note, &mut need);
    let mut problems: Vec<Problem> = lacks
        .into_iter()
        .map(|key| {
            Problem::warning("required-key", format!("a note of kind {} should say `{key}`", known_word(&note.kind)))
                .fix(format!("add a line `{}`", example(key)))
        })
        .collect();
    problems.extend(forbidden(note));
    problems
}

/// An unknown kind is a word of the note, so messages do not repeat it.
fn known_word(kind: &Kind) -> &str {
    if kind.is_known() { kind.word() } else { "an unknown sort" }
}

fn wants_date(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Intake
            | Kind::Session
            | Kind::Measure
            | Kind::Plan
            | Kind::Risk
            | Kind::Contact
            | Kind::Letter
            | Kind::Disclosure
            | Kind::Recording
            | Kind::Supervision
            | Kind::Consultation
            | Kind::Termination
            | Kind::Process
    )
}

fn details(note: &Note, need: &mut dyn FnMut(bool, &'static str)) {
    match &note.details {
        Details::Client(client) => {
            need(client.opened.is_some(), "opened");
            need(client.minor.is_some() || client.born.is_some(), "born");
        }
        Details::Intake(intake) => {
            let heading =
                note.body().lines().any(|line| line.starts_with('#') && line.to_lowercase().contains("presenting"));
            need(intake.presenting_problem.is_some() || heading, "presenting_problem");
        }
        Details::Session(session) => need(session.attendance.is_some(), "attendance"),
        Details::Plan(plan) => need(!plan.goals.is_empty(), "goals"),
        Details::Risk(risk) => {
            need(risk.trigger.is_some(), "trigger");
            need(risk.ideation.is_some(), "ideation");
            need(risk.intent.is_some(), "intent");
            need(risk.plan.is_some(), "plan");
            need(risk.means.is_some(), "means");
            need(risk.level.is_some(), "level");
            need(risk.rationale.is_some(), "rationale");
            need(!risk.actions.is_empty(), "actions");
        }
        Details::Contact(contact) => {
            need(contact.with.is_some(), "with");
            need(contact.direction.is_some(), "direction");
            need(contact.channel.is_some(), "channel");
        }
        Details::Supervision(meeting) | Details::Consultation(meeting) => {
            need(meeting.with.is_some(), "with");
            need(meeting.minutes.is_some(), "minutes");
        }
        Details::Termination(termination) => need(termination.reason.is_some(), "reason"),
        Details::Incident(incident) => {
            need(incident.discovered_on.is_some(), "discovered_on");
            need(incident.what.is_some(), "what");
        }
        Details::Nothing if note.kind == Kind::Measure => need(!note.scores.is_empty(), "measures"),
        Details::Nothing if note.kind == Kind::Addendum => {
            need(note.amends.is_some(), "amends");
            need(note.amends.as_ref().is_some_and(|a| a.amendment.is_some()), "amendment");
            need(note.amends.as_ref().is_some_and(|a| a.reason.is_some()), "reason");
        }
        other => paperwork(other, need),
    }
}

fn paperwork(details: &Details, need: &mut dyn FnMut(bool, &'static str)) {
    match details {
        Details::Letter(letter) => {
            need(letter.recipient.is_some(), "recipient");
            need(letter.purpose.is_some(), "purpose");
        }
        Details::Consent(consent) => {
            need(!consent.scope.is_empty(), "scope");
            need(consent.given_on.is_some(), "given_on");
            need(!consent.given_by.is_empty(), "given_by");
        }
        Details::Release(release) => {
            need(release.signed_on.is_some(), "signed_on");
            need(release.signed_by.is_some(), "signed_by");
            need(release.discloser.is_some(), "discloser");
            need(release.recipient.is_some(), "recipient");
            need(!release.information.is_empty(), "information");
            need(release.purpose.is_some(), "purpose");
            need(release.expires.is_some() || release.expires_event.is_some(), "expires");
        }
        Details::Disclosure(disclosure) => {
            need(disclosure.recipient.is_some(), "recipient");
            need(!disclosure.information.is_empty(), "information");
            need(disclosure.purpose.is_some(), "purpose");
            need(disclosure.basis.is_some(), "basis");
        }
        Details::Recording(recording) => {
            need(recording.purpose.is_some(), "purpose");
            need(recording.consent.is_some(), "consent");
            need(recording.delete_by.is_some() || recording.delete_after.is_some(), "delete_by");
        }
        Details::Request(request) => {
            need(request.received_on.is_some(), "received_on");
            need(request.sort.is_some(), "type");
            need(request.from.is_some(), "from");
        }
        _ => {}
    }
}

/// Keys that law says cannot stand in a psychotherapy note (45 CFR 164.501), and process notes in the chart.
fn forbidden(note: &Note) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Details::Process(process) = &note.details {
        problems.extend(process.forbidden.iter().map(|key| {
            Problem::error("process-forbidden", format!("a process note must not hold `{key}`"))
                .fix("move it to the session note of that day (45 CFR 164.501)")
        }));
    }
    if note.kind == Kind::Process && note.class != Class::Process {
        problems.push(
            Problem::error("process-in-chart", "a process note stands among the notes of the chart")
                .fix("write it anew with `throughline new CLIENT --kind process` and remove this one"),
        );
    }
    problems
}

/// A line a user can copy.
fn example(key: &str) -> String {
    let value = match key {
        "date" | "opened" | "given_on" | "signed_on" | "received_on" | "discovered_on" => "2026-03-02",
        "born" => "1984",
        "attendance" => "attended",
        "ideation" | "intent" | "plan" | "means" => "denied",
        "level" => "low",
        "minutes" => "50",
        "direction" => "send",
        "channel" => "telephone",
        "scope" => "treatment",
        "basis" => "authorization",
        "type" => "access",
        "expires" | "delete_by" => "2027-03-02",
        "measures" => "{phq9: 11}",
        "goals" => "[{id: g1, text: sleeps through, status: active}]",
        "amendment" => "addendum",
        _ => "…",
    };
    format!("{key}: {value}")
}

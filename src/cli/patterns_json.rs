//! What `patterns --json` prints. Technical names, stable keys, unknown values absent.

use super::json::whole;
use crate::domain::{ClientCode, Confidential, NoteId};
use crate::insight::{Finding, Findings, Level, Moment, Observation, Patterns, TooLittle};
use serde::Serialize;
use serde_json::Value;

/// The whole document.
#[derive(Debug, Serialize)]
pub(super) struct PatternsDocument {
    findings: Vec<FindingRow>,
    weak: Vec<FindingRow>,
    observations: Vec<ObservationRow>,
    not_enough_data: Vec<TooLittleRow>,
    method: Method,
}

#[derive(Debug, Serialize)]
struct FindingRow {
    client: String,
    kind: &'static str,
    subject: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    object: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_session: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until_session: Option<u32>,
    effect: EffectRow,
    #[serde(skip_serializing_if = "Option::is_none")]
    p_value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    q_value: Option<f64>,
    n: usize,
    statement: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    caveat: Option<String>,
    evidence: Vec<String>,
    against: Vec<String>,
    /// Only where it was.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    set_aside: bool,
}

#[derive(Debug, Serialize)]
struct EffectRow {
    name: &'static str,
    value: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    ci: Option<[Value; 2]>,
}

#[derive(Debug, Serialize)]
struct ObservationRow {
    client: String,
    kind: &'static str,
    subject: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_session: Option<u32>,
    n: usize,
    statement: String,
    evidence: Vec<String>,
}

#[derive(Debug, Serialize)]
struct TooLittleRow {
    client: String,
    kind: &'static str,
    subject: String,
    n: usize,
    statement: String,
}

#[derive(Debug, Serialize)]
struct Method {
    adjustment: &'static str,
    clear_up_to: f64,
    weak_up_to: f64,
    tests: usize,
}

impl PatternsDocument {
    /// What was found for some clients; with `all` also what may be chance and what has too few data.
    pub(super) fn of(found: &[Findings], all: bool) -> Self {
        let at = |level: Level| {
            let rows = found.iter().flat_map(|seen| {
                let set_aside = seen.set_aside.iter().copied();
                seen.patterns.findings.iter().zip(set_aside).map(move |(f, aside)| (&seen.patterns.client, f, aside))
            });
            let of_level = rows.filter(|(_, finding, _)| finding.level == level);
            of_level.map(|(client, finding, aside)| row(client, finding, aside)).collect()
        };
        let found: Vec<&Patterns> = found.iter().map(|seen| &seen.patterns).collect();
        let (mut weak, mut not_enough_data) = (Vec::new(), Vec::new());
        if all {
            weak = at(Level::Weak);
            let lacking = found.iter().flat_map(|p| p.too_little.iter().map(|little| too_little(&p.client, little)));
            not_enough_data.extend(lacking);
        }
        let observed = found.iter().flat_map(|p| p.observations.iter().map(|seen| observation(&p.client, seen)));
        Self {
            findings: at(Level::Clear),
            weak,
            observations: observed.collect(),
            not_enough_data,
            method: Method {
                adjustment: "over all tests of its kind run for a client: how many findings chance alone would bring \
                             (Heyse 2011), each kind with its own room; on little more than the least data a finding is \
                             clear up to 0.02 only",
                clear_up_to: Level::Clear.limit(),
                weak_up_to: Level::Weak.limit(),
                tests: found.iter().flat_map(|patterns| patterns.tests.values()).sum(),
            },
        }
    }
}

fn row(client: &ClientCode, finding: &Finding, set_aside: bool) -> FindingRow {
    FindingRow {
        client: client.to_string(),
        kind: finding.kind.word(),
        subject: text(&finding.subject),
        object: finding.object.as_ref().map(text),
        words: finding.words.iter().map(text).collect(),
        direction: finding.direction.map(|direction| direction.word()),
        at_session: number(finding.at),
        until_session: number(finding.until),
        effect: EffectRow {
            name: finding.effect.name,
            value: whole(finding.effect.value),
            ci: finding.effect.interval.map(|(low, high)| [whole(low), whole(high)]),
        },
        p_value: finding.p,
        q_value: finding.q,
        n: finding.n,
        statement: text(&finding.statement),
        caveat: finding.caveat.as_ref().map(text),
        evidence: ids(&finding.evidence),
        against: ids(&finding.against),
        set_aside,
    }
}

fn observation(client: &ClientCode, seen: &Observation) -> ObservationRow {
    ObservationRow {
        client: client.to_string(),
        kind: seen.kind,
        subject: text(&seen.subject),
        at_session: number(seen.at),
        n: seen.n,
        statement: text(&seen.statement),
        evidence: ids(&seen.evidence),
    }
}

fn too_little(client: &ClientCode, little: &TooLittle) -> TooLittleRow {
    TooLittleRow {
        client: client.to_string(),
        kind: little.kind.word(),
        subject: text(&little.subject),
        n: little.n,
        statement: text(&little.statement),
    }
}

/// Appointments are numbered from 1; a score before the first has no session.
fn number(moment: Option<Moment>) -> Option<u32> {
    moment.map(|moment| moment.number).filter(|number| *number > 0)
}

fn text(words: &Confidential) -> String {
    words.reveal().to_owned()
}

fn ids(notes: &[NoteId]) -> Vec<String> {
    notes.iter().map(ToString::to_string).collect()
}

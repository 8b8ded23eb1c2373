//! A vault full of hostile words: every payload in every place where a note, a client or a file can say something.

use crate::hostile_corpus::{Payload, payloads};
use crate::practice::Practice;
use serde_json::{Value, json};
use std::time::Duration;
use throughline::domain::{ClientCode, Confidential, NoteId};
use throughline::vault::{Shelf, Vault, WriteLock};

/// The vault, and what its pages must still hold.
pub struct Planted {
    pub practice: Practice,
    /// Address of each note's page, and the words that stand behind its payload.
    pub notes: Vec<(String, String)>,
}

/// Seals all of it: one client for each family of payloads.
pub fn planted() -> Planted {
    let practice = Practice::new();
    let vault = Vault::at(&practice.vault(), &practice.state()).expect("the vault");
    let lock = vault.lock(Duration::from_secs(60)).expect("nobody else writes");
    let all = payloads();
    let mut families: Vec<&str> = all.iter().map(|payload| payload.family).collect();
    families.dedup();
    let mut batch = Vec::new();
    let mut notes = Vec::new();
    for (at, family) in families.into_iter().enumerate() {
        let code = ClientCode::parse(&format!("h{at}")).expect("a code");
        vault.add_client(&lock, &code).expect("a client");
        let of_family: Vec<&Payload> = all.iter().filter(|payload| payload.family == family).collect();
        let mut seal = |text: String| {
            let id = vault.new_id();
            batch.push((Shelf::Client(code.clone()), id, Confidential::new(text)));
            id
        };
        seal(client(&of_family));
        seal(plan(&of_family));
        for (number, payload) in of_family.iter().enumerate() {
            let words = format!("stillhere{at}x{number}");
            let id = seal(session(&payload.text, number, &words));
            notes.push((format!("/notes/{id}/"), words));
        }
    }
    batch.push((Shelf::Practice, vault.new_id(), Confidential::new(scales(&all))));
    vault.seal_batch(&lock, &batch, &|_| ()).expect("sealed");
    oddly_named(&vault, &lock, &practice, &all);
    Planted { practice, notes }
}

/// Front matter of JSON values, which YAML reads too.
fn front(fields: &[(&str, Value)]) -> String {
    let lines: String = fields.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!("---\n{lines}---\n")
}

/// What is known of a client: all payloads of a family in each field.
fn client(family: &[&Payload]) -> String {
    let all = family.iter().map(|payload| payload.text.as_str()).collect::<Vec<_>>().join(" ");
    let dates: Vec<Value> = family
        .iter()
        .enumerate()
        .map(|(number, payload)| json!({ "date": format!("2026-03-{:02}", 11 + number % 15), "label": payload.text }))
        .collect();
    front(&[
        ("kind", json!("client")),
        ("opened", json!("2025-01-01")),
        ("label", json!(all)),
        ("name", json!(all)),
        ("contact", json!(all)),
        ("emergency_contact", json!(all)),
        ("jurisdiction", json!(all)),
        ("fee", json!(all)),
        ("important_dates", json!(dates)),
        ("care_team", json!([{ "name": all, "role": all, "org": all, "phone": all }])),
    ])
}

fn plan(family: &[&Payload]) -> String {
    let goals: Vec<Value> = family
        .iter()
        .map(|payload| {
            let text = &payload.text;
            json!({ "id": text, "text": text, "target": text, "status": "active" })
        })
        .collect();
    front(&[("kind", json!("plan")), ("date", json!("2025-01-02")), ("goals", json!(goals))])
}

/// A session with the payload in every field and at every turn of its text.
fn session(text: &str, number: usize, words: &str) -> String {
    let (month, day) = (number / 28 % 12 + 1, number % 28 + 1);
    let mut fields = vec![
        ("date", json!(format!("2025-{month:02}-{day:02}"))),
        ("attendance", json!("attended")),
        ("title", json!(text)),
        ("modality", json!(text)),
        ("service", json!(text)),
        ("response", json!(text)),
        ("medication", json!(text)),
        ("plan", json!(text)),
        ("homework", json!([{ "task": text, "status": text }])),
        ("measures", json!({ text: 5, "phq9": number % 20 })),
        ("goals", json!({ text: 3 })),
        ("events", json!([{ "date": format!("2025-{month:02}-01"), "what": text }])),
        ("follow_up", json!([{ "what": text, "due": "2026-03-20" }])),
        ("next", json!("2026-03-10")),
        (r"odd", json!({ text: text })),
    ];
    for name in ["themes", "people", "interventions", "affect", "tags"] {
        fields.push((name, json!([text])));
    }
    let said = text.replace('\n', " ");
    format!(
        "{}Before.\n\n{text}\n\nBetween {said} and.\n\n# {said}\n\n> [!quote] {said}\n> {said}\n\n- [ ] me: {said}\n\n\
         > [!plan]\n> {said}\n\n> [!supervision]\n> {said}\n\n| a | b |\n|---|---|\n| {said} | x |\n\n\
         {said}:: {said}\n\n`{said}`\n\n#{said} @{said} [[{said}]]\n\n{words}\n",
        front(&fields)
    )
}

/// Scales of the practice's own, named by payloads.
fn scales(all: &[Payload]) -> String {
    let few = all.iter().filter(|payload| payload.text.chars().count() < 60).step_by(7);
    let scales: serde_json::Map<String, Value> = few
        .enumerate()
        .map(|(number, payload)| {
            let text = &payload.text;
            (format!("s{number}"), json!({ "name": text, "range": "0-10", "bands": { text: "0-10" }, "source": text }))
        })
        .collect();
    front(&[("date", json!("2025-01-01")), ("kind", json!("scales")), ("scales", json!(scales))])
}

/// Sealed notes whose files are named by payloads, as far as a file system takes them.
fn oddly_named(vault: &Vault, lock: &WriteLock, practice: &Practice, all: &[Payload]) {
    let code = ClientCode::parse("names").expect("a code");
    vault.add_client(lock, &code).expect("a client");
    let shelf = Shelf::Client(code);
    let notes: Vec<(NoteId, String)> = all.iter().filter_map(|p| Some((vault.new_id(), file_name(&p.text)?))).collect();
    let text = "---\ndate: 2025-05-05\nattendance: attended\n---\nIn a file with an odd name.\n";
    let batch: Vec<_> = notes.iter().map(|(id, _)| (shelf.clone(), *id, Confidential::new(text.to_owned()))).collect();
    vault.seal_batch(lock, &batch, &|_| ()).expect("sealed");
    for (number, (id, name)) in notes.iter().enumerate() {
        let sealed = practice.vault().join(shelf.path_of(*id));
        let odd = sealed.with_file_name(format!("{number} {name}.md.age"));
        std::fs::rename(&sealed, odd).expect("a file of that name");
    }
}

/// The payload as a file name; none when it is too long for one.
fn file_name(text: &str) -> Option<String> {
    let name = text.replace(['/', '\0'], "∕");
    (name.len() < 230).then_some(name)
}

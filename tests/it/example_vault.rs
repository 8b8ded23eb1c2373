//! The example vault: what ships is what stands in the clear sources, and it shows what the program is for.

use crate::practice::Practice;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The program that seals the example again, compiled here so that it cannot rot. It is never run on the checkout.
#[allow(dead_code, reason = "compiled, not run")]
#[path = "../example-vault/seal.rs"]
mod seal;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A home with a copy of the example vault as its vault and the public identity.
fn example() -> Practice {
    let practice = Practice::empty();
    for (path, bytes) in practice.files(&project("example-vault")) {
        let to = practice.vault().join(path.strip_prefix(project("example-vault")).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
    fs::copy(project("src/publish/example-identity.txt"), practice.identity()).unwrap();
    practice
}

fn list(practice: &Practice) -> Vec<Value> {
    let ran = practice.run(["--vault", "practice", "list", "--json", "--today", "2026-03-10"]).expect(0);
    ran.json().as_array().unwrap().clone()
}

/// What stands below the front matter, without the padding.
fn body(text: &str) -> String {
    let rest = text.strip_prefix("---\n").or_else(|| text.strip_prefix("+++\n"));
    let close = if text.starts_with("+++") { "\n+++\n" } else { "\n---\n" };
    let body = rest.and_then(|rest| rest.split_once(close)).map_or(text, |(_, body)| body);
    body.trim().to_owned()
}

#[test]
fn the_public_identity_opens_at_least_120_notes_of_four_clients() {
    let notes = list(&example());
    assert!(notes.len() >= 120, "{}", notes.len());
    let clients: BTreeSet<&str> = notes.iter().filter_map(|note| note["client"].as_str()).collect();
    assert_eq!(clients.len(), 4, "{clients:?}");
    let days: BTreeSet<&str> = notes.iter().filter_map(|note| note["date"].as_str()).collect();
    assert!(days.first().unwrap() < &"2024-06" && days.last().unwrap() <= &"2026-03-10", "two years: {days:?}");
}

#[test]
fn notes_of_every_class_and_the_kinds_of_the_issue_are_there() {
    let notes = list(&example());
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for note in &notes {
        *kinds.entry(note["kind"].as_str().unwrap()).or_default() += 1;
    }
    for kind in [
        "client",
        "intake",
        "session",
        "measure",
        "plan",
        "risk",
        "contact",
        "letter",
        "consent",
        "release",
        "disclosure",
        "recording",
        "request",
        "supervision",
        "consultation",
        "termination",
        "addendum",
        "words",
    ] {
        assert!(kinds.contains_key(kind), "{kind} is not among {kinds:?}");
    }
    let process = example().files(&project("example-vault/clients"));
    let process = process.iter().filter(|(path, _)| path.to_string_lossy().contains("/process/"));
    assert!(process.filter(|(path, _)| path.to_string_lossy().ends_with(".md.age")).count() > 0);
    let attendance: BTreeSet<&str> = notes.iter().filter_map(|note| note["attendance"].as_str()).collect();
    assert!(attendance.contains("no-show") && attendance.len() >= 4, "missed sessions: {attendance:?}");
    let returned = notes.iter().filter(|note| note["kind"] == "intake").fold(BTreeMap::new(), |mut counts, note| {
        *counts.entry(note["client"].as_str().unwrap()).or_insert(0) += 1;
        counts
    });
    assert!(returned.values().any(|intakes| *intakes >= 2), "a client who came back: {returned:?}");
}

#[test]
fn exactly_one_note_has_a_mistake_of_severity_error() {
    let practice = example();
    let ran = practice.run(["--vault", "practice", "check", "--json", "--today", "2026-03-10"]).expect(1);
    let problems = ran.json()["problems"].as_array().unwrap().clone();
    let wrong = problems.iter().filter(|problem| problem["severity"] == "error");
    let notes: BTreeSet<&str> = wrong.map(|problem| problem["note"].as_str().unwrap()).collect();
    assert_eq!(notes.len(), 1, "{problems:?}");
}

#[test]
fn sources_and_sealed_notes_have_the_same_bodies() {
    let practice = example();
    let mut sources: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let folder = project("tests/example-vault/sources");
    for (path, bytes) in practice.files(&folder) {
        let shelf = path.parent().unwrap().strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        sources.entry(shelf).or_default().push(body(throughline::notes::text_of(&bytes).reveal()));
    }
    for (shelf, mut bodies) in sources {
        let key = practice.age_key(&practice.identity(), &shelf);
        let mut sealed: Vec<String> = fs::read_dir(practice.vault().join(&shelf))
            .unwrap()
            .flatten()
            .filter(|entry| entry.file_name().to_string_lossy().ends_with(".md.age"))
            .map(|entry| body(&practice.age_open(&key, &entry.path()).expect(0).out))
            .collect();
        bodies.sort();
        sealed.sort();
        assert_eq!(bodies.len(), sealed.len(), "{shelf}: run the program that seals the example again");
        assert!(bodies == sealed, "{shelf}: run the program that seals the example again");
    }
}

#[test]
fn the_identity_says_that_it_is_public() {
    let text = fs::read_to_string(project("src/publish/example-identity.txt")).unwrap();
    assert!(text.lines().next().unwrap().contains("PUBLIC"), "{text}");
    assert!(!project("example-vault").join("identity.age").exists());
}

//! Findings set aside until they change: sealed like a note, kept out of the record, and back with the next session.

use crate::patterns::{TODAY, with_a_story};
use crate::practice::Practice;
use crate::served::Served;
use serde_json::Value;

const GRIEF: &str = "Grief was noted in 10 of the last 14 sessions";

fn document(practice: &Practice) -> Value {
    practice.run(["patterns", "a7", "--all", "--json", "--today", TODAY]).expect(0).json()
}

fn text(practice: &Practice, all: bool) -> String {
    let arguments = ["patterns", "a7", "--today", TODAY].into_iter().chain(all.then_some("--all"));
    practice.run(arguments).expect(0).out
}

/// The number a finding is told with, read off the text.
#[track_caller]
fn number(practice: &Practice, sentence: &str) -> String {
    let text = text(practice, true);
    let line = text.lines().find(|line| line.contains(sentence)).unwrap_or_else(|| panic!("{sentence} in {text}"));
    line.split_whitespace().next().unwrap().to_owned()
}

fn aside(practice: &Practice, option: &str, number: &str) {
    practice.run(["patterns", "a7", option, number, "--today", TODAY]).expect(0);
}

fn served(practice: &Practice) -> Served {
    Served::with(practice, ["serve", "--today", TODAY])
}

/// What stands under "Set aside until it changes" on the page, and what before it.
fn page(practice: &Practice) -> (String, String) {
    let page = served(practice).page("/clients/a7/patterns/");
    let (before, after) = page.split_once("Set aside until it changes").unwrap_or((&page, ""));
    (before.to_owned(), after.to_owned())
}

#[test]
fn a_finding_set_aside_stays_so_after_a_restart_and_comes_back_when_its_sessions_change() {
    let practice = with_a_story();
    let notes = practice.run(["list", "a7", "--json"]).expect(0).out;
    let before = document(&practice);
    assert!(page(&practice).0.contains(GRIEF));
    aside(&practice, "--set-aside", &number(&practice, GRIEF));
    assert!(!text(&practice, false).contains(GRIEF), "{}", text(&practice, false));
    let all = text(&practice, true);
    let (_, folded) = all.split_once("Set aside until it changes").expect("a place for it");
    assert!(folded.contains(GRIEF));
    let (shown, folded) = page(&practice);
    assert!(!shown.contains(GRIEF) && folded.contains(GRIEF) && folded.contains("--take-back"), "{shown}{folded}");
    // No number changes by it, and the record holds no note more.
    let after = document(&practice);
    assert_eq!(before["method"], after["method"]);
    let q = |document: &Value| {
        let found = document["findings"].as_array().unwrap().iter();
        found.map(|finding| (finding["kind"].clone(), finding["q_value"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(q(&before), q(&after));
    let marked = after["findings"].as_array().unwrap().iter().filter(|finding| finding["set_aside"] == true);
    assert_eq!(marked.map(|finding| &finding["kind"]).collect::<Vec<_>>(), ["theme_emerging"]);
    assert_eq!(practice.run(["list", "a7", "--json"]).expect(0).out, notes);
    // One session more in which it was noted, and the finding is another.
    practice.note("---\ndate: 2026-07-20\nattendance: attended\nthemes: [grief, work]\nphq9: 7\n---\nOn.\n");
    let again = page(&practice).0;
    assert!(again.contains("Grief was noted in 11 of the last 15 sessions"), "{again}");
}

#[test]
fn it_can_be_taken_back_and_the_earlier_version_stays_in_the_history() {
    let practice = with_a_story();
    let (grief, change) = (number(&practice, GRIEF), number(&practice, "score reliably lower"));
    aside(&practice, "--set-aside", &grief);
    aside(&practice, "--set-aside", &change);
    let hidden = text(&practice, false);
    assert!(!hidden.contains(GRIEF) && !hidden.contains("score reliably lower"));
    aside(&practice, "--take-back", &grief);
    let back = text(&practice, false);
    assert!(back.contains(GRIEF) && !back.contains("score reliably lower"), "{back}");
    let versions = practice.files(&practice.vault().join("clients/a7/history"));
    assert_eq!(versions.len(), 2, "each change kept the version before it");
}

#[test]
fn what_is_kept_is_sealed_and_holds_no_word_of_a_note_and_no_reason() {
    let practice = with_a_story();
    let folder = practice.vault().join("clients/a7");
    let before = practice.files(&folder);
    aside(&practice, "--set-aside", &number(&practice, GRIEF));
    let known: Vec<_> = before.into_iter().map(|(path, _)| path).collect();
    let new: Vec<_> = practice.files(&folder).into_iter().filter(|(path, _)| !known.contains(path)).collect();
    let [(path, sealed)] = new.as_slice() else { panic!("one file: {new:?}") };
    assert!(sealed.starts_with(b"age-encryption.org/v1\n"));
    let key = practice.age_key(&practice.identity(), "clients/a7");
    let opened = practice.age_open(&key, path).expect(0).out;
    assert!(opened.contains("kind: set-aside") && !opened.to_lowercase().contains("grief"), "{opened}");
    assert_eq!(practice.run(["check", "a7", "--json"]).out.matches("set-aside").count(), 0, "nothing is owed for it");
}

#[test]
fn a_number_that_is_not_there_is_not_found_and_a_client_must_be_named() {
    let practice = with_a_story();
    practice.run(["patterns", "a7", "--set-aside", "99"]).refused_with_hint(7, &["99", "patterns a7 --all"]);
    practice.run(["patterns", "a7", "--set-aside", "0"]).refused_with_hint(7, &["0"]);
    practice.run(["patterns", "--set-aside", "1"]).expect(2);
    practice.run(["patterns", "zz", "--take-back", "1"]).refused_with_hint(7, &["zz"]);
    let again = practice.run(["patterns", "a7", "--take-back", "1", "--today", TODAY]).expect(0);
    assert!(again.err.contains("is not set aside"), "{}", again.err);
}

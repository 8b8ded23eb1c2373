//! `rm` and `history`: what is taken out can be brought back, and earlier versions can be read and restored.

use crate::hand::ids;
use crate::practice::Practice;
use serde_json::Value;
use std::fs;

/// A practice with one session of client a7, written once and edited once.
fn with_two_versions() -> (Practice, String) {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
    practice.editing(["edit", &id], "Second words.").expect(0);
    (practice, id)
}

#[track_caller]
fn versions(practice: &Practice, note: &str) -> Vec<Value> {
    practice.run(["history", note, "--json"]).expect(0).json().as_array().expect("an array").clone()
}

fn name(version: &Value) -> &str {
    version["version"].as_str().expect("a version")
}

#[test]
fn a_removed_note_is_listed_no_more_and_the_message_says_how_it_comes_back() {
    let (practice, id) = with_two_versions();
    let text = practice.raw(&id);
    let ran = practice.run(["rm", &id]).expect(0);
    assert_eq!(ran.out, "");
    assert!(practice.list(["a7"]).is_empty() && !practice.sealed(&id).exists());
    practice.run(["show", &id]).refused_with_hint(7, &[&id]);
    let way_back = ran.err.split('`').nth(1).expect("a command").strip_prefix("throughline ").expect("our own");
    practice.run(way_back.split(' ')).expect(0);
    let again = practice.raw(&id);
    assert!(again.contains("rev: 3"), "{again}");
    assert_eq!(again.replace("rev: 3", "rev: 2"), text);
    assert_eq!(practice.list(["a7"]).len(), 1);
}

#[test]
fn a_removed_note_is_found_by_the_beginning_of_its_id_and_any_of_its_versions_comes_back() {
    let (practice, id) = with_two_versions();
    practice.run(["rm", "a7"]).expect(0);
    let found = versions(&practice, &id[..6]);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|version| version["current"] == false), "{found:?}");
    let listed = practice.run(["history", &id]).expect(0);
    assert!(listed.err.contains("removed") && listed.out.lines().count() == 2, "{}{}", listed.out, listed.err);
    practice.run(["history", &id, "--restore", &name(&found[0])[..6]]).expect(0);
    let text = practice.raw(&id);
    assert!(text.contains("First words.") && !text.contains("Second words.") && text.contains("rev: 3"), "{text}");
    assert_eq!(versions(&practice, &id).len(), 3);
}

#[test]
fn a_signed_note_is_not_removed() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nstatus: signed\nattendance: attended\n---\nFinal.\n");
    let before = practice.files(&practice.vault());
    practice.run(["rm", &id]).refused_with_hint(5, &["remove", &id, "signed"]);
    assert_eq!(practice.files(&practice.vault()), before);
}

#[test]
fn on_a_terminal_rm_asks_first_and_takes_no_for_the_answer() {
    let (practice, id) = with_two_versions();
    let question = format!("Remove a7 2026-03-02 ({id})? It stays in its history.");
    let shell = format!("\"$PROGRAM\" rm {id}");
    practice.on_terminal(&shell, &format!("answer {{{question}}} {{}}")).expect(0);
    assert!(practice.sealed(&id).is_file());
    practice.on_terminal(&shell, &format!("answer {{{question}}} y")).expect(0);
    assert!(!practice.sealed(&id).exists());
}

#[test]
fn a_note_that_was_sealed_by_hand_is_removed_and_comes_back_too() {
    let practice = Practice::with_client();
    let recipients = practice.vault().join("clients/a7/.age-recipients");
    let sealed = practice.vault().join("clients/a7/2026-03-02 by hand.md.age");
    practice.age_seal(&recipients, "Sealed with age.\n", &sealed);
    let id = ids(&practice.list(["a7"]))[0].to_owned();
    let ran = practice.run(["rm", &id]).expect(0);
    assert!(!sealed.exists(), "{}", ran.err);
    let version = name(&versions(&practice, &id)[0]).to_owned();
    practice.run(["history", &id, "--restore", &version]).expect(0);
    assert!(practice.raw(&id).ends_with("Sealed with age.\n"));
}

#[test]
fn history_lists_versions_oldest_first_with_the_current_one_last() {
    let (practice, id) = with_two_versions();
    practice.editing(["edit", &id], "Third words.").expect(0);
    let found = versions(&practice, &id);
    let revs: Vec<u64> = found.iter().map(|version| version["rev"].as_u64().unwrap()).collect();
    let current: Vec<bool> = found.iter().map(|version| version["current"].as_bool().unwrap()).collect();
    assert_eq!((revs, current), (vec![1, 2, 3], vec![false, false, true]));
    let text = practice.raw(&id);
    assert_eq!(found[2]["bytes"].as_u64(), Some(text.len() as u64));
    for version in &found {
        assert!(name(version).len() == 16 && name(version).bytes().all(|b| b.is_ascii_hexdigit()));
        let keys: Vec<&String> = version.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["version", "written", "rev", "bytes", "current"]);
        let written = version["written"].as_str().unwrap();
        assert!(written.len() == 25 && written.as_bytes()[10] == b'T', "{written}");
    }
    let rows = practice.run(["history", "a7"]).expect(0).out;
    let rows: Vec<&str> = rows.lines().collect();
    assert!(rows.len() == 3 && rows[2].contains("current") && rows[0].contains("rev 1"), "{rows:?}");
}

#[test]
fn the_order_holds_when_a_copy_of_the_vault_lost_the_times_of_its_files() {
    let (practice, id) = with_two_versions();
    for word in ["Third.", "Fourth.", "Fifth."] {
        practice.editing(["edit", &id], word).expect(0);
    }
    for (path, bytes) in practice.files(&practice.vault().join("clients/a7/history")).into_iter().rev() {
        fs::remove_file(&path).unwrap();
        fs::write(&path, bytes).unwrap();
    }
    let revs: Vec<u64> = versions(&practice, &id).iter().map(|version| version["rev"].as_u64().unwrap()).collect();
    assert_eq!(revs, [1, 2, 3, 4, 5]);
}

#[test]
fn a_version_is_shown_as_it_was_sealed() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
    let first = practice.raw(&id);
    practice.editing(["edit", &id], "Second words.").expect(0);
    let found = versions(&practice, &id);
    assert_eq!(practice.run(["history", &id, "--show", name(&found[0])]).expect(0).out, first);
    assert_eq!(practice.run(["history", &id, "--show", name(&found[1])]).expect(0).out, practice.raw(&id));
}

#[test]
fn a_restored_version_is_a_new_version_and_nothing_is_lost() {
    let (practice, id) = with_two_versions();
    let found = versions(&practice, &id);
    practice.run(["history", &id, "--restore", &name(&found[0])[..5].to_uppercase()]).expect(0);
    let text = practice.raw(&id);
    assert!(text.contains("rev: 3") && text.contains("First words.") && !text.contains("Second words."), "{text}");
    let after = versions(&practice, &id);
    assert_eq!(after.len(), 3);
    assert_eq!(&after[0], &found[0]);
    assert_eq!(name(&after[1]), name(&found[1]));
    let second = practice.run(["history", &id, "--show", name(&after[1])]).expect(0).out;
    assert!(second.contains("Second words."), "{second}");
}

#[test]
fn restoring_the_text_that_is_there_writes_nothing() {
    let (practice, id) = with_two_versions();
    let current = name(&versions(&practice, &id)[1]).to_owned();
    let before = practice.files(&practice.vault());
    let ran = practice.run(["history", &id, "--restore", &current]).expect(0);
    assert!(ran.err.contains("nothing was written"), "{}", ran.err);
    assert_eq!(practice.files(&practice.vault()), before);
}

#[test]
fn a_signed_note_is_not_restored_over() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst.\n");
    let sign = practice.script("sign", "sed -i 's/^date:/status: signed\\ndate:/' \"$1\"");
    practice.run(["edit", &id, "--editor", sign.to_str().unwrap()]).expect(0);
    let first = name(&versions(&practice, &id)[0]).to_owned();
    let before = practice.files(&practice.vault());
    practice.run(["history", &id, "--restore", &first]).refused_with_hint(5, &[&id, "signed"]);
    assert_eq!(practice.files(&practice.vault()), before);
}

#[test]
fn unknown_versions_and_notes_are_not_found() {
    let (practice, id) = with_two_versions();
    for version in ["zzzz", "", "abc", "00000000000000000"] {
        practice.run(["history", &id, "--restore", version]).refused_with_hint(7, &[&id]);
        practice.run(["history", &id, "--show", version]).refused_with_hint(7, &[&id]);
    }
    practice.run(["history", "0123456789ab"]).refused_with_hint(7, &["0123456789ab"]);
    practice.run(["rm", "0123456789ab"]).refused_with_hint(7, &["0123456789ab"]);
    practice.run(["history", &id, "--json", "--show", "abcd"]).expect(2);
}

#[test]
fn a_version_that_will_not_open_is_listed_and_said() {
    let (practice, id) = with_two_versions();
    let (path, _) = practice.files(&practice.vault().join("clients/a7/history")).remove(0);
    fs::write(&path, b"not age").unwrap();
    let ran = practice.run(["history", &id, "--json"]).expect(1);
    let found = ran.json();
    assert!(found[0].get("bytes").is_none() && found[1]["current"] == true, "{found}");
    assert!(ran.err.contains("cannot read"), "{}", ran.err);
}

#[test]
fn words_of_versions_stand_nowhere_in_the_clear() {
    let practice = Practice::with_client();
    let id = practice.note("A zanzibarword here.");
    practice.run(["rm", &id]).expect(0);
    let version = name(&versions(&practice, &id)[0]).to_owned();
    practice.run(["history", &id, "--restore", &version]).expect(0);
    practice.run(["history", &id]).expect(0);
    practice.nowhere_in_the_clear("zanzibar");
}

//! Pins: who may open what is sealed is what this device has confirmed, and nothing else.

use crate::hand::Everything;
use crate::practice::{Practice, Ran};
use std::fs;
use std::path::PathBuf;

/// A practice with a note, a draft, a clear file and something to import, and a stranger's public key.
fn with_work() -> (Practice, String, String) {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
    let public = practice.stranger().1;
    fs::write(practice.drafts().join("2026-03-03.md"), "---\nclient: a7\n---\nA draft.\n").unwrap();
    fs::create_dir(practice.home().join("from")).unwrap();
    fs::write(practice.home().join("from/2026-03-04.md"), "To import.\n").unwrap();
    practice.script("adding", "echo More. >> \"$1\"");
    (practice, id, public)
}

fn plant(practice: &Practice, file: &str, key: &str) -> PathBuf {
    let path = practice.vault().join(file);
    let text = fs::read_to_string(&path).unwrap_or_default();
    fs::write(&path, format!("{text}{key}\n")).unwrap();
    path
}

/// Every command that seals for client a7.
fn sealing_commands(practice: &Practice, id: &str) -> Vec<(&'static str, Ran)> {
    let editor = practice.home().join("adding");
    let editor = editor.to_str().unwrap();
    let edited = practice.run(["edit", id, "--editor", editor]);
    // Text that could not be sealed stays in memory for the user; here nobody wants it.
    let _ = fs::remove_dir_all(practice.memory());
    let written = practice.run(["new", "a7", "--editor", editor]);
    let _ = fs::remove_dir_all(practice.memory());
    vec![
        ("new --from-stdin", practice.run_with(["new", "a7", "--from-stdin"], b"Text.")),
        ("new in an editor", written),
        ("edit", edited),
        ("seal", practice.run(["seal"])),
        ("import", practice.run(["import", "markdown", "from", "--client", "a7"])),
    ]
}

fn untouched(practice: &Practice) -> (Everything, Everything) {
    (practice.files(&practice.vault()), practice.files(&practice.home().join("data")))
}

#[track_caller]
fn all_refused(practice: &Practice, id: &str, key: &str, with_client_add: bool) {
    let before = untouched(practice);
    let mut ran = sealing_commands(practice, id);
    if with_client_add {
        ran.push(("client add", practice.run(["client", "add", "b2"])));
    }
    let mut wrong = Vec::new();
    for (command, ran) in ran {
        if ran.code != 4 || !ran.err.contains(key) {
            wrong.push(format!("{command}: exit {}: {}", ran.code, ran.err));
        }
    }
    assert_eq!(untouched(practice), before, "something was written");
    assert!(wrong.is_empty(), "not refused with exit 4 and the key's name:\n{}", wrong.join("\n"));
}

#[test]
fn a_strangers_key_among_the_vaults_recipients_stops_every_sealing_command() {
    let (practice, id, key) = with_work();
    plant(&practice, ".age-recipients", &key);
    all_refused(&practice, &id, &key, true);
}

#[test]
fn a_strangers_key_among_the_process_recipients_stops_every_sealing_command() {
    let (practice, id, key) = with_work();
    plant(&practice, ".process-recipients", &key);
    all_refused(&practice, &id, &key, true);
}

#[test]
fn a_strangers_key_in_the_clients_own_list_stops_what_is_sealed_for_that_client() {
    let (practice, id, key) = with_work();
    plant(&practice, "clients/a7/.age-recipients", &key);
    all_refused(&practice, &id, &key, false);
}

#[test]
fn a_list_of_others_who_may_hold_the_clients_key_is_not_trusted_unseen() {
    let (practice, id, key) = with_work();
    plant(&practice, "clients/a7/.key-recipients", &key);
    all_refused(&practice, &id, &key, false);
}

#[test]
fn a_strangers_key_in_the_process_folder_stops_process_notes() {
    let (practice, _, key) = with_work();
    plant(&practice, "clients/a7/process/.age-recipients", &key);
    let before = untouched(&practice);
    let ran = practice.run_with(["new", "a7", "--kind", "process", "--from-stdin"], b"Text.");
    ran.refused_with_hint(4, &[&key, "process"]);
    assert_eq!(untouched(&practice), before);
}

#[test]
fn a_missing_list_is_never_replaced_by_another_key() {
    let (practice, id, _) = with_work();
    for list in ["clients/a7/process/.age-recipients", "clients/a7/.age-recipients", ".process-recipients"] {
        fs::remove_file(practice.vault().join(list)).unwrap();
        let before = untouched(&practice);
        let ran = practice.run_with(["new", "a7", "--kind", "process", "--from-stdin"], b"Text.");
        ran.refused_with_hint(4, &["recipients"]);
        assert_eq!(untouched(&practice), before);
    }
    let before = untouched(&practice);
    practice
        .run(["edit", &id, "--editor", practice.home().join("adding").to_str().unwrap()])
        .refused(4, &["recipients"]);
    let _ = fs::remove_dir_all(practice.memory());
    assert_eq!(untouched(&practice), before);
}

#[test]
fn a_changed_marker_stops_sealing_too() {
    let (practice, ..) = with_work();
    let marker = practice.vault().join("throughline.toml");
    let text = fs::read_to_string(&marker).unwrap();
    fs::write(&marker, format!("{text}# added\n")).unwrap();
    practice.run_with(["new", "a7", "--from-stdin"], b"Text.").refused_with_hint(4, &["throughline.toml"]);
}

#[test]
fn reading_goes_on_and_shows_the_key() {
    let (practice, id, key) = with_work();
    plant(&practice, ".age-recipients", &key);
    let ran = practice.run(["show", &id]).expect(0);
    assert!(ran.out.contains("First words.") && ran.err.contains(&key), "{}", ran.err);
    all_refused(&practice, &id, &key, true);
}

#[test]
fn without_a_terminal_nothing_is_ever_accepted_and_with_one_only_by_a_yes() {
    let (practice, id, key) = with_work();
    plant(&practice, ".age-recipients", &key);
    let list = "\"$PROGRAM\" list";
    let seen = practice.on_terminal(list, "answer {make these changes?} {n}").expect(0);
    assert!(seen.out.contains(&key), "{}", seen.out);
    practice.on_terminal(list, "answer {make these changes?} {}").expect(0);
    practice.run_with(["list", "--passphrase-file", "-"], b"yes\n");
    all_refused(&practice, &id, &key, true);
    practice.on_terminal(list, "answer {make these changes?} {y}").expect(0);
    practice.run_with(["new", "a7", "--from-stdin"], b"Text.").expect(0);
    practice.run(["client", "add", "b2"]).expect(0);
}

#[test]
fn a_device_that_has_confirmed_nothing_seals_nothing_until_it_has_unlocked_once() {
    let (practice, ..) = with_work();
    fs::remove_dir_all(practice.state()).unwrap();
    practice.run_with(["new", "a7", "--from-stdin"], b"Text.").refused_with_hint(4, &["confirmed"]);
    practice.run(["list"]).expect(0);
    practice.run_with(["new", "a7", "--from-stdin"], b"Text.").expect(0);
}

#[test]
fn a_first_unlock_does_not_confirm_a_stranger_in_a_clients_list() {
    let (practice, _, key) = with_work();
    plant(&practice, "clients/a7/.age-recipients", &key);
    fs::remove_dir_all(practice.state()).unwrap();
    assert!(practice.run(["list"]).expect(0).err.contains(&key));
    practice.run_with(["new", "a7", "--from-stdin"], b"Text.").refused(4, &[&key]);
}

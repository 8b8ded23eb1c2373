//! No lock-in: stock `age` opens what the program seals, and the program reads what stock `age` sealed.

use crate::hand::{dates, ids};
use crate::practice::Practice;
use std::fs;

#[test]
fn stock_age_opens_a_note_through_the_clients_key() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\n---\nKestrel on the fence.\n");
    let key = practice.age_key(&practice.identity(), "clients/a7");
    let text = practice.age_open(&key, &practice.sealed(&id)).expect(0).out;
    assert!(text.contains(&format!("id: {id}")) && text.contains("client: a7") && text.contains("rev: 1"), "{text}");
    assert!(text.contains("Kestrel on the fence."), "{text}");
    assert_eq!(format!("{}\n", text.trim_end()), practice.raw(&id), "only newlines were added");
}

#[test]
fn a_key_file_is_an_age_identity_named_after_its_public_key() {
    let practice = Practice::with_client();
    for folder in ["clients/a7", "clients/a7/process", "practice"] {
        let clear = practice.age_key(&practice.identity(), folder);
        let text = fs::read_to_string(&clear).unwrap();
        let public = text.lines().find_map(|line| line.strip_prefix("# public key: ")).expect("a public key line");
        let name = practice.key_file(folder).file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(name, format!("key-{}.age", &public[public.len() - 8..]), "{folder}");
        let recipients = fs::read_to_string(practice.vault().join(folder).join(".age-recipients")).unwrap();
        assert!(recipients.lines().any(|line| line == public), "{folder}: {recipients}");
    }
}

#[test]
fn the_charts_key_does_not_open_a_process_note_and_the_process_key_does() {
    let practice = Practice::with_client();
    let ran = practice.run_with(["new", "a7", "--kind", "process", "--from-stdin"], b"Heron in the reeds.").expect(0);
    let sealed = practice.vault().join(format!("clients/a7/process/{}.md.age", ran.out.trim()));
    let chart = practice.age_key(&practice.identity(), "clients/a7");
    assert_ne!(practice.age_open(&chart, &sealed).code, 0);
    assert_ne!(practice.age_open(&practice.identity(), &sealed).code, 0);
    let process = practice.age_key(&practice.identity(), "clients/a7/process");
    assert!(practice.age_open(&process, &sealed).expect(0).out.contains("Heron"));
}

#[test]
fn a_note_sealed_by_hand_is_listed_under_its_name_or_an_id_of_its_own() {
    let practice = Practice::with_client();
    let recipients = practice.vault().join("clients/a7/.age-recipients");
    let text = |day: &str| format!("---\ndate: {day}\nattendance: attended\n---\nBy hand. #letters\n");
    practice.age_seal(&recipients, &text("2026-02-03"), &practice.sealed("0123456789ab"));
    practice.age_seal(&recipients, &text("2026-02-04"), &practice.vault().join("clients/a7/a long talk.md.age"));
    let listed = practice.list(["a7"]);
    assert_eq!(dates(&listed), ["2026-02-03", "2026-02-04"]);
    assert_eq!(listed[0]["id"], "0123456789ab");
    assert_eq!(listed[1]["client"], "a7");
    assert_eq!(listed[1]["themes"], serde_json::json!(["letters"]));
    let derived = ids(&listed)[1].to_owned();
    assert_eq!(derived.len(), 12);
    assert_eq!(ids(&practice.list(["a7"]))[1], derived, "the id stays the same");
    assert!(practice.run(["show", &derived]).expect(0).out.contains("By hand."));
}

#[test]
fn a_folder_of_sealed_files_made_by_hand_is_a_vault_after_init_beside_them() {
    let practice = Practice::new();
    let list = practice.vault().join(".age-recipients");
    let folder = practice.home().join("old notes");
    fs::create_dir_all(folder.join("2025")).unwrap();
    practice.age_seal(&list, "---\ndate: 2025-11-20\n---\nFirst.\n", &folder.join("first.md.age"));
    practice.age_seal(&list, "Second.\n", &folder.join("2025/2025-12-04 second.md.age"));
    let before = practice.files(&folder);
    practice.run(["init", "old notes"]).expect(0);
    let listed = practice.run(["--vault", "old notes", "list", "--json"]).expect(0).json();
    assert_eq!(dates(listed.as_array().unwrap()), ["2025-11-20", "2025-12-04"]);
    let after = practice.files(&folder);
    assert!(before.iter().all(|file| after.contains(file)), "the files made by hand are untouched");
}

#[test]
fn a_note_sealed_by_hand_can_be_edited_and_keeps_its_earlier_version() {
    let practice = Practice::with_client();
    let file = practice.vault().join("clients/a7/a long talk.md.age");
    practice.age_seal(
        &practice.vault().join("clients/a7/.age-recipients"),
        "---\ndate: 2026-02-03\n---\nBy hand.\n",
        &file,
    );
    let before = fs::read(&file).unwrap();
    practice.editing(["edit", "a7/2026-02-03"], "And more.").expect(0);
    let listed = practice.list(["a7"]);
    assert_eq!(listed.len(), 1, "{listed:?}");
    let text = practice.raw(ids(&listed)[0]);
    assert!(text.contains("By hand.") && text.contains("And more."), "{text}");
    let kept = practice.files(&practice.vault().join("clients/a7/history"));
    assert!(kept.iter().any(|(_, bytes)| *bytes == before), "the sealed bytes as they were");
}

#[test]
fn names_that_are_no_notes_are_left_alone() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\n---\nOne.\n");
    let bytes = fs::read(practice.sealed(&id)).unwrap();
    let folder = practice.vault().join("clients/a7");
    for name in [
        format!("{id}.md.age~"),
        format!(".{id}.md.age.swp"),
        "4913".to_owned(),
        "#draft.md#".to_owned(),
        format!("{id}.sync-conflict-20260302-101112-ABC.md.age"),
        format!("{id} (conflicted copy 2026-03-02).md.age"),
        format!("{id} 2.md.age"),
    ] {
        fs::write(folder.join(name), &bytes).unwrap();
    }
    std::os::unix::fs::symlink(practice.sealed(&id), folder.join("zzzzzzzzzzzz.md.age")).unwrap();
    assert_eq!(ids(&practice.list(["a7"])), [id]);
}

#[test]
fn conflict_copies_are_reported_by_check() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nOne.\n");
    let copy = practice.vault().join(format!("clients/a7/{id}.sync-conflict-20260302-101112-ABC.md.age"));
    fs::copy(practice.sealed(&id), copy).unwrap();
    let ran = practice.run(["check", "--all"]);
    assert!(format!("{}{}", ran.out, ran.err).contains("conflict"), "{}{}", ran.out, ran.err);
}

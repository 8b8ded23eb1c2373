//! `seal`: clear files become notes, and are removed only when the sealed copy is there.

use crate::hand::{dates, ids};
use crate::practice::Practice;
use std::fs;

#[test]
fn clear_files_in_the_vault_and_in_drafts_are_sealed_and_removed() {
    let practice = Practice::with_client();
    let clear = practice.vault().join("clients/a7/2026-03-02 after lunch.md");
    fs::write(&clear, "Zanzibar one. #letters\n").unwrap();
    let draft = practice.drafts().join("draft.md");
    fs::write(&draft, "---\nclient: a7\ndate: 2026-03-04\n---\nZanzibar two.\n").unwrap();
    practice.without_identity();
    let ran = practice.run(["seal"]).expect(0);
    assert!(!clear.exists() && !draft.exists());
    practice.nowhere_in_the_clear("Zanzibar");
    fs::rename(practice.home().join("identity-elsewhere"), practice.identity()).unwrap();
    let listed = practice.list(["a7"]);
    assert_eq!(dates(&listed), ["2026-03-02", "2026-03-04"], "the date of the file's name is kept");
    let mut printed: Vec<&str> = ran.out.lines().collect();
    let mut there = ids(&listed);
    printed.sort_unstable();
    there.sort_unstable();
    assert_eq!(printed, there, "ids are printed, one a line");
    assert!(practice.run(["seal"]).expect(0).err.contains("Nothing to seal"));
}

#[test]
fn keep_leaves_the_clear_file() {
    let practice = Practice::with_client();
    let clear = practice.home().join("note.md");
    fs::write(&clear, "---\nclient: a7\n---\nText.\n").unwrap();
    practice.run(["seal", "note.md", "--keep"]).expect(0);
    assert_eq!(fs::read_to_string(&clear).unwrap(), "---\nclient: a7\n---\nText.\n");
    assert_eq!(practice.list(["a7"]).len(), 1);
}

#[test]
fn a_clear_file_in_a_process_folder_becomes_a_process_note_whatever_it_calls_itself() {
    let practice = Practice::with_client();
    let clear = practice.vault().join("clients/a7/process/2026-03-02.md");
    fs::write(&clear, "---\nkind: session\n---\nHeron in the reeds.\n").unwrap();
    let id = practice.run(["seal"]).expect(0).out.trim().to_owned();
    let sealed = practice.vault().join(format!("clients/a7/process/{id}.md.age"));
    let key = practice.age_key(&practice.identity(), "clients/a7/process");
    assert!(practice.age_open(&key, &sealed).expect(0).out.contains("Heron"));
    assert!(!clear.exists() && practice.list(["a7"]).is_empty());
}

#[test]
fn a_process_note_in_the_charts_folder_goes_under_the_process_key() {
    let practice = Practice::with_client();
    let clear = practice.vault().join("clients/a7/thoughts.md");
    fs::write(&clear, "---\nkind: process\ndate: 2026-03-02\n---\nHeron in the reeds.\n").unwrap();
    let id = practice.run(["seal"]).expect(0).out.trim().to_owned();
    assert!(
        practice.vault().join(format!("clients/a7/process/{id}.md.age")).is_file(),
        "a process note fell to the chart"
    );
}

#[test]
fn files_that_cannot_be_sealed_stay_and_the_others_are_sealed() {
    let practice = Practice::with_client();
    let drafts = practice.drafts();
    fs::write(drafts.join("homeless.md"), "No client here.\n").unwrap();
    fs::write(drafts.join("ok.md"), "---\nclient: a7\n---\nText.\n").unwrap();
    fs::write(drafts.join("unknown.md"), "---\nclient: zz\n---\nText.\n").unwrap();
    let ran = practice.run(["seal"]).expect(1);
    assert!(
        drafts.join("homeless.md").exists() && drafts.join("unknown.md").exists() && !drafts.join("ok.md").exists()
    );
    for name in ["homeless.md", "unknown.md"] {
        assert!(ran.err.contains(name), "{name}: {}", ran.err);
    }
    assert_eq!(practice.list(["a7"]).len(), 1);
    practice.run(["seal", "no-such-file.md"]).refused(6, &["no-such-file.md"]);
}

#[test]
fn a_clear_file_larger_than_a_note_may_be_stays() {
    let practice = Practice::with_client();
    let clear = practice.drafts().join("big.md");
    fs::write(&clear, format!("---\nclient: a7\n---\n{}\n", "x".repeat(5 * 1024 * 1024))).unwrap();
    practice.run(["seal"]).expect(1);
    assert!(clear.exists());
    assert!(practice.list(["a7"]).is_empty());
}

#[test]
fn a_draft_that_carries_the_id_of_a_note_becomes_its_next_version() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
    let text = practice.raw(&id).replace("First words.", "Second words.");
    fs::write(practice.drafts().join("again.md"), text).unwrap();
    practice.run(["seal"]).expect(0);
    assert_eq!(ids(&practice.list(["a7"])), [id.as_str()]);
    let text = practice.raw(&id);
    assert!(text.contains("Second words.") && text.contains("rev: 2"), "{text}");
    assert!(practice.vault().join(format!("clients/a7/history/{id}")).is_dir());
}

#[test]
fn a_clear_note_is_listed_and_reported_until_it_is_sealed() {
    let practice = Practice::with_client();
    fs::write(practice.vault().join("clients/a7/2026-03-02.md"), "---\nattendance: attended\n---\nText.\n").unwrap();
    assert_eq!(dates(&practice.list(["a7"])), ["2026-03-02"]);
    let ran = practice.run(["check", "--json"]).expect(1).json();
    assert!(ran["problems"].as_array().unwrap().iter().any(|problem| problem["rule"] == "clear-file"), "{ran}");
    practice.run(["seal"]).expect(0);
    assert_eq!(practice.run(["check", "--json"]).expect(0).json()["problems"], serde_json::json!([]));
}

#[test]
fn the_drafts_folder_of_the_config_is_the_one_that_is_emptied() {
    let practice = Practice::with_client();
    let config = practice.home().join("config/throughline/config.toml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, format!("{text}drafts = \"~/mine\"\n")).unwrap();
    fs::create_dir(practice.home().join("mine")).unwrap();
    fs::write(practice.home().join("mine/one.md"), "---\nclient: a7\n---\nText.\n").unwrap();
    practice.run(["seal"]).expect(0);
    assert_eq!(practice.files(&practice.home().join("mine")), []);
    assert_eq!(practice.list(["a7"]).len(), 1);
}

#[test]
fn a_draft_that_carries_the_id_of_a_signed_note_is_refused_and_stays() {
    let practice = Practice::with_client();
    let signed =
        "---\ndate: 2026-03-02\nattendance: attended\nstatus: signed\nsigned_at: 2026-03-02\n---\nFirst words.\n";
    let id = practice.note(signed);
    let clear = practice.drafts().join("again.md");
    fs::write(&clear, practice.raw(&id).replace("First words.", "Second words.")).unwrap();
    let ran = practice.run(["seal"]).expect(1);
    assert!(ran.err.contains("signed"), "{}", ran.err);
    assert!(clear.exists());
    assert!(practice.raw(&id).contains("First words."));
}

#[test]
fn a_text_that_names_another_client_than_its_folder_is_sealed_and_said() {
    let practice = Practice::with_client();
    practice.run(["client", "add", "b2"]).expect(0);
    let warned = |err: &str, id: &str| {
        let warning = format!("warning: note {id} names another client than its folder `b2`: `client: a7`");
        assert_eq!(err.matches(&warning).count(), 1, "{err}");
    };
    let text = "---\nclient: a7\ndate: 2026-03-02\n---\nText.\n";
    let clear = practice.vault().join("clients/b2/x.md");
    fs::write(&clear, text).unwrap();
    let ran = practice.run(["seal"]).expect(0);
    let id = ran.out.trim();
    warned(&ran.err, id);
    let ran = practice.run_with(["new", "b2", "--from-stdin"], text.as_bytes()).expect(0);
    warned(&ran.err, ran.out.trim());
    fs::write(&clear, practice.raw(id).replace("client: b2", "client: a7").replace("Text.", "More.")).unwrap();
    let ran = practice.run(["seal"]).expect(0);
    assert_eq!(ran.out.trim(), id, "the next version of the same note");
    warned(&ran.err, id);
    assert_eq!((practice.list(["a7"]).len(), practice.list(["b2"]).len()), (0, 2), "the folder counts");
    let ran = practice.run_with(["new", "b2", "--from-stdin"], text.replace("a7", "b2").as_bytes()).expect(0);
    assert!(!ran.err.contains("warning"), "{}", ran.err);
}

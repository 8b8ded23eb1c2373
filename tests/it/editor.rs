//! `edit` and `new` in an editor: what is kept, what never reaches a disk, what happens when the editor fails.

use crate::hand::ids;
use crate::practice::{Practice, Ran, require};
use sha2::{Digest, Sha256};
use std::fs;

const CANARY: &str = "zanzibarword";

/// A practice with one session of client a7.
fn with_note() -> (Practice, String) {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
    (practice, id)
}

#[test]
fn an_edit_keeps_the_earlier_version_and_counts_one_up() {
    let (practice, id) = with_note();
    let earlier = fs::read(practice.sealed(&id)).unwrap();
    practice.editing(["edit", &id], CANARY).expect(0);
    let text = practice.raw(&id);
    assert!(text.contains("rev: 2") && text.contains("First words.\n") && text.contains(CANARY), "{text}");
    let hash: String = Sha256::digest(&earlier).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let kept = practice.vault().join(format!("clients/a7/history/{id}/{hash}.md.age"));
    assert_eq!(fs::read(&kept).expect("the earlier version"), earlier);
    let key = practice.age_key(&practice.identity(), "clients/a7");
    assert!(practice.age_open(&key, &kept).expect(0).out.contains("rev: 1"));
    fs::remove_file(key).unwrap();
    practice.editing(["edit", &id], "More.").expect(0);
    assert!(practice.raw(&id).contains("rev: 3"));
    assert_eq!(fs::read_dir(kept.parent().unwrap()).unwrap().count(), 2);
    assert_eq!(practice.list(["a7"]).len(), 1, "history is not listed");
    practice.nowhere_in_the_clear(CANARY);
}

#[test]
fn text_that_did_not_change_writes_nothing() {
    let (practice, id) = with_note();
    let before = practice.files(&practice.vault());
    practice.run(["edit", &id, "--editor", "true"]).expect(0);
    practice.run(["edit", &id, "--editor", "touch"]).expect(0);
    assert_eq!(practice.files(&practice.vault()), before);
    assert!(!practice.memory().exists());
}

#[test]
fn an_editor_that_fails_or_is_missing_changes_nothing_and_leaves_nothing() {
    let (practice, id) = with_note();
    let failing = practice.script("failing", "echo zanzibarword > \"$TMPDIR/draft\"; exit 3");
    let failing = failing.to_str().unwrap();
    let before = practice.everything();
    practice.run(["edit", &id, "--editor", failing]).refused_with_hint(6, &["failing", "3"]);
    practice.run(["edit", &id, "--editor", "no-such-editor"]).refused_with_hint(6, &["no-such-editor"]);
    practice.run(["edit", &id, "--editor", "vim 'open"]).refused(2, &["quotation mark"]);
    practice.run(["new", "a7", "--editor", failing]).refused_with_hint(6, &["failing"]);
    practice.run(["new", "a7", "--editor", "no-such-editor"]).refused_with_hint(6, &["no-such-editor"]);
    assert_eq!(practice.everything(), before);
    fs::remove_file(failing).unwrap();
    practice.nowhere_in_the_clear(CANARY);
}

#[test]
fn a_signed_note_is_not_edited_and_the_editor_is_not_started() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nstatus: signed\nattendance: attended\n---\nFinal.\n");
    let editor = practice.script("editor", "touch \"$HOME/started\"");
    let before = practice.files(&practice.vault());
    let ran = practice.run(["edit", &id, "--editor", editor.to_str().unwrap()]);
    ran.refused_with_hint(5, &[&id, "signed"]);
    assert_eq!(practice.files(&practice.vault()), before);
    assert!(!practice.home().join("started").exists());
}

#[test]
fn the_editor_sees_the_note_in_memory_closed_to_others() {
    let (practice, id) = with_note();
    let look = "stat -f -c %T \"$1\" > seen; stat -c %a \"$1\" >> seen; stat -c %a \"$(dirname \"$1\")\" >> seen\n\
                echo \"$1\" >> seen; cp \"$1\" text";
    let editor = practice.script("editor", look);
    // The copy that this editor leaves is found, and said.
    practice.run(["edit", &id, "--editor", editor.to_str().unwrap()]).expect(1);
    let seen = fs::read_to_string(practice.home().join("seen")).unwrap();
    let seen: Vec<&str> = seen.lines().collect();
    assert_eq!(seen[..3], ["tmpfs", "600", "700"]);
    let (folder, name) = seen[3].rsplit_once('/').unwrap();
    assert!(folder.starts_with(practice.memory().to_str().unwrap()), "{seen:?}");
    let random = name.strip_prefix("a7-2026-03-02-").and_then(|rest| rest.strip_suffix(".md")).expect(name);
    assert!(random.len() == 8 && random.chars().all(char::is_alphanumeric), "{name}");
    let text = fs::read_to_string(practice.home().join("text")).unwrap();
    let mark = text.strip_prefix(&practice.raw(&id)).expect("the note, then a line of this program's");
    assert!(mark.starts_with("<!-- throughline:mark ") && mark.ends_with(" -->\n") && mark.lines().count() == 1);
    assert!(!practice.memory().exists());
}

#[test]
fn flag_config_visual_editor_is_the_order_in_which_an_editor_is_chosen() {
    let (practice, id) = with_note();
    let editor = |name: &str| practice.script(name, &format!("echo {name} > chosen")).to_str().unwrap().to_owned();
    let (flag, config, visual, plain) = (editor("flag"), editor("config-one"), editor("visual"), editor("plain"));
    let chosen = |flags: &[&str], set: &[(&str, &str)]| {
        let run = practice.command().args(["edit", &id]).args(flags).envs(set.iter().copied()).output();
        Ran::of(run.unwrap()).expect(0);
        fs::read_to_string(practice.home().join("chosen")).unwrap().trim().to_owned()
    };
    let both = [("VISUAL", visual.as_str()), ("EDITOR", plain.as_str())];
    assert_eq!(chosen(&[], &both[1..]), "plain");
    assert_eq!(chosen(&[], &both), "visual");
    let file = practice.home().join("config/throughline/config.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("editor = \"{config}\"\n{text}")).unwrap();
    assert_eq!(chosen(&[], &both), "config-one");
    assert_eq!(chosen(&["--editor", &flag], &both), "flag");
}

#[test]
fn a_new_note_begins_with_what_is_known_and_keeps_nothing_that_was_not_written() {
    let practice = Practice::with_client();
    practice.note(
        "---\ndate: 2026-03-02\nattendance: attended\nphq9: 11\nrisk: low\n---\nText.\n\n\
         > [!plan] Look at the sleep diary.\n\n- [ ] me: ask the clinic\n- [ ] client: sleep diary\n",
    );
    let before = practice.files(&practice.vault());
    let copy = practice.script("copy", "cp \"$1\" beginning");
    let ran = practice.run(["new", "a7", "--date", "2026-03-09", "--editor", copy.to_str().unwrap()]).expect(1);
    assert_eq!(ran.out, "");
    assert_eq!(practice.files(&practice.vault()), before);
    let text = fs::read_to_string(practice.home().join("beginning")).unwrap();
    for part in
        ["date: 2026-03-09", "- [ ] me: ask the clinic", "- [ ] client: sleep diary", "Look at the sleep diary."]
    {
        assert!(text.contains(part), "`{part}` is not in:\n{text}");
    }
    for part in ["phq9", "risk", "attended", "11"] {
        assert!(!text.contains(part), "`{part}` was prefilled:\n{text}");
    }
    let ran = practice.editing(["new", "a7", "--date", "2026-03-09", "--format", "soap"], CANARY).expect(0);
    let text = practice.raw(ran.out.trim());
    for part in ["date: 2026-03-09", "Subjective", "Objective", "Assessment", "Plan", CANARY, "client: a7"] {
        assert!(text.contains(part), "`{part}` is not in:\n{text}");
    }
    practice.nowhere_in_the_clear(CANARY);
}

#[test]
fn a_new_note_can_be_written_where_the_vault_cannot_be_opened() {
    let practice = Practice::with_client();
    practice.without_identity();
    let ran = practice.editing(["new", "a7"], CANARY).expect(0);
    assert!(practice.sealed(ran.out.trim()).is_file());
}

#[test]
fn two_edits_at_once_are_both_kept() {
    let (practice, id) = with_note();
    let program = env!("CARGO_BIN_EXE_throughline");
    let nested =
        format!("\"{program}\" edit {id} --editor 'sed -i s/First/Second/'; echo $? > second; echo Mine. >> \"$1\"");
    let editor = practice.script("nesting", &nested);
    let ran = practice.run(["edit", &id, "--editor", editor.to_str().unwrap()]).expect(1);
    assert!(ran.err.contains("meanwhile"), "{}", ran.err);
    assert_eq!(fs::read_to_string(practice.home().join("second")).unwrap().trim(), "0");
    let texts: Vec<String> = ids(&practice.list(["a7"])).iter().map(|id| practice.raw(id)).collect();
    assert_eq!(texts.len(), 2);
    assert!(texts.iter().any(|text| text.contains("Second words.")), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("First words.") && text.contains("Mine.")), "{texts:?}");
    assert!(!practice.memory().exists());
}

#[test]
fn a_note_that_changed_meanwhile_is_kept_in_both_versions() {
    let (practice, id) = with_note();
    let recipients = practice.vault().join("clients/a7/.age-recipients");
    let sealed = practice.sealed(&id);
    let meanwhile = format!(
        "printf 'Other words.' | age -R '{}' > other.age && mv other.age '{}'; echo Mine. >> \"$1\"",
        recipients.display(),
        sealed.display()
    );
    require("age");
    let editor = practice.script("meanwhile", &meanwhile);
    let ran = practice.run(["edit", &id, "--editor", editor.to_str().unwrap()]).expect(1);
    assert!(ran.err.contains("meanwhile"), "{}", ran.err);
    let texts: Vec<String> = ids(&practice.list(["a7"])).iter().map(|id| practice.raw(id)).collect();
    assert_eq!(texts.len(), 2);
    assert!(texts.iter().any(|text| text.contains("Other words.")), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("First words.") && text.contains("Mine.")), "{texts:?}");
}

#[test]
fn what_a_killed_edit_left_is_dealt_with_by_the_next() {
    let (practice, id) = with_note();
    let killing = practice.script("killing", "printf '%s\\n' \"$CANARY\" >> \"$1\"; kill -9 $PPID");
    let killed = practice.command().args(["edit", &id]).env("EDITOR", &killing).env("CANARY", CANARY).output().unwrap();
    assert!(!killed.status.success());
    practice.editing(["edit", &id], "After.").expect(0);
    assert!(practice.raw(&id).contains("After."));
    assert!(!practice.memory().exists());
    let texts: Vec<String> = ids(&practice.list(["a7"])).iter().map(|id| practice.raw(id)).collect();
    assert!(texts.iter().any(|text| text.contains(CANARY)), "what was typed before the kill is lost");
}

#[test]
fn vim_driven_by_arguments_edits_and_leaves_no_copy() {
    require("vim");
    let (practice, id) = with_note();
    practice.run(["edit", &id, "--editor", "vim -c 'normal GoAddedByVim' -c wq"]).expect(0);
    assert!(practice.raw(&id).contains("AddedByVim"));
    practice.nowhere_in_the_clear("First words");
    practice.nowhere_in_the_clear("AddedByVim");
}

#[test]
fn vim_on_a_terminal_leaves_no_copy_though_its_owner_wants_backups_undo_and_history() {
    require("vim");
    let (practice, id) = with_note();
    for folder in ["backup", "undo", "swap"] {
        fs::create_dir(practice.home().join(folder)).unwrap();
    }
    let settings = "set nocompatible backup writebackup undofile swapfile viminfo='100,n~/.viminfo\n\
                    set backupdir=~/backup undodir=~/undo directory=~/swap updatecount=1\n";
    fs::write(practice.home().join(".vimrc"), settings).unwrap();
    let dialogue =
        format!("await {{First words}}\nsend -- \"Go{CANARY}\\033\"\nawait {{{CANARY}}}\nsend -- \":wq\\r\"");
    practice.on_terminal(&format!("\"$PROGRAM\" edit {id} --editor vim"), &dialogue).expect(0);
    assert!(practice.raw(&id).contains(CANARY));
    practice.nowhere_in_the_clear(CANARY);
    practice.nowhere_in_the_clear("First words");
}

//! `desk`: notes as files for any editor. Every save is sealed, nothing is written twice, nothing is lost, nothing stays.

use crate::desk_run::{DeskRun, gone};
use crate::hand::{dates, ids};
use crate::practice::{Practice, require};
use crate::served::{signal, until};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

pub const PATH: &str = "a7/2026-03-02-1.md";

/// A practice with one session of client a7.
pub fn with_note() -> (Practice, String) {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\nSecond line.\n");
    (practice, id)
}

/// Waits until a note's sealed text holds something.
#[track_caller]
pub fn sealed(practice: &Practice, id: &str, text: &str) {
    until(&format!("`{text}` is sealed"), || practice.raw(id).contains(text).then_some(()));
}

/// Waits until so many notes are listed, and gives their ids, oldest first.
#[track_caller]
pub fn listed(practice: &Practice, count: usize) -> Vec<String> {
    until(&format!("{count} notes are there"), || {
        let notes = practice.list(["a7"]);
        (notes.len() == count).then(|| ids(&notes).into_iter().map(str::to_owned).collect())
    })
}

fn versions(practice: &Practice, id: &str) -> usize {
    fs::read_dir(practice.vault().join(format!("clients/a7/history/{id}"))).into_iter().flatten().count()
}

#[test]
fn notes_lie_in_memory_under_readable_names_closed_to_others_and_signed_ones_read_only() {
    let (practice, id) = with_note();
    practice.note("---\ndate: 2026-03-09\nattendance: no-show\nstatus: signed\n---\nSigned.\n");
    practice.note("---\nkind: intake\ndate: 2026-02-20\n---\nBegin.\n");
    practice.note("---\nkind: client\nopened: 2026-02-20\n---\n");
    practice.note("---\nkind: process\ndate: 2026-03-02\n---\nHeron.\n");
    let desk = DeskRun::start(&practice, &[]);
    assert_eq!(desk.files(), ["a7/2026-02-20-intake.md", PATH, "a7/2026-03-09-2.md", "a7/client.md"]);
    let mode = |path: &str| desk.file(path).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(PATH), mode("a7/2026-03-09-2.md"), mode("a7"), mode("")), (0o600, 0o400, 0o700, 0o700));
    assert!(desk.text(PATH).starts_with(&practice.raw(&id)), "the file begins with the note's text");
    let found = Command::new("stat").args(["-f", "-c", "%T"]).arg(desk.folder()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&found.stdout).trim(), "tmpfs");
    let (status, _) = desk.end("INT");
    assert_eq!(status.code(), Some(130));
    assert!(!practice.memory().exists());
}

#[test]
fn a_save_by_any_means_becomes_the_next_version_and_one_sitting_leaves_one_in_the_history() {
    let (practice, id) = with_note();
    let desk = DeskRun::start(&practice, &[]);
    desk.add(PATH, "By appending.");
    sealed(&practice, &id, "By appending.");
    fs::write(desk.file(PATH), desk.text(PATH) + "By truncating.\n").unwrap();
    sealed(&practice, &id, "By truncating.");
    fs::write(desk.file("a7/new.tmp"), desk.text(PATH) + "By renaming.\n").unwrap();
    fs::rename(desk.file("a7/new.tmp"), desk.file(PATH)).unwrap();
    sealed(&practice, &id, "By renaming.");
    let text = desk.text(PATH);
    fs::rename(desk.file(PATH), desk.file("a7/2026-03-02-1.md~")).unwrap();
    fs::write(desk.file("a7/4913"), "").unwrap();
    fs::remove_file(desk.file("a7/4913")).unwrap();
    fs::write(desk.file(PATH), text + "By a backup and a new file.\n").unwrap();
    fs::remove_file(desk.file("a7/2026-03-02-1.md~")).unwrap();
    sealed(&practice, &id, "By a backup and a new file.");
    assert_eq!(listed(&practice, 1), std::slice::from_ref(&id), "one note, not several");
    assert_eq!(versions(&practice, &id), 1);
    assert!(practice.raw(&id).contains("rev: 5"));
    desk.end("INT");
}

#[test]
fn vim_with_backups_and_undo_saves_on_the_desk_again_and_again() {
    require("vim");
    let (practice, id) = with_note();
    let desk = DeskRun::start(&practice, &[]);
    let file = desk.file(PATH);
    let settings = "set nocompatible backup writebackup backupcopy=no";
    for round in 1..4 {
        let vim = ["-u", "NONE", "-c", settings, "-c", &format!("normal GoRound {round}"), "-c", "wq"];
        let ran = Command::new("vim").args(vim).arg(&file).stdin(Stdio::null()).output().unwrap();
        assert!(ran.status.success());
        sealed(&practice, &id, &format!("Round {round}"));
    }
    listed(&practice, 1);
    let (_, said) = desk.end("INT");
    assert!(!said.contains("warning"), "{said}");
    assert!(!practice.memory().exists());
}

#[test]
fn a_new_file_becomes_a_note_once_however_often_it_is_saved() {
    let practice = Practice::with_client();
    let desk = DeskRun::start(&practice, &[]);
    fs::create_dir(desk.file("a7")).unwrap();
    fs::write(desk.file("a7/2026-03-04.md"), "Letters came. #letters\n").unwrap();
    let id = listed(&practice, 1).remove(0);
    assert_eq!(dates(&practice.list(["a7"])), ["2026-03-04"], "its name says the day");
    desk.add("a7/2026-03-04.md", "And more.");
    sealed(&practice, &id, "And more.");
    // Another hour under a name of its own, and one that drops what was written: nothing written goes.
    fs::write(desk.file("a7/2026-03-05.md"), "Another hour.\n").unwrap();
    listed(&practice, 2);
    fs::write(desk.file("a7/2026-03-04.md"), "Something else altogether.\n").unwrap();
    sealed(&practice, &id, "Something else");
    assert_eq!(versions(&practice, &id), 1, "what was written before is in the history");
    desk.end("INT");
    assert_eq!(listed(&practice, 2).len(), 2, "closing writes nothing twice");
}

#[test]
fn deleting_or_emptying_a_file_deletes_no_note() {
    let (practice, id) = with_note();
    let desk = DeskRun::start(&practice, &[]);
    fs::write(desk.file(PATH), "").unwrap();
    desk.hears("saved empty; the note stays");
    fs::remove_file(desk.file(PATH)).unwrap();
    desk.hears("is gone from the desk; the note stays");
    desk.end("INT");
    assert!(practice.raw(&id).contains("First words."));
    assert_eq!(versions(&practice, &id), 0);
}

#[test]
fn a_renamed_file_stays_the_same_note_and_a_copy_is_another_one() {
    let (practice, id) = with_note();
    let signed = practice.note("---\ndate: 2026-03-09\nattendance: attended\nstatus: signed\n---\nSigned words.\n");
    let desk = DeskRun::start(&practice, &[]);
    fs::rename(desk.file(PATH), desk.file("a7/renamed.md")).unwrap();
    desk.add("a7/renamed.md", "After the renaming.");
    sealed(&practice, &id, "After the renaming.");
    listed(&practice, 2);
    fs::write(desk.file("a7/copy.md"), desk.text("a7/2026-03-09-2.md")).unwrap();
    let copy = listed(&practice, 3).into_iter().find(|one| *one != id && *one != signed).unwrap();
    assert!(!practice.raw(&copy).contains("status: signed"), "a copy is not signed");
    assert!(practice.raw(&signed).contains("status: signed"));
    desk.end("INT");
}

#[test]
fn a_signed_note_that_is_saved_all_the_same_is_kept_as_a_draft_beside_it() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\nstatus: signed\n---\nFinal.\n");
    let before = fs::read(practice.sealed(&id)).unwrap();
    let desk = DeskRun::start(&practice, &[]);
    let text = desk.text(PATH).replace("Final.", "Not final.");
    fs::remove_file(desk.file(PATH)).unwrap();
    fs::write(desk.file(PATH), &text).unwrap();
    desk.hears("is signed and stays as it is");
    fs::write(desk.file(PATH), text.replace("Not final.", "Not final at all.")).unwrap();
    let draft = listed(&practice, 2).into_iter().find(|one| *one != id).unwrap();
    sealed(&practice, &draft, "Not final at all.");
    desk.end("INT");
    assert_eq!(fs::read(practice.sealed(&id)).unwrap(), before);
    assert!(!practice.raw(&draft).contains("status: signed"));
    listed(&practice, 2);
}

#[test]
fn a_note_that_changes_elsewhere_is_renewed_or_kept_in_both_versions() {
    let (practice, id) = with_note();
    let desk = DeskRun::start(&practice, &[]);
    practice.run(["edit", &id, "--editor", "sed -i s/First/Other/"]).expect(0);
    until("the file is renewed", || desk.text(PATH).contains("Other words.").then_some(()));
    // The keys' process cannot seal while another writer has the lock: so both have changed when it looks.
    let lock = fs::File::options().write(true).create(true).truncate(false).open(practice.vault_state().join("lock"));
    let lock = lock.unwrap();
    lock.lock().unwrap();
    desk.add(PATH, "Mine.");
    require("age");
    let recipients = practice.vault().join("clients/a7/.age-recipients");
    let other = practice.home().join("other.age");
    practice.age_seal(&recipients, "---\nrev: 9\n---\nTheirs.", &other);
    fs::rename(other, practice.sealed(&id)).unwrap();
    drop(lock);
    let both = listed(&practice, 2);
    let texts: Vec<String> = both.iter().map(|id| practice.raw(id)).collect();
    assert!(texts.iter().any(|text| text.contains("Mine.")) && texts.iter().any(|text| text.contains("Theirs.")));
    desk.hears("changed elsewhere meanwhile");
    desk.end("INT");
}

#[test]
fn after_a_lock_the_keys_are_gone_the_folder_is_empty_and_a_late_save_is_sealed_and_then_put_in_its_place() {
    let (practice, id) = with_note();
    let desk = DeskRun::start(&practice, &[]);
    let (keeper, text) = (desk.keeper().unwrap(), desk.text(PATH));
    signal(desk.parent(), "USR1");
    desk.hears("Locked.");
    gone(keeper);
    assert_eq!(desk.files(), Vec::<String>::new());
    practice.without_identity();
    for words in ["Late words.", "Late words, mended."] {
        fs::write(desk.file(PATH), text.replace("First words.", words)).unwrap();
        until("the clear file is taken", || desk.files().is_empty().then_some(()));
    }
    desk.end("TERM");
    fs::rename(practice.home().join("identity-elsewhere"), practice.identity()).unwrap();
    let both = listed(&practice, 2);
    let late = both.iter().find(|one| **one != id).unwrap();
    assert!(practice.raw(late).contains("Late words, mended.") && practice.raw(&id).contains("First words."));
    let problems = practice.run(["check", "--json"]).expect(0).json();
    assert!(problems["problems"].as_array().unwrap().iter().any(|problem| problem["rule"] == "late-save"));
    let desk = DeskRun::start(&practice, &[]);
    assert!(desk.text(PATH).contains("Late words, mended."));
    desk.end("INT");
    assert_eq!(listed(&practice, 1), std::slice::from_ref(&id));
    assert_eq!(versions(&practice, &id), 1, "what was there before the late save is kept");
}

#[test]
fn a_parent_that_is_killed_leaves_a_desk_that_is_sealed_and_empty() {
    let (practice, id) = with_note();
    let desk = DeskRun::start(&practice, &[]);
    let keeper = desk.keeper().unwrap();
    desk.add(PATH, "Last words.");
    signal(desk.parent(), "KILL");
    gone(keeper);
    assert!(practice.raw(&id).contains("Last words."));
    assert_eq!(desk.files(), Vec::<String>::new());
}

#[test]
fn what_both_killed_processes_leave_is_sealed_by_the_next_desk_as_the_notes_next_version() {
    let (practice, id) = with_note();
    let desk = DeskRun::start(&practice, &[]);
    let keeper = desk.keeper().unwrap();
    signal(desk.parent(), "STOP");
    signal(keeper, "STOP");
    desk.add(PATH, "Unsealed words.");
    fs::write(desk.file("a7/2026-03-05.md"), "A new one.\n").unwrap();
    fs::write(desk.file("a7/.2026-03-05.md.swp"), "swap").unwrap();
    signal(keeper, "KILL");
    signal(desk.parent(), "KILL");
    gone(keeper);
    gone(desk.parent());
    assert_eq!(desk.files().len(), 3);
    let desk = DeskRun::start(&practice, &[]);
    assert!(desk.text(PATH).contains("Unsealed words."));
    desk.end("INT");
    let both = listed(&practice, 2);
    assert!(practice.raw(&id).contains("Unsealed words.") && both.contains(&id));
    assert!(!practice.memory().exists());
}

#[test]
fn a_keeper_that_is_killed_is_a_lock_and_nothing_is_sealed_that_was_only_lying_there() {
    let (practice, id) = with_note();
    practice.note("---\ndate: 2026-03-09\nattendance: attended\n---\nUntouched.\n");
    let desk = DeskRun::start(&practice, &[]);
    let keeper = desk.keeper().unwrap();
    signal(keeper, "STOP");
    desk.add(PATH, "Half way.");
    signal(keeper, "KILL");
    desk.hears("Locked.");
    until("the desk is empty", || desk.files().is_empty().then_some(()));
    let all = listed(&practice, 3);
    assert!(all.iter().any(|one| *one != id && practice.raw(one).contains("Half way.")));
    desk.end("TERM");
}

#[test]
fn two_desks_of_a_vault_do_not_fight_and_the_path_stays_the_same() {
    let (practice, _) = with_note();
    let desk = DeskRun::start(&practice, &[]);
    let folder = desk.folder().display().to_string();
    practice.run(["desk"]).refused_with_hint(6, &["desk", &folder]);
    assert_eq!(desk.files(), [PATH]);
    desk.end("INT");
    let again = DeskRun::start(&practice, &[]);
    assert_eq!(again.folder().display().to_string(), folder);
}

#[test]
fn a_desk_for_a_time_ends_by_itself_after_a_warning() {
    let (practice, id) = with_note();
    let mut desk = DeskRun::start(&practice, &["--for", "2s"]);
    desk.add(PATH, "In time.");
    until("the desk ends", || (!desk.still_runs()).then_some(()));
    assert!(desk.said().contains("This closes in"), "{}", desk.said());
    assert!(practice.raw(&id).contains("In time."));
    assert!(!practice.memory().exists());
}

#[test]
fn only_the_clients_that_were_named_are_laid_out_and_process_notes_only_when_asked_for() {
    let (practice, _) = with_note();
    practice.run(["client", "add", "b2"]).expect(0);
    practice.run_with(["new", "b2", "--from-stdin"], b"---\ndate: 2026-03-03\n---\nB.\n").expect(0);
    practice.note("---\nkind: process\ndate: 2026-03-02\n---\nHeron.\n");
    let desk = DeskRun::start(&practice, &["a7", "--with-process"]);
    assert_eq!(desk.files(), [PATH, "a7/process/2026-03-02.md"]);
    fs::write(desk.file("a7/process/2026-03-03.md"), "Reeds.\n").unwrap();
    desk.hears("a7/process/2026-03-03.md is sealed as the new note");
    desk.end("INT");
    let process = fs::read_dir(practice.vault().join("clients/a7/process")).unwrap().flatten();
    let notes = process.filter(|entry| entry.file_name().to_string_lossy().ends_with(".md.age")).count();
    assert_eq!(notes, 2, "a process note fell to the chart");
    practice.run(["desk", "zz"]).refused(7, &["zz"]);
}

#[test]
fn a_text_of_any_name_is_kept_when_the_desk_closes_and_one_without_a_client_stays_and_is_said() {
    let practice = Practice::with_client();
    let desk = DeskRun::start(&practice, &[]);
    fs::create_dir_all(desk.file("a7")).unwrap();
    fs::write(desk.file("a7/scribble"), "No ending.\n").unwrap();
    fs::write(desk.file("a7/.scribble.swp"), "swap").unwrap();
    fs::write(desk.file("homeless.md"), "No client here.\n").unwrap();
    desk.hears("homeless.md is not sealed");
    let (status, said) = desk.end("INT");
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("could not be sealed is still in"), "{said}");
    assert!(practice.raw(&listed(&practice, 1)[0]).contains("No ending."));
    let left = practice.memory().join("desk/homeless.md");
    assert_eq!(fs::read_to_string(&left).unwrap(), "No client here.\n");
    // With a client it is sealed by the next desk.
    fs::write(&left, "---\nclient: a7\n---\nNo client here.\n").unwrap();
    let desk = DeskRun::start(&practice, &[]);
    listed(&practice, 2);
    desk.end("INT");
    assert!(!practice.memory().exists());
}

#[test]
fn when_the_desk_closes_copies_that_an_editor_left_are_named_and_none_is_said_where_there_are_none() {
    let (practice, _) = with_note();
    let desk = DeskRun::start(&practice, &[]);
    let (status, said) = desk.end("INT");
    assert!(said.contains("none in") && said.contains("known places"), "{said}");
    assert_eq!(status.code(), Some(130));
    let desk = DeskRun::start(&practice, &[]);
    let backup = practice.home().join("backup");
    fs::create_dir(&backup).unwrap();
    fs::copy(desk.file(PATH), backup.join("x.md")).unwrap();
    let undo = format!("%dev%shm%throughline-{}%desk%a7%2026-03-02-1.md", practice.vault_id());
    fs::create_dir_all(practice.home().join(".vim/undo")).unwrap();
    fs::write(practice.home().join(".vim/undo").join(&undo), "changed lines").unwrap();
    let (status, said) = desk.end("INT");
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("backup/x.md holds a copy") && said.contains(&undo), "{said}");
}

#[test]
fn what_is_saved_while_the_vault_is_away_is_sealed_when_it_is_back() {
    let (practice, id) = with_note();
    let desk = DeskRun::start(&practice, &[]);
    let elsewhere = practice.home().join("elsewhere");
    fs::rename(practice.vault(), &elsewhere).unwrap();
    desk.add(PATH, "While it was away.");
    desk.hears("is not sealed");
    fs::rename(&elsewhere, practice.vault()).unwrap();
    sealed(&practice, &id, "While it was away.");
    let (_, said) = desk.end("INT");
    assert!(!said.contains("could not be sealed is still in"), "{said}");
    assert_eq!(listed(&practice, 1), std::slice::from_ref(&id));
}

//! What `new` and `edit` do around the editor: problems before sealing, two files at once, texts left by killed runs.

use crate::hand::ids;
use crate::practice::{Practice, Ran, require};
use crate::served::until;
use std::fs;
use std::path::PathBuf;

const CANARY: &str = "zanzibarword";

/// A practice with one session of client a7.
fn with_note() -> (Practice, String) {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
    (practice, id)
}

/// An editor that breaks the date the first time and mends it the second.
fn slipping(practice: &Practice) -> PathBuf {
    let slip = "if [ -e \"$HOME/slipped\" ]; then sed -i 's|^date: .*|date: 2026-03-03|' \"$1\"\n\
                else sed -i 's|^date: .*|date: 03/02/2026|' \"$1\"; touch \"$HOME/slipped\"; fi";
    practice.script("slipping", slip)
}

#[test]
fn a_problem_is_shown_before_sealing_and_can_be_mended() {
    let (practice, id) = with_note();
    let command = format!("\"$PROGRAM\" edit {id} --editor '{}'", slipping(&practice).display());
    let ran = practice.on_terminal(&command, "answer {edit again} {}").expect(0);
    assert!(ran.out.contains("line 5, column 7"), "where the user saw it: {}", ran.out);
    assert!(practice.raw(&id).contains("date: 2026-03-03"));
    assert!(practice.raw(&id).contains("rev: 2"), "one version for one sitting");
}

#[test]
fn a_problem_can_be_sealed_as_it_is_and_a_text_can_be_let_go_of_after_a_second_question() {
    let (practice, id) = with_note();
    let command = format!("\"$PROGRAM\" edit {id} --editor '{}'", slipping(&practice).display());
    practice.on_terminal(&command, "answer {edit again} s").expect(0);
    assert!(practice.raw(&id).contains("date: 03/02/2026"));
    fs::remove_file(practice.home().join("slipped")).unwrap();
    let before = practice.files(&practice.vault());
    let more = practice.script("more", "echo More. >> \"$1\"");
    let command = format!("\"$PROGRAM\" edit {id} --editor '{}'", more.display());
    practice.on_terminal(&command, "answer {edit again} d\nanswer {Discard what you wrote?} y").expect(0);
    assert_eq!(practice.files(&practice.vault()), before);
    assert!(!practice.memory().exists());
}

#[test]
fn without_a_terminal_a_problem_is_a_warning_and_the_text_is_sealed() {
    let (practice, id) = with_note();
    let editor = slipping(&practice);
    let ran = practice.run(["edit", &id, "--editor", editor.to_str().unwrap()]).expect(0);
    assert!(ran.err.contains("warning: line 5, column 7: "), "{}", ran.err);
    assert!(practice.raw(&id).contains("date: 03/02/2026"));
}

/// `new` and `edit` with an editor that saves and then says it failed.
fn failing(practice: &Practice, id: &str) -> [String; 2] {
    let failing = practice.script("failing", "echo More. >> \"$1\"; exit 3");
    ["new a7 --date 2026-03-09", &format!("edit {id}")]
        .map(|what| format!("exec \"$PROGRAM\" {what} --editor '{}'", failing.display()))
}

/// How many notes hold what that editor saved, once its folder is gone.
#[track_caller]
fn kept(practice: &Practice) -> usize {
    until("the folder is gone", || (!practice.memory().exists()).then_some(()));
    ids(&practice.list(["a7"])).iter().filter(|id| practice.raw(id).contains("More.")).count()
}

#[test]
fn an_editor_that_says_it_failed_is_asked_about_and_only_a_no_lets_go_of_what_it_had_saved() {
    let (practice, id) = with_note();
    let before = practice.files(&practice.vault());
    for command in failing(&practice, &id) {
        practice.on_terminal(&command, "answer {Keep what it had saved? [Y/n]} n").expect(6);
        assert_eq!(kept(&practice), 0);
    }
    assert_eq!(practice.files(&practice.vault()), before);
    for (at, command) in failing(&practice, &id).iter().enumerate() {
        practice.on_terminal(command, "answer {Keep what it had saved?} {}").expect(0);
        assert_eq!(kept(&practice), at + 1);
    }
}

#[test]
fn a_question_that_nobody_answers_keeps_what_an_editor_that_failed_had_saved() {
    let ends = [
        ("close\nwait\nexit 130", 130),
        ("exec kill -TERM [exp_pid]", 130),
        ("exec kill -HUP [exp_pid]", 130),
        ("send -- \"\\003\"", 130),
        ("send -- \"\\004\"", 1),
    ];
    for (end, code) in ends {
        let (practice, id) = with_note();
        for (at, command) in failing(&practice, &id).iter().enumerate() {
            practice.on_terminal(command, &format!("await {{Keep what it had saved?}}\n{end}")).expect(code);
            assert_eq!(kept(&practice), at + 1, "{end}: {command}");
        }
    }
}

#[test]
fn without_a_terminal_what_an_editor_that_failed_had_saved_is_kept_and_that_is_said() {
    let (practice, id) = with_note();
    for (at, command) in failing(&practice, &id).iter().enumerate() {
        let mut shell = practice.tool("setsid");
        shell.args(["sh", "-c", command]).env("PROGRAM", env!("CARGO_BIN_EXE_throughline"));
        let ran = Ran::of(shell.output().unwrap()).expect(1);
        let said = ran.err.lines().filter(|line| line.contains("what it had saved is kept")).count();
        assert_eq!((said, kept(&practice)), (1, at + 1), "{}", ran.err);
    }
}

#[test]
fn a_terminal_closed_at_the_question_whether_to_discard_keeps_the_text_and_starts_no_editor() {
    let (practice, id) = with_note();
    let slip = "echo started >> \"$HOME/started\"; sed -i 's|^date: .*|date: 03/02/2026|' \"$1\"; echo More. >> \"$1\"";
    let editor = practice.script("slip", slip);
    let command = format!("exec \"$PROGRAM\" edit {id} --editor '{}'", editor.display());
    let dialogue = "answer {edit again} d\nawait {Discard what you wrote?}\nexec kill -TERM [exp_pid]";
    practice.on_terminal(&command, dialogue).expect(130);
    assert_eq!(kept(&practice), 1);
    assert_eq!(fs::read_to_string(practice.home().join("started")).unwrap(), "started\n");
}

#[test]
fn what_an_editor_had_saved_before_it_crashed_is_kept() {
    let (practice, id) = with_note();
    let crashing = practice.script("crashing", "echo More. >> \"$1\"; kill -SEGV $$");
    let ran = practice.run(["edit", &id, "--editor", crashing.to_str().unwrap()]).expect(1);
    assert!(ran.err.contains("what it had saved is kept"), "{}", ran.err);
    assert!(practice.raw(&id).contains("More."));
}

#[test]
fn a_text_that_was_emptied_replaces_nothing() {
    let (practice, id) = with_note();
    let before = practice.files(&practice.vault());
    let ran = practice.run(["edit", &id, "--editor", "truncate -s 0"]).expect(1);
    assert!(ran.err.contains("empty"), "{}", ran.err);
    assert_eq!(practice.files(&practice.vault()), before);
}

#[test]
fn an_editor_that_takes_the_file_away_is_said_to_and_the_note_is_as_it_was() {
    let (practice, id) = with_note();
    let before = practice.files(&practice.vault());
    for arguments in [vec!["edit", &id], vec!["new", "a7"]] {
        let ran = practice.run(arguments.iter().chain(&["--editor", "rm"])).expect(1);
        assert!(ran.err.contains("the editor took the file away"), "{}", ran.err);
        assert!(!ran.err.contains("still in") && !ran.err.contains("error:"), "{}", ran.err);
        assert_eq!(practice.files(&practice.vault()), before);
        assert!(!practice.memory().exists());
    }
    let moving = practice.script("moving", "echo More. >> \"$1\"; mv \"$1\" \"$(dirname \"$1\")/other.md\"");
    let ran = practice.run(["edit", &id, "--editor", moving.to_str().unwrap()]).expect(1);
    assert!(ran.err.contains("what the editor left beside the note was sealed as"), "{}", ran.err);
    assert_eq!(kept(&practice), 1);
}

#[test]
fn a_session_and_its_process_note_are_written_side_by_side_and_sealed_apart() {
    let practice = Practice::with_client();
    let editor = practice.script("both", "[ $# = 2 ] || exit 9\necho Chart. >> \"$1\"; echo Dream. >> \"$2\"");
    let editor = editor.to_str().unwrap();
    let ran = practice.run(["new", "a7", "--with-process", "--date", "2026-03-02", "--editor", editor]).expect(0);
    let made: Vec<&str> = ran.out.lines().collect();
    assert_eq!(made.len(), 2, "{}", ran.out);
    assert!(practice.sealed(made[0]).is_file());
    assert!(practice.vault().join(format!("clients/a7/process/{}.md.age", made[1])).is_file());
    assert!(practice.raw(made[0]).contains("Chart.") && !practice.raw(made[0]).contains("Dream."));
    assert!(practice.raw(made[1]).contains("kind: process") && practice.raw(made[1]).contains("Dream."));
    let one = practice.script("one", "echo Chart. >> \"$1\"");
    let ran = practice.run(["new", "a7", "--with-process", "--editor", one.to_str().unwrap()]).expect(0);
    assert_eq!(ran.out.lines().count(), 1, "the one that was not written in is not kept");
    practice.run(["new", "a7", "--with-process", "--kind", "plan"]).refused(2, &["--with-process"]);
    assert!(!practice.memory().exists());
}

#[test]
fn a_process_note_stays_one_though_its_kind_was_taken_out_or_its_run_was_killed() {
    let practice = Practice::with_client();
    let untold = "sed -i '/^kind:/d' \"$1\"; echo Dream. >> \"$1\"";
    let editor = practice.script("untold", untold);
    let ran = practice.run(["new", "a7", "--kind", "process", "--editor", editor.to_str().unwrap()]).expect(0);
    let process = practice.vault().join("clients/a7/process");
    assert!(process.join(format!("{}.md.age", ran.out.trim())).is_file());
    let killing = practice.script("killing", &format!("{untold}\nkill -9 $PPID"));
    let killed = practice.command().args(["new", "a7", "--kind", "process"]).env("EDITOR", killing).output().unwrap();
    assert!(!killed.status.success());
    let ran = practice.run(["new", "a7", "--editor", "true"]).expect(0);
    let id = ran.err.split("was sealed as ").nth(1).expect("a recovered draft").split_whitespace().next().unwrap();
    assert!(process.join(format!("{id}.md.age")).is_file(), "{}", ran.err);
}

#[test]
fn a_text_that_was_sealed_is_not_sealed_again_wherever_its_run_was_killed_before_it_was_wiped() {
    require("strace");
    let (practice, id) = with_note();
    let writing = practice.script("writing", "echo More. >> \"$1\"");
    for arguments in [vec!["new", "a7", "--date", "2026-03-09"], vec!["edit", &id]] {
        let mut left = 0;
        for count in 1..20 {
            let copy = practice.copy();
            let kill = format!("inject=unlink,chmod,rmdir:signal=KILL:when={count}");
            let mut run = copy.tool("strace");
            run.args(["-o", "/dev/null", "-e", "trace=unlink,chmod,rmdir", "-e", &kill]);
            let run = run.arg(env!("CARGO_BIN_EXE_throughline")).args(&arguments).arg("--editor").arg(&writing);
            let ended = run.output().unwrap().status.success();
            left += usize::from(copy.memory().exists());
            copy.run(["edit", &id, "--editor", "true"]).expect(0);
            let texts: Vec<String> = ids(&copy.list(["a7"])).iter().map(|id| copy.raw(id)).collect();
            let kept = texts.iter().filter(|text| text.contains("More.")).count();
            assert!(kept == 1 || kept == 0 && !ended, "{arguments:?}, call {count}: {texts:?}");
            if ended {
                break;
            }
        }
        assert!(left > 0, "{arguments:?}: no run was killed before it had wiped");
    }
}

#[test]
fn a_beginning_that_nobody_wrote_in_is_no_note_after_a_kill() {
    let (practice, id) = with_note();
    let killing = practice.script("killing", "kill -9 $PPID");
    for arguments in [&["new", "a7"][..], &["edit", id.as_str()]] {
        let killed = practice.command().args(arguments).env("EDITOR", &killing).output().unwrap();
        assert!(!killed.status.success());
        assert!(practice.memory().exists());
        let before = practice.files(&practice.vault());
        practice.run(["edit", &id, "--editor", "true"]).expect(0);
        assert_eq!(practice.files(&practice.vault()), before);
        assert!(!practice.memory().exists());
    }
}

#[test]
fn a_text_that_cannot_be_sealed_stays_in_memory_and_is_sealed_by_the_next_run() {
    let (practice, id) = with_note();
    // The recipients change while the editor is open, so nothing may be sealed to them.
    let recipients = practice.vault().join("clients/a7/.age-recipients");
    let good = fs::read_to_string(&recipients).unwrap();
    let (_, stranger) = practice.stranger();
    let meanwhile = format!("echo '{stranger}' >> '{}'; echo {CANARY} >> \"$1\"", recipients.display());
    let editor = practice.script("meanwhile", &meanwhile);
    let ran = practice.run(["edit", &id, "--editor", editor.to_str().unwrap()]).expect(4);
    let folder = ran.err.split("your text is still in ").nth(1).expect("where it is").split(';').next().unwrap();
    assert!(folder.starts_with(practice.memory().to_str().unwrap()), "{folder}");
    fs::remove_file(editor).unwrap();
    fs::write(&recipients, good).unwrap();
    practice.run(["edit", &id, "--editor", "true"]).expect(0);
    let texts: Vec<String> = ids(&practice.list(["a7"])).iter().map(|id| practice.raw(id)).collect();
    assert_eq!(texts.iter().filter(|text| text.contains(CANARY)).count(), 1, "{texts:?}");
    practice.nowhere_in_the_clear(CANARY);
}

#[test]
fn without_memory_nothing_is_written_on_a_disk_unless_it_is_allowed_and_then_it_is_said() {
    require("unshare");
    let (practice, id) = with_note();
    let disk = practice.home().join("disk");
    fs::create_dir(&disk).unwrap();
    let editor = practice.script("look", "stat -f -c %T \"$1\" > seen; dirname \"$1\" >> seen; echo More. >> \"$1\"");
    let on_disk = |flags: &str| {
        let inside = format!(
            "mount --bind '{}' /dev/shm && exec '{}' edit {id} --editor '{}' {flags}",
            disk.display(),
            env!("CARGO_BIN_EXE_throughline"),
            editor.display()
        );
        Ran::of(practice.tool("unshare").args(["-rm", "sh", "-c", &inside]).output().unwrap())
    };
    let before = practice.files(&practice.vault());
    on_disk("").refused_with_hint(2, &["memory"]);
    assert_eq!(practice.files(&practice.vault()), before);
    assert!(!practice.home().join("seen").exists(), "the editor was not started");
    let ran = on_disk("--allow-disk").expect(0);
    assert!(ran.err.contains("a disk keeps traces"), "{}", ran.err);
    let seen = fs::read_to_string(practice.home().join("seen")).unwrap();
    assert!(!seen.starts_with("tmpfs") && seen.contains(practice.vault_state().to_str().unwrap()), "{seen}");
    assert!(practice.raw(&id).contains("More."));
    assert!(!practice.vault_state().join("clear").exists());
    assert_eq!(fs::read_dir(&disk).unwrap().count(), 0);
}

#[test]
fn an_empty_passphrase_begins_a_note_without_what_is_sealed() {
    let practice = Practice::empty();
    let passphrase = practice.home().join("passphrase");
    fs::write(&passphrase, "correct horse battery staple\n").unwrap();
    practice.run(["--passphrase-file", passphrase.to_str().unwrap(), "init", "practice"]).expect(0);
    practice.run(["client", "add", "a7"]).expect(0);
    practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\n- [ ] me: ask the clinic\n");
    let editor = practice.script("editor", "grep -c clinic \"$1\" > seen; echo More. >> \"$1\"");
    let command = format!("\"$PROGRAM\" new a7 --editor '{}'", editor.display());
    let ran = practice.on_terminal(&command, "answer {empty: begin without} {}").expect(0);
    assert!(ran.out.contains("Passphrase"), "{}", ran.out);
    assert_eq!(fs::read_to_string(practice.home().join("seen")).unwrap().trim(), "0");
    let files = fs::read_dir(practice.vault().join("clients/a7")).unwrap().flatten();
    let notes = files.filter(|file| file.file_name().to_string_lossy().ends_with(".md.age")).count();
    assert_eq!(notes, 2);
}

//! The child process.

use std::process::Command;

use zeroize::Zeroizing;

use super::super::{Keeper, KeeperError};

fn shell(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    command
}

fn handover(text: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(text.as_bytes().to_vec())
}

#[test]
fn a_ready_child_has_heard_its_handover_and_lives_until_its_end() {
    let script = "read word; [ \"$word\" = open ] || exit 1; echo ready; exec cat >/dev/null";
    let mut keeper = Keeper::spawn(shell(script), handover("open\n")).unwrap();
    assert!(!keeper.has_ended());
    keeper.end();
}

#[test]
fn when_end_returns_the_process_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pid");
    let script = format!("echo $$ > '{}'; trap '' TERM INT; echo ready; while :; do read x || :; done", path.display());
    let keeper = Keeper::spawn(shell(&script), handover("")).unwrap();
    let pid = std::fs::read_to_string(&path).unwrap();
    keeper.end();
    let alive = Command::new("sh").args(["-c", &format!("kill -0 {} 2>/dev/null", pid.trim())]).status().unwrap();
    assert!(!alive.success());
}

#[test]
fn a_refusal_brings_its_code_and_all_of_its_words() {
    let script = "read word; printf 'failed 4\\nWrong passphrase.\\nTry again.\\n'";
    match Keeper::spawn(shell(script), handover("x\n")) {
        Err(KeeperError::Refused { code, message }) => {
            assert_eq!((code, message.as_str()), (4, "Wrong passphrase.\nTry again."));
        }
        _ => panic!("not refused"),
    }
}

#[test]
fn a_child_that_refuses_without_listening_is_heard() {
    let large = Zeroizing::new(vec![b'x'; 1_000_000]);
    let refused = Keeper::spawn(shell("exec <&-; echo failed 2; echo no"), large);
    assert!(matches!(refused, Err(KeeperError::Refused { code: 2, .. })));
}

#[test]
fn a_child_that_says_something_else_is_none() {
    for script in ["exit 3", "echo readyish", "printf ready", "echo failed", "echo failed x", "head -c 9999 /dev/zero"]
    {
        assert!(matches!(Keeper::spawn(shell(script), handover("")), Err(KeeperError::Silent)), "{script}");
    }
}

#[test]
fn a_child_that_never_answers_is_ended_while_somebody_waits_for_it() {
    // Less and more than its input holds: the wait is for its answer, or for its ear.
    for size in [1, 1_000_000] {
        let (keeper, greeting) = Keeper::begin(shell("exec tail -f /dev/null")).unwrap();
        let waiting = std::thread::spawn(move || greeting.exchange(Zeroizing::new(vec![b'x'; size])));
        keeper.end();
        assert!(matches!(waiting.join().unwrap(), Err(KeeperError::Silent)), "{size}");
    }
}

#[test]
fn a_program_that_is_not_there_is_said() {
    let started = Keeper::spawn(Command::new("/nowhere/at/all"), handover(""));
    assert!(matches!(started, Err(KeeperError::Start(_))));
}

#[test]
fn a_child_that_ends_by_itself_is_noticed() {
    let mut keeper = Keeper::spawn(shell("echo ready; read word"), handover("go\n")).unwrap();
    let before = std::time::Instant::now();
    while !keeper.has_ended() {
        assert!(before.elapsed() < super::PATIENCE);
        std::thread::yield_now();
    }
}

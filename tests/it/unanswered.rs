//! A question that nobody answers, in a window that nobody sees or in the terminal, keeps no signal from ending the program.

use crate::locking::{PASSPHRASE, pinentry, sealed};
use crate::practice::Practice;
use crate::served::{Served, at_home, listen, lives, signal, temporary, text_of, until};
use std::io::Read;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;

/// A window that stands for ever once there is no `pin`, whatever becomes of whoever opened it.
fn hidden_window(practice: &Practice) -> PathBuf {
    crate::practice::require("tail");
    pinentry(practice, "exec tail -f /dev/null")
}

/// The process behind the window that was asked last, when so many were.
fn asked(practice: &Practice, times: usize) -> u32 {
    until("the window is asked", || {
        let all = std::fs::read_to_string(practice.home().join("asked")).unwrap_or_default();
        let lines: Vec<&str> = all.split_inclusive('\n').filter(|line| line.ends_with('\n')).collect();
        lines.get(times - 1).filter(|_| lines.len() == times).and_then(|line| line.trim().parse().ok())
    })
}

#[test]
fn a_window_that_nobody_sees_does_not_keep_the_program_from_ending() {
    for (name, code) in [("TERM", 0), ("HUP", 0), ("INT", 130)] {
        let practice = sealed();
        let mut command = at_home(&practice);
        command.arg("serve").env("PINENTRY_PROGRAM", hidden_window(&practice));
        let mut program = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let window = asked(&practice, 1);
        signal(program.id(), name);
        let ended = until("it ends", || program.try_wait().expect("a process"));
        assert_eq!(ended.code(), Some(code), "{name}");
        assert!(!lives(window), "{name}: the window is closed");
        let mut said = String::new();
        program.stdout.take().expect("a pipe").read_to_string(&mut said).expect("text");
        assert_eq!(said, "", "{name}: no address");
        let left: Vec<_> = std::fs::read_dir(temporary(&practice)).expect("a folder").flatten().collect();
        assert!(left.is_empty(), "{name}: {left:?}");
    }
}

#[test]
fn a_window_that_the_locked_page_has_opened_does_not_keep_the_program_from_ending() {
    let practice = sealed();
    let pin = practice.home().join("pin");
    std::fs::write(&pin, PASSPHRASE).expect("a file");
    let mut command = at_home(&practice);
    command.arg("serve").env("PINENTRY_PROGRAM", hidden_window(&practice));
    let mut served = Served::start(command).logged_in();
    std::fs::remove_file(&pin).expect("removed");
    served.post("/lock").expect(303);
    served.post_form("/unlock", "at=%2F").expect(303);
    let window = asked(&practice, 2);
    assert_eq!(served.get("/").expect(423).fields("Refresh"), ["2"], "the page waits");
    served.signal("TERM");
    assert_eq!(served.ended().code(), Some(0), "{}", served.said());
    assert!(!lives(window), "the window is closed");
    assert_eq!(served.keeper(), None);
}

#[test]
fn a_signal_at_the_passphrase_ends_the_program_and_gives_the_terminal_back() {
    crate::practice::require("script");
    crate::practice::require("stty");
    let practice = sealed();
    let pid = practice.home().join("pid");
    let program = format!("echo $$ > {}; exec {} serve", pid.display(), env!("CARGO_BIN_EXE_throughline"));
    let mut command = practice.tool("script");
    command.args(["-qefc", &format!("sh -c '{program}'; echo code $?; stty -a; echo end"), "/dev/null"]);
    command.env("TMPDIR", temporary(&practice)).env("SHELL", "/bin/sh").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut terminal = command.spawn().expect("script starts");
    let shown = Arc::default();
    listen(terminal.stdout.take().expect("a pipe"), &shown);
    let shown_until = |word: &str| until(word, || Some(text_of(&shown)).filter(|said| said.contains(word)));
    shown_until("Passphrase:");
    let program = std::fs::read_to_string(&pid).expect("a process id").trim().parse().expect("a number");
    signal(program, "TERM");
    let said = shown_until("end\r\n");
    assert!(said.contains("code 0"), "{said}");
    let settings: Vec<&str> = said.split_whitespace().collect();
    assert!(["echo", "icanon", "isig"].iter().all(|way| settings.contains(way)), "as it was: {said}");
    drop(terminal.stdin.take());
    until("the terminal closes", || terminal.try_wait().expect("a process"));
}

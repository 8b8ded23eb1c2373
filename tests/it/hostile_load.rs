//! Crowds at the door: whatever they do, the reader is served, and afterwards everything is as it was.

use crate::hostile_crowd::{ATTACKS, Crowd, Held, Reading, Target, read};
use crate::practice::Practice;
use crate::served::{Served, at_home, connect, until};
use std::io::{ErrorKind, Read, Write};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// One crowd at a time: the test's own process has only so many files to open.
static STREET: Mutex<()> = Mutex::new(());

/// The example, served by a process that may open so many files.
fn with_few_files(home: &Practice, files: usize) -> Served {
    crate::practice::require("prlimit");
    let demo = at_home(home);
    let mut command = Command::new("prlimit");
    command.args([&format!("--nofile={files}:{files}"), env!("CARGO_BIN_EXE_throughline"), "demo"]);
    for (name, value) in demo.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    Served::start(command).logged_in()
}

/// Under each of these attacks in turn, a reader opens two pages several times over.
fn served_during(served: &Served, from: usize, to: usize) {
    let _street = STREET.lock().unwrap_or_else(PoisonError::into_inner);
    // Everything that is made once is made now.
    for path in ["/", "/clients/a7/", "/about/"] {
        served.page(path);
    }
    let held = Held::by(served);
    for (name, attackers, wave) in &ATTACKS[from..to] {
        let crowd = Crowd::attack(&Target::of(served), *attackers, *wave);
        for path in ["/", "/clients/a7/", "/", "/about/", "/"].repeat(4) {
            // "Too many" is allowed while every seat is taken by somebody being answered; it passes.
            until(name, || (read(served, path) == Reading::Served).then_some(()));
        }
        drop(crowd);
        until(name, || (read(served, "/") == Reading::Served).then_some(()));
        held.assert_unchanged(served);
    }
    served.send("GET", "/", "", "").expect(403);
}

#[test]
fn a_reader_is_served_while_many_stall() {
    let home = Practice::empty();
    served_during(&crate::entry::demo(&home).logged_in(), 0, 4);
}

#[test]
fn a_reader_is_served_while_others_read_slowly_or_go_away() {
    let home = Practice::empty();
    served_during(&crate::entry::demo(&home).logged_in(), 4, 7);
}

#[test]
fn a_reader_is_served_while_others_send_without_end() {
    let home = Practice::empty();
    served_during(&crate::entry::demo(&home).logged_in(), 7, 10);
}

#[test]
fn a_reader_is_served_while_others_ask_as_fast_as_they_can() {
    let home = Practice::empty();
    served_during(&crate::entry::demo(&home).logged_in(), 10, ATTACKS.len());
}

#[test]
fn a_reader_is_served_by_a_process_that_may_open_few_files() {
    let home = Practice::empty();
    served_during(&with_few_files(&home, 256), 0, 3);
}

#[test]
fn a_process_that_has_run_out_of_files_serves_again_when_the_crowd_is_gone() {
    let home = Practice::empty();
    // Fewer than there are seats.
    let served = with_few_files(&home, 48);
    let _street = STREET.lock().unwrap_or_else(PoisonError::into_inner);
    served.page("/");
    let held = Held::by(&served);
    let (_, attackers, wave) = ATTACKS[0];
    let crowd = Crowd::attack(&Target::of(&served), attackers, wave);
    let files = || std::fs::read_dir(format!("/proc/{}/fd", served.gate)).expect("its files").count();
    until("no file is left to open", || (files() >= 47).then_some(()));
    until("a reader gets through in the end", || (read(&served, "/") == Reading::Served).then_some(()));
    drop(crowd);
    until("it serves again", || (read(&served, "/clients/a7/") == Reading::Served).then_some(()));
    held.assert_unchanged(&served);
}

/// Sends a byte whenever half a second has brought no answer; gives what was said in the end.
fn dripped(served: &Served, beginning: &str) -> String {
    let mut stream = connect(&served.host);
    stream.set_read_timeout(Some(Duration::from_millis(500))).expect("a time limit");
    stream.write_all(beginning.as_bytes()).expect("sent");
    until("the sender is cut off", || {
        let mut answer = Vec::new();
        match stream.read_to_end(&mut answer) {
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) && answer.is_empty() => {
                let _ = stream.write_all(b"x");
                None
            }
            _ => Some(String::from_utf8_lossy(&answer).into_owned()),
        }
    })
}

#[test]
fn who_sends_a_byte_per_half_second_is_cut_off() {
    let home = Practice::empty();
    let served = crate::entry::demo(&home).logged_in();
    let host = &served.host;
    let form = format!(
        "POST /search/ HTTP/1.1\r\nHost: {host}\r\nCookie: {}\r\nContent-Length: 8000\r\n\r\nq=",
        served.cookie()
    );
    for beginning in [format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: "), form] {
        assert!(dripped(&served, &beginning).starts_with("HTTP/1.1 408 "), "{beginning:?}");
    }
    served.page("/");
}

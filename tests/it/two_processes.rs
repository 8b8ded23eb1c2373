//! Which process holds what: memory is searched, before and after a lock.

use crate::practice::Practice;
use crate::served::{Served, at_home, canary, count, lives, temporary, until};
use std::fs::File;
use std::os::unix::fs::FileExt;

/// How often a text stands in the readable memory of a process.
#[track_caller]
pub fn in_memory(pid: u32, needle: &str) -> usize {
    let refused = |error: std::io::Error| -> ! {
        panic!("the memory of process {pid} cannot be read ({error}): run the tests as root or allow ptrace")
    };
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap_or_else(|error| refused(error));
    let memory = File::open(format!("/proc/{pid}/mem")).unwrap_or_else(|error| refused(error));
    let (mut found, mut searched) = (0, 0);
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (Some(range), Some(rights)) = (words.next(), words.next()) else { continue };
        if !rights.starts_with('r') || line.ends_with("[vvar]") || line.contains("[vsyscall]") {
            continue;
        }
        let (from, to) = range.split_once('-').expect("a range");
        let edge = |text: &str| u64::from_str_radix(text, 16).expect("an address");
        let (from, to) = (edge(from), edge(to));
        let mut bytes = vec![0; usize::try_from(to - from).expect("a size")];
        // Pages that were never there cannot be read; they hold nothing.
        if memory.read_exact_at(&mut bytes, from).is_ok() {
            searched += bytes.len();
            found += count(&bytes, needle.as_bytes());
        } else {
            for (at, page) in bytes.chunks_mut(4096).enumerate() {
                if memory.read_exact_at(page, from + 4096 * at as u64).is_ok() {
                    searched += page.len();
                    found += count(page, needle.as_bytes());
                }
            }
        }
    }
    assert!(searched > 1_000_000, "memory was searched: {searched} bytes of process {pid}");
    found
}

/// A practice with a word in thirty notes, and the word and the notes.
fn planted() -> (Practice, String, Vec<String>) {
    let practice = Practice::with_client();
    let word = canary();
    let notes = (0..30).map(|number| {
        practice.note(&format!("---\ndate: 2026-01-{:02}\n---\nThe {number}th time of {word}.\n", number + 1))
    });
    let notes = notes.collect();
    (practice, word, notes)
}

#[test]
fn the_process_with_the_socket_holds_no_note_that_nobody_asked_for() {
    let (practice, word, notes) = planted();
    let served = Served::practice(&practice);
    let keeper = served.keeper().expect("a process with the notes");
    assert!(in_memory(keeper, &word) > 0, "the search finds what is there");
    assert_eq!(in_memory(served.gate, &word), 0);
    for path in ["/about/", "/assets/site.css", "/assets/site.js", "/pulse", "/nothing/"] {
        assert!(!served.get(path).text().contains(&word), "{path}");
    }
    assert_eq!(in_memory(served.gate, &word), 0);
    for id in &notes {
        assert!(served.page(&format!("/notes/{id}/")).contains(&word));
    }
    assert!(served.page("/clients/a7/").contains(&word));
}

#[test]
fn after_a_lock_no_process_holds_a_word_of_what_was_read() {
    let (practice, word, notes) = planted();
    let served = Served::in_terminal(&practice, &["serve"], None).logged_in();
    let keeper = served.keeper().expect("a process with the notes");
    for id in &notes {
        assert!(served.page(&format!("/notes/{id}/")).contains(&word));
        served.page("/clients/a7/");
    }
    served.post("/lock").expect(303);
    until("the process with the notes is gone", || (!lives(keeper)).then_some(()));
    served.get("/").expect(423);
    assert_eq!(in_memory(served.gate, &word), 0);
    assert_eq!(in_memory(served.gate, &format!("/notes/{}/", notes[0])), 0, "nor which note was read");
}

#[test]
fn after_a_note_was_relayed_the_process_with_the_socket_keeps_nothing_of_it() {
    let (practice, word, notes) = planted();
    let served = Served::practice(&practice);
    for id in &notes {
        assert!(served.page(&format!("/notes/{id}/")).contains(&word));
    }
    until("the relay's buffers are wiped", || (in_memory(served.gate, &word) == 0).then_some(()));
}

#[test]
fn the_process_with_the_socket_holds_no_key() {
    let (practice, _, _) = planted();
    let identity = std::fs::read_to_string(practice.identity()).expect("an identity");
    let key = identity.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")).expect("a key").to_owned();
    let served = Served::practice(&practice);
    served.page("/clients/a7/");
    assert_eq!(in_memory(served.gate, &key), 0);
    assert_eq!(in_memory(served.gate, "AGE-SECRET-KEY-1"), in_program("AGE-SECRET-KEY-1"));
}

/// How often a text stands in the program itself, as loaded.
fn in_program(text: &str) -> usize {
    count(&std::fs::read(env!("CARGO_BIN_EXE_throughline")).expect("the program"), text.as_bytes())
}

/// A vault with a sealed identity, and its passphrase.
fn sealed() -> (Practice, String) {
    let practice = Practice::empty();
    let passphrase = format!("{} {} {}", canary(), canary(), canary());
    std::fs::write(practice.home().join("passphrase"), format!("{passphrase}\n")).expect("a file");
    practice.run(["init", "practice", "--passphrase-file", "passphrase"]).expect(0);
    (practice, passphrase)
}

#[track_caller]
fn is_in_no_process(served: &Served, passphrase: &str) {
    served.page("/");
    let keeper = served.keeper().expect("a process with the notes");
    for part in passphrase.split(' ') {
        let found = [("the process with the socket", served.gate), ("the process with the notes", keeper)]
            .map(|(name, pid)| (name, in_memory(pid, part)));
        assert!(found.iter().all(|(_, times)| *times == 0), "{found:?}");
    }
}

#[test]
fn a_passphrase_from_a_file_is_in_no_process_once_the_vault_is_open() {
    let (practice, passphrase) = sealed();
    let served = Served::with(&practice, ["serve", "--passphrase-file", "passphrase"]);
    is_in_no_process(&served, &passphrase);
}

#[test]
fn a_passphrase_that_was_typed_is_in_no_process_once_the_vault_is_open() {
    let (practice, passphrase) = sealed();
    let served = Served::in_terminal(&practice, &["serve"], Some(&passphrase)).logged_in();
    is_in_no_process(&served, &passphrase);
}

#[test]
fn a_passphrase_from_a_window_is_in_no_process_once_the_vault_is_open() {
    let (practice, passphrase) = sealed();
    std::fs::rename(practice.home().join("passphrase"), practice.home().join("pin")).expect("a file");
    let mut command = at_home(&practice);
    command.arg("serve").env("PINENTRY_PROGRAM", crate::locking::pinentry(&practice, "exit 1"));
    let served = Served::start(command).logged_in();
    is_in_no_process(&served, &passphrase);
}

#[test]
fn neither_arguments_nor_environment_of_the_process_with_the_notes_tell_anything() {
    let (practice, passphrase) = sealed();
    let served = Served::with(&practice, ["serve", "--passphrase-file", "passphrase", "--today", "2026-03-10"]);
    let keeper = served.keeper().expect("a process with the notes");
    let read = |name: &str| std::fs::read(format!("/proc/{keeper}/{name}")).expect("readable");
    let arguments = String::from_utf8_lossy(&read("cmdline")).into_owned();
    assert_eq!(arguments.split('\0').skip(1).collect::<Vec<_>>(), ["keep-open", ""]);
    for part in passphrase.split(' ') {
        assert_eq!(count(&read("environ"), part.as_bytes()), 0);
    }
    let core = String::from_utf8_lossy(&read("limits")).into_owned();
    let core = core.lines().find(|line| line.starts_with("Max core file size")).expect("a limit").to_owned();
    let words: Vec<&str> = core.split_whitespace().collect();
    assert_eq!(&words[4..6], ["0", "0"], "no core file can hold the notes: {core}");
    assert!(temporary(&practice).is_dir());
}

#[test]
fn neither_process_can_leave_a_core_dump() {
    let practice = Practice::with_client();
    let served = Served::practice(&practice);
    let keeper = served.keeper().expect("a process with the notes");
    for pid in [served.gate, keeper] {
        let limits = std::fs::read_to_string(format!("/proc/{pid}/limits")).expect("limits");
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("a limit for core files");
        assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    }
}

//! Every way to end: nothing is left running, listening or lying about.

use crate::practice::Practice;
use crate::served::{Served, lives, temporary, until};
use std::net::TcpStream;

/// A practice with one note, served.
fn served() -> (Practice, Served) {
    let practice = Practice::with_client();
    practice.note("---\ndate: 2026-03-02\n---\nA note.\n");
    let served = Served::practice(&practice);
    (practice, served)
}

#[track_caller]
fn assert_nothing_left(practice: &Practice, served: &Served, keeper: u32) {
    until("the process with the notes is gone", || (!lives(keeper)).then_some(()));
    assert!(TcpStream::connect(&served.host).is_err(), "nobody listens");
    let left: Vec<_> = std::fs::read_dir(temporary(practice)).expect("a folder").flatten().collect();
    assert!(left.is_empty(), "the private folder is gone: {left:?}");
}

#[test]
fn signals_that_end_leave_no_process_no_port_and_no_folder() {
    for (name, code) in [("TERM", 0), ("HUP", 0), ("INT", 130)] {
        let (practice, mut served) = served();
        let keeper = served.keeper().expect("a process with the notes");
        assert!(std::fs::read_dir(temporary(&practice)).expect("a folder").next().is_some(), "a private folder");
        served.signal(name);
        assert_eq!(served.ended().code(), Some(code), "{name}: {}", served.said());
        assert_nothing_left(&practice, &served, keeper);
    }
}

#[test]
fn when_the_gate_is_killed_the_process_with_the_notes_ends_by_itself() {
    let (_practice, mut served) = served();
    let keeper = served.keeper().expect("a process with the notes");
    served.signal("KILL");
    served.ended();
    until("the process with the notes is gone", || (!lives(keeper)).then_some(()));
    assert!(TcpStream::connect(&served.host).is_err(), "nobody listens");
}

#[test]
fn when_the_process_with_the_notes_is_killed_the_gate_says_so_and_locks() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\n---\nA note.\n");
    let mut served = Served::in_terminal(&practice, &["serve"], None).logged_in();
    served.page(&format!("/notes/{id}/"));
    crate::served::signal(served.keeper().expect("a process with the notes"), "KILL");
    until("it is said", || served.said().contains("ended unexpectedly").then_some(()));
    until("it is locked", || (served.get("/").status == 423).then_some(()));
    assert!(served.still_runs());
    served.type_in("\n");
    served.page_until(&format!("/notes/{id}/"), "the page is back", |page| page.contains("A note."));
}

#[test]
fn without_a_terminal_a_killed_process_with_the_notes_ends_the_program() {
    let (practice, mut served) = served();
    let keeper = served.keeper().expect("a process with the notes");
    crate::served::signal(keeper, "KILL");
    served.ended();
    assert!(served.said().contains("ended unexpectedly"), "{}", served.said());
    assert_nothing_left(&practice, &served, keeper);
}

#[test]
fn the_private_folder_and_socket_are_for_the_owner_alone() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    let (practice, served) = served();
    let folder = std::fs::read_dir(temporary(&practice)).expect("a folder").flatten().next().expect("one").path();
    let mode = |path: &std::path::Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let sockets: Vec<_> = std::fs::read_dir(&folder).expect("a folder").flatten().collect();
    assert_eq!(sockets.len(), 1);
    assert!(sockets[0].file_type().expect("a kind").is_socket());
    assert_eq!(mode(&sockets[0].path()), 0o600);
    drop(served);
}

#[test]
fn only_the_loopback_address_is_listened_at_and_only_by_the_gate() {
    let (_practice, served) = served();
    let port: u16 = served.host.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let ending = format!(":{port:04X}");
    let mut listening = Vec::new();
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
        let text = std::fs::read_to_string(table).unwrap_or_default();
        for line in text.lines().skip(1) {
            let words: Vec<&str> = line.split_whitespace().collect();
            if words[1].ends_with(&ending) && words[3] == "0A" {
                listening.push((words[1].to_owned(), words[9].to_owned()));
            }
        }
    }
    assert_eq!(listening.len(), 1, "{listening:?}");
    assert_eq!(listening[0].0, format!("0100007F{ending}"));
    let inode = format!("socket:[{}]", listening[0].1);
    let holds = |pid: u32| {
        let links = std::fs::read_dir(format!("/proc/{pid}/fd")).expect("descriptors").flatten();
        links.filter_map(|entry| std::fs::read_link(entry.path()).ok()).any(|to| to.to_string_lossy() == inode)
    };
    assert!(holds(served.gate), "the gate listens");
    assert!(!holds(served.keeper().expect("a process with the notes")), "the process with the notes does not");
}

#[test]
fn a_port_that_is_taken_is_said_in_one_sentence() {
    let (practice, served) = served();
    let port = served.host.rsplit(':').next().expect("a port");
    let ran = practice.run(["serve", "--port", port]);
    assert_eq!(ran.code, 6, "{}", ran.err);
    assert!(ran.err.contains(port) && ran.err.contains("in use") && ran.out.is_empty(), "{}", ran.err);
    served.page("/");
}

#[test]
fn a_second_server_of_the_same_vault_stands_beside_the_first() {
    let (practice, first) = served();
    let second = Served::practice(&practice);
    assert_ne!(first.host, second.host);
    assert_ne!(first.cookie(), second.cookie());
    first.page("/clients/a7/");
    second.page("/clients/a7/");
}

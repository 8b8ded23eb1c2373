//! Locking, idleness and the end.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use super::super::{Event, Gate, GateError, UnlockBy};
use super::child::say;
use super::visitor::{House, parse, rest};
use super::{PATIENCE, patient};

#[test]
fn locked_means_locked_at_every_address() {
    let house = House::ordinary();
    let cookie = house.log_in();
    house.gate.lock();
    for target in ["/", "/clients/", "/missing/", "/pulse", "/assets/site.css", "/../"] {
        let answer = house.get(target, &cookie);
        assert_eq!(answer.status, 423, "{target}");
        let page = String::from_utf8(answer.body).unwrap();
        assert!(page.contains("<title>throughline</title>") && page.contains("start it again"), "{page}");
        assert!(!page.contains("style") && !page.contains("script") && !page.contains("href"));
    }
    assert_eq!(house.ask("POST", "/search/", &format!("{cookie}Content-Length: 0\r\n")).status, 423);
    assert!(house.heard.lock().unwrap().is_empty());
}

#[test]
fn the_terminal_is_named_only_where_there_may_be_one() {
    let house = House::ordinary();
    let cookie = house.log_in();
    house.gate.lock();
    for (way, named) in [(UnlockBy::Nothing, false), (UnlockBy::Terminal, true), (UnlockBy::Asking, true)] {
        house.gate.unlock_by(way);
        let page = String::from_utf8(house.get("/", &cookie).body).unwrap();
        assert_eq!(page.contains("Enter in the terminal"), named, "{way:?}: {page}");
        assert_eq!(page.contains("start it again"), !named, "{way:?}: {page}");
    }
    let stranger = String::from_utf8(house.get("/", "").body).unwrap();
    assert!(stranger.contains("Without a terminal, start it again."), "{stranger}");
}

#[test]
fn the_lock_button_locks_before_the_next_page() {
    let house = House::ordinary();
    let cookie = house.log_in();
    assert_eq!(house.next_event(), Some(Event::EntrySpent));
    let answer = house.ask("POST", "/lock", &format!("{cookie}Content-Length: 0\r\n"));
    assert_eq!((answer.status, answer.field("Location")), (303, Some("/")));
    assert_eq!(house.get("/", &cookie).status, 423);
    assert_eq!(house.next_event(), Some(Event::LockAsked));
}

#[test]
fn the_locked_page_asks_once_and_leads_back_to_where_it_was() {
    let house = House::ordinary();
    let cookie = house.log_in();
    assert_eq!(house.next_event(), Some(Event::EntrySpent));
    house.gate.unlock_by(UnlockBy::Asking);
    house.gate.lock();
    let page = String::from_utf8(house.get("/clients/a7/", &cookie).body).unwrap();
    assert!(page.contains("action=\"/unlock\"") && page.contains("value=\"/clients/a7/\""), "{page}");
    // A word that could mean something on a page is not repeated on it.
    for odd in ["/search/?q=\"><script>", "/search/\"><script>/"] {
        let page = String::from_utf8(house.get(odd, &cookie).body).unwrap();
        assert!(page.contains("value=\"/") && !page.contains("script"), "{page}");
    }
    // A page without scripts has asked for itself.
    let still = String::from_utf8(house.get("/clients/a7/?still", &cookie).body).unwrap();
    assert!(still.contains("value=\"/clients/a7/\""), "{still}");
    let form = "at=%2Fclients%2Fa7%2F";
    let ask = || {
        let fields = format!("{cookie}Content-Length: {}\r\n", form.len());
        let host = house.gate.address();
        parse(&house.raw(format!("POST /unlock HTTP/1.1\r\nHost: {host}\r\n{fields}\r\n{form}").as_bytes()))
    };
    for _ in 0..3 {
        let answer = ask();
        assert_eq!((answer.status, answer.field("Location")), (303, Some("/clients/a7/")));
    }
    let waiting = house.get("/clients/a7/", &cookie);
    assert_eq!((waiting.status, waiting.field("Refresh")), (423, Some("2")));
    assert!(!String::from_utf8(waiting.body).unwrap().contains("<form"));
    assert_eq!(house.next_event(), Some(Event::UnlockAsked));
    // Asked three times, told once: the next is what comes after.
    house.gate.unlock_answered();
    assert!(String::from_utf8(house.get("/", &cookie).body).unwrap().contains("<form"));
    ask();
    assert_eq!(house.next_event(), Some(Event::UnlockAsked));
    house.gate.open_to(house.socket.clone());
    assert_eq!(house.get("/", &cookie).status, 200);
    assert_eq!(ask().field("Location"), Some("/clients/a7/"), "open already");
    house.gate.lock();
    assert!(house.get("/", &cookie).field("Refresh").is_none());
}

#[test]
fn nobody_without_the_cookie_asks_for_anything() {
    let house = House::ordinary();
    house.log_in();
    assert_eq!(house.next_event(), Some(Event::EntrySpent));
    house.gate.unlock_by(UnlockBy::Asking);
    house.gate.lock();
    assert_eq!(house.ask("POST", "/unlock", "Content-Length: 0\r\n").status, 403);
    house.log_in();
    assert_eq!(house.next_event(), Some(Event::EntrySpent), "and nothing before it");
}

#[test]
fn after_unlocking_the_same_page_answers_again() {
    let house = House::ordinary();
    let cookie = house.log_in();
    house.gate.lock();
    house.gate.open_to(house.socket.clone());
    assert_eq!(house.get("/", &cookie).status, 200);
}

#[test]
fn locking_cuts_answers_under_way() {
    let house = House::with(patient(), |_, connection| {
        say(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsecret");
        // Until the gate hangs up.
        let _ = connection.read(&mut [0]);
    });
    let cookie = house.log_in();
    let mut stream = house.connect();
    write!(stream, "GET / HTTP/1.1\r\nHost: {}\r\n{cookie}\r\n", house.gate.address()).unwrap();
    let mut read = Vec::new();
    while !read.ends_with(b"secret") {
        let mut some = [0; 4096];
        let count = stream.read(&mut some).unwrap();
        assert_ne!(count, 0);
        read.extend_from_slice(&some[..count]);
    }
    house.gate.lock();
    // Cut, not waited for: the child would never have ended it.
    assert!(rest(&mut stream).is_empty());
}

#[test]
fn locking_cuts_a_reader_that_does_not_read() {
    let (sender, cut) = channel();
    let house = House::with(patient(), move |_, connection| {
        say(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
        while connection.write_all(&[b'x'; 65_536]).is_ok() {}
        let _ = sender.send(());
    });
    let cookie = house.log_in();
    let mut stream = house.connect();
    write!(stream, "GET / HTTP/1.1\r\nHost: {}\r\n{cookie}\r\n", house.gate.address()).unwrap();
    assert_eq!(stream.read(&mut [0]).unwrap(), 1);
    house.gate.lock();
    cut.recv_timeout(PATIENCE).expect("no relay is left");
    assert!(rest(&mut stream).len() < 100_000_000, "what was on its way, and no more");
}

#[test]
fn polling_and_refused_requests_are_no_activity() {
    let house = House::ordinary();
    let cookie = house.log_in();
    let since = Instant::now();
    house.get("/pulse", &cookie);
    house.get("/pulse?after=7", &cookie);
    house.get("/", "");
    house.get("/", &format!("{cookie}Sec-Fetch-Site: cross-site\r\n"));
    house.get("/enter/x/", &cookie);
    assert!(house.gate.idle_for() >= since.elapsed());
    let before = Instant::now();
    house.get("/missing/", &cookie);
    assert!(house.gate.idle_for() <= before.elapsed());
}

#[test]
fn the_first_request_after_the_idle_limit_finds_it_locked() {
    let house = House::ordinary();
    let cookie = house.log_in();
    assert_eq!(house.next_event(), Some(Event::EntrySpent));
    house.gate.lock_after(Some(Duration::from_secs(3600)));
    assert_eq!(house.get("/", &cookie).status, 200);
    house.gate.lock_after(Some(Duration::ZERO));
    assert_eq!(house.get("/", &cookie).status, 423);
    assert_eq!(house.next_event(), Some(Event::IdleLimitReached));
}

#[test]
fn a_taken_port_is_called_so() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    assert!(matches!(Gate::bind(port), Err(GateError::PortTaken(taken)) if taken == port));
}

#[test]
fn stopping_frees_the_port_and_cuts_everybody() {
    let house = House::ordinary();
    let port = house.gate.address().rsplit(':').next().unwrap().parse().unwrap();
    let mut waiting = house.connect();
    waiting.write_all(b"GET /").unwrap();
    house.gate.stop();
    house.gate.stop();
    assert!(rest(&mut waiting).is_empty());
    assert!(matches!(house.gate.start(channel().0), Err(GateError::AlreadyStarted)));
    drop(house);
    Gate::bind(port).unwrap();
}

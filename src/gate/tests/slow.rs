//! Slow and silent visitors.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::super::Limits;
use super::visitor::{House, parse, rest};
use super::{PATIENCE, child, patient};

/// Soon over.
const SHORT: Duration = Duration::from_millis(300);

#[test]
fn a_head_that_never_ends_is_cut_at_the_deadline() {
    let house = House::with(Limits { head: SHORT, ..patient() }, child::ordinary);
    let before = Instant::now();
    let answer = parse(&house.raw(b"GET / HTTP/1.1\r\nHost:"));
    assert_eq!(answer.status, 408);
    assert!(before.elapsed() >= SHORT);
}

#[test]
fn drops_do_not_extend_the_deadline() {
    let house = House::with(Limits { head: SHORT, ..patient() }, child::ordinary);
    let mut stream = house.connect();
    stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nX: ").unwrap();
    let mut answer = [0; 13];
    // Each round waits a little for the answer, then sends one more byte: a minute at least, in vain.
    let cut = (0..3000).find(|_| {
        let answered = matches!(stream.peek(&mut answer), Ok(13..));
        if !answered {
            let _ = stream.write_all(b"x");
        }
        answered
    });
    assert!(cut.is_some(), "never cut");
    assert_eq!(&answer, b"HTTP/1.1 408 ");
}

#[test]
fn a_silent_connection_is_closed_without_a_word() {
    let house = House::with(Limits { head: SHORT, ..patient() }, child::ordinary);
    assert!(rest(&mut house.connect()).is_empty());
}

#[test]
fn a_body_that_never_comes_is_cut() {
    let house = House::with(Limits { body: SHORT, ..patient() }, child::ordinary);
    let cookie = house.log_in();
    let answer = house.ask("POST", "/search/", &format!("{cookie}Content-Length: 100\r\n"));
    assert_eq!(answer.status, 408);
    assert!(house.heard.lock().unwrap().is_empty());
}

#[test]
fn a_reader_that_takes_nothing_is_cut() {
    let (sender, cut) = std::sync::mpsc::channel();
    let house = House::with(Limits { stall: SHORT, ..patient() }, move |_, connection| {
        child::say(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
        while connection.write_all(&[b'x'; 65_536]).is_ok() {}
        let _ = sender.send(());
    });
    let cookie = house.log_in();
    let mut stream = house.connect();
    write!(stream, "GET / HTTP/1.1\r\nHost: {}\r\n{cookie}\r\n", house.gate.address()).unwrap();
    assert!(cut.recv_timeout(PATIENCE).is_ok(), "the relay was given up");
}

#[test]
fn a_slow_answer_is_cut_with_its_connection() {
    // Long enough to log in by.
    let limits = Limits { connection: Duration::from_secs(4), ..patient() };
    let house = House::with(limits, |_, connection| {
        child::say(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
        let _ = connection.read(&mut [0]);
    });
    let cookie = house.log_in();
    assert!(house.get("/", &cookie).body.is_empty());
}

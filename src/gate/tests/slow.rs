//! Slow and silent visitors.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::super::Limits;
use super::visitor::{House, parse, rest};
use super::{child, short_limits};

#[test]
fn a_head_that_never_ends_is_cut_at_the_deadline() {
    let house = House::with(short_limits(), child::ordinary);
    let before = Instant::now();
    let answer = parse(&house.raw(b"GET / HTTP/1.1\r\nHost:"));
    assert_eq!(answer.status, 408);
    assert!(before.elapsed() >= Duration::from_millis(300));
}

#[test]
fn drops_do_not_extend_the_deadline() {
    let house = House::with(short_limits(), child::ordinary);
    let mut stream = house.connect();
    stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nX: ").unwrap();
    let before = Instant::now();
    let mut answer = Vec::new();
    // Each round waits a little for the answer, then sends one more byte.
    while answer.is_empty() {
        assert!(before.elapsed() < Duration::from_secs(10), "never cut");
        let mut some = [0; 64];
        if let Ok(count @ 1..) = stream.read(&mut some) {
            answer.extend_from_slice(&some[..count]);
        } else {
            let _ = stream.write_all(b"x");
        }
    }
    assert!(answer.starts_with(b"HTTP/1.1 408 "));
}

#[test]
fn a_silent_connection_is_closed_without_a_word() {
    let house = House::with(short_limits(), child::ordinary);
    assert!(rest(&mut house.connect()).is_empty());
}

#[test]
fn a_body_that_never_comes_is_cut() {
    let house = House::with(short_limits(), child::ordinary);
    let cookie = house.log_in();
    let answer = house.ask("POST", "/search/", &format!("{cookie}Content-Length: 100\r\n"));
    assert_eq!(answer.status, 408);
    assert!(house.heard.lock().unwrap().is_empty());
}

#[test]
fn a_reader_that_takes_nothing_is_cut() {
    let (sender, cut) = std::sync::mpsc::channel();
    let house = House::with(short_limits(), move |_, connection| {
        child::say(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
        while connection.write_all(&[b'x'; 65_536]).is_ok() {}
        let _ = sender.send(());
    });
    let cookie = house.log_in();
    let mut stream = house.connect();
    write!(stream, "GET / HTTP/1.1\r\nHost: {}\r\n{cookie}\r\n", house.gate.address()).unwrap();
    assert!(cut.recv_timeout(Duration::from_secs(15)).is_ok(), "the relay was given up");
}

#[test]
fn a_slow_answer_is_cut_with_its_connection() {
    let limits = Limits { connection: Duration::from_millis(600), child: Duration::from_secs(20), ..short_limits() };
    let house = House::with(limits, |_, connection| {
        child::say(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
        let _ = connection.read(&mut [0]);
    });
    let cookie = house.log_in();
    let before = Instant::now();
    assert!(house.get("/", &cookie).body.is_empty());
    assert!(before.elapsed() < Duration::from_secs(10));
}

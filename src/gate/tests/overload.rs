//! Many visitors at once.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::mpsc::channel;
use std::time::Duration;

use super::super::{Gate, Limits};
use super::child::{ordinary, page, say};
use super::visitor::{House, parse, rest};
use super::{PATIENCE, patient};

/// Connections that each begin in the given way and then stall.
fn stalled(house: &House, count: usize, beginning: &str) -> Vec<TcpStream> {
    let stall = |_| {
        let mut stream = house.connect();
        // The gate may have cut it already to make room.
        let _ = stream.write_all(beginning.as_bytes());
        stream
    };
    (0..count).map(stall).collect()
}

#[test]
fn two_hundred_stalled_connections_do_not_keep_the_reader_out() {
    // Nobody is cut for being slow: only by giving way.
    let house = House::with(patient(), ordinary);
    let cookie = house.log_in();
    let host = house.gate.address();
    for beginning in [
        String::new(),
        "G".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n"),
        format!("POST /search/ HTTP/1.1\r\nHost: {host}\r\n{cookie}Content-Length: 100\r\n\r\nq="),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n{cookie}\r\n"),
    ] {
        let stalled = stalled(&house, 200, &beginning);
        assert_eq!(house.get("/", &cookie).status, 200, "{beginning:?}");
        drop(stalled);
    }
}

#[test]
fn stalled_connections_are_closed_by_the_gate() {
    let house = House::with(Limits { head: Duration::from_millis(300), ..patient() }, ordinary);
    for mut stream in stalled(&house, 100, "GET / HTTP/1.1\r\n") {
        let answer = rest(&mut stream);
        assert!(answer.is_empty() || parse(&answer).status == 408);
    }
}

#[test]
fn when_everybody_is_being_answered_the_next_one_is_told() {
    let limits = Limits { connections: 4, ..patient() };
    let (arrived, arrivals) = channel();
    let house = House::with(limits, move |request, connection| {
        if request.starts_with("GET /slow/") {
            let _ = arrived.send(());
            // Until the gate hangs up.
            let _ = connection.read(&mut [0]);
        } else {
            say(connection, &page(200, "text/plain", b"x"));
        }
    });
    let cookie = house.log_in();
    let slow = format!("GET /slow/ HTTP/1.1\r\nHost: {}\r\n{cookie}\r\n", house.gate.address());
    let answered = stalled(&house, 4, &slow);
    for _ in 0..4 {
        arrivals.recv_timeout(PATIENCE).unwrap();
    }
    let answer = house.get("/", &cookie);
    assert_eq!((answer.status, answer.body.as_slice()), (503, b"Too many connections.\n".as_slice()));
    assert_eq!(house.get("/", "").status, 503, "the accept loop goes on");
    drop(answered);
}

#[test]
fn a_burst_of_three_hundred_is_let_into_the_queue() {
    // Not started: nobody accepts. Whom the kernel turns away tries again a second later, and again after two.
    let gate = Gate::bind(0).unwrap();
    let address = gate.address().parse().unwrap();
    let knock = |_| TcpStream::connect_timeout(&address, PATIENCE / 20);
    let waiting: Result<Vec<_>, _> = (0..300).map(knock).collect();
    assert!(waiting.is_ok(), "{waiting:?}");
}

#[test]
fn who_knocks_and_runs_takes_no_seat_from_those_who_ask() {
    let gate = Gate::bind_with(0, Limits { connections: 1, ..patient() }).unwrap();
    let mut asking = TcpStream::connect(gate.address()).unwrap();
    asking.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    for _ in 0..50 {
        drop(TcpStream::connect(gate.address()).unwrap());
    }
    // They stand behind it in the queue; whoever is seated next cuts it.
    gate.start(channel().0).unwrap();
    asking.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
    assert_eq!(asking.read(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock, "hung up on");
    asking.write_all(format!("Host: {}\r\n\r\n", gate.address()).as_bytes()).unwrap();
    asking.set_read_timeout(Some(PATIENCE)).unwrap();
    assert_eq!(parse(&rest(&mut asking)).status, 403);
}

#[test]
fn pipelined_requests_get_one_answer() {
    let house = House::ordinary();
    let cookie = house.log_in();
    let one = format!("GET / HTTP/1.1\r\nHost: {}\r\n{cookie}\r\n", house.gate.address());
    let answer = house.raw(one.repeat(2000).as_bytes());
    let count = answer.windows(9).filter(|nine| nine == b"HTTP/1.1 ").count();
    assert_eq!(count, 1);
    assert_eq!(house.get("/", &cookie).status, 200);
}

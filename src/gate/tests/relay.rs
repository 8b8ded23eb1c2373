//! What goes to the child and what comes back.

use std::io::{Read, Write};
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::time::Duration;

use super::super::Limits;
use super::child::{page, say};
use super::visitor::{House, parse, rest};
use super::{PATIENCE, patient};

#[test]
fn an_answer_is_relayed_byte_for_byte() {
    let body: Vec<u8> = (0..3_000_000_u32).flat_map(u32::to_le_bytes).collect();
    let expected = body.clone();
    let house = House::with(patient(), move |_, connection| say(connection, &page(200, "image/png", &body)));
    let cookie = house.log_in();
    let answer = house.get("/assets/x.png", &cookie);
    assert_eq!((answer.status, answer.field("Content-Type")), (200, Some("image/png")));
    assert!(answer.body == expected);
}

#[test]
fn nothing_after_the_announced_length_is_relayed() {
    let house = House::with(patient(), |_, connection| {
        say(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 200 OK\r\n\r\n");
    });
    assert_eq!(house.get("/", &house.log_in()).body, b"ab");
}

#[test]
fn head_gets_the_same_fields_and_no_body() {
    let house = House::ordinary();
    let cookie = house.log_in();
    let (get, head) = (house.get("/", &cookie), house.ask("HEAD", "/", &cookie));
    assert_eq!((head.status, &head.fields), (get.status, &get.fields));
    assert!(head.body.is_empty() && !get.body.is_empty());
    assert!(house.heard.lock().unwrap().last().unwrap().starts_with("HEAD / HTTP/1.1\r\n"));
}

#[test]
fn the_child_hears_a_request_written_anew() {
    let house = House::ordinary();
    let cookie = house.log_in();
    house.get("/clients/?sort=last", &format!("{cookie}Range: bytes=0-1\r\nX-Evil: y\r\nTE: chunked\r\n"));
    house.ask("POST", "/search/", &format!("{cookie}Content-Type: text/x\r\nContent-Length: 0\r\n"));
    let heard = house.heard.lock().unwrap();
    assert_eq!(heard[0], "GET /clients/?sort=last HTTP/1.1\r\nHost: throughline\r\nConnection: close\r\n\r\n");
    let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(heard[1], format!("POST /search/ HTTP/1.1\r\nHost: throughline\r\nConnection: close\r\n{form}"));
}

#[test]
fn a_form_arrives_whole_and_its_redirect_comes_back() {
    let house = House::ordinary();
    let cookie = house.log_in();
    let host = house.gate.address();
    let form = format!("q={}", "a".repeat(8190));
    let head = format!("POST /search/ HTTP/1.1\r\nHost: {host}\r\n{cookie}Content-Length: {}\r\n\r\n", form.len());
    let mut stream = house.connect();
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&form.as_bytes()[..4000]).unwrap();
    stream.write_all(&form.as_bytes()[4000..]).unwrap();
    let answer = parse(&rest(&mut stream));
    assert_eq!((answer.status, answer.field("Location")), (303, Some("/search/4f2a/")));
    assert!(house.heard.lock().unwrap()[0].ends_with(&format!("\r\n\r\n{form}")));
}

#[test]
fn what_the_child_must_not_say_is_not_passed_on() {
    for bad in [
        "HTTP/1.1 200 OK\r\n\r\nno length",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\na",
        "HTTP/1.1 303 x\r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 303 x\r\nLocation: //evil.example/\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 304 x\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 100 x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "garbage\r\n\r\n",
        "",
    ] {
        let house = House::with(patient(), move |_, connection| say(connection, bad.as_bytes()));
        let answer = house.get("/", &house.log_in());
        assert_eq!(answer.status, 503, "{bad:?}");
    }
}

#[test]
fn an_endless_head_from_the_child_is_not_passed_on() {
    let house = House::with(patient(), |_, connection| {
        say(connection, b"HTTP/1.1 200 OK\r\nX: ");
        say(connection, &[b'x'; 100_000]);
    });
    assert_eq!(house.get("/", &house.log_in()).status, 503);
}

#[test]
fn a_child_that_is_not_there_is_called_so() {
    let house = House::ordinary();
    let cookie = house.log_in();
    house.gate.open_to("/nowhere/at/all".into());
    let answer = house.get("/", &cookie);
    assert_eq!(answer.status, 503);
    assert!(String::from_utf8(answer.body).unwrap().contains("starting or has ended"));
}

#[test]
fn a_child_that_breaks_off_leaves_a_visibly_short_answer() {
    let house = House::with(patient(), |_, connection| {
        say(connection, b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
    });
    let answer = house.get("/", &house.log_in());
    assert_eq!((answer.field("Content-Length"), answer.body.as_slice()), (Some("100"), b"only this".as_slice()));
}

#[test]
fn a_silent_child_is_given_up() {
    let limits = Limits { child: Duration::from_millis(300), ..patient() };
    let house = House::with(limits, |_, connection| {
        let _ = connection.read(&mut [0]);
    });
    assert_eq!(house.get("/", &house.log_in()).status, 503);
}

#[test]
fn the_child_never_sees_more_than_four_at_once() {
    const VISITS: usize = 20;
    let (arrived, arrivals) = channel();
    // The child answers once for each word that is sent here.
    let (release, released) = channel::<()>();
    let released = Mutex::new(released);
    let house = House::with(patient(), move |_, connection| {
        let _ = arrived.send(());
        let _ = released.lock().unwrap().recv();
        say(connection, &page(200, "text/plain", b"x"));
    });
    let cookie = house.log_in();
    std::thread::scope(|scope| {
        let visits: Vec<_> = (0..VISITS).map(|_| scope.spawn(|| house.get("/", &cookie).status)).collect();
        let mut seen = 0;
        for answered in 0..VISITS {
            while seen < VISITS.min(answered + 4) {
                arrivals.recv_timeout(PATIENCE).expect("another visit arrives");
                seen += 1;
            }
            // At first the others get time to come.
            let pause = if answered == 0 { Duration::from_millis(500) } else { Duration::ZERO };
            assert!(arrivals.recv_timeout(pause).is_err(), "more than four at once");
            release.send(()).unwrap();
        }
        for visit in visits {
            assert_eq!(visit.join().unwrap(), 200);
        }
    });
}

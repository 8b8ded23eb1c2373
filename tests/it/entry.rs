//! Who gets in, and what everybody gets told: the whole program behind real sockets.

use crate::practice::Practice;
use crate::served::{Answer, Served, at_home, connect, exchange, rest, until};
use std::io::Write;

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const FIXED: [(&str, &str); 9] = [
    ("Content-Security-Policy", POLICY),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-DNS-Prefetch-Control", "off"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Connection", "close"),
];

/// The fixed fields, and none that would tell more.
#[track_caller]
pub fn assert_fixed(answer: &Answer) {
    for (name, value) in FIXED {
        assert_eq!(answer.fields(name), [value], "{name} in {}", answer.head);
    }
    let features = answer.fields("Permissions-Policy");
    assert!(features.len() == 1 && features[0].split(", ").all(|feature| feature.ends_with("=()")), "{features:?}");
    for name in ["Server", "Access-Control-Allow-Origin", "ETag", "Last-Modified", "X-Powered-By", "Date"] {
        assert!(answer.fields(name).is_empty(), "{name} in {}", answer.head);
    }
}

/// The example, not logged in.
pub fn demo(practice: &Practice) -> Served {
    let mut command = at_home(practice);
    command.arg("demo");
    Served::start(command)
}

#[test]
fn without_the_cookie_every_address_is_answered_with_the_same_bytes() {
    let home = Practice::empty();
    let served = demo(&home);
    let first = served.send("GET", "/", "", "").expect(403);
    assert_fixed(&first);
    for path in [
        "/clients/",
        "/clients/a7/",
        "/clients/zz9/",
        "/nothing/",
        "/about/",
        "/pulse",
        "/assets/site.css",
        "/favicon.ico",
        "/search/",
        "/lock",
        "/enter/",
        "/enter/0/",
        "/notes/000000000000/",
        "/../etc/passwd",
    ] {
        assert_eq!(served.send("GET", path, "", ""), first, "{path}");
        assert_eq!(served.send("GET", path, "Cookie: throughline=0\r\n", ""), first, "{path}");
    }
    let body = first.text();
    assert!(!body.contains("a7") && body.len() < 200, "{body}");
}

#[test]
fn the_printed_address_opens_once_and_looking_ahead_does_not_spend_it() {
    let home = Practice::empty();
    let served = demo(&home);
    for ahead in ["Sec-Purpose: prefetch\r\n", "Purpose: prefetch\r\n", "Sec-Purpose: prefetch;prerender\r\n"] {
        served.send("GET", &served.entry, ahead, "").expect(403);
    }
    served.send("HEAD", &served.entry, "", "").expect(403);
    let opened = served.send("GET", &served.entry, "", "").expect(303);
    assert_fixed(&opened);
    assert_eq!(opened.fields("Location"), ["/"]);
    served.send("GET", &served.entry, "", "").expect(403);
    assert!(!opened.text().contains("a7"));
}

#[test]
fn the_cookie_is_for_this_run_alone_and_out_of_reach_of_scripts_and_other_sites() {
    let home = Practice::empty();
    let (one, other) = (demo(&home), demo(&home));
    let set = |served: &Served| {
        let opened = served.send("GET", &served.entry, "", "").expect(303);
        opened.fields("Set-Cookie")[0].to_owned()
    };
    let (first, second) = (set(&one), set(&other));
    for cookie in [&first, &second] {
        let mut parts: Vec<&str> = cookie.split("; ").skip(1).collect();
        parts.sort_unstable();
        assert_eq!(parts, ["HttpOnly", "Path=/", "SameSite=Strict"], "{cookie}");
    }
    let name_and_value = |cookie: &str| {
        let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair");
        (name.to_owned(), value.to_owned())
    };
    let ((name, value), (other_name, other_value)) = (name_and_value(&first), name_and_value(&second));
    assert!(name != other_name && value != other_value && value.len() >= 32);
    one.send("GET", "/", &format!("Cookie: {name}={value}\r\n"), "").expect(200);
    one.send("GET", "/", &format!("Cookie: {other_name}={other_value}\r\n"), "").expect(403);
    one.send("GET", "/", &format!("Cookie: {name}={other_value}\r\n"), "").expect(403);
}

#[test]
fn another_host_or_another_page_gets_nothing_even_with_the_cookie() {
    let home = Practice::empty();
    let served = demo(&home).logged_in();
    let cookie = served.cookie();
    let port = served.host.split(':').nth(1).expect("a port");
    for host in [
        format!("localhost:{port}"),
        format!("evil.example:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{port}.evil.example"),
        format!("127.0.0.1:{port}0"),
        format!("[::1]:{port}"),
        format!("127.0.0.1.:{port}"),
        format!("0.0.0.0:{port}"),
        format!("127.1:{port}"),
    ] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n");
        let answer = exchange(&served.host, request.as_bytes()).expect(421);
        assert_fixed(&answer);
        assert!(!answer.text().contains("a7"), "{host}");
    }
    for field in [
        "Origin: http://evil.example",
        "Origin: http://localhost:1",
        "Origin: null",
        "Origin: https://127.0.0.1",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Service-Worker: script",
    ] {
        let answer = served.send("GET", "/", &format!("Cookie: {cookie}\r\n{field}\r\n"), "").expect(403);
        assert_fixed(&answer);
        assert!(!answer.text().contains("a7"), "{field}");
    }
    served.page("/");
}

#[test]
fn reading_is_all_that_methods_can_do() {
    let home = Practice::empty();
    let served = demo(&home).logged_in();
    let fields = format!("Cookie: {}\r\nContent-Length: 0\r\n", served.cookie());
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get"] {
        let answer = served.send(method, "/clients/", &fields, "").expect(405);
        assert_fixed(&answer);
        assert_eq!(answer.fields("Allow"), ["GET, HEAD"], "{method}");
    }
    let head = served.send("HEAD", "/clients/", &format!("Cookie: {}\r\n", served.cookie()), "").expect(200);
    let get = served.get("/clients/").expect(200);
    assert!(head.body.is_empty());
    assert_eq!(head.head, get.head);
    // An address with a host in it would be a second opinion about the host.
    let absolute = format!("GET http://{} HTTP/1.1\r\nHost: {0}\r\nCookie: {}\r\n\r\n", served.host, served.cookie());
    exchange(&served.host, absolute.as_bytes()).expect(400);
}

#[test]
fn every_kind_of_answer_carries_the_fixed_fields() {
    let home = Practice::new();
    let mut served = Served::in_terminal(&home, &["serve"], None).logged_in();
    for path in ["/", "/clients/", "/about/", "/pulse", "/assets/site.css", "/assets/site.js", "/favicon.svg"] {
        let answer = served.get(path).expect(200);
        assert_fixed(&answer);
        assert_eq!(answer.fields("Content-Length"), [answer.body.len().to_string()], "{path}");
    }
    for (path, status) in [("/nothing/", 404), ("/clients/zz/", 404), ("/a/../b", 404), ("/about", 308)] {
        assert_fixed(&served.get(path).expect(status));
    }
    assert_fixed(&served.post("/lock").expect(303));
    assert_fixed(&served.get("/").expect(423));
    assert_fixed(&served.send("GET", "/", "", "").expect(403));
    assert!(served.still_runs());
}

#[test]
fn a_length_that_no_memory_holds_does_not_end_the_program() {
    let home = Practice::empty();
    let served = demo(&home).logged_in();
    let keeper = served.keeper();
    for length in ["8193", "999999999999", "18446744073709551615", "99999999999999999999999999"] {
        for path in ["/lock", "/search/"] {
            let fields = format!("Cookie: {}\r\nContent-Length: {length}\r\n", served.cookie());
            assert_fixed(&served.send("POST", path, &fields, "x").expect(413));
        }
    }
    let chunked = format!("Cookie: {}\r\nTransfer-Encoding: chunked\r\n", served.cookie());
    served.send("POST", "/search/", &chunked, "ffffffffffffffff\r\n").expect(400);
    served.page("/");
    assert_eq!(served.keeper(), keeper, "the same process still holds the notes");
}

#[test]
fn stalled_connections_keep_no_reader_waiting() {
    let home = Practice::empty();
    let served = demo(&home).logged_in();
    let beginnings = ["", "GET / HT", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"];
    let mut stalled: Vec<_> = (0..90)
        .map(|number| {
            let mut stream = connect(&served.host);
            // One over the limit is closed again; that is its right.
            let _ = stream.write_all(beginnings[number % 3].as_bytes());
            stream
        })
        .collect();
    served.page("/");
    served.page("/clients/a7/");
    // And nobody who stalls is ever told a word of a note.
    for stream in &mut stalled {
        let _ = stream.shutdown(std::net::Shutdown::Write);
        assert!(!String::from_utf8_lossy(&rest(stream)).contains("a7"));
    }
}

/// What another user of this machine gets who sends these bytes.
fn as_another_user(host: &str, request: &str) -> Vec<u8> {
    crate::practice::require("setpriv");
    crate::practice::require("bash");
    let (ip, port) = host.split_once(':').expect("a port");
    let line = format!("exec 3<>/dev/tcp/{ip}/{port} && printf '%s' \"$0\" >&3 && cat <&3");
    let mut command = std::process::Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "bash", "-c", &line, request]);
    let ran = command.output().expect("setpriv starts");
    let why = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(!why.contains("setpriv:"), "this test changes its user, which only root may do (as `.ci/run` does): {why}");
    ran.stdout
}

#[test]
fn another_user_of_the_machine_is_hung_up_on_even_with_the_cookie() {
    let practice = Practice::empty();
    let served = demo(&practice).logged_in();
    let request = |cookie: &str| format!("GET / HTTP/1.1\r\nHost: {}\r\n{cookie}\r\n", served.host);
    let cookie = format!("Cookie: {}\r\n", served.cookie());
    for cookie in ["", &cookie] {
        assert_eq!(as_another_user(&served.host, &request(cookie)), b"", "not a word");
    }
    let entry = request("").replace("GET /", &format!("GET {}", served.entry));
    assert_eq!(as_another_user(&served.host, &entry), b"");
    served.page("/");
}

#[test]
fn the_cookie_of_a_run_that_has_ended_opens_nothing_at_the_same_port() {
    let practice = Practice::with_client();
    let mut first = Served::practice(&practice);
    let (port, old) = (first.host.split(':').nth(1).expect("a port").to_owned(), first.cookie().to_owned());
    let spent = first.entry.clone();
    first.signal("TERM");
    first.ended();
    let second = Served::with(&practice, ["serve", "--port", &port]);
    assert_eq!(second.host, first.host);
    second.send("GET", "/", &format!("Cookie: {old}\r\n"), "").expect(403);
    second.send("GET", &spent, &format!("Cookie: {old}\r\n"), "").expect(403);
    // The browser may send both.
    second.send("GET", "/", &format!("Cookie: {old}; {}\r\n", second.cookie()), "").expect(200);
}

#[test]
fn after_standing_still_for_longer_than_the_limit_the_first_request_finds_it_locked() {
    let practice = Practice::with_client();
    let served = Served::in_terminal(&practice, &["serve", "--lock-after", "5s"], None).logged_in();
    served.page("/clients/a7/");
    // As when the machine sleeps: no thread of it runs, and the clock goes on.
    served.signal("STOP");
    let since = std::time::Instant::now();
    until("the limit passes", || (since.elapsed() > std::time::Duration::from_secs(6)).then_some(()));
    let mut waiting = connect(&served.host);
    let request = format!("GET /clients/a7/ HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n", served.host, served.cookie());
    waiting.write_all(request.as_bytes()).expect("sent");
    served.signal("CONT");
    let answer = Answer::parse(&rest(&mut waiting)).expect(423);
    assert_fixed(&answer);
    assert!(!answer.text().contains("Client a7"));
}

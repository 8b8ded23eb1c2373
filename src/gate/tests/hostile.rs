//! Requests no browser of ours sends, and the class of answer each must get.

use super::visitor::{Answer, House, parse};

/// A request with `HOST`, `COOKIE` (a whole line) and `PORT` to be filled in, and the statuses it may get.
type Case = (&'static str, &'static [u16]);

const FRAMING: &[Case] = &[
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIETransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", &[400]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIETransfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n", &[400]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIETransfer-Encoding:\r\nContent-Length: 0\r\n\r\n", &[400]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIETransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", &[400]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 1\r\nContent-Length: 1\r\n\r\na", &[400]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 1, 1\r\n\r\na", &[400]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: +1\r\n\r\na", &[400]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: -1\r\n\r\na", &[400]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 0x1\r\n\r\na", &[400]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 1e0\r\n\r\na", &[400]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: \r\n\r\na", &[400]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 1 1\r\n\r\na", &[400]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 8193\r\n\r\na", &[413]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 1099511627776\r\n\r\n", &[413]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 18446744073709551615\r\n\r\n", &[413]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 99999999999999999999999\r\n\r\n", &[413]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1099511627776\r\n\r\n", &[413]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 1\r\n\r\na", &[400]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[411]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEExpect: 100-continue\r\nContent-Length: 1\r\n\r\na", &[417]),
];

const SYNTAX: &[Case] = &[
    ("GET /\r\n", &[400]),
    ("GET / HTTP/0.9\r\n\r\n", &[400]),
    ("GET / HTTP/2.0\r\nHost: HOST\r\n\r\n", &[400]),
    ("GET / HTTP/1.2\r\nHost: HOST\r\n\r\n", &[400]),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &[400]),
    ("\x16\x03\x01\x02\x00\x01\x00\x01\u{7c}\x03\x03", &[400]),
    ("\r\nGET / HTTP/1.1\r\nHost: HOST\r\n\r\n", &[400]),
    (" GET / HTTP/1.1\r\nHost: HOST\r\n\r\n", &[400]),
    ("GET  / HTTP/1.1\r\nHost: HOST\r\n\r\n", &[400]),
    ("GET /a b HTTP/1.1\r\nHost: HOST\r\n\r\n", &[400]),
    ("GET\t/ HTTP/1.1\r\nHost: HOST\r\n\r\n", &[400]),
    ("GET / HTTP/1.1\nHost: HOST\n\n", &[400]),
    ("GET / HTTP/1.1\r\nHost: HOST\nCOOKIE\r\n", &[400]),
    ("GET / HTTP/1.1\r\nHost: HOST\rX: y\r\n\r\n", &[400]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nX: a\0b\r\n\r\n", &[400]),
    ("GET /\0 HTTP/1.1\r\nHost: HOST\r\n\r\n", &[400]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nX: a\r\n b\r\n\r\n", &[400]),
    ("GET / HTTP/1.1\r\n Host: HOST\r\n\r\n", &[400]),
    ("GET / HTTP/1.1\r\nHost : HOST\r\n\r\n", &[400]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nno colon\r\n\r\n", &[400]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\n: empty\r\n\r\n", &[400]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nX\u{e9}: y\r\n\r\n", &[400]),
    ("GET /\u{e9} HTTP/1.1\r\nHost: HOST\r\n\r\n", &[400]),
    ("GET /#x HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[400]),
    ("GET http://HOST/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[400]),
    ("GET http://evil.example/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[400]),
    ("GET * HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[400]),
    ("GET clients/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[400]),
];

const HOST: &[Case] = &[
    ("GET / HTTP/1.1\r\nCOOKIE\r\n", &[400]),
    ("GET / HTTP/1.0\r\nCOOKIE\r\n", &[400]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\nCOOKIE\r\n", &[400]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nhost: evil.example\r\nCOOKIE\r\n", &[400]),
    ("GET / HTTP/1.1\r\nHost:\r\nCOOKIE\r\n", &[421]),
    ("GET / HTTP/1.1\r\nHost: localhost:PORT\r\nCOOKIE\r\n", &[421]),
    ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCOOKIE\r\n", &[421]),
    ("GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\nCOOKIE\r\n", &[421]),
    ("GET / HTTP/1.1\r\nHost: HOST0\r\nCOOKIE\r\n", &[421]),
    ("GET / HTTP/1.1\r\nHost: HOST.evil.example\r\nCOOKIE\r\n", &[421]),
    ("GET / HTTP/1.1\r\nHost: evil.example:PORT\r\nCOOKIE\r\n", &[421]),
    ("GET / HTTP/1.1\r\nHost: x@HOST\r\nCOOKIE\r\n", &[421]),
    ("GET / HTTP/1.1\r\nHost: HOST, HOST\r\nCOOKIE\r\n", &[421]),
    ("GET / HTTP/1.1\r\nHost: [::1]:PORT\r\nCOOKIE\r\n", &[421]),
    ("GET / HTTP/1.1\r\nHost: 127.1:PORT\r\nCOOKIE\r\n", &[421]),
    ("GET / HTTP/1.1\r\nHost: 2130706433:PORT\r\nCOOKIE\r\n", &[421]),
    ("GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: HOST\r\nCOOKIE\r\n", &[421]),
];

const ORIGIN: &[Case] = &[
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEOrigin: http://evil.example\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEOrigin: http://HOST.evil.example\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEOrigin: https://HOST\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEOrigin: http://localhost:PORT\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEOrigin: http://HOST/\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEOrigin: null\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEOrigin: null\r\nSec-Fetch-Site: none\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEOrigin: http://HOST\r\nOrigin: null\r\n\r\n", &[400]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIESec-Fetch-Site: cross-site\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIESec-Fetch-Site: same-site\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIESec-Fetch-Site: Same-Origin\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIESec-Fetch-Site:\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIESec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site\r\n\r\n", &[400]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEService-Worker: script\r\n\r\n", &[403]),
    ("OPTIONS / HTTP/1.1\r\nHost: HOST\r\nOrigin: http://evil.example\r\n\r\n", &[403]),
    ("POST /lock HTTP/1.1\r\nHost: HOST\r\nCOOKIEOrigin: http://evil.example\r\nContent-Length: 0\r\n\r\n", &[403]),
    ("POST /lock HTTP/1.1\r\nHost: HOST\r\nCOOKIEOrigin: null\r\nContent-Length: 0\r\n\r\n", &[403]),
];

const METHOD: &[Case] = &[
    ("POST / HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 0\r\n\r\n", &[405]),
    ("POST /search HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 0\r\n\r\n", &[405]),
    ("POST /lock/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 0\r\n\r\n", &[405]),
    ("POST /lock?x HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 0\r\n\r\n", &[405]),
    ("PUT / HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[405]),
    ("DELETE /notes/x/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[405]),
    ("PATCH / HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[405]),
    ("TRACE / HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[405]),
    ("CONNECT HOST HTTP/1.1\r\nHost: HOST\r\n\r\n", &[405]),
    ("OPTIONS * HTTP/1.1\r\nHost: HOST\r\n\r\n", &[405]),
    ("get / HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[405]),
    ("GETX / HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[405]),
    ("POST /unlock HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 0\r\n\r\n", &[303]),
];

const PATH: &[Case] = &[
    ("GET // HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
    ("GET //evil.example/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
    ("GET /../etc/passwd HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
    ("GET /clients/../ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
    ("GET /%2e%2e/clients/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
    ("GET /.%2E/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
    ("GET /%252e%252e/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
    ("GET /..\\clients HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
    ("GET /a%5cb HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
    ("GET /a%2f..%2fb HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
    ("GET /clients/%00 HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
    ("GET /%0d%0aSet-Cookie:x=y HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
    ("GET /% HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
    ("GET /missing/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[404]),
];

const LOGIN: &[Case] = &[
    ("GET / HTTP/1.1\r\nHost: HOST\r\n\r\n", &[403]),
    ("GET /enter/ HTTP/1.1\r\nHost: HOST\r\n\r\n", &[403]),
    ("GET /enter/0/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[403]),
    ("POST /lock HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n", &[403]),
    ("POST /unlock HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n", &[403]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nContent-Length: 8000\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCookie:\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCookie: ;;==;a\r\n\r\n", &[403]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIECOOKIE\r\n", &[400]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nAuthorization: Basic YTpi\r\n\r\n", &[403]),
];

const WELCOME: &[Case] = &[
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n", &[200]),
    ("GET / HTTP/1.0\r\nHost: HOST\r\nCOOKIE\r\n", &[200]),
    ("GET / HTTP/1.1\r\nhOST:HOST  \r\nCOOKIE\r\n", &[200]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 0\r\n\r\n", &[200]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEOrigin: http://HOST\r\nSec-Fetch-Site: same-origin\r\n\r\n", &[200]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEOrigin: null\r\nSec-Fetch-Site: same-origin\r\n\r\n", &[200]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIESec-Fetch-Site: none\r\n\r\n", &[200]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", &[200]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIERange: bytes=0-1\r\nIf-None-Match: *\r\n\r\n", &[200]),
    ("GET / HTTP/1.1\r\nHost: HOST\r\nCOOKIEX: caf\u{e9}\r\n\r\n", &[200]),
    ("POST /search/ HTTP/1.1\r\nHost: HOST\r\nCOOKIEContent-Length: 3\r\n\r\nq=aGET /x HTTP/1.1\r\n\r\n", &[303]),
];

fn check(cases: &[Case]) {
    let house = House::ordinary();
    let cookie = house.log_in();
    let host = house.gate.address();
    let port = host.rsplit(':').next().unwrap();
    for (request, allowed) in cases {
        let bytes = request.replace("HOST", &host).replace("PORT", port).replace("COOKIE", &cookie);
        let answer = parse(&house.raw(bytes.as_bytes()));
        assert!(allowed.contains(&answer.status), "{request:?} got {}", answer.status);
        assert_has_fixed_fields(&answer, request);
    }
    assert_eq!(house.get("/", &cookie).status, 200, "the gate still answers its reader");
}

/// Exactly the fields of the design, and nothing but what the kind of answer needs beside them.
fn assert_has_fixed_fields(answer: &Answer, request: &str) {
    let csp = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; \
               form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    for (name, value) in [
        ("Content-Security-Policy", csp),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("X-DNS-Prefetch-Control", "off"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Connection", "close"),
    ] {
        assert_eq!(answer.field(name), Some(value), "{request:?}");
    }
    let off = answer.field("Permissions-Policy").unwrap();
    assert!(off.split(", ").all(|feature| feature.ends_with("=()")), "{off}");
    let length: usize = answer.field("Content-Length").unwrap().parse().unwrap();
    assert!(length == answer.body.len() || answer.body.is_empty(), "{request:?}");
    let beside = ["Content-Type", "Location", "Set-Cookie", "Clear-Site-Data", "Allow"];
    let extra = answer.fields.len() - beside.into_iter().filter(|name| answer.field(name).is_some()).count();
    assert_eq!(extra, 11, "no other fields: {:?}", answer.fields);
}

#[test]
fn lengths_and_codings_open_to_argument_are_refused() {
    check(FRAMING);
}

#[test]
fn heads_open_to_argument_are_refused() {
    check(SYNTAX);
}

#[test]
fn only_the_exact_host_is_answered() {
    check(HOST);
}

#[test]
fn other_pages_are_refused() {
    check(ORIGIN);
}

#[test]
fn only_reading_and_three_forms_are_allowed() {
    check(METHOD);
}

#[test]
fn addresses_that_climb_are_not_found() {
    check(PATH);
}

#[test]
fn nothing_but_the_cookie_logs_in() {
    check(LOGIN);
}

#[test]
fn what_browsers_really_send_is_welcome() {
    check(WELCOME);
}

#[test]
fn every_own_answer_carries_the_fixed_fields() {
    let house = House::ordinary();
    assert_has_fixed_fields(&house.get(&house.entry_path(), ""), "entry");
    let cookie = house.log_in();
    assert_has_fixed_fields(&house.ask("HEAD", "/", &cookie), "head");
    assert_has_fixed_fields(&house.ask("POST", "/lock", &format!("{cookie}Content-Length: 0\r\n")), "lock");
    assert_has_fixed_fields(&house.get("/", &cookie), "locked");
    house.gate.open_to("/nowhere/at/all".into());
    assert_has_fixed_fields(&house.get("/", &cookie), "unreachable");
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let house = House::ordinary();
    let host = house.gate.address();
    for bad in [b"GET /\xff HTTP/1.1\r\n".as_slice(), b"\x80\x2e\x01\x03\x01", b"G\x7fET / HTTP/1.1\r\n"] {
        let mut request = bad.to_vec();
        request.extend_from_slice(format!("Host: {host}\r\n\r\n").as_bytes());
        assert_eq!(parse(&house.raw(&request)).status, 400, "{bad:?}");
    }
}

#[test]
fn heads_beyond_the_limits_are_refused() {
    let house = House::ordinary();
    let cookie = house.log_in();
    assert_eq!(house.get("/", &format!("{cookie}X: {}\r\n", "x".repeat(17 * 1024))).status, 431);
    assert_eq!(house.get("/", &format!("{cookie}{}", "X: y\r\n".repeat(200))).status, 431);
    assert_eq!(house.get(&format!("/{}", "a".repeat(4096)), &cookie).status, 414);
    assert_eq!(house.get(&format!("/{}", "a".repeat(4095)), &cookie).status, 404);
    assert_eq!(house.get("/", &format!("{cookie}X: {}\r\n", "x".repeat(15 * 1024))).status, 200);
}

#[test]
fn an_endless_head_is_answered_and_cut() {
    let house = House::ordinary();
    let endless = "X: y\r\n".repeat(200_000);
    let answer = house.get("/", &endless);
    assert_eq!(answer.status, 431);
}

//! The one-time entry and the cookie.

use super::super::{Event, Limits};
use super::child;
use super::visitor::{House, parse};
use std::time::Duration;

const FORBIDDEN: u16 = 403;

#[test]
fn the_entry_address_works_once() {
    let house = House::ordinary();
    let entry = house.entry_path();
    let answer = house.get(&entry, "");
    assert_eq!((answer.status, answer.field("Location")), (303, Some("/")));
    assert_eq!(house.next_event(), Some(Event::EntrySpent));
    assert_eq!(house.get(&entry, ""), house.get("/", ""), "a spent token is a stranger's address");
}

#[test]
fn the_cookie_is_for_this_browser_session_and_site_only() {
    let house = House::ordinary();
    let answer = house.get(&house.entry_path(), "");
    let cookie = answer.field("Set-Cookie").unwrap();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "HttpOnly; SameSite=Strict; Path=/");
    let (name, value) = pair.split_once('=').unwrap();
    assert!(name.len() == 16 && value.len() == 64);
    assert!((name.to_owned() + value).bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[test]
fn two_gates_share_no_secret() {
    let (one, other) = (House::ordinary(), House::ordinary());
    let cookie = one.log_in();
    assert_eq!(one.get("/", &cookie).status, 200);
    assert_eq!(other.get("/", &cookie).status, FORBIDDEN);
    assert_ne!(cookie.split('=').next(), other.log_in().split('=').next());
    assert_ne!(one.gate.new_entry(), other.gate.new_entry());
}

#[test]
fn looking_ahead_does_not_spend_the_token() {
    let house = House::ordinary();
    let entry = house.entry_path();
    assert_eq!(house.ask("HEAD", &entry, "").status, FORBIDDEN);
    for field in ["Purpose: prefetch", "Sec-Purpose: prefetch;prerender", "Sec-Purpose: Prefetch", "X-moz: prefetch"] {
        assert_eq!(house.get(&entry, &format!("{field}\r\n")).status, FORBIDDEN, "{field}");
    }
    assert_eq!(house.get(&entry, "Sec-Fetch-Site: cross-site\r\n").status, FORBIDDEN);
    assert_eq!(house.get(&entry, "Host: evil.example\r\n").status, 400);
    assert_eq!(house.get(&format!("{entry}?"), "").status, FORBIDDEN);
    assert_eq!(house.get(&entry, "").status, 303);
}

#[test]
fn a_new_entry_address_kills_the_old_one() {
    let house = House::ordinary();
    let (old, new) = (house.entry_path(), house.entry_path());
    assert_ne!(old, new);
    assert_eq!(house.get(&old, "").status, FORBIDDEN);
    assert_eq!(house.get(&new, "").status, 303);
}

#[test]
fn an_entry_address_dies_of_age() {
    let limits = Limits { entry: Duration::ZERO, ..Limits::default() };
    let house = House::with(limits, child::ordinary);
    assert_eq!(house.get(&house.entry_path(), "").status, FORBIDDEN);
}

#[test]
fn one_token_lets_one_of_many_in() {
    let house = House::ordinary();
    let entry = house.entry_path();
    let entered = std::thread::scope(|scope| {
        let visits: Vec<_> = (0..20).map(|_| scope.spawn(|| house.get(&entry, "").status)).collect();
        visits.into_iter().map(|visit| visit.join().unwrap()).filter(|status| *status == 303).count()
    });
    assert_eq!(entered, 1);
}

#[test]
fn without_the_cookie_every_address_gets_the_same_bytes() {
    let house = House::ordinary();
    let host = house.gate.address();
    let ask = |method: &str, target: &str| {
        house.raw(format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes())
    };
    let first = ask("GET", "/");
    for target in ["/clients/", "/missing/", "/assets/site.css", "/pulse", "/lock", "/enter/x/", "//", "/../", "/%00"] {
        assert_eq!(ask("GET", target), first, "{target}");
        let head = ask("HEAD", target);
        assert!(first.starts_with(&head) && parse(&head).body.is_empty(), "{target}");
    }
    house.gate.lock();
    assert_eq!(ask("GET", "/"), first, "a stranger cannot tell whether it is locked");
    assert!(house.heard.lock().unwrap().is_empty(), "the child was never asked");
}

#[test]
fn cookies_of_other_local_servers_do_not_disturb() {
    let house = House::ordinary();
    let pair = house.log_in().strip_prefix("Cookie: ").unwrap().trim().to_owned();
    for (cookies, status) in [
        (format!("a=b; {pair}"), 200),
        (format!("{pair};a"), 200),
        (format!("=; ;x==\"y\"; {pair}; z=caf\u{e9}"), 200),
        (format!("{pair}; {pair}"), FORBIDDEN),
        (format!("{}; {pair}", pair.replace('=', "=0")), FORBIDDEN),
        (format!("{pair}0"), FORBIDDEN),
        (format!("x{pair}"), FORBIDDEN),
        (pair.to_uppercase(), FORBIDDEN),
        (pair[..pair.len() - 1].to_owned(), FORBIDDEN),
        (pair.split('=').next().unwrap().to_owned() + "=", FORBIDDEN),
    ] {
        assert_eq!(house.get("/", &format!("Cookie: {cookies}\r\n")).status, status, "{cookies}");
    }
}

//! Requests no browser of ours sends, to the whole program: each with the cookie and without it.
//!
//! Whatever is sent: no page without the cookie, no error of the server's own, every answer with the fixed fields, and
//! both processes go on as before.

use crate::entry::assert_fixed;
use crate::hostile_asking::{framings, guesses, heads_that_are_none, hosts, methods, origins, traversals};
use crate::hostile_crowd::Held;
use crate::practice::Practice;
use crate::served::{Answer, Served, connect, rest};
use std::collections::BTreeSet;
use std::io::Write;
use std::net::Shutdown;

/// A request with HOST, PORT and COOKIE (a whole line, or nothing) to be filled in.
fn filled(template: &str, served: &Served, cookie: &str) -> Vec<u8> {
    let port = served.host.split(':').nth(1).expect("a port");
    let text = template.replace("COOKIE", cookie).replace("HOST", &served.host).replace("PORT", port);
    // One byte for each character below 256, so that a template can hold any byte.
    text.chars()
        .flat_map(|c| u8::try_from(u32::from(c)).map_or_else(|_| c.to_string().into_bytes(), |b| vec![b]))
        .collect()
}

/// Sends bytes, hangs up or not, and reads what comes.
fn ask(served: &Served, bytes: &[u8], hang_up: bool) -> Vec<u8> {
    let mut stream = connect(&served.host);
    // A gate that has heard enough may hang up before the end.
    let _ = stream.write_all(bytes);
    if hang_up {
        let _ = stream.shutdown(Shutdown::Write);
    }
    rest(&mut stream)
}

/// What must hold of anything the server says.
#[track_caller]
fn assert_harmless(bytes: &[u8], template: &str, with_cookie: bool) -> Option<Answer> {
    let shown = template.chars().take(200).collect::<String>();
    // Closing without a word is an answer too.
    if bytes.is_empty() {
        return None;
    }
    let answer = Answer::parse(bytes);
    assert!(answer.status < 500, "{shown:?} got {}", answer.head);
    assert!(with_cookie || !matches!(answer.status, 200 | 303), "{shown:?} got {}", answer.head);
    assert_fixed(&answer);
    let text = answer.text();
    assert!(!text.contains("HTTP/1.1 "), "{shown:?} got two answers");
    assert!(with_cookie || !text.contains("a7") && text.len() < 200, "{shown:?} got {text}");
    Some(answer)
}

/// Every request of a family, with the cookie and without, and a reader after each who gets the page.
fn harmless(family: &[String], allowed: &[u16]) {
    let home = Practice::empty();
    let served = crate::entry::demo(&home).logged_in();
    let before = about(&served);
    let held = Held::by(&served);
    let cookie = format!("Cookie: {}\r\n", served.cookie());
    let mut seen = BTreeSet::new();
    for template in family {
        for (line, with_cookie) in [("", false), (cookie.as_str(), true)] {
            let bytes = ask(&served, &filled(template, &served, line), true);
            let answer = assert_harmless(&bytes, template, with_cookie);
            if let Some(answer) = answer.filter(|_| with_cookie) {
                let shown: String = template.chars().take(200).collect();
                assert!(allowed.contains(&answer.status), "{shown:?} got {}", answer.head);
            }
        }
        assert!(seen.insert(template), "{template:?} stands twice");
        served.get("/pulse").expect(200);
    }
    assert!(about(&served) == before, "nothing was locked or changed");
    held.assert_unchanged(&served);
}

/// A page without its stamp, which also counts findings that came in meanwhile.
fn about(served: &Served) -> String {
    let page = served.page("/about/");
    let (before, rest) = page.split_once("data-stamp=\"").expect("a stamp");
    format!("{before}{}", rest.split_once('"').expect("its end").1)
}

#[test]
fn addresses_that_climb_lead_nowhere() {
    harmless(&traversals(), &[200, 308, 400, 403, 404]);
}

#[test]
fn another_host_than_the_one_is_not_answered() {
    harmless(&hosts(), &[400, 421]);
}

#[test]
fn what_another_page_sends_is_refused_even_with_the_cookie() {
    harmless(&origins(), &[400, 403]);
}

#[test]
fn other_methods_do_nothing() {
    harmless(&methods(), &[400, 403, 405]);
}

#[test]
fn a_request_cannot_hide_in_another() {
    harmless(&framings(), &[400, 411, 413, 417]);
}

#[test]
fn what_is_no_head_is_refused() {
    harmless(&heads_that_are_none(), &[400, 408, 414, 431]);
}

#[test]
fn a_guess_at_the_way_in_is_answered_like_everything_else() {
    harmless(&guesses(), &[403, 404]);
}

#[test]
fn there_are_as_many_hostile_requests_as_promised() {
    let all = [traversals(), hosts(), origins(), methods(), framings(), heads_that_are_none(), guesses()].concat();
    let different: BTreeSet<_> = all.iter().collect();
    assert_eq!(all.len(), different.len());
    assert!(all.len() >= 150, "{}", all.len());
}

//! Every page that can be reached, walked as a reader could: all links lead somewhere, and no title or address tells.

use crate::markup::{inner_addresses, live_parts, tags, title};
use crate::practice::Practice;
use crate::served::{Answer, Served};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::str::FromStr;

/// Every page and asset that links lead to from the first page, and from any other that is named.
fn walk(served: &Served) -> BTreeMap<String, Answer> {
    let mut found = BTreeMap::new();
    let mut next = VecDeque::from(["/".to_owned()]);
    while let Some(address) = next.pop_front() {
        if found.contains_key(&address) {
            continue;
        }
        let answer = served.get(&address);
        assert_eq!(answer.status, 200, "{address}");
        if content_type(&answer).starts_with("text/html") {
            next.extend(inner_addresses(&answer.text()));
        }
        found.insert(address, answer);
    }
    found
}

fn content_type(answer: &Answer) -> String {
    answer.fields("Content-Type").first().map_or(String::new(), |value| (*value).to_owned())
}

/// The codes that addresses name.
fn codes(pages: &BTreeMap<String, Answer>) -> BTreeSet<String> {
    let parts = pages.keys().filter_map(|address| address.strip_prefix("/clients/")?.split('/').next());
    parts
        .filter(|part| !matches!(*part, "" | "closed" | "by-code" | "by-last" | "by-next"))
        .map(str::to_owned)
        .collect()
}

/// Holds what holds of every page of every vault.
#[track_caller]
fn assert_sound(pages: &BTreeMap<String, Answer>) {
    let codes = codes(pages);
    for (address, answer) in pages {
        let right = match address.rsplit_once('.').map(|(_, ending)| ending) {
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            _ => "text/html; charset=utf-8",
        };
        assert_eq!(content_type(answer), right, "{address}");
        if !right.starts_with("text/html") {
            continue;
        }
        let page = answer.text();
        assert!(page.trim_end().ends_with("</html>"), "{address} is whole");
        assert!(live_parts(&page).is_empty(), "{address}: {:?}", live_parts(&page));
        let title = title(&page);
        let fixed = ["Today", "Clients", "Note", "Themes", "Theme", "Search", "About"].contains(&title);
        let mut of_client =
            ["Client ", "Prepare ", "Patterns ", "Course "].iter().filter_map(|kind| title.strip_prefix(kind));
        let of_client = of_client.any(|code| codes.contains(code.trim_start_matches('-')));
        assert!(fixed || of_client, "{address} is called {title:?}");
        let html = tags(&page).into_iter().find(|tag| tag.name == "html").expect("a page");
        assert_eq!(html.value("translate"), Some("no"), "{address}");
        assert!(html.value("lang").is_some(), "{address}");
        assert_eq!(tags(&page).iter().filter(|tag| tag.name == "h1").count(), 1, "{address} has one heading");
    }
}

/// Whether an address is made of fixed words, codes, ids, hashes and numbers alone.
fn tells_nothing(address: &str, codes: &BTreeSet<String>) -> bool {
    let hexadecimal = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let parts: Vec<&str> = address.trim_matches('/').split('/').collect();
    match parts[..] {
        [""] | ["clients" | "themes" | "search" | "about"] | ["favicon.svg"] | ["assets", "site.css" | "site.js"] => {
            true
        }
        ["clients", "closed" | "by-code" | "by-last"] => true,
        ["clients", code] => codes.contains(code),
        ["clients", code, "year", ref numbers @ ..] => {
            codes.contains(code) && numbers.iter().all(|part| part.parse::<u16>().is_ok())
        }
        ["clients", "closed" | "by-code" | "by-last" | "by-next", page] => page.parse::<u16>().is_ok(),
        ["clients", code, "prepare" | "patterns" | "course"] => codes.contains(code),
        ["clients", code, "prepare", "screen"] => codes.contains(code),
        ["clients", code, "course" | "time", from, until] => {
            codes.contains(code) && [from, until].iter().all(|day| chrono::NaiveDate::from_str(day).is_ok())
        }
        ["notes", id] => id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase()),
        ["themes", key] => key.len() == 10 && hexadecimal(key),
        _ => false,
    }
}

#[test]
fn every_link_of_the_example_leads_to_a_sound_page() {
    let home = Practice::empty();
    let served = Served::with(&home, ["demo"]);
    let pages = walk(&served);
    assert_sound(&pages);
    assert!(pages.keys().filter(|address| address.starts_with("/notes/")).count() >= 120, "{}", pages.len());
    assert!(codes(&pages).len() >= 4);
    for address in ["/clients/", "/themes/", "/about/", "/assets/site.css", "/assets/site.js", "/favicon.svg"] {
        assert!(pages.contains_key(address), "{address} is linked");
    }
}

#[test]
fn no_address_of_the_example_holds_a_word_of_a_note() {
    let home = Practice::empty();
    let served = Served::with(&home, ["demo"]);
    let pages = walk(&served);
    let codes = codes(&pages);
    assert!(codes.iter().all(|code| code.len() <= 3), "codes of the example are no words: {codes:?}");
    let telling: Vec<&String> = pages.keys().filter(|address| !tells_nothing(address, &codes)).collect();
    assert!(telling.is_empty(), "{telling:?}");
}

#[test]
fn labels_and_themes_are_in_bodies_and_never_in_titles_or_addresses() {
    let practice = Practice::with_client();
    practice.note("---\nkind: client\nlabel: Quenby of the lighthouse\nopened: 2026-01-01\n---\n");
    let note = "---\ndate: 2026-03-02\nattendance: attended\ntitle: Wolfram\nthemes: [zugzwang]\n---\n@Xanthippe\n";
    practice.note(note);
    let served = Served::practice(&practice);
    let pages = walk(&served);
    assert_sound(&pages);
    let everything: String = pages.values().map(Answer::text).collect();
    for word in ["Quenby", "zugzwang", "Wolfram", "Xanthippe"] {
        assert!(everything.contains(word), "{word} is shown somewhere");
        for (address, answer) in &pages {
            let folded = format!("{address} {}", title(&answer.text())).to_lowercase();
            assert!(!folded.contains(&word.to_lowercase()), "{word} in {folded}");
        }
    }
}

#[test]
fn a_client_who_is_not_there_cannot_be_served() {
    let practice = Practice::with_client();
    practice.run(["serve", "--client", "a77"]).refused_with_hint(7, &["a77"]);
}

#[test]
fn what_a_note_lacks_is_said_once_on_its_page() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\n---\nNothing about attendance.\n");
    let served = Served::practice(&practice);
    assert_eq!(served.page(&format!("/notes/{id}/")).matches("should say <code>attendance</code>").count(), 1);
}

#[test]
fn one_note_dated_far_ahead_leaves_the_others_drawn() {
    let practice = Practice::with_client();
    for day in 1..8 {
        practice.note(&format!("---\ndate: 2026-02-{day:02}\nattendance: attended\n---\nText.\n"));
    }
    practice.note("---\ndate: 2035-02-08\nattendance: attended\n---\nA slip.\n");
    let page = Served::practice(&practice).page("/clients/a7/");
    let lanes =
        page.split("<g class=\"sessions\">").nth(1).and_then(|rest| rest.split("</g>").next()).unwrap_or_default();
    assert_eq!(lanes.matches("class=\"attended\"").count(), 7, "{lanes}");
}

#[test]
fn labels_can_be_left_out_of_every_page_once_or_always() {
    let practice = Practice::with_client();
    practice.note("---\nkind: client\nlabel: Quenby of the lighthouse\nopened: 2026-01-01\n---\n");
    practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nShe came.\n");
    for (arguments, line) in [(&["serve", "--no-labels"][..], ""), (&["serve"], "labels = false\n")] {
        practice.configure(line);
        let served = Served::with(&practice, arguments);
        let note = |address: &str| address.starts_with("/notes/");
        // The note that holds the label shows what stands in it.
        for (address, answer) in walk(&served).iter().filter(|(address, _)| !note(address)) {
            assert!(!answer.text().contains("Quenby"), "{address}");
        }
    }
}

#[test]
fn an_empty_vault_and_a_client_without_notes_have_whole_pages() {
    let nobody = Practice::new();
    let served = Served::practice(&nobody);
    let pages = walk(&served);
    assert_sound(&pages);
    assert!(codes(&pages).is_empty());
    drop(served);
    let somebody = Practice::new();
    somebody.run(["client", "add", "c3"]).expect(0);
    let served = Served::practice(&somebody);
    let pages = walk(&served);
    assert_sound(&pages);
    assert!(codes(&pages).contains("c3"), "{:?}", pages.keys());
}

#[test]
fn a_client_called_like_a_page_has_a_page_of_their_own() {
    let practice = Practice::new();
    practice.run(["client", "add", "closed"]).expect(0);
    let served = Served::practice(&practice);
    let pages = walk(&served);
    assert!(pages.contains_key("/clients/-closed/"), "{:?}", pages.keys());
    assert_eq!(title(&pages["/clients/-closed/"].text()), "Client closed");
}

#[test]
fn what_is_not_there_is_said_to_be_nowhere() {
    let home = Practice::empty();
    let served = Served::with(&home, ["demo"]);
    for path in [
        "/nothing/",
        "/clients/zz9/",
        "/clients/a7/year/1900/",
        "/clients/a7/year/2025/9/",
        "/notes/000000000000/",
        "/themes/0000000000/",
        "/themes/sleep/",
        "/assets/",
        "/assets/site.scss",
        "/notes/",
        "/clients/A7/",
        "/clients/a7/%6eotes/",
        "//clients/",
        "/.git/config",
        "/clients/a7/client.md.age",
    ] {
        let answer = served.get(path).expect(404);
        let page = answer.text();
        assert!(live_parts(&page).is_empty() && page.trim_end().ends_with("</html>"), "{path}");
        assert!(!page.contains("zz9") && !page.contains(".age"), "{path} is not repeated: {page}");
    }
    for (path, whole) in [("/clients", "/clients/"), ("/about", "/about/"), ("/clients/a7", "/clients/a7/")] {
        assert_eq!(served.get(path).expect(308).fields("Location"), [whole]);
    }
}

#[test]
fn the_day_is_the_one_that_was_given() {
    let practice = Practice::with_client();
    practice.note("---\ndate: 2024-02-20\nattendance: attended\nnext: 2024-02-29\n---\nA leap day.\n");
    let served = Served::with(&practice, ["serve", "--today", "2024-02-29"]);
    let page = served.page("/");
    assert!(page.contains("Thursday 29 February 2024"), "{page}");
    assert!(page.contains("9 days ago"), "{page}");
}

#[test]
fn only_the_clients_that_were_asked_for_are_open() {
    let practice = Practice::with_client();
    practice.run(["client", "add", "b8"]).expect(0);
    let id = practice.note("Only this one.\n");
    let other = practice.run_with(["new", "b8", "--from-stdin"], b"Another's words.\n").expect(0).out;
    let served = Served::with(&practice, ["serve", "--client", "a7"]);
    served.page(&format!("/notes/{id}/"));
    served.get(&format!("/notes/{}/", other.trim())).expect(404);
    served.get("/clients/b8/").expect(404);
    let everything: String = walk(&served).values().map(Answer::text).collect();
    assert!(everything.contains("Only this one") && !everything.contains("Another"));
}

#[test]
fn who_comes_today_leads_to_the_brief_and_every_line_of_it_to_its_note() {
    let practice = Practice::with_client();
    let id = practice.note(
        "---\ndate: 2026-03-03\nattendance: attended\nrisk: low\nphq9: 9\nnext: 2026-03-10T10:00\n---\nShe came.\n\n> [!plan]\n> The letter.\n\n> [!quote]\n> It is one cake.\n\n- [ ] me: ask the clinic\n",
    );
    let served = Served::with(&practice, ["serve", "--today", "2026-03-10"]);
    assert!(inner_addresses(&served.page("/")).iter().any(|address| address == "/clients/a7/prepare/"));
    let brief = served.page("/clients/a7/prepare/");
    for said in ["The letter.", "ask the clinic", "Risk last written down: low", "PHQ-9 9", "10 March, 10:00 (today)"] {
        assert!(brief.contains(said), "{said}: {brief}");
    }
    let notes = inner_addresses(&brief).into_iter().filter(|address| address.starts_with("/notes/"));
    assert!(notes.clone().count() >= 5 && notes.clone().all(|address| address == format!("/notes/{id}/")));
    let course = served.page("/clients/a7/course/2026-03-01/2026-03-31/");
    assert!(course.contains("It is one cake.") && course.contains("1 March 2026 to 31 March 2026"));
    for path in ["/clients/zz/prepare/", "/clients/zz/course/", "/clients/a7/course/2026-03-31/2026-03-01/"] {
        served.get(path).expect(404);
    }
}

//! `search` and the search page: what is found, what is said, and that no word of a query stays anywhere.

use crate::hand::ids;
use crate::practice::Practice;
use crate::served::{Answer, Served, canary};
use serde_json::Value;

const NOTES: [&str; 5] = [
    "---\ndate: 2026-01-05\nattendance: attended\nphq9: 14\n---\nSlept badly since the séance. #sleep with @sister\n",
    "---\ndate: 2026-01-12\nattendance: attended\nphq9: 9\n---\nShe slept well.\n\nBadly, she said, was before.\n",
    "---\ndate: 2026-01-19\nattendance: no-show\n---\nNobody came. <b>nightmares</b>\n",
    "---\nkind: plan\ndate: 2026-02-02\ngoals: []\n---\nA plan about sleep and nightmares.\n",
    "---\ndate: 2026-02-09\nattendance: attended\n---\n\u{202e}odd \u{1b}[31msign\u{7} again\n",
];

fn with_notes() -> (Practice, Vec<String>) {
    let practice = Practice::with_client();
    let ids = NOTES.iter().map(|text| practice.note(text)).collect();
    (practice, ids)
}

fn found(practice: &Practice, arguments: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = ["search", "--json"].iter().chain(arguments).copied().collect();
    practice.run(all).expect(0).json().as_array().expect("an array").clone()
}

#[test]
fn words_phrases_and_filters_find_notes_newest_first() {
    let (practice, ids_of) = with_notes();
    for (query, expected) in [
        (&["slept", "badly"][..], &[1, 0][..]),
        (&["\"slept badly\""], &[0]),
        (&["SEANCE"], &[0]),
        (&["nightmare"], &[]),
        (&["nightmare*"], &[3, 2]),
        (&["sleep OR nightmares -kind:plan"], &[2, 0]),
        (&["phq9:>10"], &[0]),
        (&["after:2026-01 person:sister OR kind:plan"], &[3]),
        (&["sleep", "--kind", "plan"], &[3]),
        (&["slept", "--until", "2026-01-10"], &[0]),
        (&["slept", "--oldest"], &[0, 1]),
        (&["client:a7", "--last", "1"], &[4]),
        (&["--", "-slept", "-sleep", "before:2026-02-05"], &[2]),
    ] {
        let expected: Vec<&str> = expected.iter().map(|at| ids_of[*at].as_str()).collect();
        assert_eq!(ids(&found(&practice, query)), expected, "{query:?}");
    }
}

#[test]
fn json_has_the_promised_fields_with_marks_round_what_was_found() {
    let (practice, ids) = with_notes();
    let notes = found(&practice, &["sleep OR seance"]);
    let note = notes.iter().find(|note| note["id"] == ids[0].as_str()).expect("the note");
    assert_eq!(
        (&note["client"], &note["kind"], &note["date"]),
        (&"a7".into(), &"session".into(), &"2026-01-05".into())
    );
    assert!(note["score"].as_f64().expect("a number") > 0.0);
    assert_eq!(note["snippets"], serde_json::json!(["Slept badly since the «séance». #«sleep» with @sister"]));
    let keys: Vec<&String> = note.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["id", "client", "kind", "date", "score", "snippets"]);
    assert_eq!(found(&practice, &["kind:plan"])[0]["snippets"], serde_json::json!([]), "filters alone mark nothing");
}

#[test]
fn a_query_may_come_from_standard_input_and_finding_nothing_is_no_failure() {
    let (practice, ids) = with_notes();
    let ran = practice.run_with(["search", "-", "--json"], b"\"slept badly\"\n").expect(0);
    assert_eq!(ran.json()[0]["id"], ids[0].as_str());
    let nothing = practice.run(["search", "zzyzx"]).expect(0);
    assert!(nothing.out.is_empty() && nothing.err.contains("No notes fit"), "{}", nothing.err);
    assert_eq!(practice.run(["search", "zzyzx", "--json"]).expect(0).json(), serde_json::json!([]));
}

#[test]
fn what_cannot_be_understood_is_a_usage_error_that_names_the_place() {
    let (practice, _) = with_notes();
    practice.run(["search", "sleep", "foo:bar"]).refused_with_hint(2, &["character 7", "`foo:`"]);
    practice.run(["search", "\"slept"]).refused_with_hint(2, &["quotation mark"]);
    practice.run(["search", "before:soon"]).refused_with_hint(2, &["`soon`"]);
    practice.run(["search", "…"]).refused_with_hint(2, &["no word"]);
    practice.run(["search", "client:zz9", "x"]).refused_with_hint(7, &["zz9"]);
    let both = practice.run_with(["search", "-", "--passphrase-file", "-"], b"x\n");
    assert_eq!(both.code, 2, "{}", both.err);
    assert_eq!(practice.run(["search"]).code, 2);
}

#[test]
fn what_was_found_stands_out_and_cannot_drive_the_terminal() {
    let (practice, _) = with_notes();
    let plain = practice.run(["search", "again"]).expect(0).out;
    assert!(plain.contains("«again»") && !plain.contains('\u{1b}') && !plain.contains('\u{202e}'), "{plain}");
    let coloured = practice.run(["search", "again", "--color", "always"]).expect(0).out;
    assert!(coloured.contains("\u{1b}[1magain\u{1b}[0m") && !coloured.contains("\u{1b}[31m"), "{coloured}");
}

/// Sends the search form as a page of the site does.
fn ask(served: &Served, form: &str) -> Answer {
    let fields = format!(
        "Cookie: {}\r\nOrigin: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: {}\r\n",
        served.cookie(),
        served.origin(),
        form.len()
    );
    served.send("POST", "/search/", &fields, form)
}

/// Where what was found stands.
#[track_caller]
fn asked(served: &Served, form: &str) -> String {
    let answer = ask(served, form).expect(303);
    answer.fields("Location").first().map(|to| (*to).to_owned()).expect("an address")
}

#[test]
fn the_form_leads_to_an_address_that_tells_nothing_and_going_back_to_it_works() {
    let (practice, ids) = with_notes();
    let served = Served::practice(&practice);
    assert!(served.page("/").contains("href=\"/search/\""));
    let form = served.page("/search/");
    assert!(form.contains("autocomplete=\"off\"") && form.contains("spellcheck=\"false\""), "{form}");
    let first = asked(&served, "q=nightmares&client=&kind=&since=&until=&order=newest");
    let token = first.strip_prefix("/search/").and_then(|rest| rest.strip_suffix('/')).expect("an address");
    assert!(token.len() == 16 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{first}");
    let second = asked(&served, "q=slept+badly&order=oldest&kind=session");
    let page = served.page(&first);
    assert!(page.contains("value=\"nightmares\"") && page.contains("<mark>nightmares</mark>"), "{page}");
    assert!(page.contains("&lt;b&gt;") && !page.contains("<b>"), "what a note says is text");
    assert!(page.contains(&format!("/notes/{}/", ids[3])) && page.contains("2 notes of 1 client"));
    let page = served.page(&second);
    let at = |id: &str| page.find(&format!("/notes/{id}/")).expect("a link");
    assert!(at(&ids[0]) < at(&ids[1]) && page.contains("selected>oldest first"));
    assert!(served.page(&first).contains("<title>Search</title>"));
}

#[test]
fn a_search_sees_notes_that_come_in_later() {
    let (practice, _) = with_notes();
    let served = Served::practice(&practice);
    let found = asked(&served, "q=lighthouse");
    assert!(served.page(&found).contains("Nothing found"));
    practice.note("---\ndate: 2026-03-01\n---\nThe lighthouse.\n");
    served.page_until(&found, "the note is found", |page| page.contains("<mark>lighthouse</mark>"));
}

#[test]
fn a_form_that_cannot_be_understood_comes_back_with_the_reason() {
    let (practice, _) = with_notes();
    let served = Served::practice(&practice);
    for (form, reason) in [
        ("q=sleep+foo%3Abar", "At character 7"),
        ("q=%22slept", "quotation mark"),
        ("since=soon", "the day cannot be read"),
        ("client=..%2F..", "no client"),
        ("q=%3Cscript%3E%3Aalert%281%29+a%3Ab", "is no filter"),
    ] {
        let page = served.page(&asked(&served, form));
        assert!(page.contains(reason), "{form}: {page}");
        assert!(crate::markup::live_parts(&page).is_empty(), "{form}");
    }
    for empty in ["", "q=", "q=++&order=oldest", "evil=1"] {
        assert_eq!(asked(&served, empty), "/search/", "{empty}");
    }
}

#[test]
fn hundreds_of_notes_come_in_pages() {
    let practice = Practice::with_client();
    let note = |day: u32| format!("---\ndate: 2026-01-{day:02}\nattendance: attended\n---\nThe tide.\n");
    for day in 1..=31 {
        practice.note(&note(day));
    }
    let served = Served::practice(&practice);
    let first = asked(&served, "q=tide");
    let page = served.page(&first);
    assert!(page.contains("31 notes") && page.contains(&format!("{first}2/")));
    let last = served.page(&format!("{first}2/"));
    assert!(last.contains("1 January 2026") && last.contains(&format!("href=\"{first}\"")), "{last}");
    for path in [format!("{first}3/"), format!("{first}1/"), "/search/0123456789abcdef/".to_owned()] {
        assert_eq!(served.get(&path).status, 404, "{path}");
    }
}

#[test]
fn other_pages_cannot_search_and_the_form_is_the_only_way() {
    let (practice, _) = with_notes();
    let served = Served::practice(&practice);
    let own = served.origin();
    for (fields, status) in [
        (format!("Origin: http://evil.example\r\nCookie: {}", served.cookie()), 403),
        (format!("Origin: {own}\r\nSec-Fetch-Site: same-site\r\nCookie: {}", served.cookie()), 403),
        (format!("Origin: null\r\nCookie: {}", served.cookie()), 403),
        (format!("Origin: {own}"), 403),
        (format!("Origin: {own}\r\nCookie: {}", served.cookie()), 303),
        (format!("Origin: null\r\nSec-Fetch-Site: same-origin\r\nCookie: {}", served.cookie()), 303),
    ] {
        let fields = format!("{fields}\r\nContent-Length: 7\r\n");
        served.send("POST", "/search/", &fields, "q=sleep").expect(status);
    }
    let page = served.page("/search/?q=nightmares");
    assert!(!page.contains("nightmares</mark>") && !page.contains("value=\"nightmares\""), "an address finds nothing");
}

#[test]
fn what_was_looked_for_is_never_written_anywhere() {
    let (practice, _) = with_notes();
    let word = canary();
    let served = Served::practice(&practice);
    let page = served.page(&asked(&served, &format!("q={word}")));
    assert!(page.contains(&word));
    practice.run_with(["search", "-"], word.as_bytes()).expect(0);
    drop(served);
    practice.nowhere_in_the_clear(&word);
}

//! `show` and `list`: which note is meant, every filter, JSON as designed, and notes that cannot drive a terminal.

use crate::hand::dates;
use crate::practice::{Practice, Ran};
use serde_json::Value;
use std::process::Stdio;

const TODAY: &str = "2026-03-31";

/// Client a7 with six notes, in the order of their days.
fn with_history() -> (Practice, Vec<String>) {
    let practice = Practice::with_client();
    let notes = [
        "---\nkind: intake\ndate: 2025-12-01\npresenting_problem: sleep\n---\nIntake.\n",
        "---\ndate: 2026-01-05\nattendance: attended\nthemes: [sleep/dreams]\nphq9: 14\n---\nWith @sister.\n",
        "---\ndate: 2026-01-12\nattendance: no-show\n---\nNobody came.\n",
        "---\ndate: 2026-01-19\nattendance: late\nstatus: signed\ntitle: The letter\ngad7: 8\n---\n#work and @sister/older\n",
        "---\nkind: plan\ndate: 2026-02-28\ngoals:\n  - {id: g1, text: sleep, target: seven hours, status: active}\n---\nPlan.\n",
        "---\ndate: 2026-03-30T10:00+02:00\nattendance: attended\ngoals: {g1: 6}\nrisk: low\n---\n#Sleep again.\n",
    ];
    // Sealed in another order than their days.
    let mut ids: Vec<String> = notes.iter().rev().map(|text| practice.note(text)).collect();
    ids.reverse();
    (practice, ids)
}

#[test]
fn a_note_is_found_by_id_beginning_client_date_and_session_number() {
    let (practice, ids) = with_history();
    let shown = |reference: &str| practice.run(["show", "--raw", reference]).expect(0).out;
    for (reference, at) in [
        (ids[1].as_str(), 1),
        (&ids[1][..4], 1),
        (&ids[3].to_uppercase(), 3),
        ("a7", 5),
        ("a7/2026-01-19", 3),
        ("a7/2026-03-30", 5),
        ("a7/1", 1),
        ("a7/2", 2),
        ("a7/4", 5),
    ] {
        assert!(shown(reference).contains(&ids[at]), "{reference}");
    }
}

#[test]
fn what_fits_no_note_or_more_than_one_is_not_found() {
    let (practice, ids) = with_history();
    let recipients = practice.vault().join("clients/a7/.age-recipients");
    for id in ["abcdaaaaaaaa", "abcdbbbbbbbb"] {
        practice.age_seal(&recipients, "---\ndate: 2026-02-02\n---\nTwin.\n", &practice.sealed(id));
    }
    practice.run(["show", "abcd"]).refused_with_hint(7, &["abcd", "2"]);
    practice.run(["show", "a7/2026-02-02"]).refused_with_hint(7, &["2", "2026-02-02"]);
    for reference in [&ids[0][..3], "zzzzzzzzzzzz", "a7/2020-01-01", "a7/99", "a7/soon", "zz/1", "a7/", "/", "../a7"] {
        practice.run(["show", reference]).refused_with_hint(7, &[reference]);
    }
    assert!(practice.run(["show", "abcda"]).expect(0).out.contains("Twin."));
}

#[test]
fn to_edit_a_client_means_its_newest_draft() {
    let practice = Practice::with_client();
    let draft = practice.note("---\ndate: 2026-01-05\nattendance: attended\n---\nDraft.\n");
    practice.note("---\ndate: 2026-01-12\nstatus: signed\nattendance: attended\n---\nSigned.\n");
    practice.editing(["edit", "a7"], "More.").expect(0);
    assert!(practice.raw(&draft).contains("More."));
}

#[test]
fn show_gives_the_body_with_a_heading_and_raw_the_text_as_it_was_sealed() {
    let (practice, ids) = with_history();
    let out = practice.run(["show", &ids[1]]).expect(0).out;
    let mut lines = out.lines();
    let heading = lines.next().unwrap();
    for part in ["a7", "session 1", "2026-01-05", "attended"] {
        assert!(heading.contains(part), "{heading}");
    }
    assert!(out.contains("With @sister.") && !out.contains("themes:"), "{out}");
    let raw = practice.raw(&ids[1]);
    assert!(raw.starts_with("---\n") && raw.contains("themes: [sleep/dreams]\n") && raw.ends_with("With @sister.\n"));
}

#[test]
fn every_filter_leaves_what_it_says() {
    let (practice, ids) = with_history();
    let cases: [(&[&str], &[usize]); 19] = [
        (&[], &[0, 1, 2, 3, 4, 5]),
        (&["--kind", "plan"], &[4]),
        (&["--kind", "session"], &[1, 2, 3, 5]),
        (&["--theme", "sleep"], &[1, 5]),
        (&["--theme", "#SLEEP"], &[1, 5]),
        (&["--theme", "sleep/dreams"], &[1]),
        (&["--theme", "nothing"], &[]),
        (&["--person", "@sister"], &[1]),
        (&["--since", "2026-01-12"], &[2, 3, 4, 5]),
        (&["--until", "2026-01-12"], &[0, 1, 2]),
        (&["--since", "2026-01-05", "--until", "2026-01-19"], &[1, 2, 3]),
        (&["--on", "yesterday"], &[5]),
        (&["--since", "1 month ago"], &[4, 5]),
        (&["--until", "3 months ago"], &[0]),
        (&["--last", "2"], &[4, 5]),
        (&["--kind", "session", "--last", "1", "--until", "2026-02-01"], &[3]),
        (&["--attendance", "no-show"], &[2]),
        (&["--status", "signed"], &[3]),
        (&["--status", "draft", "--attendance", "attended"], &[1, 5]),
    ];
    for (filters, left) in cases {
        let listed = practice.list(["a7", "--today", TODAY].iter().chain(filters));
        let wanted: Vec<&str> = left.iter().map(|at| ids[*at].as_str()).collect();
        let found: Vec<&str> = listed.iter().map(|note| note["id"].as_str().unwrap()).collect();
        // `sister/older` is another person's name or a part of it; either way the first is there.
        let found: Vec<&str> = if filters.contains(&"--person") { found[..1].to_vec() } else { found };
        assert_eq!(found, wanted, "{filters:?}");
    }
}

#[test]
fn filters_that_cannot_be_read_are_usage_errors_that_say_what_could() {
    let (practice, _) = with_history();
    practice.run(["list", "--since", "03/02/2026"]).refused_with_hint(2, &["2026-03-02", "2026-02-03"]);
    practice.run(["list", "--on", "2026-02-30"]).refused_with_hint(2, &["2026-02-30", "no such day"]);
    practice.run(["list", "--today", "whenever"]).refused_with_hint(2, &["whenever"]);
    assert!(practice.run(["list", "--attendance", "here"]).refused_with_hint(2, &["here"]).err.contains("no-show"));
    assert!(practice.run(["list", "--status", "done"]).refused_with_hint(2, &["done"]).err.contains("signed"));
    practice.run(["list", "zz"]).refused_with_hint(7, &["zz"]);
    practice.run(["list", "--on", "today", "--since", "today"]).expect(2);
}

#[test]
fn notes_are_listed_oldest_first_one_a_line() {
    let (practice, ids) = with_history();
    let out = practice.run(["list", "a7"]).expect(0).out;
    let first: Vec<&str> = out.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(first, ids);
    assert_eq!(dates(&practice.list(["--last", "2"])), ["2026-02-28", "2026-03-30T10:00+02:00"]);
}

#[test]
fn listed_json_has_the_keys_and_types_of_the_design() {
    let (practice, _) = with_history();
    let listed = practice.list(["a7"]);
    let known = [
        "id",
        "client",
        "kind",
        "date",
        "number",
        "title",
        "attendance",
        "status",
        "themes",
        "people",
        "measures",
        "goals",
        "risk",
        "problems",
    ];
    for note in &listed {
        for (key, value) in note.as_object().unwrap() {
            let fits = match key.as_str() {
                "number" | "problems" => value.is_u64(),
                "themes" | "people" => value.as_array().is_some_and(|all| all.iter().all(Value::is_string)),
                "measures" | "goals" => value.as_object().is_some_and(|all| all.values().all(Value::is_number)),
                _ => value.as_str().is_some_and(|text| !text.is_empty()),
            };
            assert!(known.contains(&key.as_str()) && fits, "{key}: {value}");
        }
        for key in ["id", "client", "kind", "date", "status", "themes", "people", "measures", "problems"] {
            assert!(note.get(key).is_some(), "{key} is not in {note}");
        }
    }
    assert_eq!(listed[1]["number"], 1);
    assert_eq!(listed[1]["measures"].to_string(), "{\"phq9\":14}", "whole numbers without a fraction");
    assert_eq!(listed[3]["title"], "The letter");
    assert_eq!(listed[5]["goals"].to_string(), "{\"g1\":6}");
    assert_eq!((&listed[5]["risk"], &listed[5]["attendance"]), (&"low".into(), &"attended".into()));
    assert!(
        listed[0].get("number").is_none() && listed[0].get("attendance").is_none() && listed[0].get("risk").is_none()
    );
    assert_eq!(practice.run(["list", "a7", "--kind", "letter", "--json"]).expect(0).out.trim(), "[]");
}

const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[31mred\u{9b}2J\u{202e}desrever\u{2066}x\u{7f}\u{200f}";

fn drives_a_terminal(text: &str) -> bool {
    let bidi = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    text.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\t' | '\r')) || bidi(c))
}

#[test]
fn no_note_drives_the_terminal() {
    let practice = Practice::with_client();
    let text = format!(
        "---\ndate: 2026-03-02\ntitle: \"{HOSTILE}\"\nattendance: {HOSTILE}\nphq9: {HOSTILE}\nkind: k{HOSTILE}\n---\n{HOSTILE}\n"
    );
    let id = practice.note(&text);
    practice.note(&format!("---\nkind: client\nlabel: \"{HOSTILE}\"\nname: \"{HOSTILE}\"\nopened: 2026-01-01\n---\n"));
    for arguments in
        [&["list"][..], &["show", &id], &["check", "--all"], &["check"], &["client", "show", "a7", "--name"]]
    {
        let ran = practice.run(arguments);
        assert!(
            !drives_a_terminal(&ran.out) && !drives_a_terminal(&ran.err),
            "{arguments:?}: {:?}{:?}",
            ran.out,
            ran.err
        );
    }
    let out = practice.run(["list"]).expect(0).out;
    assert_eq!(out.lines().count(), 2, "one note is one line: {out}");
}

#[test]
fn show_raw_drives_no_terminal_either() {
    let practice = Practice::with_client();
    let id = practice.note(&format!("---\ndate: 2026-03-02\n---\n{HOSTILE}\n"));
    let ran = practice.on_terminal(&format!("\"$PROGRAM\" show --raw {id}"), "").expect(0);
    assert!(ran.out.contains("owned") && !drives_a_terminal(&ran.out), "{:?}", ran.out);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let (practice, ids) = with_history();
    for _ in 0..40 {
        practice.note(&"Long text. ".repeat(300));
    }
    for arguments in
        [&["list", "--json"][..], &["list"], &["show", "--raw", &ids[1]], &["check", "--all"], &["--help"], &[]]
    {
        let mut command = practice.command();
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert!(ran.code <= 1 && ran.code >= 0, "{arguments:?}: {} {}", ran.code, ran.err);
        assert!(!ran.err.contains("error:") && !ran.err.contains("panicked"), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn clients_are_listed_and_shown_without_their_names() {
    let practice = Practice::with_client();
    practice.note("---\nkind: client\nlabel: The baker\nname: Zanzibar Quince\ncontact: 555 0100\nopened: 2026-01-01\nborn: 1980\n---\n");
    practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nText.\n");
    let listed = practice.run(["client", "list", "--json"]).expect(0).json();
    assert_eq!(listed, serde_json::json!([{"client": "a7", "notes": 2}]));
    let shown = practice.run(["client", "show", "a7"]).expect(0).out;
    assert!(
        shown.contains("The baker")
            && shown.contains("1 session")
            && !shown.contains("Quince")
            && !shown.contains("555"),
        "{shown}"
    );
    assert!(practice.run(["client", "show", "a7", "--name"]).expect(0).out.contains("Zanzibar Quince"));
    practice.without_identity();
    assert_eq!(practice.run(["client", "list", "--json"]).expect(0).json(), listed, "codes need no key");
}

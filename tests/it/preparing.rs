//! `prepare`: one screen before a session, each line with its note, and nothing filled that is not written.

use crate::practice::Practice;
use serde_json::Value;

const TODAY: &str = "2026-03-10";

/// Headings and items of a prepared client.
fn items<'a>(brief: &'a Value, heading: &str) -> Vec<&'a Value> {
    let sections = brief["sections"].as_array().unwrap();
    let section = sections.iter().find(|section| section["heading"] == heading);
    section.map_or(Vec::new(), |section| section["items"].as_array().unwrap().iter().collect())
}

fn prepare(practice: &Practice, client: &str) -> Value {
    practice.run(["prepare", client, "--json", "--today", TODAY]).expect(0).json()
}

#[test]
fn each_line_names_a_note_that_can_be_shown() {
    let practice = Practice::with_client();
    let sheet =
        practice.note("---\nkind: client\nopened: 2026-01-01\nborn: 1980\nemergency_contact: Ilse, 555 0100\n---\n");
    let note = "---\ndate: 2026-03-03\nattendance: attended\nphq9: 9\nrisk: low\nnext: 2026-03-10T10:00\n---\nShe came.\n\n> [!plan]\n> The letter.\n\n- [ ] me: ask the clinic\n- [ ] client: sleep diary\n";
    let session = practice.note(note);
    let brief = prepare(&practice, "a7");
    assert_eq!(brief["client"], "a7");
    for (heading, text) in [
        ("Where we stopped", "The letter."),
        ("Promised by me", "ask the clinic"),
        ("Promised by the client", "sleep diary"),
        ("Safety, as recorded", "Risk last written down: low (3 March)"),
        ("Scores", "PHQ-9 9, the first in this work"),
        ("Next appointment", "10 March, 10:00 (today)"),
    ] {
        let first = items(&brief, heading)[0];
        assert_eq!((&first["text"], &first["source"]), (&text.into(), &session.as_str().into()), "{heading}");
    }
    let contact = items(&brief, "Safety, as recorded").pop().unwrap();
    assert_eq!(
        (&contact["text"], &contact["source"]),
        (&"Emergency contact: Ilse, 555 0100".into(), &sheet.as_str().into())
    );
    for section in brief["sections"].as_array().unwrap() {
        for source in section["items"].as_array().unwrap().iter().filter_map(|item| item["source"].as_str()) {
            practice.run(["show", source]).expect(0);
        }
    }
    let text = practice.run(["prepare", "a7", "--today", TODAY]).expect(0).out;
    assert!(text.starts_with("a7\n"), "{text}");
    for line in text.lines().filter(|line| line.contains("ask the clinic") || line.contains("The letter.")) {
        assert!(line.ends_with(&format!("2026-03-03 {session}")), "{line}");
    }
    assert!(text.lines().count() <= 40 && text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn a_client_without_notes_gets_what_is_not_written_and_an_unknown_one_is_refused() {
    let practice = Practice::with_client();
    let text = practice.run(["prepare", "a7"]).expect(0).out;
    for said in
        ["No session has taken place yet.", "Risk is not assessed in any note", "No next appointment is written."]
    {
        assert!(text.split_whitespace().collect::<Vec<_>>().join(" ").contains(said), "{said}: {text}");
    }
    let brief = prepare(&practice, "a7");
    assert!(items(&brief, "Where we stopped")[0].get("source").is_none(), "{brief}");
    practice.run(["prepare", "zz"]).refused_with_hint(7, &["zz", "client list"]);
    practice.run(["prepare", "a7", "--today", "03/02/2026"]).refused_with_hint(2, &["2026-02-03"]);
}

#[test]
fn without_a_client_all_who_are_planned_for_the_day_come_in_the_order_of_the_day() {
    let practice = Practice::with_client();
    let nobody = practice.run(["prepare", "--today", TODAY]).expect(0);
    assert!(nobody.out.is_empty() && nobody.err.contains("Nobody is planned"), "{}{}", nobody.out, nobody.err);
    assert_eq!(practice.run(["prepare", "--json", "--today", TODAY]).expect(0).json(), serde_json::json!([]));
    practice.note("---\ndate: 2026-03-03\nattendance: attended\nnext: 2026-03-10T15:00\n---\n");
    for (client, next) in [("b8", "2026-03-10T09:00"), ("c9", "2026-03-11T09:00")] {
        practice.run(["client", "add", client]).expect(0);
        let note = format!("---\ndate: 2026-03-03\nattendance: attended\nnext: {next}\n---\n");
        practice.run_with(["new", client, "--from-stdin"], note.as_bytes()).expect(0);
    }
    let all = practice.run(["prepare", "--json", "--today", TODAY]).expect(0).json();
    let codes: Vec<&str> = all.as_array().unwrap().iter().map(|brief| brief["client"].as_str().unwrap()).collect();
    assert_eq!(codes, ["b8", "a7"]);
    let text = practice.run(["prepare", "--today", TODAY]).expect(0).out;
    assert!(text.starts_with("b8\n") && text.contains("\n\na7\n") && !text.contains("c9"), "{text}");
}

#[test]
fn control_characters_of_a_note_are_made_visible_and_process_notes_are_not_opened() {
    let practice = Practice::with_client();
    practice.note("---\ndate: 2026-03-03\nattendance: attended\n---\n> [!plan]\n> before\u{1b}[31mred\u{7}\n");
    practice.note("---\nkind: process\ndate: 2026-03-04\n---\n> [!plan]\n> Countertransference.\n\n- [ ] me: think\n");
    let text = practice.run(["prepare", "a7", "--today", TODAY]).expect(0).out;
    assert!(text.contains("before␛[31mred␇") && !text.contains('\u{1b}'), "{text}");
    assert!(!text.contains("Countertransference") && !text.contains("think"), "{text}");
}

#[test]
fn a_long_history_fits_one_screen_and_says_how_much_more_there_is() {
    let practice = Practice::with_client();
    for week in 1..=8 {
        let tasks: String = (1..=6)
            .map(|task| format!("- [ ] me: the {task}. thing promised in week {week}, told at some length\n"))
            .collect();
        practice.note(&format!(
            "---\ndate: 2026-01-{:02}\nattendance: attended\nphq9: {week}\ngad7: 3\n---\n{tasks}",
            week * 3
        ));
    }
    let text = practice.run(["prepare", "a7", "--today", TODAY]).expect(0).out;
    assert!(text.lines().count() <= 40, "{text}");
    let more = text.lines().find(|line| line.starts_with("  and ")).expect("the list is cut");
    let brief = prepare(&practice, "a7");
    let mine = items(&brief, "Promised by me");
    let shown = text.lines().filter(|line| line.contains("thing promised")).count();
    assert_eq!((mine.len(), more), (48, format!("  and {} more", 48 - shown).as_str()));
    assert!(mine[0]["text"].as_str().unwrap().contains("week 8"), "newest first");
}

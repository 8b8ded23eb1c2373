//! `patterns`: what is found, what it rests on, and what is never said.

use crate::practice::Practice;
use serde_json::Value;
use std::fmt::Write;

pub const TODAY: &str = "2026-12-31";

/// Client a7 with a history in which PHQ-9 falls from about 17 to about 7 after session 12, and grief comes up then.
pub fn with_a_story() -> Practice {
    let practice = Practice::new();
    let folder = practice.home().join("notes/a7");
    std::fs::create_dir_all(&folder).unwrap();
    let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    for at in 0..28u64 {
        let day = first + chrono::Days::new(at * 7);
        let level = if at < 12 { 17 } else { 7 };
        let score = level + [0, 1, -1, 0, 2, -2, 1][(at % 7) as usize];
        let theme = if at >= 14 && at % 4 != 3 { "grief, " } else { "" };
        let mut text = format!("---\nclient: a7\ndate: {day}\nkind: session\nattendance: attended\n");
        let _ =
            write!(text, "themes: [{theme}work]\nmeasures: {{phq9: {score}, phq9_item9: 1}}\n---\n\nA plain note.\n");
        std::fs::write(folder.join(format!("{day}.md")), text).unwrap();
    }
    practice.run(["import", "markdown", folder.parent().unwrap().to_str().unwrap()]).expect(0);
    practice
}

fn found<'a>(document: &'a Value, kind: &str) -> &'a Value {
    let all = document["findings"].as_array().unwrap();
    all.iter().find(|finding| finding["kind"] == kind).unwrap_or_else(|| panic!("no {kind} in {document:#}"))
}

#[test]
fn a_planted_story_is_told_with_its_numbers_and_the_same_each_time() {
    let practice = with_a_story();
    let run = || practice.run(["patterns", "a7", "--all", "--json", "--today", TODAY]).expect(0);
    let document = run().json();
    let change = found(&document, "reliable_change");
    assert_eq!((&change["client"], &change["subject"]), (&"a7".into(), &"phq9".into()));
    assert_eq!(change["direction"], "improving");
    assert!(change.get("p_value").is_none(), "a rule has no p-value");
    assert_eq!(found(&document, "sudden_gain")["at_session"], 13);
    assert_eq!(found(&document, "level_shift")["at_session"], 13);
    let emerging = found(&document, "theme_emerging");
    assert_eq!((&emerging["subject"], &emerging["at_session"]), (&"grief".into(), &15.into()));
    assert!(emerging["q_value"].as_f64().unwrap() <= 0.05);
    // Ten of fourteen: the notes for it are the ten, and the four without stand against it.
    assert!(
        emerging["statement"].as_str().unwrap().contains("in 10 of the last 14 sessions, and in 0 of the 14 before")
    );
    assert_eq!(emerging["evidence"].as_array().unwrap().len(), 10);
    assert_eq!(emerging["against"].as_array().unwrap().len(), 4);
    assert_eq!(run().out, run().out);
}

#[test]
fn risk_items_are_never_tested_and_no_word_claims_a_cause() {
    let practice = with_a_story();
    let json = practice.run(["patterns", "--all", "--json", "--today", TODAY]).expect(0).out;
    let text = practice.run(["patterns", "--all", "--today", TODAY]).expect(0).out;
    assert!(!json.contains("phq9_item9") && !text.contains("item 9"));
    for word in ["because", "due to", "caused", "effective", "relapse", "diagnosis", "recovered", "sudden loss"] {
        assert!(!text.to_lowercase().contains(word), "{word} in: {text}");
    }
    assert!(text.starts_with("a7\n") && text.contains("  Stands out\n"), "{text}");
}

#[test]
fn a_short_history_is_too_early_to_say_and_silence_claims_nothing() {
    let practice = Practice::with_client();
    for day in ["2026-01-05", "2026-01-12"] {
        practice.note(&format!("---\ndate: {day}\nattendance: attended\nthemes: [sleep]\nphq9: 14\n---\nShort.\n"));
    }
    let ran = practice.run(["patterns", "a7", "--today", TODAY]).expect(0);
    assert!(ran.out.is_empty() && ran.err.contains("does not mean that nothing is there"), "{}{}", ran.out, ran.err);
    let all = practice.run(["patterns", "a7", "--all", "--today", TODAY]).expect(0).out;
    assert!(all.contains("Too early to say") && all.contains("2 scores; 8 are needed for a trend"), "{all}");
}

#[test]
fn what_fell_silent_and_what_was_not_repaired_is_said_without_a_test() {
    let practice = Practice::with_client();
    for at in 1..=9 {
        let with = if at <= 4 { "With @sister." } else { "Alone." };
        let rupture = if at == 5 { "rupture: withdrawal\n" } else { "" };
        practice.note(&format!("---\ndate: 2026-03-0{at}\nattendance: attended\n{rupture}---\n{with}\n"));
    }
    let document = practice.run(["patterns", "a7", "--json", "--today", TODAY]).expect(0).json();
    let statements: Vec<&str> =
        document["observations"].as_array().unwrap().iter().filter_map(|seen| seen["statement"].as_str()).collect();
    assert!(statements.contains(&"Rupture noted 5 Mar 2026; no repair noted since."), "{statements:?}");
    let sister = statements.iter().find(|said| said.starts_with("Sister: not written about since session 4"));
    assert!(sister.is_some_and(|said| said.contains("5 sessions; in 4 sessions before")), "{statements:?}");
}

#[test]
fn an_unknown_client_is_not_found() {
    Practice::with_client().run(["patterns", "zz"]).refused_with_hint(7, &["zz"]);
}

#[test]
fn a_year_is_held_against_the_years_before_and_names_what_filled_a_season() {
    let practice = Practice::new();
    let folder = practice.home().join("notes/d1");
    std::fs::create_dir_all(&folder).unwrap();
    let first = chrono::NaiveDate::from_ymd_opt(2022, 1, 3).unwrap();
    // A diary of three years, every fifth day: a flood in the summer of the second, a strike in autumn of the third.
    for at in 0..219u64 {
        let day = first + chrono::Days::new(at * 5);
        let date = day.format("%Y-%m").to_string();
        let flood =
            if ["2023-06", "2023-07"].contains(&date.as_str()) { "The flood stood in the street. " } else { "" };
        let strike = if ["2024-10", "2024-11"].contains(&date.as_str()) { "No trains, the strike. " } else { "" };
        let walk = ["Walked by the mill.", "Read until late.", "Letters and bread."][(at % 3) as usize];
        let text = format!("---\nclient: d1\ndate: {day}\nattendance: attended\n---\n{flood}{strike}{walk}\n");
        std::fs::write(folder.join(format!("{day}.md")), text).unwrap();
    }
    practice.run(["import", "markdown", folder.parent().unwrap().to_str().unwrap()]).expect(0);
    let words_of = |today: &str| -> Vec<String> {
        let document = practice.run(["patterns", "d1", "--json", "--today", today]).expect(0).json();
        let seen = document["observations"].as_array().unwrap().iter().filter(|seen| seen["kind"] == "year_words");
        seen.map(|seen| seen["statement"].as_str().unwrap().to_owned()).collect()
    };
    let second = words_of("2023-12-31").join("\n");
    assert!(second.contains("“flood” stands in 12 of the 73 sessions of 2023, and in 0 of the 73 before;"), "{second}");
    assert!(second.contains("of the 12 in June.") || second.contains("of the 12 in July."), "{second}");
    assert!(!second.contains("mill") && !second.contains("strike"), "{second}");
    let third = words_of("2024-12-31").join("\n");
    assert!(third.contains("“strike”") && third.contains("“trains”") && !third.contains("flood"), "{third}");
    assert_eq!(words_of("2022-12-31"), Vec::<String>::new(), "there is no year before");
}

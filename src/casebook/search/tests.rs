//! What the search promises, tried on notes that were really read.

use super::{Order, Search, snippets};
use crate::casebook::{Casebook, Changes, Query};
use crate::domain::{Class, ClientCode, Note, NoteId};
use crate::notes::{self, Source};
use std::sync::Arc;

fn note(number: u8, client: &str, text: &str) -> Arc<Note> {
    let client = ClientCode::parse(client).unwrap();
    let class = if text.contains("kind: process") { Class::Process } else { Class::Record };
    let written = "2026-03-10".parse().unwrap();
    let source = Source { id: NoteId::from_bits([number; 8]), class, client: Some(&client), file_name: None, written };
    Arc::new(notes::read(text.as_bytes(), &source))
}

fn session(number: u8, client: &str, rest: &str) -> Arc<Note> {
    note(number, client, &format!("---\ndate: 2026-01-{number:02}\nattendance: attended\n{rest}"))
}

fn practice() -> Casebook {
    let read = vec![
        session(1, "a7", "phq9: 14\nmood: gloomy\n---\nSlept badly since the Séance. #sleep with @sister.\n"),
        session(2, "a7", "phq9: 9\n---\nShe slept well. Badly, she said, was before.\n"),
        session(3, "b3", "themes: [family/mother, sleep]\n---\nNightmares again; self-criticism and work.\n"),
        session(4, "b3", "---\nWork, work, work.\n\nThe mother’s letter.\n"),
        note(5, "b3", "---\nkind: plan\ndate: 2026-01-05\ngoals: []\n---\nA plan for sleep.\n"),
        note(6, "b3", "---\nkind: process\ndate: 2026-01-06\n---\nThe hunch about work.\n"),
    ];
    Casebook::default().next(Changes { read, ..Changes::default() })
}

/// The days of January whose notes fit.
fn found(query: &str) -> Vec<u8> {
    let book = practice();
    let search = Search::parse(query).unwrap_or_else(|fault| panic!("{query}: {fault}"));
    let hits = search.run(&book, &Query::default(), Order::Oldest);
    hits.iter().map(|hit| chrono::Datelike::day(&hit.note.date.day) as u8).collect()
}

#[test]
fn words_are_whole_and_case_and_accents_do_not_count() {
    assert_eq!(found("seance"), [1]);
    assert_eq!(found("SÉANCE slept"), [1]);
    assert_eq!(found("mother"), [3, 4], "also before an apostrophe, and in a list of themes");
    assert_eq!(found("nightmare"), [] as [u8; 0]);
    assert_eq!(found("nightmare*"), [3]);
    assert_eq!(found("gloomy"), [1], "values at the head of a note");
    assert_eq!(found("attended"), [] as [u8; 0], "but not those with a filter of their own");
    assert_eq!(found("attendance"), [] as [u8; 0], "nor their keys");
}

#[test]
fn words_side_by_side_must_all_be_there_and_or_joins_its_two_neighbours() {
    assert_eq!(found("slept badly"), [1, 2]);
    assert_eq!(found("seance OR nightmares OR letter"), [1, 3, 4]);
    assert_eq!(found("mother nightmares OR letter"), [3, 4], "mother and (nightmares or letter)");
    assert_eq!(found("nightmares OR letter mother -themes"), [3, 4]);
    assert_eq!(found("nightmares or letter"), [] as [u8; 0], "`or` in small letters is a word");
}

#[test]
fn phrases_are_found_in_order_and_across_signs() {
    assert_eq!(found("\"slept badly\""), [1]);
    assert_eq!(found("\"well badly\""), [2], "a full stop does not part them");
    assert_eq!(found("“slept badly”"), [1]);
    assert_eq!(found("self-criticism"), [3]);
    assert_eq!(found("self-crit*"), [3]);
    assert_eq!(found("\"criticism self\""), [] as [u8; 0]);
    assert_eq!(found("\"gloomy slept\""), [] as [u8; 0], "no phrase reaches from the head into the body");
    assert_eq!(found("\"work work\""), [4]);
}

#[test]
fn a_minus_takes_away_words_phrases_and_filters() {
    assert_eq!(found("sleep -sister"), [3, 5]);
    assert_eq!(found("-\"slept badly\" slept"), [2]);
    assert_eq!(found("work -theme:sleep"), [4, 6]);
    assert_eq!(found("-client:b3"), [1, 2]);
}

#[test]
fn filters_ask_for_client_kind_theme_person_score_and_day() {
    assert_eq!(found("client:b3 kind:plan"), [5]);
    assert_eq!(found("theme:family"), [3], "a part of it counts");
    assert_eq!(found("person:Sister"), [1]);
    for (query, days) in [
        ("phq9:>10", vec![1]),
        ("PHQ-9:>=9", vec![1, 2]),
        ("phq9:<10", vec![2]),
        ("phq9:<=9", vec![2]),
        ("phq9:14", vec![1]),
        ("phq9:=9", vec![2]),
        ("-phq9:>0 slept", vec![]),
    ] {
        assert_eq!(found(query), days, "{query}");
    }
    assert_eq!(found("before:2026-01-03"), [1, 2]);
    assert_eq!(found("after:2026-01-05"), [6]);
    assert_eq!(found("after:2025 before:2026-02 slept"), [1, 2]);
    assert_eq!(found("after:2026"), [] as [u8; 0]);
}

#[test]
fn what_cannot_be_understood_is_said_with_its_place() {
    for (query, at, what) in [
        ("", 1, "no word"),
        (" … ", 1, "no word"),
        ("OR sleep", 1, "both sides"),
        ("sleep OR", 7, "both sides"),
        ("sleep OR OR work", 10, "both sides"),
        ("é \"slept", 3, "not closed"),
        ("sleep foo:bar", 7, "`foo:` is no filter"),
        ("phq9:>high", 1, "no number"),
        ("phq9:", 1, "followed by nothing"),
        ("before:soon", 1, "`soon` is no date"),
        ("before:2026-13", 1, "is no date"),
        ("client:A/7", 1, "no client code"),
        ("theme:#", 1, "no name"),
        ("sleep *", 7, "beginning of a word"),
    ] {
        let fault = Search::parse(query).expect_err(query);
        assert_eq!((fault.at, fault.what.contains(what)), (at, true), "{query}: {fault}");
        assert!(!fault.hint.is_empty());
    }
    assert!(Search::parse(&"word ".repeat(65)).is_err());
    assert!(Search::parse("10:30 https://example.org/x a - b -- \"\"").is_ok());
}

#[test]
fn rarer_words_and_more_of_them_score_higher_and_filters_alone_score_nothing() {
    let book = practice();
    let score = |query: &str, day: usize| {
        let hits = Search::parse(query).unwrap().run(&book, &Query::default(), Order::Oldest);
        hits.iter().find(|hit| chrono::Datelike::day(&hit.note.date.day) as usize == day).map(|hit| hit.score).unwrap()
    };
    assert!(score("work", 4) > score("work", 3));
    assert!(score("work OR letter", 4) > score("work", 4));
    assert_eq!(score("client:b3", 4), 0.0);
}

#[test]
fn the_newest_come_first_unless_asked_otherwise_and_last_takes_the_newest() {
    let book = practice();
    let days = |order, last| {
        let query = Query { last, ..Query::default() };
        let hits = Search::parse("work").unwrap().run(&book, &query, order);
        hits.iter().map(|hit| chrono::Datelike::day(&hit.note.date.day)).collect::<Vec<_>>()
    };
    assert_eq!(days(Order::default(), None), [6, 4, 3]);
    assert_eq!(days(Order::Oldest, Some(2)), [4, 6]);
}

#[test]
fn snippets_show_the_words_with_some_around_and_say_where_they_are_cut() {
    let words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen";
    let text = format!("{words}\nHere is the *plague*,\n\tthe Plague. {words} {words} {words} plague");
    let note = session(1, "a7", &format!("mood: plague\n---\n{text}\n"));
    let search = Search::parse("plague \"fifteen here\"").unwrap();
    let lines: Vec<String> =
        snippets(&search, &note, 3).iter().map(|found| found.line(&note, |word| format!("«{word}»"))).collect();
    let before =
        "… six seven eight nine ten eleven twelve thirteen fourteen «fifteen Here» is the *«plague»*, the «Plague». ";
    assert_eq!(lines[0], format!("{before}one two three four five six seven eight nine …"));
    assert_eq!(lines[1], "… seven eight nine ten eleven twelve thirteen fourteen fifteen «plague»");
    assert_eq!(lines[2], "mood: «plague»", "with its key");
    assert!(snippets(&Search::parse("client:a7").unwrap(), &note, 3).is_empty());
}

#[test]
fn a_snippet_of_what_is_no_prose_stays_short() {
    let note = session(1, "a7", &format!("---\n{} plague {}\n", "é".repeat(100_000), "x".repeat(100_000)));
    let search = Search::parse("plague").unwrap();
    let line = snippets(&search, &note, 3)[0].line(&note, str::to_owned);
    assert!(line.len() < 1000 && line.contains(" plague "), "{}", line.len());
    let endless = Search::parse("x*").unwrap();
    assert!(snippets(&endless, &note, 3)[0].line(&note, str::to_owned).len() < 2000);
}

#[test]
fn an_index_holds_every_word_with_its_places() {
    let notes = [session(1, "a7", "---\nb a b\n"), session(2, "a7", "---\nc\n"), session(3, "a7", "---\na é\n")];
    let index = crate::casebook::words::WordIndex::of(&notes);
    let words: Vec<(&str, Vec<(u32, u32)>)> =
        index.words().map(|spread| (spread.word, spread.notes().collect())).collect();
    assert_eq!(words, [("a", vec![(0, 1), (2, 1)]), ("b", vec![(0, 2)]), ("c", vec![(1, 1)]), ("e", vec![(2, 1)])]);
    assert_eq!(index.beginning("").count(), 4);
    assert!(index.word("d").is_none() && index.word("").is_none());
}

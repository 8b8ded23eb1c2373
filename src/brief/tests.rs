//! What the brief promises, tried on notes that were really read.

use super::*;
use crate::casebook::{Casebook, Changes};
use crate::domain::{Class, ClientCode};
use crate::notes::{self, Source};
use std::sync::Arc;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A client's file of notes in the order given; the first has the id of 1.
fn file(texts: &[&str]) -> Arc<CaseFile> {
    let code = ClientCode::parse("a7").unwrap();
    let read = |(at, text): (usize, &&str)| {
        let id = NoteId::from_bits([at as u8 + 1; 8]);
        let source =
            Source { id, class: Class::Record, client: Some(&code), file_name: None, written: day("2026-03-10") };
        Arc::new(notes::read(text.as_bytes(), &source))
    };
    let read = texts.iter().enumerate().map(read).collect();
    let book = Casebook::default().next(Changes { read, removed: Vec::new(), clients: vec![code.clone()] });
    book.client(&code).unwrap().clone()
}

/// Sessions of a week each from 5 January 2026, with these lines in front matter and body.
fn weekly(rest: &[&str]) -> Vec<String> {
    let first = day("2026-01-05");
    let weeks = rest.iter().enumerate().map(|(at, rest)| (first + chrono::Duration::weeks(at as i64), rest));
    weeks.map(|(on, rest)| format!("---\ndate: {on}\nattendance: attended\n{rest}")).collect()
}

fn brief_of(texts: &[impl AsRef<str>], today: &str) -> Brief {
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    brief(&file(&texts), day(today), Vec::new())
}

#[track_caller]
fn lines(brief: &Brief, topic: Topic) -> Vec<&str> {
    let section = brief.sections.iter().find(|section| section.topic == topic);
    section.map_or(Vec::new(), |section| section.items.iter().map(|item| item.text.reveal()).collect())
}

#[test]
fn of_a_client_without_notes_everything_is_said_to_be_unwritten_and_nothing_is_filled() {
    let brief = brief_of(&[] as &[&str], "2026-03-10");
    let said: Vec<&str> = brief.sections.iter().flat_map(|s| &s.items).map(|item| item.text.reveal()).collect();
    assert_eq!(
        said,
        [
            "No session has taken place yet.",
            "Nothing promised is open, by me or by the client.",
            "Risk is not assessed in any note; silence is not denial.",
            "No safety plan is written.",
            "No emergency contact is written: there is no client sheet.",
            "No scores are written in this work.",
            "No plan with goals is written for this work.",
            "No next appointment is written.",
        ]
    );
    assert!(brief.sections.iter().all(|s| s.items.iter().all(|item| item.source.is_none())));
}

#[test]
fn an_assessment_without_a_level_is_not_said_to_be_none() {
    let brief = brief_of(&["---\nkind: risk\ndate: 2026-01-05\n---\nAsked.\n"], "2026-01-19");
    let said = lines(&brief, Topic::Safety);
    assert!(said[0].starts_with("No level of risk is written down"), "{said:?}");
}

#[test]
fn the_last_plan_is_where_we_stopped_and_its_source_is_its_note() {
    let brief = brief_of(
        &weekly(&["---\n> [!plan]\n> Old one.\n", "---\nx\n\n> [!plan]\n> The letter.\n> Then rest.\n"]),
        "2026-01-19",
    );
    assert_eq!(lines(&brief, Topic::Stopped), ["The letter. Then rest.", "The last session was number 2, 7 days ago."]);
    let source = brief.sections[0].items[0].source.unwrap();
    assert_eq!(source, (NoteId::from_bits([2; 8]), day("2026-01-12")));
    for (written, plan) in [("plan: breathe\n---\n", "breathe"), ("---\n## Plan\n\nWalk there.\n", "Walk there.")] {
        assert_eq!(lines(&brief_of(&weekly(&[written]), "2026-01-19"), Topic::Stopped)[0], plan);
    }
}

#[test]
fn a_missing_plan_is_said_and_the_last_words_and_the_plan_before_stand_in_their_own_name() {
    let mut notes = weekly(&["---\n> [!plan]\n> Old one.\n", "---\nFirst.\n\nIt rained. She left.\n"]);
    notes.push("---\ndate: 2026-01-19\nattendance: no-show\n---\n".to_owned());
    let brief = brief_of(&notes, "2026-01-20");
    let stopped = lines(&brief, Topic::Stopped);
    assert_eq!(stopped[0], "No plan was written in session 2; it ends: It rained. She left.");
    assert_eq!(stopped[1], "The plan before that: Old one.");
    assert_eq!(stopped[2], "Since then 19 January: no-show");
}

#[test]
fn promises_of_both_sides_homework_and_follow_ups_stay_until_they_are_closed() {
    let brief = brief_of(
        &weekly(&[
            "homework: [{task: diary, status: set}, {task: walk, status: set}]\nfollow_up: [{what: ring the GP, due: 2026-01-20, done: false}, {what: send the form, done: false}]\n---\n- [ ] me: ask the clinic\n- [ ] client: bring the letter\n- [ ] water the plant\n",
            "homework: [{task: Diary, status: done}, {task: walk, status: partly}]\nfollow_up: [{what: Send the form, done: true}]\n---\n- [ ] me: look it up\n- [x] client: bring the letter\n",
        ]),
        "2026-01-19",
    );
    assert_eq!(lines(&brief, Topic::Mine), ["look it up", "ask the clinic", "ring the GP (due 20 January)"]);
    assert_eq!(lines(&brief, Topic::Theirs), ["homework: walk (partly)"]);
    assert_eq!(lines(&brief, Topic::Nobodys), ["water the plant"]);
}

#[test]
fn risk_stands_as_recorded_and_silence_since_is_counted_not_read() {
    let mut notes = weekly(&["risk: moderate\n---\n", "---\n", "---\n"]);
    let safety = |notes: &[String], today| lines(&brief_of(notes, today), Topic::Safety).join("\n");
    let said = safety(&notes, "2026-01-20");
    assert!(said.starts_with("Risk last written down: moderate (5 January)\nNot written about in the 2 sessions since; silence is not denial."), "{said}");
    notes.push("---\nkind: risk\ndate: 2026-01-06\nideation: present\nintent: denied\nplan: denied\nlevel: low\nsafety_plan: ring Ilse\nreassess_by: 2026-01-13\n---\n".to_owned());
    let said = safety(&notes, "2026-01-20");
    assert!(
        said.contains("Assessed 6 January: low; ideation present; intent, plan denied; means not written"),
        "{said}"
    );
    assert!(said.contains("To be asked again by 13 January; no level is written since."), "{said}");
    assert!(said.contains("Safety plan: ring Ilse"), "{said}");
    assert!(safety(&notes, "2026-01-10").contains("To be asked again by 13 January (in 3 days)"));
    notes.push("---\ndate: 2026-01-20\nrisk: not-assessed\nattendance: attended\n---\n".to_owned());
    let said = safety(&notes, "2026-01-20");
    assert!(
        said.contains("Risk last written down: not assessed (20 January)\nLast level before that: low (6 January)"),
        "{said}"
    );
    assert!(said.contains("next written down 20 January: not assessed"), "{said}");
}

#[test]
fn scores_are_compared_with_the_one_before_and_with_the_scales_own_threshold() {
    let brief = brief_of(
        &weekly(&[
            "measures: {phq9: 16, who5: 40, srs: 30, myown: 3}\n---\n",
            "measures: {phq9: 10, who5: 44, srs: 38, phq9_item9: 1}\n---\n",
            "measures: {phq9: 9, myown: 5}\n---\n",
        ]),
        "2026-01-19",
    );
    let scores = lines(&brief, Topic::Scores);
    assert_eq!(scores[0], "PHQ-9 9, 1 lower than on 12 January; a reliable change takes 6");
    assert!(scores.contains(&"myown 5, 2 higher than on 5 January"), "{scores:?}");
    assert!(scores.contains(&"WHO-5 44, 4 higher than on 5 January; an important change, by custom, takes 10; not taken since (1 session)"), "{scores:?}");
    assert!(scores.contains(&"SRS 38, 8 higher than on 5 January; not taken since (1 session)"), "{scores:?}");
    assert!(!scores.iter().any(|line| line.contains("item 9")), "risk items stand under safety: {scores:?}");
    assert!(lines(&brief, Topic::Safety).contains(&"PHQ-9 item 9 recorded as 1"));
    let brief = brief_of(&weekly(&["phq9: 16\n---\n", "phq9: 10\n---\n"]), "2026-01-19");
    let expected = "PHQ-9 10, 6 lower than on 5 January: reliably lower (a reliable change takes 6). One comparison: wait for the next score";
    assert_eq!(lines(&brief, Topic::Scores), [expected]);
}

#[test]
fn goals_that_no_late_session_rates_are_named_with_the_last_rating() {
    let plan = "---\nkind: plan\ndate: 2026-01-04\ngoals:\n  - {id: g1, text: sleep}\n  - {id: g2, text: walk}\n  - {id: g3, text: sing}\n  - {id: g4, text: old, status: met}\n---\n";
    let mut notes = weekly(&["goals: {g1: 4}\n---\n", "---\n", "goals: {g2: 5}\n---\n", "---\n"]);
    notes.push(plan.to_owned());
    let brief = brief_of(&notes, "2026-02-01");
    let expected = [
        "g3, sing: not rated in the 4 sessions since it was written",
        "g1, sleep: last rated 4 of 10, not in the 3 sessions since",
    ];
    assert_eq!(lines(&brief, Topic::Goals), expected);
}

#[test]
fn what_was_often_written_about_and_is_not_since_is_counted_and_a_mention_ends_it() {
    let mut rest = vec!["themes: [work]\n---\nWith @sister.\n"; 6];
    rest.extend(vec!["themes: [sleep]\n---\n"; 5]);
    let mut notes = weekly(&rest);
    let brief = brief_of(&notes, "2026-03-20");
    let expected = [
        "Work: not written about since session 6 (9 Feb 2026): 5 sessions; in 6 sessions before.",
        "Sister: not written about since session 6 (9 Feb 2026): 5 sessions; in 6 sessions before.",
    ];
    assert_eq!(lines(&brief, Topic::NotWrittenAbout), expected);
    notes.push("---\ndate: 2026-03-23\nattendance: attended\nthemes: [work]\n---\n".to_owned());
    assert_eq!(lines(&brief_of(&notes, "2026-03-24"), Topic::NotWrittenAbout).len(), 1);
    assert!(
        lines(&brief_of(&notes[..10], "2026-03-24"), Topic::NotWrittenAbout).is_empty(),
        "four sessions are too few"
    );
}

#[test]
fn near_dates_come_back_each_year_also_on_a_leap_day_and_are_said_once() {
    let sheet = "---\nkind: client\nopened: 2026-01-01\nborn: 1980-03-08\nimportant_dates:\n  - {date: 2024-02-29, label: the fire, recurs: true}\n  - {date: 2020-03-10, label: long past}\n  - {date: 2026-03-17, label: the party}\n  - {date: 2026-03-18, label: too far}\n  - {date: 2027-03-11, label: not yet, recurs: true}\nevents:\n  - {date: 2024-02-29, what: the great fire}\n  - {date: 2025-03-01, what: moved out}\n  - {date: spring 2011, what: parted}\n  - {date: March 2026, what: the move}\n---\n";
    let said = |today| lines(&brief_of(&[sheet], today), Topic::Dates).join("\n");
    assert_eq!(
        said("2026-03-10"),
        "28 February (10 days ago): the fire (29 February, which this year has not)\n\
         1 March (9 days ago): moved out, 1 year before\n\
         8 March (2 days ago): the client’s birthday\n\
         10 March (today): the move (some time this month)\n\
         17 March (in 7 days): the party"
    );
    assert!(said("2026-02-21").contains("28 February (in 7 days): the fire"));
    assert!(said("2026-03-15").contains("1 March (14 days ago): the fire"));
    assert!(!said("2026-03-16").contains("fire"));
    assert!(
        said("2028-02-25").contains("29 February (in 4 days): the fire") && !said("2028-02-25").contains("which this")
    );
    assert!(said("2026-12-30").is_empty());
}

#[test]
fn who_returns_is_met_with_how_it_ended_and_nothing_runs_across_the_gap() {
    let mut notes: Vec<String> = vec![
        "---\ndate: 2024-09-01\nattendance: attended\nphq9: 20\nthemes: [work]\n---\n> [!plan]\n> End.\n".to_owned(),
        "---\nkind: termination\ndate: 2024-09-19\nreason: done\nsessions_attended: 15\ngoals_outcome: {g1: met}\nprogress: sleeps\n---\n**What helped**: the stairs.\n".to_owned(),
    ];
    let ended =
        ["Ended 19 September 2024 after 15 sessions: done", "What helped: the stairs.", "sleeps", "Goals: g1 met"];
    assert_eq!(lines(&brief_of(&notes, "2025-10-01"), Topic::Ended), ended, "before the first session of the return");
    notes.push("---\nkind: intake\ndate: 2025-10-09\npresenting_problem: the stairs again\n---\n".to_owned());
    let brief = brief_of(&notes, "2025-10-10");
    assert_eq!(brief.sections[0].topic, Topic::Ended);
    assert_eq!(lines(&brief, Topic::Stopped), ["No session has taken place yet.", "Intake: the stairs again"]);
    assert_eq!(lines(&brief, Topic::Scores), ["No scores are written in this work."]);
    notes.push("---\ndate: 2025-10-16\nattendance: attended\nphq9: 12\n---\n".to_owned());
    assert_eq!(lines(&brief_of(&notes, "2025-10-17"), Topic::Scores), ["PHQ-9 12, the first in this work"]);
}

#[test]
fn two_findings_at_most_are_taken_and_what_lies_after_the_day_is_not_seen() {
    let notes = weekly(&["phq9: 9\nnext: 2026-01-12T10:00\n---\n", "phq9: 20\nrisk: high\n---\n- [ ] me: later\n"]);
    let texts: Vec<&str> = notes.iter().map(String::as_str).collect();
    let found = ["one", "two", "three"].map(Item::unwritten).into();
    let brief = brief(&file(&texts[..1]), day("2026-01-12"), found);
    assert_eq!(lines(&brief, Topic::Findings), ["one", "two"]);
    assert_eq!(lines(&brief, Topic::Next), ["12 January, 10:00 (today)"]);
    let before = brief_of(&notes, "2026-01-06");
    assert_eq!(lines(&before, Topic::Scores), ["PHQ-9 9, the first in this work"]);
    assert!(lines(&before, Topic::Safety)[0].starts_with("Risk is not assessed"));
    assert!(lines(&before, Topic::Mine)[0].starts_with("Nothing promised"));
    let late = brief_of(&notes[..1], "2026-01-20");
    assert_eq!(lines(&late, Topic::Next), ["12 January, 10:00 was planned; nothing is written about it."]);
}

#[test]
fn what_is_new_among_the_findings_stands_in_the_brief_with_its_latest_note_and_not_for_long() {
    let rest: Vec<&str> =
        (0..24).map(|at| if at < 12 { "themes: [work]\n---\n" } else { "themes: [work, grief]\n---\n" }).collect();
    let notes = weekly(&rest);
    let texts: Vec<&str> = notes.iter().map(String::as_str).collect();
    let file = file(&texts);
    let told = |weeks: i64| {
        let on = day("2026-01-05") + chrono::Duration::weeks(weeks);
        let brief = brief(&file, on, news(&file, &crate::insight::Seen::of(&file, on)));
        let section = brief.sections.into_iter().find(|section| section.topic == Topic::Findings)?;
        section.items.into_iter().next()
    };
    let (week, item) = (12..24).find_map(|week| Some((week, told(week)?))).expect("something is new once");
    assert!(item.text.reveal().starts_with("Grief was noted in "), "{}", item.text.reveal());
    assert_eq!(item.source.map(|(_, on)| on), Some(day("2026-01-05") + chrono::Duration::weeks(week)));
    assert!(told(week - 1).is_none() && told(week + 1).is_none());
}

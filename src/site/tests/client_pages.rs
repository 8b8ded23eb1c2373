//! The brief before a session and the course so far.

use super::sample::{code, day, edition, event_of, practice, session, session_of, words};
use super::walk::{attributes, templates, text};
use crate::domain::{Callout, CalloutKind, Score};
use crate::site::{Edition, answer, lists_pages};

fn page(address: &str, edition: &Edition) -> String {
    let answered = answer(address, edition, &templates());
    assert_eq!(answered.status, 200, "{address}");
    text(&answered)
}

/// What stands under a heading of the brief.
fn section<'a>(page: &'a str, id: &str) -> &'a str {
    let rest = page.split(&format!("<section class=\"{id}\"")).nth(1);
    rest.and_then(|rest| rest.split("</section>").next()).unwrap_or_default()
}

#[test]
fn each_line_of_the_brief_opens_its_note_and_today_leads_to_it() {
    let practice = practice();
    assert!(page("/", &practice).contains("href=\"/clients/a7/prepare/\""));
    assert!(page("/clients/a7/", &practice).contains("href=\"/clients/a7/prepare/\""));
    let brief = page("/clients/a7/prepare/", &practice);
    assert!(brief.contains("Next: ") && brief.contains("17 March, 10:00 (today)"));
    assert!(section(&brief, "stopped").contains("Back to the letter; ask how the weekend without her was."));
    assert!(section(&brief, "mine").contains("ask the clinic about the group"));
    assert!(section(&brief, "theirs").contains("sleep diary"));
    assert!(section(&brief, "safety").contains("No safety plan is written."));
    for item in brief.split("<li>").skip(1) {
        let line = item.split("</li>").next().unwrap_or_default();
        let leads = attributes(line, "href").iter().any(|href| href.starts_with("/notes/"));
        assert!(leads || line.contains("class=\"none\""), "{line}");
    }
}

#[test]
fn long_lists_of_the_brief_fold_and_hide_nothing() {
    let mut one = session(1, "a7", day(2026, 3, 10), "x");
    one.tasks = (0..9)
        .map(|at| crate::domain::Task {
            owner: crate::domain::Owner::Counselor,
            text: words(&format!("thing number {at}")),
            state: crate::domain::TaskState::Open,
            place: crate::domain::Place::new(9, 1),
        })
        .collect();
    let brief = page("/clients/a7/prepare/", &edition(vec![one], day(2026, 3, 17)));
    let mine = section(&brief, "mine");
    assert!(mine.contains("and 6 more") && (0..9).all(|at| mine.contains(&format!("thing number {at}"))), "{mine}");
}

#[test]
fn a_client_without_notes_has_a_brief_and_a_course() {
    let empty = edition(Vec::new(), day(2026, 3, 17));
    assert!(empty.casebook.client(&code("new-one")).is_none(), "the sample has no client when it has no notes");
    let one = edition(vec![session(1, "a7", day(2026, 3, 10), "x")], day(2026, 3, 17));
    assert!(page("/clients/new-one/prepare/", &one).contains("No session has taken place yet."));
    assert!(page("/clients/new-one/course/", &one).contains("Nothing is written in this stretch."));
    assert!(page("/clients/new-one/course/2026-01-01/2026-03-31/", &one).contains("Nothing is written"));
}

#[test]
fn the_course_holds_what_lies_between_its_days_and_nothing_else() {
    let quoted = |number: u64, month: u32, said: &str, score: f64| {
        let mut note = session(number, "a7", day(2026, month, 10), "x");
        note.callouts = vec![Callout { kind: CalloutKind::Quote, text: words(said) }];
        note.scores = vec![Score { scale: "phq9".to_owned(), value: score, place: None }];
        session_of(&mut note).goals = vec![(words("g1"), 3.0)];
        note
    };
    let mut notes =
        vec![quoted(1, 1, "first words", 17.0), quoted(2, 2, "middle words", 11.0), quoted(3, 3, "last words", 6.0)];
    notes[0].events = vec![event_of("spring 2011", "parents parted"), event_of("2026-02-03", "the move")];
    notes[2].events = vec![event_of("2026-02-03", "the move"), event_of("2026-03-09", "the party")];
    let edition = edition(notes, day(2026, 3, 17));
    let whole = page("/clients/a7/course/", &edition);
    assert!(whole.contains("10 January 2026 to 10 March 2026 · 3 sessions"));
    assert!(whole.contains("first words") && whole.contains("last words") && !whole.contains("middle words"));
    assert!(whole.contains("17, moderately severe") && whole.contains("6, mild") && whole.contains("6 to 17"));
    assert_eq!(whole.matches("<bdi>the move</bdi>").count(), 1, "an event written twice is listed once");
    assert!(whole.contains("Before this") && whole.contains("spring 2011"));
    let winter = page("/clients/a7/course/2026-02-01/2026-02-28/", &edition);
    assert!(winter.contains("1 February 2026 to 28 February 2026 · 1 session"));
    assert!(winter.contains("middle words") && !winter.contains("first words") && !winter.contains("last words"));
    assert!(winter.contains("the move") && !winter.contains("the party"));
    for address in ["/clients/a7/course/0001-01-01/9999-12-31/", "/clients/a7/course/2026-02-10/2026-02-10/"] {
        assert!(page(address, &edition).contains("middle words") || address.contains("0001"), "{address}");
    }
}

#[test]
fn whole_time_episode_months_and_years_are_linked_and_listed() {
    let practice = practice();
    let course = page("/clients/d4/course/", &practice);
    let stretches = course.split("<nav class=\"orders\"").nth(1).unwrap_or_default();
    let links: Vec<&str> = attributes(stretches, "href").into_iter().filter(|href| href.contains("/course/")).collect();
    let expected = [
        "/clients/d4/course/",
        "/clients/d4/course/2025-11-03/2026-03-17/",
        "/clients/d4/course/2025-12-17/2026-03-17/",
        "/clients/d4/course/2025-03-17/2026-03-17/",
        "/clients/d4/course/2024-01-01/2024-12-31/",
        "/clients/d4/course/2025-01-01/2025-12-31/",
        "/clients/d4/course/2026-01-01/2026-12-31/",
    ];
    assert_eq!(links, expected);
    let pages = lists_pages(&practice);
    assert!(expected.iter().all(|address| pages.iter().any(|page| page == address)));
    assert!(page(expected[4], &practice).contains("aria-current=\"page\">2024</a>"));
}

#[test]
fn a_dot_stands_by_whom_something_is_new_for_and_nobody_is_passed_over_in_silence() {
    let mut practice = practice();
    let dots = |edition: &Edition| page("/clients/", edition).matches("class=\"news\"").count();
    assert_eq!(dots(&practice), 0);
    practice.news.clients.insert(code("c12"));
    let listed = page("/clients/", &practice);
    assert_eq!(dots(&practice), 1);
    assert!(listed.contains("href=\"/clients/c12/patterns/#stands-out\"") && !listed.contains("not looked at yet"));
    practice.news.waiting = 3;
    assert!(page("/clients/", &practice).contains("3 clients not looked at yet for something new."));
}

//! The patterns page: its order, what it says of little, and where its links lead.

use super::sample::{day, edition, practice, session, theme};
use super::walk::{attributes, templates, text};
use crate::domain::{Kind, Score, ThemeSource};
use crate::site::{Edition, answer};

fn page(address: &str, edition: &Edition) -> String {
    let answered = answer(address, edition, &templates());
    assert_eq!(answered.status, 200, "{address}");
    text(&answered)
}

fn place(page: &str, heading: &str) -> usize {
    page.find(heading).unwrap_or_else(|| panic!("no {heading}"))
}

/// Scores that fell and then stayed where they were: the fall stands out, and that they stay may be chance at most,
/// whatever the numbers. Two scores of another scale are too few.
fn fallen_and_staying() -> Edition {
    let scores = [22, 22, 21, 19, 17, 14, 13, 13, 12, 13, 13, 12, 13, 13, 12, 13, 13, 12];
    let mut notes = Vec::new();
    for (at, score) in scores.into_iter().enumerate() {
        let date = day(2026, 1, 5) + chrono::Days::new(7 * at as u64);
        let mut one = session(at as u64 + 1, "a7", date, "x");
        one.scores.push(Score { scale: "phq9".to_owned(), value: f64::from(score), place: None });
        if at < 2 {
            one.themes.push(theme("sleep", ThemeSource::Tagged));
            one.scores.push(Score { scale: "gad7".to_owned(), value: 9.0, place: None });
        }
        notes.push(one);
    }
    edition(notes, day(2026, 6, 1))
}

#[test]
fn what_was_written_comes_before_what_stands_out_and_that_before_what_may_be_chance() {
    let page = page("/clients/a7/patterns/", &fallen_and_staying());
    let headings =
        ["What you wrote", "What stands out", "May be chance", "Too early to say", "Tags show what was written"];
    let places: Vec<usize> = headings.into_iter().map(|heading| place(&page, heading)).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(page.matches("Tags show what was written down, not everything that was said.").count(), 1);
    assert!(
        page.contains("<details class=\"fold whole\" id=\"may-be-chance\" data-fold=\"may-be-chance\">"),
        "what may be chance is folded"
    );
    let lower = page.to_lowercase();
    for word in
        ["because", "due to", "caused", "effective", "relapse", "diagnosis", "recovered", "sudden loss", "off track"]
    {
        assert!(!lower.contains(word), "{word}");
    }
}

#[test]
fn each_finding_has_its_sentence_its_picture_and_its_sessions_for_and_against() {
    let page = page("/clients/a7/patterns/", &practice());
    let articles: Vec<&str> = page.split("<article class=\"finding\"").skip(1).collect();
    assert!(articles.len() >= 4, "{}", articles.len());
    for article in articles {
        let article = article.split("</article>").next().unwrap_or_default();
        assert_eq!(article.matches("class=\"sentence\"").count(), 1);
        assert_eq!(article.matches("<svg class=\"drawing\"").count(), 1, "{article}");
        let lists: Vec<&str> = article.split("class=\"sessions-list\"").skip(1).collect();
        assert_eq!(lists.len(), 2);
        assert!(attributes(lists[0], "href").iter().any(|href| href.starts_with("/notes/")), "for it");
        assert!(article.contains("Against it") && article.contains("--set-aside "));
    }
}

#[test]
fn tagged_and_mentioned_are_drawn_apart_and_each_cell_leads_to_its_session() {
    let mut notes: Vec<_> = (1..=2).map(|at| session(at, "a7", day(2026, 1, at as u32), "x")).collect();
    notes[0].themes.push(theme("sleep", ThemeSource::Tagged));
    notes[1].themes.push(theme("sleep", ThemeSource::Mentioned));
    let page = page("/clients/a7/patterns/", &edition(notes, day(2026, 3, 17)));
    let grid =
        page.split("grid-figure").nth(1).and_then(|rest| rest.split("</svg>\n</div>").next()).unwrap_or_default();
    assert_eq!((grid.matches("class=\"tagged\"").count(), grid.matches("class=\"mentioned\"").count()), (1, 1));
    assert!(grid.contains("Session 1 · 1 Jan 2026 · sleep · tagged"), "{grid}");
    assert!(grid.contains("Session 2 · 2 Jan 2026 · sleep · mentioned"));
    assert!(page.contains("mentioned only"));
}

#[test]
fn with_no_session_with_one_and_with_two_the_page_says_what_there_is() {
    let mut notes = vec![super::sample::note(9, Some("a7"), Kind::Client, day(2026, 1, 1), "")];
    for count in 0..=2u64 {
        if count > 0 {
            let mut one = session(count, "a7", day(2026, 1, count as u32 * 7), "x");
            one.themes.push(theme("sleep", ThemeSource::Tagged));
            one.scores.push(Score { scale: "phq9".to_owned(), value: 9.0 + count as f64, place: None });
            notes.push(one);
        }
        let made = notes.iter().map(copy).collect();
        let page = page("/clients/a7/patterns/", &edition(made, day(2026, 3, 17)));
        assert!(page.contains("Nothing stands out. That does not mean that nothing is there."), "{count}");
        assert_eq!(page.contains("No session has taken place yet"), count == 0);
        assert_eq!(page.contains("grid-figure"), count > 0, "{count}");
        assert_eq!(page.contains("<figcaption><bdi>PHQ-9</bdi></figcaption>"), count > 0, "the scores as they are");
        assert!(count == 0 || page.contains("Too early to say: "), "{count}");
    }
}

/// A session once more: notes are not copied anywhere else.
fn copy(note: &crate::domain::Note) -> crate::domain::Note {
    let mut again = match note.session() {
        Some(_) => session(1, "a7", note.date.day, "x"),
        None => super::sample::note(9, Some("a7"), Kind::Client, note.date.day, ""),
    };
    again.id = note.id;
    again.themes.extend(note.themes.iter().map(|mark| theme(mark.theme.shown(), mark.source)));
    again.scores.extend(note.scores.iter().map(|s| Score { scale: s.scale.clone(), value: s.value, place: None }));
    again
}

#[test]
fn what_stands_out_on_the_client_page_leads_to_its_place() {
    let practice = practice();
    let client = page("/clients/a7/", &practice);
    let patterns = page("/clients/a7/patterns/", &practice);
    let places: Vec<&str> =
        attributes(&client, "href").into_iter().filter(|href| href.contains("/patterns/#f-")).collect();
    assert!(places.len() >= 3, "{places:?}");
    for place in places {
        let id = place.rsplit('#').next().unwrap_or_default();
        assert!(patterns.contains(&format!("id=\"{id}\"")), "{place}");
    }
    assert!(client.contains("class=\"error\"") && client.contains("measurement error"));
    assert!(client.contains("lower from about session"), "the change of level is drawn");
}

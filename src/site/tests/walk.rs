//! Walks over all pages.

use super::sample::{day, edition, note, practice, session, session_of};
use crate::domain::{Kind, NoteDate};
use crate::site::{Answer, Edition, TemplateError, Templates, answer, lists_pages};
use std::collections::BTreeSet;

pub(super) fn templates() -> Templates {
    Templates::built_in().unwrap_or_else(|error| panic!("{error}"))
}

pub(super) fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).unwrap()
}

/// Values of an attribute, as written.
pub(super) fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!(" {name}=\"");
    html.split(opening.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn walk(edition: &Edition) {
    let templates = templates();
    let mut links = BTreeSet::new();
    for address in lists_pages(edition) {
        let page = answer(&address, edition, &templates);
        let body = text(&page);
        assert_eq!(page.status, 200, "{address}: {body}");
        if !page.content_type.starts_with("text/html") {
            continue;
        }
        for forbidden in [" style=", "<style", " onclick", " onload", "javascript:", "{{", "{%"] {
            assert!(!body.contains(forbidden), "{address} holds {forbidden}");
        }
        assert_eq!(body.matches("<script").count(), 1, "{address}");
        assert_eq!(body.matches("<h1").count(), 1, "{address}");
        let ids = attributes(&body, "id");
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{address} repeats an id");
        let hrefs = attributes(&body, "href");
        links.extend(hrefs.into_iter().filter(|href| href.starts_with('/')).map(str::to_owned));
    }
    for link in links {
        let (address, place) = link.split_once('#').unwrap_or((&link, ""));
        let page = answer(address, edition, &templates);
        assert_eq!(page.status, 200, "{link}");
        let there = place.is_empty() || attributes(&text(&page), "id").contains(&place);
        assert!(there, "{link} leads to a place that is there");
    }
}

#[test]
fn every_page_and_every_link_on_it_answers() {
    walk(&practice());
}

#[test]
fn an_empty_vault_has_all_its_pages() {
    let empty = edition(Vec::new(), day(2026, 3, 17));
    walk(&empty);
    assert!(text(&answer("/", &empty, &templates())).contains("throughline new a7"));
}

#[test]
fn a_client_whose_code_is_a_list_has_a_page_too() {
    walk(&edition(
        vec![session(1, "closed", day(2026, 1, 2), "x"), session(2, "by-code", day(2026, 1, 2), "x")],
        day(2026, 3, 17),
    ));
}

#[test]
fn titles_and_addresses_hold_no_words_of_notes() {
    let (edition, templates) = (practice(), templates());
    let fixed = ["Today", "Clients", "Note", "Themes", "Theme", "Search", "About"];
    for address in lists_pages(&edition) {
        let body = text(&answer(&address, &edition, &templates));
        let Some(title) = body.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()) else { continue };
        let mut of_client =
            ["Client ", "Prepare ", "Patterns ", "Course "].iter().filter_map(|kind| title.strip_prefix(kind));
        let of_client = of_client.any(|code| code.len() <= 8);
        assert!(fixed.contains(&title) || of_client || address.ends_with("svg"), "{address}: {title}");
        assert!(!body.contains("SECRET NAME"), "{address}");
    }
}

#[test]
fn unknown_paths_are_not_found_and_missing_slashes_are_added() {
    let (edition, templates) = (practice(), templates());
    for path in [
        "",
        "x",
        "/nothing/",
        "/notes/000000000000/",
        "/clients/zz/",
        "/clients/a7/year/1999/",
        "/themes/0000000000/",
        "/../",
        "/\u{0}",
        "//",
        "/%00",
        "/clients/a7/year/2025/9999/",
    ] {
        assert_eq!(answer(path, &edition, &templates).status, 404, "{path:?}");
    }
    let moved = answer("/clients", &edition, &templates);
    assert_eq!((moved.status, moved.location.as_deref()), (308, Some("/clients/")));
    assert_eq!(answer("/clients/a7?x=1", &edition, &templates).location.as_deref(), Some("/clients/a7/"));
}

#[test]
fn a_very_long_history_stays_calm() {
    let first = day(1660, 1, 1);
    let notes = (0..3413).map(|at| {
        let mut note =
            session(at, "pepys", first + chrono::Duration::days(at as i64), "Up betimes, and to the office.");
        let names = ["office", "music", "theatre", "wife", "plague", "navy", "money", "king"];
        let tagged = names.iter().take(1 + at as usize % 8);
        note.themes.extend(tagged.map(|name| super::sample::theme(name, crate::domain::ThemeSource::Tagged)));
        note
    });
    let edition = edition(notes.collect(), day(1669, 5, 31));
    let templates = templates();
    for address in [
        "/clients/pepys/",
        "/clients/pepys/course/",
        "/clients/pepys/course/1665-01-01/1665-12-31/",
        "/clients/pepys/prepare/",
        "/clients/pepys/patterns/",
        "/clients/pepys/year/1665/",
        "/clients/pepys/year/1665/7/",
        "/",
        "/themes/",
    ] {
        let page = answer(address, &edition, &templates);
        assert_eq!(page.status, 200, "{address}");
        assert!(page.body.len() < 1_500_000, "{address} has {} bytes", page.body.len());
    }
    assert!(text(&answer("/clients/pepys/", &edition, &templates)).contains("/clients/pepys/year/1660/"));
}

#[test]
fn equal_days_stand_at_equal_places() {
    let mut one = session(1, "a7", day(2026, 1, 5), "x");
    one.scores.push(crate::domain::Score { scale: "phq9".to_owned(), value: 9.0, place: None });
    let two = note(2, Some("a7"), Kind::Letter, day(2026, 1, 5), "x");
    let mut three = session(3, "a7", day(2026, 3, 5), "x");
    session_of(&mut three).next = Some(NoteDate::day(day(2026, 3, 12)));
    let edition = edition(vec![one, two, three], day(2026, 3, 6));
    let page = text(&answer("/clients/a7/", &edition, &templates()));
    let x = |class: &str, attribute: &str| {
        let tag = page.split(class).nth(1).and_then(|rest| rest.split("/>").next()).unwrap_or_default();
        attributes(tag, attribute).first().map(|x| x.split(['(', ' ']).find_map(|x| x.parse::<f64>().ok()))
    };
    let (session, score) = (x("class=\"attended\"", "cx"), x("class=\"point\"", "cx"));
    let letter = x("class=\"paper paper\"", "transform");
    assert!(session.flatten().is_some());
    assert_eq!((session, session), (score, letter));
}

#[test]
fn templates_are_replaced_by_name() {
    let edition = practice();
    let own = |name: &str, text: &str| Templates::with_overrides(vec![(name.to_owned(), text.to_owned())]);
    let replaced = own("about.html", "<h1>Mine {{ version }}</h1>").unwrap();
    assert!(text(&answer("/about/", &edition, &replaced)).contains("<h1>Mine 0.1.0</h1>"));
    assert!(matches!(own("abuot.html", ""), Err(TemplateError::UnknownName { .. })));
    let fault = own("about.html", "one\n{{ version").unwrap_err().to_string();
    assert!(fault.starts_with("about.html:2:"), "{fault}");
    let page = answer("/about/", &edition, &own("about.html", "x\n  {{ verison }}").unwrap());
    assert_eq!(page.status, 500);
    assert!(text(&page).contains("about.html:2:6"), "{}", text(&page));
    let quoting = own("about.html", "{{ vault | int }}").unwrap();
    assert!(!text(&answer("/about/", &edition, &quoting)).contains("practice"));
}

#[test]
fn every_template_may_be_empty() {
    let edition = practice();
    let all = Templates::names().into_iter().map(|name| (name.to_owned(), String::new())).collect();
    let empty = Templates::with_overrides(all).unwrap();
    for address in lists_pages(&edition) {
        assert_eq!(answer(&address, &edition, &empty).status, 200, "{address}");
    }
    for name in Templates::names() {
        let one = Templates::with_overrides(vec![(name.to_owned(), String::new())]).unwrap();
        for address in ["/", "/clients/", "/clients/a7/", "/themes/", "/about/"] {
            assert_eq!(answer(address, &edition, &one).status, 200, "{name}: {address}");
        }
    }
}

#[test]
fn a_stale_edition_says_so_on_every_page() {
    let mut edition = practice();
    edition.stale = Some("The vault could not be read at 08:54.".to_owned());
    for address in lists_pages(&edition) {
        let page = answer(&address, &edition, &templates());
        assert!(!page.content_type.starts_with("text/html") || text(&page).contains("could not be read at 08:54"));
    }
}

#[test]
fn process_notes_are_counted_and_labels_can_be_hidden() {
    let mut edition = practice();
    let page = |edition: &Edition| text(&answer("/clients/a7/", edition, &templates()));
    let shown = page(&edition);
    assert!(shown.contains("1 process note is kept apart.") && !shown.contains("I felt small"));
    assert!(shown.contains("Tuesday, the baker"));
    edition.show_labels = false;
    for address in lists_pages(&edition).iter().filter(|address| !address.starts_with("/notes/")) {
        assert!(!text(&answer(address, &edition, &templates())).contains("the baker"), "{address}");
    }
}

#[test]
fn a_client_who_returned_is_met_with_how_it_ended() {
    let page = text(&answer("/clients/d4/", &practice(), &templates()));
    assert!(page.contains("a new post in another town") && page.contains(">returned</text>"));
}

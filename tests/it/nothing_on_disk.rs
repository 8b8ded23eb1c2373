//! Promise 1 while pages are read: no word of a note reaches a disk, not even the browser's.

use crate::browser::Browser;
use crate::disk_search::{Disks, holding};
use crate::practice::Practice;
use crate::served::{Served, canary};
use std::path::PathBuf;

/// A practice with a word in notes, a title, a theme, a person and a label.
fn planted() -> (Practice, String, Vec<String>) {
    let practice = Practice::with_client();
    let word = canary();
    practice.note(&format!("---\nkind: client\nlabel: {word} of the harbour\nopened: 2026-01-01\n---\n"));
    let notes = (1..6).map(|day| {
        let head = format!("date: 2026-02-0{day}\nattendance: attended\ntitle: about {word}\nthemes: [{word}]");
        practice.note(&format!("---\n{head}\n---\nSaid {word}, twice. @{word}\n"))
    });
    let notes = notes.collect();
    (practice, word, notes)
}

#[test]
fn serving_and_reading_leaves_no_word_in_any_file() {
    let (practice, word, notes) = planted();
    let disks = Disks::since_now(&practice);
    let mut served = Served::practice(&practice);
    for id in &notes {
        assert!(served.page(&format!("/notes/{id}/")).contains(&word));
    }
    for path in ["/", "/clients/", "/clients/a7/", "/themes/", "/about/"] {
        served.page(path);
    }
    practice.run(["edit", &notes[0], "--editor", "sed -i s/twice/thrice/"]).expect(0);
    served.page_until(&format!("/notes/{}/", notes[0]), "the edited note", |page| page.contains("thrice"));
    assert_eq!(disks.holding(&word), Vec::<PathBuf>::new(), "while it runs");
    served.signal("TERM");
    served.ended();
    assert_eq!(disks.holding(&word), Vec::<PathBuf>::new(), "after it has ended");
}

#[test]
fn the_browser_keeps_no_word_of_the_pages_it_showed() {
    let (practice, word, notes) = planted();
    let served = Served::with(&practice, ["serve", "--today", "2026-03-10"]);
    let mut browser = Browser::open();
    // The address that was printed is spent; Enter would print another. The cookie is set as the browser would keep it.
    let (name, value) = served.cookie().split_once('=').expect("a pair");
    browser.set_cookie(name, value, &served.origin());
    let mut pages = vec!["/clients/".to_owned(), "/clients/a7/".to_owned(), "/themes/".to_owned()];
    pages.extend(notes.iter().take(3).map(|id| format!("/notes/{id}/")));
    for page in pages {
        browser.visit(&format!("{}{page}", served.origin()));
        assert!(browser.markup().contains(&word), "{page} shows the word");
    }
    browser.visit("about:blank");
    browser.close();
    let kept = holding(&browser.profile(), "127.0.0.1", &|_| true);
    assert!(!kept.is_empty(), "the search finds what a browser does keep");
    assert_eq!(holding(&browser.profile(), &word, &|_| true), Vec::<PathBuf>::new());
    assert_eq!(holding(&browser.profile(), value, &|_| true), Vec::<PathBuf>::new(), "nor the cookie");
    let token = served.entry.trim_start_matches("/enter/").trim_end_matches('/');
    assert_eq!(holding(&browser.profile(), token, &|_| true), Vec::<PathBuf>::new(), "nor the token");
}

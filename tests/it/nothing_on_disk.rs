//! Promise 1 while pages are read: no word of a note reaches a disk, not even the browser's.

use crate::browser::Browser;
use crate::practice::Practice;
use crate::served::{Served, canary, count};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Files below a folder whose name or bytes hold a text.
fn holding(folder: &Path, text: &str, wanted: &dyn Fn(&Metadata) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let Ok(kind) = fs::symlink_metadata(&path) else { continue };
            if kind.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().contains(text) {
                found.push(path);
            } else if kind.is_file() && wanted(&kind) {
                // Both spellings that programs keep text in.
                let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                let bytes = fs::read(&path).unwrap_or_default();
                if count(&bytes, text.as_bytes()) + count(&bytes, &wide) > 0 {
                    found.push(path);
                }
            }
        }
    }
    found
}

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
    let started = SystemTime::now();
    let (practice, word, notes) = planted();
    let mut served = Served::practice(&practice);
    for id in &notes {
        assert!(served.page(&format!("/notes/{id}/")).contains(&word));
    }
    for path in ["/", "/clients/", "/clients/a7/", "/themes/", "/about/"] {
        served.page(path);
    }
    practice.run(["edit", &notes[0], "--editor", "sed -i s/twice/thrice/"]).expect(0);
    served.page_until(&format!("/notes/{}/", notes[0]), "the edited note", |page| page.contains("thrice"));
    let fresh = |kind: &Metadata| kind.modified().is_ok_and(|at| at >= started) && kind.len() < 64 << 20;
    let look = || {
        let mut found = holding(practice.home(), &word, &|_| true);
        for folder in ["/tmp", "/var/tmp"] {
            found.extend(holding(Path::new(folder), &word, &fresh));
        }
        found
    };
    assert_eq!(look(), Vec::<PathBuf>::new(), "while it runs");
    served.signal("TERM");
    served.ended();
    assert_eq!(look(), Vec::<PathBuf>::new(), "after it has ended");
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

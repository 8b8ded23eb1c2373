//! On paper and as PDF: the whole page, codes instead of labels, numbered and marked as confidential. And how much
//! goes over the wire.

use crate::browser::Browser;
use crate::practice::{Practice, require};
use crate::served::Served;
use std::io::Write;
use std::process::{Command, Stdio};

/// Most of a client page of a hundred sessions with its style and script, compressed.
const HEAVIEST: usize = 60 * 1024;

/// The words of each printed page.
fn paper(browser: &mut Browser) -> Vec<String> {
    require("pdftotext");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("page.pdf");
    std::fs::write(&file, browser.printed()).expect("a PDF");
    let read = Command::new("pdftotext").args(["-layout"]).arg(&file).arg("-").output().expect("pdftotext runs");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let text = String::from_utf8(read.stdout).expect("text");
    text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect()
}

/// Words with nothing but single spaces between them: lines end elsewhere on paper.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn assert_is_a_record(pages: &[String]) {
    assert!(!pages.is_empty());
    for (at, page) in pages.iter().enumerate() {
        let number = format!("{} of {}", at + 1, pages.len());
        assert!(page.contains(&number), "page {number} says so: {page}");
        assert!(page.to_lowercase().contains("confidential"), "page {number} is confidential");
    }
    let all = flat(&pages.join(" "));
    for no_use in ["Skip to the page", "Themes Search About", "Patterns · The course so far"] {
        assert!(!all.contains(no_use), "{no_use} has no use on paper");
    }
}

#[test]
fn a_client_page_prints_whole_with_its_code_and_without_its_label() {
    let practice = Practice::with_client();
    practice.note("---\nkind: client\nlabel: Quenby of the lighthouse\nopened: 2026-01-01\n---\n");
    for number in 0..24 {
        let day = 1 + number % 28;
        practice.note(&format!("---\ndate: 2026-02-{day:02}\nattendance: attended\nphq9: {}\nthemes: [sleep]\n---\nWords {number} begin. Middle. And they end{number}.\n", 20 - number % 10));
    }
    let (served, mut browser) = Browser::in_served(&practice, &["serve", "--today", "2026-03-10"]);
    browser.visit(&format!("{}/clients/a7/", served.origin()));
    assert!(browser.markup().contains("Quenby"));
    let pages = paper(&mut browser);
    assert_is_a_record(&pages);
    let all = flat(&pages.join(" "));
    assert!(all.contains("a7") && !all.contains("Quenby"), "{all}");
    for number in 0..24 {
        assert!(all.contains(&format!("end{number}.")), "note {number} is whole: {all}");
    }
    // The table of the timeline is open.
    assert!(all.contains("Attendance"), "{all}");
    let open = browser.value("document.querySelectorAll('details[open]').length");
    assert_eq!(open, 0, "on the screen folds are closed again");
}

#[test]
fn the_course_so_far_of_a_year_prints_on_few_pages_and_begins_on_the_first() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    browser.visit(&format!("{}/clients/a7/course/", served.origin()));
    let pages = paper(&mut browser);
    assert_is_a_record(&pages);
    assert!(pages.len() <= 3, "{} pages", pages.len());
    assert!(flat(&pages[0]).to_lowercase().contains("in their words"), "{}", pages[0]);
    let all = flat(&pages.join(" "));
    assert!(all.contains("a7") && all.contains("The course so far") && !all.contains("the baker"), "{all}");
    for part in ["PHQ-9", "grandmother died", "Goals", "Scores", "Themes"] {
        assert!(all.to_lowercase().contains(&part.to_lowercase()), "{part}: {all}");
    }
}

#[test]
fn a_note_prints_whole_and_a_page_without_a_script_too() {
    let practice = Practice::with_client();
    practice.note("---\nkind: client\nlabel: Quenby of the lighthouse\nopened: 2026-01-01\n---\n");
    let line = "A very long line of code that must not be cut at the edge of the paper 0123456789 ".repeat(4);
    let body: String = (0..60).map(|number| format!("Paragraph {number} of a long note.\n\n")).collect();
    let id = practice.note(&format!(
        "---\ndate: 2026-03-02\nattendance: attended\n---\n{body}\n    {line}theEnd\n\n| a | b |\n|---|---|\n| one | cellEnd |\n"
    ));
    let served = Served::run(&practice, ["serve", "--today", "2026-03-10"]);
    let mut browser = Browser::open();
    browser.without_scripts();
    browser.enter(&served);
    browser.visit(&format!("{}/notes/{id}/", served.origin()));
    let pages = paper(&mut browser);
    assert_is_a_record(&pages);
    let all = flat(&pages.join(" "));
    assert!(all.contains("a7") && !all.contains("Quenby"), "{all}");
    for number in 0..60 {
        assert!(all.contains(&format!("Paragraph {number} of")), "{number}: {all}");
    }
    assert!(all.contains("theEnd") && all.contains("cellEnd"), "{all}");
}

fn gzipped(bytes: &[u8]) -> usize {
    require("gzip");
    let mut child =
        Command::new("gzip").args(["-9nc"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("gzip");
    let mut input = child.stdin.take().expect("a pipe");
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let out = child.wait_with_output().expect("gzip ends").stdout.len();
    writer.join().expect("written").expect("written");
    out
}

#[test]
fn a_client_page_of_a_hundred_sessions_is_light() {
    let practice = Practice::with_client();
    let files = practice.home().join("written");
    std::fs::create_dir_all(files.join("a7")).expect("a folder");
    let words = ["sleep", "mother", "work", "grief", "boundaries", "the letter", "a quiet week", "two chairs"];
    let first = chrono::NaiveDate::from_ymd_opt(2024, 4, 2).expect("a day");
    for number in 0..100 {
        let day = first + chrono::Duration::days(7 * number as i64);
        let (one, two) = (words[number % 5], words[(number * 3 + 1) % 5]);
        let prose: String = (0..30)
            .map(|at| {
                format!("{} and then {} came up again. ", words[(number * at + at) % 8], words[(number + at * at) % 8])
            })
            .collect();
        let note = format!(
            "---\ndate: {day}\nattendance: attended\nthemes: [{one}, {two}]\nphq9: {}\ngad7: {}\nrisk: none\n---\nShe came. {prose}\n",
            20 - (number / 6) % 17,
            15 - (number / 8) % 12
        );
        std::fs::write(files.join(format!("a7/{day}.md")), note).expect("a note");
    }
    practice
        .run(["import".as_ref(), "markdown".as_ref(), "--client".as_ref(), "a7".as_ref(), files.as_os_str()])
        .expect(0);
    let served = Served::with(&practice, ["serve", "--today", "2026-03-10"]);
    let page = served.page("/clients/a7/");
    assert!(page.contains("100 sessions"), "{page}");
    let sizes =
        [page, served.page("/assets/site.css"), served.page("/assets/site.js")].map(|text| gzipped(text.as_bytes()));
    assert!(sizes.iter().sum::<usize>() <= HEAVIEST, "page, style and script: {sizes:?}");
    let style = served.page("/assets/site.css");
    assert!(!style.contains("@font-face") && !style.contains("url("), "no letters are loaded");
}

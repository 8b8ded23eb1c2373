//! The pages in a real Chromium: entered by the printed address, refreshed by themselves, emptied by a lock.

use crate::browser::Browser;
use crate::practice::Practice;
use crate::served::{Served, until};

const DATED: &str = "---\ndate: 2026-03-02\nattendance: attended\n---\n";

#[test]
fn the_printed_address_opens_the_first_page_and_does_not_stay_in_the_history() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    assert_eq!(browser.value("location.href"), format!("{}/", served.origin()));
    assert_eq!(browser.value("document.title"), "Today");
    assert_eq!(browser.value("document.cookie"), "", "scripts do not see the cookie");
    let history = browser.history();
    assert!(history.iter().all(|address| !address.contains("/enter/")), "{history:?}");
}

#[test]
fn pages_load_without_a_single_complaint_and_nothing_from_elsewhere() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    let note = browser.value("document.querySelector('a[href^=\"/notes/\"]').getAttribute('href')");
    let note = note.as_str().expect("a note is linked from the first page").to_owned();
    for path in [
        "/",
        "/clients/",
        "/clients/by-code/",
        "/clients/closed/",
        "/clients/a7/",
        "/clients/a7/patterns/",
        "/themes/",
        "/search/",
        "/about/",
        &note,
    ] {
        browser.visit(&format!("{}{path}", served.origin()));
        assert_eq!(browser.value("document.querySelectorAll('main h1').length"), 1, "{path}");
    }
    assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());
    let own = served.origin();
    // The browser draws the sign of its own day picker from a `data:` address.
    let inner = |address: &String| address.starts_with(&own) || address.starts_with("data:");
    assert!(browser.requested().iter().all(inner), "{:?}", browser.requested());
}

#[test]
fn at_the_width_of_a_telephone_no_page_is_wider_than_the_window() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    let note = browser.value("document.querySelector('a[href^=\"/notes/\"]').getAttribute('href')");
    let note = note.as_str().expect("a note").to_owned();
    for width in [320, 400] {
        browser.look(width, "light");
        for path in
            ["/", "/clients/", "/clients/a7/", "/clients/a7/patterns/", "/themes/", "/search/", "/about/", &note]
        {
            browser.visit(&format!("{}{path}", served.origin()));
            let wide = browser.value("document.documentElement.scrollWidth").as_u64().expect("a width");
            assert!(wide <= u64::from(width), "{path} is {wide} wide in a window of {width}");
        }
    }
}

#[test]
fn a_new_note_comes_into_the_open_page_by_itself_and_the_page_does_not_move() {
    let practice = Practice::with_client();
    for number in 0..40 {
        practice.note(&format!("{DATED}Words {number}.\n\nMore of them.\n"));
    }
    let (served, mut browser) = Browser::in_served(&practice, &["serve", "--today", "2026-03-10"]);
    browser.visit(&format!("{}/clients/a7/", served.origin()));
    browser.value("window.stayed = 1; scrollTo(0, 700)");
    assert_eq!(browser.value("scrollY"), 700);
    practice.note(&format!("{DATED}Words that came in.\n"));
    browser.value_until("the note is on the page", "document.body.innerText.includes('Words that came in')");
    assert_eq!(browser.value("scrollY"), 700);
    assert_eq!(browser.value("window.stayed"), 1, "the page was not loaded again");
    assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());
}

/// A client's page, served from a terminal, in a browser that came in.
fn open_on_a_client() -> (Practice, Served, Browser) {
    let practice = Practice::with_client();
    practice.note(&format!("{DATED}Words behind the lock.\n"));
    let served = Served::in_terminal(&practice, &["serve"], None);
    let mut browser = Browser::open();
    browser.enter(&served);
    browser.visit(&format!("{}/clients/a7/", served.origin()));
    (practice, served, browser)
}

/// The page says that it is locked, and nothing else.
fn is_emptied(browser: &mut Browser) {
    browser.value_until("the page says so", "document.body.innerText.includes('Locked')");
    assert!(!browser.markup().contains("behind the lock"));
}

#[test]
fn a_lock_empties_the_open_page() {
    let (_practice, served, mut browser) = open_on_a_client();
    assert!(browser.markup().contains("behind the lock"));
    served.signal("USR1");
    is_emptied(&mut browser);
    assert!(!browser.value("document.title").as_str().unwrap_or_default().contains("a7"));
    browser.value("history.back()");
    browser.value_until("the page before is locked too", "document.body.innerText.includes('Locked')");
}

#[test]
fn the_button_on_every_page_locks() {
    let (_practice, served, mut browser) = open_on_a_client();
    browser.value("document.querySelector('header .lock button').click()");
    is_emptied(&mut browser);
    until("the process with the notes ends", || served.keeper().is_none().then_some(()));
}

#[test]
fn a_page_that_is_behind_another_is_emptied_by_a_lock_too() {
    let (_practice, served, mut browser) = open_on_a_client();
    browser.value("Object.defineProperty(document, 'hidden', { get: () => true })");
    served.signal("USR1");
    is_emptied(&mut browser);
}

#[test]
fn a_page_whose_program_was_killed_is_emptied() {
    let practice = Practice::with_client();
    practice.note(&format!("{DATED}Words of a program that died.\n"));
    let (served, mut browser) = Browser::in_served(&practice, &["serve"]);
    browser.visit(&format!("{}/clients/a7/", served.origin()));
    assert!(browser.markup().contains("Words of a program"));
    served.signal("KILL");
    browser.value_until("the page says so", "document.body.innerText.includes('has ended')");
    assert!(!browser.markup().contains("Words of a program"));
    assert_eq!(browser.value("document.title"), "throughline");
}

#[test]
fn the_course_is_drawn_as_large_as_the_timeline_with_every_sign_visible() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    browser.look(1280, "light");
    let mut of = |page: &str| {
        browser.visit(&format!("{}{page}", served.origin()));
        let edges = "(() => { const main = document.querySelector('main').getBoundingClientRect(); \
            const drawn = [...document.querySelectorAll('.plot text')].map(t => t.getBoundingClientRect().right); \
            return Math.max(...drawn) <= main.right; })()";
        assert_eq!(browser.value(edges), true, "{page}: nothing is drawn outside the page");
        let fill = browser.value("getComputedStyle(document.querySelector('.event path')).fill");
        assert_ne!(fill, "none", "{page}: a dated life event can be seen");
        browser.value("document.querySelector('.plot').getBoundingClientRect().width").as_f64().expect("a width")
    };
    assert_eq!(of("/clients/a7/"), of("/clients/a7/course/"));
}

#[test]
fn another_page_in_the_same_browser_reads_nothing() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    let other = Practice::empty();
    let foreign = Served::with(&other, ["demo"]);
    // Another server of this machine: same site, another origin. Its own rules are lifted, as an attacker would.
    browser.visit(&format!("{}/nothing-here/", foreign.origin()));
    browser.without_policies();
    browser.visit(&format!("{}/nothing-here/", foreign.origin()));
    let target = served.origin();
    let read =
        format!("fetch('{target}/clients/a7/', {{credentials: 'include'}}).then(r => r.text()).catch(() => 'refused')");
    assert_eq!(browser.value(&read), "refused");
    let blind = format!(
        "fetch('{target}/lock', {{method: 'POST', mode: 'no-cors', credentials: 'include'}}).then(r => r.type + r.status).catch(() => 'refused')"
    );
    browser.value(&blind);
    assert!(served.keeper().is_some(), "another page cannot lock");
    browser.visit(&format!("{target}/clients/a7/"));
    assert_eq!(browser.value("document.title"), "Client a7", "the reader still can read");
}

#[test]
fn pages_are_drawn_in_light_and_in_dark_for_wide_and_narrow_windows() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    let pictures = tempfile::tempdir().expect("a folder");
    let note = browser.value("document.querySelector('a[href^=\"/notes/\"]').getAttribute('href')");
    let note = note.as_str().expect("a note").to_owned();
    for (name, path) in
        [("today", "/"), ("client", "/clients/a7/"), ("patterns", "/clients/a7/patterns/"), ("note", &note)]
    {
        for width in [1280, 400] {
            let drawn = ["light", "dark"].map(|scheme| {
                browser.look(width, scheme);
                browser.visit(&format!("{}{path}", served.origin()));
                let picture = browser.picture();
                let file = pictures.path().join(format!("{name}-{scheme}-{width}.png"));
                std::fs::write(&file, &picture).expect("a picture");
                assert!(picture.starts_with(b"\x89PNG"), "{}", file.display());
                assert!(picture.len() > 10 * 1024, "{} has {} bytes", file.display(), picture.len());
                picture
            });
            assert_ne!(drawn[0], drawn[1], "{name} at {width}: light and dark differ");
        }
    }
}

/// Where an element stands: left, top, right and bottom, rounded.
fn stands(browser: &mut Browser, selector: &str) -> [i64; 4] {
    let found = browser.value(&format!(
        "(b => [b.left, b.top + scrollY, b.right, b.bottom + scrollY].map(Math.round))(document.querySelector('{selector}').getBoundingClientRect())"
    ));
    let found: Vec<i64> = found.as_array().expect("a box").iter().filter_map(serde_json::Value::as_i64).collect();
    found.try_into().unwrap_or_else(|_| panic!("no box of {selector}"))
}

#[test]
fn the_parts_of_a_page_stand_where_a_reader_looks_for_them() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    for width in [1280, 768, 400] {
        browser.look(width, "light");
        let width = i64::from(width);
        browser.visit(&format!("{}/clients/a7/", served.origin()));
        let [top, heading, plot, notes, beside] =
            [".top nav", "h1", ".lanes", "[aria-labelledby=notes]", ".beside"].map(|part| stands(&mut browser, part));
        assert!(top[1] < 30 && top[3] < 110, "the navigation is at the top and low: {top:?} in {width}");
        assert!(heading[1] >= top[3] && heading[3] < 260, "{heading:?} in {width}");
        assert!(plot[1] > heading[3] && plot[1] < 520, "the timeline is on the first screen: {plot:?} in {width}");
        assert!(notes[1] > plot[3], "notes stand below the timeline: {notes:?} in {width}");
        assert!(notes[2] - notes[0] <= 760, "a line of a note is not long: {notes:?} in {width}");
        if width > 760 {
            assert!(
                beside[0] > notes[2] && (beside[1] - notes[1]).abs() < 40,
                "{beside:?} beside {notes:?} in {width}"
            );
            assert!((plot[0] - (width - plot[2])).abs() < 40, "the page is in the middle: {plot:?} in {width}");
        } else {
            assert!(beside[1] >= notes[3], "{beside:?} below {notes:?} in {width}");
        }
        // All lanes share one axis: a session and its themes are one above the other.
        let apart = browser.value(
            "(() => { const middle = e => (b => (b.left + b.right) / 2)(e.getBoundingClientRect()); \
             const marks = [...document.querySelectorAll('.sessions > a')]; \
             return Math.max(...[...document.querySelectorAll('.theme-row a')].map(cell => { \
             const session = marks.find(mark => mark.getAttribute('href') === cell.getAttribute('href')); \
             return session ? Math.abs(middle(session.lastElementChild) - middle(cell.lastElementChild)) : 0; })) })()",
        );
        assert!(apart.as_f64() < Some(1.5), "lanes line up: {apart} apart in {width}");
        browser.visit(&format!("{}/", served.origin()));
        let [expected, months] = [".expected", "table.dots"].map(|part| stands(&mut browser, part));
        assert!(expected[1] < 300 && months[1] > expected[3], "{expected:?} {months:?} in {width}");
    }
}

/// A client's page open in a browser that runs no scripts.
fn without_scripts(practice: &Practice) -> (Served, Browser) {
    practice.note(&format!("{DATED}Read without a script.\n"));
    let served = Served::in_terminal(practice, &["serve"], None);
    let mut browser = Browser::open();
    browser.without_scripts();
    browser.enter(&served);
    browser.visit(&format!("{}/clients/a7/", served.origin()));
    (served, browser)
}

#[test]
fn every_page_reads_without_its_script() {
    let practice = Practice::with_client();
    let (served, mut browser) = without_scripts(&practice);
    assert!(browser.markup().contains("Read without a script"));
    for path in ["/", "/clients/", "/themes/", "/about/"] {
        browser.visit(&format!("{}{path}", served.origin()));
        assert!(browser.markup().contains("</main>"), "{path}");
    }
}

#[test]
fn a_lock_empties_the_open_page_also_without_its_script() {
    let practice = Practice::with_client();
    let (served, mut browser) = without_scripts(&practice);
    assert!(browser.markup().contains("Read without a script"));
    served.signal("USR1");
    // The page itself has to ask again.
    until("the tab is emptied without a script", || {
        let page = browser.markup();
        (page.contains("Locked") && !page.contains("Read without")).then_some(())
    });
}

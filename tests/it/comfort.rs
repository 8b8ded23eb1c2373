//! Keys that make reading faster, and the page that may be seen from the other chair.

use crate::browser::Browser;
use crate::practice::Practice;
use std::collections::BTreeSet;

const DATED: &str = "---\ndate: 2026-03-02\nattendance: attended\n---\n";

#[track_caller]
fn leads_to(browser: &mut Browser, keys: &[&str], path: &str) {
    for key in keys {
        browser.press(key);
    }
    let there = format!("location.pathname === '{path}' && document.readyState === 'complete'");
    browser.value_until(&format!("{keys:?} leads to {path}"), &there);
}

#[test]
fn two_letters_lead_to_every_page() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    leads_to(&mut browser, &["g", "c"], "/clients/");
    leads_to(&mut browser, &["g", "t"], "/themes/");
    leads_to(&mut browser, &["g", "h"], "/");
    leads_to(&mut browser, &["/"], "/search/");
    browser.visit(&format!("{}/clients/a7/", served.origin()));
    leads_to(&mut browser, &["g", "p"], "/clients/a7/prepare/");
    leads_to(&mut browser, &["g", "f"], "/clients/a7/patterns/");
    leads_to(&mut browser, &["g", "n"], "/clients/a7/");
    leads_to(&mut browser, &["g", "s"], "/search/");
}

#[test]
fn j_and_k_go_along_the_notes() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    browser.visit(&format!("{}/clients/a7/", served.origin()));
    let at = "[...document.querySelectorAll('.card h3 > a')].indexOf(document.activeElement)";
    for (key, place) in [("j", 0), ("j", 1), ("j", 2), ("k", 1)] {
        browser.press(key);
        assert_eq!(browser.value(at), place, "{key}");
    }
    let note = browser.value("document.activeElement.getAttribute('href')").as_str().expect("a note").to_owned();
    leads_to(&mut browser, &["Enter"], &note);
    let before = browser.value("document.querySelector('main a[rel=prev]').getAttribute('href')");
    leads_to(&mut browser, &["k"], before.as_str().expect("a note"));
    leads_to(&mut browser, &["j"], &note);
}

#[test]
fn t_leads_to_the_choice_of_time_and_p_blurs_the_page() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    browser.visit(&format!("{}/clients/a7/year/2025/", served.origin()));
    browser.press("t");
    assert_eq!(browser.value("document.activeElement.textContent"), "2025");
    browser.press("p");
    assert_eq!(browser.value("getComputedStyle(document.querySelector('main')).filter !== 'none'"), true);
    browser.press("p");
    assert_eq!(browser.value("document.documentElement.classList.contains('veiled')"), false);
}

#[test]
fn the_question_mark_lists_the_keys_and_about_lists_the_same() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    browser.press("?");
    assert_eq!(browser.value("document.querySelector('dialog').open"), true);
    let of = |browser: &mut Browser, rows: &str| -> BTreeSet<String> {
        let rows = browser.value(&format!(
            "[...document.querySelectorAll('{rows}')].map(r => [...r.children].map(c => c.textContent).join(' '))"
        ));
        rows.as_array().expect("rows").iter().map(|row| row.as_str().expect("text").replace(' ', "")).collect()
    };
    let shown = of(&mut browser, "dialog dl > div");
    assert!(shown.len() > 10, "{shown:?}");
    browser.press("c");
    browser.press("Escape");
    browser.value_until("it is closed", "document.querySelector('dialog') === null");
    browser.visit(&format!("{}/about/", served.origin()));
    assert_eq!(shown, of(&mut browser, "table.keys tr"));
    assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());
}

#[test]
fn keys_do_nothing_while_words_are_typed_or_with_modifiers() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    browser.visit(&format!("{}/search/", served.origin()));
    browser.value("document.querySelector('#q').focus()");
    for key in ["g", "h", "p", "?", "/", "j"] {
        browser.press(key);
    }
    assert_eq!(browser.value("document.querySelector('#q').value"), "ghp?/j");
    assert_eq!(browser.value("location.pathname"), "/search/");
    assert_eq!(browser.value("document.documentElement.classList.contains('veiled')"), false);
    browser.visit(&format!("{}/clients/", served.origin()));
    for modifiers in [1, 2, 4] {
        browser.press_with("p", modifiers);
    }
    assert_eq!(browser.value("document.documentElement.classList.contains('veiled')"), false);
}

#[test]
fn who_speaks_instead_of_typing_turns_the_keys_off() {
    let practice = Practice::with_client();
    for (arguments, line) in [(&["serve", "--no-keys"][..], ""), (&["serve"], "keys = false\n")] {
        practice.configure(line);
        let (_served, mut browser) = Browser::in_served(&practice, arguments);
        for key in ["?", "p", "g", "c", "/"] {
            browser.press(key);
        }
        assert_eq!(browser.value("document.querySelector('dialog')"), serde_json::Value::Null);
        assert_eq!(browser.value("location.pathname + document.documentElement.className"), "/");
        assert_eq!(browser.value("document.querySelector('footer kbd')"), serde_json::Value::Null);
    }
}

#[test]
fn a_blurred_page_tells_nothing_to_a_pointer_that_rests_on_it() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    browser.visit(&format!("{}/clients/a7/", served.origin()));
    browser.value("document.querySelector('.theme-row a').scrollIntoView({ block: 'center' })");
    let under = "(() => { const mark = document.querySelector('.theme-row a').getBoundingClientRect(); \
        return document.elementFromPoint(mark.x + 3, mark.y + 3)?.closest('main') != null; })()";
    assert_eq!(browser.value(under), true);
    browser.press("p");
    assert_eq!(browser.value(under), false);
}

#[test]
fn drawing_over_a_part_of_a_timeline_leads_to_that_part() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    browser.look(1280, "light");
    for (page, address) in [("/clients/a7/", "/clients/a7/time/"), ("/clients/a7/course/", "/clients/a7/course/")] {
        browser.visit(&format!("{}{page}", served.origin()));
        // The page that was drawn to before may have been loaded only now.
        browser.value_until("the page is there", &format!("location.pathname === '{page}'"));
        browser.value_until("it is whole", "document.readyState === 'complete'");
        let place = |browser: &mut Browser, name: &str| {
            let middle = format!(
                "(() => {{ const text = [...document.querySelectorAll('.plot .tick')].find(t => t.textContent === '{name}'); \
                 const box = text.getBoundingClientRect(); return [box.left, box.bottom + 8]; }})()"
            );
            let place = browser.value(&middle);
            (place[0].as_f64().expect("x"), place[1].as_f64().expect("y"))
        };
        let (from, until) = (place(&mut browser, "Jul"), place(&mut browser, "Oct"));
        browser.drag(until, from);
        let there = format!("location.pathname.startsWith('{address}2025-0')");
        browser.value_until("the part is shown", &there);
        let days = browser.value("location.pathname").as_str().expect("a path").trim_start_matches(address).to_owned();
        let days: Vec<&str> = days.trim_end_matches('/').split('/').collect();
        // A few pixels beside the first of July and of October.
        assert!(["2025-06-2", "2025-06-3", "2025-07-0"].iter().any(|near| days[0].starts_with(near)), "{days:?}");
        assert!(["2025-09-2", "2025-09-3", "2025-10-0"].iter().any(|near| days[1].starts_with(near)), "{days:?}");
        assert_eq!(browser.value("document.querySelector('h1').textContent.startsWith('a7')"), true);
    }
    assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());
}

#[test]
fn what_comes_in_leaves_scroll_folds_and_focus_as_they_were() {
    let practice = Practice::with_client();
    for number in 0..30 {
        practice.note(&format!("{DATED}Words {number} about #sleep.\n\nMore of them.\n"));
    }
    let (served, mut browser) = Browser::in_served(&practice, &["serve", "--today", "2026-03-10"]);
    browser.visit(&format!("{}/clients/a7/", served.origin()));
    browser.value("document.querySelector('details[data-fold=table]').open = true");
    for _ in 0..12 {
        browser.press("j");
    }
    let focus = browser.value("document.activeElement.getAttribute('href')");
    let scroll = browser.value("scrollY");
    assert!(scroll.as_f64() > Some(0.0));
    practice.note(&format!("{DATED}Words that came in.\n"));
    browser.value_until("the note is there", "document.body.innerText.includes('Words that came in')");
    assert_eq!(browser.value("document.querySelector('details[data-fold=table]').open"), true);
    assert_eq!(browser.value("document.activeElement.getAttribute('href')"), focus);
    assert_eq!(browser.value("scrollY"), scroll);
    assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());
}

#[test]
fn the_screen_beside_the_client_shows_one_client_large_and_leads_nowhere_else() {
    let practice = Practice::with_client();
    practice.note("---\nkind: client\nlabel: Quenby of the lighthouse\nopened: 2026-01-01\n---\n");
    practice.note(&format!("{DATED}She came.\n\n> [!plan]\n> The letter.\n\n- [ ] me: ask the clinic\n"));
    practice.run(["client", "add", "zebra9"]).expect(0);
    practice.run_with(["new", "zebra9", "--from-stdin"], format!("{DATED}Another's words.\n").as_bytes()).expect(0);
    let (served, mut browser) = Browser::in_served(&practice, &["serve", "--today", "2026-03-10"]);
    browser.look(1280, "light");
    browser.visit(&format!("{}/clients/a7/prepare/screen/", served.origin()));
    let text = browser.value("document.body.innerText").as_str().expect("text").to_owned();
    assert!(text.contains("The letter.") && text.contains("ask the clinic"), "{text}");
    // How risk is rated, what fell silent and what was found are for the counselor's eyes.
    for other in ["zebra9", "Another", "Quenby", "Clients", "Today", "Themes", "Safety", "Risk", "Not written about"] {
        assert!(!browser.markup().contains(other), "{other}");
    }
    let links = browser.value("[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))");
    assert_eq!(links, serde_json::json!(["#main", "/clients/a7/prepare/"]));
    let size = browser.value("parseFloat(getComputedStyle(document.querySelector('main li')).fontSize)");
    assert!(size.as_f64() >= Some(22.0), "letters of {size} px");
    for key in ["g", "c", "/", "?"] {
        browser.press(key);
    }
    assert_eq!(browser.value("location.pathname"), "/clients/a7/prepare/screen/");
    assert_eq!(browser.value("document.querySelector('dialog') === null"), true);
    assert!(served.keeper().is_some());
}

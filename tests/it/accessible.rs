//! For readers who do not see, do not use a mouse, or need large letters: WCAG 2.2 AA by axe-core and by hand.

use crate::browser::Browser;
use crate::practice::Practice;
use crate::served::Served;
use serde_json::Value;

/// The checker, as its makers publish it.
const AXE: &str = include_str!("../vendor/axe-core/axe.min.js");

/// Rules of the checker's own besides those of WCAG count too.
const ASKED: &str = "document.querySelectorAll('details').forEach(fold => fold.open = true), \
    axe.run(document, { resultTypes: ['violations'] }).then(found => found.violations.map(rule => \
    rule.id + ': ' + rule.nodes.slice(0, 4).map(node => node.target + ' ' + node.failureSummary).join(' | ')))";

/// One page of each type of the example.
fn page_types(served: &Served, browser: &mut Browser) -> Vec<String> {
    let first = |browser: &mut Browser, page: &str, link: &str| {
        browser.visit(&format!("{}{page}", served.origin()));
        let href = browser.value(&format!("document.querySelector('{link}').getAttribute('href')"));
        href.as_str().expect("a link").to_owned()
    };
    let mut pages: Vec<String> = [
        "/",
        "/clients/",
        "/clients/closed/",
        "/clients/a7/",
        "/clients/a7/year/2025/",
        "/clients/a7/time/2025-07-01/2025-09-30/",
        "/clients/a7/time/2025-11-01/2025-11-30/",
        "/clients/a7/prepare/",
        "/clients/a7/prepare/screen/",
        "/clients/a7/patterns/",
        "/clients/k2/",
        "/clients/k2/patterns/",
        "/clients/a7/course/",
        "/themes/",
        "/search/",
        "/about/",
        "/nothing-here/",
    ]
    .map(str::to_owned)
    .to_vec();
    pages.push(first(browser, "/themes/", "tbody a"));
    // A session, a plan, a consent, a letter, and what else the last months hold.
    browser.visit(&format!("{}/clients/a7/", served.origin()));
    let notes = browser.value("[...document.querySelectorAll('.paper')].slice(-6).map(a => a.getAttribute('href'))");
    pages.extend(notes.as_array().expect("links").iter().filter_map(Value::as_str).map(str::to_owned));
    pages.push(first(browser, "/clients/a7/", ".card h3 a"));
    pages.push(first(browser, "/", "main a[href^=\"/notes/\"]"));
    pages
}

#[track_caller]
fn assert_nothing_found(browser: &mut Browser, page: &str) {
    browser.value(&format!("{AXE}; 0"));
    let found = browser.value(ASKED);
    assert_eq!(found.as_array().map(Vec::len), Some(0), "{page}: {found:#}");
}

#[test]
fn axe_finds_nothing_on_any_type_of_page_in_light_and_in_dark() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    for scheme in ["light", "dark"] {
        browser.look(1280, scheme);
        for page in page_types(&served, &mut browser) {
            browser.visit(&format!("{}{page}", served.origin()));
            assert_nothing_found(&mut browser, &format!("{page} in {scheme}"));
        }
        // What was found, and a search that cannot be read.
        for words in ["sleep", "before:soon"] {
            browser.visit(&format!("{}/search/", served.origin()));
            let sent =
                format!("document.querySelector('#q').value = '{words}', document.querySelector('form').submit()");
            browser.value(&sent);
            browser.value_until("an answer", "location.pathname.length > 10 && document.readyState === 'complete'");
            assert_nothing_found(&mut browser, &format!("the search for {words} in {scheme}"));
        }
    }
    browser.look(400, "light");
    for page in ["/clients/", "/clients/a7/", "/clients/a7/patterns/"] {
        browser.visit(&format!("{}{page}", served.origin()));
        assert_nothing_found(&mut browser, &format!("{page} on a telephone"));
    }
}

#[test]
fn axe_finds_nothing_where_nothing_is_written_yet() {
    let practice = Practice::new();
    let (served, mut browser) = Browser::in_served(&practice, &["serve"]);
    for page in ["/", "/clients/", "/clients/closed/", "/themes/", "/search/"] {
        browser.visit(&format!("{}{page}", served.origin()));
        assert_nothing_found(&mut browser, page);
    }
    drop(served);
    practice.run(["client", "add", "a7"]).expect(0);
    let (served, mut browser) = Browser::in_served(&practice, &["serve"]);
    for page in
        ["/", "/clients/", "/clients/a7/", "/clients/a7/prepare/", "/clients/a7/patterns/", "/clients/a7/course/"]
    {
        browser.visit(&format!("{}{page}", served.origin()));
        assert_nothing_found(&mut browser, page);
    }
}

/// Everything that can be used, in the order of the page, as the script tells it.
const USABLE: &str = "window.usable = () => [...document.querySelectorAll('a[href], button, input, select, summary, \
    [tabindex=\"0\"]')].filter(e => e.getAttribute('tabindex') !== '-1' && e.checkVisibility({ visibilityProperty: true }) \
    && e.getClientRects().length > 0)";

#[test]
fn everything_is_reached_in_order_by_the_tab_key_alone_and_shows_that_it_is() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    browser.look(1280, "light");
    for page in [
        "/",
        "/clients/",
        "/clients/a7/prepare/",
        "/search/",
        "/about/",
        "/themes/",
        "/clients/a7/time/2025-11-01/2025-11-30/",
    ] {
        browser.visit(&format!("{}{page}", served.origin()));
        browser.value(&format!("{USABLE}, document.activeElement.blur(), 0"));
        let number = browser.value("usable().length").as_u64().expect("a number");
        assert!(number > 5, "{page} has {number}");
        let mut last = -1;
        let mut reached = std::collections::BTreeSet::new();
        // A day has three places to stand in, and a page may begin in a field: there are more steps than things.
        for _ in 0..number * 2 + 20 {
            browser.press("Tab");
            let at = browser.value("usable().indexOf(document.activeElement)").as_i64().expect("a number");
            // Past the end, or before the beginning.
            if at < 0 {
                last = -1;
                continue;
            }
            assert!(at == last || at == last + 1 || reached.is_empty(), "{page}: from {last} to {at}");
            let seen = browser.value(
                "(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)(getComputedStyle(document.activeElement))",
            );
            let what = browser.value("document.activeElement.outerHTML.slice(0, 120)");
            assert_eq!(seen, true, "{page}: where the focus is can be seen on {what}");
            reached.insert(at);
            last = at;
            if reached.len() as u64 == number {
                break;
            }
        }
        assert_eq!(reached.len() as u64, number, "{page}: reached {reached:?}");
    }
}

#[test]
fn the_first_tab_leads_past_the_navigation() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    browser.visit(&format!("{}/clients/a7/", served.origin()));
    browser.press("Tab");
    assert_eq!(browser.value("document.activeElement.textContent"), "Skip to the page");
    assert_eq!(browser.value("document.activeElement.getBoundingClientRect().left >= 0"), true, "it is seen");
    browser.press("Enter");
    assert_eq!(browser.value("document.activeElement.id"), "main");
    browser.press("Tab");
    assert_eq!(browser.value("document.activeElement.closest('main') !== null"), true);
}

#[test]
fn no_page_scrolls_sideways_on_a_narrow_window_or_at_twice_the_size() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    for width in [320, 640] {
        for page in page_types(&served, &mut browser) {
            browser.look(width, "light");
            browser.visit(&format!("{}{page}", served.origin()));
            browser.value("document.querySelectorAll('details').forEach(fold => fold.open = true)");
            let wide = browser.value("document.documentElement.scrollWidth").as_u64().expect("a width");
            assert!(wide <= u64::from(width), "{page} is {wide} wide in a window of {width}");
        }
    }
}

#[test]
fn nothing_moves_for_readers_who_want_no_motion() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    browser.prefer(&[("prefers-reduced-motion", "reduce")]);
    for page in ["/", "/clients/a7/", "/clients/a7/patterns/"] {
        browser.visit(&format!("{}{page}", served.origin()));
        browser.press("p");
        let moving = browser.value(
            "[...document.querySelectorAll('*')].map(e => getComputedStyle(e)).filter(s => \
             s.transitionDuration.split(', ').some(d => d !== '0s') || s.animationName !== 'none').length",
        );
        assert_eq!(moving, 0, "{page}");
        assert_eq!(browser.value("getComputedStyle(document.documentElement).scrollBehavior"), "auto", "{page}");
    }
}

#[test]
fn drawings_are_seen_in_the_readers_own_few_colours() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    browser.look(1280, "light");
    for scheme in ["light", "dark"] {
        browser.prefer(&[("forced-colors", "active"), ("prefers-color-scheme", scheme)]);
        browser.visit(&format!("{}/clients/a7/", served.origin()));
        assert_eq!(browser.value("matchMedia('(forced-colors: active)').matches"), true);
        for mark in [".sessions .attended circle", ".point", "rect.tagged, .strength-3, .strength-5", ".event path"] {
            let seen = browser.value(&format!(
                "(e => getComputedStyle(e).fill !== getComputedStyle(document.body).backgroundColor)(document.querySelector('{mark}'))"
            ));
            assert_eq!(seen, true, "{mark} in {scheme}");
        }
        assert_nothing_found(&mut browser, &format!("forced colours, {scheme}"));
        browser.visit(&format!("{}/", served.origin()));
        let dot = browser.value("getComputedStyle(document.querySelector('.dot')).backgroundColor !== getComputedStyle(document.body).backgroundColor");
        assert_eq!(dot, true, "dots of the months in {scheme}");
    }
    for scheme in ["light", "dark"] {
        browser.prefer(&[("prefers-contrast", "more"), ("prefers-color-scheme", scheme)]);
        browser.visit(&format!("{}/clients/a7/", served.origin()));
        assert_nothing_found(&mut browser, &format!("more contrast, {scheme}"));
    }
}

#[test]
fn every_drawing_has_a_name_words_and_all_its_links_outside_of_it() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    for page in ["/clients/a7/", "/clients/a7/patterns/", "/clients/a7/course/", "/clients/k2/"] {
        browser.visit(&format!("{}{page}", served.origin()));
        let unnamed = browser.value(
            "[...document.querySelectorAll('main svg:not([aria-hidden])')].filter(svg => !(svg.querySelector(':scope > title') && \
             svg.querySelector(':scope > desc')) && !svg.getAttribute('aria-label')).length",
        );
        assert_eq!(unnamed, 0, "{page}");
        // A mark is passed over by the Tab key; the page it leads to is linked from a table or a list as well. Months of
        // the axis are reached through the rows of years, quarters and months.
        let only_there = browser.value(
            "(() => { const page = a => a.getAttribute('href').split('#')[0]; \
             const outside = new Set([...document.querySelectorAll('main a[href]:not(svg a)')].map(page)); \
             return [...document.querySelectorAll('main svg a[tabindex=\"-1\"]')].filter(a => !outside.has(page(a)) && \
             !(a.querySelector('.tick') && document.querySelector('[data-range] a'))).map(a => a.outerHTML.slice(0, 160)) })()",
        );
        assert_eq!(only_there, serde_json::json!([]), "{page}");
        let tables =
            browser.value("document.querySelectorAll('figure.timeline ~ .folds table, figure.timeline table').length");
        assert!(tables.as_u64() > Some(0), "{page} has a table");
    }
}

#[test]
fn what_a_mark_means_is_its_shape_and_its_words_and_never_its_colour_alone() {
    let home = Practice::empty();
    let (served, mut browser) = Browser::in_served(&home, &["demo"]);
    browser.visit(&format!("{}/clients/a7/", served.origin()));
    // One drawing of each kind of mark, without classes, so without colours.
    let shapes = browser.value(
        "(() => { const shapes = {}; for (const a of document.querySelectorAll('.sessions > a')) { \
         shapes[a.getAttribute('class')] = [...a.children].filter(c => c.tagName !== 'title').map(c => c.tagName + \
         (c.getAttribute('d') ?? '') + (getComputedStyle(c).fill === getComputedStyle(document.body).backgroundColor)).join(); } \
         return shapes })()",
    );
    let shapes: Vec<String> = shapes.as_object().expect("kinds").values().map(ToString::to_string).collect();
    let different: std::collections::BTreeSet<&String> = shapes.iter().collect();
    assert!(shapes.len() >= 3 && different.len() == shapes.len(), "{shapes:?}");
    let heights = browser.value(
        "(() => { const heights = {}; document.querySelectorAll('.risk').forEach(a => \
         heights[a.getAttribute('class')] = a.querySelector('rect').getAttribute('height')); return Object.values(heights) })()",
    );
    let heights: Vec<String> = heights.as_array().expect("heights").iter().map(ToString::to_string).collect();
    let different: std::collections::BTreeSet<&String> = heights.iter().collect();
    assert!(heights.len() >= 2 && different.len() == heights.len(), "levels of risk differ in height: {heights:?}");
    let silent = browser.value("[...document.querySelectorAll('.late')].filter(e => !e.textContent.trim()).length");
    assert_eq!(silent, 0, "what is late says so in words");
    let unnamed = browser.value(
        "[...document.querySelectorAll('main svg a[tabindex=\"-1\"]')].filter(a => !a.querySelector('title') && !a.textContent.trim()).length",
    );
    assert_eq!(unnamed, 0, "every mark has words");
}

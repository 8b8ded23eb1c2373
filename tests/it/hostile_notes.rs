//! Notes are hostile: whatever stands in one, pages stay whole and nothing of it runs, loads or leads astray.

use crate::browser::Browser;
use crate::hostile_corpus::payloads;
use crate::hostile_origin::Origin;
use crate::hostile_vault::{Planted, planted};
use crate::markup::{inner_addresses, live_parts, tags, title};
use crate::practice::{Practice, full};
use crate::served::Served;
use std::collections::{BTreeMap, BTreeSet};

/// All pages, by following links from the first.
fn pages(served: &Served) -> BTreeMap<String, String> {
    let (mut seen, mut next) = (BTreeMap::new(), vec!["/".to_owned()]);
    while let Some(address) = next.pop() {
        if seen.contains_key(&address) {
            continue;
        }
        let answer = served.get(&address);
        assert_eq!(answer.status, 200, "{address}");
        if answer.fields("Content-Type")[0].starts_with("text/html") {
            let page = answer.text();
            next.extend(inner_addresses(&page).into_iter().filter(|to| !seen.contains_key(to)));
            seen.insert(address, page);
        }
    }
    seen
}

#[test]
fn no_word_of_a_note_runs_loads_or_breaks_a_page_with_the_policy_that_forbids_it_or_without() {
    let Planted { practice, notes } = planted();
    let served = Served::practice(&practice);
    let pages = pages(&served);
    for (address, page) in &pages {
        assert_inert(address, page);
    }
    for (address, words) in &notes {
        let page = pages.get(address).unwrap_or_else(|| panic!("{address} is linked from nowhere"));
        assert!(page.contains(words), "{address}: the words behind the payload are gone");
    }
    let different = different(&pages);
    assert!(notes.iter().all(|(address, _)| different.contains(&address)));
    // The short form looks at some pages of each kind, and at fewer with the policy: what runs in spite of it runs without
    // it too. The long one looks at all of them both ways.
    let each = |step: usize| different.iter().copied().step_by(if full() { 1 } else { step }).collect::<Vec<_>>();
    let (many, some) = (each(5), each(25));
    std::thread::scope(|both| {
        both.spawn(|| nothing_happens_in(Browser::open(), &served, &some, &notes));
        let mut unprotected = Browser::open();
        unprotected.without_policies();
        nothing_happens_in(unprotected, &served, &many, &notes);
    });
}

/// Addresses of the pages that differ in more than numbers and where their links lead: most notes in files with odd names
/// do not show those names.
fn different(pages: &BTreeMap<String, String>) -> Vec<&String> {
    let mut seen = BTreeSet::new();
    let words = |page: &str| {
        let parts = page.split("href=\"").map(|part| part.split_once('"').map_or(part, |(_, after)| after));
        parts.collect::<String>().replace(|c: char| c.is_ascii_digit(), "")
    };
    pages.iter().filter(|(_, page)| seen.insert(words(page))).map(|(address, _)| address).collect()
}

/// Nothing in the markup of a page could act, and the page is whole.
fn assert_inert(address: &str, page: &str) {
    // The page beside the client has no foot.
    let ends = ["</main>\n\n</body>\n</html>", "</main>\n</body>\n</html>", "</footer>\n</body>\n</html>"];
    assert!(ends.into_iter().any(|end| page.trim_end().ends_with(end)), "{address} is whole");
    assert_eq!(page.matches("</html>").count(), 1, "{address} ends once");
    assert!(live_parts(page).is_empty(), "{address}: {:?}", live_parts(page));
    assert!(!title(page).contains(['<', '{', '\'']), "{address}: {}", title(page));
    let mains = tags(page).iter().filter(|tag| tag.value("id") == Some("main")).count();
    assert_eq!(mains, 1, "{address}: ids do not come from notes");
    assert!(!page.contains("1337"), "{address}: a template of a note was rendered");
    let raw = page.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r'));
    assert_eq!(raw, None, "{address}: a control character of a note is in the page");
}

#[test]
fn words_that_look_like_markup_are_still_shown_as_words() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\n---\nShe wrote <b>no</b> & {{ stop }} <script>x</script>, 3 < 4.\n");
    let served = Served::practice(&practice);
    let page = served.page(&format!("/notes/{id}/"));
    // Raw markup of a note may be set apart, in an element of ours.
    let page = page.replace("<span class=\"raw\">", "").replace("</span>", "");
    for shown in ["&lt;b&gt;no&lt;/b&gt; &amp; {{ stop }}", "&lt;script&gt;x&lt;/script&gt;, 3 &lt; 4."] {
        assert!(page.contains(shown), "{shown} in {page}");
    }
}

#[test]
fn links_to_elsewhere_are_marked_and_give_nothing_away() {
    let practice = Practice::with_client();
    let text = "[out](https://example.org/a?b=c&d) <https://example.org/> [mail](mailto:a@example.org) [in](/themes/) ![pic](https://example.org/p.png)\n";
    let id = practice.note(&format!("---\ndate: 2026-03-02\n---\n{text}"));
    let served = Served::practice(&practice);
    let page = served.page(&format!("/notes/{id}/"));
    let links = tags(&page).into_iter().filter(|tag| tag.value("href").is_some_and(|to| to.starts_with("https://")));
    let links: Vec<_> = links.collect();
    assert!(links.len() >= 2, "{page}");
    for link in links {
        let rel = link.value("rel").unwrap_or_default();
        assert!(rel.contains("noopener") && rel.contains("noreferrer"), "{link:?}");
        assert_eq!(link.value("target"), None, "{link:?}");
    }
    assert!(!page.contains("<img") && page.contains("pic"), "the picture is named, not loaded");
}

/// What is odd about a page as the browser built it: a list of sentences, empty when nothing is. `arguments[0]` are the
/// words that must stand in it.
const ODDITIES: &str = r"((words) => {
    const found = [];
    const all = [...document.querySelectorAll('*')];
    const lock = document.querySelector(`body > header.top > form.lock[action='/lock']`);
    const search = location.pathname.startsWith('/search/') && document.forms.length === 2 ? document.forms[1] : null;
    const never = new Set(['IFRAME', 'FRAME', 'FRAMESET', 'OBJECT', 'EMBED', 'STYLE', 'BASE', 'FORM', 'INPUT', 'IMG', 'TEMPLATE',
        'BUTTON', 'SELECT', 'TEXTAREA', 'VIDEO', 'AUDIO', 'SOURCE', 'TRACK', 'DIALOG', 'MARQUEE', 'PLAINTEXT', 'XMP', 'FONT', 'PORTAL',
        'MATH', 'FOREIGNOBJECT', 'ANIMATE', 'SET', 'USE', 'IMAGE']);
    for (const element of all) {
        const inline = element.getAttributeNames().some(name => name.startsWith('on') || ['style', 'srcdoc', 'ping', 'formaction', 'name'].includes(name)
            && !(name === 'name' && (element.localName === 'meta' || search && search.contains(element))));
        const script = element.localName === 'script' && element.getAttribute('src') !== '/assets/site.js';
        const strange = never.has(element.tagName.toUpperCase()) && !lock?.contains(element) && !search?.contains(element);
        if (inline || script || strange) found.push(element.outerHTML.slice(0, 200));
        const to = element.localName === 'a' ? element.getAttribute('href') ?? element.getAttribute('xlink:href') : null;
        if (to !== null && !/^(https?:|mailto:)/.test(new URL(to, location.href).href)) found.push('astray: ' + element.outerHTML);
        for (const kind of ['mouseover', 'focus', 'error', 'load', 'animationend', 'toggle']) element.dispatchEvent(new Event(kind));
    }
    const body = document.body;
    const beside = location.pathname.endsWith('/screen/');
    const last = beside ? '#main' : 'footer.foot';
    if (document.documentElement.children.length !== 2 || !body.lastElementChild?.matches(last)) found.push('the page does not end as pages end');
    const marks = document.querySelectorAll('main, nav[aria-label=Pages], header.top, footer.foot').length;
    if (marks !== (beside ? 1 : 4)) found.push('landmarks are doubled or gone');
    if (document.querySelectorAll('main h1').length < 1) found.push('no heading');
    if (getComputedStyle(body).display === 'none' || getComputedStyle(document.querySelector('main')).visibility !== 'visible') found.push('hidden');
    if (!document.querySelector('main').textContent.includes(words)) found.push('the words behind the payload are gone');
    if (window.name !== '' || document.title.includes('Owned')) found.push('named');
    const ids = all.map(element => element.id).filter(id => id !== '');
    if (new Set(ids).size !== ids.length) found.push('an id stands twice: ' + ids.filter((id, at) => ids.indexOf(id) !== at).slice(0, 3));
    return found.concat(location.pathname);
})";

/// Visits every page of the vault with every payload.
fn nothing_happens_in(mut browser: Browser, served: &Served, pages: &[&String], notes: &[(String, String)]) {
    let (name, value) = served.cookie().split_once('=').expect("a pair");
    browser.set_cookie(name, value, &served.origin());
    browser.offer("hit");
    // Drawing is not what is asked for here.
    browser.look(320, "light");
    let mut odd = Vec::new();
    for address in pages {
        browser.visit(&format!("{}{address}", served.origin()));
        let words = notes.iter().find(|(note, _)| note == *address).map_or("", |(_, words)| words);
        let found = browser.value(&format!("{ODDITIES}('{words}')"));
        if found != serde_json::json!([address]) {
            odd.push(format!("{address}: {found}"));
        }
    }
    assert!(odd.is_empty(), "{} pages: {:#?}", odd.len(), &odd[..odd.len().min(20)]);
    assert!(browser.called().is_empty(), "{:?}", browser.called());
    let own = served.origin();
    let elsewhere: Vec<String> = browser
        .requested()
        .into_iter()
        .filter(|address| !address.starts_with(&own) && !address.starts_with("data:"))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());
}

#[test]
fn the_same_words_written_raw_into_a_page_are_seen_to_run_and_to_load() {
    let written = payloads();
    let pages: Vec<String> =
        written.iter().map(|payload| format!("<!doctype html><title>x</title><p>{}", payload.text)).collect();
    let origin = Origin::serving(move |path| {
        let number: Option<usize> = path.trim_matches('/').parse().ok();
        ("text/html; charset=utf-8", number.and_then(|number| pages.get(number).cloned()).unwrap_or_default())
    });
    let mut browser = Browser::open();
    browser.offer("hit");
    let (mut ran, mut before) = (0, 0);
    for (number, payload) in written.iter().enumerate() {
        if !matches!(payload.family, "script" | "events" | "svg") {
            continue;
        }
        browser.go(&format!("{}/{number}", origin.address()));
        browser.value("new Promise(done => setTimeout(done))");
        ran += usize::from(browser.called().len() > before);
        before = browser.called().len();
    }
    assert!(ran >= 40, "only {ran} were seen to run");
    let loaded = browser.requested().iter().filter(|address| address.contains("evil.example")).count();
    assert!(loaded >= 5, "only {loaded} were seen to load");
}

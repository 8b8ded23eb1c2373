//! A hostile page in the same browser, while the counselor is logged in: it reads nothing, changes nothing, and cannot even
//! tell a page that is there from one that is not.

use crate::browser::Browser;
use crate::hostile_origin::Origin;
use crate::practice::Practice;
use crate::served::Served;
use serde_json::{Value, json};

/// A page of another port, another name, or the same name as ours; with the cookie of a reader in the browser.
struct Siege {
    _home: Practice,
    served: Served,
    browser: Browser,
    elsewhere: Origin,
}

/// Addresses of which the attacker knows that they exist, and next to each one that does not.
const KNOWN_AND_MISSING: [(&str, &str); 5] = [
    ("/clients/a7/", "/clients/zz9/"),
    ("/clients/", "/nothing/"),
    ("/assets/site.css", "/assets/none.css"),
    ("/assets/site.js", "/assets/none.js"),
    ("/favicon.svg", "/none.svg"),
];

/// Name that a resolver rule sends to this machine: DNS rebinding.
const REBOUND: &str = "evil.example";

fn siege() -> Siege {
    let home = Practice::empty();
    let served = crate::entry::demo(&home).logged_in();
    let worker = "self.addEventListener('fetch', event => event.respondWith(new Response('mine')))";
    let elsewhere = Origin::serving(move |path| match path {
        "/worker.js" => ("text/javascript", worker.to_owned()),
        _ => ("text/html; charset=utf-8", "<!doctype html><title>x</title><body>".to_owned()),
    });
    let mut browser = Browser::open_with(&format!(
        "--host-resolver-rules='MAP {REBOUND} 127.0.0.1' --disable-popup-blocking --disable-features=HttpsUpgrades"
    ));
    let (name, value) = served.cookie().split_once('=').expect("a pair");
    browser.set_cookie(name, value, &served.origin());
    browser.visit(&format!("{}/clients/a7/", served.origin()));
    assert_eq!(browser.value("document.title"), "Client a7", "the reader is logged in");
    Siege { _home: home, served, browser, elsewhere }
}

impl Siege {
    /// The same hostile page by three names: another port of our host, another name of this machine, and a name that was
    /// rebound to it.
    fn everywhere(&mut self, mut act: impl FnMut(&mut Browser, &str)) {
        let port = self.elsewhere.port();
        for host in ["127.0.0.1", "localhost", REBOUND] {
            self.browser.visit(&format!("http://{host}:{port}/"));
            act(&mut self.browser, &self.served.origin());
        }
    }

    /// Nothing was locked, and the reader goes on reading.
    fn still_reads(&mut self, keeper: Option<u32>) {
        assert_eq!(self.served.keeper(), keeper, "neither locked nor unlocked");
        self.served.page("/clients/a7/");
        self.browser.visit(&format!("{}/clients/a7/", self.served.origin()));
        assert_eq!(self.browser.value("document.title"), "Client a7");
    }
}

/// What a page can learn of an address: how each way to ask for it ends. A way that never ends is called `never`.
const PROBES: &str = r"(async (address) => {
    const ended = (work) => Promise.race([work, new Promise(done => setTimeout(() => done('never'), 30000))]);
    const element = (name, set) => ended(new Promise(done => {
        const it = document.createElement(name);
        it.onload = () => done('load ' + (it.naturalWidth ?? '') + (it.sheet ? 'sheet' : ''));
        it.onerror = () => done('error');
        set(it);
        document.body.append(it);
    }));
    const fetched = (options) => ended(fetch(address, options).then(r => [r.type, r.status, r.redirected].join(), () => 'refused'));
    const seen = (frame) => { try { return String(frame.contentDocument?.body?.innerHTML); } catch { return 'closed'; } };
    const window_of = async () => {
        const opened = open(address);
        if (!opened) return 'no window';
        const cut = async () => { while (!opened.closed) await new Promise(done => setTimeout(done, 20)); return 'cut off'; };
        const ending = await ended(cut());
        let read; try { read = String(opened.document?.body?.innerHTML); } catch { read = 'closed'; }
        const told = [ending, opened.closed ? 0 : opened.length, read].join();
        opened.close();
        return told;
    };
    const told = {
        cors: await fetched({ credentials: 'include' }),
        blind: await fetched({ credentials: 'include', mode: 'no-cors' }),
        head: await fetched({ credentials: 'include', mode: 'no-cors', method: 'HEAD' }),
        posted: await fetched({ credentials: 'include', mode: 'no-cors', method: 'POST', body: 'q=sleep' }),
        kept: await fetched({ credentials: 'include', mode: 'no-cors', cache: 'only-if-cached' }),
        redirected: await fetched({ credentials: 'include', mode: 'no-cors', redirect: 'manual' }),
        asked: await fetched({ credentials: 'include', headers: { 'X-Custom': '1' } }),
        img: await element('img', it => it.src = address),
        script: await element('script', it => it.src = address),
        module: await element('script', it => { it.type = 'module'; it.src = address; }),
        style: await element('link', it => { it.rel = 'stylesheet'; it.href = address; }),
        prefetch: await element('link', it => { it.rel = 'prefetch'; it.href = address; }),
        video: await ended(new Promise(done => { const it = document.createElement('video'); it.onerror = () => done('error'); it.onloadeddata = () => done('data'); it.src = address; })),
        object: await element('object', it => it.data = address),
        embed: await element('embed', it => it.src = address),
        frame: await element('iframe', it => it.src = address),
        framed: [...document.querySelectorAll('iframe')].map(seen).join(),
        frames: window.length,
        window: await window_of(),
        events: await ended(new Promise(done => { const it = new EventSource(address, { withCredentials: true }); it.onopen = () => done('open'); it.onerror = () => { done('error'); it.close(); }; })),
        socket: await ended(new Promise(done => { const it = new WebSocket(address.replace('http', 'ws')); it.onopen = () => done('open'); it.onclose = event => done('closed ' + event.code); })),
        beacon: navigator.sendBeacon(address, 'x'),
        timed: [...new Set(performance.getEntriesByName(address).map(e => [e.responseStatus, e.transferSize, e.encodedBodySize, e.decodedBodySize].join()))].join(' '),
    };
    document.body.replaceChildren();
    return told;
})";

fn probed(browser: &mut Browser, address: &str) -> Value {
    browser.value(&format!("{PROBES}({})", json!(address)))
}

#[test]
fn another_page_reads_nothing_and_cannot_tell_what_is_there() {
    let mut siege = siege();
    let keeper = siege.served.keeper();
    siege.everywhere(|browser, origin| {
        let here = browser.value("location.href").as_str().expect("an address").to_owned();
        // A page that has opened another lies behind it, where loads wait: each address is asked for by a page of its own.
        let mut probed = |address: &str| {
            browser.visit(&here);
            browser.raise();
            probed(browser, &format!("{origin}{address}"))
        };
        for (known, missing) in KNOWN_AND_MISSING {
            let (there, not_there) = (probed(known), probed(missing));
            assert_eq!(there, not_there, "{known} and {missing}");
            for (way, opaque) in [("cors", "refused"), ("asked", "refused"), ("img", "error"), ("script", "error")] {
                assert_eq!(there[way], opaque, "{way} of {known}: {there}");
            }
            assert!(["opaque,0,false", "refused"].contains(&there["blind"].as_str().unwrap_or_default()), "{there}");
            assert!(!["open", "data"].iter().any(|bad| there.to_string().contains(bad)), "{known}: {there}");
            assert!(!there.to_string().contains("a7"), "{known}: {there}");
        }
    });
    siege.still_reads(keeper);
}

#[test]
fn another_page_can_neither_lock_nor_search_nor_lead_the_reader_through_a_form() {
    let mut siege = siege();
    let keeper = siege.served.keeper();
    let port = siege.elsewhere.port();
    let target = siege.served.origin();
    for host in ["127.0.0.1", "localhost", REBOUND] {
        for path in ["/lock", "/unlock", "/search/", "/enter/0/"] {
            for coding in ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"] {
                siege.browser.visit(&format!("http://{host}:{port}/"));
                let form = format!(
                    "(form => {{ form.method = 'post'; form.action = '{target}{path}'; form.enctype = '{coding}'; \
                     form.innerHTML = '<input name=q value=sleep>'; document.body.append(form); setTimeout(() => form.submit()); }}) \
                     (document.createElement('form'))"
                );
                siege.browser.value(&form);
                siege.browser.value_until(
                    "the form has led somewhere",
                    "location.pathname !== '/' && document.readyState === 'complete'",
                );
                let shown = siege.browser.value("document.body.innerText");
                assert!(shown.as_str().unwrap_or_default().starts_with("Not logged in."), "{path}: {shown}");
            }
        }
    }
    siege.still_reads(keeper);
}

#[test]
fn a_page_whose_name_was_rebound_to_this_machine_gets_no_word() {
    let mut siege = siege();
    let keeper = siege.served.keeper();
    let port = siege.served.host.split(':').nth(1).expect("a port").to_owned();
    for path in ["/", "/clients/a7/", "/nothing/", "/assets/site.js", "/pulse"] {
        siege.browser.go(&format!("http://{REBOUND}:{port}{path}"));
        assert_eq!(siege.browser.value("location.hostname"), REBOUND);
        assert_eq!(siege.browser.value("document.body.innerText.trim()"), "Not this host.", "{path}");
        let again = siege.browser.value(
            "fetch('/clients/a7/', {credentials: 'include'}).then(async r => r.status + await r.text()).catch(() => 'refused')",
        );
        assert!(["421Not this host.\n", "refused"].contains(&again.as_str().unwrap_or_default()), "{again}");
    }
    siege.still_reads(keeper);
}

#[test]
fn another_pages_worker_cannot_answer_in_our_place() {
    let mut siege = siege();
    let keeper = siege.served.keeper();
    let target = siege.served.origin();
    siege.everywhere(|browser, origin| {
        let registered = browser.value(&format!(
            "(async () => {{ try {{ return String(await navigator.serviceWorker.register('{origin}/assets/site.js')); }} catch (e) {{ return 'refused'; }} }})()"
        ));
        assert_eq!(registered, "refused");
    });
    // Nor does one of ours: a page that could run a script here would otherwise outlive the run.
    siege.browser.visit(&format!("{target}/about/"));
    let own = siege
        .browser
        .value("navigator.serviceWorker.register('/assets/site.js').then(() => 'registered').catch(() => 'refused')");
    assert_eq!(own, "refused");
    siege.still_reads(keeper);
}

/// A cookie knows no port, so the browser sends ours to every server of this machine that the reader visits; such a server
/// could replay it, but the gate hears only programs of the reader's own user, and those could read the browser itself.
#[test]
fn a_server_at_another_port_is_sent_the_cookie_which_its_page_can_neither_see_nor_use() {
    let mut siege = siege();
    let keeper = siege.served.keeper();
    let (elsewhere, target) = (siege.elsewhere.address(), siege.served.origin());
    let (name, secret) = siege.served.cookie().split_once('=').expect("a pair");
    siege.browser.visit(&format!("{elsewhere}/"));
    let sent = siege.elsewhere.heard().into_iter().find(|head| head.starts_with("GET / ")).expect("a visit");
    let cookie = sent.lines().find(|line| line.to_ascii_lowercase().starts_with("cookie:"));
    assert!(cookie.is_some_and(|cookie| cookie.contains(secret)), "sent without regard to the port: {sent}");
    let seen = siege.browser.value(&format!(
        "(async () => [document.cookie, await cookieStore.getAll(), await cookieStore.get('{name}')])()"
    ));
    assert_eq!(seen, json!(["", [], null]), "no script sees it");
    let used = siege.browser.value(&format!(
        "fetch('{target}/clients/a7/', {{credentials: 'include'}}).then(r => r.text()).catch(() => 'refused')"
    ));
    assert_eq!(used, "refused");
    let fields = format!("Cookie: {name}={secret}\r\nOrigin: {elsewhere}\r\nSec-Fetch-Site: same-site\r\n");
    siege.served.send("GET", "/clients/a7/", &fields, "").expect(403);
    siege.still_reads(keeper);
}

#[test]
fn a_link_to_elsewhere_says_nothing_of_where_it_stood() {
    let mut siege = siege();
    let (elsewhere, target) = (siege.elsewhere.address(), siege.served.origin());
    siege.browser.visit(&format!("{target}/clients/a7/"));
    siege.browser.value(&format!("location.href = '{elsewhere}/followed'; 0"));
    siege.browser.value_until("the other page is there", "location.pathname === '/followed'");
    assert_eq!(siege.browser.value("document.referrer"), "");
    assert_eq!(siege.browser.value("String(window.opener)"), "null");
    let followed = siege.elsewhere.heard().into_iter().find(|head| head.starts_with("GET /followed")).expect("a visit");
    assert!(!followed.to_ascii_lowercase().contains("referer") && !followed.contains("clients"), "{followed}");
}

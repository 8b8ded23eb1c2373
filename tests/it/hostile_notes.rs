//! Notes are hostile: whatever stands in one, pages stay whole and nothing of it runs, loads or leads astray.

use crate::browser::Browser;
use crate::markup::{inner_addresses, live_parts, tags, title};
use crate::practice::Practice;
use crate::served::Served;
use std::collections::BTreeSet;

/// What a script of a note would do, if it ran: name the window.
const PAYLOADS: [&str; 52] = [
    "<script>window.name='ran'</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>window.name='ran'</scr</script>ipt>",
    "</title><script>window.name='ran'</script>",
    "</bdi></main></body></html><script>window.name='ran'</script>",
    "--><script>window.name='ran'</script><!--",
    "]]><script>window.name='ran'</script>",
    "</textarea></style></script><script>window.name='ran'</script>",
    "<img src=x onerror=window.name='ran'>",
    "<img/src=\"x\"/onerror=window.name='ran'>",
    "<img src=\"https://evil.example/pixel.png\">",
    "![a picture](https://evil.example/pixel.png)",
    "![a picture](x\" onerror=\"window.name='ran')",
    "![a picture](data:image/svg+xml,<svg/onload=window.name='ran'>)",
    "<body onload=window.name='ran'>",
    "<details open ontoggle=window.name='ran'>x</details>",
    "<input autofocus onfocus=window.name='ran'>",
    "<a href=\"javascript:window.name='ran'\">press</a>",
    "[press](javascript:window.name='ran')",
    "[press](JaVaScRiPt:window.name='ran')",
    "[press](java\tscript:window.name='ran')",
    "[press](&#106;avascript:window.name='ran')",
    "[press](data:text/html,<script>window.name='ran'</script>)",
    "[press](vbscript:msgbox(1))",
    "[press](file:///etc/passwd)",
    "[press](//evil.example/)",
    "[press](/\\evil.example/)",
    "<javascript:window.name='ran'>",
    "[press]: javascript:window.name='ran'\n\n[press]",
    "[[javascript:window.name='ran']]",
    "<svg onload=window.name='ran'></svg>",
    "<svg><script>window.name='ran'</script></svg>",
    "<svg><animate onbegin=window.name='ran' attributeName=x></svg>",
    "<math><mi xlink:href=\"javascript:window.name='ran'\">x</mi></math>",
    "<iframe src=\"javascript:window.name='ran'\"></iframe>",
    "<iframe srcdoc=\"<script>top.name='ran'</script>\"></iframe>",
    "<object data=\"data:text/html,<script>top.name='ran'</script>\"></object>",
    "<embed src=https://evil.example/x.swf>",
    "<style>body{display:none}</style>",
    "<p style=\"position:fixed;inset:0;background:url(https://evil.example/)\">x</p>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<form action=https://evil.example/><input name=q><button>Unlock</button></form>",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
    "<base href=https://evil.example/>",
    "<template shadowrootmode=open><script>window.name='ran'</script></template>",
    "<h1 id=main class=bar>Not up to date.</h1>",
    "sum {{ 7 * 191 }} {% include \"layout.html\" %} {% for x in [1] %}x{% endfor %} {{ __tera_context }}",
    "{% raw %}{{ main | safe }}{% endraw %} {# gone #}",
    "\" onmouseover=\"window.name='ran'\" x=\"",
    "' autofocus onfocus='window.name=1",
    "turned \u{202e}txet \u{2066}inside\u{2069} marks \u{200f}end\u{202a}",
    "bells \u{7} \u{1b}[31mred\u{1b}[0m \u{8}\u{c}\u{7f}\u{85}\u{feff} end",
];

/// A practice with every payload in every place where a note can say something.
fn practice() -> Practice {
    let practice = Practice::with_client();
    let said = |text: &str| serde_json::to_string(text).expect("a quoted text");
    let all = |form: &dyn Fn(&str) -> String| PAYLOADS.iter().map(|text| form(text)).collect::<Vec<_>>().join(", ");
    for (number, payload) in PAYLOADS.iter().enumerate() {
        let (month, day) = (number / 28 + 1, number % 28 + 1);
        let quoted = said(payload);
        practice.note(&format!(
            "---\ndate: 2025-{month:02}-{day:02}\nattendance: attended\ntitle: {quoted}\nthemes: [{quoted}]\n\
             people: [{quoted}]\ninterventions: [{quoted}]\naffect: [{quoted}]\nmodality: {quoted}\n\
             {quoted}: {quoted}\nevents: [{{date: 2025-0{month}-01, what: {quoted}}}]\n---\n\
             Before. {payload} After.\n\n# {payload}\n\n> [!quote] {payload}\n> {payload}\n\n- [ ] me: {payload}\n\n\
             > [!plan]\n> {payload}\n\n| a | b |\n|---|---|\n| {payload} | x |\n\n`{payload}`\n\n```{payload}\n{payload}\n```\n"
        ));
    }
    practice.note(&format!(
        "---\nkind: plan\ndate: 2025-01-02\ngoals: [{}]\n---\n",
        all(&|text| format!("{{id: {}, text: {}, target: {}, status: active}}", said(text), said(text), said(text)))
    ));
    for (number, payload) in PAYLOADS.iter().enumerate() {
        let code = format!("h{number}");
        practice.run(["client", "add", &code]).expect(0);
        let sheet = format!("---\nkind: client\nlabel: {}\nopened: 2025-01-01\n---\n", said(payload));
        practice.run_with(["new", &code, "--from-stdin"], sheet.as_bytes()).expect(0);
        let session =
            format!("---\ndate: 2026-03-03\nattendance: attended\nnext: 2026-03-10\n---\n> [!plan]\n> {payload}\n");
        practice.run_with(["new", &code, "--from-stdin"], session.as_bytes()).expect(0);
    }
    practice
}

/// All pages, by following links from the first.
fn addresses(served: &Served) -> BTreeSet<String> {
    let (mut seen, mut next) = (BTreeSet::new(), vec!["/".to_owned()]);
    while let Some(address) = next.pop() {
        let answer = served.get(&address);
        assert_eq!(answer.status, 200, "{address}");
        if answer.fields("Content-Type")[0].starts_with("text/html") && seen.insert(address) {
            next.extend(inner_addresses(&answer.text()).into_iter().filter(|to| !seen.contains(to)));
        }
    }
    seen
}

#[test]
fn nothing_in_a_note_becomes_live_markup_on_any_page() {
    let practice = practice();
    let served = Served::practice(&practice);
    let pages = addresses(&served);
    assert!(pages.iter().filter(|page| page.starts_with("/notes/")).count() > PAYLOADS.len());
    for address in &pages {
        let page = served.page(address);
        assert!(page.trim_end().ends_with("</html>"), "{address} is whole");
        assert_eq!(page.matches("</html>").count(), 1, "{address} ends once");
        assert!(live_parts(&page).is_empty(), "{address}: {:?}", live_parts(&page));
        assert!(!title(&page).contains(['<', '{', '\'']), "{address}: {}", title(&page));
        let mains = tags(&page).iter().filter(|tag| tag.value("id") == Some("main")).count();
        assert_eq!(mains, 1, "{address}: ids do not come from notes");
        assert!(!page.contains("sum 1337"), "{address}: a template of a note was rendered");
        let raw = page.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r'));
        assert_eq!(raw, None, "{address}: a control character of a note is in the page");
    }
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

#[test]
fn in_a_real_browser_no_word_of_a_note_runs_loads_or_moves_the_page() {
    let practice = practice();
    let served = Served::practice(&practice);
    let mut browser = Browser::open();
    let (name, value) = served.cookie().split_once('=').expect("a pair");
    browser.set_cookie(name, value, &served.origin());
    // The page to search has one form of its own.
    let odd = "(ours => [...document.querySelectorAll('*')].filter(e => e.getAttributeNames().some(n => n.startsWith('on') || n === 'style') \
        || ['IFRAME','OBJECT','EMBED','STYLE','BASE','FORM','INPUT','IMG','TEMPLATE','MATH','VIDEO','AUDIO'].includes(e.tagName) && !e.matches('input[type=checkbox]') && !ours(e) \
        || e.localName === 'script' && e.getAttribute('src') !== '/assets/site.js').map(e => e.outerHTML.slice(0, 200))) \
        (e => location.pathname.startsWith('/search/') && document.forms.length === 1 && e.closest('form') === document.forms[0])";
    let astray = "[...document.querySelectorAll('a[href], svg a')].filter(a => !/^(https?:|mailto:)/.test(new URL(a.getAttribute('href') \
        ?? a.getAttribute('xlink:href'), location.href).href)).map(a => a.outerHTML)";
    for address in addresses(&served) {
        browser.visit(&format!("{}{address}", served.origin()));
        assert_eq!(browser.value("window.name"), "", "{address}");
        assert_eq!(browser.value("location.pathname"), address.as_str());
        assert_eq!(browser.value(odd).as_array().map(Vec::len), Some(0), "{address}: {}", browser.value(odd));
        assert_eq!(browser.value(astray).as_array().map(Vec::len), Some(0), "{address}: {}", browser.value(astray));
        assert_eq!(browser.value("getComputedStyle(document.body).display !== 'none'"), true, "{address}");
    }
    let elsewhere: Vec<String> = browser
        .requested()
        .into_iter()
        .filter(|address| !address.starts_with(&served.origin()) && !address.starts_with("data:"))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    assert!(browser.complaints().is_empty(), "{:?}", browser.complaints());
}

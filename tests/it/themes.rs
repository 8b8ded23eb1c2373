//! Themes pages: passages in context, what stands in the same sessions and how often chance would do it, names that are perhaps one, words that come with it.

use crate::practice::Practice;
use crate::served::Served;

/// Twelve sessions: in every other one sleep is a theme, mostly with work, and then she speaks of a nightmare.
fn with_sessions() -> Practice {
    let practice = Practice::with_client();
    for day in 1..=12 {
        let rest = match day {
            2 | 4 | 6 => "Before it.\nThe nightmare, #sleep and #work again.\nAfter it.\n",
            8 | 10 => "A nightmare. #sleep\n",
            12 => "She slept.\n",
            3 => "All about #dreams and #self-harm.\n",
            5 => "A #dream.\n",
            _ => "About the garden.\n",
        };
        practice.note(&format!("---\ndate: 2026-01-{day:02}\nattendance: attended\n---\n{rest}"));
    }
    practice
}

/// The page of a theme, by its link.
#[track_caller]
fn page_of(served: &Served, theme: &str) -> String {
    let themes = served.page("/themes/");
    let name = format!("<bdi>{theme}</bdi>");
    let before = themes.split(&name).next().expect("a page");
    let address = before.rsplit("href=\"").next().and_then(|rest| rest.split('"').next()).expect("a link");
    served.page(address)
}

#[test]
fn a_theme_stands_in_context_with_a_line_before_and_after() {
    let practice = with_sessions();
    let words = "---\nkind: words\ndate: 2026-01-01\nwords:\n  sleep: [slept, insomnia]\n---\n";
    practice.run_with(["new", "--kind", "words", "--from-stdin"], words.as_bytes()).expect(0);
    let served = Served::practice(&practice);
    let page = page_of(&served, "sleep");
    let whole = "<p><bdi>Before it.</bdi></p><p><bdi>The nightmare, <mark>#sleep</mark> and #work again.</bdi></p><p><bdi>After it.</bdi></p>";
    assert_eq!(page.matches(whole).count(), 3, "{page}");
    assert!(page.contains("She <mark>slept</mark>."), "a mention is marked where it stands: {page}");
}

#[test]
fn pairs_are_counted_and_words_proposed_but_never_for_risk() {
    let served_from = with_sessions();
    let served = Served::practice(&served_from);
    let page = page_of(&served, "sleep");
    let pair = "<bdi>work</bdi></a></th><td class=\"num\">3</td><td class=\"num\">5</td><td class=\"num\">3</td>";
    assert!(page.contains(pair), "{page}");
    // Of 12 sessions 5 and 3: together 15/12 on average, and all three with chance 36/792.
    let chance = format!("{pair}<td class=\"num\">1.2</td><td class=\"num\">0.045</td>");
    assert!(page.contains(&chance), "{page}");
    assert!(page.contains("<bdi>nightmare</bdi></th><td class=\"num\">5</td><td class=\"num\">0</td>"), "{page}");
    assert!(page.contains("sleep: [nightmare"), "a line for a note of words");
    assert!(!page_of(&served, "self-harm").contains("Words that come with it"));
}

#[test]
fn names_that_are_perhaps_one_theme_are_put_side_by_side() {
    let practice = with_sessions();
    let served = Served::practice(&practice);
    let themes = served.page("/themes/");
    assert!(themes.contains("Perhaps the same") && themes.contains("another ending"), "{themes}");
    assert!(page_of(&served, "dream").contains("Perhaps the same"));
    assert!(!page_of(&served, "work").contains("Perhaps the same"));
}

//! Hostile words: what somebody could write into a note, or paste into one, so that a page does more than show it.
//!
//! They stand one a line in `payloads.txt`, by families. `⏎` is a line end, `⇥` a tab, the pictures of control
//! characters stand for them, `⟦202E⟧` is a code point, and `×300 <b>` is repeated so often. What would run calls
//! `hit(name)`, which the browser of a test offers to every page.

const WRITTEN: &str = include_str!("payloads.txt");

/// One piece of hostile words.
pub struct Payload {
    pub family: &'static str,
    pub text: String,
}

/// All of them.
pub fn payloads() -> Vec<Payload> {
    let mut family = "";
    let mut found = Vec::new();
    for line in WRITTEN.lines() {
        match line.strip_prefix("== ") {
            Some(name) => family = name,
            None => found.push(Payload { family, text: repeated(line) }),
        }
    }
    found
}

fn repeated(line: &str) -> String {
    match line.strip_prefix('×').and_then(|rest| rest.split_once(' ')) {
        Some((times, text)) => read(text).repeat(times.parse().expect("a number of times")),
        None => read(line),
    }
}

fn read(written: &str) -> String {
    let mut text = String::new();
    let mut rest = written.chars();
    while let Some(sign) = rest.next() {
        match sign {
            '⏎' => text.push('\n'),
            '⇥' => text.push('\t'),
            '␀'..='␟' => text.extend(char::from_u32(u32::from(sign) - 0x2400)),
            '⟦' => {
                let digits: String = rest.by_ref().take_while(|digit| *digit != '⟧').collect();
                let point = u32::from_str_radix(&digits, 16).expect("a code point");
                text.push(char::from_u32(point).expect("a character"));
            }
            plain => text.push(plain),
        }
    }
    text
}

#[test]
fn the_corpus_is_as_large_as_promised_and_says_nothing_twice() {
    let all = payloads();
    assert!(all.len() >= 300, "{}", all.len());
    let different: std::collections::BTreeSet<_> = all.iter().map(|payload| &payload.text).collect();
    assert_eq!(different.len(), all.len());
    let families: std::collections::BTreeSet<_> = all.iter().map(|payload| payload.family).collect();
    assert!(families.len() >= 20, "{families:?}");
}

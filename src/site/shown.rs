//! Words of a note on their way to a page.
//!
//! In goes text as it was written; out comes the same text with every character made visible that could hide, reorder
//! or erase what stands beside it. Views hold words of notes in this type only, so that none reaches a page raw.
//! Escaping for HTML is not done here: the templates do it.

use serde::Serialize;
use std::borrow::Cow;

/// Text that hides nothing.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Shown(String);

impl Shown {
    /// Takes text in, in one line: line ends become spaces.
    pub(crate) fn new(text: &str) -> Self {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self(visible(&line).into_owned())
    }

    /// Part of a line that goes on: white space at its ends stays.
    pub(crate) fn with_edges(text: &str) -> Self {
        Self(visible(text).into_owned())
    }

    /// The text, cut to so many characters with an ellipsis.
    pub(crate) fn short(text: &str, longest: usize) -> Self {
        let whole = Self::new(text);
        if whole.0.chars().count() <= longest {
            return whole;
        }
        let cut: String = whole.0.chars().take(longest.saturating_sub(1)).collect();
        Self(format!("{}…", cut.trim_end()))
    }

    /// The text itself.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Replaces control characters (line feed and tab aside), bidirectional controls and invisible characters by their
/// code points in brackets. Joiners stay: several scripts need them.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(hides) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if hides(c) {
            shown.push_str(&format!("⟦U+{:04X}⟧", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

fn hides(c: char) -> bool {
    let bidi = matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let invisible = matches!(
        c,
        '\u{00AD}' | '\u{200B}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{206A}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
    );
    (c.is_control() && c != '\n' && c != '\t') || bidi || invisible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_hide_or_reorder_are_spelled_out() {
        assert_eq!(visible("a\u{202E}b\u{0}c\u{1B}[2J"), "a⟦U+202E⟧b⟦U+0000⟧c⟦U+001B⟧[2J");
        assert_eq!(visible("plain\ttext\nשלום"), "plain\ttext\nשלום");
        assert_eq!(Shown::short("one two  three\nfour", 10).as_str(), "one two t…");
    }
}

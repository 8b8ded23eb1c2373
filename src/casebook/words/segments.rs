//! Where words begin and end.
//!
//! In goes a text, out come the byte ranges of its words in order. A word is a run of letters and digits; apostrophes and
//! hyphens end it, so that `mother's` holds `mother` and `self-criticism` is two words, which a phrase finds again.
//! Scripts that write no spaces give one word for each character.

use std::ops::Range;

/// The words of a text.
pub(crate) fn segments(text: &str) -> Segments<'_> {
    Segments { text, at: 0 }
}

/// Ranges of words, in order.
pub(crate) struct Segments<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Segments<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        loop {
            let byte = *bytes.get(self.at)?;
            if byte.is_ascii_alphanumeric() {
                break;
            }
            if byte.is_ascii() {
                self.at += 1;
                continue;
            }
            let c = self.text.get(self.at..)?.chars().next()?;
            if c.is_alphanumeric() {
                if stands_alone(c) {
                    let from = self.at;
                    self.at += c.len_utf8();
                    self.at += length(self.text.get(self.at..)?, |c| is_mark(c) && !c.is_alphanumeric());
                    return Some(from..self.at);
                }
                break;
            }
            self.at += c.len_utf8();
        }
        let from = self.at;
        while bytes.get(self.at).is_some_and(u8::is_ascii_alphanumeric) {
            self.at += 1;
        }
        if bytes.get(self.at).is_some_and(|byte| !byte.is_ascii()) {
            self.at += length(self.text.get(self.at..)?, |c| (c.is_alphanumeric() || is_mark(c)) && !stands_alone(c));
        }
        Some(from..self.at)
    }
}

fn length(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// What belongs to the letter before it: combining marks, soft hyphens, joiners.
fn is_mark(c: char) -> bool {
    !c.is_ascii()
        && (unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}'))
}

/// Letters of scripts that write no spaces between words: Thai to Khmer, kana, Han.
fn stands_alone(c: char) -> bool {
    matches!(
        c,
        '\u{0e00}'..='\u{0eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::segments;

    fn words(text: &str) -> Vec<&str> {
        segments(text).map(|range| &text[range]).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits_in_any_script() {
        assert_eq!(words("She didn’t; it's self-criticism."), ["She", "didn", "t", "it", "s", "self", "criticism"]);
        assert_eq!(words("#family/mother @o_k 7.5 2nd"), ["family", "mother", "o", "k", "7", "5", "2nd"]);
        assert_eq!(words("a\u{0300}b été\u{ad}s naïve—Straße"), ["a\u{0300}b", "été\u{ad}s", "naïve", "Straße"]);
        assert_eq!(words("眠れない x睡眠"), ["眠", "れ", "な", "い", "x", "睡", "眠"]);
        assert_eq!(words("שָׁלוֹם عَلَيْكُم"), ["שָׁלוֹם", "عَلَيْكُم"]);
        assert_eq!(words(" … \u{301} 😀 "), Vec::<&str>::new());
    }
}

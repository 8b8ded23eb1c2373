//! A mark in a note that is being written, by which copies of it can be found.
//!
//! In goes a text, out comes the same text with a comment as its last line, or the text without any such comment. A text
//! that nobody changed is the same, byte for byte, after its mark was taken out.

use crate::domain::Confidential;
use zeroize::Zeroizing;

const OPENING: &str = "<!--";
const WORD: &str = "throughline:mark";
const CLOSING: [&str; 5] = ["(taken", "out", "on", "save)", "-->"];
const LENGTH: usize = 16;
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A random word that stands in one opened note and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker(String);

/// Random letters and digits. A name, not a secret.
pub fn random_word(length: usize) -> String {
    let mut bytes = vec![0u8; length];
    if getrandom::fill(&mut bytes).is_err() {
        use std::hash::{BuildHasher, RandomState};
        // The hash seed of this process: the word must be unused, it need not be unguessable.
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = RandomState::new().hash_one((at, std::time::SystemTime::now())) as u8;
        }
    }
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

impl Marker {
    /// Draws a marker.
    pub fn random() -> Self {
        Self(random_word(LENGTH))
    }

    /// The marker of a word that was drawn before, in another process.
    pub fn of_word(word: String) -> Self {
        Self(word)
    }

    /// The word to look for.
    pub fn word(&self) -> &str {
        &self.0
    }

    /// The text with the marker as its last line. A text that does not end its last line gets it there.
    pub fn mark(&self, text: &Confidential) -> Confidential {
        let ends_line = text.is_empty() || text.reveal().ends_with('\n');
        let mut marked = Zeroizing::new(String::with_capacity(text.len() + 80));
        marked.push_str(text.reveal());
        marked.push_str(&format!("{OPENING} {WORD} {} {}", self.0, CLOSING.join(" ")));
        if ends_line {
            marked.push('\n');
        }
        Confidential::new(std::mem::take(&mut *marked))
    }
}

/// A text without markers, wherever they were moved and however often copied. A line that held nothing else goes too.
pub fn unmarked(text: &str) -> Confidential {
    let mut clean = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some((at, length)) = first_mark(rest) {
        let (before, after) = (&rest[..at], &rest[at + length..]);
        clean.push_str(before);
        let line = clean.rfind('\n').map_or(0, |end| end + 1);
        let after_blanks = after.trim_start_matches([' ', '\t']);
        let line_end = ["\r\n", "\n"].into_iter().find(|end| after_blanks.starts_with(end)).unwrap_or_default();
        // Blanks that ended the text before the mark was put behind them are the text's own.
        let ends_text = after_blanks.is_empty() && clean.len() == line;
        let alone = ends_text || (!line_end.is_empty() && clean[line..].trim().is_empty());
        if alone {
            clean.truncate(line);
            rest = &after_blanks[line_end.len()..];
        } else {
            rest = after;
        }
    }
    clean.push_str(rest);
    Confidential::new(std::mem::take(&mut *clean))
}

/// Where the first marker begins and how long it is. One whose end was cut off or wrapped is a marker still.
fn first_mark(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(OPENING)?;
        let mut rest = text[at + OPENING.len()..].trim_start();
        if let Some(after) = rest.strip_prefix(WORD) {
            let id = after.trim_start();
            let letters = id.bytes().take_while(|byte| LETTERS.contains(byte)).count();
            if letters == LENGTH {
                rest = &id[LENGTH..];
                for part in CLOSING {
                    rest = rest.trim_start().strip_prefix(part).unwrap_or(rest);
                }
                return Some((at, text.len() - at - rest.len()));
            }
        }
        from = at + OPENING.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(marker: &Marker) -> String {
        marker.mark(&Confidential::new("")).reveal().trim_end().to_owned()
    }

    #[test]
    fn a_marker_is_taken_out_wherever_it_was_moved_and_however_often_it_was_copied() {
        let marker = Marker::random();
        let mark = mark(&marker);
        for (seen, kept) in [
            (format!("A\n{mark}\nB\n"), "A\nB\n"),
            (format!("{mark}\nA\n{mark}\n{mark}\n"), "A\n"),
            (format!("A\n  {mark} \r\nB"), "A\nB"),
            (format!("A {mark}B"), "A B"),
            (format!("A\n{mark}"), "A\n"),
            (format!("A\n{}\n", mark.replace("out on", "out\non")), "A\n"),
            (format!("A\n{}\n", mark.trim_end_matches(" -->")), "A\n"),
            (mark.replace(marker.word(), "short"), &mark.replace(marker.word(), "short")),
            ("<!-- a comment -->\n".to_owned(), "<!-- a comment -->\n"),
        ] {
            assert!(unmarked(&seen).reveal() == kept, "{seen:?}");
        }
    }

    proptest! {
        #[test]
        fn a_text_that_nobody_changed_is_the_same_afterwards(text in "[a-c\\n <!-]{0,40}(\\r\\n|\\n)?") {
            let marked = Marker::random().mark(&Confidential::new(text.clone()));
            prop_assert!(unmarked(marked.reveal()).reveal() == text);
        }
    }
}

//! The words of each session, as a table of who stands where.
//!
//! In go bodies and the words to leave out (names, tags); out come the remaining words with the sessions they stand in.
//! Stop words, numbers and single letters are left out. Words stay confidential.

use super::stop_words::is_stop_word;
use crate::domain::Confidential;
use std::collections::{BTreeSet, HashMap};
use zeroize::Zeroizing;

/// One word along the sessions.
#[derive(Debug)]
pub(super) struct WordLine {
    /// The word in lower case.
    pub(super) word: Confidential,
    /// How often it stands in each session.
    pub(super) times: Vec<usize>,
}

/// Words of some sessions.
#[derive(Debug)]
pub(super) struct WordTable {
    /// In alphabetical order.
    pub(super) lines: Vec<WordLine>,
    /// How many words each session has, stop words and all.
    pub(super) lengths: Vec<usize>,
}

impl WordTable {
    /// Reads the bodies, one a session.
    pub(super) fn of<'a>(bodies: impl Iterator<Item = &'a str>, left_out: &BTreeSet<String>) -> Self {
        // Each spelling is looked at once, however often it stands there.
        let mut stands: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut lengths = Vec::new();
        for (session, body) in bodies.enumerate() {
            let mut length = 0;
            for word in in_prose(body) {
                length += 1;
                stands.entry(word).or_default().push(session);
            }
            lengths.push(length);
        }
        let counts = |(spelling, sessions): (&str, Vec<usize>)| {
            let word = folded(spelling);
            (says_something(&word) && !left_out.contains(word.as_str())).then_some((word, sessions))
        };
        let mut spelled: Vec<(Zeroizing<String>, Vec<usize>)> = stands.into_iter().filter_map(counts).collect();
        spelled.sort_by(|one, other| one.0.as_str().cmp(&other.0));
        let line = |spellings: &[(Zeroizing<String>, Vec<usize>)]| {
            let mut times = vec![0; lengths.len()];
            spellings.iter().flat_map(|(_, sessions)| sessions).for_each(|session| times[*session] += 1);
            let word = spellings.first().map_or("", |(word, _)| word.as_str());
            WordLine { word: Confidential::new(word), times }
        };
        let lines = spelled.chunk_by(|one, other| *one.0 == *other.0).map(line).collect();
        Self { lines, lengths }
    }
}

/// The words of a text without its headings.
fn in_prose(body: &str) -> impl Iterator<Item = &str> {
    let lines = body.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'))).filter_map(
        |word| {
            let word = word.trim_matches(['\'', '’', '-']);
            (!word.is_empty()).then_some(word)
        },
    )
}

/// Whether a word in lower case may say what a session was about.
fn says_something(word: &str) -> bool {
    word.chars().nth(1).is_some() && !word.chars().any(char::is_numeric) && !is_stop_word(&word.replace('’', "'"))
}

/// A word as it is compared: lower case, `mother's` as `mother`.
fn folded(word: &str) -> Zeroizing<String> {
    let lower = Zeroizing::new(word.to_lowercase());
    let bare = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(&lower);
    if is_stop_word(&lower.replace('’', "'")) { lower } else { Zeroizing::new(bare.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_holds_what_says_something() {
        let bodies =
            ["# Session 1\n\nThe harbour, again: mother’s harbour at 9.", "It's quiet. Lena rang; über den Hafen."];
        let table = WordTable::of(bodies.into_iter(), &BTreeSet::from(["lena".to_owned()]));
        let words: Vec<(&str, &[usize])> =
            table.lines.iter().map(|line| (line.word.reveal(), line.times.as_slice())).collect();
        let expected: [(&str, &[usize]); 5] =
            [("hafen", &[0, 1]), ("harbour", &[2, 0]), ("mother", &[1, 0]), ("quiet", &[0, 1]), ("rang", &[0, 1])];
        assert_eq!(words, expected);
        assert_eq!(table.lengths, [7, 7]);
        assert!(!format!("{table:?}").contains("harbour"));
    }
}

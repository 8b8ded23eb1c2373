//! Words that come with a theme: proposals for the practice's own word lists.
//!
//! In go the casebook and a theme, out come words that stand in sessions tagged with it far more often than in the other
//! sessions of the same clients, with the counts. They are only counted: nothing is tested, and a reader decides.

use super::words::{fold_into, segments};
use super::{CaseFile, Casebook};
use crate::domain::{Confidential, Kind, Note, Theme, ThemeSource};
use std::collections::{HashMap, HashSet};

/// In so many sessions with the theme, and of so many clients' sessions, a word must stand.
const LEAST: usize = 3;
/// So many sessions must be tagged before anything is proposed.
const LEAST_TAGGED: usize = 4;
/// How many times more often than elsewhere.
const TIMES: f64 = 3.0;
/// Shorter words are mostly particles.
const SHORTEST: usize = 4;

/// A word that comes with a theme.
#[derive(Debug)]
pub struct ThemeWord {
    /// The word, folded.
    pub word: Confidential,
    /// Tagged sessions that hold it.
    pub with: usize,
    /// Other sessions that hold it.
    pub without: usize,
}

/// Words that come with a theme, the most telling first.
#[derive(Debug, Default)]
pub struct ThemeWords {
    /// At most so many as asked for.
    pub words: Vec<ThemeWord>,
    /// Sessions tagged with the theme.
    pub tagged: usize,
    /// The other sessions of the same clients.
    pub others: usize,
}

/// The words that come with a theme.
pub fn theme_words(casebook: &Casebook, theme: &Theme, most: usize) -> ThemeWords {
    let mut found = ThemeWords::default();
    let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
    let mut left_out = own_words(theme.key());
    for file in casebook.clients() {
        let tagged = tagged(file, theme);
        if tagged.is_empty() {
            continue;
        }
        let session = |at: u32| file.notes.get(at as usize).is_some_and(|note| note.kind == Kind::Session);
        let sessions = file.notes.iter().filter(|note| note.kind == Kind::Session).count();
        found.tagged += tagged.len();
        found.others += sessions.saturating_sub(tagged.len());
        left_out.extend(file.notes.iter().flat_map(|note| names(note)));
        for spread in file.words().words().filter(|spread| is_word(spread.word)) {
            let count = counts.entry(spread.word).or_default();
            for (note, _) in spread.notes().filter(|(note, _)| session(*note)) {
                if tagged.contains(&note) { count.0 += 1 } else { count.1 += 1 }
            }
        }
    }
    if found.tagged < LEAST_TAGGED || found.others == 0 {
        return found;
    }
    let rate = |count: usize, of: usize| (count as f64 + 0.5) / (of as f64 + 1.0);
    let times = |(with, without): (usize, usize)| rate(with, found.tagged) / rate(without, found.others);
    let mut telling: Vec<(&str, (usize, usize))> = counts
        .into_iter()
        .filter(|(word, count)| count.0 >= LEAST && times(*count) >= TIMES && !left_out.contains(*word))
        .collect();
    // Often and mostly here: both count, so that one word of three sessions does not stand before all others.
    let weight = |count: (usize, usize)| count.0 as f64 * times(count).ln();
    telling.sort_by(|a, b| weight(b.1).total_cmp(&weight(a.1)).then_with(|| a.0.cmp(b.0)));
    let word =
        |(word, (with, without)): (&str, (usize, usize))| ThemeWord { word: Confidential::new(word), with, without };
    found.words = telling.into_iter().take(most).map(word).collect();
    found
}

/// The sessions of a client that are tagged with the theme.
fn tagged(file: &CaseFile, theme: &Theme) -> HashSet<u32> {
    let lines = file.themes.iter().filter(|line| line.theme == *theme).flat_map(|line| &line.at);
    let tagged = lines.filter(|mark| mark.source == ThemeSource::Tagged);
    let session = |at: &usize| file.notes.get(*at).is_some_and(|note| note.kind == Kind::Session);
    tagged.map(|mark| mark.note).filter(session).map(|at| at as u32).collect()
}

/// Words of themes and people: they are marks already, and a name is no word for a list.
fn names(note: &Note) -> impl Iterator<Item = String> {
    let keys = note.themes.iter().map(|mark| mark.theme.key()).chain(note.people.iter().map(|person| person.key()));
    keys.flat_map(own_words)
}

fn own_words(key: &str) -> HashSet<String> {
    let mut folded = String::new();
    let word = |range: std::ops::Range<usize>| {
        fold_into(&key[range], &mut folded);
        folded.clone()
    };
    segments(key).map(word).collect()
}

fn is_word(word: &str) -> bool {
    word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic)
}

//! Where in a note the words of a query stand, with some words around.
//!
//! In go a query and a note that fits it; out come stretches of the note's text as byte ranges, so that the words stay
//! where they are until somebody shows them.

use super::expression::{Element, Search};
use crate::casebook::words::{fold_into, searchable, segments};
use crate::domain::Note;
use std::ops::Range;
use zeroize::Zeroizing;

/// Words shown before the first mark and after the last.
const AROUND: usize = 9;
/// Marks with no more words between them stand in one snippet.
const BETWEEN: usize = 14;
/// Most marks in one snippet.
const MARKS: usize = 8;
/// Most bytes on each side of a mark: not everything that is one line is prose.
const BYTES: usize = 400;
/// Most bytes of a snippet.
const LONGEST: usize = 4 * BYTES;

/// A stretch of a note with the words that were looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Byte range of the note's text.
    pub range: Range<usize>,
    /// Byte ranges of the words, in order, within the stretch.
    pub marks: Vec<Range<usize>>,
    /// Whether something stands before it.
    pub cut_before: bool,
    /// Whether something stands after it.
    pub cut_after: bool,
}

impl Snippet {
    /// The stretch cut at its marks: byte ranges of the note's text, each with whether it is a mark.
    pub fn pieces(&self) -> Vec<(Range<usize>, bool)> {
        let mut found = Vec::new();
        let mut from = self.range.start;
        for mark in &self.marks {
            found.push((from..mark.start, false));
            found.push((mark.clone(), true));
            from = mark.end;
        }
        found.push((from..self.range.end, false));
        found.retain(|(range, _)| !range.is_empty());
        found
    }

    /// The stretch in one line, its marks written as `mark` says.
    pub fn line(&self, note: &Note, mark: impl Fn(&str) -> String) -> String {
        let mut line = String::from(if self.cut_before { "… " } else { "" });
        for (range, is_mark) in self.pieces() {
            let text = note.text.reveal().get(range).unwrap_or_default();
            line.push_str(&if is_mark { mark(&in_one_line(text)) } else { in_one_line(text) });
        }
        line.truncate(line.trim_end().len());
        line.push_str(if self.cut_after { " …" } else { "" });
        line.trim_start().to_owned()
    }
}

/// Each run of white space as one space, also at the edges.
pub fn in_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_whitespace() {
            true if line.ends_with(' ') => {}
            true => line.push(' '),
            false => line.push(c),
        }
    }
    line
}

/// A word of the note, and which elements of the query it is (one bit for each).
struct Word {
    range: Range<usize>,
    is: u64,
}

/// The first stretches of a note that hold words of a query, at most so many.
pub fn snippets(search: &Search, note: &Note, most: usize) -> Vec<Snippet> {
    let phrases: Vec<&[Element]> = search.wanted().collect();
    let mut found = Vec::new();
    if phrases.is_empty() {
        return found;
    }
    let text = note.text.reveal();
    let mut stretches = searchable(note);
    // The body says more than the head.
    stretches.rotate_right(1);
    for stretch in stretches {
        let words = words(text, &stretch, &phrases);
        let marks = marks(&words, &phrases);
        for marks in clusters(&marks) {
            if found.len() == most {
                return found;
            }
            let shown = if stretch.end <= note.body_at { whole_line(text, &stretch) } else { stretch.clone() };
            found.push(snippet(text, &shown, &words, marks));
        }
    }
    found
}

fn words(text: &str, stretch: &Range<usize>, phrases: &[&[Element]]) -> Vec<Word> {
    let elements: Vec<&Element> = phrases.iter().copied().flatten().collect();
    let within = text.get(stretch.clone()).unwrap_or_default();
    let mut folded = Zeroizing::new(String::with_capacity(64));
    let word = |range: Range<usize>| {
        fold_into(&within[range.clone()], &mut folded);
        let fits = |element: &Element| {
            let wanted = element.folded.reveal();
            if element.beginning { folded.starts_with(wanted) } else { *folded == wanted }
        };
        let bit = |(at, element): (usize, &&Element)| u64::from(fits(element)) << (at & 63);
        let is = elements.iter().enumerate().map(bit).fold(0, |all, bit| all | bit);
        Word { range: stretch.start + range.start..stretch.start + range.end, is }
    };
    segments(within).map(word).collect()
}

/// Positions of first and last word of every match, in order, none twice.
fn marks(words: &[Word], phrases: &[&[Element]]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 0..words.len() {
        let mut first = 0;
        for phrase in phrases {
            let here = words.get(at..at + phrase.len()).unwrap_or_default();
            let fits = here.iter().enumerate().all(|(offset, word)| word.is >> ((first + offset) & 63) & 1 == 1);
            if fits && !here.is_empty() && found.last().is_none_or(|last| last.end <= at) {
                found.push(at..at + phrase.len());
            }
            first += phrase.len();
        }
    }
    found
}

/// Marks near each other, together.
fn clusters(marks: &[Range<usize>]) -> Vec<&[Range<usize>]> {
    let mut found = Vec::new();
    let mut from = 0;
    for at in 1..=marks.len() {
        let near = marks.get(at).is_some_and(|next| next.start - marks[at - 1].end <= BETWEEN && at - from < MARKS);
        if !near {
            found.push(&marks[from..at]);
            from = at;
        }
    }
    found
}

fn snippet(text: &str, stretch: &Range<usize>, words: &[Word], marks: &[Range<usize>]) -> Snippet {
    let (first, last) = (marks.first().map_or(0, |m| m.start), marks.last().map_or(0, |m| m.end));
    let (from, until) = (first.saturating_sub(AROUND), (last + AROUND).min(words.len()));
    // At its edge a stretch is shown with the signs that stand there.
    let start = if from == 0 { stretch.start } else { words[from].range.start };
    let end = words.get(until).map_or(stretch.end, |_| words[until - 1].range.end);
    let start = start.max(floor(text, words[first].range.start.saturating_sub(BYTES)));
    let end = end.min(floor(text, words[last - 1].range.end + BYTES)).min(floor(text, start + LONGEST));
    let marks = marks.iter().map(|mark| words[mark.start].range.start..words[mark.end - 1].range.end.min(end));
    Snippet {
        range: start..end,
        marks: marks.filter(|mark| mark.start < mark.end).collect(),
        cut_before: !text[stretch.start..start].trim().is_empty(),
        cut_after: !text[end..stretch.end].trim().is_empty(),
    }
}

/// A value at the head of a note with its key.
fn whole_line(text: &str, value: &Range<usize>) -> Range<usize> {
    let start = text[..value.start].rfind('\n').map_or(0, |end| end + 1);
    start..value.end
}

/// The nearest place at or before which a character begins.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

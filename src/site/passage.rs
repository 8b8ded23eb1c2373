//! The lines of a note in which a theme stands.
//!
//! In go a body, a theme and perhaps a place where it is merely mentioned; out come the lines that hold it with their
//! neighbours, as text with marks. A theme that stands in the front matter only has no passage.

use super::inline_marks::{Piece, pieces};
use super::shown::Shown;
use crate::casebook::search::in_one_line;
use crate::domain::Theme;
use serde::Serialize;
use std::ops::Range;

/// A stretch of lines around one mark or several.
pub(crate) struct Passage {
    /// The lines, those before and after the marks included.
    pub(crate) lines: Vec<Vec<Part>>,
}

/// A part of a line.
#[derive(Serialize)]
pub(crate) struct Part {
    text: Shown,
    mark: bool,
}

/// A line of the body: where it stands, and the marks in it.
struct Line<'a> {
    text: &'a str,
    marks: Vec<Range<usize>>,
}

/// Longest line shown, in characters.
const LINE: usize = 320;
/// Most passages of one note.
const MOST: usize = 3;

/// The first passages of a body that hold the mark of a theme, or the place where it is mentioned.
pub(crate) fn passages(body: &str, theme: &Theme, mentioned: Option<Range<usize>>) -> Vec<Passage> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut from = 0;
    for whole in body.split_inclusive('\n') {
        let text = whole.trim();
        let start = from + (whole.len() - whole.trim_start().len());
        from += whole.len();
        if text.is_empty() {
            continue;
        }
        let here = mentioned.clone().filter(|at| at.start >= start && at.end <= start + text.len());
        let mut marks = marks(text, theme);
        marks.extend(here.map(|at| at.start - start..at.end - start));
        lines.push(Line { text, marks });
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in lines.iter().enumerate().filter(|(_, line)| !line.marks.is_empty()).map(|(at, _)| at) {
        let around = at.saturating_sub(1)..(at + 2).min(lines.len());
        match found.last_mut().filter(|last| last.end >= around.start) {
            Some(last) => last.end = around.end,
            None => found.push(around),
        }
    }
    let passage = |range: Range<usize>| Passage { lines: lines[range].iter().map(Line::parts).collect() };
    found.into_iter().take(MOST).map(passage).collect()
}

/// Where a line holds the mark of a theme.
fn marks(line: &str, theme: &Theme) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in pieces(line) {
        let text = match piece {
            Piece::Words(text) | Piece::Theme(text) | Piece::Person(text) => text,
        };
        if matches!(piece, Piece::Theme(_)) && Theme::new(&text[1..]).is_some_and(|found| found == *theme) {
            found.push(at..at + text.len());
        }
        at += text.len();
    }
    found
}

impl Line<'_> {
    /// The line cut at its marks; of a very long one the stretch around the first.
    fn parts(&self) -> Vec<Part> {
        let shown = self.shown();
        let mut parts = Vec::new();
        let mut from = shown.start;
        let part = |range: Range<usize>, mark| Part { text: Shown::with_edges(&in_one_line(&self.text[range])), mark };
        for mark in self.marks.iter().filter(|mark| mark.start >= shown.start && mark.end <= shown.end) {
            parts.push(part(from..mark.start, false));
            parts.push(part(mark.clone(), true));
            from = mark.end;
        }
        parts.push(part(from..shown.end, false));
        if shown.end < self.text.len() {
            parts.push(Part { text: Shown::new("…"), mark: false });
        }
        parts
    }

    fn shown(&self) -> Range<usize> {
        let chars: Vec<usize> = self.text.char_indices().map(|(at, _)| at).collect();
        if chars.len() <= LINE {
            return 0..self.text.len();
        }
        let mark = self.marks.first().map_or(0, |mark| mark.start);
        let first = chars.partition_point(|at| *at < mark).saturating_sub(LINE / 3);
        let end = chars.get(first + LINE).copied().unwrap_or(self.text.len());
        chars.get(first).copied().unwrap_or(0)..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, theme: &str, mentioned: Option<Range<usize>>) -> Vec<Vec<String>> {
        let theme = Theme::new(theme).unwrap();
        let part =
            |part: &Part| if part.mark { format!("«{}»", part.text.as_str()) } else { part.text.as_str().to_owned() };
        let lines = |passage: Passage| passage.lines.iter().map(|line| line.iter().map(part).collect()).collect();
        passages(text, &theme, mentioned).into_iter().map(lines).collect()
    }

    #[test]
    fn a_passage_is_the_line_of_each_mark_with_its_neighbours() {
        let text = "one\n\n  two #Sleep here\nthree\nfour\nfive\nsix #sleep\n";
        assert_eq!(
            shown(text, "sleep", None),
            [vec!["one", "two «#Sleep» here", "three"], vec!["five", "six «#sleep»"]]
        );
        assert_eq!(shown("a #x\nb\nc #x\nd", "x", None), [["a «#x»", "b", "c «#x»", "d"]], "near ones stand together");
        assert!(shown(text, "grief", None).is_empty());
        assert_eq!(shown("she slept\nwell", "sleep", Some(4..9)), [["she «slept»", "well"]]);
    }

    #[test]
    fn of_a_very_long_line_the_stretch_around_the_mark_is_shown() {
        let text = format!("{} #sleep {}", "é".repeat(2000), "x".repeat(2000));
        let lines = shown(&text, "sleep", None);
        assert!(lines[0][0].contains("«#sleep»") && lines[0][0].chars().count() < LINE + 10, "{}", lines[0][0]);
    }
}

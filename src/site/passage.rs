//! The lines of a note in which a theme stands.
//!
//! In go a body and a theme; out come the line that holds the mark and its neighbours, as text. A theme that stands in
//! the front matter only has no passage.

use super::inline_marks::{Piece, pieces};
use super::shown::Shown;
use crate::domain::Theme;

/// A mark in its surroundings.
pub(crate) struct Passage {
    /// The line before, the line itself, the line after, where there are such.
    pub(crate) lines: Vec<Shown>,
}

/// Longest line shown, in characters.
const LINE: usize = 320;

/// The first passage of a body that holds the mark of a theme.
pub(crate) fn passage(body: &str, theme: &Theme) -> Option<Passage> {
    let lines: Vec<&str> = body.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let at = lines.iter().position(|line| holds(line, theme))?;
    let around = &lines[at.saturating_sub(1)..(at + 2).min(lines.len())];
    Some(Passage { lines: around.iter().map(|line| Shown::short(around_mark(line, theme), LINE)).collect() })
}

fn holds(line: &str, theme: &Theme) -> bool {
    mark_at(line, theme).is_some()
}

fn mark_at(line: &str, theme: &Theme) -> Option<usize> {
    let mut at = 0;
    for piece in pieces(line) {
        let text = match piece {
            Piece::Words(text) | Piece::Theme(text) | Piece::Person(text) => text,
        };
        if matches!(piece, Piece::Theme(_)) && Theme::new(&text[1..]).is_some_and(|found| found == *theme) {
            return Some(at);
        }
        at += text.len();
    }
    None
}

/// Of a very long line, the stretch that begins a little before the mark.
fn around_mark<'a>(line: &'a str, theme: &Theme) -> &'a str {
    let Some(mark) = mark_at(line, theme).filter(|_| line.chars().count() > LINE) else { return line };
    let before = mark.saturating_sub(LINE / 3);
    let start = line.char_indices().map(|(at, _)| at).take_while(|at| *at <= before).last().unwrap_or(0);
    &line[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_the_line_and_its_neighbours() {
        let theme = Theme::new("sleep");
        let text = "one\n\ntwo #Sleep here\nthree\nfour";
        let lines = theme
            .and_then(|t| passage(text, &t))
            .map(|p| p.lines.iter().map(|l| l.as_str().to_owned()).collect::<Vec<_>>());
        assert_eq!(lines, Some(vec!["one".to_owned(), "two #Sleep here".to_owned(), "three".to_owned()]));
        assert!(Theme::new("grief").and_then(|t| passage(text, &t)).is_none());
    }
}

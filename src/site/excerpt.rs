//! The first words of a note, for lists.
//!
//! In goes a note; out come its first words of running prose in one line. Headings, lists, quotations, callouts, tables,
//! scores (`phq9:: 11`) and raw HTML are passed over, since they are shown elsewhere or are no prose.

use super::inline_marks::without_signs;
use super::markdown::paragraphs;
use super::shown::Shown;
use crate::domain::Note;

/// How much of a body is looked at.
const LOOKED_AT: usize = 8 * 1024;
/// How many words are shown.
const WORDS: usize = 45;

/// The first words of a note's prose; `None` when it has none.
pub(crate) fn excerpt(note: &Note) -> Option<Shown> {
    let body = note.body();
    let end = (0..=body.len().min(LOOKED_AT)).rev().find(|at| body.is_char_boundary(*at)).unwrap_or(0);
    let mut words: Vec<String> = Vec::new();
    for paragraph in paragraphs(&body[..end]) {
        let prose: Vec<&str> = paragraph.lines().filter(|line| !is_field(line)).collect();
        let read = without_signs(&prose.join(" "));
        words.extend(read.split_whitespace().map(|word| word.chars().take(80).collect()));
        if words.len() > WORDS {
            break;
        }
    }
    if words.is_empty() {
        return None;
    }
    let cut = words.len() > WORDS;
    words.truncate(WORDS);
    let text = words.join(" ");
    Some(Shown::new(&if cut { format!("{} …", text.trim_end_matches([',', ';', ':'])) } else { text }))
}

/// Whether a line is `key:: value` and nothing else.
fn is_field(line: &str) -> bool {
    line.split_once("::").is_some_and(|(key, _)| !key.trim().is_empty() && !key.trim().contains(char::is_whitespace))
}

//! Which stretches of a note are looked through: its body, and what its front matter says in words.
//!
//! In goes a note, out come byte ranges of its text. Keys are left out, and so are values that have a filter of their own
//! or were given by the program: else `attended` would find almost every session.

use crate::domain::Note;
use std::ops::Range;

/// Keys whose values are codes, days and numbers.
const NO_PROSE: [&str; 24] = [
    "alliance",
    "amendment",
    "amends",
    "attendance",
    "client",
    "date",
    "duration",
    "id",
    "imported_client",
    "imported_from",
    "imported_hash",
    "imported_written",
    "kind",
    "late_save_of",
    "late_save_rev",
    "legal_hold",
    "modality",
    "number",
    "rev",
    "service",
    "signed_at",
    "start",
    "status",
    "written",
];

/// The stretches of a note that are looked through, in order. No phrase reaches from one into the next.
pub(crate) fn searchable(note: &Note) -> Vec<Range<usize>> {
    let text = note.text.reveal();
    let mut found = Vec::new();
    let mut from = 0;
    for line in text.get(..note.body_at).unwrap_or_default().split_inclusive('\n') {
        let value = value_at(line);
        if let Some(value) = value.filter(|value| !line[*value..].trim().is_empty()) {
            found.push(from + value..from + line.len());
        }
        from += line.len();
    }
    found.push(from..text.len());
    found
}

/// Where the value of a line of front matter begins; nothing when the line holds none that is looked through.
fn value_at(line: &str) -> Option<usize> {
    let lead = line.len() - line.trim_start_matches([' ', '\t', '-', '"', '\'', '{']).len();
    let rest = &line[lead..];
    let key = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len());
    let after = rest[key..].trim_start_matches(['"', '\'', ' ']);
    if key == 0 || !after.starts_with([':', '=']) {
        return Some(lead);
    }
    (!NO_PROSE.contains(&rest[..key].to_lowercase().as_str())).then_some(line.len() - after.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::value_at;

    #[test]
    fn keys_and_values_with_a_filter_of_their_own_are_left_out() {
        for (line, value) in [
            ("attendance: attended\n", None),
            ("homework: [{task: sleep diary}]\n", Some(" [{task: sleep diary}]\n")),
            ("  - task: \"letter\"\n", Some(" \"letter\"\n")),
            ("mood = \"low\"\n", Some(" \"low\"\n")),
            ("  a line of a long value\n", Some("a line of a long value\n")),
            ("Größe: 3\n", Some(" 3\n")),
        ] {
            assert_eq!(value_at(line).map(|at| &line[at..]), value, "{line}");
        }
    }
}

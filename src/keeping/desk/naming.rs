//! Readable names for notes on the desk, and what a path there says about a note.
//!
//! In goes a note; out comes a path such as `a7/2026-03-02-12.md`, `a7/process/2026-03-02.md` or `practice/2026-03-02-supervision.md`.
//! In goes a path; out comes the shelf it stands for, and whether such a file is a note at all.

use super::Entry;
use crate::domain::{Class, ClientCode, Kind};
use crate::vault::{Shelf, is_leftover};
use std::path::Path;

/// The folder of what belongs to no client.
const PRACTICE: &str = "practice";
/// The folder of process notes in a client's.
const PROCESS: &str = "process";

/// The path of a note that no other has: `taken` says which are.
pub(super) fn path_for(entry: &Entry, taken: impl Fn(&str) -> bool) -> String {
    let note = &entry.note;
    let folder = match (note.class, &note.client) {
        (Class::Process, Some(client)) => format!("{client}/{PROCESS}"),
        (Class::Practice, _) | (_, None) => PRACTICE.to_owned(),
        (_, Some(client)) => client.to_string(),
    };
    let stem = match (&note.kind, entry.number) {
        (Kind::Client, _) => "client".to_owned(),
        (_, Some(number)) => format!("{}-{number}", note.date.day),
        (Kind::Session | Kind::Process, None) => note.date.day.to_string(),
        (kind, None) => format!("{}-{}", note.date.day, plain(kind.word())),
    };
    let short = format!("{folder}/{stem}.md");
    if !taken(&short) {
        return short;
    }
    format!("{folder}/{stem}-{}.md", note.id)
}

/// A kind's word as part of a file's name: an unknown kind may hold anything.
fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(32).collect()
}

/// The shelf that a path on the desk stands for; none at the top and in folders that are no client's.
pub(super) fn shelf_of(path: &str) -> Option<Shelf> {
    let names: Vec<&str> = path.split('/').collect();
    match names[..] {
        [PRACTICE, _] => Some(Shelf::Practice),
        [code, PROCESS, _] => Some(Shelf::Process(ClientCode::parse(code).ok()?)),
        [code, _] => Some(Shelf::Client(ClientCode::parse(code).ok()?)),
        _ => None,
    }
}

/// Whether a file of this name becomes a note as soon as it is saved. Others may be an editor's own, and are looked at
/// when the desk is closed.
pub(super) fn is_note(path: &str) -> bool {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
    !is_passing(path) && extension.is_some_and(|e| ["md", "markdown", "txt"].iter().any(|k| e.eq_ignore_ascii_case(k)))
}

/// Whether a file is an editor's own: swap, backup, lock, or in a folder that begins with a dot.
pub(super) fn is_passing(path: &str) -> bool {
    path.split('/').any(is_leftover)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_whose_note_it_is_and_what_editors_leave_is_none() {
        let folder = |path: &str| shelf_of(path).map(|shelf| shelf.folder());
        assert_eq!(folder("a7/2026-03-02-12.md").as_deref(), Some("clients/a7"));
        assert_eq!(folder("a7/process/x.md").as_deref(), Some("clients/a7/process"));
        assert_eq!(folder("practice/x.md").as_deref(), Some("practice"));
        assert_eq!((folder("x.md"), folder("A7/x.md"), folder("a7/old/x.md")), (None, None, None));
        for name in ["a7/x.md", "a7/x.txt", "x.MD"] {
            assert!(is_note(name), "{name}");
        }
        for name in [".obsidian/workspace.md", "a7/.x.md.swp", "a7/x.md~", "a7/4913", "a7/#x.md#", "a7/sedAbC123"] {
            assert!(!is_note(name), "{name}");
        }
    }
}

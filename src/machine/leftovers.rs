//! What editors leave beside the files they write.
//!
//! In goes a folder; out come the files in it and below it that are named as editors name backups, swap files and
//! auto-saves. Only names are looked at; links are not followed.

use std::path::{Path, PathBuf};

/// Folders below folders, at most.
const DEEPEST: usize = 32;

/// Files that an editor left in a folder or below it, sorted.
pub fn editor_leftovers(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            let name = entry.file_name().to_string_lossy().into_owned();
            if kind.is_dir() && depth < DEEPEST && name != ".git" {
                folders.push((entry.path(), depth + 1));
            } else if !kind.is_dir() && is_leftover(&name) {
                found.push(entry.path());
            }
        }
    }
    found.sort_unstable();
    found
}

/// Backups (`~`), undo files (`.un~`), vim's swap files, emacs's auto-saves and locks, nano's emergency saves, kate's and
/// vim's trial files.
fn is_leftover(name: &str) -> bool {
    // `.swp`, then `.swo` and on, down to `.saa`, as vim counts when one is taken.
    let swap = |end: &str| end.len() == 3 && end.starts_with("sw") && end.ends_with(|c: char| c.is_ascii_lowercase());
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    name.ends_with('~')
        || swap(ending)
        || ending == "save"
        || ending.ends_with("kate-swp")
        || (name.starts_with('#') && name.ends_with('#') && name.len() > 1)
        || name.starts_with(".#")
        || name == "4913"
}

#[cfg(test)]
mod tests {
    use super::is_leftover;

    #[test]
    fn leftovers_are_known_by_their_names() {
        for name in [
            "note.md~",
            ".note.md.un~",
            ".note.md.swp",
            ".note.md.swo",
            "#note.md#",
            ".#note.md",
            "note.md.save",
            "4913",
            ".note.md.kate-swp",
        ] {
            assert!(is_leftover(name), "{name}");
        }
        for name in ["note.md", "3k9x2m7q4d1w.md.age", "#", ".age-recipients", "swift.md", "key-3f9k2m7q.age"] {
            assert!(!is_leftover(name), "{name}");
        }
    }
}

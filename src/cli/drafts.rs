//! Markdown files in a folder of drafts.

use std::path::{Path, PathBuf};

/// Markdown files directly in a folder, sorted; what editors leave is none.
pub(super) fn notes_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter(|entry| !entry.file_name().to_str().is_some_and(crate::vault::is_leftover))
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md")))
        .collect();
    files.sort();
    files
}

//! Clear text taken away: names removed, and what the files held overwritten.
//!
//! In go files of the memory-backed storage; out comes an empty folder. On a disk overwriting is no promise: blocks may
//! have been copied elsewhere by the file system.

use super::disk;
use std::fs::{File, OpenOptions};
use std::io::{self, Seek, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Removes what is in a folder and overwrites what it held. Goes on after a failure and gives the first.
pub(super) fn empty(folder: &Path) -> io::Result<()> {
    let mut first = Ok(());
    for file in files_below(folder) {
        first = first.and(wipe(&file));
    }
    for entry in std::fs::read_dir(folder)?.flatten() {
        let path = entry.path();
        let removed = if disk::is_folder(&path) { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        first = first.and(removed);
    }
    first
}

/// Removes a file and overwrites what it held.
///
/// The name goes first: a run that is killed in between must not leave zeros under the name of a note, where the next one
/// would take them for a text that was saved.
///
/// # Errors
/// When it cannot be removed; then it still holds its text. One that cannot be overwritten is removed all the same.
pub fn wipe(file: &Path) -> io::Result<()> {
    let open = open_to_overwrite(file);
    std::fs::remove_file(file)?;
    // On tmpfs this touches the very pages that held the text; on a disk it is the best that can be done.
    let _ = open.and_then(overwrite);
    Ok(())
}

fn open_to_overwrite(file: &Path) -> io::Result<File> {
    // A signed note lies there read-only.
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))?;
    let flags = rustix::fs::OFlags::NOFOLLOW.bits() as i32;
    OpenOptions::new().write(true).custom_flags(flags).open(file)
}

fn overwrite(mut open: File) -> io::Result<()> {
    let mut left = open.metadata()?.len();
    open.rewind()?;
    let zeros = [0u8; 4096];
    while left > 0 {
        let part = left.min(zeros.len() as u64);
        open.write_all(zeros.get(..part as usize).unwrap_or_default())?;
        left -= part;
    }
    Ok(())
}

/// The files in a folder and in folders below, sorted. Links are not followed.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_file() => found.push(entry.path()),
                _ => {}
            }
        }
    }
    found.sort_unstable();
    found
}

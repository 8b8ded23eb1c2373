//! What was laid on the desk: for each file its note, the note's `rev`, and a hash of the text.
//!
//! It lies beside the desk's folder, in the same memory-backed storage, and lets any later run tell a save from a file that was only
//! lying there, also one that holds no key. Lines are only ever added; the last line of a path counts. A line that is cut
//! off is passed over: then its file is taken for a save, which loses nothing.

use crate::domain::NoteId;
use crate::vault::memory;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// One file as it was laid out, or last sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Laid {
    /// SHA-256 of the text, in hexadecimal digits.
    pub(super) hash: String,
    /// The version of the note, counted from 1.
    pub(super) rev: u64,
    /// The note.
    pub(super) id: NoteId,
}

/// All files that were laid out.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    file: PathBuf,
    laid: BTreeMap<String, Laid>,
}

impl Manifest {
    /// Reads what an earlier run wrote down. None is an empty one.
    pub(super) fn read(folder: &Path) -> Self {
        let file = memory::notes_about(folder);
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        Self { laid: text.lines().filter_map(parsed).collect(), file }
    }

    /// What was laid out, by path.
    pub(super) fn laid(&self) -> impl Iterator<Item = (&String, &Laid)> {
        self.laid.iter()
    }

    /// What was laid out under a path.
    pub(super) fn get(&self, path: &str) -> Option<&Laid> {
        self.laid.get(path)
    }

    /// Forgets what was laid out: everything is in the vault, and the next desk begins anew.
    pub(super) fn forget(folder: &Path) {
        // Lines that stay are overruled by those that are added.
        let _ = std::fs::remove_file(memory::notes_about(folder));
    }

    /// Writes files down.
    pub(super) fn add(&mut self, folder: &Path, files: Vec<(String, Laid)>) -> io::Result<()> {
        self.file = memory::notes_about(folder);
        let mut text = String::with_capacity(files.len() * 128);
        for (path, laid) in &files {
            text.push_str(&format!("{} {} {} {path}\n", laid.hash, laid.rev, laid.id));
        }
        let mut options = OpenOptions::new();
        options.append(true).create(true).mode(0o600);
        options.open(&self.file)?.write_all(text.as_bytes())?;
        self.laid.extend(files);
        Ok(())
    }
}

fn parsed(line: &str) -> Option<(String, Laid)> {
    let mut words = line.splitn(4, ' ');
    let hash = words.next().filter(|hash| hash.len() == 64)?.to_owned();
    let rev = words.next()?.parse().ok()?;
    let id = NoteId::parse(words.next()?).ok()?;
    Some((words.next()?.to_owned(), Laid { hash, rev, id }))
}

/// The hash of a text. Texts that differ only in line ends at their end are the same to the vault.
pub(super) fn hash_of(text: &str) -> String {
    Sha256::digest(text.trim_end().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_down_is_read_again_and_a_line_cut_off_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let desk = folder.path().join("desk");
        let laid = |rev| Laid { hash: hash_of("text\n\n"), rev, id: NoteId::from_bits([3; 8]) };
        assert_eq!(laid(1).hash, hash_of("text"));
        let mut manifest = Manifest::default();
        manifest.add(&desk, vec![("a7/x y.md".to_owned(), laid(1)), ("b.md".to_owned(), laid(1))]).unwrap();
        manifest.add(&desk, vec![("a7/x y.md".to_owned(), laid(2))]).unwrap();
        let file = memory::notes_about(&desk);
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, format!("{text}{}", &text[..70])).unwrap();
        let again = Manifest::read(&desk);
        assert_eq!(again.laid().count(), 2);
        assert_eq!(again.get("a7/x y.md"), Some(&laid(2)));
    }
}

//! The desk: notes as readable files in memory-backed storage, and every save of one sealed.
//!
//! In go an opened vault, a folder and the notes to lay out; out come files such as `a7/2026-03-02-12.md`, and, whenever
//! [`Desk::collect`] is called, a sealed version of each file that was saved since. A save may come by any means: in place,
//! by a new file renamed over, by truncating and writing. New files become notes. A file that is deleted or emptied never
//! deletes a note, a signed note is never overwritten, and text that cannot be sealed stays where it is.
//!
//! | module | what it is |
//! |---|---|
//! | [`Entry`], `naming` | a note to lay out, and the name it gets |
//! | `manifest` | what was laid out, so that another run can tell a save from a file that was only lying there |
//! | `sheet` | one file on the desk and the note it stands for |
//! | `laying` | files written, renewed and taken away |
//! | `saving` | what a changed file means, and its sealing |
//! | [`LateSaves`], `folding` | saves that come when the vault is locked: sealed without a key, and put in their note's place later |
//! | [`Remark`] | what the user is told |

mod folding;
mod late;
mod laying;
mod manifest;
mod naming;
mod remark;
mod saving;
mod sheet;

pub use folding::fold_late_saves;
pub use late::LateSaves;
pub use remark::Remark;

use super::Error;
use crate::domain::Note;
use crate::machine::Marker;
use crate::vault::{OpenVault, SealedFile};
use manifest::Manifest;
use sheet::Sheet;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How often files that are saved while the desk is closed are looked at again.
const TRIES: usize = 5;

/// A note to lay on the desk.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its sealed file.
    pub file: SealedFile,
    /// The note as it was read from that file.
    pub note: Arc<Note>,
    /// Its session number, for the file's name.
    pub number: Option<u32>,
}

/// The open desk. Holds the keys, so it lives in the process that does.
#[derive(Debug)]
pub struct Desk {
    vault: Arc<OpenVault>,
    folder: PathBuf,
    manifest: Manifest,
    /// By path below the folder.
    sheets: BTreeMap<String, Sheet>,
    /// Files that could not be sealed as they are now: said once, not at each look.
    refused: BTreeMap<String, String>,
    /// Put into each file and taken out again, for finding copies that an editor leaves.
    marker: Option<Marker>,
}

impl Desk {
    /// Seals what an earlier run left on the desk, as the next version of the notes it was laid out for.
    ///
    /// What cannot be sealed stays in the folder. Read the vault again before [`Desk::open`].
    pub fn recover(vault: &Arc<OpenVault>, folder: &Path, entries: &[Entry]) -> Vec<Remark> {
        let manifest = Manifest::read(folder);
        let mut sheets = BTreeMap::new();
        for (path, laid) in manifest.laid() {
            if let Some(entry) = entries.iter().find(|entry| entry.note.id == laid.id) {
                sheets.insert(path.clone(), Sheet::left(entry, laid));
            }
        }
        let mut desk = Self::of(vault, folder, manifest, None);
        desk.sheets = sheets;
        desk.close()
    }

    /// Lays the notes out.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn open(
        vault: &Arc<OpenVault>,
        folder: &Path,
        entries: Vec<Entry>,
        marker: Option<Marker>,
    ) -> Result<Self, Error> {
        Manifest::forget(folder);
        let mut desk = Self::of(vault, folder, Manifest::default(), marker);
        desk.lay(entries)?;
        Ok(desk)
    }

    fn of(vault: &Arc<OpenVault>, folder: &Path, manifest: Manifest, marker: Option<Marker>) -> Self {
        Self {
            vault: Arc::clone(vault),
            folder: folder.to_owned(),
            manifest,
            sheets: BTreeMap::new(),
            refused: BTreeMap::new(),
            marker,
        }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Seals what was saved since the last look.
    pub fn collect(&mut self) -> Vec<Remark> {
        saving::collect(self, false)
    }

    /// Seals everything that is not sealed yet and takes the files away. What could not be sealed stays.
    pub fn close(mut self) -> Vec<Remark> {
        let mut remarks = saving::collect(&mut self, true);
        // An editor may save while the files are taken away: such a file stays, and is looked at once more.
        for _ in 0..TRIES {
            if self.take_away() {
                break;
            }
            remarks.extend(saving::collect(&mut self, true));
        }
        remarks
    }
}

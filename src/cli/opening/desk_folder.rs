//! The desk's folder, as the process without a key sees it: there before the vault is open, and still there after a lock.
//!
//! In go locks and unlocks; out come late saves sealed, and at the end an empty place. It never opens a note.

use crate::cli::failure::Failure;
use crate::cli::places::Places;
use crate::cli::session::Session;
use crate::keeping::desk::{LateSaves, Remark};
use crate::machine::Marker;
use crate::machine::leak_search::Needle;
use crate::vault::memory::{MemoryFolder, storage};
use crate::vault::{Vault, Watcher, watch_folder};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The last part of the desk's path.
const DESK: &str = "desk";

/// How long another writer is waited for.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// The desk's folder.
#[derive(Debug)]
pub(in crate::cli) struct DeskFolder {
    vault: Vault,
    folder: MemoryFolder,
    marker: Marker,
    since: SystemTime,
    late: Option<LateSaves>,
    watcher: Option<Watcher>,
}

impl DeskFolder {
    /// Takes the desk of a vault. What a killed run left on it is there still; the child seals it.
    pub(in crate::cli) fn take(vault: Vault) -> Result<Self, Failure> {
        let storage = storage(vault.id(), &Places::memory_candidates(), None)?;
        let folder = storage.desk()?;
        Ok(Self { vault, folder, marker: Marker::random(), since: SystemTime::now(), late: None, watcher: None })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What is put into each file, for finding copies that an editor leaves.
    pub(super) fn marker(&self) -> &Marker {
        &self.marker
    }

    /// Says which copies of notes editors left elsewhere since the desk was opened, and whether there are none.
    pub(super) fn look_for_copies(&self, session: &Session) -> bool {
        let id = self.vault.id();
        // A file's place on the desk, as it is written in lists of files and in names that are made of paths.
        let names = [format!("{id}/{DESK}/"), format!("{id}%{DESK}%")];
        let mut needles = vec![Needle::text(&self.marker)];
        needles.extend(names.iter().map(|name| Needle::name(name)));
        let within = self.folder.path().parent().unwrap_or(self.folder.path());
        session.look_for_copies(self.vault.root(), &needles, self.since, within).leaks.is_empty()
    }

    /// The child has gone: from now on what is saved is sealed here. `saved` is called when something is.
    pub(super) fn locked(&mut self, saved: impl Fn() + Send + 'static) -> Vec<Remark> {
        self.watcher = watch_folder(self.folder.path(), move |_| saved()).ok();
        self.late = Some(LateSaves::of(self.folder.path()));
        self.late_save()
    }

    /// Seals what was saved after the lock.
    pub(super) fn late_save(&mut self) -> Vec<Remark> {
        let Some(late) = &mut self.late else { return Vec::new() };
        let lock = match self.vault.lock(LOCK_WAIT) {
            Ok(lock) => lock,
            // The next save, the next lock or the end tries again.
            Err(error) => return vec![failed(&self.folder, &error)],
        };
        if let Err(error) = self.vault.finish_interrupted(&lock) {
            return vec![failed(&self.folder, &error)];
        }
        late.collect(&self.vault, &lock)
    }

    /// The child takes over again.
    pub(super) fn unlocking(&mut self) -> Vec<Remark> {
        self.watcher = None;
        let remarks = self.late_save();
        self.late = None;
        remarks
    }

    /// Seals what is left, and gives the folder back. When something could not be sealed it stays, and where is said.
    pub(super) fn end(mut self) -> (Vec<Remark>, Option<PathBuf>) {
        self.watcher = None;
        let mut late = self.late.take().unwrap_or_else(|| LateSaves::of(self.folder.path()));
        if self.folder.files().is_empty() {
            return (Vec::new(), None);
        }
        let remarks = match self.vault.lock(LOCK_WAIT) {
            Ok(lock) => late.collect(&self.vault, &lock),
            Err(error) => return (vec![failed(&self.folder, &error)], Some(self.folder.leave())),
        };
        if late.has_unsealed() { (remarks, Some(self.folder.leave())) } else { (remarks, None) }
    }
}

fn failed(folder: &MemoryFolder, error: &crate::vault::Error) -> Remark {
    Remark::Failed { path: folder.path().display().to_string(), why: error.to_string() }
}

//! Reads the vault and makes editions.
//!
//! In goes an opened vault; out comes an edition, and the next one when files changed. It holds the keys: the thread that
//! answers requests never sees it, only the editions it makes.

use super::known_then::KnownThen;
use super::note_file::NoteFile;
use super::scope::{Scope, Today};
use crate::casebook::{CaseFile, Casebook, Changes};
use crate::domain::{Class, Note, NoteId, Problem};
use crate::insight::SeenSoFar;
use crate::notes::{self, Source};
use crate::records;
use crate::site::{About, Edition, News, Unreadable};
use crate::vault::{Error, OpenVault, Scan, SealedFile, Shelf, Skipped, Stamp};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many files were read, and how many of them would not open.
#[derive(Debug, Clone, Copy, Default)]
pub struct Refreshed {
    /// Files that were new or changed.
    pub read: usize,
    /// Files that are gone.
    pub gone: usize,
    /// Files that will not open, changed or not.
    pub unreadable: usize,
    /// Whether anything that pages show is different.
    pub differs: bool,
}

/// Reads the vault and makes editions.
#[derive(Debug)]
pub struct Publisher {
    vault: Arc<OpenVault>,
    scope: Scope,
    today: Today,
    known_then: Option<KnownThen>,
    opened_at: String,
    known: HashMap<String, (Stamp, NoteId)>,
    sealed: HashMap<NoteId, SealedFile>,
    clear: Vec<PathBuf>,
    unreadable: BTreeMap<String, Unreadable>,
    remarks: Vec<String>,
    conflicts: Vec<String>,
    left_out: Vec<Skipped>,
    casebook: Arc<Casebook>,
    seen: Arc<SeenSoFar>,
    stamp: u64,
    labels: bool,
    keys: bool,
}

impl Publisher {
    /// Opens everything in scope. `progress` is told how many notes were opened so far.
    ///
    /// # Errors
    /// When the folder cannot be walked. Files that will not open are no error; the edition lists them.
    pub fn open(
        vault: impl Into<Arc<OpenVault>>,
        scope: Scope,
        today: Today,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Self, Error> {
        let opened_at = chrono::Local::now().format("%H:%M").to_string();
        let mut publisher = Self {
            vault: vault.into(),
            scope,
            today,
            known_then: today.known_on().map(KnownThen::on),
            opened_at,
            known: HashMap::new(),
            sealed: HashMap::new(),
            clear: Vec::new(),
            unreadable: BTreeMap::new(),
            remarks: Vec::new(),
            conflicts: Vec::new(),
            left_out: Vec::new(),
            casebook: Arc::new(Casebook::default()),
            seen: Arc::default(),
            stamp: 0,
            labels: true,
            keys: true,
        };
        publisher.refresh(progress)?;
        Ok(publisher)
    }

    /// Whether page bodies show clients' labels; they do unless told otherwise.
    pub fn with_labels(self, labels: bool) -> Self {
        Self { labels, ..self }
    }

    /// Whether pages answer to single keys; they do unless told otherwise.
    pub fn with_keys(self, keys: bool) -> Self {
        Self { keys, ..self }
    }

    /// Reads what changed since the last time. When this fails, the last casebook stays as it was.
    ///
    /// # Errors
    /// When the folder cannot be walked.
    pub fn refresh(&mut self, progress: &(dyn Fn(usize) + Sync)) -> Result<Refreshed, Error> {
        let scan = self.vault.vault().scan()?;
        let files = self.files_in_scope(&scan);
        let changed: Vec<&NoteFile> = files.iter().filter(|file| self.is_new(file)).collect();
        let read = self.read_all(&changed, progress);
        let before: Vec<String> = self.unreadable.keys().cloned().collect();
        let mut changes = Changes { clients: self.clients_in_scope(&scan), ..Changes::default() };
        let mut hidden = Vec::new();
        for (file, note) in changed.iter().zip(read) {
            match note {
                Ok(note) => {
                    self.unreadable.remove(file.path());
                    self.known.insert(file.path().to_owned(), (*file.stamp(), note.id));
                    match self.scope.keeps(&note) && self.known_then.as_mut().is_none_or(|then| then.holds(&note)) {
                        true => changes.read.push(Arc::new(note)),
                        // An earlier version of it may have been kept.
                        false => hidden.push(note.id),
                    }
                }
                // The last good version of a note stays in the casebook; the page says that its file will not open.
                Err(_) if !self.scope.asks_for(file.shelf()) => {}
                Err(error) => drop(self.unreadable.insert(file.path().to_owned(), unreadable(file, &error))),
            }
        }
        let sealed = files.iter().filter_map(|file| match file {
            NoteFile::Sealed(sealed) if self.known.contains_key(&sealed.path) => Some((sealed.id, sealed.clone())),
            _ => None,
        });
        let sealed = sealed.collect();
        self.sealed = sealed;
        let root = self.vault.vault().root();
        self.clear = scan.clear.iter().filter_map(|file| Some(root?.join(&file.path))).collect();
        let gone = self.forget_gone(&files, &mut changes);
        if let Some(then) = &mut self.known_then {
            then.forget(&changes.removed);
        }
        changes.removed.extend(hidden);
        let remarks = std::mem::replace(&mut self.remarks, remarks(&scan));
        self.conflicts = scan.conflicts;
        let asked = |shelf: Option<&Shelf>| self.scope.holds_shelf(shelf) && self.scope.asks_for(shelf);
        self.left_out = scan.skipped.into_iter().filter(|skipped| asked(skipped.shelf.as_ref())).collect();
        let new_client = changes.clients.iter().any(|code| self.casebook.client(code).is_none());
        let notes_differ = new_client || !changes.read.is_empty() || !changes.removed.is_empty();
        let read = changed.len();
        if notes_differ {
            self.casebook = Arc::new(self.casebook.next(changes));
        }
        let differs = notes_differ || remarks != self.remarks || !self.unreadable.keys().eq(&before);
        self.stamp += u64::from(differs);
        Ok(Refreshed { read, gone, unreadable: self.unreadable.len(), differs })
    }

    /// Opens and reads files on all cores, in order.
    fn read_all(&self, files: &[&NoteFile], progress: &(dyn Fn(usize) + Sync)) -> Vec<Result<Note, Error>> {
        let done = AtomicUsize::new(0);
        let read = |file: &&NoteFile| {
            let note = self.read(file);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1);
            note
        };
        files.par_iter().map(read).collect()
    }

    /// The edition as it stands. `stale` says why it is not the latest, if it is not.
    pub fn edition(&self, stale: Option<String>) -> Edition {
        let vault = self.vault.vault();
        let name = vault.root().and_then(|root| root.file_name()).map(|name| name.to_string_lossy().into_owned());
        Edition {
            casebook: Arc::clone(&self.casebook),
            today: self.today.day(),
            unreadable: self.unreadable.values().cloned().collect(),
            remarks: self.remarks.clone(),
            stale,
            as_of: self.known_then.as_ref().map(KnownThen::sentence),
            stamp: self.stamp,
            about: About {
                version: env!("CARGO_PKG_VERSION"),
                vault: name.unwrap_or_else(|| "example vault".to_owned()),
                opened_at: self.opened_at.clone(),
                notes: self.casebook.len(),
                demo: vault.is_embedded(),
            },
            seen: Arc::clone(&self.seen),
            news: self.news(),
            show_labels: self.labels,
            keys: self.keys,
        }
    }

    /// For whom a finding is new, among the active clients that were looked at.
    fn news(&self) -> News {
        let today = self.today.day();
        let mut news = News::default();
        for file in self.casebook.clients().filter(|file| !file.is_closed(today)) {
            match self.seen.known(file, today) {
                Some(seen) if !seen.new.is_empty() => drop(news.clients.insert(file.code.clone())),
                Some(_) => {}
                None => news.waiting += 1,
            }
        }
        news
    }

    /// Looks for findings of one active client that was not looked at yet. Says how many still wait; with the last one
    /// the pages are new.
    pub fn look_at_next(&mut self) -> usize {
        let today = self.today.day();
        let unseen = |file: &&Arc<CaseFile>| !file.is_closed(today) && self.seen.known(file, today).is_none();
        let mut waiting = self.casebook.clients().filter(unseen);
        let Some(file) = waiting.next() else { return 0 };
        let left = waiting.count();
        self.seen.of(file, today);
        self.stamp += u64::from(left == 0);
        left
    }

    /// Whether findings of an active client were not looked for yet.
    pub fn has_unseen(&self) -> bool {
        let today = self.today.day();
        let mut active = self.casebook.clients().filter(|file| !file.is_closed(today));
        active.any(|file| self.seen.known(file, today).is_none())
    }

    /// Reads the words of all notes on all cores, for the first search not to wait. What was read before stays.
    pub fn read_words(&self) {
        let files: Vec<_> = self.casebook.clients().collect();
        files.par_iter().for_each(|file| {
            file.words();
        });
        self.casebook.practice_words();
    }

    /// The snapshot of the notes alone.
    pub fn casebook(&self) -> &Arc<Casebook> {
        &self.casebook
    }

    /// Files that would not open, by path, with the reason.
    pub fn unreadable(&self) -> impl Iterator<Item = &Unreadable> {
        self.unreadable.values()
    }

    /// Files that a sync program made of a conflict, relative to the vault. They are not read as notes.
    pub fn conflicts(&self) -> &[String] {
        &self.conflicts
    }

    /// What is not read as a note, where notes were asked for.
    pub fn left_out(&self) -> &[Skipped] {
        &self.left_out
    }

    /// The sealed file that a note was read from; none for a clear one.
    pub fn sealed_file(&self, id: NoteId) -> Option<&SealedFile> {
        self.sealed.get(&id)
    }

    /// Clear notes that lie in the vault, of whatever client.
    pub fn clear_files(&self) -> &[PathBuf] {
        &self.clear
    }

    /// The opened vault, shared.
    pub fn shared_vault(&self) -> Arc<OpenVault> {
        Arc::clone(&self.vault)
    }

    /// The opened vault.
    pub fn vault(&self) -> &OpenVault {
        &self.vault
    }

    fn files_in_scope(&self, scan: &Scan) -> Vec<NoteFile> {
        let sealed = scan.notes.iter().filter(|file| self.scope.holds(file)).cloned().map(NoteFile::Sealed);
        let clear = scan.clear.iter().filter(|file| self.scope.holds_shelf(file.shelf.as_ref()));
        let vault = self.vault.vault();
        let clear = clear.map(|file| NoteFile::Clear(file.clone(), vault.derived_id(&file.path)));
        let mut files: Vec<NoteFile> = sealed.chain(clear).collect();
        files.sort_by(|a, b| a.path().cmp(b.path()));
        // Two files of one name in two folders: the first keeps the id, the other shows up as the copy it is.
        let mut seen = HashSet::new();
        for file in &mut files {
            if !seen.insert(file.id()) {
                file.rename(vault.derived_id(file.path()));
            }
        }
        files
    }

    fn clients_in_scope(&self, scan: &Scan) -> Vec<crate::domain::ClientCode> {
        let wanted =
            |code: &&crate::domain::ClientCode| self.scope.clients.is_empty() || self.scope.clients.contains(code);
        scan.clients.iter().filter(wanted).cloned().collect()
    }

    fn is_new(&self, file: &NoteFile) -> bool {
        self.unreadable.contains_key(file.path())
            || self.known.get(file.path()).is_none_or(|(stamp, _)| stamp != file.stamp())
    }

    /// Opens one file and reads the note in it.
    fn read(&self, file: &NoteFile) -> Result<Note, Error> {
        let plain = match file {
            NoteFile::Sealed(sealed) => self.vault.read(sealed)?,
            NoteFile::Clear(clear, _) => self.vault.vault().read_clear(clear)?,
        };
        let source = Source {
            id: file.id(),
            class: file.shelf().map_or(Class::Record, |shelf| shelf.class()),
            client: file.shelf().and_then(|shelf| shelf.client()),
            file_name: file.dated_name(),
            written: file.written(),
        };
        let mut note = notes::read(plain.reveal(), &source);
        note.problems.extend(records::missing(&note));
        if matches!(file, NoteFile::Clear(..)) {
            note.problems.push(
                Problem::warning(
                    "clear-file",
                    "this note lies unsealed in the vault; a synced folder may have copied it",
                )
                .fix("run `throughline seal`"),
            );
        }
        Ok(note)
    }

    /// Drops files that are gone, unless another file holds the same note (it was renamed).
    fn forget_gone(&mut self, files: &[NoteFile], changes: &mut Changes) -> usize {
        let there: HashSet<&str> = files.iter().map(NoteFile::path).collect();
        let gone: Vec<String> = self.known.keys().filter(|path| !there.contains(path.as_str())).cloned().collect();
        self.unreadable.retain(|path, _| there.contains(path.as_str()));
        let mut lost: Vec<NoteId> = gone.iter().filter_map(|path| self.known.remove(path)).map(|(_, id)| id).collect();
        let kept: HashSet<NoteId> = self.known.values().map(|(_, id)| *id).collect();
        lost.retain(|id| !kept.contains(id));
        changes.removed = lost;
        gone.len()
    }
}

fn unreadable(file: &NoteFile, error: &Error) -> Unreadable {
    let client = file.shelf().and_then(|shelf| shelf.client()).cloned();
    Unreadable { path: file.path().to_owned(), client, why: error.to_string() }
}

/// What the walk found beside notes, in sentences.
fn remarks(scan: &Scan) -> Vec<String> {
    let mut remarks = Vec::new();
    let files = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    if !scan.clear.is_empty() {
        remarks
            .push(format!("{} in the vault not sealed yet: `throughline seal` seals them.", files(scan.clear.len())));
    }
    if !scan.conflicts.is_empty() {
        remarks
            .push(format!("{} look like copies that a sync program made of a conflict.", files(scan.conflicts.len())));
    }
    match scan.skipped.len() {
        0 => {}
        1 => remarks.push("1 file is not read as a note: `throughline check --all` names it.".to_owned()),
        more => remarks.push(format!("{more} files are not read as notes: `throughline check --all` names them.")),
    }
    remarks
}

//! Bringing Markdown notes in from elsewhere.
//!
//! In goes a file or a folder; out come sealed notes and a report. Everything that can be read is taken as it is: the
//! text is never changed except for the lines by which a note says which note it is and where it came from. What cannot
//! be placed or read is reported and left where it was, and so is what belongs to another client than the one named for all.
//! Importing the same again adds nothing.

use super::import_report::ImportReport;
use super::{Error, shelf_for};
use crate::domain::{Class, ClientCode, Confidential, DatedBy, Note, NoteId};
use crate::notes::{self, Identity, Source};
use crate::vault::{Shelf, Vault, WriteLock};
use chrono::{DateTime, Local, NaiveDate};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// What to bring in.
#[derive(Debug)]
pub struct Import {
    /// A file or a folder.
    pub from: PathBuf,
    /// All notes go to this client; a note's own client is kept as `imported_client`.
    pub client: Option<ClientCode>,
}

/// What was brought in before.
#[derive(Debug, Default, Clone)]
pub struct Known {
    /// How many files of each content were brought in: as many are passed over, and no more, since two sessions may read
    /// the same.
    pub here: HashMap<String, usize>,
    /// Contents that other clients have than the one all notes go to now.
    pub elsewhere: HashMap<String, ClientCode>,
}

/// What would be brought in.
#[derive(Debug)]
pub struct Plan {
    notes: Vec<(Shelf, NoteId, Confidential)>,
    /// What was found, for telling.
    pub report: ImportReport,
}

/// Larger files are not notes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Folders deeper than this are not looked into.
const DEEPEST: usize = 32;

impl Import {
    /// Clients that notes would go to, as far as it is known before reading: for deciding whether the vault must be opened.
    pub fn target(&self) -> Option<&ClientCode> {
        self.client.as_ref()
    }

    /// Reads everything and decides what goes where. Writes nothing.
    ///
    /// `known` is what was brought in before, by hash. `progress` is told how many files were read.
    ///
    /// # Errors
    /// When the file or folder itself cannot be read.
    pub fn plan(&self, vault: &Vault, known: &Known, progress: &dyn Fn(usize)) -> Result<Plan, Error> {
        let mut report = ImportReport::default();
        let files = self.files(&mut report)?;
        let mut plan = Plan { notes: Vec::with_capacity(files.len()), report };
        let mut known = known.clone();
        let there: BTreeSet<ClientCode> = vault.clients()?.into_iter().collect();
        for (count, file) in files.iter().enumerate() {
            self.take((vault, &there), file, &mut known, &mut plan);
            progress(count + 1);
        }
        let wanted: BTreeSet<ClientCode> =
            plan.notes.iter().filter_map(|(shelf, ..)| shelf.client()).cloned().collect();
        plan.report.new_clients = wanted.difference(&there).cloned().collect();
        Ok(plan)
    }

    fn take(&self, (vault, there): (&Vault, &BTreeSet<ClientCode>), file: &Path, known: &mut Known, plan: &mut Plan) {
        let shown = self.shown(file);
        let bytes = match read(file) {
            Ok(bytes) => bytes,
            Err(cause) => return plan.report.not_read.push((shown, cause)),
        };
        for oddity in notes::oddities(&bytes, &shown) {
            plan.report.oddities.entry(oddity).or_default().push(shown.clone());
        }
        let hash = hash_of(&bytes);
        if let Some(left) = known.here.get_mut(&hash).filter(|left| **left > 0) {
            *left -= 1;
            plan.report.already += 1;
            return;
        }
        let id = vault.new_id();
        let written = written(file);
        let name = file.file_name().and_then(|name| name.to_str());
        let note = notes::read(&bytes, &Source { id, class: Class::Record, client: None, file_name: name, written });
        if let Some(why) = self.belongs_elsewhere(&note, there, known.elsewhere.get(&hash)) {
            return plan.report.left_out.push((shown, why));
        }
        let client = self.client.clone().or(note.client.clone()).filter(|_| note.kind.class() != Class::Practice);
        let shelf = match shelf_for(&note.kind, client.as_ref()) {
            Ok(shelf) => shelf,
            Err(misplaced) => {
                return plan.report.not_read.push((shown, format!("{misplaced}; name one with --client")));
            }
        };
        plan.report.count(&note);
        let text = self.text(&note, client.as_ref(), &shown, &hash, written);
        plan.notes.push((shelf, id, text));
    }

    /// Why a note is not copied to the client that all notes go to: it is another's who is there. A client that is not there
    /// may be how the notes were kept before.
    fn belongs_elsewhere(
        &self,
        note: &Note,
        there: &BTreeSet<ClientCode>,
        has_it: Option<&ClientCode>,
    ) -> Option<String> {
        let target = self.client.as_ref().filter(|_| note.kind.class() != Class::Practice)?;
        if let Some(named) = note.client.as_ref().filter(|named| *named != target && there.contains(named)) {
            return Some(format!(
                "it names another client, {named}, than {target}; without its `client:` line it is taken for {target}"
            ));
        }
        has_it.map(|other| {
            format!("client {other} has it already; `throughline new {target} --from-stdin` with it takes it for both")
        })
    }

    /// The note's text with the lines that say which note it is and where it came from.
    fn text(
        &self,
        note: &Note,
        client: Option<&ClientCode>,
        from: &str,
        hash: &str,
        written: NaiveDate,
    ) -> Confidential {
        let mut lines: Vec<(&str, String)> =
            vec![("imported_hash", hash.to_owned()), ("imported_from", from.to_owned())];
        if let (Some(own), Some(client)) = (&note.client, client)
            && own != client
        {
            lines.push(("imported_client", own.to_string()));
        }
        match note.dated_by {
            DatedBy::FileName if !notes::has_key(note.text.reveal(), "date") => {
                lines.push(("date", note.date.to_string()))
            }
            DatedBy::FileTime | DatedBy::FileName => lines.push(("imported_written", written.to_string())),
            _ => {}
        }
        let mut text = Confidential::new(note.text.reveal());
        for (key, value) in lines {
            text = notes::with_line(text.reveal(), key, Some(&value));
        }
        notes::with_identity(text.reveal(), &Identity { id: note.id, client, rev: 1 })
    }

    /// Markdown and text files, sorted; everything else is named in the report.
    fn files(&self, report: &mut ImportReport) -> Result<Vec<PathBuf>, Error> {
        let about = std::fs::metadata(&self.from).map_err(|cause| Error::file("read", &self.from, cause))?;
        if about.is_file() {
            return Ok(vec![self.from.clone()]);
        }
        let mut found = Vec::new();
        let mut folders = vec![(self.from.clone(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            let entries = match std::fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(cause) if depth == 0 => return Err(Error::file("read", &folder, cause)),
                Err(cause) => {
                    report.not_read.push((self.shown(&folder), cause.to_string()));
                    continue;
                }
            };
            for entry in entries.flatten() {
                let path = entry.path();
                // `file_type` does not follow links, so a link is neither file nor folder here.
                let Ok(kind) = entry.file_type() else { continue };
                let hidden = entry.file_name().to_string_lossy().starts_with('.');
                match () {
                    () if hidden || kind.is_symlink() => report.other_files.push(self.shown(&path)),
                    () if kind.is_dir() && depth < DEEPEST => folders.push((path, depth + 1)),
                    () if kind.is_file() && is_note_name(&path) => found.push(path),
                    () => report.other_files.push(self.shown(&path)),
                }
            }
        }
        found.sort();
        report.other_files.sort();
        Ok(found)
    }

    fn shown(&self, path: &Path) -> String {
        let within = path.strip_prefix(&self.from).ok().filter(|within| !within.as_os_str().is_empty());
        within
            .map_or_else(|| path.file_name().unwrap_or_default().to_string_lossy(), |within| within.to_string_lossy())
            .into_owned()
    }
}

impl Plan {
    /// Adds the clients and seals the notes. `progress` is told how many are sealed.
    ///
    /// # Errors
    /// When the vault refuses or the disk fails.
    pub fn carry_out(
        self,
        vault: &Vault,
        lock: &WriteLock,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<ImportReport, Error> {
        for code in &self.report.new_clients {
            vault.add_client(lock, code)?;
        }
        vault.seal_batch(lock, &self.notes, progress)?;
        Ok(self.report)
    }

    /// How many notes would be added.
    pub fn len(&self) -> usize {
        self.notes.len()
    }

    /// Whether nothing would be added.
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }
}

fn is_note_name(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["md", "markdown", "mdown", "txt"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

fn read(file: &Path) -> Result<Zeroizing<Vec<u8>>, String> {
    let size = std::fs::metadata(file).map_err(|cause| cause.to_string())?.len();
    if size > LARGEST {
        return Err("it is larger than 4 MiB".to_owned());
    }
    std::fs::read(file).map(Zeroizing::new).map_err(|cause| cause.to_string())
}

fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Local day on which a file was last written.
fn written(file: &Path) -> NaiveDate {
    let modified = std::fs::metadata(file).and_then(|about| about.modified());
    modified.map_or_else(|_| Local::now().date_naive(), |time| DateTime::<Local>::from(time).date_naive())
}

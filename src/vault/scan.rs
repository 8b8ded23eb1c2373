//! What lies in a vault, seen from outside.
//!
//! In goes a vault; out come its notes, clear files, conflict copies and what was left out and why, each list sorted by
//! path. No file is opened and no symbolic link followed: one listing per folder and one `stat` per note. What cannot be
//! listed is named, never silently absent.

use super::disk::{self, LARGEST_FILE, Stamp};
use super::error::{Error, ErrorKind};
use super::names::{self, NameKind};
use super::shelf::{self, Shelf, folder_of, join};
use super::store::Vault;
use super::vault_id::derived_note_id;
use crate::domain::{ClientCode, NoteId};
use std::collections::HashSet;
use std::fs::Metadata;
use std::path::Path;

/// Folders below folders, at most.
const DEEPEST: usize = 32;

/// A sealed note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedFile {
    /// Where it lies, relative to the vault, with `/`.
    pub path: String,
    /// Which shelf; none in a folder that this program did not make.
    pub shelf: Option<Shelf>,
    /// Its id: the file's name, else made of vault id and path.
    pub id: NoteId,
    /// Whether the file's name is the id.
    pub named_by_id: bool,
    /// What it looked like when it was listed.
    pub stamp: Stamp,
}

/// A note in clear text, where it should not stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClearFile {
    /// Where it lies, relative to the vault, with `/`.
    pub path: String,
    /// Which shelf; none in a folder that this program did not make.
    pub shelf: Option<Shelf>,
    /// What it looked like when it was listed.
    pub stamp: Stamp,
}

/// Something that is not read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Where it lies, relative to the vault, with `/`.
    pub path: String,
    /// Which shelf; none in a folder that this program did not make.
    pub shelf: Option<Shelf>,
    /// Completes "left out: …".
    pub why: &'static str,
}

/// What lies in a vault.
#[derive(Debug, Default)]
pub struct Scan {
    /// Sealed notes.
    pub notes: Vec<SealedFile>,
    /// Clear notes.
    pub clear: Vec<ClearFile>,
    /// Paths of copies that sync programs made.
    pub conflicts: Vec<String>,
    /// What is not read.
    pub skipped: Vec<Skipped>,
    /// Clients that have a folder.
    pub clients: Vec<ClientCode>,
}

impl Vault {
    /// Lists the vault.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] when its own folder cannot be listed; a folder inside becomes a [`Skipped`].
    pub fn scan(&self) -> Result<Scan, Error> {
        let mut walk = Walk { vault: self, found: Scan::default() };
        match self.root() {
            Some(root) => {
                if !disk::is_folder(root) {
                    return Err(Error::new(ErrorKind::NotFound, "list", root.display(), "the folder is gone"));
                }
                walk.folder(root, "", 0).map_err(|e| Error::io("list", root, e))?;
            }
            None => walk.embedded(),
        }
        let mut found = walk.found;
        found.notes.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        found.clear.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        found.skipped.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        found.conflicts.sort_unstable();
        found.clients = self.clients()?;
        Ok(found)
    }

    /// One sealed note as it lies there now, without listing the others.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when it is gone; [`ErrorKind::Input`] when the path is none of a sealed note's;
    /// [`ErrorKind::Io`].
    pub fn sealed_file(&self, path: &str) -> Result<SealedFile, Error> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let NameKind::Sealed(named) = names::kind_of(name) else {
            return Err(Error::new(ErrorKind::Input, "look at", path, "it is not named like a sealed note"));
        };
        let place = self.place_of(path)?;
        let stamp = Stamp::of_path(&place).map_err(|e| Error::io("look at", &place, e))?;
        let id = named.unwrap_or_else(|| self.derived_id(path));
        let shelf = Shelf::of_folder(folder_of(path));
        Ok(SealedFile { path: path.to_owned(), shelf, id, named_by_id: named.is_some(), stamp })
    }

    /// Identities that lie in the folder, clear or sealed with a passphrase: whoever gets the folder has them too.
    ///
    /// # Errors
    /// As for [`Vault::scan`]. Files that cannot be read are passed over.
    pub fn identities_inside(&self) -> Result<Vec<String>, Error> {
        const SMALL: u64 = 64 * 1024;
        let Some(root) = self.root() else { return Ok(Vec::new()) };
        let scan = self.scan()?;
        let others = scan.skipped.iter().map(|skipped| skipped.path.clone());
        let is_identity = |path: &String| {
            let bytes = disk::read(&root.join(path), SMALL).map(|(bytes, _)| zeroize::Zeroizing::new(bytes));
            bytes.is_ok_and(|bytes| {
                let clear = bytes.windows(16).any(|window| window.eq_ignore_ascii_case(b"AGE-SECRET-KEY-1"));
                clear || bytes.starts_with(b"age-encryption.org/v1\n-> scrypt ")
            })
        };
        Ok(others.filter(is_identity).collect())
    }

    /// The id of a note whose file is not named by one: made of the vault's id and the path, so that it stays the same.
    pub fn derived_id(&self, path: &str) -> NoteId {
        derived_note_id(self.id(), path)
    }

    /// The clients that have a folder, sorted.
    ///
    /// # Errors
    /// [`ErrorKind::Io`].
    pub fn clients(&self) -> Result<Vec<ClientCode>, Error> {
        let mut codes: Vec<ClientCode> = match self.embedded_files() {
            Some(files) => {
                let folders = files.filter_map(|(path, _)| path.strip_prefix(shelf::CLIENTS)?.strip_prefix('/'));
                folders.filter_map(|rest| ClientCode::parse(rest.split_once('/')?.0).ok()).collect()
            }
            None => {
                let place = self.place_of(shelf::CLIENTS)?;
                let codes = self.names_in(shelf::CLIENTS)?.into_iter().filter_map(|n| ClientCode::parse(&n).ok());
                codes.filter(|code| disk::is_folder(&place.join(code.as_str()))).collect()
            }
        };
        codes.sort_unstable();
        codes.dedup();
        Ok(codes)
    }
}

struct Walk<'a> {
    vault: &'a Vault,
    found: Scan,
}

impl Walk<'_> {
    /// Takes in one folder and those below it.
    fn folder(&mut self, place: &Path, path: &str, depth: usize) -> std::io::Result<()> {
        let entries = std::fs::read_dir(place)?.collect::<Result<Vec<_>, _>>()?;
        let names: HashSet<String> = entries.iter().filter_map(|e| e.file_name().into_string().ok()).collect();
        let shelf = Shelf::of_folder(path);
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else {
                self.skip(join(path, &entry.file_name().to_string_lossy()), "its name is not UTF-8");
                continue;
            };
            let below = join(path, &name);
            match entry.file_type() {
                Err(_) => self.skip(below, "it cannot be looked at"),
                Ok(_) if names::is_leftover(&name) => {}
                Ok(kind) if kind.is_dir() => {
                    self.subfolder(&entry.path(), below, &name, holds_no_notes(path, &names), depth)
                }
                Ok(kind) if kind.is_symlink() => self.skip(below, "it is a symbolic link"),
                Ok(kind) if !kind.is_file() => self.skip(below, "it is not a file"),
                Ok(_) => self.file(below, &name, shelf.as_ref(), &names, || entry.metadata()),
            }
        }
        Ok(())
    }

    fn subfolder(&mut self, place: &Path, path: String, name: &str, own: bool, depth: usize) {
        if path == names::LEDGER || (own && matches!(name, names::HISTORY | names::ATTACHMENTS)) {
            return;
        }
        if depth >= DEEPEST {
            return self.skip(path, "it lies more than 32 folders deep");
        }
        if self.folder(place, &path, depth + 1).is_err() {
            self.skip(path, "the folder cannot be listed");
        }
    }

    fn file(
        &mut self,
        path: String,
        name: &str,
        shelf: Option<&Shelf>,
        beside: &HashSet<String>,
        look: impl FnOnce() -> std::io::Result<Metadata>,
    ) {
        let kind = names::kind_of(name);
        let copy = names::original_of_numbered(name).is_some_and(|original| beside.contains(&original));
        match kind {
            NameKind::Ignored | NameKind::Key => {}
            NameKind::Conflict => self.found.conflicts.push(path),
            NameKind::Sealed(_) | NameKind::Clear if copy => self.found.conflicts.push(path),
            NameKind::Foreign => self.skip(path, "it is neither a sealed nor a clear note"),
            NameKind::Sealed(_) | NameKind::Clear => match look() {
                Err(_) => self.skip(path, "it cannot be looked at"),
                Ok(metadata) if metadata.len() > LARGEST_FILE => self.skip(path, "it is larger than 4 MiB"),
                Ok(metadata) => self.note(path, kind, shelf.cloned(), Stamp::of(&metadata)),
            },
        }
    }

    fn note(&mut self, path: String, kind: NameKind, shelf: Option<Shelf>, stamp: Stamp) {
        if let NameKind::Sealed(named) = kind {
            let id = named.unwrap_or_else(|| derived_note_id(self.vault.id(), &path));
            self.found.notes.push(SealedFile { path, shelf, id, named_by_id: named.is_some(), stamp });
        } else {
            self.found.clear.push(ClearFile { path, shelf, stamp });
        }
    }

    fn embedded(&mut self) {
        let vault = self.vault;
        for (path, size) in vault.embedded_files().into_iter().flatten() {
            let folder = folder_of(path);
            let apart = |name| matches!(name, names::HISTORY | names::ATTACHMENTS | names::LEDGER);
            let name = path.rsplit('/').next().unwrap_or(path);
            if folder.split('/').any(apart) {
                continue;
            }
            match names::kind_of(name) {
                kind @ (NameKind::Sealed(_) | NameKind::Clear) => {
                    self.note(path.to_owned(), kind, Shelf::of_folder(folder), Stamp::of_embedded(size));
                }
                NameKind::Conflict => self.found.conflicts.push(path.to_owned()),
                NameKind::Key | NameKind::Ignored | NameKind::Foreign => {}
            }
        }
    }

    fn skip(&mut self, path: String, why: &'static str) {
        let shelf = Shelf::of_folder(folder_of(&path));
        self.found.skipped.push(Skipped { path, shelf, why });
    }
}

/// Whether `history/` and `attachments/` in this folder are the vault's own: in a shelf, and wherever notes are sealed
/// by this program. In a folder of somebody else's making they may be names of anything, notes included.
pub(super) fn holds_no_notes(path: &str, names: &HashSet<String>) -> bool {
    Shelf::of_folder(path).is_some() || names.contains(names::RECIPIENTS)
}

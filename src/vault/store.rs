//! A vault: a folder of sealed notes (or files inside the binary), and a state folder that is never synced.
//!
//! In go paths that the caller found; out comes a [`Vault`] that can list, seal and place files. It holds no key: what
//! must be opened is opened by [`super::OpenVault`]. Paths inside a vault are relative, with `/` between names.

use super::disk::{self, LARGEST_FILE, Stamp};
use super::error::{Error, ErrorKind};
use super::lock::WriteLock;
use super::names::{self, MARKER};
use super::vault_id::{VaultId, random_note_id};
use crate::domain::NoteId;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The newest format this program reads and writes.
pub(super) const FORMAT: i64 = 1;

/// A folder with sealed notes. Holds no key.
#[derive(Debug)]
pub struct Vault {
    store: Store,
    id: VaultId,
}

/// Where the files are.
#[derive(Debug)]
enum Store {
    Folder { root: PathBuf, state: PathBuf },
    Embedded(BTreeMap<String, Cow<'static, [u8]>>),
}

impl Vault {
    /// The nearest folder at or above `start` that is a vault.
    pub fn find_upwards(start: &Path) -> Option<PathBuf> {
        start.ancestors().find(|folder| folder.join(MARKER).is_file()).map(Path::to_owned)
    }

    /// Takes up the vault in a folder. What is private to this device lies in `state_base/<vault id>`, which is made,
    /// 0700, if it is not there.
    ///
    /// # Errors
    /// [`ErrorKind::NoVault`], [`ErrorKind::NewerFormat`], [`ErrorKind::Damaged`] for a `throughline.toml` that does not
    /// read, [`ErrorKind::Io`].
    pub fn at(root: &Path, state_base: &Path) -> Result<Self, Error> {
        let marker = root.join(MARKER);
        let (bytes, _) = disk::read(&marker, LARGEST_FILE).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
                Error::new(ErrorKind::NoVault, "open the vault", root.display(), "it holds no throughline.toml")
                    .hinting("`throughline init` makes a vault")
            }
            _ => Error::io("open the vault with", &marker, e),
        })?;
        let id = read_marker(&marker.display().to_string(), &bytes)?;
        Self::in_folder(root, state_base, id)
    }

    /// A vault out of files inside the binary. It can be read and nothing else.
    ///
    /// # Errors
    /// As for [`Vault::at`].
    pub fn embedded(files: Vec<(String, Cow<'static, [u8]>)>) -> Result<Self, Error> {
        let files: BTreeMap<_, _> = files.into_iter().collect();
        let marker = files.get(MARKER).ok_or_else(|| {
            Error::new(ErrorKind::NoVault, "open", "the embedded vault", "it holds no throughline.toml")
        })?;
        let id = read_marker(MARKER, marker)?;
        Ok(Self { store: Store::Embedded(files), id })
    }

    /// The same folder with the id at hand: for [`Vault::create`], where the marker is written last.
    pub(super) fn in_folder(root: &Path, state_base: &Path, id: VaultId) -> Result<Self, Error> {
        let state = state_base.join(id.as_str());
        disk::make_folders(&state).map_err(|e| Error::io("make the state folder", &state, e))?;
        let root = std::fs::canonicalize(root).map_err(|e| Error::io("open the vault", root, e))?;
        Ok(Self { store: Store::Folder { root, state }, id })
    }

    /// Which vault it is.
    pub fn id(&self) -> &VaultId {
        &self.id
    }

    /// Its folder; none for a vault inside the binary.
    pub fn root(&self) -> Option<&Path> {
        match &self.store {
            Store::Folder { root, .. } => Some(root),
            Store::Embedded(_) => None,
        }
    }

    /// Whether it lies inside the binary and can only be read.
    pub fn is_embedded(&self) -> bool {
        self.root().is_none()
    }

    /// Takes the writer's lock, waiting for it as long as said.
    ///
    /// # Errors
    /// [`ErrorKind::Busy`], naming who holds it; [`ErrorKind::Input`] for an embedded vault; [`ErrorKind::Io`].
    pub fn lock(&self, wait: Duration) -> Result<WriteLock, Error> {
        WriteLock::take(self.state()?, &self.id, wait)
    }

    /// A random id for a new note.
    pub fn new_id(&self) -> NoteId {
        random_note_id()
    }

    /// What is private to this device about this vault.
    pub(super) fn state(&self) -> Result<&Path, Error> {
        match &self.store {
            Store::Folder { state, .. } => Ok(state),
            Store::Embedded(_) => Err(read_only()),
        }
    }

    /// Where a file lies on the disk. Refuses anything but plain names below the vault's folder, and folders that are
    /// symbolic links: they could lead anywhere.
    pub(super) fn place_of(&self, path: &str) -> Result<PathBuf, Error> {
        let root = self.root().ok_or_else(read_only)?;
        if !is_plain(path) {
            return Err(Error::new(ErrorKind::Input, "use", path, "it is not a path inside the vault"));
        }
        for (at, _) in path.match_indices('/') {
            let above = root.join(path.get(..at).unwrap_or_default());
            if above.is_symlink() {
                return Err(Error::new(ErrorKind::Input, "use", path, "it lies behind a symbolic link"));
            }
        }
        Ok(if path.is_empty() { root.to_owned() } else { root.join(path) })
    }

    /// The bytes of a file and its stamp.
    pub(super) fn read_bytes(&self, path: &str) -> Result<(Cow<'_, [u8]>, Stamp), Error> {
        match &self.store {
            Store::Folder { .. } => {
                let place = self.place_of(path)?;
                let (bytes, stamp) = disk::read(&place, LARGEST_FILE).map_err(|e| Error::io("read", &place, e))?;
                Ok((Cow::Owned(bytes), stamp))
            }
            Store::Embedded(files) => {
                let bytes = files.get(path).ok_or_else(|| {
                    Error::new(ErrorKind::NotFound, "read", path, "there is no such file in the example vault")
                })?;
                Ok((Cow::Borrowed(bytes), Stamp::of_embedded(bytes.len())))
            }
        }
    }

    /// The bytes of a small file, or none when there is no such file.
    pub(super) fn read_if_there(&self, path: &str) -> Result<Option<Cow<'_, [u8]>>, Error> {
        match self.read_bytes(path) {
            Ok((bytes, _)) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The names of the private keys in a folder, sorted. A folder that is not there has none.
    pub(super) fn key_names(&self, folder: &str) -> Result<Vec<String>, Error> {
        let mut names: Vec<String> = self.names_in(folder)?.into_iter().filter(|name| names::is_key(name)).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// The names in a folder, unsorted; none for a folder that is not there or is a symbolic link.
    pub(super) fn names_in(&self, folder: &str) -> Result<Vec<String>, Error> {
        match &self.store {
            Store::Folder { .. } => {
                let place = self.place_of(folder)?;
                if !disk::is_folder(&place) {
                    return Ok(Vec::new());
                }
                let fail = |e| Error::io("list", &place, e);
                let entries = std::fs::read_dir(&place).map_err(fail)?;
                let names = entries.map(|entry| entry.map(|e| e.file_name().into_string().ok()));
                Ok(names.collect::<Result<Vec<_>, _>>().map_err(fail)?.into_iter().flatten().collect())
            }
            Store::Embedded(files) => {
                let inside = |path: &String| super::shelf::folder_of(path) == folder;
                let names = files.keys().filter(|path| inside(path));
                Ok(names.filter_map(|path| path.rsplit('/').next().map(str::to_owned)).collect())
            }
        }
    }

    /// The files of an embedded vault with their sizes; none for a folder.
    pub(super) fn embedded_files(&self) -> Option<impl Iterator<Item = (&str, usize)>> {
        match &self.store {
            Store::Folder { .. } => None,
            Store::Embedded(files) => Some(files.iter().map(|(path, bytes)| (path.as_str(), bytes.len()))),
        }
    }
}

fn read_only() -> Error {
    Error::new(ErrorKind::Input, "write to", "the example vault", "it lies inside the program and can only be read")
        .hinting("`throughline init` makes a vault of your own")
}

/// Whether each part of a path is a plain name.
fn is_plain(path: &str) -> bool {
    path.is_empty() || path.split('/').all(|name| !matches!(name, "" | "." | "..") && !name.contains(['\0', '\\']))
}

/// Reads `throughline.toml`: the format first, since all else may mean something new in a newer one.
fn read_marker(file: &str, bytes: &[u8]) -> Result<VaultId, Error> {
    let damaged = |cause: &str| Error::new(ErrorKind::Damaged, "open the vault with", file, cause);
    let text = std::str::from_utf8(bytes).map_err(|_| damaged("it is not UTF-8 text"))?;
    let table: toml::Table = text.parse().map_err(|_| damaged("it is not TOML"))?;
    match table.get("format").and_then(toml::Value::as_integer) {
        Some(FORMAT) => {}
        Some(newer) if newer > FORMAT => {
            let cause = format!("it is of format {newer}, and this program knows formats up to {FORMAT}");
            return Err(Error::new(ErrorKind::NewerFormat, "open the vault with", file, cause)
                .hinting("use a newer version of throughline"));
        }
        _ => return Err(damaged("it has no line `format = 1`")),
    }
    let id = table.get("id").and_then(toml::Value::as_str).and_then(VaultId::parse);
    id.ok_or_else(|| damaged("it has no vault id of 8 to 64 characters out of a-z and 0-9"))
}

/// What `throughline.toml` holds.
pub(super) fn write_marker(id: &VaultId) -> String {
    format!("# A throughline vault. Nothing in here is secret.\nformat = {FORMAT}\nid = \"{id}\"\n")
}

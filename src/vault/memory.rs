//! Storage that never reaches a disk, for text that an editor must see as a file.
//!
//! In go a vault's id and folders to try; out come folders, 0700, each used by one process and emptied and removed when
//! that process lets go of it. A folder whose file system is not held in memory is used only when the caller names it as
//! a disk. What a killed run left is found by its lock, which died with it.

use super::disk;
use super::error::{Error, ErrorKind};
use super::vault_id::{VaultId, random_note_id};
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Seek, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The desk's folder: always the same path for one vault, so that editors find their files again.
const DESK: &str = "desk";

/// How folders of single edits begin.
const BENCH: &str = "edit-";

/// What the messages of this module try to do.
const ACTION: &str = "use the folder for clear text";

/// Where clear text of one vault may be.
#[derive(Debug)]
pub struct Storage {
    base: PathBuf,
    on_disk: bool,
}

/// A folder of this process alone. Emptied and removed on drop.
#[derive(Debug)]
pub struct MemoryFolder {
    path: PathBuf,
    stays: bool,
    // Held so that nobody takes the folder for one that a killed run left.
    _lock: File,
}

/// Finds storage under the first candidate that is held in memory, else in `disk` if that is allowed.
///
/// # Errors
/// [`ErrorKind::Input`] when no candidate is held in memory and no disk is allowed, or the folder belongs to somebody
/// else; [`ErrorKind::Io`].
pub fn storage(vault: &VaultId, candidates: &[PathBuf], disk: Option<&Path>) -> Result<Storage, Error> {
    let in_memory = candidates.iter().find(|candidate| is_in_memory(candidate));
    let base = match (in_memory, disk) {
        (Some(folder), _) => folder.join(format!("throughline-{vault}")),
        (None, Some(folder)) => folder.to_owned(),
        (None, None) => {
            let cause = "there is no memory-backed folder";
            return Err(Error::new(ErrorKind::Input, "keep", "clear text off the disk", cause).hinting(
                "mount a tmpfs and name it in XDG_RUNTIME_DIR; `--allow-disk` writes to a disk, which keeps traces",
            ));
        }
    };
    let storage = Storage { base, on_disk: in_memory.is_none() };
    storage.make_base()?;
    Ok(storage)
}

impl Storage {
    /// Whether it is a disk, which keeps traces of what was written to it.
    pub fn is_on_disk(&self) -> bool {
        self.on_disk
    }

    /// The folder that all others lie in.
    pub fn base(&self) -> &Path {
        &self.base
    }

    /// Where the desk is, whether it is open or not.
    pub fn desk_path(&self) -> PathBuf {
        self.base.join(DESK)
    }

    /// A folder for one edit, under a name that no other has.
    ///
    /// # Errors
    /// [`ErrorKind::Io`].
    pub fn bench(&self) -> Result<MemoryFolder, Error> {
        let path = self.base.join(format!("{BENCH}{}", random_note_id()));
        self.take(&path)?.ok_or_else(|| busy(&path, "an edit"))
    }

    /// The desk. What a killed run left on it is still there.
    ///
    /// # Errors
    /// [`ErrorKind::Busy`] when another process has it; [`ErrorKind::Io`].
    pub fn desk(&self) -> Result<MemoryFolder, Error> {
        let path = self.desk_path();
        self.take(&path)?.ok_or_else(|| busy(&path, "the desk"))
    }

    /// The desk that a killed run left, if there is one. It is this process's own now.
    ///
    /// # Errors
    /// [`ErrorKind::Io`].
    pub fn abandoned_desk(&self) -> Result<Option<MemoryFolder>, Error> {
        let path = self.desk_path();
        if disk::is_folder(&path) { self.take(&path) } else { Ok(None) }
    }

    /// Folders of single edits that nobody holds any more, with what a killed run left in them. They are this process's
    /// own now.
    ///
    /// # Errors
    /// [`ErrorKind::Io`].
    pub fn abandoned(&self) -> Result<Vec<MemoryFolder>, Error> {
        let fail = |error| Error::io(ACTION, &self.base, error);
        let mut paths = BTreeSet::new();
        for entry in std::fs::read_dir(&self.base).map_err(fail)? {
            let path = entry.map_err(fail)?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            // What lies beside a folder counts for it: a run that was killed before it made the folder, or after it
            // removed it, left its lock.
            if name.starts_with(BENCH) {
                paths.insert(path.with_extension(""));
            }
        }
        let mut found = Vec::new();
        for path in paths {
            found.extend(self.take(&path)?);
        }
        Ok(found)
    }

    /// Takes a folder, or none when somebody holds it.
    fn take(&self, path: &Path) -> Result<Option<MemoryFolder>, Error> {
        let fail = |error| Error::io(ACTION, path, error);
        // Another process that lets go of the last folder removes the base; then it is made again.
        for _ in 0..100 {
            self.make_base()?;
            let lock = match sole_user(&lock_path(path)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                other => other.map_err(fail)?,
            };
            let Some(lock) = lock else { return Ok(None) };
            disk::make_folder(path).map_err(fail)?;
            return Ok(Some(MemoryFolder { path: path.to_owned(), stays: false, _lock: lock }));
        }
        Err(busy(path, "the folder"))
    }

    fn make_base(&self) -> Result<(), Error> {
        let fail = |error| Error::io(ACTION, &self.base, error);
        if self.on_disk {
            disk::make_folders(&self.base).map_err(fail)?;
        }
        disk::make_folder(&self.base).map_err(fail)?;
        let Ok(metadata) = std::fs::symlink_metadata(&self.base) else { return Ok(()) };
        if !metadata.is_dir() || metadata.uid() != rustix::process::geteuid().as_raw() {
            let cause = "it belongs to somebody else";
            return Err(Error::new(ErrorKind::Input, ACTION, self.base.display(), cause));
        }
        match std::fs::set_permissions(&self.base, std::fs::Permissions::from_mode(0o700)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(fail(error)),
            _ => Ok(()),
        }
    }
}

/// Files that a killed run left in a vault's storage under candidates that are held in memory. Only looks: nothing is
/// made, taken or removed.
pub fn left_behind(vault: &VaultId, candidates: &[PathBuf]) -> Vec<PathBuf> {
    let bases = candidates.iter().filter(|candidate| is_in_memory(candidate));
    let mut found = Vec::new();
    for base in bases.map(|candidate| candidate.join(format!("throughline-{vault}"))) {
        let entries = std::fs::read_dir(&base).into_iter().flatten().flatten();
        for folder in entries.map(|entry| entry.path()).filter(|path| disk::is_folder(path)) {
            let held = File::open(lock_path(&folder)).is_ok_and(|lock| lock.try_lock_shared().is_err());
            if !held {
                found.extend(files_below(&folder));
            }
        }
    }
    found
}

impl MemoryFolder {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The files in it and in folders below, sorted. Links are not followed.
    pub fn files(&self) -> Vec<PathBuf> {
        files_below(&self.path)
    }

    /// Overwrites and removes everything in the folder, which itself stays.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] for the first thing that cannot be removed; everything else is.
    pub fn empty(&self) -> Result<(), Error> {
        empty(&self.path).map_err(|error| Error::io("empty", &self.path, error))
    }

    /// Lets go of the folder and leaves what is in it for the next run, or for the user: it could not be sealed.
    pub fn leave(mut self) -> PathBuf {
        self.stays = true;
        self.path.clone()
    }
}

impl Drop for MemoryFolder {
    fn drop(&mut self) {
        if self.stays {
            return;
        }
        // Nothing can be reported from here; the next run finds what is left.
        let _ = empty(&self.path);
        let _ = std::fs::remove_dir(&self.path);
        let _ = std::fs::remove_file(notes_about(&self.path));
        let _ = std::fs::remove_file(lock_path(&self.path));
        if let Some(base) = self.path.parent() {
            // Fails as long as others have folders in it, and then it must stay.
            let _ = std::fs::remove_dir(base);
        }
    }
}

/// Removes what is in a folder and overwrites what it held. Goes on after a failure and gives the first.
fn empty(folder: &Path) -> io::Result<()> {
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

fn busy(path: &Path, what: &str) -> Error {
    Error::new(ErrorKind::Busy, "open", path.display(), format!("another process has {what} of this vault open"))
        .hinting("use that one, or end it")
}

/// Takes the lock file, or none when somebody holds it.
fn sole_user(path: &Path) -> io::Result<Option<File>> {
    let mut options = OpenOptions::new();
    // Shared places such as /dev/shm let anybody plant a link under a name that can be foreseen.
    options.write(true).create(true).truncate(false).mode(0o600);
    let lock = options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32).open(path)?;
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(error),
        Ok(()) => {}
    }
    // The last user may have removed the file between our opening and locking it; then the lock is on nothing.
    let same = std::fs::symlink_metadata(path).is_ok_and(|now| lock.metadata().is_ok_and(|l| l.ino() == now.ino()));
    Ok(same.then_some(lock))
}

/// Beside the folder and not in it, so that the folder holds nothing but notes.
fn lock_path(folder: &Path) -> PathBuf {
    folder.with_extension("lock")
}

/// Where the owner of a folder may write down what is in it: beside it, and removed with it.
pub fn notes_about(folder: &Path) -> PathBuf {
    folder.with_extension("about")
}

/// Whether a folder's file system is held in memory.
#[cfg(target_os = "linux")]
pub fn is_in_memory(path: &Path) -> bool {
    const TMPFS: u32 = 0x0102_1994;
    const RAMFS: u32 = 0x8584_58f6;
    // The width and sign of the field differ from machine to machine; the magic numbers have 32 bits.
    rustix::fs::statfs(path).is_ok_and(|found| [TMPFS, RAMFS].contains(&(found.f_type as u32)))
}

/// Elsewhere nothing can be said about a folder, so none is used.
#[cfg(not(target_os = "linux"))]
pub fn is_in_memory(_path: &Path) -> bool {
    false
}

#[cfg(all(test, target_os = "linux"))]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{ErrorKind, Storage, VaultId, storage};
    use std::os::unix::fs::PermissionsExt;
    use std::path::{Path, PathBuf};

    fn of_a_vault() -> Storage {
        storage(&VaultId::random().unwrap(), &[PathBuf::from("/dev/shm")], None).unwrap()
    }

    #[test]
    fn a_disk_is_never_taken_for_memory_and_is_used_only_when_it_is_named() {
        let id = VaultId::random().unwrap();
        let disks = [PathBuf::from("/proc"), PathBuf::from("/no/such/folder")];
        assert_eq!(storage(&id, &disks, None).unwrap_err().kind(), ErrorKind::Input);
        let folder = tempfile::tempdir().unwrap();
        let named = storage(&id, &disks, Some(&folder.path().join("clear"))).unwrap();
        assert!(named.is_on_disk());
        assert!(named.bench().unwrap().path().starts_with(folder.path()));
    }

    #[test]
    fn each_edit_has_a_private_folder_of_its_own_and_nothing_is_left_afterwards() {
        let storage = of_a_vault();
        let (one, two) = (storage.bench().unwrap(), storage.bench().unwrap());
        assert_ne!(one.path(), two.path());
        for path in [one.path(), two.path(), storage.base()] {
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        }
        std::fs::write(one.path().join("note.md"), "x").unwrap();
        assert!(storage.abandoned().unwrap().is_empty(), "what somebody holds is not abandoned");
        drop(one);
        assert!(storage.base().exists(), "the other one is still there");
        drop(two);
        assert!(!storage.base().exists());
    }

    #[test]
    fn there_is_one_desk_and_its_path_stays_the_same() {
        let storage = of_a_vault();
        let desk = storage.desk().unwrap();
        assert_eq!(desk.path(), storage.desk_path());
        assert_eq!(storage.desk().unwrap_err().kind(), ErrorKind::Busy);
        drop(desk);
        assert!(storage.abandoned_desk().unwrap().is_none());
        std::fs::write(storage.desk().unwrap().leave().join("note.md"), "x").unwrap();
        assert_eq!(storage.abandoned_desk().unwrap().unwrap().files().len(), 1);
        assert!(storage.abandoned_desk().unwrap().is_none(), "dropped, it is gone");
    }

    #[test]
    fn what_was_left_is_found_by_the_next_run_and_by_nobody_else() {
        let storage = of_a_vault();
        let bench = storage.bench().unwrap();
        std::fs::create_dir(bench.path().join("below")).unwrap();
        std::fs::write(bench.path().join("below/note.md"), "x").unwrap();
        let path = bench.leave();
        let found = storage.abandoned().unwrap();
        assert_eq!(found.iter().map(|folder| folder.path()).collect::<Vec<&Path>>(), [path.as_path()]);
        assert_eq!(found.iter().flat_map(|folder| folder.files()).count(), 1);
        assert!(storage.abandoned().unwrap().is_empty(), "it has an owner now");
        drop(found);
        assert!(!storage.base().exists());
    }
}

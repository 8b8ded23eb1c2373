//! Storage that never reaches a disk, for text that an editor must see as a file.
//!
//! In go a vault's id and folders to try; out comes a folder, 0700, always the same path for one vault, that is removed
//! on drop. A folder whose file system is not held in memory is never used.

use super::disk;
use super::error::{Error, ErrorKind};
use super::vault_id::VaultId;
use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// A folder in memory. Removed with all that is in it on drop.
#[derive(Debug)]
pub struct MemoryFolder {
    path: PathBuf,
    leftovers: bool,
    // Held so that a second process does not share, and then remove, the folder.
    _lock: File,
}

impl MemoryFolder {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a run that was killed left files in it.
    pub fn has_leftovers(&self) -> bool {
        self.leftovers
    }
}

impl Drop for MemoryFolder {
    fn drop(&mut self) {
        // Nothing can be reported from here; the next run finds what is left.
        let _ = std::fs::remove_dir_all(&self.path);
        let _ = std::fs::remove_file(lock_path(&self.path));
    }
}

/// Makes a vault's folder under the first candidate that is held in memory.
///
/// # Errors
/// [`ErrorKind::Input`] when no candidate is held in memory, or the folder belongs to somebody else;
/// [`ErrorKind::Busy`] when another process is using it; [`ErrorKind::Io`].
pub fn memory_folder(vault: &VaultId, candidates: &[PathBuf]) -> Result<MemoryFolder, Error> {
    let Some(base) = candidates.iter().find(|candidate| is_in_memory(candidate)) else {
        return Err(Error::new(
            ErrorKind::Input,
            "keep",
            "clear text off the disk",
            "there is no memory-backed folder",
        )
        .hinting("mount a tmpfs (Linux) or a RAM disk (macOS) and name it"));
    };
    let path = base.join(format!("throughline-{vault}"));
    let action = "use the memory-backed folder";
    let fail = |error| Error::io(action, &path, error);
    let Some(lock) = sole_user(&lock_path(&path)).map_err(fail)? else {
        let cause = "another process is editing notes of this vault";
        return Err(Error::new(ErrorKind::Busy, action, path.display(), cause));
    };
    disk::make_folder(&path).map_err(fail)?;
    let metadata = std::fs::symlink_metadata(&path).map_err(fail)?;
    if !metadata.is_dir() || metadata.uid() != rustix::process::geteuid().as_raw() {
        return Err(Error::new(ErrorKind::Input, action, path.display(), "it belongs to somebody else"));
    }
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).map_err(fail)?;
    let leftovers = std::fs::read_dir(&path).map_err(fail)?.next().is_some();
    Ok(MemoryFolder { path, leftovers, _lock: lock })
}

/// Takes the lock file, or none when somebody holds it.
fn sole_user(path: &Path) -> std::io::Result<Option<File>> {
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

#[cfg(target_os = "linux")]
fn is_in_memory(path: &Path) -> bool {
    const TMPFS: u32 = 0x0102_1994;
    const RAMFS: u32 = 0x8584_58f6;
    // The width and sign of the field differ from machine to machine; the magic numbers have 32 bits.
    rustix::fs::statfs(path).is_ok_and(|found| [TMPFS, RAMFS].contains(&(found.f_type as u32)))
}

/// Elsewhere nothing can be said about a folder, so none is used.
#[cfg(not(target_os = "linux"))]
fn is_in_memory(_path: &Path) -> bool {
    false
}

#[cfg(all(test, target_os = "linux"))]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{ErrorKind, VaultId, memory_folder};
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    #[test]
    fn a_disk_is_never_taken_for_memory() {
        let id = VaultId::random().unwrap();
        let error = memory_folder(&id, &[PathBuf::from("/proc"), PathBuf::from("/no/such/folder")]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input);
    }

    #[test]
    fn the_folder_is_private_the_same_each_time_used_by_one_and_gone_afterwards() {
        let candidates = [PathBuf::from("/dev/shm")];
        let id = VaultId::random().unwrap();
        let Ok(folder) = memory_folder(&id, &candidates) else { return };
        let path = folder.path().to_owned();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(memory_folder(&id, &candidates).unwrap_err().kind(), ErrorKind::Busy);
        std::fs::write(path.join("note.md"), "x").unwrap();
        drop(folder);
        assert!(!path.exists());
        let again = memory_folder(&id, &candidates).unwrap();
        assert!(again.path() == path && !again.has_leftovers());
    }
}

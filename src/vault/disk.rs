//! The few calls through which the vault touches a disk, each with the care that ciphertext nobody else has needs.
//!
//! In go absolute paths and sealed bytes; out come bytes, stamps and the system's errors. No symbolic link is followed
//! in the last step of a path, nothing blocks on a pipe, new files are 0600 and new folders 0700, and a flush that
//! failed counts as a failure. Nothing here knows a key or what the bytes mean.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::time::SystemTime;

/// Files above this many bytes are never read as notes.
pub(super) const LARGEST_FILE: u64 = 4 * 1024 * 1024;

/// What a file looked like from outside; two equal stamps mean that nobody wrote to it in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Time of the last change.
    pub modified: SystemTime,
    size: u64,
    inode: u64,
}

impl Stamp {
    /// The stamp of a file whose metadata is at hand.
    pub(super) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        Self { modified, size: metadata.len(), inode: metadata.ino() }
    }

    /// The stamp of a file or of what else stands under a path; links are not followed.
    ///
    /// # Errors
    /// When there is nothing.
    pub fn of_path(path: &Path) -> io::Result<Self> {
        fs::symlink_metadata(path).map(|metadata| Self::of(&metadata))
    }

    /// The stamp of a file inside the binary.
    pub(super) fn of_embedded(size: usize) -> Self {
        Self { modified: SystemTime::UNIX_EPOCH, size: size as u64, inode: 0 }
    }
}

/// Reads a regular file of at most `limit` bytes, with the stamp it had.
pub(super) fn read(path: &Path, limit: u64) -> io::Result<(Vec<u8>, Stamp)> {
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    let file = OpenOptions::new().read(true).custom_flags(flags.bits() as i32).open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    if metadata.len() > limit {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {limit} bytes")));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    // The limit holds for what is read too: the file may grow while we read.
    (&file).take(limit).read_to_end(&mut bytes)?;
    Ok((bytes, Stamp::of(&metadata)))
}

/// Whether a path is a folder and no symbolic link to one.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Makes a folder, 0700, and flushes the one it lies in. Says whether it was made; a symbolic link is an error.
pub(super) fn make_folder(path: &Path) -> io::Result<bool> {
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => {
            if let Some(parent) = path.parent() {
                flush_folder(parent)?;
            }
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && is_folder(path) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Makes a folder and those above it, each 0700.
pub(super) fn make_folders(path: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).recursive(true).create(path)
}

/// Writes a new file, 0600, and flushes it. A file that could not be written whole is taken away again.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // The failure is what the user must hear about; a leftover is found by the next run.
        let _ = fs::remove_file(path);
    }
    written
}

/// Gives a file its name, never over another file.
pub(super) fn place_new(temp: &Path, target: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, temp, CWD, target, RenameFlags::NOREPLACE) {
            Ok(()) => return Ok(()),
            // File systems that do not know the flag.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
    fs::hard_link(temp, target)?;
    // The note has its name; a second one that stays behind is ignored by every scan.
    let _ = fs::remove_file(temp);
    Ok(())
}

/// Gives a file the name of the one it takes the place of.
pub(super) fn place_over(temp: &Path, target: &Path) -> io::Result<()> {
    fs::rename(temp, target)
}

/// Keeps a file under a second name, so that it stays when the first gets new contents: by a link where the file system
/// has them, else by a flushed copy. The name is a hash, so what is there under it already is the same, or harmed.
pub(super) fn keep_as(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(error),
        Err(error) => {
            let (bytes, _) = read(from, LARGEST_FILE)?;
            let same = error.kind() == io::ErrorKind::AlreadyExists
                && read(to, LARGEST_FILE).is_ok_and(|(there, _)| there == bytes);
            if same { Ok(()) } else { write_whole(to, &bytes) }
        }
    }
}

/// Makes names in a folder last.
pub(super) fn flush_folder(path: &Path) -> io::Result<()> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    File::open(path)?.sync_all()
}

/// Writes a small file of our own whole: beside, flushed, renamed over, folder flushed.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut temp = path.as_os_str().to_owned();
    temp.push(format!(".{}.tmp", super::vault_id::random_note_id()));
    let temp = Path::new(&temp);
    write_new(temp, bytes)?;
    if let Err(error) = fs::rename(temp, path) {
        let _ = fs::remove_file(temp);
        return Err(error);
    }
    path.parent().map_or(Ok(()), flush_folder)
}

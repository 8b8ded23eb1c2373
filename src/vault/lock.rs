//! The writer's lock: one writer per vault on a machine; readers need none.
//!
//! In go a state folder and how long to wait; out comes a guard that ends with its process, whatever way that goes. The
//! lock file lies outside the vault, so it is never synced, and holds a process id and a time.

use super::error::{Error, ErrorKind};
use super::vault_id::VaultId;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

/// How long to sleep between tries.
const PAUSE: Duration = Duration::from_millis(25);

/// Held while something is written. Let go on drop.
#[derive(Debug)]
pub struct WriteLock {
    // The lock lives as long as this is open.
    _file: File,
    vault: VaultId,
}

/// No writer can begin while this is held. Let go on drop.
#[derive(Debug)]
pub(super) struct QuietTime(#[allow(dead_code, reason = "the lock lives as long as this is open")] Option<File>);

impl WriteLock {
    /// Takes the lock, trying again until `wait` has passed.
    pub(super) fn take(state: &Path, vault: &VaultId, wait: Duration) -> Result<Self, Error> {
        let path = state.join("lock");
        let fail = |error| Error::io("lock the vault with", &path, error);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let mut file = options.open(&path).map_err(fail)?;
        let deadline = Instant::now() + wait;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(error)) => return Err(fail(error)),
                Err(TryLockError::WouldBlock) if Instant::now() >= deadline => return Err(busy(&mut file, &path)),
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            }
        }
        // Who holds it is a courtesy to those who wait; the lock holds without it.
        let _ = write_holder(&mut file);
        Ok(Self { _file: file, vault: vault.clone() })
    }

    /// Keeps writers from beginning for as long as what it gives is held; none when one is at work. Nothing is written:
    /// this is for those who only look.
    pub(super) fn hold_off(state: &Path) -> Result<Option<QuietTime>, Error> {
        let path = state.join("lock");
        let fail = |error| Error::io("look at the lock", &path, error);
        let file = match File::open(&path) {
            Ok(file) => file,
            // Nobody has written to this vault from this device.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Some(QuietTime(None))),
            Err(error) => return Err(fail(error)),
        };
        match file.try_lock_shared() {
            Ok(()) => Ok(Some(QuietTime(Some(file)))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(fail(error)),
        }
    }

    /// Refuses a lock that was taken for another vault.
    pub(super) fn must_be_for(&self, vault: &VaultId) -> Result<(), Error> {
        if self.vault == *vault {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Input, "write to", "the vault", "the lock that is held belongs to another vault"))
    }
}

fn write_holder(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    write!(file, "{}", std::process::id())
}

fn busy(file: &mut File, path: &Path) -> Error {
    let mut holder = String::new();
    let _ = file.rewind().and_then(|()| file.take(32).read_to_string(&mut holder));
    let who = match holder.trim().parse::<u32>() {
        Ok(pid) => {
            let command = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
            let named = if command.is_empty() { String::new() } else { format!(" ({})", command.trim()) };
            format!("process {pid}{named}")
        }
        Err(_) => "another process".to_owned(),
    };
    let since = path.metadata().and_then(|m| m.modified()).ok();
    let age = since.and_then(|at| SystemTime::now().duration_since(at).ok());
    let since = age.map(|age| format!(", for {} s", age.as_secs())).unwrap_or_default();
    Error::new(ErrorKind::Busy, "write to", "the vault", format!("{who} is writing to it{since}"))
        .hinting("wait until it is done, or end it")
}

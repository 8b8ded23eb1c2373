//! Watching a vault, or a folder of drafts, for changes, by whatever program they are made.
//!
//! In goes a vault or a folder and a function; the function is called, on a thread of this module, when the folder has changed and
//! then been quiet for a moment, and when it has gone. It is told nothing but that: what changed is for a scan to see.
//! Reading files never counts as a change, else whoever reads on a change would never rest.

use super::disk;
use super::error::{Error, ErrorKind};
use super::names;
use super::store::Vault;
use notify::event::{AccessKind, AccessMode, CreateKind, EventKind};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Quiet this long means settled.
const QUIET: Duration = Duration::from_millis(40);
/// A folder that is never quiet is reported this often.
const PATIENCE: Duration = Duration::from_millis(500);
/// After a new folder: a file made in it before it was watched gave no sign of its own.
const ECHO: Duration = Duration::from_secs(1);
/// How often the root is looked at: a folder that was moved away gives no sign.
const LOOK: Duration = Duration::from_secs(2);
/// A change is reported this often without a sign, for file systems that give none.
const NET: Duration = Duration::from_secs(300);
/// How often a polled folder is walked.
const POLL: Duration = Duration::from_secs(5);
/// The first wait before a lost root is tried again; each later one is twice as long.
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
/// The longest wait before a lost root is tried again.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What is known about the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Something changed, and it is quiet now.
    Settled,
    /// The folder is gone. It is tried again, and [`Change::Settled`] says that it is back.
    Lost,
}

/// Watches until it is dropped.
#[derive(Debug)]
pub struct Watcher {
    signs: Option<Sender<Sign>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Watcher {
    fn drop(&mut self) {
        if let Some(signs) = self.signs.take() {
            let _ = signs.send(Sign::Stop);
        }
        // Dropped from within the function that it calls, it cannot wait for itself.
        if let Some(thread) = self.thread.take().filter(|t| t.thread().id() != std::thread::current().id()) {
            let _ = thread.join();
        }
    }
}

/// Calls `changed` whenever the vault has changed and settled. An embedded vault never changes.
///
/// # Errors
/// [`ErrorKind::Io`] when the folder can neither be watched nor polled.
pub fn watch(vault: &Vault, changed: impl Fn(Change) + Send + 'static) -> Result<Watcher, Error> {
    match vault.root() {
        Some(root) => watch_folder(root, changed),
        None => Ok(Watcher { signs: None, thread: None }),
    }
}

/// As [`watch()`], for a folder that is no vault: drafts, or a desk.
///
/// # Errors
/// [`ErrorKind::Io`] when the folder can neither be watched nor polled.
pub fn watch_folder(root: &Path, changed: impl Fn(Change) + Send + 'static) -> Result<Watcher, Error> {
    let root = root.to_owned();
    let (signs, received) = channel();
    let sensor = Sensor::on(&root, &signs).map_err(|why| Error::new(ErrorKind::Io, "watch", root.display(), why))?;
    let (of_thread, watched) = (signs.clone(), root.clone());
    let thread = std::thread::Builder::new()
        .name("vault-watch".to_owned())
        .spawn(move || Loop { root, signs: of_thread, received, changed, sensor: Some(sensor) }.run())
        .map_err(|e| Error::io("watch", &watched, e))?;
    Ok(Watcher { signs: Some(signs), thread: Some(thread) })
}

/// What the system's watcher tells the thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Changed,
    NewFolder,
    Stop,
}

/// The system's watcher on one folder.
struct Sensor {
    _watcher: Box<dyn notify::Watcher + Send>,
    /// Which folder it was: another of the same name is another folder.
    inode: u64,
}

impl Sensor {
    fn on(root: &Path, signs: &Sender<Sign>) -> Result<Self, String> {
        let inode = inode_of(root).ok_or("the folder is gone")?;
        let mut watcher: Box<dyn notify::Watcher + Send> =
            match RecommendedWatcher::new(reporter(signs), Config::default()) {
                Ok(watcher) => Box::new(watcher),
                Err(_) => polling(signs)?,
            };
        if watcher.watch(root, RecursiveMode::Recursive).is_err() {
            // No watches left, or a file system that has none.
            watcher = polling(signs)?;
            watcher.watch(root, RecursiveMode::Recursive).map_err(|_| "neither watching nor polling works")?;
        }
        Ok(Self { _watcher: watcher, inode })
    }
}

fn polling(signs: &Sender<Sign>) -> Result<Box<dyn notify::Watcher + Send>, String> {
    let config = Config::default().with_poll_interval(POLL);
    let watcher = PollWatcher::new(reporter(signs), config).map_err(|_| "neither watching nor polling works")?;
    Ok(Box::new(watcher))
}

fn reporter(signs: &Sender<Sign>) -> impl FnMut(notify::Result<Event>) + Send + 'static {
    let signs = signs.clone();
    move |event| {
        // A fault of the watcher may have cost an event.
        let sign = event.map_or(Some(Sign::Changed), |event| sign_of(&event));
        if let Some(sign) = sign {
            let _ = signs.send(sign);
        }
    }
}

/// What an event means; most mean nothing.
fn sign_of(event: &Event) -> Option<Sign> {
    if event.need_rescan() {
        return Some(Sign::NewFolder);
    }
    let of_interest = |path: &PathBuf| path.file_name().and_then(|n| n.to_str()).is_none_or(|n| !is_noise(n));
    if !event.paths.is_empty() && !event.paths.iter().any(of_interest) {
        return None;
    }
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Sign::Changed),
        EventKind::Access(_) => None,
        // On some systems a rename or a creation does not say of what.
        EventKind::Create(CreateKind::File) => Some(Sign::Changed),
        EventKind::Create(_) => Some(Sign::NewFolder),
        _ => Some(Sign::Changed),
    }
}

/// Editors' leftovers and our own unfinished files; not the recipients files, which begin with a dot too.
fn is_noise(name: &str) -> bool {
    let ours = [names::RECIPIENTS, names::KEY_RECIPIENTS, names::PROCESS_RECIPIENTS];
    names::is_leftover(name) && !ours.contains(&name)
}

fn inode_of(root: &Path) -> Option<u64> {
    std::fs::symlink_metadata(root).ok().filter(|metadata| metadata.is_dir()).map(|metadata| metadata.ino())
}

struct Loop<F> {
    root: PathBuf,
    signs: Sender<Sign>,
    received: Receiver<Sign>,
    changed: F,
    sensor: Option<Sensor>,
}

impl<F: Fn(Change)> Loop<F> {
    fn run(mut self) {
        let mut pause = LOOK;
        let mut net = Instant::now() + NET;
        let mut echo: Option<Instant> = None;
        loop {
            let now = Instant::now();
            let wait = echo.map_or(pause, |at| at.saturating_duration_since(now).min(pause));
            match self.received.recv_timeout(wait) {
                Ok(Sign::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(sign) => {
                    let Some(new_folder) = self.settle(sign == Sign::NewFolder) else { return };
                    if new_folder {
                        echo = Some(Instant::now() + ECHO);
                    }
                    if self.is_there() {
                        (self.changed)(Change::Settled);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    let now = Instant::now();
                    if now >= net || echo.is_some_and(|at| now >= at) {
                        net = now + NET;
                        echo = None;
                        if self.is_there() {
                            (self.changed)(Change::Settled);
                        }
                    }
                }
            }
            pause = self.keep_hold(pause);
        }
    }

    /// Waits until it is quiet. Says whether a folder was made; none when it is time to stop.
    fn settle(&self, mut new_folder: bool) -> Option<bool> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.received.recv_timeout(QUIET.min(left)) {
                Ok(Sign::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
                Ok(sign) => new_folder |= sign == Sign::NewFolder,
                Err(RecvTimeoutError::Timeout) => return Some(new_folder),
            }
            if left.is_zero() {
                return Some(new_folder);
            }
        }
    }

    fn is_there(&self) -> bool {
        self.sensor.as_ref().is_some_and(|sensor| inode_of(&self.root) == Some(sensor.inode))
    }

    /// Notices that the root has gone or is another folder, and takes hold of it again. Gives the next pause.
    fn keep_hold(&mut self, pause: Duration) -> Duration {
        if self.is_there() {
            return LOOK;
        }
        let just_lost = self.sensor.take().is_some();
        if just_lost {
            (self.changed)(Change::Lost);
        }
        if disk::is_folder(&self.root)
            && let Ok(sensor) = Sensor::on(&self.root, &self.signs)
        {
            self.sensor = Some(sensor);
            (self.changed)(Change::Settled);
            return LOOK;
        }
        if just_lost { SHORTEST_PAUSE } else { (pause * 2).min(LONGEST_PAUSE) }
    }
}

//! Every disk a program may have written to, searched for a word: names and bytes of all files that changed since.
//!
//! The long form walks each writable file system that is no memory, by the time of each file's last change. The short
//! form looks where programs of a user leave things: the home of the practice, temporary folders, the tester's own home.

use crate::practice::{Practice, full};
use crate::served::count;
use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// File systems that no disk is behind. What is not named here counts as a disk.
const NO_DISK: [&str; 20] = [
    "proc",
    "sysfs",
    "devtmpfs",
    "devpts",
    "tmpfs",
    "ramfs",
    "cgroup",
    "cgroup2",
    "securityfs",
    "debugfs",
    "tracefs",
    "pstore",
    "bpf",
    "mqueue",
    "hugetlbfs",
    "fusectl",
    "configfs",
    "binfmt_misc",
    "autofs",
    "efivarfs",
];

/// Those of them that keep files, in memory.
const MEMORY: [&str; 3] = ["tmpfs", "ramfs", "devtmpfs"];

/// How deep the short form looks into the tester's own home.
const SHALLOW: usize = 3;

/// Disks, and a moment from which on changes count.
pub struct Disks {
    since: SystemTime,
    home: PathBuf,
}

impl Disks {
    /// From now on.
    pub fn since_now(practice: &Practice) -> Self {
        // A file's times come from a clock that ticks more coarsely than the one read here.
        Self { since: SystemTime::now() - Duration::from_secs(1), home: practice.home().to_owned() }
    }

    /// Files that hold a text on any disk.
    pub fn holding(&self, text: &str) -> Vec<PathBuf> {
        let since = self.since.duration_since(SystemTime::UNIX_EPOCH).expect("a clock after 1970");
        let since = (since.as_secs() as i64, i64::from(since.subsec_nanos()));
        let fresh = |about: &Metadata| (about.ctime(), about.ctime_nsec()) >= since;
        let mut found: BTreeSet<PathBuf> = holding(&self.home, text, &|_| true).into_iter().collect();
        for (folder, depth) in places() {
            found.extend(search(&folder, depth, text, &fresh));
        }
        found.into_iter().collect()
    }
}

/// Files in memory-backed storage that hold a text.
pub fn in_memory(text: &str) -> Vec<PathBuf> {
    let mounts = mounts().into_iter().filter(|(_, kind)| MEMORY.contains(&kind.as_str()));
    let folders: BTreeSet<PathBuf> = mounts.map(|(folder, _)| folder).collect();
    folders.iter().flat_map(|folder| holding(folder, text, &|_| true)).collect()
}

/// Files below a folder, on its file system, whose name or bytes hold a text.
pub fn holding(folder: &Path, text: &str, wanted: &dyn Fn(&Metadata) -> bool) -> Vec<PathBuf> {
    search(folder, usize::MAX, text, wanted)
}

/// Whether a path lies on a disk, going by the longest mount point above it.
pub fn is_on_disk(path: &Path) -> bool {
    let above = mounts().into_iter().filter(|(folder, _)| path.starts_with(folder));
    let nearest = above.max_by_key(|(folder, _)| folder.as_os_str().len());
    nearest.is_some_and(|(_, kind)| !NO_DISK.contains(&kind.as_str()))
}

/// Where to look, and how deep.
fn places() -> Vec<(PathBuf, usize)> {
    if full() {
        let disks = mounts().into_iter().filter(|(_, kind)| !NO_DISK.contains(&kind.as_str()));
        return disks.map(|(folder, _)| (folder, usize::MAX)).collect();
    }
    let own = std::env::var_os("HOME").map(|home| (PathBuf::from(home), SHALLOW));
    let temporary = ["/tmp", "/var/tmp"].map(|folder| (PathBuf::from(folder), usize::MAX));
    temporary.into_iter().chain(own).collect()
}

/// Mount points that can be written to, with the kind of file system.
fn mounts() -> Vec<(PathBuf, String)> {
    let text = fs::read_to_string("/proc/mounts").expect("a list of mounts");
    let mounts = text.lines().filter_map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let writable = words.get(3)?.split(',').any(|option| option == "rw");
        let folder = words[1].replace("\\040", " ");
        writable.then(|| (PathBuf::from(folder), words[2].to_owned()))
    });
    mounts.collect()
}

fn search(folder: &Path, depth: usize, text: &str, wanted: &dyn Fn(&Metadata) -> bool) -> Vec<PathBuf> {
    // Both spellings that programs keep text in.
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    let Ok(device) = fs::metadata(folder).map(|about| about.dev()) else { return found };
    let mut folders = vec![(folder.to_owned(), 0)];
    while let Some((folder, below)) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let Ok(about) = fs::symlink_metadata(&path) else { continue };
            let named = entry.file_name().to_string_lossy().contains(text);
            let holds = || {
                let bytes = fs::read(&path).unwrap_or_default();
                count(&bytes, text.as_bytes()) + count(&bytes, &wide) > 0
            };
            if named || (about.is_file() && wanted(&about) && holds()) {
                found.push(path.clone());
            }
            if about.is_dir() && about.dev() == device && below < depth {
                folders.push((path, below + 1));
            }
        }
    }
    found
}

//! Other processes: which name a file, and which an editor started.
//!
//! In goes a path or a process, out come processes of this machine. Nothing is signalled or changed here. Where the
//! system has no `/proc`, nothing is found.

use rustix::process::Pid;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// Whether a living process names the file among its arguments: an editor that went on in the background.
pub fn is_named(file: &Path) -> bool {
    let own = std::process::id();
    let named = |pid: u32| {
        // A process that has ended has no arguments any more.
        let arguments = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        arguments.split(|byte| *byte == 0).any(|argument| argument == file.as_os_str().as_bytes())
    };
    all().into_iter().filter(|pid| *pid != own).any(named)
}

/// A process and everything it started that still runs.
pub(super) fn with_descendants(first: Pid) -> Vec<Pid> {
    let parents: Vec<(u32, u32)> = all().into_iter().filter_map(|pid| Some((pid, parent(pid)?))).collect();
    let mut family = vec![first];
    let mut at = 0;
    while let Some(pid) = family.get(at).copied() {
        let own = pid.as_raw_nonzero().get().unsigned_abs();
        let children = parents.iter().filter(|(_, parent)| *parent == own).map(|(child, _)| *child);
        family.extend(children.filter_map(|child| Pid::from_raw(i32::try_from(child).ok()?)).collect::<Vec<_>>());
        at += 1;
    }
    family
}

fn all() -> Vec<u32> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
}

fn parent(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold spaces and parentheses of its own.
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

//! Words that are written to a disk, if only for a moment: every call that writes, of a program and all it starts.
//!
//! What `strace` notes holds the word too, so it is kept in memory.

use crate::disk_search::is_on_disk;
use crate::practice::require;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The calls of one run.
pub struct Spill {
    folder: TempDir,
}

impl Spill {
    pub fn new() -> Self {
        require("strace");
        Self { folder: tempfile::tempdir_in("/dev/shm").expect("memory-backed storage") }
    }

    /// What to put before a command in a shell.
    pub fn strace(&self) -> String {
        let trace = self.folder.path().join("trace");
        let calls = "write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,splice,rename,renameat,renameat2,link,\
                     linkat,symlink,symlinkat,openat,open,creat,mkdir,mkdirat";
        format!("strace -f -y -s 1000000 -o {} -e trace={calls}", trace.display())
    }

    /// Files on a disk that a word was written to, or whose name it was in. Copies from memory to a disk count, whatever
    /// they hold.
    pub fn found(&self, word: &str) -> Vec<String> {
        let mut disks = HashMap::new();
        let mut on_disk = |path: &str| *disks.entry(path.to_owned()).or_insert_with(|| is_on_disk(Path::new(path)));
        let mut found = Vec::new();
        for line in self.lines() {
            let Some((name, arguments)) = call(&line) else { continue };
            match name {
                "write" | "pwrite64" | "writev" | "pwritev" | "pwritev2" => {
                    let path = descriptors(arguments).into_iter().next().unwrap_or_default();
                    if arguments.contains(word) && on_disk(&path) {
                        found.push(path);
                    }
                }
                "sendfile" | "copy_file_range" | "splice" => {
                    let paths = descriptors(arguments);
                    let moved = !arguments.contains(" = -1 ");
                    // `sendfile` names the target first, the others the source.
                    let (first, second) = (paths.first().cloned(), paths.get(1).cloned());
                    let (from, to) = if name == "sendfile" { (second, first) } else { (first, second) };
                    if let (Some(from), Some(to)) = (from, to)
                        && from.starts_with("/dev/shm/")
                        && moved
                        && on_disk(&to)
                    {
                        found.push(to);
                    }
                }
                _ => {
                    let paths = arguments.split('"').skip(1).step_by(2);
                    let made = !name.starts_with("open") || arguments.contains("O_CREAT");
                    found.extend(paths.filter(|path| made && path.contains(word) && on_disk(path)).map(str::to_owned));
                }
            }
        }
        found
    }

    /// Whether any write was seen: a trace that is empty finds nothing.
    pub fn saw_writes(&self) -> bool {
        self.lines().iter().any(|line| call(line).is_some_and(|(name, _)| name == "write"))
    }

    fn lines(&self) -> Vec<String> {
        let text = fs::read(self.folder.path().join("trace")).expect("a trace");
        String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
    }
}

/// The name of a call, and what follows.
fn call(line: &str) -> Option<(&str, &str)> {
    let (_, call) = line.split_once(' ')?;
    call.trim_start().split_once('(')
}

/// The paths of open files among arguments, as `3</path>`.
fn descriptors(arguments: &str) -> Vec<String> {
    let parts = arguments.split(", ").filter_map(|part| part.split_once('<'));
    let numbered = parts.filter(|(number, _)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
    numbered
        .filter_map(|(_, path)| Some(path.split_once('>')?.0.to_owned()))
        .filter(|path| path.starts_with('/'))
        .collect()
}

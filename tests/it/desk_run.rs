//! A running `desk` or `open`, ended when dropped.

use crate::practice::Practice;
use crate::served::{lives, signal, until};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};

/// The program with a desk.
pub struct DeskRun {
    child: Child,
    out: Arc<Mutex<String>>,
    err: Arc<Mutex<String>>,
    folder: PathBuf,
}

impl DeskRun {
    /// `desk` with these arguments, and everything laid out.
    pub fn start(practice: &Practice, arguments: &[&str]) -> Self {
        let mut all = vec!["desk"];
        all.extend(arguments);
        Self::of(practice, &all)
    }

    /// A command that opens a desk.
    pub fn of(practice: &Practice, arguments: &[&str]) -> Self {
        let mut command = practice.command();
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let (out, err) = (Arc::default(), Arc::default());
        hear(child.stdout.take().expect("a pipe"), &out);
        hear(child.stderr.take().expect("a pipe"), &err);
        let mut run = Self { child, out, err, folder: practice.memory().join("desk") };
        let folder = run.folder.display().to_string();
        until("the desk is open", || {
            assert!(run.still_runs(), "it ended: {}", run.said());
            run.out.lock().unwrap().contains(&folder).then_some(())
        });
        run
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file on the desk.
    pub fn file(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// The text of a file on the desk.
    #[track_caller]
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.file(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Adds a line to a file in place.
    #[track_caller]
    pub fn add(&self, path: &str, line: &str) {
        use std::io::Write;
        let mut file = fs::File::options().append(true).create(true).open(self.file(path)).expect("a file");
        file.write_all(format!("{line}\n").as_bytes()).expect("written");
    }

    /// Paths of all files on the desk, sorted.
    pub fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => found.push(path.strip_prefix(&self.folder).unwrap().display().to_string()),
                }
            }
        }
        found.sort();
        found
    }

    /// Everything that was said.
    pub fn said(&self) -> String {
        self.out.lock().unwrap().clone() + &self.err.lock().unwrap()
    }

    /// Waits until something was said.
    #[track_caller]
    pub fn hears(&self, text: &str) {
        until(&format!("`{text}` is said"), || self.said().contains(text).then_some(()));
    }

    /// The process without a key.
    pub fn parent(&self) -> u32 {
        self.child.id()
    }

    /// The process with the keys.
    pub fn keeper(&self) -> Option<u32> {
        crate::served::children_of(self.child.id()).into_iter().next()
    }

    pub fn still_runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Sends a signal and waits for the end.
    pub fn end(mut self, name: &str) -> (ExitStatus, String) {
        signal(self.child.id(), name);
        let child = &mut self.child;
        let status = until("the desk ends", || child.try_wait().expect("a process"));
        (status, self.said())
    }
}

impl Drop for DeskRun {
    fn drop(&mut self) {
        if self.still_runs() {
            signal(self.child.id(), "TERM");
            let child = &mut self.child;
            until("the desk ends", || child.try_wait().expect("a process"));
        }
    }
}

fn hear(mut from: impl Read + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            said.lock().unwrap().push_str(&String::from_utf8_lossy(&buffer[..read]));
        }
    });
}

/// Waits until a process has ended.
pub fn gone(pid: u32) {
    until("a process ends", || (!lives(pid)).then_some(()));
}

//! The calls by which a program changes a file system, as `strace` sees them, and one of them killed or refused.
//!
//! A first run lists the calls; each is known again by its name and its number among all calls of that name in its
//! thread. A later run of the same command on the same files is killed before that call, or the call fails.

use crate::practice::{Practice, Ran, require};
use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// Names of calls that may change something in a file system.
const CHANGING: &str = "open,openat,openat2,creat,write,pwrite64,writev,pwritev,pwritev2,copy_file_range,sendfile,splice,\
    fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,truncate,ftruncate,\
    fallocate,chmod,fchmod,fchmodat,symlink,symlinkat";

/// One call that changed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub name: String,
    /// Its number among all calls of this name in its thread, beginning with 1.
    pub number: usize,
    /// What it did, without what differs from run to run.
    pub shape: String,
}

/// What is done to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Harm {
    /// The process is killed before it.
    Kill,
    /// It fails.
    Error(&'static str),
}

/// A command that can be run again and again under `strace`.
pub struct Tracing<'a> {
    pub program: PathBuf,
    pub arguments: Vec<OsString>,
    /// What it reads on standard input.
    pub input: Option<PathBuf>,
    /// What is set in its environment.
    pub set: Vec<(&'static str, OsString)>,
    /// Other threads and processes too. Without it, what the program starts (an editor) runs untraced.
    pub follow: bool,
    pub practice: &'a Practice,
    /// Folders that differ from run to run, with what stands for them.
    pub places: Vec<(PathBuf, &'static str)>,
    /// Where `strace` writes: in memory, since it names files that a program must not find named anywhere.
    pub notes: TempDir,
}

/// The calls of one run.
pub struct Listed {
    pub ran: Ran,
    /// Those that can be harmed alone, in their order.
    pub calls: Vec<Call>,
    /// How many cannot, since another thread makes a call of the same name and number.
    pub beyond_reach: usize,
}

/// `strace` on a process that runs already; it ends with it.
pub struct Attached {
    child: Child,
}

/// A line of the trace.
struct Line {
    thread: String,
    call: Call,
    /// Whether something changes by it when it succeeds.
    writes: bool,
    /// What stands in it after the arguments.
    end: String,
}

impl Tracing<'_> {
    /// Runs the command as it is and lists the calls that can be harmed.
    pub fn list(&self, harm: Harm) -> Listed {
        let (ran, lines) = self.run(CHANGING, None);
        let (calls, beyond_reach) = within_reach(&lines, harm);
        Listed { ran, calls, beyond_reach }
    }

    /// Runs the command and harms one call of it; says too whether it was the one meant. What a command reads (the
    /// temporary folders of the machine) may make a call another one.
    pub fn harm(&self, call: &Call, harm: Harm) -> (Ran, bool) {
        let (ran, lines) = self.run(&call.name, Some(&harm.injection(call)));
        let hit = lines.iter().any(|line| harm.has_hit(call, line) && line.call.shape == call.shape);
        (ran, hit)
    }

    /// Watches a process of the command that runs already, all its threads, from now on.
    pub fn attach(&self, process: u32, harm: Option<(&Call, Harm)>) -> Attached {
        let inject = harm.map(|(call, harm)| harm.injection(call));
        let mut command = self.strace(harm.map_or(CHANGING, |(call, _)| &call.name), inject.as_deref());
        command.args(["-p", &process.to_string()]).stderr(Stdio::piped());
        let mut child = command.spawn().expect("strace starts");
        // It says so once it has all threads.
        let mut said = String::new();
        let heard = std::io::BufReader::new(child.stderr.take().expect("a pipe")).read_line(&mut said);
        assert!(heard.is_ok() && said.contains("attached"), "run the tests as root or allow ptrace: {said}");
        Attached { child }
    }

    /// What was seen of a process that was attached to and has ended: the calls within reach and how many are beyond it.
    pub fn seen(&self, mut attached: Attached, harm: Harm) -> (Vec<Call>, usize) {
        attached.child.wait().expect("strace ends with the process");
        within_reach(&self.read(), harm)
    }

    /// Whether the call was harmed in a process that was attached to and has ended.
    pub fn has_hit(&self, mut attached: Attached, call: &Call, harm: Harm) -> bool {
        attached.child.wait().expect("strace ends with the process");
        self.read().iter().any(|line| harm.has_hit(call, line))
    }

    /// Whether a call has failed by now because it was harmed.
    pub fn has_failed(&self) -> bool {
        String::from_utf8_lossy(&fs::read(self.trace()).unwrap_or_default()).contains("(INJECTED)")
    }

    fn run(&self, calls: &str, inject: Option<&str>) -> (Ran, Vec<Line>) {
        let mut command = self.strace(calls, inject);
        command.arg("--").arg(&self.program).args(&self.arguments);
        command.envs(self.set.iter().map(|(name, value)| (name, value)));
        if let Some(input) = &self.input {
            command.stdin(fs::File::open(input).expect("what is read on standard input"));
        }
        let ran = Ran::of(command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().expect("strace runs"));
        (ran, self.read())
    }

    fn strace(&self, calls: &str, inject: Option<&str>) -> Command {
        require("strace");
        let mut command: Command = self.practice.tool("strace");
        command.arg("-o").arg(self.trace()).args(["-y", "-s", "0", "-e", &format!("trace={calls}")]);
        if let Some(inject) = inject {
            command.args(["-e", inject]);
        }
        if self.follow {
            // One thread for what is done in parallel, so that the order is the same each time.
            command.arg("-f").env("RAYON_NUM_THREADS", "1");
        }
        // What a test runner puts there makes each start look for libraries in many folders.
        command.env_remove("LD_LIBRARY_PATH");
        command
    }

    fn trace(&self) -> PathBuf {
        self.notes.path().join("trace")
    }

    fn read(&self) -> Vec<Line> {
        let text = fs::read(self.trace()).expect("a trace");
        fs::remove_file(self.trace()).expect("the trace removed");
        self.lines(&String::from_utf8_lossy(&text))
    }

    fn lines(&self, text: &str) -> Vec<Line> {
        let mut counts: HashMap<(String, String), usize> = HashMap::new();
        let mut lines: Vec<Line> = Vec::new();
        for line in text.lines() {
            let (thread, line) = match line.split_once(' ') {
                Some((thread, rest)) if self.follow => (thread, rest.trim_start()),
                _ => ("", line),
            };
            // The end of a call that another thread's call came in between.
            if line.starts_with("<... ") {
                let begun = lines.iter_mut().rfind(|line| line.thread == thread);
                if let (Some(begun), Some((_, end))) = (begun, line.rsplit_once(" = ")) {
                    begun.end = end.trim().to_owned();
                }
                continue;
            }
            let Some((name, rest)) = line.split_once('(') else { continue };
            // `+++ exited`, `--- SIGCHLD`
            if name.contains(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
                continue;
            }
            let number = counts.entry((thread.to_owned(), name.to_owned())).or_default();
            *number += 1;
            let (arguments, end) = rest.rsplit_once(" = ").unwrap_or((rest, "?"));
            let arguments = arguments.trim_end().trim_end_matches("<unfinished ...>").trim_end().trim_end_matches(')');
            let call =
                Call { name: name.to_owned(), number: *number, shape: format!("{name}({})", self.shaped(arguments)) };
            let writes = changes(name, arguments);
            lines.push(Line { thread: thread.to_owned(), call, writes, end: end.trim().to_owned() });
        }
        lines
    }

    /// Arguments without what differs from run to run: folders of the test, random names, sizes.
    fn shaped(&self, arguments: &str) -> String {
        let mut text = arguments.to_owned();
        for (place, name) in &self.places {
            text = text.replace(&*place.to_string_lossy(), name);
        }
        let mut shaped = String::new();
        let mut word = String::new();
        for c in text.chars().chain([' ']) {
            if c.is_ascii_alphanumeric() {
                word.push(c);
                continue;
            }
            let key = shaped.ends_with("key-");
            shaped.push_str(if key || is_random(&word) { "*" } else { &word });
            shaped.push(c);
            word.clear();
        }
        shaped.trim_end().to_owned()
    }
}

impl Harm {
    fn injection(self, call: &Call) -> String {
        let what = match self {
            Self::Kill => "signal=KILL".to_owned(),
            Self::Error(name) => format!("error={name}"),
        };
        format!("inject={}:{what}:when={}", call.name, call.number)
    }

    fn has_hit(self, call: &Call, line: &Line) -> bool {
        match self {
            Self::Kill => (&line.call.name, line.call.number) == (&call.name, call.number) && line.end.ends_with('?'),
            Self::Error(_) => line.end.contains("(INJECTED)"),
        }
    }
}

/// Calls that changed something and can be harmed alone, and how many cannot.
fn within_reach(lines: &[Line], harm: Harm) -> (Vec<Call>, usize) {
    let mut beyond_reach = 0;
    let mut calls = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.writes && !line.end.starts_with('-')) {
        let same = |other: &&Line| {
            other.thread != line.thread && (&other.call.name, other.call.number) == (&line.call.name, line.call.number)
        };
        // A kill ends all, so only what comes before is in its way.
        let others = if harm == Harm::Kill { &lines[..at] } else { lines };
        match others.iter().find(same) {
            None => calls.push(line.call.clone()),
            Some(_) => beyond_reach += 1,
        }
    }
    (calls, beyond_reach)
}

/// Random names, hashes, and numbers.
fn is_random(word: &str) -> bool {
    if word.is_empty() {
        return false;
    }
    let drawn = word.bytes().all(|b| b"0123456789abcdefghjkmnpqrstvwxyz".contains(&b));
    let hash = word.bytes().all(|b| b.is_ascii_hexdigit());
    let number = word.bytes().all(|b| b.is_ascii_digit());
    (drawn && [8, 12].contains(&word.len())) || (hash && [16, 32, 64].contains(&word.len())) || number
}

/// Whether a call that succeeds changes a file or a folder.
fn changes(name: &str, arguments: &str) -> bool {
    match name {
        "open" | "openat" | "openat2" => {
            let writes = ["O_CREAT", "O_TRUNC", "O_WRONLY", "O_RDWR"].iter().any(|flag| arguments.contains(flag));
            writes && arguments.split('"').nth(1).is_some_and(is_file)
        }
        "write" | "pwrite64" | "writev" | "pwritev" | "pwritev2" | "fsync" | "fdatasync" | "ftruncate"
        | "fallocate" | "fchmod" => {
            let path = arguments.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
            path.is_some_and(|(path, _)| is_file(path))
        }
        _ => true,
    }
}

/// Files and folders, not terminals, pipes, sockets.
fn is_file(path: &str) -> bool {
    let device = Path::new(path).starts_with("/dev") && !Path::new(path).starts_with("/dev/shm");
    !device && !path.starts_with("/proc/") && path.starts_with('/')
}

/// Fails when fewer calls were harmed than can be put down to what else goes on in the machine.
#[track_caller]
pub fn most_were_hit(hits: usize, points: usize) {
    assert!(hits * 10 >= points * 8, "the same command makes other calls: {hits} of {points} were harmed");
}

/// At most so many, evenly spread, with the first and the last.
pub fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let last = all.len().saturating_sub(1);
    let wanted: Vec<usize> =
        if all.len() <= most { (0..all.len()).collect() } else { (0..most).map(|at| at * last / (most - 1)).collect() };
    all.into_iter().enumerate().filter(|(at, _)| wanted.contains(at)).map(|(_, one)| one).collect()
}

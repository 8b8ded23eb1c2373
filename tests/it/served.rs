//! A running `serve` or `demo`, and a visitor who speaks to it byte by byte.

use crate::practice::Practice;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long anything may take before the test has failed. Generous: nothing here measures time.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// Looks again and again until there is something; fails when there never is.
#[track_caller]
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A word that no note, page or program has by chance.
pub fn canary() -> String {
    let mut bytes = [0u8; 12];
    std::fs::File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes)).expect("random bytes");
    bytes.iter().map(|byte| char::from(b'a' + byte % 26)).chain("zq".chars()).collect()
}

/// Places where `needle` stands.
pub fn count(haystack: &[u8], needle: &[u8]) -> usize {
    let first = needle[0];
    let mut found = 0;
    let mut rest = haystack;
    while let Some(at) = rest.iter().position(|byte| *byte == first) {
        rest = &rest[at..];
        found += usize::from(rest.starts_with(needle));
        rest = &rest[1..];
    }
    found
}

/// An answer as it came over the socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Status line and fields.
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head of text");
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).expect("a status");
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    /// All values of a field.
    pub fn fields(&self, name: &str) -> Vec<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        lines.filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}\n\n{}", self.head, self.text());
        self
    }
}

/// Sends bytes and reads until the other side closes.
pub fn exchange(host: &str, bytes: &[u8]) -> Answer {
    let mut stream = connect(host);
    stream.write_all(bytes).expect("sent");
    stream.shutdown(Shutdown::Write).expect("half closed");
    Answer::parse(&rest(&mut stream))
}

pub fn connect(host: &str) -> TcpStream {
    let stream = TcpStream::connect(host).expect("connected");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
    stream
}

/// What still comes. A reset after the answer is the same end.
pub fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    bytes
}

/// A server, ended when dropped.
pub struct Served {
    starter: Child,
    input: Option<ChildStdin>,
    out: Arc<Mutex<String>>,
    err: Arc<Mutex<String>>,
    /// The process with the socket.
    pub gate: u32,
    /// `127.0.0.1:PORT`
    pub host: String,
    /// The path of the first entry address.
    pub entry: String,
    cookie: String,
}

impl Served {
    /// `serve` on a practice, without a terminal, logged in.
    pub fn practice(practice: &Practice) -> Self {
        Self::with(practice, ["serve", "--today", "2026-03-10"])
    }

    /// The program with these arguments, without a terminal, logged in.
    pub fn with<S: AsRef<OsStr>>(practice: &Practice, arguments: impl IntoIterator<Item = S>) -> Self {
        Self::run(practice, arguments).logged_in()
    }

    /// The program with these arguments, without a terminal, not logged in.
    pub fn run<S: AsRef<OsStr>>(practice: &Practice, arguments: impl IntoIterator<Item = S>) -> Self {
        let mut command = at_home(practice);
        command.args(arguments);
        Self::start(command)
    }

    /// A command that serves, not logged in.
    pub fn start(mut command: Command) -> Self {
        let starter = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let starter = starter.expect("the program starts");
        let gate = starter.id();
        Self::follow(starter, None, || Some(gate))
    }

    /// `serve` in a terminal of its own, not logged in. What is typed goes in through [`Served::type_in`]; `before` is
    /// typed when the passphrase is asked for.
    pub fn in_terminal(practice: &Practice, arguments: &[&str], passphrase: Option<&str>) -> Self {
        crate::practice::require("script");
        let pid = practice.home().join("pid-of-the-gate");
        let line = format!(
            "echo $$ > {}.new; mv {0}.new {0}; exec {} {}",
            pid.display(),
            env!("CARGO_BIN_EXE_throughline"),
            arguments.join(" ")
        );
        let mut command = practice.tool("script");
        command.args(["-qefc", &line, "/dev/null"]).env("TMPDIR", temporary(practice)).env("SHELL", "/bin/sh");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut starter = command.spawn().expect("script starts");
        let mut input = starter.stdin.take();
        let passphrase = passphrase.map(|text| format!("{text}\n"));
        Self::follow_typing(starter, input.take(), passphrase, || {
            std::fs::read_to_string(&pid).ok()?.trim().parse().ok()
        })
    }

    fn follow(starter: Child, input: Option<ChildStdin>, gate: impl FnMut() -> Option<u32>) -> Self {
        Self::follow_typing(starter, input, None, gate)
    }

    fn follow_typing(
        mut starter: Child,
        mut input: Option<ChildStdin>,
        passphrase: Option<String>,
        gate: impl FnMut() -> Option<u32>,
    ) -> Self {
        // Apart: a line of one must not begin within a line of the other.
        let (out, err) = (Arc::default(), Arc::default());
        listen(starter.stdout.take().expect("a pipe"), &out);
        listen(starter.stderr.take().expect("a pipe"), &err);
        if let (Some(typed), Some(input)) = (passphrase, input.as_mut()) {
            until("the passphrase is asked for", || text_of(&out).contains("Passphrase:").then_some(()));
            input.write_all(typed.as_bytes()).expect("typed");
        }
        let address = until("an address is printed", || {
            assert!(matches!(starter.try_wait(), Ok(None)), "it ended: {}{}", text_of(&out), text_of(&err));
            entry_addresses(&text_of(&out)).pop()
        });
        let (host, entry) = split(&address);
        let gate = until("the process id is written", gate);
        Self { starter, input, out, err, gate, host, entry, cookie: String::new() }
    }

    pub fn logged_in(mut self) -> Self {
        let entry = self.entry.clone();
        self.log_in(&entry);
        self
    }

    /// Trades the token in a path for the cookie.
    #[track_caller]
    pub fn log_in(&mut self, entry: &str) {
        let answer = self.send("GET", entry, "", "").expect(303);
        let cookie = answer.fields("Set-Cookie").first().and_then(|value| value.split(';').next()).map(str::to_owned);
        self.cookie = cookie.expect("a cookie");
    }

    /// `name=value`
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    pub fn origin(&self) -> String {
        format!("http://{}", self.host)
    }

    /// A request with exactly these fields and the right host.
    pub fn send(&self, method: &str, path: &str, fields: &str, body: &str) -> Answer {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n{fields}\r\n{body}", self.host);
        exchange(&self.host, request.as_bytes())
    }

    /// GET with the cookie.
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &format!("Cookie: {}\r\n", self.cookie), "")
    }

    /// The text of a page that must be there.
    #[track_caller]
    pub fn page(&self, path: &str) -> String {
        self.get(path).expect(200).text()
    }

    /// An empty form with the cookie, as a page of the site sends it.
    pub fn post(&self, path: &str) -> Answer {
        self.post_form(path, "")
    }

    /// A form with the cookie.
    pub fn post_form(&self, path: &str, form: &str) -> Answer {
        let fields = format!(
            "Cookie: {}\r\nOrigin: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: {}\r\n",
            self.cookie,
            self.origin(),
            form.len()
        );
        self.send("POST", path, &fields, form)
    }

    /// Waits for a page that is as `wanted`.
    #[track_caller]
    pub fn page_until(&self, path: &str, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        until(what, || Some(self.get(path)).filter(|answer| answer.status == 200 && wanted(&answer.text()))).text()
    }

    /// Everything that was printed.
    pub fn said(&self) -> String {
        text_of(&self.out) + &text_of(&self.err)
    }

    /// Entry addresses printed so far, as paths.
    pub fn entries(&self) -> Vec<String> {
        entry_addresses(&text_of(&self.out)).iter().map(|address| split(address).1).collect()
    }

    pub fn type_in(&mut self, text: &str) {
        self.input.as_mut().expect("a terminal").write_all(text.as_bytes()).expect("typed");
    }

    /// The process with the notes, when there is one.
    pub fn keeper(&self) -> Option<u32> {
        children_of(self.gate).into_iter().next()
    }

    pub fn signal(&self, name: &str) {
        signal(self.gate, name);
    }

    /// Goes on after a stop. The terminal that the program runs in stops with it.
    pub fn go_on(&self) {
        signal(self.gate, "CONT");
        signal(self.starter.id(), "CONT");
    }

    /// Waits for the end.
    #[track_caller]
    pub fn ended(&mut self) -> ExitStatus {
        let starter = &mut self.starter;
        until("the program ends", || starter.try_wait().expect("a process"))
    }

    pub fn still_runs(&mut self) -> bool {
        matches!(self.starter.try_wait(), Ok(None))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if self.still_runs() {
            signal(self.gate, "TERM");
        }
        drop(self.input.take());
        let deadline = Instant::now() + Duration::from_secs(5);
        while self.still_runs() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.starter.kill();
        let _ = self.starter.wait();
    }
}

/// The program in a home, with a folder of its own for temporary files.
pub fn at_home(practice: &Practice) -> Command {
    let mut command = practice.command();
    command.env("TMPDIR", temporary(practice));
    command
}

/// Where a served practice keeps its temporary files.
pub fn temporary(practice: &Practice) -> PathBuf {
    let folder = practice.home().join("tmp");
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

pub fn signal(pid: u32, name: &str) {
    let status = Command::new("kill").args([&format!("-{name}"), &pid.to_string()]).status();
    assert!(status.is_ok_and(|status| status.success()), "process {pid} could not be signalled");
}

/// Whether there is such a process; one that has ended and was not waited for is none.
pub fn lives(pid: u32) -> bool {
    stat(pid).is_some_and(|(state, _)| !matches!(state, 'Z' | 'X'))
}

pub fn children_of(pid: u32) -> Vec<u32> {
    let all = std::fs::read_dir("/proc").expect("/proc").flatten();
    let pids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|child| stat(*child).is_some_and(|(state, parent)| parent == pid && state != 'Z')).collect()
}

/// State and parent of a process.
fn stat(pid: u32) -> Option<(char, u32)> {
    let text = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat")).ok()?;
    let mut words = text.rsplit_once(") ")?.1.split(' ');
    Some((words.next()?.chars().next()?, words.next()?.parse().ok()?))
}

/// Everything that was heard so far.
pub fn text_of(said: &Mutex<String>) -> String {
    said.lock().expect("not poisoned").clone()
}

/// Hears something out, in a thread.
pub fn listen(mut from: impl Read + Send + 'static, said: &Arc<Mutex<String>>) {
    let said = Arc::clone(said);
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            said.lock().expect("not poisoned").push_str(&String::from_utf8_lossy(&buffer[..read]));
        }
    });
}

/// Whole lines that are entry addresses.
fn entry_addresses(said: &str) -> Vec<String> {
    let lines = said.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(str::trim);
    lines.filter(|line| line.starts_with("http://127.0.0.1:") && line.contains("/enter/")).map(str::to_owned).collect()
}

fn split(address: &str) -> (String, String) {
    let rest = address.strip_prefix("http://").expect("a plain address");
    let (host, path) = rest.split_once('/').expect("a path");
    (host.to_owned(), format!("/{path}"))
}

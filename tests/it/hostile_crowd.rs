//! Crowds of visitors that mean harm to a server: they come in threads and keep coming until they are called off.
//!
//! Used by the tests, which ask whether a reader is still served, and by `benches/hostile.rs`, which asks how soon.

use crate::served::{Served, connect};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What the processes may have grown by after an attack, in kibibytes.
const MOST_GROWTH: u64 = 64 * 1024;

/// What an attacker knows: where, and perhaps a stolen cookie.
#[derive(Clone)]
pub struct Target {
    pub host: String,
    pub cookie: String,
}

/// Comes again and again until the flag says stop; each call is one wave.
pub type Wave = fn(&Target, &AtomicBool);

/// Every attack by its name, with how many attackers take part.
pub const ATTACKS: [(&str, usize, Wave); 14] = [
    ("500 idle connections", 1, idle),
    ("500 halves of a head", 1, halves),
    ("64 senders of a byte per half second", 1, slow_heads),
    ("64 senders of a form, a byte per half second", 1, slow_forms),
    ("64 readers who read nothing", 1, no_readers),
    ("64 readers of a byte per half second", 1, slow_readers),
    ("connections dropped in the middle", 2, half_open),
    ("200,000 requests in one connection, unread", 1, pipelined),
    ("64 MiB of head", 1, endless_head),
    ("1 TiB of body announced", 2, endless_body),
    ("strangers as fast as they can", 4, strangers),
    ("guesses at the entry as fast as they can", 4, guesses),
    ("connections opened and closed", 4, knocks),
    ("searches as fast as a stolen cookie allows", 2, searches),
];

/// An attack under way; called off when dropped.
pub struct Crowd {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Crowd {
    pub fn attack(target: &Target, attackers: usize, wave: Wave) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let begin = |_| {
            let (stop, target) = (Arc::clone(&stop), target.clone());
            thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    wave(&target, &stop);
                }
            })
        };
        Self { threads: (0..attackers).map(begin).collect(), stop }
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl Target {
    pub fn of(served: &Served) -> Self {
        Self { host: served.host.clone(), cookie: format!("Cookie: {}\r\n", served.cookie()) }
    }

    fn request(&self, method: &str, path: &str, fields: &str) -> String {
        format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n{fields}\r\n", self.host)
    }

    /// A connection that waits for nothing longer than half a second.
    fn knock(&self) -> Option<TcpStream> {
        let stream = TcpStream::connect(&self.host).ok()?;
        stream.set_read_timeout(Some(Duration::from_millis(500))).ok()?;
        stream.set_write_timeout(Some(Duration::from_millis(500))).ok()?;
        Some(stream)
    }

    /// So many connections that each say something and are kept.
    fn many(&self, count: usize, beginning: &str) -> Vec<TcpStream> {
        (0..count)
            .filter_map(|_| {
                let mut stream = self.knock()?;
                let _ = stream.write_all(beginning.as_bytes());
                Some(stream)
            })
            .collect()
    }
}

/// Looks whether the other side has hung up; each look takes half a second at most.
fn until_cut(mut streams: Vec<TcpStream>, stop: &AtomicBool, mut each: impl FnMut(&mut TcpStream)) {
    while !streams.is_empty() && !stop.load(Ordering::Relaxed) {
        let mut waited = false;
        streams.retain_mut(|stream| {
            // The first one paces the others.
            let _ = stream.set_nonblocking(waited);
            waited = true;
            let open =
                !matches!(stream.peek(&mut [0]), Ok(0)) && stream.take_error().is_ok_and(|error| error.is_none());
            each(stream);
            open
        });
    }
}

fn idle(target: &Target, stop: &AtomicBool) {
    until_cut(target.many(500, ""), stop, |_| ());
}

fn halves(target: &Target, stop: &AtomicBool) {
    until_cut(target.many(500, "GET / HTTP/1.1\r\nHost: 127.0.0.1"), stop, |_| ());
}

fn slow_heads(target: &Target, stop: &AtomicBool) {
    let drip = |stream: &mut TcpStream| drop(stream.write_all(b"x"));
    until_cut(target.many(64, "GET / HTTP/1.1\r\nX: "), stop, drip);
}

fn slow_forms(target: &Target, stop: &AtomicBool) {
    let begin = target.request("POST", "/search/", &format!("{}Content-Length: 8000\r\n", target.cookie));
    until_cut(target.many(64, &begin), stop, |stream| drop(stream.write_all(b"x")));
}

fn no_readers(target: &Target, stop: &AtomicBool) {
    let asked = target.many(64, &target.request("GET", "/clients/a7/", &target.cookie));
    until_cut(asked, stop, |_| ());
}

fn slow_readers(target: &Target, stop: &AtomicBool) {
    let asked = target.many(64, &target.request("GET", "/clients/a7/", &target.cookie));
    until_cut(asked, stop, |stream| drop(stream.read(&mut [0])));
}

fn half_open(target: &Target, _: &AtomicBool) {
    for (path, fields) in [("/", ""), ("/clients/a7/", target.cookie.as_str())] {
        let Some(mut stream) = target.knock() else { return };
        let request = target.request("GET", path, fields);
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.shutdown(Shutdown::Read);
        drop(stream);
        let Some(mut stream) = target.knock() else { return };
        let _ = stream.write_all(&request.as_bytes()[..request.len() / 2]);
    }
}

fn pipelined(target: &Target, stop: &AtomicBool) {
    let thousand = target.request("GET", "/", &target.cookie).repeat(1000);
    let Some(mut stream) = target.knock() else { return };
    for _ in 0..200 {
        if stop.load(Ordering::Relaxed) || stream.write_all(thousand.as_bytes()).is_err() {
            return;
        }
    }
}

fn endless_head(target: &Target, stop: &AtomicBool) {
    let part = format!("X: {}\r\n", "x".repeat(60_000));
    let Some(mut stream) = target.knock() else { return };
    let _ = stream.write_all(b"GET / HTTP/1.1\r\n");
    for _ in 0..1100 {
        if stop.load(Ordering::Relaxed) || stream.write_all(part.as_bytes()).is_err() {
            return;
        }
    }
}

fn endless_body(target: &Target, _: &AtomicBool) {
    for length in ["1099511627776", "18446744073709551615"] {
        said(target, &target.request("POST", "/search/", &format!("{}Content-Length: {length}\r\n", target.cookie)));
    }
}

fn strangers(target: &Target, _: &AtomicBool) {
    said(target, &target.request("GET", "/clients/a7/", ""));
}

fn guesses(target: &Target, _: &AtomicBool) {
    said(target, &target.request("GET", "/enter/0123456789abcdef/", ""));
}

fn knocks(target: &Target, _: &AtomicBool) {
    drop(target.knock());
}

fn searches(target: &Target, _: &AtomicBool) {
    let fields = format!("{}Content-Length: 7\r\n", target.cookie);
    said(target, &(target.request("POST", "/search/", &fields) + "q=sleep"));
}

/// Says something and hears the answer out.
fn said(target: &Target, request: &str) {
    let Some(mut stream) = target.knock() else { return };
    let _ = stream.write_all(request.as_bytes());
    let _ = stream.read_to_end(&mut Vec::new());
}

/// How one try of a reader ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Served,
    /// The gate's own "too many", or that there is no way to the process with the notes: every seat was being answered at,
    /// or no file was left to open.
    TooMany,
    /// Hung up on without a word.
    Nothing,
}

/// An ordinary reader asks once.
#[track_caller]
pub fn read(served: &Served, path: &str) -> Reading {
    let mut stream = connect(&served.host);
    let request = Target::of(served);
    let _ = stream.write_all(request.request("GET", path, &request.cookie).as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    if answer.starts_with("HTTP/1.1 200 ") && answer.trim_end().ends_with("</html>") {
        return Reading::Served;
    }
    let plain = ["Too many connections.\n", "The terminal where it runs says which.</p>\n</main>\n</html>\n"];
    if answer.starts_with("HTTP/1.1 503 ") && plain.into_iter().any(|end| answer.ends_with(end)) {
        return Reading::TooMany;
    }
    assert_eq!(answer, "", "neither the page nor a plain refusal");
    Reading::Nothing
}

/// The two processes and their memory at one moment.
#[derive(Debug)]
pub struct Held {
    pub processes: [u32; 2],
    memory: [u64; 2],
}

impl Held {
    pub fn by(served: &Served) -> Self {
        let processes = [served.gate, served.keeper().expect("a process with the notes")];
        Self { processes, memory: processes.map(resident) }
    }

    /// What they have grown by since, in kibibytes.
    pub fn growth(&self) -> [u64; 2] {
        let now = self.processes.map(resident);
        [now[0].saturating_sub(self.memory[0]), now[1].saturating_sub(self.memory[1])]
    }

    /// Fails when another process serves now, or one has grown out of all bounds.
    #[track_caller]
    pub fn assert_unchanged(&self, served: &Served) {
        assert_eq!(Self::by(served).processes, self.processes, "the same processes");
        assert!(self.growth().iter().all(|growth| *growth < MOST_GROWTH), "grown by {:?} KiB", self.growth());
    }
}

/// Resident memory of a process, in kibibytes.
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its resident memory");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

//! A visitor that sends exactly the bytes it is told to, and a gate to visit.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};

use super::super::{Event, Gate, Limits};
use super::PATIENCE;
use super::child::{self, Heard};

/// A started gate with a child behind it.
pub(super) struct House {
    pub(super) gate: Gate,
    events: Mutex<Receiver<Event>>,
    pub(super) heard: Heard,
    pub(super) socket: std::path::PathBuf,
    _folder: tempfile::TempDir,
}

/// An answer taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) fields: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl House {
    pub(super) fn ordinary() -> Self {
        Self::with(Limits::default(), child::ordinary)
    }

    pub(super) fn with<F>(limits: Limits, answer: F) -> Self
    where
        F: Fn(&str, &mut UnixStream) + Send + Sync + 'static,
    {
        let (folder, socket, heard) = child::answering(answer);
        let gate = Gate::bind_with(0, limits).unwrap();
        let (sender, events) = channel();
        gate.start(sender).unwrap();
        gate.open_to(socket.clone());
        Self { gate, events: Mutex::new(events), heard, socket, _folder: folder }
    }

    /// Goes through the entry; gives the `Cookie` field's line.
    pub(super) fn log_in(&self) -> String {
        let answer = self.get(&self.entry_path(), "");
        assert_eq!(answer.status, 303);
        let cookie = answer.field("Set-Cookie").unwrap();
        format!("Cookie: {}\r\n", cookie.split(';').next().unwrap())
    }

    pub(super) fn entry_path(&self) -> String {
        let entry = self.gate.new_entry();
        entry.strip_prefix(&format!("http://{}", self.gate.address())).unwrap().to_owned()
    }

    pub(super) fn next_event(&self) -> Option<Event> {
        self.events.lock().unwrap().recv_timeout(PATIENCE).ok()
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.gate.address()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends bytes and reads to the end; empty when the gate says nothing.
    pub(super) fn raw(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        // A gate that has heard enough may hang up before the end.
        let _ = stream.write_all(bytes);
        rest(&mut stream)
    }

    pub(super) fn ask(&self, method: &str, target: &str, fields: &str) -> Answer {
        let host = self.gate.address();
        parse(&self.raw(format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\n{fields}\r\n").as_bytes()))
    }

    pub(super) fn get(&self, target: &str, fields: &str) -> Answer {
        self.ask("GET", target, fields)
    }
}

impl Answer {
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let mut found = self.fields.iter().filter(|(other, _)| other == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} twice");
        value
    }
}

/// Everything until the other side hangs up; fails when it never does.
#[track_caller]
pub(super) fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A reset after the answer is an end too, and keeps what was read.
    if let Err(error) = stream.read_to_end(&mut bytes) {
        assert_eq!(error.kind(), ErrorKind::ConnectionReset, "not hung up on");
    }
    bytes
}

pub(super) fn parse(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(bytes)));
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().strip_prefix("HTTP/1.1 ").unwrap()[..3].parse().unwrap();
    let fields = lines.map(|line| line.split_once(": ").unwrap()).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    Answer { status, fields, body: bytes[end + 4..].to_vec() }
}

//! One request to the child and its answer back to the reader.
//!
//! In: a request the guard has passed, and a passage. To the child goes a request written here from scratch: of what the
//! stranger sent only method, address and form survive. To the reader goes a head written here, then the child's
//! body byte for byte. It never holds more of an answer than one step, and wipes that.

use std::net::TcpStream;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use super::address;
use super::answer;
use super::deadline::{read_before, write_before};
use super::door::Passage;
use super::limits::{Limits, MOST_CHILD_HEAD, RELAY_STEP};
use super::request::{Method, Request};

/// Fields in the head of the child's answer.
const MOST_CHILD_FIELDS: usize = 32;

/// The relay did not come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// Before anything was sent: the reader can still be told.
    Unanswered,
    /// In the middle of the answer: the reader sees it cut short.
    Broken,
}

/// Time left to both sides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    child: Duration,
    stall: Duration,
    deadline: Instant,
}

impl Patience {
    /// By the gate's limits, and never past `deadline`.
    pub(super) fn new(limits: &Limits, deadline: Instant) -> Self {
        Self { child: limits.child, stall: limits.stall, deadline }
    }

    fn with_child(&self) -> Instant {
        self.deadline.min(Instant::now() + self.child)
    }
}

/// What of the child's head is believed.
struct ChildHead {
    status: u16,
    content_type: Zeroizing<String>,
    location: Option<Zeroizing<String>>,
    length: u64,
}

/// Asks the child and passes its answer on.
pub(super) fn relay(
    request: &Request<'_>,
    body: &[u8],
    passage: &Passage<'_>,
    client: &TcpStream,
    patience: Patience,
) -> Result<(), Failure> {
    let asked = write_before(passage.child(), &question(request, body), patience.stall, patience.with_child());
    asked.map_err(|_| Failure::Unanswered)?;

    let mut buffer = Zeroizing::new([0; MOST_CHILD_HEAD]);
    let (child_head, end, read) = read_head(passage, buffer.as_mut_slice(), patience).ok_or(Failure::Unanswered)?;
    let location = child_head.location.as_ref().map(|to| Zeroizing::new(format!("Location: {}\r\n", to.as_str())));
    let fields = location.as_ref().map_or("", |line| line.as_str());
    let own = answer::head(child_head.status, &child_head.content_type, fields, child_head.length);
    send(client, &own, patience)?;
    if request.method == Method::Head {
        return Ok(());
    }
    let early = buffer.get(end..read).unwrap_or_default();
    pass_body(passage, early, child_head.length, client, patience)
}

/// The request as the child gets it.
fn question(request: &Request<'_>, body: &[u8]) -> Zeroizing<Vec<u8>> {
    let target = request.target;
    let (method, fields) = match request.method {
        Method::Head => ("HEAD", String::new()),
        Method::Post => {
            let form = "Content-Type: application/x-www-form-urlencoded";
            ("POST", format!("{form}\r\nContent-Length: {}\r\n", body.len()))
        }
        Method::Get | Method::Other => ("GET", String::new()),
    };
    let head =
        Zeroizing::new(format!("{method} {target} HTTP/1.1\r\nHost: throughline\r\nConnection: close\r\n{fields}\r\n"));
    // Joined once into its final size: growing would leave copies of the form behind.
    Zeroizing::new([head.as_bytes(), body].concat())
}

/// Reads the child's head; gives it with where it ends in the buffer, and how many bytes were read in all.
fn read_head(passage: &Passage<'_>, buffer: &mut [u8], patience: Patience) -> Option<(ChildHead, usize, usize)> {
    let mut read = 0;
    loop {
        let free = buffer.get_mut(read..).filter(|free| !free.is_empty())?;
        match read_before(passage.child(), free, patience.with_child()) {
            Ok(0) | Err(_) => return None,
            Ok(count) => read += count,
        }
        let mut space = [httparse::EMPTY_HEADER; MOST_CHILD_FIELDS];
        let mut parsed = httparse::Response::new(&mut space);
        if let httparse::Status::Complete(end) = parsed.parse(buffer.get(..read)?).ok()? {
            return Some((believe(&parsed)?, end, read));
        }
    }
}

/// Takes the four things over that an answer may say, each checked. An answer without a length, or with a status that
/// has no body, is none the child gives.
fn believe(parsed: &httparse::Response<'_, '_>) -> Option<ChildHead> {
    let status = parsed.code.filter(|code| (200..600).contains(code) && ![204, 205, 304].contains(code))?;
    let field = |name: &str| {
        let found = parsed.headers.iter().find(|field| field.name.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(found.value).ok()
    };
    if field("Transfer-Encoding").is_some() {
        return None;
    }
    let length = field("Content-Length")?.parse().ok()?;
    let content_type = field("Content-Type").unwrap_or("text/plain; charset=utf-8");
    if !content_type.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    let location = match field("Location") {
        // Redirects stay in the site.
        Some(to) if !address::is_plain(to) => return None,
        other => other.map(|to| Zeroizing::new(to.to_owned())),
    };
    Some(ChildHead { status, content_type: Zeroizing::new(content_type.to_owned()), location, length })
}

/// Passes exactly `length` bytes on: first those that came with the head, then the rest.
fn pass_body(
    passage: &Passage<'_>,
    early: &[u8],
    length: u64,
    client: &TcpStream,
    patience: Patience,
) -> Result<(), Failure> {
    let mut left = length;
    let early = early.get(..step(left, early.len())).unwrap_or_default();
    send(client, early, patience)?;
    left -= early.len() as u64;
    let mut buffer = Zeroizing::new([0; RELAY_STEP]);
    while left > 0 {
        let space = buffer.get_mut(..step(left, RELAY_STEP)).unwrap_or_default();
        match read_before(passage.child(), space, patience.with_child()) {
            Ok(0) | Err(_) => return Err(Failure::Broken),
            Ok(count) => {
                send(client, space.get(..count).unwrap_or_default(), patience)?;
                left -= count as u64;
            }
        }
    }
    Ok(())
}

fn step(left: u64, most: usize) -> usize {
    usize::try_from(left).unwrap_or(usize::MAX).min(most)
}

fn send(client: &TcpStream, bytes: &[u8], patience: Patience) -> Result<(), Failure> {
    write_before(client, bytes, patience.stall, patience.deadline).map_err(|_| Failure::Broken)
}

//! Takes one request off a socket: first the head, later perhaps a body.
//!
//! In: a socket and a deadline. Out: the bytes up to and including the empty line, checked only for what must not occur
//! in any head. It never allocates by what the sender announces, and it wipes what it held: addresses and forms
//! may hold a client's code or search words.

use std::net::TcpStream;
use std::time::Instant;

use zeroize::Zeroizing;

use super::deadline::read_before;
use super::limits::{MOST_BODY, MOST_HEAD};
use super::refusal::Refusal;

const END: &[u8] = b"\r\n\r\n";

/// A complete head, and what arrived together with it.
pub(super) struct Head {
    buffer: Zeroizing<Box<[u8]>>,
    end: usize,
    filled: usize,
}

impl Head {
    /// Reads until the empty line. `None`: the other side hung up or kept silent without sending anything, as browsers
    /// do with connections opened in advance; there is nothing to answer.
    pub(super) fn read(client: &TcpStream, deadline: Instant) -> Result<Option<Self>, Refusal> {
        let mut head = Self { buffer: Zeroizing::new(vec![0; MOST_HEAD].into_boxed_slice()), end: 0, filled: 0 };
        loop {
            let free = head.buffer.get_mut(head.filled..).unwrap_or_default();
            if free.is_empty() {
                return Err(Refusal::HeadTooLarge);
            }
            match read_before(client, free, deadline) {
                Ok(0) if head.filled == 0 => return Ok(None),
                Ok(0) => return Err(Refusal::Malformed),
                Ok(count) => {
                    if head.take(count)? {
                        return Ok(Some(head));
                    }
                }
                Err(_) if head.filled == 0 => return Ok(None),
                Err(_) => return Err(Refusal::Slow),
            }
        }
    }

    /// The head, with its empty line.
    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer.get(..self.end).unwrap_or_default()
    }

    /// The body of `length` bytes that follows; what follows it in turn is never looked at.
    pub(super) fn read_body(
        &self,
        client: &TcpStream,
        length: usize,
        deadline: Instant,
    ) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        if length > MOST_BODY {
            return Err(Refusal::BodyTooLarge);
        }
        let mut body = Zeroizing::new(vec![0; length]);
        let early = self.buffer.get(self.end..self.filled).unwrap_or_default();
        let mut filled = early.len().min(length);
        for (to, from) in body.iter_mut().zip(early) {
            *to = *from;
        }
        while let Some(free) = body.get_mut(filled..).filter(|free| !free.is_empty()) {
            match read_before(client, free, deadline) {
                Ok(0) => return Err(Refusal::Malformed),
                Ok(count) => filled += count,
                Err(_) => return Err(Refusal::Slow),
            }
        }
        Ok(body)
    }

    /// Counts newly read bytes in; true when the empty line is there.
    fn take(&mut self, count: usize) -> Result<bool, Refusal> {
        let known = self.filled;
        self.filled += count;
        let so_far = self.buffer.get(..self.filled).unwrap_or_default();
        // The empty line may straddle two reads.
        let from = known.saturating_sub(END.len() - 1);
        let end = so_far.windows(END.len()).skip(from).position(|four| four == END).map(|at| from + at + END.len());
        let head = so_far.get(..end.unwrap_or(self.filled)).unwrap_or_default();
        if !begins_well(head) || !ends_lines_well(head.get(known.saturating_sub(1)..).unwrap_or_default()) {
            return Err(Refusal::Malformed);
        }
        self.end = end.unwrap_or(0);
        Ok(end.is_some())
    }
}

/// Tells HTTP/1 from TLS, HTTP/2, HTTP/0.9 and noise as soon as the first line is there, without waiting for an empty
/// line that may never come.
fn begins_well(head: &[u8]) -> bool {
    let letter = head.first().is_none_or(u8::is_ascii_alphabetic);
    let line_end = head.iter().position(|byte| *byte == b'\n');
    let line = line_end.and_then(|end| head.get(..=end));
    letter && line.is_none_or(|line| line.ends_with(b" HTTP/1.1\r\n") || line.ends_with(b" HTTP/1.0\r\n"))
}

/// Lines end in CR LF and in nothing else, and no other control character stands between them: a bare CR or LF is
/// where two readers of one head begin to disagree.
fn ends_lines_well(bytes: &[u8]) -> bool {
    let pairs = bytes.windows(2).all(|pair| match pair {
        [b'\r', next] => *next == b'\n',
        [before, b'\n'] => *before == b'\r',
        _ => true,
    });
    pairs && bytes.iter().all(|byte| matches!(byte, b'\t' | b'\r' | b'\n' | 0x20..=0x7e | 0x80..))
}

//! Reading from and writing to sockets against a deadline.
//!
//! In: a socket, a buffer and the instant at which patience ends. Out: bytes, or `TimedOut`. A limit per call would let
//! a sender of one byte per second stay for ever, so each call gets only what is left until the deadline.
//! It never waits past the deadline.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// A socket whose blocking calls can be limited in time.
pub(super) trait Timed {
    /// Limits each following read.
    fn limit_reads(&self, limit: Duration) -> io::Result<()>;
    /// Limits each following write.
    fn limit_writes(&self, limit: Duration) -> io::Result<()>;
}

impl Timed for TcpStream {
    fn limit_reads(&self, limit: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(limit))
    }

    fn limit_writes(&self, limit: Duration) -> io::Result<()> {
        self.set_write_timeout(Some(limit))
    }
}

impl Timed for UnixStream {
    fn limit_reads(&self, limit: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(limit))
    }

    fn limit_writes(&self, limit: Duration) -> io::Result<()> {
        self.set_write_timeout(Some(limit))
    }
}

/// Reads once; 0 is the end of the stream.
pub(super) fn read_before<S: Timed>(mut socket: &S, buffer: &mut [u8], deadline: Instant) -> io::Result<usize>
where
    for<'s> &'s S: Read,
{
    loop {
        socket.limit_reads(left(deadline)?)?;
        match socket.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other.map_err(as_timeout),
        }
    }
}

/// Writes everything; ends early when nothing was taken for `stall`.
pub(super) fn write_before<S: Timed>(
    mut socket: &S,
    mut bytes: &[u8],
    stall: Duration,
    deadline: Instant,
) -> io::Result<()>
where
    for<'s> &'s S: Write,
{
    while !bytes.is_empty() {
        socket.limit_writes(left(deadline)?.min(stall))?;
        match socket.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(taken) => bytes = bytes.get(taken..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(as_timeout(error)),
        }
    }
    Ok(())
}

fn left(deadline: Instant) -> io::Result<Duration> {
    match deadline.checked_duration_since(Instant::now()) {
        Some(left) if !left.is_zero() => Ok(left),
        _ => Err(io::ErrorKind::TimedOut.into()),
    }
}

/// Unix reports a passed socket limit as `WouldBlock`.
fn as_timeout(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::WouldBlock { io::ErrorKind::TimedOut.into() } else { error }
}

//! How much, and for how long, a stranger may occupy the gate.
//!
//! In: nothing. Out: [`Limits`] for times and counts, which tests shorten, and constants for sizes, which nobody changes.
//! It never measures anything itself.

use std::time::Duration;

/// Request line and fields together.
pub(super) const MOST_HEAD: usize = 16 * 1024;
/// The address in the request line.
pub(super) const MOST_TARGET: usize = 4 * 1024;
/// Fields in one head; browsers send about twenty.
pub(super) const MOST_FIELDS: usize = 100;
/// The only bodies are the fields of small forms.
pub(super) const MOST_BODY: usize = 8 * 1024;
/// The head of the child's answer.
pub(super) const MOST_CHILD_HEAD: usize = 8 * 1024;
/// One step of a relay.
pub(super) const RELAY_STEP: usize = 16 * 1024;
/// Connections to the child at a time: tiny_http leaves some of a larger burst without a thread.
pub(super) const MOST_RELAYS: usize = 4;
/// What is still read, to be thrown away, after an answer that came before the request's end.
pub(super) const MOST_LEFTOVER: usize = 256 * 1024;

/// Times and counts of one gate.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at a time.
    pub connections: usize,
    /// From the accept to the end of the request's head.
    pub head: Duration,
    /// For the request's body.
    pub body: Duration,
    /// Without the reader taking a single byte.
    pub stall: Duration,
    /// One connection from beginning to end, whatever it does.
    pub connection: Duration,
    /// Without a byte from the child, and for a turn to ask it.
    pub child: Duration,
    /// After the answer, for the reader to hang up by itself.
    pub farewell: Duration,
    /// Until an entry address dies unused.
    pub entry: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 64,
            head: Duration::from_secs(5),
            body: Duration::from_secs(5),
            stall: Duration::from_secs(20),
            connection: Duration::from_secs(60),
            child: Duration::from_secs(30),
            farewell: Duration::from_secs(1),
            entry: Duration::from_secs(120),
        }
    }
}

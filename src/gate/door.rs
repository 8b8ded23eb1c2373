//! The way to the child: absent, open or locked, and who is passing through.
//!
//! In: where the child answers, and the order to lock. Out: a [`Passage`] for each relay, at most four at a time.
//! Opening a connection and noting it happen under one lock, so that no relay can slip past the moment of locking.
//! It never reads or writes what passes through.

use std::collections::HashMap;
use std::net::{Shutdown, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::limits::MOST_RELAYS;

/// How long locking waits for cut relays to wipe their buffers; they need microseconds.
const WIPING: Duration = Duration::from_secs(2);

/// The way to the child.
#[derive(Default)]
pub(super) struct Door {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    child: Child,
    passing: HashMap<u64, (Arc<UnixStream>, Arc<TcpStream>)>,
    next: u64,
}

#[derive(Default)]
enum Child {
    #[default]
    Absent,
    At(PathBuf),
    Locked,
}

/// Why there is no way through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Barred {
    /// Locked, and to be called so.
    Locked,
    /// The child is starting, has ended, or answers too many others.
    Unreachable,
}

impl Door {
    /// From now on the child answers at `socket`.
    pub(super) fn open_to(&self, socket: PathBuf) {
        self.state().child = Child::At(socket);
        self.changed.notify_all();
    }

    /// Bars the way and cuts whoever is passing. When it returns, no buffer of the gate holds a relayed byte any more.
    pub(super) fn lock(&self) {
        let mut state = self.state();
        state.child = Child::Locked;
        for (child, client) in state.passing.values() {
            // Fails only where the other side has hung up already.
            let _ = child.shutdown(Shutdown::Both);
            let _ = client.shutdown(Shutdown::Both);
        }
        self.changed.notify_all();
        let wiped = self.changed.wait_timeout_while(state, WIPING, |state| !state.passing.is_empty());
        drop(wiped);
    }

    /// Whether the gate is locked.
    pub(super) fn is_locked(&self) -> bool {
        matches!(self.state().child, Child::Locked)
    }

    /// Waits for one of the few places and connects to the child on behalf of `client`.
    pub(super) fn pass(&self, client: &Arc<TcpStream>, deadline: Instant) -> Result<Passage<'_>, Barred> {
        let patience = deadline.saturating_duration_since(Instant::now());
        let full = |state: &mut State| state.passing.len() >= MOST_RELAYS && matches!(state.child, Child::At(_));
        let (mut state, _) =
            self.changed.wait_timeout_while(self.state(), patience, full).unwrap_or_else(PoisonError::into_inner);
        let socket = match &state.child {
            Child::Locked => return Err(Barred::Locked),
            Child::At(socket) if state.passing.len() < MOST_RELAYS => socket,
            Child::At(_) | Child::Absent => return Err(Barred::Unreachable),
        };
        // Does not block: so few connections never fill the child's queue.
        let child = Arc::new(UnixStream::connect(socket).map_err(|_| Barred::Unreachable)?);
        let number = state.next;
        state.next += 1;
        state.passing.insert(number, (Arc::clone(&child), Arc::clone(client)));
        Ok(Passage { child, number, door: self })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection to the child. Whoever holds it drops every relayed byte before dropping it.
pub(super) struct Passage<'d> {
    child: Arc<UnixStream>,
    number: u64,
    door: &'d Door,
}

impl Passage<'_> {
    /// The connection.
    pub(super) fn child(&self) -> &UnixStream {
        &self.child
    }
}

impl Drop for Passage<'_> {
    fn drop(&mut self) {
        self.door.state().passing.remove(&self.number);
        self.door.changed.notify_all();
    }
}

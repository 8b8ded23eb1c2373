//! What all connections of one gate share.
//!
//! In: the limits and the port. Out: [`Context`], behind an `Arc` in every thread. It never holds a byte of a request or
//! of an answer.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use super::door::Door;
use super::event::Event;
use super::guard::Own;
use super::limits::Limits;
use super::login::Login;
use super::moment::Moment;
use super::peer::Peers;
use super::seats::Seats;
use super::unlocking::Unlocking;

/// One gate's common state.
pub(super) struct Context {
    pub(super) limits: Limits,
    pub(super) own: Own,
    pub(super) peers: Peers,
    pub(super) login: Login,
    pub(super) door: Door,
    pub(super) seats: Arc<Seats>,
    pub(super) unlocking: Unlocking,
    pub(super) events: OnceLock<Sender<Event>>,
    stopping: AtomicBool,
    active: Mutex<Moment>,
    idle_limit: Mutex<Option<Duration>>,
}

impl Context {
    /// The state of a gate that nobody has visited yet.
    pub(super) fn new(limits: Limits, address: SocketAddr) -> Result<Self, getrandom::Error> {
        Ok(Self {
            limits,
            own: Own::at(address.port()),
            peers: Peers::of(address),
            login: Login::new(limits.entry)?,
            door: Door::default(),
            seats: Arc::new(Seats::new(limits.connections)),
            unlocking: Unlocking::default(),
            events: OnceLock::new(),
            stopping: AtomicBool::new(false),
            active: Mutex::new(Moment::now()),
            idle_limit: Mutex::default(),
        })
    }

    /// Tells whoever runs the gate.
    pub(super) fn tell(&self, event: Event) {
        if let Some(events) = self.events.get() {
            // Nobody listens any more: then nobody needs to know.
            let _ = events.send(event);
        }
    }

    /// Somebody is using the site.
    pub(super) fn touch(&self) {
        *self.active.lock().unwrap_or_else(PoisonError::into_inner) = Moment::now();
    }

    /// Since when nobody does.
    pub(super) fn idle_for(&self) -> Duration {
        self.active.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }

    /// Sets after how much idleness the next request finds the gate locked.
    pub(super) fn set_idle_limit(&self, limit: Option<Duration>) {
        *self.idle_limit.lock().unwrap_or_else(PoisonError::into_inner) = limit;
    }

    /// Locks when the idle limit has passed. Whoever runs the gate watches the clock too, but a process that was
    /// stopped, or a machine that slept, may get a request before its watch.
    pub(super) fn lock_if_idle(&self) {
        let limit = *self.idle_limit.lock().unwrap_or_else(PoisonError::into_inner);
        if limit.is_some_and(|limit| self.idle_for() >= limit) && !self.door.is_locked() {
            self.door.lock();
            self.tell(Event::IdleLimitReached);
        }
    }

    /// No more connections from now on.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }

    /// Whether the gate is ending.
    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }
}

//! The process with the socket: it owns the listener and the guard, and no key.
//!
//! In: requests from anybody who reaches the loopback port, which is every program on the machine and every page open in
//! the same browser. Out: pages of the child, relayed to a browser that has logged in, and short constant refusals to
//! everybody else. It knows no vault, note or page; it never stores, logs or prints what passes through it.
//!
//! | module | what it is |
//! |---|---|
//! | `listener`, `peer`, `seats` | accepting; whose it is; who may stay |
//! | `connection` | one request from beginning to end: the order of all checks |
//! | `head`, `request` | bytes to method, address and fields |
//! | `unlocking` | how the locked page can be opened again, and whether it was asked to |
//! | `guard`, `login`, `address` | could our page have sent it, is it our user, may it be passed on |
//! | `door`, `relay`, [`Keeper`] | the way to the child, one trip there and back, the child itself |
//! | `answer`, `refusal` | what is said, and why |
//! | `context`, [`Event`], `deadline`, `moment`, [`Limits`] | what they share; what is told outside; time |
//!
//! The child answers with tiny_http, which cannot face strangers: it has no time limits and no size limits, and one
//! announced length ends it. So no byte of a stranger reaches it; the gate writes every request anew.

mod address;
mod answer;
mod connection;
mod context;
mod deadline;
mod door;
mod event;
mod guard;
mod head;
mod keeper;
mod limits;
mod listener;
mod login;
mod moment;
mod peer;
mod refusal;
mod relay;
mod request;
mod seats;
mod unlocking;

#[cfg(test)]
mod tests;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub use event::Event;
pub use keeper::{Greeting, Keeper, KeeperError, Ready};
pub use limits::Limits;
pub use moment::Moment;
pub use unlocking::UnlockBy;

use context::Context;

/// Why there is no gate.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    /// Another program listens at the port that was asked for.
    #[error("port {0} is in use by another program")]
    PortTaken(u16),
    /// The listener could not be made.
    #[error("cannot listen on 127.0.0.1")]
    Listen(#[source] io::Error),
    /// Without randomness there is no login.
    #[error("the system gives no random numbers")]
    NoRandomness,
    /// The system gives no thread.
    #[error("cannot start a thread")]
    Thread(#[source] io::Error),
    /// A gate starts once.
    #[error("the gate was started before")]
    AlreadyStarted,
}

/// The listener, the guard and the login of one run.
///
/// Dropping it stops it.
pub struct Gate {
    context: Arc<Context>,
    address: SocketAddr,
    listener: Mutex<Option<TcpListener>>,
    accepting: Mutex<Option<JoinHandle<()>>>,
}

impl Gate {
    /// Listens on 127.0.0.1; port 0 is any free one. There is no way to listen anywhere else.
    pub fn bind(port: u16) -> Result<Self, GateError> {
        Self::bind_with(port, Limits::default())
    }

    /// As [`bind`](Self::bind), with other limits.
    pub fn bind_with(port: u16, limits: Limits) -> Result<Self, GateError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => GateError::PortTaken(port),
            _ => GateError::Listen(error),
        })?;
        let address = listener.local_addr().map_err(GateError::Listen)?;
        listener::lengthen_queue(&listener).map_err(GateError::Listen)?;
        let context = Context::new(limits, address).map_err(|_| GateError::NoRandomness)?;
        Ok(Self {
            context: Arc::new(context),
            address,
            listener: Mutex::new(Some(listener)),
            accepting: Mutex::default(),
        })
    }

    /// Whether other users of this machine are kept out before they say a word: only Linux tells whose a connection is.
    pub fn knows_users(&self) -> bool {
        self.context.peers.are_known()
    }

    /// Where it listens: `127.0.0.1:PORT`.
    pub fn address(&self) -> String {
        self.context.own.host.clone()
    }

    /// Begins to answer, in threads of its own, and tells `events` what visitors do.
    pub fn start(&self, events: Sender<Event>) -> Result<(), GateError> {
        let mut listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(listener) = listener.take() else { return Err(GateError::AlreadyStarted) };
        let _ = self.context.events.set(events);
        let context = Arc::clone(&self.context);
        let accepting = thread::Builder::new()
            .name("gate-listener".to_owned())
            .spawn(move || listener::accept_all(&listener, &context))
            .map_err(GateError::Thread)?;
        *self.accepting.lock().unwrap_or_else(PoisonError::into_inner) = Some(accepting);
        Ok(())
    }

    /// Makes a fresh entry address, good for one visit within two minutes. An older one that was not used dies.
    pub fn new_entry(&self) -> String {
        format!("{}/enter/{}/", self.context.own.origin, self.context.login.new_token().as_str())
    }

    /// From now on the child answers, at this Unix socket.
    pub fn open_to(&self, socket: PathBuf) {
        self.context.touch();
        self.context.unlocking.answered();
        self.context.door.open_to(socket);
    }

    /// How the locked page says that it can be opened again; until then it offers nothing.
    pub fn unlock_by(&self, way: UnlockBy) {
        self.context.unlocking.by(way);
    }

    /// Somebody asked on the page to unlock, and that has been dealt with: the page may ask again.
    pub fn unlock_answered(&self) {
        self.context.unlocking.answered();
    }

    /// From now on every address answers "locked", until [`open_to`](Self::open_to). Relays under way are cut; when this
    /// returns, their buffers are wiped.
    pub fn lock(&self) {
        self.context.door.lock();
    }

    /// Lets the first request after this much idleness lock the gate and get "locked", even when whoever runs the gate
    /// had no time to notice. `None`, as at the beginning: it does not.
    pub fn lock_after(&self, idle: Option<Duration>) {
        self.context.set_idle_limit(idle);
    }

    /// A person is at work elsewhere: the idle time begins anew.
    pub fn touch(&self) {
        self.context.touch();
    }

    /// Since the last request that shows a person at work: logged in, not refused, and not the page's own polling. Time
    /// the machine slept counts.
    pub fn idle_for(&self) -> Duration {
        self.context.idle_for()
    }

    /// Ends: the port is free and every connection cut when this returns. A second call does nothing.
    pub fn stop(&self) {
        self.context.stop();
        drop(self.listener.lock().unwrap_or_else(PoisonError::into_inner).take());
        let accepting = self.accepting.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(accepting) = accepting {
            // A visit of our own wakes the accept loop. When it fails the loop is awake: the queue is full.
            let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
            let _ = accepting.join();
        }
        self.context.door.lock();
        self.context.seats.cut_all();
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.stop();
    }
}

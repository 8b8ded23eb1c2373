//! How many may be connected at a time, and who makes room when all seats are taken.
//!
//! In: accepted connections. Out: a [`Seat`] each, or the connection back. A connection that is still sending its
//! request, or only hanging up, gives way to a newer one, the oldest first: otherwise a handful of idle
//! connections from any program on the machine would keep the reader out. One that is being answered keeps its seat.
//! It never reads or writes.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a new connection waits for a seat. In a burst seats come free within milliseconds, and turning the reader
/// away for that would let a crowd of idle connections win.
const CLEARING: Duration = Duration::from_millis(100);

/// The seats of one gate.
pub(super) struct Seats {
    most: usize,
    table: Mutex<Table>,
    freed: Condvar,
}

#[derive(Default)]
struct Table {
    next: u64,
    /// Somebody waited in vain since a seat last came free; nobody else needs to try.
    stuck: bool,
    /// By order of arrival.
    taken: BTreeMap<u64, (Arc<TcpStream>, Manner)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Sending its request, or hanging up.
    Idle,
    /// Being answered.
    Busy,
    /// Cut off; its thread has not noticed yet.
    Leaving,
}

impl Table {
    /// Whether a seat is free or can be made free. Those leaving still have a thread each, so the number of all is
    /// bounded too.
    fn has_room(&self, most: usize) -> bool {
        let idle = self.taken.values().any(|(_, manner)| *manner == Manner::Idle);
        self.taken.len() < 2 * most && (idle || self.staying() < most)
    }

    fn staying(&self) -> usize {
        self.taken.values().filter(|(_, manner)| *manner != Manner::Leaving).count()
    }

    fn cut_oldest(&mut self) {
        if let Some((client, manner)) = self.taken.values_mut().find(|(_, manner)| *manner == Manner::Idle) {
            *manner = Manner::Leaving;
            // Fails only where the other side has hung up already.
            let _ = client.shutdown(Shutdown::Both);
        }
    }
}

impl Seats {
    /// Seats for `most` connections.
    pub(super) fn new(most: usize) -> Self {
        Self { most, table: Mutex::default(), freed: Condvar::new() }
    }

    /// Finds a seat, or gives the connection back.
    pub(super) fn take(self: &Arc<Self>, client: TcpStream) -> Result<Seat, TcpStream> {
        let wait = |table: &mut Table| !table.stuck && !table.has_room(self.most);
        let (mut table, _) =
            self.freed.wait_timeout_while(self.table(), CLEARING, wait).unwrap_or_else(PoisonError::into_inner);
        if !table.has_room(self.most) {
            table.stuck = true;
            return Err(client);
        }
        if table.staying() >= self.most {
            table.cut_oldest();
        }
        let (number, client) = (table.next, Arc::new(client));
        table.next += 1;
        table.taken.insert(number, (Arc::clone(&client), Manner::Idle));
        Ok(Seat { client, number, seats: Arc::clone(self) })
    }

    /// Cuts every connection.
    pub(super) fn cut_all(&self) {
        for (client, manner) in self.table().taken.values_mut() {
            *manner = Manner::Leaving;
            let _ = client.shutdown(Shutdown::Both);
        }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection's seat, free again when dropped.
pub(super) struct Seat {
    client: Arc<TcpStream>,
    number: u64,
    seats: Arc<Seats>,
}

impl Seat {
    /// The connection.
    pub(super) fn client(&self) -> &Arc<TcpStream> {
        &self.client
    }

    /// The request is whole and welcome: from now on the seat is kept.
    pub(super) fn keep(&self) {
        self.turn(Manner::Busy);
    }

    /// The answer is written: from now on the seat may go to another.
    pub(super) fn yield_up(&self) {
        self.turn(Manner::Idle);
        self.seats.freed.notify_one();
    }

    fn turn(&self, to: Manner) {
        if let Some((_, manner)) = self.seats.table().taken.get_mut(&self.number)
            && *manner != Manner::Leaving
        {
            *manner = to;
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut table = self.seats.table();
        table.taken.remove(&self.number);
        table.stuck = false;
        drop(table);
        self.seats.freed.notify_one();
    }
}

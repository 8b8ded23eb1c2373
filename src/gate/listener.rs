//! The accept loop: takes connections, seats them, starts a thread for each.
//!
//! In: a listener on loopback. Out: threads. Nothing a connection does can hold it up, and no error of `accept` ends it.
//! Who belongs to another user is hung up on before a seat is given. It never reads a request.

use rustix::net::{RecvFlags, recv};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::answer::Answer;
use super::connection;
use super::context::Context;

/// Connections that may wait to be accepted. The 128 of the standard library are full after a burst of a few milliseconds,
/// and then the kernel drops the reader's first packet too: its next try comes a second later. The kernel takes the
/// smaller of this and its own limit.
const QUEUE: i32 = 4096;

/// After a failed accept. The usual reason, no free file descriptor, passes when another connection ends.
const PAUSE: Duration = Duration::from_millis(20);

/// Enough for the relay's buffers several times over.
const STACK: usize = 512 * 1024;

/// Lets more connections wait to be accepted.
pub(super) fn lengthen_queue(listener: &TcpListener) -> io::Result<()> {
    Ok(rustix::net::listen(listener, QUEUE)?)
}

/// Accepts until the gate stops.
pub(super) fn accept_all(listener: &TcpListener, context: &Arc<Context>) {
    loop {
        let accepted = listener.accept();
        if context.is_stopping() {
            return;
        }
        match accepted {
            Ok((client, _)) if !has_gone(&client) && context.peers.may_enter(&client) => seat(client, context),
            Ok((client, _)) => drop(client),
            Err(_) => thread::sleep(PAUSE),
        }
    }
}

/// Whether whoever connected has hung up without a word. Then the kernel need not be asked whose connection it was, and
/// where it does not know, no thread is started: who knocks and runs keeps the reader waiting a little less.
fn has_gone(client: &TcpStream) -> bool {
    let look = recv(client, &mut [0_u8], RecvFlags::PEEK | RecvFlags::DONTWAIT);
    look.is_ok_and(|(_, bytes)| bytes == 0)
}

fn seat(client: TcpStream, context: &Arc<Context>) {
    match context.seats.take(client) {
        Ok(seat) => {
            let context = Arc::clone(context);
            let serve = move || connection::serve(&context, &seat);
            // Without a thread the seat is dropped, and with it the connection.
            let _ = thread::Builder::new().name("gate-connection".to_owned()).stack_size(STACK).spawn(serve);
        }
        Err(client) => turn_away(&client),
    }
}

/// Says that there is no room, without ever waiting for the other side: what the socket's buffer does not take at once
/// is not sent.
fn turn_away(mut client: &TcpStream) {
    if client.set_nonblocking(true).is_err() {
        return;
    }
    // Nobody is left to be told when one of these fails.
    let _ = client.write(&Answer::overloaded().bytes(true));
    let _ = client.shutdown(Shutdown::Write);
    // A request left unread would turn the close into a reset that overtakes the answer.
    let _ = client.read(&mut [0; 4096]);
}

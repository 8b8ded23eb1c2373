//! One connection from its accept to its end: one request, one answer.
//!
//! In: a seat. Out: nothing but what was sent, and events. The order is the protection: the guard, then the entry token,
//! then the cookie, and only then the first look at what was asked for. It never answers twice.

use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Instant;

use zeroize::Zeroizing;

use super::address;
use super::answer::Answer;
use super::context::Context;
use super::deadline::{read_before, write_before};
use super::door::Barred;
use super::event::Event;
use super::guard;
use super::head::Head;
use super::limits::{MOST_LEFTOVER, RELAY_STEP};
use super::refusal::Refusal;
use super::relay::{self, Failure, Patience};
use super::request::{Method, Request};
use super::seats::Seat;
use super::unlocking;

/// What a request that passed the guard gets.
enum Decision {
    Own(Answer),
    /// The locked page's form; its body says where to return.
    Unlock,
    Relay,
}

/// Serves one connection; returns when it may be closed.
pub(super) fn serve(context: &Context, seat: &Seat) {
    // Answers are written whole; waiting to fill packets would only add 40 ms.
    let _ = seat.client().set_nodelay(true);
    let deadline = Instant::now() + context.limits.connection;
    if answer_one(context, seat, deadline) {
        seat.yield_up();
        part(context, seat.client(), deadline);
    }
}

/// Reads and answers; true when a whole answer was sent.
fn answer_one(context: &Context, seat: &Seat, deadline: Instant) -> bool {
    let visit = Visit { context, client: seat.client(), deadline };
    let head = match Head::read(visit.client, deadline.min(Instant::now() + context.limits.head)) {
        Ok(Some(head)) => head,
        Ok(None) => return false,
        Err(why) => return visit.send(&Answer::refused(why), true),
    };
    let request = match Request::parse(head.bytes()) {
        Ok(request) => request,
        Err(why) => return visit.send(&Answer::refused(why), true),
    };
    let with_body = request.method != Method::Head;
    let checked = guard::check(&request, &context.own);
    let decided = checked.and_then(|length| Ok((length, decide(context, &request)?)));
    let (length, decision) = match decided {
        Ok((length, decision @ (Decision::Relay | Decision::Unlock))) => (length, decision),
        Ok((_, Decision::Own(answer))) => return visit.send(&answer, with_body),
        Err(why) => return visit.send(&Answer::refused(why), with_body),
    };
    match head.read_body(visit.client, length, deadline.min(Instant::now() + context.limits.body)) {
        Ok(body) => match decision {
            Decision::Unlock => visit.send(&Answer::back_to(&unlocking::returning(&body)), with_body),
            _ => {
                seat.keep();
                visit.relay(&request, &body, with_body)
            }
        },
        Err(why) => visit.send(&Answer::refused(why), with_body),
    }
}

/// Decides about a request that our own user may have sent.
fn decide(context: &Context, request: &Request<'_>) -> Result<Decision, Refusal> {
    if let Some(token) = request.target.strip_prefix("/enter/") {
        return Ok(Decision::Own(enter(context, request, token)));
    }
    if !context.login.knows(request.sole("Cookie")?) {
        return Ok(Decision::Own(Answer::forbidden()));
    }
    context.lock_if_idle();
    if context.door.is_locked() {
        return Ok(while_locked(context, request));
    }
    if !address::is_plain(request.target) {
        return Ok(Decision::Own(Answer::not_found()));
    }
    // The page asks by itself: its script for news, or without scripts for itself. That is not somebody reading.
    if request.path() != "/pulse" && !request.target.ends_with("?still") {
        context.touch();
    }
    Ok(match (request.method, request.target) {
        (Method::Post, "/lock") => {
            // Locked here and now, so that the page this leads to is the locked one.
            context.door.lock();
            context.tell(Event::LockAsked);
            Decision::Own(Answer::home())
        }
        // It is open already: back to the page.
        (Method::Post, "/unlock") => Decision::Unlock,
        _ => Decision::Relay,
    })
}

/// What a logged-in reader gets from a locked gate: the same page everywhere, and the way to ask.
fn while_locked(context: &Context, request: &Request<'_>) -> Decision {
    if request.method == Method::Post && request.target == "/unlock" {
        if context.unlocking.ask() {
            context.tell(Event::UnlockAsked);
        }
        return Decision::Unlock;
    }
    Decision::Own(locked(context, request))
}

/// The locked page in place of the one that was asked for.
fn locked(context: &Context, request: &Request<'_>) -> Answer {
    Answer::locked(context.unlocking.page(), unlocking::carried(request.target))
}

/// Trades the entry token for the cookie. Only a GET that a person caused spends it: mail scanners, previews and
/// browsers that fetch ahead must not use it up.
fn enter(context: &Context, request: &Request<'_>, token: &str) -> Answer {
    let token = token.strip_suffix('/').unwrap_or(token);
    if request.method == Method::Get && !request.is_prefetch() && context.login.spend(token) {
        context.lock_if_idle();
        context.touch();
        context.tell(Event::EntrySpent);
        Answer::welcome(&context.login.set_cookie())
    } else {
        Answer::forbidden()
    }
}

/// The answering side of one connection.
struct Visit<'c> {
    context: &'c Context,
    client: &'c Arc<TcpStream>,
    deadline: Instant,
}

impl Visit<'_> {
    /// Sends an answer of the gate's own.
    fn send(&self, answer: &Answer, with_body: bool) -> bool {
        write_before(self.client.as_ref(), &answer.bytes(with_body), self.context.limits.stall, self.deadline).is_ok()
    }

    /// Asks the child.
    fn relay(&self, request: &Request<'_>, body: &[u8], with_body: bool) -> bool {
        let turn = self.deadline.min(Instant::now() + self.context.limits.child);
        let result = match self.context.door.pass(self.client, turn) {
            Ok(passage) => {
                let patience = Patience::new(&self.context.limits, self.deadline);
                relay::relay(request, body, &passage, self.client, patience)
            }
            Err(Barred::Locked) => return self.send(&locked(self.context, request), with_body),
            Err(Barred::Unreachable) => return self.send(&Answer::unreachable(), with_body),
        };
        match result {
            Ok(()) => true,
            Err(Failure::Unanswered) => self.send(&Answer::unreachable(), with_body),
            Err(Failure::Broken) => false,
        }
    }
}

/// Ends a connection so that the answer arrives: closing while the other side still sends would reset the connection,
/// and the reset may overtake the answer. So what still comes is read and thrown away, for a moment.
fn part(context: &Context, client: &TcpStream, deadline: Instant) {
    if client.shutdown(Shutdown::Write).is_err() {
        return;
    }
    let until = deadline.min(Instant::now() + context.limits.farewell);
    let mut thrown = Zeroizing::new([0; RELAY_STEP]);
    let mut total = 0;
    while total < MOST_LEFTOVER {
        match read_before(client, thrown.as_mut_slice(), until) {
            Ok(0) | Err(_) => return,
            Ok(count) => total += count,
        }
    }
}

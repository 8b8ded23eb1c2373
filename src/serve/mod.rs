//! Requests to pages: the process that holds the notes.
//!
//! In go a vault, a private socket and a handover on standard input; out come pages. It has no terminal and no public
//! socket, and it ends when the pipe from its parent closes: ending it is what a lock is. `tiny_http` is named only in
//! `serve/responder.rs`, and no byte of a stranger reaches it: the gate writes every request anew.

mod handover;
mod reload;
mod responder;
mod searches;
mod snapshot;

pub use handover::{DeskPlace, Handover, HandoverFault, Source};
pub use reload::Reloader;
pub use responder::{Responder, ResponderError};
pub use snapshot::Shown;

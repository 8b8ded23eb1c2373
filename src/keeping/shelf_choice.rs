//! Which shelf a note belongs on: the class of its kind, and its client.
//!
//! A process note must never fall to the chart's key, so the kind decides, and a note without a place is refused.

use crate::domain::{Class, ClientCode, Kind};
use crate::vault::Shelf;

/// No folder fits a note.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misplaced {
    /// A note of a client without a client.
    #[error("cannot place the note: it names no client")]
    NoClient,
    /// A note of a client that is not there.
    #[error("cannot place the note: there is no client {0}")]
    UnknownClient(ClientCode),
    /// A practice note with a client.
    #[error("cannot place the note: a note of kind {0} belongs to the practice, not to a client")]
    NotAClients(String),
}

/// Chooses the shelf.
///
/// # Errors
/// [`Misplaced`] when kind and client do not go together.
pub fn shelf_for(kind: &Kind, client: Option<&ClientCode>) -> Result<Shelf, Misplaced> {
    match (kind.class(), client) {
        (Class::Practice, None) => Ok(Shelf::Practice),
        // An unknown kind is a word of the note; practice kinds are all known.
        (Class::Practice, Some(_)) => Err(Misplaced::NotAClients(kind.word().to_owned())),
        (Class::Record, Some(client)) => Ok(Shelf::Client(client.clone())),
        (Class::Process, Some(client)) => Ok(Shelf::Process(client.clone())),
        (_, None) => Err(Misplaced::NoClient),
    }
}

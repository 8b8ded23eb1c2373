//! The reading road in one place: vault, notes, casebook, site.
//!
//! In go an opened vault and "today", out comes an [`Edition`]: everything the pages and the command line are a function
//! of. Changed files give the next edition, in which only the touched clients are built again. A file that cannot be
//! opened becomes a visible row and never hides another. Nothing here writes.

mod demo;
mod known_then;
mod note_file;
mod publisher;
mod scope;

pub use demo::{DEMO_TODAY, demo_identity, demo_vault};
pub use publisher::{Publisher, Refreshed};
pub use scope::{Scope, Today};

pub use crate::site::Edition;

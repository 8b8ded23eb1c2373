//! The machine that notes are written on: editors, and the places where copies of clear text could stay.
//!
//! In go commands and paths that the caller names; out come running editors and reports. Nothing here knows a vault, and
//! nothing reads the environment, prints or asks.

mod editor;
pub mod editor_family;
pub mod leak_places;
pub mod leak_search;
mod marker;
mod processes;
mod sitting;

pub use editor::{Editor, EditorFault};
pub use marker::{Marker, random_word, unmarked};
pub use processes::is_named;
pub use sitting::{AT_ONCE, Sitting};

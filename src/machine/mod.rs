//! The machine that notes are written on: editors, where copies of clear text could stay, and what lets words out.
//!
//! In go commands and paths that the caller found; out come running editors, reports, and findings, each with what to do.
//! Nothing here knows a vault, changes files of other programs, reads the environment, prints or asks.

mod advice;
mod assistant_places;
mod assistants;
mod editor;
mod editor_advice;
pub mod editor_family;
pub mod leak_places;
pub mod leak_search;
mod leftovers;
mod marker;
mod modes;
mod obsidian;
mod processes;
mod sitting;
mod swap;

pub use advice::{Advice, Severity, Topic};
pub use assistants::{AssistantPlaces, assistants};
pub use editor::{Editor, EditorFault};
pub use editor_advice::editor_advice;
pub use leftovers::editor_leftovers;
pub use marker::{Marker, random_word, unmarked};
pub use modes::{Guarded, modes};
pub use obsidian::obsidian;
pub use processes::is_named;
pub use sitting::{AT_ONCE, Sitting};
pub use swap::swap;

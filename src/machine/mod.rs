//! The machine around the notes: what of it lets words of a note out, and what to do about it.
//!
//! In go paths that the caller found; out come findings, each with what to do. This layer looks at files of the system
//! and of other programs and changes none of them. It never prints, asks, reads the environment, or knows a vault.

mod advice;
mod assistant_places;
mod assistants;
mod editor_advice;
mod leftovers;
mod modes;
mod obsidian;
mod swap;

pub use advice::{Advice, Severity, Topic};
pub use assistants::{AssistantPlaces, assistants};
pub use editor_advice::editor_advice;
pub use leftovers::editor_leftovers;
pub use modes::{Guarded, modes};
pub use obsidian::obsidian;
pub use swap::swap;

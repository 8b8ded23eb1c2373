//! Text into the vault: where a kind chooses folder and key.
//!
//! In goes clear text that a person or a file gave; out comes a sealed note, placed whole. Nothing clear is left
//! behind except where the counselor put it, and nothing here prints or asks.

mod clear_pickup;
pub mod desk;
mod edited_note;
mod error;
mod import;
mod import_report;
mod leftover;
mod likeness;
mod new_note;
mod other_client;
mod removed_note;
mod reread;
mod sealing;
mod set_aside;
mod shelf_choice;
mod workbench;

pub use clear_pickup::{ClearPickup, PickedUp};
pub use edited_note::{Edited, keep_edited};
pub use error::Error;
pub use import::{Import, Known, Plan};
pub use import_report::ImportReport;
pub use leftover::{Recovered, holds_text, recover};
pub use new_note::{NewNote, Prepared};
pub use other_client::OtherClient;
pub use removed_note::{remove, restore, restore_removed};
pub use sealing::{Sealed, seal_clear, seal_over};
pub use set_aside::{KeysNote, set_aside, take_back};
pub use shelf_choice::{Misplaced, shelf_for};
pub use workbench::{Sheet, Workbench, Written};

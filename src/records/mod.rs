//! What the record owes.
//!
//! In go notes and case files; out come problems and deadlines with the note they come from. It reports and never
//! blocks the writing of a note, and it gives no legal advice: for now it knows what each kind of note must hold and
//! the dates that notes themselves set.

mod deadline;
mod requirement;

pub use deadline::{Deadline, Due, deadlines};
pub use requirement::missing;

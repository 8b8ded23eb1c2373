//! The vocabulary: client, note, kind, theme, measure, date, problem.
//!
//! In goes text that a person or a file gave; out come values that are valid by construction, or a fault that says
//! what would be right. Nothing here reads a file, a clock, an environment or a terminal, and no value that holds
//! words of a note can print, copy or serialise itself.

mod amendment;
mod attendance;
mod callout;
mod client_code;
mod confidential;
mod date;
mod details;
mod event;
mod kind;
mod name;
mod note;
mod note_id;
mod own_scale;
mod place;
mod problem;
mod risk;
mod rough_date;
mod scale;
mod score;
mod task;
pub(crate) mod wording;

pub use amendment::{Amendment, Amends};
pub use attendance::Attendance;
pub use callout::{Callout, CalloutKind};
pub use client_code::{ClientCode, ClientCodeFault};
pub use confidential::Confidential;
pub use date::{DateFault, NoteDate};
pub use details::*;
pub use event::Event;
pub use kind::{Class, Kind};
pub use name::{Person, Theme, ThemeMark, ThemeSource};
pub use note::{DatedBy, Imported, LateSave, Note, OtherKey, Signature, Status};
pub use note_id::{NoteId, NoteIdFault};
pub use own_scale::OwnScale;
pub use place::Place;
pub use problem::{Problem, Severity};
pub use risk::{Finding, RiskLevel};
pub use rough_date::{RoughDate, Season};
pub use scale::{Band, ChangeKind, Cutoff, CutoffRule, Direction, ReliableChange, Scale, Scales};
pub use score::Score;
pub use task::{Owner, Task, TaskState};

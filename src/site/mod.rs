//! The pages: a read-only timeline of the practice, made of nothing but an [`Edition`].
//!
//! In goes an [`Edition`] (the casebook, today, and what a reader must be told beside it) and an address; out comes an
//! [`Answer`]. Every page is a function of the edition: the same edition gives the same bytes.
//!
//! | step | where |
//! |---|---|
//! | an address becomes a route, or nothing | `address` |
//! | the casebook becomes a view: plain values, dates in words, coordinates | `view` |
//! | a view becomes HTML | `templates` |
//! | Markdown of a note becomes inert HTML | `markdown` |
//!
//! Words of a note leave `Confidential` here and go into views only. Nothing in this layer opens a file, asks for the
//! time, starts a thread or remembers a request; no address and no title holds a word of a note.

mod address;
mod answer;
mod asked;
mod course_range;
mod edition;
mod excerpt;
mod inline_marks;
mod link;
mod markdown;
mod passage;
mod shown;
mod templates;
mod view;

#[cfg(test)]
mod tests;

use crate::domain::wording;

pub use address::{found_at, lists_pages};
pub use answer::{Answer, answer, answer_found, answer_search};
pub use asked::Asked;
pub use edition::{About, Edition, News, Unreadable};
pub use templates::{TemplateError, Templates};

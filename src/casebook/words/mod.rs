//! Words of notes: where one begins and ends, which spellings are one word, and which words stand where.
//!
//! In go texts, out come words; of all notes of a client an index, in memory only. The search, the suggested words and
//! whoever else counts words use these and no others, so that all of them mean the same by a word.

mod folding;
mod index;
mod searchable;
mod segments;

pub use index::{Spread, WordIndex};

pub(crate) use folding::fold_into;
pub(crate) use searchable::searchable;
pub(crate) use segments::segments;

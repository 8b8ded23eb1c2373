//! Looking for words and marks through all notes.
//!
//! In go a query as typed and the casebook, out come the notes that fit, with how well and where. Only what was read is
//! looked through, in memory; nothing is remembered, and a fault speaks of the query alone.
//!
//! | what is typed | finds |
//! |---|---|
//! | `slept badly` | notes that hold both words, anywhere |
//! | `sleep OR insomnia` | either; `OR` binds closer than standing side by side: `sleep OR insomnia mother` is (either) and `mother` |
//! | `-work` | notes without it; also before a phrase or a filter |
//! | `"slept badly"` | the words in this order, whatever stands between them that is no word |
//! | `nightmare*` | words that begin like this |
//! | `client:a7`, `kind:plan`, `theme:sleep`, `person:sister` | as the filters of the same name |
//! | `phq9:>10` | a total of any known scale, with `>`, `>=`, `<`, `<=`, `=` or nothing |
//! | `before:2026-01-01`, `after:2025` | before or after, without the day, month or year itself |
//!
//! Words are compared whole, without case and diacritics. A word that is several (`self-criticism`) is a phrase.

mod expression;
mod grammar;
mod matching;
mod snippet;
#[cfg(test)]
mod tests;

pub use expression::Search;
pub use grammar::QueryFault;
pub use matching::{Hit, Order};
pub use snippet::{Snippet, in_one_line, snippets};

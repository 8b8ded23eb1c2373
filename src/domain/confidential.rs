//! Words of a note.
//!
//! In goes a string, out comes nothing by itself: the type has no `Display`, no `Clone` and no `Serialize`, its
//! `Debug` shows only that something is there, and its memory is wiped on drop. Text leaves through
//! [`Confidential::reveal`] alone, so that a search for `reveal(` lists every use.

use std::fmt;
use zeroize::Zeroizing;

/// Text that came out of a note and must never reach a message, a log or a disk.
#[derive(PartialEq, Eq)]
pub struct Confidential(Zeroizing<String>);

impl Confidential {
    /// Takes text in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The one way out. Where this is called, words of a note become visible to the code that follows.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Length in bytes; says nothing about the words.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Confidential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Confidential(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::Confidential;

    #[test]
    fn debug_output_never_holds_the_words() {
        let text = Confidential::new("she laughed about it");
        assert!(!format!("{text:?}").contains("laughed"));
        assert!(text.reveal() == "she laughed about it");
    }
}

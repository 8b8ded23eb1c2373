//! Secret values: a passphrase, and what came out of a sealed file.
//!
//! In go strings and bytes; out comes a borrowed view through `reveal`, and nothing else: no `Display`, no `Clone`, no
//! `Serialize`, and a `Debug` that says only that something is there. The memory is wiped on drop.

use std::fmt;
use zeroize::Zeroizing;

/// A passphrase as it was typed or drawn.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes a passphrase in. The caller takes off the line end that a file or terminal put behind it.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The one way out: to the key derivation, and once to the user for a passphrase that was drawn.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

/// Bytes that came out of a sealed file, or out of a clear one, with the padding taken off.
#[derive(PartialEq, Eq)]
pub struct Plain(Zeroizing<Vec<u8>>);

impl Plain {
    pub(super) fn new(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }

    /// The one way out. Where this is called, words of a note become visible to the code that follows.
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Plain(..)")
    }
}

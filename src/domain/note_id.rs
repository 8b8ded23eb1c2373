//! A note's id: twelve characters of Crockford's base32 in lower case, random, so that a file's name says nothing.
//!
//! In goes a text or 60 bits; out comes an id. Drawing the random bits is the vault's affair, not this module's.

use std::fmt;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Twelve characters out of `0-9a-hjkmnp-tv-z` (60 bits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId([u8; 12]);

/// A text that is no note id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a note id has twelve characters out of 0-9 and a-z without i, l, o and u")]
pub struct NoteIdFault;

impl NoteId {
    /// Makes an id of the first 60 bits of what is given.
    pub fn from_bits(bytes: [u8; 8]) -> Self {
        let mut bits = u64::from_be_bytes(bytes);
        let mut id = [0u8; 12];
        for slot in &mut id {
            *slot = ALPHABET[(bits >> 59) as usize];
            bits <<= 5;
        }
        Self(id)
    }

    /// Checks an id.
    ///
    /// # Errors
    /// [`NoteIdFault`] when length or alphabet differ.
    pub fn parse(text: &str) -> Result<Self, NoteIdFault> {
        let bytes: [u8; 12] = text.as_bytes().try_into().map_err(|_| NoteIdFault)?;
        if bytes.iter().all(|b| ALPHABET.contains(b)) { Ok(Self(bytes)) } else { Err(NoteIdFault) }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        // Only bytes of the alphabet get in, so this is always ASCII.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for NoteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::NoteId;

    #[test]
    fn ids_made_of_bits_are_read_back_and_others_refused() {
        for bits in [[0u8; 8], [255; 8], [1, 2, 3, 4, 5, 6, 7, 8]] {
            let id = NoteId::from_bits(bits);
            assert_eq!(NoteId::parse(id.as_str()), Ok(id));
        }
        for bad in ["", "3k9x2m7q4d1", "3k9x2m7q4d1wz", "3K9X2M7Q4D1W", "3k9x2m7q4d1l", "../../../etc"] {
            assert!(NoteId::parse(bad).is_err(), "{bad}");
        }
    }
}

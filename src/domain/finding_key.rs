//! What a finding is known by in a vault: digits of a hash, which say nothing by themselves.

use std::fmt;

/// Hexadecimal digits of a key.
const DIGITS: usize = 32;

/// The key of one finding in one state.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingKey(String);

impl FindingKey {
    /// The first half of a hash of 32 bytes.
    pub fn of_hash(hash: &[u8]) -> Self {
        Self(hash.iter().take(DIGITS / 2).map(|byte| format!("{byte:02x}")).collect())
    }

    /// Reads a key as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        let is_key = text.len() == DIGITS && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        is_key.then(|| Self(text.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FindingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::FindingKey;

    #[test]
    fn a_key_is_read_as_it_is_written_and_nothing_else_is() {
        let key = FindingKey::of_hash(&[0xab; 32]);
        assert_eq!(FindingKey::parse(key.as_str()), Some(key));
        for wrong in ["", "ab", &"AB".repeat(16), &"é".repeat(16), &"ab".repeat(17)] {
            assert_eq!(FindingKey::parse(wrong), None, "{wrong}");
        }
    }
}

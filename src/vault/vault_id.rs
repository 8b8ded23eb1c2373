//! Ids: of a vault, of a note, and of whatever else needs a name nobody can guess a meaning from.
//!
//! In goes randomness, or a path; out come ids. A note id is a name and no secret.

use super::error::{Error, ErrorKind};
use crate::domain::NoteId;
use sha2::{Digest, Sha256};
use std::fmt;
use std::hash::{BuildHasher, RandomState};

/// Tells one vault from another. Random, written in `throughline.toml`, and a folder's name in the state folder.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VaultId(String);

impl VaultId {
    /// Draws an id of 128 bits.
    pub(super) fn random() -> Result<Self, Error> {
        let mut bytes = [0u8; 16];
        getrandom::fill(&mut bytes)
            .map_err(|_| Error::new(ErrorKind::Io, "draw", "a vault id", "the system gives no randomness"))?;
        Ok(Self(hex(&bytes)))
    }

    /// Reads an id: 8 to 64 of `a-z0-9`, so that it can be a folder's name with no further cleaning.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let fits = (8..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        fits.then(|| Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for VaultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A random note id. Should the system give no randomness, the hash seed of this process serves: an id must be unused,
/// it need not be unguessable.
pub(super) fn random_note_id() -> NoteId {
    let mut bytes = [0u8; 8];
    if getrandom::fill(&mut bytes).is_err() {
        bytes = RandomState::new().hash_one(std::time::SystemTime::now()).to_be_bytes();
    }
    NoteId::from_bits(bytes)
}

/// The id of a note whose file has a name of its own: the same on every device, as long as it is not moved.
pub(super) fn derived_note_id(vault: &VaultId, path: &str) -> NoteId {
    let digest = Sha256::new().chain_update(b"throughline-note-id-v1\n").chain_update(vault.as_str());
    let digest = digest.chain_update(b"\n").chain_update(path).finalize();
    let mut bits = [0u8; 8];
    bits.copy_from_slice(&digest[..8]);
    NoteId::from_bits(bits)
}

/// SHA-256 of some bytes as 64 hexadecimal digits in lower case.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
        text
    })
}

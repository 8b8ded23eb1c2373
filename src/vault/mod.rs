//! The vault: sealed files, the keys that open them, and the care with which both are written.
//!
//! In go texts, keys and paths that the caller chose; out come sealed files that any `age` opens, and texts again. What
//! is kept on the disk is ciphertext, public keys and, outside the vault, pins, intents and a lock. This layer never
//! prints, asks, reads the environment or looks into a note's text.
//!
//! - [`Vault`] knows a folder and no key: it lists, seals new notes, adds clients.
//! - [`OpenVault`] holds private keys: it reads, replaces, and pins.
//! - [`watch()`] says when the folder has changed and settled; [`memory`] gives editors a place that is no disk.

mod consent;
mod disk;
mod error;
mod folders;
mod founding;
mod history;
mod intent;
mod keys;
mod lock;
pub mod memory;
mod names;
mod open_vault;
mod padding;
mod pins;
mod public_key;
mod recovery;
mod removing;
mod replacing;
mod scan;
mod seal;
mod sealing;
mod secret;
mod shelf;
mod store;
mod unfinished;
mod vault_id;
mod watch;
mod words;
mod writing;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;

pub use consent::PinChange;
pub use disk::Stamp;
pub use error::{Error, ErrorKind};
pub use history::HistoryEntry;
pub use keys::{Identities, PaperKey, create_identity, identity_public_keys};
pub use lock::WriteLock;
pub use names::is_leftover;
pub use open_vault::OpenVault;
pub use public_key::PublicKey;
pub use recovery::{Interrupted, Outcome};
pub use removing::Removed;
pub use scan::{ClearFile, Scan, SealedFile, Skipped};
pub use secret::{Passphrase, Plain};
pub use shelf::Shelf;
pub use store::Vault;
pub use unfinished::Unfinished;
pub use vault_id::VaultId;
pub use watch::{Change, Watcher, watch, watch_folder};
pub use words::generate_passphrase;

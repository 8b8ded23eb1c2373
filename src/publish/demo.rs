//! The example vault that ships inside the binary, with the identity that opens it.
//!
//! Both are public: the notes are fiction, and the identity says so in its first line.

use crate::vault::{Error, Identities, Vault};
use rust_embed::Embed;

/// The day that counts as today in the demo: the last week of the example's two years.
pub const DEMO_TODAY: &str = "2026-03-10";

#[derive(Embed)]
#[folder = "example-vault/"]
struct ExampleVault;

const PUBLIC_IDENTITY: &str = include_str!("example-identity.txt");

/// The example vault, read from the binary itself.
///
/// # Errors
/// Only when the binary was built from a broken example.
pub fn demo_vault() -> Result<Vault, Error> {
    let files = ExampleVault::iter().filter_map(|path| {
        let file = ExampleVault::get(&path)?;
        Some((path.into_owned(), file.data))
    });
    Vault::embedded(files.collect())
}

/// The identity that opens the example vault and nothing else.
///
/// # Errors
/// Only when the binary was built from a broken example.
pub fn demo_identity() -> Result<Identities, Error> {
    Identities::from_text(PUBLIC_IDENTITY)
}

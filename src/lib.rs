//! `throughline` keeps a counselor's session notes as sealed Markdown files and turns them into a private timeline.
//!
//! # Layers
//!
//! Each module imports only from modules below it; `tests/it/architecture.rs` fails when one does not.
//!
//! | layer | what it is |
//! |---|---|
//! | [`cli`] | arguments, terminal, exit codes: the only code that prints, asks, or reads the environment |
//! | [`gate`] | listener, guard, relay: the process with the socket; it knows no key |
//! | [`serve`] | requests to pages: the process with the notes; it knows no socket but a private one |
//! | [`keeping`] | text into the vault: where a kind chooses folder and key |
//! | [`publish`] | the reading road in one place: vault, notes, casebook, site |
//! | [`site`] | views, templates, routes, safe HTML |
//! | [`brief`] | what a counselor wants to know before a session |
//! | [`insight`] · [`records`] | what runs through a history · what the record owes |
//! | [`casebook`] | an immutable snapshot: clients, timelines, themes, measures, open items |
//! | [`notes`] · [`vault`] | Markdown read well · files, keys, sealing |
//! | [`machine`] | the machine around the notes: editors, and what of it lets words out or keeps copies |
//! | [`domain`] | the vocabulary |
//!
//! # What holds everywhere
//!
//! - `domain`, `notes`, `casebook`, `insight`, `records`, `brief` and `site` are pure: no file, clock, thread, environment,
//!   terminal or randomness. "Today" is a parameter.
//! - Words of a note live in [`domain::Confidential`]: they leave only through `reveal`.
//! - Nothing decrypted is ever written to a disk.
//! - The thread that answers requests owns a snapshot, never a key or a folder.
//! - Bad input is data beside the result: reading gives notes *and* problems.

pub mod domain;

pub mod machine;
pub mod notes;
pub mod vault;

pub mod casebook;

pub mod insight;
pub mod records;

pub mod brief;

pub mod site;

pub mod publish;

pub mod gate;
pub mod keeping;
pub mod serve;

pub mod cli;

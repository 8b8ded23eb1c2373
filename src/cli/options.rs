//! Options that many commands share, as typed.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Options before or after the command.
#[derive(Debug, Clone, Args)]
pub(super) struct Common {
    /// The vault's folder [default: THROUGHLINE_VAULT, the nearest vault upwards, `default_vault` of config.toml]
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) vault: Option<PathBuf>,
    /// An identity file; may be given again [default: THROUGHLINE_IDENTITY, identity.age beside config.toml]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) identity: Vec<PathBuf>,
    /// Read the passphrase from the first line of a file, `-` for standard input
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) passphrase_file: Option<PathBuf>,
    /// Colour in what is printed
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    pub(super) color: Color,
    /// Say only what went wrong
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The day that counts as today.
#[derive(Debug, Clone, Args)]
pub(super) struct TodayOption {
    /// The day that counts as today
    #[arg(long, value_name = "DATE")]
    pub(super) today: Option<String>,
}

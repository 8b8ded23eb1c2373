//! What can be typed. What it means is decided by the commands.

use super::commands;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Keeps session notes sealed, and shows what runs through a client's history
#[derive(Debug, Parser)]
#[command(name = "throughline", version, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

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

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a new note in the editor, or take it from standard input
    New(commands::new::Arguments),
    /// Make a vault and a passphrase-sealed identity
    Init(commands::init::Arguments),
    /// Serve the example vault that ships inside this program
    Demo(commands::serve::DemoArguments),
    /// Add, list or show clients
    Client(commands::client::Arguments),
    /// Edit a note that is not signed
    Edit(commands::edit::Arguments),
    /// Show one note
    Show(commands::show::Arguments),
    /// List notes, oldest first
    List(commands::list::Arguments),
    /// Seal clear notes and remove them once the sealed copy was read back
    Seal(commands::seal::Arguments),
    /// Bring notes in from elsewhere
    Import(commands::import::Arguments),
    /// List problems in notes
    Check(commands::check::Arguments),
    /// Serve the timeline on this machine
    Serve(commands::serve::Arguments),
    /// Hold the vault for a serving parent (never typed)
    #[command(hide = true)]
    KeepOpen,
}

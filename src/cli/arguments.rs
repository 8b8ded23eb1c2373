//! What can be typed. What it means is decided by the commands.

use super::commands;
use super::options::Common;
use clap::{Parser, Subcommand};

/// Keeps session notes sealed, and shows what runs through a client's history
#[derive(Debug, Parser)]
#[command(name = "throughline", version, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Unlock once for the day: the timeline in the browser, the notes as files on a desk
    Open(commands::open::Arguments),
    /// Write a new note in the editor, or take it from standard input
    New(commands::new::Arguments),
    /// Note a session that did not take place, in one line
    Missed(commands::missed::Arguments),
    /// Show what to know before a session, on one screen
    Prepare(commands::prepare::Arguments),
    /// Make a vault and a passphrase-sealed identity
    Init(commands::init::Arguments),
    /// Serve the example vault that ships inside this program
    Demo(commands::serve::DemoArguments),
    /// Add, list or show clients
    Client(commands::client::Arguments),
    /// Edit a note that is not signed
    Edit(commands::edit::Arguments),
    /// Lay notes out as files for any editor; every save is sealed
    Desk(commands::desk::Arguments),
    /// List the versions of a note, oldest first; show or restore one
    History(commands::history::Arguments),
    /// Remove a note that is not signed; it stays in its history
    Rm(commands::rm::Arguments),
    /// Show one note
    Show(commands::show::Arguments),
    /// List notes, oldest first
    List(commands::list::Arguments),
    /// Look for words, phrases and marks in all notes
    ///
    /// Words typed side by side must all be in a note, in any order. "slept badly" is a phrase, nightmare* begins like
    /// this, -work must not be there, and OR joins its two neighbours only: `sleep OR insomnia mother` is (sleep or
    /// insomnia) and mother. Case and accents do not count.
    ///
    /// client:a7, kind:plan, theme:sleep, person:sister, phq9:>10, before:2026-01-01 and after:2025 narrow it down; so do
    /// the options. The shell takes quotation marks away: write 'mother "slept badly" -work' in single ones.
    Search(commands::search::Arguments),
    /// Seal clear notes and remove them once the sealed copy was read back
    Seal(commands::seal::Arguments),
    /// Bring notes in from elsewhere
    Import(commands::import::Arguments),
    /// Show what runs through a client's history, with what it rests on
    Patterns(commands::patterns::Arguments),
    /// List problems in notes
    Check(commands::check::Arguments),
    /// Look for what lets words of notes out of this machine, and say what to do
    ///
    /// Needs no passphrase, and no vault. Changes nothing.
    Doctor,
    /// Serve the timeline on this machine
    Serve(commands::serve::Arguments),
    /// Hold the vault for a serving parent (never typed)
    #[command(hide = true)]
    KeepOpen,
}

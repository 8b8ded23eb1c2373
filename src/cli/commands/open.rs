//! `open`: the timeline and a desk, with one unlock and one lock.

use super::duration;
use super::serve::handover_of;
use crate::cli::Exit;
use crate::cli::failure::Failure;
use crate::cli::opening::{DeskFolder, Pages, Plan, hold_open};
use crate::cli::session::Session;
use clap::Args;
use std::time::Duration;

/// Unlock once for the day: the timeline in the browser, the notes as files on a desk
///
/// Prints an address with a one-time token, and the desk's folder, which is held in memory. One lock closes both.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The port on 127.0.0.1 [default: any that is free]
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Process notes too
    #[arg(long)]
    with_process: bool,
    /// Lock after this long without a request or a save (90s, 60m, 2h)
    #[arg(long, value_name = "TIME", default_value = "60m", value_parser = duration)]
    lock_after: Duration,
}

/// Opens both.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let vault = session.vault()?;
    let (mut handover, sealed) = handover_of(session, &vault)?;
    handover.with_process = arguments.with_process;
    let desk = Some(DeskFolder::take(vault)?);
    let pages = Some(Pages { port: arguments.port, open: true });
    hold_open(session, Plan { handover, sealed, pages, desk, lock_after: arguments.lock_after, ends_after: None })
}

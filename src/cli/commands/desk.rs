//! `desk`: notes as readable files for any editor.

use super::serve::handover_of;
use super::{client_code, duration};
use crate::cli::Exit;
use crate::cli::failure::Failure;
use crate::cli::opening::{DeskFolder, Plan, hold_open};
use crate::cli::session::Session;
use crate::domain::ClientCode;
use clap::Args;
use std::time::Duration;

/// Lay notes out as files for any editor; every save is sealed
///
/// Prints the folder, which is held in memory. A new file in a client's folder becomes a note; deleting a file deletes no
/// note; signed notes can only be read. Ctrl-C seals what was saved last and empties the folder.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Only these clients' notes [default: all]
    #[arg(value_parser = client_code)]
    client: Vec<ClientCode>,
    /// Close after this long (90s, 30m, 2h)
    #[arg(long = "for", value_name = "TIME", value_parser = duration)]
    ends_after: Option<Duration>,
    /// Lock after this long without a save (90s, 60m, 2h)
    #[arg(long, value_name = "TIME", default_value = "60m", value_parser = duration)]
    lock_after: Duration,
    /// Process notes too
    #[arg(long)]
    with_process: bool,
}

/// Opens the desk.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let vault = session.vault()?;
    for code in &arguments.client {
        session.require_client(&vault, code)?;
    }
    let (mut handover, sealed) = handover_of(session, &vault)?;
    handover.clients = arguments.client.iter().map(ToString::to_string).collect();
    handover.with_process = arguments.with_process;
    let desk = Some(DeskFolder::take(vault)?);
    let (lock_after, ends_after) = (arguments.lock_after, arguments.ends_after);
    hold_open(session, Plan { handover, sealed, pages: None, desk, lock_after, ends_after })
}

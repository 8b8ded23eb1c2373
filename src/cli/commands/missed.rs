//! `missed`: a session that did not take place, in one line.

use super::client_code;
use super::new::{keep, offer_client, written_date};
use crate::cli::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::domain::{Attendance, ClientCode};
use crate::keeping::NewNote;
use crate::publish::Today;
use clap::Args;

/// Note a session that did not take place, in one line
///
/// Prints the note's id. No passphrase is needed.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The client's code
    #[arg(value_parser = client_code)]
    client: ClientCode,
    /// The day it was to be (2026-03-02, yesterday, "2 days ago") [default: today]
    date: Option<String>,
    /// no-show, cancelled-late, cancelled-client, cancelled-counselor or rescheduled
    #[arg(long = "as", value_name = "ATTENDANCE", default_value = "no-show")]
    attendance: String,
}

/// Notes it.
pub(in crate::cli) fn run(session: &Session, arguments: &Arguments) -> Result<Exit, Failure> {
    let vault = session.vault()?;
    let today = Today::Local.day();
    let attendance = missed_as(arguments)?;
    let date = match &arguments.date {
        Some(given) => written_date(session, given, today)?,
        None => today.to_string(),
    };
    if !vault.clients()?.contains(&arguments.client) {
        offer_client(session, &vault, &arguments.client)?;
    }
    let note = NewNote {
        client: Some(arguments.client.clone()),
        date: Some(date),
        keys: vec![("attendance".to_owned(), attendance.word().to_owned())],
        ..NewNote::default()
    };
    keep(session, &vault, &note, b"", today)
}

/// The attendance, when it is one of a session that did not take place.
fn missed_as(arguments: &Arguments) -> Result<Attendance, Failure> {
    let missed: Vec<&str> = Attendance::ALL.iter().filter(|a| !a.took_place()).map(|a| a.word()).collect();
    let word = &arguments.attendance;
    match Attendance::parse(word) {
        Some(attendance) if !attendance.took_place() => Ok(attendance),
        Some(attendance) => Err(Failure::usage(format!(
            "cannot note a missed session as `{attendance}`: it took place",
            attendance = attendance.word()
        ))
        .hint(format!("`throughline new {}` writes a note of it", arguments.client))),
        None => Err(Failure::usage(format!("cannot read the attendance `{word}`"))
            .hint(format!("one of {}", missed.join(", ")))),
    }
}

//! `missed`: a session that did not take place, in one line.

use super::client_code;
use super::new::{keep, offer_client, written_date};
use crate::cli::Exit;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::unlock;
use crate::domain::{Attendance, ClientCode, NoteDate};
use crate::keeping::NewNote;
use crate::publish::{Scope, Today};
use chrono::{Months, NaiveDate};
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
    let day = NoteDate::parse(&date).map_err(|_| Failure::usage(format!("cannot read the date `{date}`")))?;
    refuse_to_come(attendance, day.day, today)?;
    if !vault.clients()?.contains(&arguments.client) {
        offer_client(session, &vault, &arguments.client)?;
    }
    compare(session, &arguments.client, &day)?;
    let note = NewNote {
        client: Some(arguments.client.clone()),
        date: Some(date),
        keys: vec![("attendance".to_owned(), attendance.word().to_owned())],
        ..NewNote::default()
    };
    keep(session, &vault, &note, b"", today)
}

/// That somebody does not come is known when the day is over; that a session will not take place can be known before. A
/// day that is far ahead is a slip in its year.
fn refuse_to_come(attendance: Attendance, day: NaiveDate, today: NaiveDate) -> Result<(), Failure> {
    if day > today && attendance == Attendance::NoShow {
        return Err(Failure::usage(format!("cannot note a no-show on {day}: that day is still to come"))
            .hint("`--as cancelled-client`, `cancelled-counselor` or `rescheduled` notes what is known before"));
    }
    if day > today + Months::new(12) {
        return Err(Failure::usage(format!("cannot note a missed session on {day}: that is more than a year ahead"))
            .hint("look at the year"));
    }
    Ok(())
}

/// Looks for notes of the same day, where the vault opens without a question: noting needs no passphrase. The same twice
/// is refused, and a session that took place is said.
fn compare(session: &Session, client: &ClientCode, date: &NoteDate) -> Result<(), Failure> {
    let Some(vault) = unlock::open_unasked(session) else { return Ok(()) };
    let Ok(publisher) = session.read_from(vault, Scope::client(client.clone()), Today::Local) else { return Ok(()) };
    let Some(file) = publisher.casebook().client(client) else { return Ok(()) };
    let day = date.day;
    for appointment in file.appointments.iter().filter(|appointment| appointment.day == day) {
        let Some(note) = file.notes.get(appointment.note) else { continue };
        if appointment.took_place() {
            session.messages.warn(&format!(
                "there is a note of a session on {day} that is not marked as missed, {}; both count as appointments",
                note.id
            ));
        } else if date.time.is_none() || date.time == note.date.time {
            return Err(Failure::new(
                Exit::Refused,
                format!("cannot note a missed session on {day}: note {} says so already", note.id),
            )
            .hint(format!(
                "`throughline edit {}` changes it; a second appointment is told by its time: \
                 `throughline missed {client} {day}T10:00`",
                note.id
            )));
        }
    }
    Ok(())
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

//! `show`: one note on the terminal.

use crate::cli::failure::Failure;
use crate::cli::options::TodayOption;
use crate::cli::session::Session;
use crate::cli::{Exit, json, note_reference};
use crate::domain::Status;
use clap::Args;

/// Show one note
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// An id or its first four characters, a7 (newest), a7/2026-03-02, or a7/12 (session number)
    note: String,
    /// Print the text as it was sealed, front matter and all
    #[arg(long)]
    raw: bool,
    #[command(flatten)]
    today: TodayOption,
}

/// Shows.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let today = session.today(arguments.today.today.as_deref())?;
    let found = note_reference::find(session, &arguments.note, false, today)?;
    let note = &found.note;
    if arguments.raw {
        session.output.raw(note.text.reveal())?;
        return Ok(Exit::Done);
    }
    let file = note.client.as_ref().and_then(|code| found.publisher.casebook().client(code));
    let number = file.and_then(|file| json::number(file, note));
    let mut heading = vec![note.client.as_ref().map_or_else(|| "practice".to_owned(), ToString::to_string)];
    heading.push(number.map_or_else(|| note.kind.to_string(), |number| format!("{} {number}", note.kind)));
    heading.push(note.date.to_string());
    heading.extend(note.session().and_then(|s| s.attendance).map(|attendance| attendance.word().to_owned()));
    let heading = session.output.strong(&heading.join(" · "));
    session.output.styled(&format!("{heading}\n\n{}\n", note.body().trim_matches('\n')))?;
    if note.status == Status::Signed {
        session.messages.say("This note is signed.");
    }
    for other in found.publisher.casebook().amendments_of(note) {
        session.messages.say(&format!("Amended on {}: `throughline show {}`", other.date, other.id));
    }
    for problem in &note.problems {
        let place = problem.place.map(|place| format!("line {}: ", place.line)).unwrap_or_default();
        session.messages.say(&format!("{}: {place}{}", problem.severity.word(), problem.message));
    }
    Ok(Exit::Done)
}

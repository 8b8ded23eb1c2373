//! `list`: notes, oldest first.

use super::client_code;
use crate::cli::Exit;
use crate::cli::failure::Failure;
use crate::cli::filters::Filters;
use crate::cli::json::{ListedNote, number};
use crate::cli::options::TodayOption;
use crate::cli::session::Session;
use crate::domain::{ClientCode, Note, Status};
use crate::publish::Publisher;
use clap::Args;

/// List notes, oldest first
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Only this client
    #[arg(value_parser = client_code)]
    client: Option<ClientCode>,
    #[command(flatten)]
    filters: Filters,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    today: TodayOption,
}

/// Lists.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let today = session.today(arguments.today.today.as_deref())?;
    let query = arguments.filters.query(session, arguments.client.clone(), today.day())?;
    let publisher = session.read_client(arguments.client.as_ref(), false, today)?;
    let notes = query.select(publisher.casebook());
    if arguments.json {
        let listed: Vec<ListedNote> = notes.iter().map(|note| ListedNote::of(note, publisher.casebook())).collect();
        session.output.json(&listed)?;
    } else {
        let rows: String = notes.iter().map(|note| row(note, &publisher, session)).collect();
        session.output.styled(&rows)?;
        if notes.is_empty() {
            session.messages.say("No notes fit.");
        }
    }
    Ok(report_unreadable(session, &publisher))
}

/// Says which files would not open; a list that hides them would be a lie.
pub(super) fn report_unreadable(session: &Session, publisher: &Publisher) -> Exit {
    let mut exit = Exit::Done;
    for file in publisher.unreadable() {
        session.messages.warn(&file.why);
        exit = Exit::Problems;
    }
    exit
}

/// Day, client, kind and number of a note.
pub(super) fn heading(note: &Note, publisher: &Publisher, session: &Session) -> Vec<String> {
    let client = note.client.as_ref().map_or("practice", ClientCode::as_str);
    let numbered = note.client.as_ref().and_then(|code| number(publisher.casebook().client(code)?, note));
    let kind = numbered.map_or_else(|| note.kind.to_string(), |number| format!("{} {number}", note.kind));
    vec![note.date.day.to_string(), session.output.strong(client), kind]
}

fn row(note: &Note, publisher: &Publisher, session: &Session) -> String {
    let mut parts = heading(note, publisher, session);
    let attendance =
        note.session().and_then(|session| session.attendance).filter(|attendance| !attendance.took_place());
    parts.extend(attendance.map(|attendance| attendance.word().to_owned()));
    parts.extend(note.title.as_ref().map(|title| title.reveal().to_owned()));
    parts.extend(note.themes.iter().map(|mark| format!("#{}", mark.theme.key())));
    let scales = publisher.casebook().scales();
    parts.extend(scales.scores_of(note).iter().map(|score| format!("{} {}", scales.name(&score.scale), score.value)));
    if note.status == Status::Signed {
        parts.push("signed".to_owned());
    }
    if !note.problems.is_empty() {
        parts.push(format!("({} to look at)", note.problems.len()));
    }
    // One note is one line, whatever its title holds.
    format!("{}  {}\n", note.id, parts.join("  ").replace(['\n', '\r'], " "))
}

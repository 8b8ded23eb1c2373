//! `prepare`: the brief before a session, on one screen.

use super::client_code;
use super::list::report_unreadable;
use crate::brief::{Brief, brief, news};
use crate::casebook::CaseFile;
use crate::cli::Exit;
use crate::cli::brief_screen::screen;
use crate::cli::failure::Failure;
use crate::cli::json::Prepared;
use crate::cli::options::TodayOption;
use crate::cli::session::Session;
use crate::domain::ClientCode;
use crate::insight::Seen;
use chrono::NaiveDate;
use clap::Args;
use std::sync::Arc;

/// Show what to know before a session, on one screen
///
/// Each line names the note it comes from; `throughline show ID` opens it. Without a client, everybody planned for today.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Only this client
    #[arg(value_parser = client_code)]
    client: Option<ClientCode>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    today: TodayOption,
}

/// Prepares.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let today = session.today(arguments.today.today.as_deref())?;
    let publisher = session.read_client(arguments.client.as_ref(), false, today)?;
    let (book, today) = (publisher.casebook(), today.day());
    if let Some(code) = &arguments.client {
        if let Some(file) = book.client(code) {
            let brief = written(file, today);
            match arguments.json {
                true => session.output.json(&Prepared::of(&file.code, &brief))?,
                false => session.output.styled(&page(session, file, today))?,
            }
        }
        return Ok(report_unreadable(session, &publisher));
    }
    let expected = expected(book.clients(), today);
    if arguments.json {
        let all: Vec<Prepared> = expected.iter().map(|file| Prepared::of(&file.code, &written(file, today))).collect();
        session.output.json(&all)?;
    } else {
        let pages: Vec<String> = expected.iter().map(|file| page(session, file, today)).collect();
        session.output.styled(&pages.join("\n"))?;
        if expected.is_empty() {
            session.messages.say("Nobody is planned for today.");
        }
    }
    Ok(report_unreadable(session, &publisher))
}

/// Whose next appointment is today, by the hour.
fn expected<'a>(files: impl Iterator<Item = &'a Arc<CaseFile>>, today: NaiveDate) -> Vec<&'a CaseFile> {
    let of_today = files.filter(|file| !file.is_closed(today)).filter_map(|file| {
        let next = file.next_session().filter(|next| next.day == today)?;
        Some((next.time, file.as_ref()))
    });
    let mut expected: Vec<_> = of_today.collect();
    expected.sort_by(|a, b| (a.0, &a.1.code).cmp(&(b.0, &b.1.code)));
    expected.into_iter().map(|(_, file)| file).collect()
}

/// The brief with what is new among the findings.
fn written(file: &CaseFile, today: NaiveDate) -> Brief {
    brief(file, today, news(file, &Seen::of(file, today)))
}

/// One client's screen.
fn page(session: &Session, file: &CaseFile, today: NaiveDate) -> String {
    let mut head = vec![session.output.strong(file.code.as_str())];
    head.extend(file.label().map(str::to_owned));
    let strong = |text: &str| session.output.strong(text);
    format!("{}\n{}", head.join("  ").replace(['\n', '\r'], " "), screen(&written(file, today), &strong))
}

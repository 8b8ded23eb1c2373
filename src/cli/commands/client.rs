//! `client add`, `client list`, `client show`.

use super::client_code;
use crate::casebook::CaseFile;
use crate::cli::Exit;
use crate::cli::counted::counted;
use crate::cli::failure::Failure;
use crate::cli::options::TodayOption;
use crate::cli::session::Session;
use crate::domain::ClientCode;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::collections::BTreeMap;

/// Add, list or show clients
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a client's folder and key
    Add {
        /// The client's code, such as a7
        #[arg(value_parser = client_code)]
        code: ClientCode,
    },
    /// List clients
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show what is known about a client
    Show {
        /// The client's code
        #[arg(value_parser = client_code)]
        code: ClientCode,
        /// Show name and contact too
        #[arg(long)]
        name: bool,
        #[command(flatten)]
        today: TodayOption,
    },
}

/// Adds, lists or shows.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    match arguments.action {
        Action::Add { code } => add(session, &code),
        Action::List { json } => list(session, json),
        Action::Show { code, name, today } => show(session, &code, name, &today),
    }
}

fn add(session: &Session, code: &ClientCode) -> Result<Exit, Failure> {
    let vault = session.vault()?;
    let lock = session.lock(&vault)?;
    if vault.add_client(&lock, code)? {
        session.messages.say(&format!("Added client {code}. `throughline new {code}` writes the first note."));
    } else {
        session.messages.say(&format!("Client {code} is there already."));
    }
    Ok(Exit::Done)
}

#[derive(Debug, Serialize)]
struct Listed {
    client: String,
    notes: usize,
}

/// Codes and counts are visible without a key, so nothing is opened for them.
fn list(session: &Session, json: bool) -> Result<Exit, Failure> {
    let scan = session.vault()?.scan()?;
    let mut counts: BTreeMap<&ClientCode, usize> = scan.clients.iter().map(|code| (code, 0)).collect();
    for code in scan.notes.iter().filter_map(|file| file.shelf.as_ref()?.client()) {
        *counts.entry(code).or_default() += 1;
    }
    let listed: Vec<Listed> =
        counts.into_iter().map(|(code, notes)| Listed { client: code.to_string(), notes }).collect();
    if json {
        session.output.json(&listed)?;
    } else if listed.is_empty() {
        session.messages.say("No clients yet. `throughline client add a7` makes the first.");
    } else {
        let width = listed.iter().map(|row| row.client.len()).max().unwrap_or(0);
        let rows: String =
            listed.iter().map(|row| format!("{:<width$}  {}\n", row.client, counted(row.notes, "note"))).collect();
        session.output.text(&rows)?;
    }
    Ok(Exit::Done)
}

fn show(session: &Session, code: &ClientCode, name: bool, today: &TodayOption) -> Result<Exit, Failure> {
    let today = session.today(today.today.as_deref())?;
    let publisher = session.read_client(Some(code), false, today)?;
    if let Some(file) = publisher.casebook().client(code) {
        session.output.text(&described(file, name, today.day()))?;
    }
    Ok(if publisher.unreadable().next().is_some() { Exit::Problems } else { Exit::Done })
}

fn described(file: &CaseFile, name: bool, today: chrono::NaiveDate) -> String {
    let mut lines = vec![format!("{}  {}", file.code, file.label().unwrap_or_default())];
    let held = file.sessions_held();
    if let Some(first) = file.appointments.first() {
        lines.push(format!("{} since {}", counted(held, "session"), first.day));
    }
    lines.extend(file.last_session(today).map(|last| format!("last session: {}", last.day)));
    lines.extend(file.next_session().map(|next| format!("next session: {next}")));
    let missed = file.appointments.len() - held;
    if missed > 0 {
        lines.push(format!("{} that did not take place", counted(missed, "appointment")));
    }
    for series in &file.measures {
        lines.extend(series.readings.last().map(|last| format!("{}: {} on {}", series.name(), last.value, last.day)));
    }
    lines.extend(file.risk.last().map(|risk| format!("risk as recorded: {} on {}", risk.level.word(), risk.day)));
    if !file.open_items.is_empty() {
        lines.push(counted(file.open_items.len(), "open item"));
    }
    if let Some(profile) = file.profile().filter(|_| name) {
        lines.extend(profile.name.as_ref().map(|name| format!("name: {}", name.reveal())));
        lines.extend(profile.contact.as_ref().map(|contact| format!("contact: {}", contact.reveal())));
    }
    lines.join("\n") + "\n"
}

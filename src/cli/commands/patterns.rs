//! `patterns`: what stands out in a client's history, what may be chance, and what it is too early to say.

use super::client_code;
use super::list::report_unreadable;
use crate::cli::Exit;
use crate::cli::counted::counted;
use crate::cli::failure::Failure;
use crate::cli::options::TodayOption;
use crate::cli::patterns_json::PatternsDocument;
use crate::cli::session::Session;
use crate::cli::unlock;
use crate::domain::{ClientCode, Confidential};
use crate::insight::{Finding, Findings, Level};
use crate::keeping::{self, KeysNote};
use crate::publish::{Scope, Today};
use clap::Args;

/// Show what runs through a client's history, with what it rests on
///
/// Says what was counted, how large it is, and how easily it could be chance. Never why, and never what will come. That
/// nothing is shown does not mean that nothing is there.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Only this client
    #[arg(value_parser = client_code)]
    client: Option<ClientCode>,
    /// Also what may be chance, and what has too few data
    #[arg(long)]
    all: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Set a finding aside, by its number, until its sessions change; no reason is kept
    #[arg(long, value_name = "N", requires = "client", conflicts_with = "json")]
    set_aside: Option<usize>,
    /// Take back a finding that was set aside, by its number
    #[arg(long, value_name = "N", requires = "client", conflicts_with_all = ["json", "set_aside"])]
    take_back: Option<usize>,
    #[command(flatten)]
    today: TodayOption,
}

/// Finds.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    if let (Some(client), Some(number)) = (&arguments.client, arguments.set_aside.or(arguments.take_back)) {
        return set_aside(session, client, number, &arguments);
    }
    let today = session.today(arguments.today.today.as_deref())?;
    let publisher = session.read_client(arguments.client.as_ref(), false, today)?;
    let files = publisher.casebook().clients();
    let wanted = files.filter(|file| arguments.client.as_ref().is_none_or(|code| file.code == *code));
    let found: Vec<Findings> = wanted.map(|file| Findings::of(file, today.day())).collect();
    if arguments.json {
        session.output.json(&PatternsDocument::of(&found, arguments.all))?;
    } else {
        let told: Vec<String> = found.iter().map(|seen| told(session, seen, arguments.all)).collect();
        session.output.styled(&told.concat())?;
        closing(session, &told.concat(), arguments.all);
    }
    Ok(report_unreadable(session, &publisher))
}

/// Sets a finding aside, or takes it back.
fn set_aside(session: &Session, client: &ClientCode, number: usize, arguments: &Arguments) -> Result<Exit, Failure> {
    let today = session.today(arguments.today.today.as_deref())?;
    let vault = session.vault()?;
    session.require_client(&vault, client)?;
    let opened = unlock::open(session, vault)?;
    // Held while reading too, so that no other writer of this machine comes in between.
    let lock = session.lock(opened.vault())?;
    let publisher = session.read_from(opened, Scope { with_lists: true, ..Scope::client(client.clone()) }, today)?;
    let Some(file) = publisher.casebook().client(client) else { return Ok(Exit::NotFound) };
    let seen = Findings::of(file, today.day());
    let Some((key, is_aside)) =
        number.checked_sub(1).and_then(|at| Some((seen.keys.get(at)?, *seen.set_aside.get(at)?)))
    else {
        let failure = Failure::not_found(format!("cannot find finding {number} of client {client}"));
        return Err(failure.hint(format!("`throughline patterns {client} --all` shows them with their numbers")));
    };
    let there: Vec<KeysNote<'_>> =
        file.set_aside_in.iter().filter_map(|note| Some((publisher.sealed_file(note.id)?, note.as_ref()))).collect();
    let wanted = arguments.set_aside.is_some();
    match (wanted, is_aside) {
        (true, true) => session.messages.say(&format!("Finding {number} is set aside already.")),
        (false, false) => session.messages.say(&format!("Finding {number} is not set aside.")),
        (true, false) => {
            keeping::set_aside(publisher.vault(), &lock, client, &there, key, Today::Local.day())?;
            let hint = format!("`throughline patterns {client} --take-back {number}` brings it back");
            session.messages.say(&format!("Finding {number} is set aside until its sessions change; {hint}."));
        }
        (false, true) => {
            keeping::take_back(publisher.vault(), &lock, &there, key)?;
            session.messages.say(&format!("Finding {number} is back."));
        }
    }
    Ok(report_unreadable(session, &publisher))
}

/// Said once: what tags are, and what silence is not.
fn closing(session: &Session, told: &str, all: bool) {
    if told.is_empty() {
        session.messages.say("Nothing stands out. That does not mean that nothing is there.");
    } else {
        session.messages.say("Tags show what was written down, not everything that was said.");
    }
    if !all {
        session.messages.say("`patterns --all` also shows what may be chance, and what has too few data.");
    }
}

/// One client, or nothing when there is nothing to tell.
fn told(session: &Session, seen: &Findings, all: bool) -> String {
    let patterns = &seen.patterns;
    let at = |level: Level| seen.told_as(level).map(|(at, finding)| finding_lines(at + 1, finding)).collect::<Vec<_>>();
    let counted = patterns.observations.iter().map(|seen| line(&seen.statement)).collect();
    let mut sections = vec![("What you wrote", counted), ("Stands out", at(Level::Clear))];
    if all {
        let aside = patterns.findings.iter().enumerate().filter(|(at, _)| seen.set_aside[*at]);
        sections.push(("May be chance", at(Level::Weak)));
        sections.push((
            "Set aside until it changes",
            aside.map(|(at, finding)| format!("{:>3} {}\n", at + 1, one_line(&finding.statement))).collect(),
        ));
        sections.push(("Too early to say", patterns.too_little.iter().map(|little| line(&little.statement)).collect()));
    }
    sections.retain(|(_, lines)| !lines.is_empty());
    if sections.is_empty() {
        return String::new();
    }
    let mut text = format!("{}\n", session.output.strong(patterns.client.as_str()));
    for (heading, lines) in sections {
        text.push_str(&format!("  {}\n{}", session.output.strong(heading), lines.concat()));
    }
    text.push('\n');
    text
}

/// A finding with the number by which it can be set aside.
fn finding_lines(number: usize, finding: &Finding) -> String {
    let mut lines = format!("{number:>3} {}\n", one_line(&finding.statement));
    lines.extend(finding.caveat.as_ref().map(|caveat| format!("      {}\n", one_line(caveat))));
    let chance = finding.q.map(|q| format!(", could be chance: {}", chance(q))).unwrap_or_default();
    let fitting = counted(finding.evidence.len(), "note");
    let unfitting =
        if finding.against.len() == 1 { "1 does".to_owned() } else { format!("{} do", finding.against.len()) };
    lines.push_str(&format!("      {fitting} for it, {unfitting} not fit{chance}\n"));
    lines
}

/// How easily, in words that stay true for very small numbers.
fn chance(q: f64) -> String {
    if q < 0.001 { "adjusted p below 0.001".to_owned() } else { format!("adjusted p {q:.3}") }
}

fn line(statement: &Confidential) -> String {
    format!("    {}\n", one_line(statement))
}

fn one_line(words: &Confidential) -> String {
    words.reveal().replace(['\n', '\r'], " ")
}

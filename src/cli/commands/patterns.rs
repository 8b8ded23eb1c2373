//! `patterns`: what stands out in a client's history, what may be chance, and what it is too early to say.

use super::client_code;
use super::list::report_unreadable;
use crate::cli::Exit;
use crate::cli::counted::counted;
use crate::cli::failure::Failure;
use crate::cli::options::TodayOption;
use crate::cli::patterns_json::PatternsDocument;
use crate::cli::session::Session;
use crate::domain::{ClientCode, Confidential};
use crate::insight::{Finding, Level, Patterns, patterns};
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
    #[command(flatten)]
    today: TodayOption,
}

/// Finds.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let today = session.today(arguments.today.today.as_deref())?;
    let publisher = session.read_client(arguments.client.as_ref(), false, today)?;
    let files = publisher.casebook().clients();
    let wanted = files.filter(|file| arguments.client.as_ref().is_none_or(|code| file.code == *code));
    let found: Vec<Patterns> = wanted.map(|file| patterns(file, today.day())).collect();
    if arguments.json {
        session.output.json(&PatternsDocument::of(&found, arguments.all))?;
    } else {
        let told: Vec<String> = found.iter().map(|patterns| told(session, patterns, arguments.all)).collect();
        session.output.styled(&told.concat())?;
        closing(session, &told.concat(), arguments.all);
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
fn told(session: &Session, patterns: &Patterns, all: bool) -> String {
    let at = |level: Level| -> Vec<String> {
        patterns.findings.iter().filter(|finding| finding.told_as() == level).map(finding_lines).collect()
    };
    let seen = patterns.observations.iter().map(|seen| line(&seen.statement)).collect();
    let mut sections = vec![("What you wrote", seen), ("Stands out", at(Level::Clear))];
    if all {
        sections.push(("May be chance", at(Level::Weak)));
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

fn finding_lines(finding: &Finding) -> String {
    let mut lines = line(&finding.statement);
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

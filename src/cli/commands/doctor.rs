//! `doctor`: what lets words of notes out of this machine, and what to do about it.

use crate::cli::editing::editor_command;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::{Exit, health};
use crate::machine::{Advice, Severity, Topic};

/// What belongs to a vault and is looked at only where there is one.
const OF_VAULT: [Topic; 2] = [Topic::Leftovers, Topic::ConflictCopies];

/// Looks and tells.
pub(in crate::cli) fn run(session: &Session) -> Result<Exit, Failure> {
    let vault = match session.places.vault_root(&session.common, session.config()?) {
        Some(_) => Some(session.vault()?),
        None => None,
    };
    let mut found = health::of_machine(session, vault.as_ref(), &editor(session)?)?;
    if let Some(vault) = &vault {
        found.extend(health::of_vault(session, vault)?);
    }
    for topic in Topic::ALL {
        tell(session, topic, &found)?;
    }
    let looked: Vec<&str> =
        Topic::ALL.into_iter().filter(|topic| vault.is_some() || !OF_VAULT.contains(topic)).map(Topic::word).collect();
    session.output.text(&format!("looked at: {}\n", looked.join(", ")))?;
    if vault.is_none() {
        session.messages.say("There is no vault here, so only the machine was looked at; `--vault DIR` names one.");
    }
    let problems = found.iter().any(|advice| advice.severity == Severity::Problem);
    if !problems {
        session.messages.say("No problem was found in these; what else the machine does is not known.");
    }
    Ok(if problems { Exit::Problems } else { Exit::Done })
}

/// The program that notes would be written in: the first word of the editor's command.
fn editor(session: &Session) -> Result<String, Failure> {
    let command = editor_command(session, None)?;
    Ok(shlex::split(&command).and_then(|words| words.into_iter().next()).unwrap_or(command))
}

/// The findings of one topic, problems first.
fn tell(session: &Session, topic: Topic, found: &[Advice]) -> Result<(), Failure> {
    let mut found: Vec<&Advice> = found.iter().filter(|advice| advice.topic == topic).collect();
    if found.is_empty() {
        return Ok(());
    }
    found.sort_by_key(|advice| advice.severity);
    let mut text = format!("{}\n", session.output.strong(topic.word()));
    for advice in found {
        let severity = match advice.severity {
            Severity::Problem => "problem",
            Severity::Note => "note",
        };
        text.push_str(&format!("  {severity}: {}\n", one_line(&advice.what)));
        if !advice.remedy.is_empty() {
            text.push_str(&format!("    {}\n", one_line(&advice.remedy)));
        }
    }
    session.output.styled(&format!("{text}\n"))
}

/// A file's name may hold anything, line ends too.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

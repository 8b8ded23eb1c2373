//! `check`: problems in notes, by severity.

use super::client_code;
use crate::cli::Exit;
use crate::cli::failure::Failure;
use crate::cli::half_done::HalfDone;
use crate::cli::json::{Checked, CheckedProblem};
use crate::cli::options::TodayOption;
use crate::cli::session::Session;
use crate::domain::{Class, ClientCode, Note, Problem, Severity};
use crate::publish::Publisher;
use crate::vault::Skipped;
use clap::Args;
use std::collections::BTreeMap;
use std::sync::Arc;

/// List problems in notes
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Only this client
    #[arg(value_parser = client_code)]
    client: Option<ClientCode>,
    /// Each problem on a line of its own
    #[arg(long)]
    all: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    today: TodayOption,
}

/// Checks.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let today = session.today(arguments.today.today.as_deref())?;
    let publisher = session.read_client(arguments.client.as_ref(), true, today)?;
    let identities = publisher.vault().vault().identities_inside()?;
    let mut problems = left_out(&publisher, &identities);
    problems.extend(identities.into_iter().map(identity_inside));
    problems.extend(interrupted(&publisher)?);
    problems.extend(problems_of(&publisher, arguments.client.is_some()));
    problems.sort_by_key(|problem| rank(problem.severity));
    let serious = problems.iter().any(|problem| problem.severity != Severity::Info.word());
    let exit = if serious { Exit::Problems } else { Exit::Done };
    if arguments.json {
        session.output.json(&Checked { problems })?;
        return Ok(exit);
    }
    session.output.text(&if arguments.all { each(&problems) } else { by_rule(&problems) })?;
    if problems.is_empty() {
        session.messages.say("No problems found in the notes.");
    } else if !arguments.all {
        session.messages.say("`throughline check --all` lists each with its note and line.");
    }
    Ok(exit)
}

/// Problems of notes and of files, errors first, then by client and day. With one client, lists of the practice were only
/// read to understand its notes.
fn problems_of(publisher: &Publisher, one_client: bool) -> Vec<CheckedProblem> {
    let unreadable = publisher.unreadable().map(|file| {
        let client = file.client.as_ref().map(ToString::to_string);
        CheckedProblem {
            client,
            ..of_file("unreadable", Severity::Error, file.why.clone(), "compare it with a backup")
        }
    });
    let conflicts = publisher.conflicts().iter().map(|path| {
        let message =
            format!("{path} looks like the copy a sync program makes of a conflict; it is not read as a note");
        of_file(
            "conflict-copy",
            Severity::Warning,
            message,
            "compare both and keep one, or give the copy a name of its own",
        )
    });
    let mut found: Vec<CheckedProblem> = unreadable.chain(conflicts).collect();
    let asked = |note: &&Arc<Note>| !one_client || note.class != Class::Practice;
    for note in publisher.casebook().notes().into_iter().filter(asked) {
        let outside = publisher.casebook().scales().out_of_own_range(note);
        let amends = amends_nothing(publisher, note);
        found.extend(
            note.problems.iter().chain(&outside).chain(&amends).map(|problem| CheckedProblem::of(note, problem)),
        );
    }
    found.sort_by(|a, b| {
        (rank(a.severity), &a.client, &a.date, a.line).cmp(&(rank(b.severity), &b.client, &b.date, b.line))
    });
    found
}

/// A note that amends one which is not there, or is another client's.
fn amends_nothing(publisher: &Publisher, note: &Note) -> Option<Problem> {
    let amended = publisher.casebook().note(note.amends.as_ref()?.note);
    if amended.is_some_and(|amended| amended.client == note.client) {
        return None;
    }
    let message = "the note that this one amends is not in the same record";
    Some(Problem::error("amends", message).fix("write the whole id of the note, as `throughline list` shows it"))
}

/// Errors before warnings before information.
fn rank(severity: &str) -> Option<usize> {
    [Severity::Error, Severity::Warning, Severity::Info].iter().position(|known| known.word() == severity)
}

/// A problem of a file, not of a note's text.
fn of_file(rule: &str, severity: Severity, message: String, fix: &str) -> CheckedProblem {
    CheckedProblem {
        rule: rule.to_owned(),
        severity: severity.word(),
        client: None,
        note: None,
        date: None,
        line: None,
        column: None,
        message,
        fix: Some(fix.to_owned()),
    }
}

/// An identity inside the vault travels with it: whoever gets the folder needs only the passphrase, or nothing.
fn identity_inside(path: String) -> CheckedProblem {
    let message = format!("{path} is an identity and lies inside the vault");
    of_file("identity-in-vault", Severity::Error, message, "move it out, and name it with `--identity`")
}

/// What lies beside notes and is not read. A text file may be a note that was written under another ending; it is not
/// sealed by itself, since an identity is a text file too.
fn left_out(publisher: &Publisher, identities: &[String]) -> Vec<CheckedProblem> {
    let files = publisher.left_out().iter().filter(|file| !identities.contains(&file.path));
    let told = files.map(|Skipped { path, why, .. }| {
        if path.ends_with(".txt") {
            let message = format!("{path} lies in the clear and is not read as a note");
            let fix = format!("if it is a note, `throughline seal {path}` seals it");
            return of_file("clear-text", Severity::Warning, message, &fix);
        }
        let message = format!("{path} is not read as a note: {why}");
        of_file(
            "not-a-note",
            Severity::Info,
            message,
            "keep files of other kinds elsewhere; this vault does not seal them",
        )
    });
    told.collect()
}

/// What a killed run left half done. Nothing is lost by it, but it should not stay.
fn interrupted(publisher: &Publisher) -> Result<Vec<CheckedProblem>, Failure> {
    let unfinished = publisher.vault().vault().interrupted()?;
    let told = unfinished.iter().map(HalfDone::of);
    Ok(told.map(|told| of_file(told.rule, Severity::Warning, told.what, told.remedy)).collect())
}

fn each(problems: &[CheckedProblem]) -> String {
    let mut out = String::new();
    for problem in problems {
        let place: Vec<&str> =
            [&problem.client, &problem.date, &problem.note].into_iter().flatten().map(String::as_str).collect();
        let line = problem.line.map(|line| format!(":{line}:{}", problem.column.unwrap_or(1))).unwrap_or_default();
        out.push_str(&format!("{}: {}{line}: {}\n", problem.severity, place.join(" "), problem.message));
        if let Some(fix) = &problem.fix {
            out.push_str(&format!("    {fix}\n"));
        }
    }
    out
}

fn by_rule(problems: &[CheckedProblem]) -> String {
    let mut rules: BTreeMap<(&str, &str), Vec<&CheckedProblem>> = BTreeMap::new();
    let mut order = Vec::new();
    for problem in problems {
        let key = (problem.severity, problem.rule.as_str());
        if !rules.contains_key(&key) {
            order.push(key);
        }
        rules.entry(key).or_default().push(problem);
    }
    let mut out = String::new();
    for key in order {
        let group = &rules[&key];
        let one = &group[0];
        let place: Vec<&str> = [&one.client, &one.date].into_iter().flatten().map(String::as_str).collect();
        let also = if group.len() > 1 { format!(" (and {} more)", group.len() - 1) } else { String::new() };
        out.push_str(&format!("{:<8} {:>4}  {}: {}{also}\n", key.0, group.len(), place.join(" "), one.message));
    }
    out
}

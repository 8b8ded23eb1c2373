//! What stands beside a client's notes: what is open, goals, dates, people, own words, how it ended before.

use super::note_name::note_name;
use super::patterns::{Names, Told};
use super::spark::{Spark, spark};
use crate::casebook::{CaseFile, GoalLine, OpenItem};
use crate::domain::{CalloutKind, Details, Owner};
use crate::insight::{Finding, Level, Seen};
use crate::records::{Due, deadlines};
use crate::site::address::{Route, note_address};
use crate::site::shown::Shown;
use crate::site::wording;
use chrono::NaiveDate;
use serde::Serialize;

/// Most rows of one list.
const ROWS: usize = 12;
/// Most findings beside the notes.
const STANDING: usize = 3;

/// The column beside the notes.
#[derive(Serialize)]
pub(crate) struct Aside {
    standing_out: Vec<StandRow>,
    more_standing: usize,
    patterns: String,
    open: Vec<OpenGroup>,
    goals: Vec<GoalRow>,
    due: Vec<DueRow>,
    risk: Option<RiskRow>,
    people: Vec<PersonRow>,
    quote: Option<Quote>,
    ended: Option<Ended>,
    process: Option<String>,
}

/// A finding that stands out.
#[derive(Serialize)]
struct StandRow {
    text: Shown,
    href: String,
    new: bool,
}

/// Open items of one person.
#[derive(Serialize)]
struct OpenGroup {
    whose: &'static str,
    items: Vec<OpenRow>,
    more: usize,
}

#[derive(Serialize)]
struct OpenRow {
    text: Shown,
    since: String,
    href: String,
}

#[derive(Serialize)]
struct GoalRow {
    text: Shown,
    status: Option<&'static str>,
    latest: Option<String>,
    spark: Option<Spark>,
    href: String,
}

/// A date that a note sets.
#[derive(Serialize)]
pub(crate) struct DueRow {
    /// What is due.
    pub(crate) words: &'static str,
    /// "by 3 April", "overdue since 3 March".
    pub(crate) when: String,
    /// Whether the day is past.
    pub(crate) late: bool,
    /// The note that sets it.
    pub(crate) href: String,
}

#[derive(Serialize)]
struct RiskRow {
    level: &'static str,
    day: String,
    href: String,
}

#[derive(Serialize)]
struct PersonRow {
    name: Shown,
    notes: String,
    last: String,
    href: String,
}

#[derive(Serialize)]
struct Quote {
    text: Shown,
    day: String,
    href: String,
}

#[derive(Serialize)]
struct Ended {
    day: String,
    reason: Option<Shown>,
    progress: Option<Shown>,
    href: String,
}

/// Gathers the column.
pub(crate) fn aside(file: &CaseFile, today: NaiveDate, seen: &Seen) -> Aside {
    let process = file.process.len();
    let are_kept = if process == 1 { "is kept" } else { "are kept" };
    let (standing_out, more_standing) = standing_out(file, seen);
    Aside {
        standing_out,
        more_standing,
        patterns: Route::Patterns(file.code.clone()).to_string(),
        open: open_groups(file, today),
        goals: file.goals.iter().filter_map(|line| goal_row(file, line)).take(ROWS).collect(),
        due: deadlines(file).iter().take(ROWS).map(|deadline| due_row(deadline, today)).collect(),
        risk: file.risk.iter().rfind(|entry| entry.day <= today).and_then(|entry| {
            let note = file.notes.get(entry.note)?;
            let day = wording::near_day(entry.day, today);
            Some(RiskRow { level: wording::risk(entry.level), day, href: note_address(note.id) })
        }),
        people: people(file, today),
        quote: quote(file, today),
        ended: ended(file),
        process: (process > 0).then(|| format!("{} {are_kept} apart.", wording::count(process, "process note"))),
    }
}

/// What stands out, new things first.
fn standing_out(file: &CaseFile, seen: &Seen) -> (Vec<StandRow>, usize) {
    let mut found: Vec<_> = seen.found.told_as(Level::Clear).collect();
    let names = Names::of(file);
    found.sort_by_key(|(at, finding)| (!seen.new.contains(at), names.ended_work(&finding.evidence).is_some()));
    let more = found.len().saturating_sub(STANDING);
    let told = Told::of(&file.code, &names, seen);
    let row = |(at, finding): (usize, &Finding)| StandRow {
        text: Shown::short(finding.statement.reveal(), 200),
        href: told.address(at),
        new: seen.new.contains(&at),
    };
    (found.into_iter().take(STANDING).map(row).collect(), more)
}

fn open_groups(file: &CaseFile, today: NaiveDate) -> Vec<OpenGroup> {
    let groups = [(Owner::Counselor, "Mine"), (Owner::Client, "The client’s"), (Owner::Unsaid, "Nobody’s by name")];
    let row = |item: &OpenItem| {
        Some(OpenRow {
            text: Shown::short(item.task(&file.notes)?.text.reveal(), 160),
            since: wording::near_day(item.since, today),
            href: note_address(file.notes.get(item.note)?.id),
        })
    };
    let found = groups.into_iter().map(|(owner, whose)| {
        let items: Vec<OpenRow> = file.open_items.iter().filter(|item| item.owner == owner).filter_map(row).collect();
        let more = items.len().saturating_sub(ROWS);
        OpenGroup { whose, items: items.into_iter().take(ROWS).collect(), more }
    });
    found.filter(|group| !group.items.is_empty()).collect()
}

fn goal_row(file: &CaseFile, line: &GoalLine) -> Option<GoalRow> {
    let goal = line.goal(&file.notes)?;
    let values: Vec<f64> = line.progress.iter().map(|progress| progress.value).collect();
    Some(GoalRow {
        text: Shown::short(goal.text.reveal(), 140),
        status: goal.status.map(crate::domain::GoalStatus::word).filter(|word| *word != "active"),
        latest: values.last().map(|value| wording::points(*value)),
        spark: spark(&values, 0.0, 10.0),
        href: note_address(file.notes.get(line.stated_in.0)?.id),
    })
}

/// A deadline in words. What merely ends is not overdue.
pub(crate) fn due_row(deadline: &crate::records::Deadline, today: NaiveDate) -> DueRow {
    let late = deadline.day < today;
    let day = wording::near_day(deadline.day, today);
    let ends = matches!(deadline.due, Due::ReleaseExpiry | Due::ConsentExpiry);
    let when = match (late, ends) {
        (true, true) => format!("ended {day}"),
        (true, false) => format!("overdue since {day}"),
        (false, _) if deadline.day == today => "today".to_owned(),
        (false, true) => day,
        (false, false) => format!("by {day}"),
    };
    let words = match (deadline.due, ends && late) {
        (Due::ReleaseExpiry, true) => "release of information",
        (Due::ConsentExpiry, true) => "consent",
        (due, _) => due.words(),
    };
    DueRow { words, when, late, href: note_address(deadline.note) }
}

fn people(file: &CaseFile, today: NaiveDate) -> Vec<PersonRow> {
    let row = |line: &crate::casebook::PersonLine| {
        let last = file.notes.get(*line.notes.last()?)?;
        Some(PersonRow {
            name: Shown::short(line.person.shown(), 40),
            notes: wording::count(line.notes.len(), "note"),
            last: wording::near_day(last.date.day, today),
            href: note_address(last.id),
        })
    };
    file.people.iter().filter_map(row).take(ROWS).collect()
}

fn quote(file: &CaseFile, today: NaiveDate) -> Option<Quote> {
    file.notes.iter().rev().filter(|note| note.date.day <= today).find_map(|note| {
        let callout = note.callouts.iter().rfind(|callout| callout.kind == CalloutKind::Quote)?;
        Some(Quote {
            text: Shown::short(callout.text.reveal(), 320),
            day: wording::near_day(note.date.day, today),
            href: note_address(note.id),
        })
    })
}

/// How the episode before this one ended.
fn ended(file: &CaseFile) -> Option<Ended> {
    let [.., before, _] = file.episodes.as_slice() else { return None };
    let at = before.termination?;
    let note = file.notes.get(at)?;
    let Details::Termination(termination) = &note.details else {
        return Some(Ended {
            day: wording::day(note.date.day),
            reason: Some(note_name(file, at)),
            progress: None,
            href: note_address(note.id),
        });
    };
    let shown = |text: &crate::domain::Confidential| Shown::short(text.reveal(), 200);
    Some(Ended {
        day: wording::day(note.date.day),
        reason: termination.reason.as_ref().map(shown),
        progress: termination.progress.as_ref().map(shown),
        href: note_address(note.id),
    })
}

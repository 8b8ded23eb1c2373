//! How the work before this ended, and where the last session stopped.

use super::prose::{last_words, one_line, paragraphs, under_heading};
use super::{Item, Sight};
use crate::domain::{CalloutKind, Details, Kind, Note, Termination, wording};

/// How the last finished episode ended, and what is written to have helped. Nothing for a first episode.
pub(super) fn ended(sight: &Sight<'_>) -> Vec<Item> {
    let finished = sight.episodes.iter().rev().find(|episode| episode.until.is_some_and(|day| day <= sight.today));
    let Some(note) = finished.and_then(|episode| sight.note(episode.termination?)) else { return Vec::new() };
    let mut items = Vec::new();
    let nothing = Termination::default();
    let ending = if let Details::Termination(ending) = &note.details { ending } else { &nothing };
    let held = ending.sessions_attended.map(|held| format!(" after {}", wording::count(held as usize, "session")));
    let reason =
        ending.reason.as_ref().map_or_else(|| "no reason is written".to_owned(), |text| one_line(text.reveal()));
    items.push(Item::of(note, format!("Ended {}{}: {reason}", sight.day(note.date.day), held.unwrap_or_default())));
    let progress = ending.progress.as_ref().map(|text| one_line(text.reveal()));
    let helped = paragraphs(note.body()).into_iter().find(|text| names_help(text)).map(|text| text.replace("**", ""));
    let told = progress.iter().chain(&helped).any(|text| names_help(text));
    items.extend(helped.map(|text| Item::of(note, text)));
    items.extend(progress.map(|text| Item::of(note, text)));
    if !told {
        items.push(Item::of(note, "What helped is not written there."));
    }
    if !ending.goals_outcome.is_empty() {
        let each =
            ending.goals_outcome.iter().map(|o| one_line(&format!("{} {}", o.goal.reveal(), o.outcome.reveal())));
        items.push(Item::of(note, format!("Goals: {}", each.collect::<Vec<_>>().join(", "))));
    }
    items.extend(
        ending.follow_up.as_ref().map(|text| Item::of(note, format!("For later: {}", one_line(text.reveal())))),
    );
    items
}

fn names_help(text: &str) -> bool {
    text.to_lowercase().contains("what helped")
}

/// The last session, the plan made in it (or that none was), and appointments missed since.
pub(super) fn stopped(sight: &Sight<'_>) -> Vec<Item> {
    let Some((last, note)) = sight.last() else { return not_begun(sight) };
    let ago = wording::distance(last.day, sight.today);
    let mut items = Vec::new();
    match plan_of(note) {
        Some(plan) => items.push(Item::of(note, plan)),
        None => {
            let ends = last_words(note.body())
                .map_or_else(|| "it holds no prose".to_owned(), |words| format!("it ends: {words}"));
            items.push(Item::of(note, format!("No plan was written in session {}; {ends}", last.number)));
            let before = sight.newest_first().filter(|(at, _)| *at < last.note);
            let earlier = before.filter_map(|(_, note)| Some((note, plan_of(note)?))).next();
            items.extend(earlier.map(|(note, plan)| Item::of(note, format!("The plan before that: {plan}"))));
        }
    }
    let missed =
        sight.file.appointments.iter().filter(|a| a.note > last.note && a.day <= sight.today && !a.took_place());
    items.extend(missed.filter_map(|appointment| {
        let how = wording::attendance(appointment.attendance);
        Some(Item::of(sight.note(appointment.note)?, format!("Since then {}: {how}", sight.day(appointment.day))))
    }));
    items.push(Item::of(note, format!("The last session was number {}, {ago}.", last.number)));
    items
}

/// Before the first session of an episode: what brings the client, if an intake says it.
fn not_begun(sight: &Sight<'_>) -> Vec<Item> {
    let mut items = vec![Item::unwritten("No session has taken place yet.")];
    let intake = sight.newest_first().find(|(_, note)| note.kind == Kind::Intake);
    if let Some((_, note)) = intake
        && let Details::Intake(intake) = &note.details
    {
        let problem = intake.presenting_problem.as_ref().map(|text| one_line(text.reveal()));
        let said = problem.or_else(|| paragraphs(note.body()).into_iter().next());
        items.push(Item::of(
            note,
            said.map_or_else(|| "There is an intake.".to_owned(), |text| format!("Intake: {text}")),
        ));
    }
    items
}

/// What a note plans: its last plan callout, its `plan:` key, or what stands under the heading Plan.
fn plan_of(note: &Note) -> Option<String> {
    let callout = note.callouts.iter().rfind(|callout| callout.kind == CalloutKind::Plan).map(|callout| &callout.text);
    let written = callout.or_else(|| note.session()?.plan.as_ref()).map(|text| one_line(text.reveal()));
    written.filter(|text| !text.is_empty()).or_else(|| under_heading(note.body(), "plan"))
}

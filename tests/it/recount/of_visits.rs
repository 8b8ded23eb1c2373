//! Sentences about appointments, and about what has not been written about since, counted again.

use super::seen::{Said, Seen, Visit, cites, is_named};
use super::shape::{Held, count, day, holds, near, number, same};
use std::collections::BTreeSet;
use throughline::domain::{Details, Note, NoteId, Repair, RiskLevel, Rupture};

/// `{4} of {6} appointments between {day} and {day} were missed; {1} of the other {32}.`
pub fn missed_cluster(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let (from, until) = (day(found[2])?, day(found[3])?);
    let (inside, outside): (Vec<&Visit>, Vec<&Visit>) =
        seen.visits.iter().partition(|visit| (from..=until).contains(&visit.day));
    let ends = [inside.first(), inside.last()].map(|visit| visit.map(|visit| visit.day));
    same("from and until", ends, [Some(from), Some(until)])?;
    let missed = |visits: &[&Visit]| visits.iter().filter(|visit| visit.missed).count();
    same("inside", [count(found[0])?, count(found[1])?], [missed(&inside), inside.len()])?;
    same("outside", [count(found[4])?, count(found[5])?], [missed(&outside), outside.len()])?;
    let ids = |visits: &[&Visit], missed: bool| -> BTreeSet<NoteId> {
        visits.iter().filter(|visit| visit.missed == missed).map(|visit| visit.note.id).collect()
    };
    let amiss = ids(&inside, false).union(&ids(&outside, true)).copied().collect();
    cites(said, &ids(&inside, true), &amiss)
}

/// `{5} of {7} appointments after sessions about {father} were missed; {2} of {31} otherwise.`
pub fn missed_after(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    is_named(said.subject, found[2])?;
    let with = seen.with_theme(said.subject, true);
    let (mut after, mut otherwise) = ([0, 0], [0, 0]);
    let (mut fitting, mut amiss) = (BTreeSet::new(), BTreeSet::new());
    for pair in seen.visits.windows(2).filter(|pair| !pair[0].missed) {
        let of = if with.contains(&pair[0].note.id) { &mut after } else { &mut otherwise };
        of[1] += 1;
        of[0] += usize::from(pair[1].missed);
        match (with.contains(&pair[0].note.id), pair[1].missed) {
            (true, true) => fitting.extend([pair[0].note.id, pair[1].note.id]),
            (true, false) | (false, true) => drop(amiss.insert(pair[0].note.id)),
            (false, false) => {}
        }
    }
    same("after", [count(found[0])?, count(found[1])?], after)?;
    same("otherwise", [count(found[3])?, count(found[4])?], otherwise)?;
    cites(said, &fitting, &amiss)
}

/// `Alliance was rated {6} on {day}, after {8.5} on {day}.`
pub fn alliance(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let rated: Vec<(f64, &Visit)> =
        seen.sessions().into_iter().filter_map(|session| Some((session.note.session()?.alliance?, session))).collect();
    let (now, before) = (day(found[1])?, day(found[3])?);
    let pair = rated.windows(2).find(|pair| pair[0].1.day == before && pair[1].1.day == now);
    let pair = pair.ok_or("no two ratings of those days, one after the other")?;
    near("now", number(found[0])?, pair[1].0)?;
    near("before", number(found[2])?, pair[0].0)?;
    same("cited", &said.evidence, &vec![pair[0].1.note.id, pair[1].1.note.id])
}

/// `Rupture noted {day}; no repair noted since.`
pub fn rupture(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let noted = day(found[0])?;
    let sessions = seen.sessions();
    let at = sessions.iter().position(|session| said.evidence == [session.note.id]).ok_or("one session is cited")?;
    same("day", noted, sessions[at].day)?;
    let of = |session: &Visit| session.note.session().map(|session| (session.rupture, session.repair));
    holds("a rupture", of(sessions[at]).is_some_and(|(rupture, _)| rupture.is_some_and(|r| r != Rupture::None)))?;
    let repaired = |session: &&Visit| of(session).is_some_and(|(_, repair)| repair.is_some_and(|r| r != Repair::None));
    holds("no repair", !sessions[at..].iter().any(repaired))
}

/// What ends every silence: `… since session {4} ({day}): {5 sessions}…`. Gives the place of that session.
fn silence(seen: &Seen<'_>, place: [&str; 2], silent: &str) -> Result<usize, String> {
    let sessions = seen.sessions();
    let (number, day) = (count(place[0])?, day(place[1])?);
    let at = sessions.iter().position(|session| session.number == number && session.day == day);
    let at = at.ok_or_else(|| format!("no session {number} of that day"))?;
    same("sessions since", count(silent)?, sessions.len() - 1 - at)?;
    Ok(at)
}

/// Holds that something stands in these sessions and in none after the last of them.
fn stands_in(seen: &Seen<'_>, said: &Said<'_>, last: usize, stands: impl Fn(&Note) -> bool) -> Held {
    let sessions = seen.sessions();
    let with: Vec<usize> = (0..sessions.len()).filter(|at| stands(&sessions[*at].note)).collect();
    same("the last one", with.last().copied(), Some(last))?;
    cites(said, &with.into_iter().map(|at| sessions[at].note.id).collect(), &BTreeSet::new())
}

/// `{Sister}: not written about since session {4} ({day}): {5 sessions}; in {4 sessions} before.`
/// The same of a theme, which a mention since would end.
pub fn person_or_theme(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    is_named(said.subject, found[0])?;
    let last = silence(seen, [found[1], found[2]], found[3])?;
    same("known from", count(found[4])?, said.evidence.len())?;
    let theme: BTreeSet<NoteId> =
        [true, false].into_iter().flat_map(|tagged| seen.with_theme(said.subject, tagged)).collect();
    if theme.is_empty() {
        return stands_in(seen, said, last, |note| note.people.iter().any(|person| person.key() == said.subject));
    }
    stands_in(seen, said, last, |note| theme.contains(&note.id))
}

/// `The goal “{…}” was not written about since session {4} ({day}): {5 sessions}.`
pub fn goal(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let last = silence(seen, [found[1], found[2]], found[3])?;
    let plans = seen.file.notes.iter().filter_map(|note| match &note.details {
        Details::Plan(plan) => Some(&plan.goals),
        _ => None,
    });
    let is_goal = plans.flatten().any(|goal| goal.id.reveal() == said.subject && goal.text.reveal() == found[0]);
    holds("the goal", is_goal)?;
    stands_in(seen, said, last, |note| {
        let mut rated = note.session().into_iter().flat_map(|session| &session.goals);
        rated.any(|(id, _)| id.reveal().eq_ignore_ascii_case(said.subject))
    })
}

/// `“{…}” is open and was not written about since session {4} ({day}): {2 sessions}.`
pub fn promise(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let last = silence(seen, [found[1], found[2]], found[3])?;
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    same("the line", said.subject, &line(found[0]))?;
    stands_in(seen, said, last, |note| note.tasks.iter().any(|task| line(task.text.reveal()) == said.subject))
}

/// `Risk was {noted} as {low} and not looked at again since session {4} ({day}): {2 sessions}.`
pub fn risk(seen: &Seen<'_>, _: &Said<'_>, found: &[&str]) -> Held {
    let last = silence(seen, [found[2], found[3]], found[4])?;
    let sessions = seen.sessions();
    let levels: Vec<(chrono::NaiveDate, RiskLevel, bool)> = seen
        .file
        .notes
        .iter()
        .filter_map(|note| match &note.details {
            Details::Session(session) => Some((note.date.day, session.risk?, false)),
            Details::Intake(intake) => Some((note.date.day, intake.risk?, false)),
            Details::Risk(assessment) => Some((note.date.day, assessment.level?, true)),
            _ => None,
        })
        .filter(|(_, level, _)| *level != RiskLevel::NotAssessed)
        .collect();
    let (when, level, by_note) = *levels.last().ok_or("no risk was ever noted")?;
    same("level", found[1], level.word())?;
    same("how", found[0], if by_note { "assessed" } else { "noted" })?;
    let next = sessions.get(last + 1).ok_or("no session since")?;
    holds("the session it belongs to", sessions[last].day <= when && when < next.day)
}

//! Sentences about themes and words, counted again.

use super::seen::{Said, Seen, Visit, cites, is_named};
use super::shape::{Held, count, holds, near, same};
use chrono::Datelike;
use std::collections::BTreeSet;
use throughline::domain::{Note, NoteId};

fn ids<'a>(sessions: impl Iterator<Item = &'a &'a Visit>) -> BTreeSet<NoteId> {
    sessions.map(|session| session.note.id).collect()
}

fn is_tagged(said: &Said<'_>) -> bool {
    said.caveat.is_none_or(|caveat| !caveat.starts_with("Found by words"))
}

/// A stretch of the sessions against the others: how many have it inside and outside. What is absent outside is the rule
/// and not cited.
fn inside_and_outside(
    seen: &Seen<'_>,
    said: &Said<'_>,
    with: &BTreeSet<NoteId>,
    is_inside: impl Fn(usize, &Visit) -> bool,
    numbers: [&str; 4],
) -> Held {
    let sessions = seen.sessions();
    let inside: Vec<&Visit> =
        sessions.iter().enumerate().filter(|(at, session)| is_inside(*at, session)).map(|(_, s)| *s).collect();
    let inside = ids(inside.iter());
    let outside: BTreeSet<NoteId> = ids(sessions.iter()).difference(&inside).copied().collect();
    let fitting: BTreeSet<NoteId> = inside.intersection(with).copied().collect();
    let amiss: BTreeSet<NoteId> = inside.difference(with).chain(outside.intersection(with)).copied().collect();
    let counted = [fitting.len(), inside.len(), outside.intersection(with).count(), outside.len()];
    same("counts", numbers.map(|text| count(text).unwrap_or(usize::MAX)), counted)?;
    cites(said, &fitting, &amiss)
}

/// `{Grief} was {noted} in {9} of the last {12} sessions, and in {1} of the {20} before.`
pub fn emerging(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    turning(seen, said, found, |at, all, last| at + last >= all)
}

/// The same with `first` and `since`.
pub fn fading(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    turning(seen, said, found, |at, _, first| at < first)
}

fn turning(seen: &Seen<'_>, said: &Said<'_>, found: &[&str], is_inside: impl Fn(usize, usize, usize) -> bool) -> Held {
    is_named(said.subject, found[0])?;
    holds("the way it was found", (found[1] == "noted") == is_tagged(said))?;
    let (all, stretch) = (seen.sessions().len(), count(found[3])?);
    let with = seen.with_theme(said.subject, found[1] == "noted");
    let numbers = [found[2], found[3], found[4], found[5]];
    inside_and_outside(seen, said, &with, |at, _| is_inside(at, all, stretch), numbers)
}

/// `{Grief} was {noted} often between sessions {15} and {22}: in {7} of those {8}, and in {1} of the other {32}.`
pub fn burst(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    is_named(said.subject, found[0])?;
    let (from, until) = (count(found[2])?, count(found[3])?);
    let with = seen.with_theme(said.subject, found[1] == "noted");
    let numbers = [found[4], found[5], found[6], found[7]];
    inside_and_outside(seen, said, &with, |_, session| (from..=until).contains(&session.number), numbers)
}

/// `{Grief} was {noted} around {12 May} in {3} different years: in {9} of {11} sessions within 30 days of it, and in {1}
/// of the other {50}.`
pub fn season(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let near = near_the_season(seen, said, found)?;
    same("years", count(found[3])?, near.years)?;
    same("near", [count(found[4])?, count(found[5])?], [near.with, near.all])?;
    same("far", [count(found[6])?, count(found[7])?], [near.with_far, near.far])
}

/// The same from two years: `… in two years: the same time last year, in {4} of {6} sessions near it.`
pub fn same_time(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let near = near_the_season(seen, said, found)?;
    same("years", 2, near.years)?;
    same("near", [count(found[3])?, count(found[4])?], [near.with, near.all])
}

struct Near {
    years: usize,
    with: usize,
    all: usize,
    with_far: usize,
    far: usize,
}

/// Counts around the day of the year that the dates of a theme point to.
fn near_the_season(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Result<Near, String> {
    is_named(said.subject, found[0])?;
    let with = seen.with_theme(said.subject, found[1] == "noted");
    let sessions = seen.sessions();
    let angle = |session: &Visit| f64::from(session.day.ordinal0()) / 365.25 * std::f64::consts::TAU;
    let of_theme: Vec<f64> = sessions.iter().filter(|s| with.contains(&s.note.id)).map(|s| angle(s)).collect();
    let sum = |of: fn(f64) -> f64| of_theme.iter().map(|angle| of(*angle)).sum::<f64>();
    let middle = sum(f64::sin).atan2(sum(f64::cos));
    let said_day = chrono::NaiveDate::parse_from_str(&format!("{} 2001", found[2]), "%d %b %Y");
    let said_day = said_day.map_err(|_| format!("`{}` is no day of the year", found[2]))?;
    let of_year = middle.rem_euclid(std::f64::consts::TAU) / std::f64::consts::TAU * 365.25;
    holds("the day of the year", (f64::from(said_day.ordinal0()) - of_year).abs() <= 1.0)?;
    let distance = |angle: f64| {
        let turn = (angle - middle).rem_euclid(std::f64::consts::TAU);
        turn.min(std::f64::consts::TAU - turn) / std::f64::consts::TAU * 365.25
    };
    let (near, far): (Vec<&Visit>, Vec<&Visit>) = sessions.iter().partition(|s| distance(angle(s)) <= 30.0);
    let has = |session: &&Visit| with.contains(&session.note.id);
    let days: Vec<_> = near.iter().copied().filter(|s| has(s)).map(|session| session.day).collect();
    let years = days.windows(2).filter(|pair| (pair[1] - pair[0]).num_days() >= 180).count();
    if !said.against.is_empty() {
        let fitting = near.iter().copied().filter(|s| has(s)).map(|s| s.note.id).collect();
        let amiss = near.iter().filter(|s| !has(s)).chain(far.iter().filter(|s| has(s)));
        cites(said, &fitting, &amiss.map(|s| s.note.id).collect())?;
    }
    Ok(Near {
        years: years + usize::from(!days.is_empty()),
        with: days.len(),
        all: near.len(),
        with_far: far.iter().filter(|s| has(s)).count(),
        far: far.len(),
    })
}

/// `{Shame} and {alcohol} tend to be noted in the same session: together in {9} of the {12} sessions with {shame}.`
pub fn pair(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let other = said.object.ok_or("a pair has two themes")?;
    is_named(said.subject, found[0])?;
    is_named(other, found[1])?;
    let [one, two] = [said.subject, other].map(|key| seen.with_theme(key, true));
    let (rarer, name) = if one.len() <= two.len() { (&one, said.subject) } else { (&two, other) };
    is_named(name, found[4])?;
    let both: BTreeSet<NoteId> = one.intersection(&two).copied().collect();
    let either: BTreeSet<NoteId> = one.symmetric_difference(&two).copied().collect();
    same("together", [count(found[2])?, count(found[3])?], [both.len(), rarer.len()])?;
    cites(said, &both, &either)
}

/// `The words {“a”, “b”} stand in {6} of the last {7} sessions, and in {1} of the {13} before.`
pub fn words(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let (all, last) = (seen.sessions().len(), count(found[2])?);
    for word in found[0].split(", ").map(|word| word.trim_matches(['“', '”'])) {
        let with = seen.sessions().into_iter().filter(|session| has_word(&session.note, word));
        let with: BTreeSet<NoteId> = with.map(|session| session.note.id).collect();
        inside_and_outside(seen, said, &with, |at, _| at + last >= all, [found[1], found[2], found[3], found[4]])?;
    }
    Ok(())
}

/// `The word “{plague}” stands in {82} of the {365} sessions of {1665}, and in {12} of the {1813} before; {46} of the {82}
/// {from July to September}.`
pub fn year_words(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    same("the word", said.subject, found[0])?;
    let of_year = |session: &Visit| Ok(session.day.year()) == found[3].parse();
    let sessions = seen.sessions();
    let (year, before): (Vec<&Visit>, Vec<&Visit>) = sessions.iter().partition(|session| of_year(session));
    let with = |sessions: &[&Visit]| -> Vec<chrono::NaiveDate> {
        sessions.iter().filter(|session| has_word(&session.note, found[0])).map(|session| session.day).collect()
    };
    let days = with(&year);
    same("the year", [count(found[1])?, count(found[2])?], [days.len(), year.len()])?;
    same("before", [count(found[4])?, count(found[5])?], [with(&before).len(), before.len()])?;
    let months = found[8].trim_start_matches("in ").trim_start_matches("from ").split(" to ");
    let months: Vec<u32> =
        months.filter_map(|month| Some(month.parse::<chrono::Month>().ok()?.number_from_month())).collect();
    let (Some(from), Some(to)) = (months.first(), months.last()) else { return Err("no months".to_owned()) };
    let within = days.iter().filter(|day| (*from..=*to).contains(&day.month())).count();
    same("months", [count(found[6])?, count(found[7])?], [within, days.len()])?;
    let cited = year.iter().filter(|session| has_word(&session.note, found[0])).map(|session| session.note.id);
    cites(said, &cited.collect(), &BTreeSet::new())
}

/// Whether a word stands in the prose of a note, alone or with `'s`.
fn has_word(note: &Note, word: &str) -> bool {
    let prose = note.body().lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    let prose = prose.to_lowercase().replace('’', "'");
    let mut all = prose.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-');
    let word = word.replace('’', "'");
    all.any(|other| {
        let other = other.trim_matches(['\'', '-']);
        other == word || other.strip_suffix("'s") == Some(&word)
    })
}

/// `{Grief} is back since session {14} ({day}): in {3} of {5} sessions from there, after {8} sessions without it since
/// session {5} ({day}).`
pub fn returning(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    is_named(said.subject, found[0])?;
    let with = seen.with_theme(said.subject, true);
    let sessions = seen.sessions();
    let place_of = |number: &str, day: &str| {
        let (number, day) = (count(number)?, super::shape::day(day)?);
        let at = sessions.iter().position(|session| session.number == number && session.day == day);
        at.ok_or_else(|| format!("no session {number} of that day"))
    };
    let (back, last) = (place_of(found[1], found[2])?, place_of(found[6], found[7])?);
    let has = |at: usize| with.contains(&sessions[at].note.id);
    let from_there: Vec<usize> = (back..sessions.len().min(back + 5)).collect();
    let since = from_there.iter().filter(|at| has(**at)).count();
    same("since", [count(found[3])?, count(found[4])?], [since, from_there.len()])?;
    same("silence", count(found[5])?, back - last - 1)?;
    holds("with it before and after", has(last) && has(back))?;
    holds("without it between", (last + 1..back).all(|at| !has(at)))?;
    let cited = (back..sessions.len()).filter(|at| has(*at)).chain([last]).map(|at| sessions[at].note.id);
    cites(said, &cited.collect(), &BTreeSet::new())
}

/// `{Grief} was noted in {12} of {20} sessions, and in every third of them.`
pub fn core(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    is_named(said.subject, found[0])?;
    let with = seen.with_theme(said.subject, true);
    let sessions = seen.sessions();
    same("sessions", [count(found[1])?, count(found[2])?], [with.len(), sessions.len()])?;
    let third = |at: usize| &sessions[at * sessions.len() / 3..(at + 1) * sessions.len() / 3];
    let everywhere = (0..3).all(|at| third(at).iter().any(|session| with.contains(&session.note.id)));
    holds("in every third", everywhere)?;
    cites(said, &with, &BTreeSet::new())
}

/// `{PHQ-9} was about {3} {points higher} in sessions with {sleep} ({11}) than in neighbouring sessions without ({19}).`
pub fn beside_scores(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let scale = super::seen::scale(said.object.ok_or("it has a scale")?, found[0])?;
    let mentioned = found[3].strip_prefix("mentions of ");
    is_named(said.subject, mentioned.unwrap_or(found[3]))?;
    let with = seen.with_theme(said.subject, mentioned.is_none());
    let points: Vec<_> = seen.scores(scale).into_iter().filter(|point| point.in_session).collect();
    same("cited", super::seen::cited(said, &points).len(), points.len())?;
    let n = points.len();
    let blocks = (n / 10).max(1);
    let (mut sums, mut counts) = ([0.0, 0.0], [0, 0]);
    for block in 0..blocks {
        let block = &points[block * n / blocks..(block + 1) * n / blocks];
        let mean = block.iter().map(|point| point.value).sum::<f64>() / block.len() as f64;
        for point in block {
            let side = usize::from(with.contains(&point.note));
            sums[side] += point.value - mean;
            counts[side] += 1;
        }
    }
    let difference = sums[1] / f64::from(counts[1]) - sums[0] / f64::from(counts[0]);
    near("points", super::shape::number(found[1])?, difference.abs())?;
    holds("the way", found[2].ends_with("higher") == (difference > 0.0))?;
    same("sessions", [count(found[4])?, count(found[5])?], [counts[1] as usize, counts[0] as usize])
}

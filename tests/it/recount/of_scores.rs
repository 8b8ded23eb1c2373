//! Sentences about scores, counted again from the cited notes.

use super::seen::{Point, Said, Seen, cited, scale};
use super::shape::{Held, count, day, holds, near, number, same};
use std::collections::BTreeSet;
use throughline::domain::{ChangeKind, Direction, Scale};

/// χ²(.95, 1).
const SURE: f64 = 3.841_458_820_694_124;
/// Student's t that 2.5 % lie above, at seven degrees of freedom.
const OF_EIGHT: f64 = 2.364_624_251_592_785;

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[half] } else { (sorted[half - 1] + sorted[half]) / 2.0 }
}

fn values(points: &[Point]) -> Vec<f64> {
    points.iter().map(|point| point.value).collect()
}

fn threshold(scale: &Scale) -> f64 {
    scale.reliable_change.as_ref().map_or(f64::NAN, |change| change.points)
}

/// All scores of the scale, when every one of them is cited.
fn all_cited(seen: &Seen<'_>, said: &Said<'_>, scale: &Scale) -> Result<Vec<Point>, String> {
    let all = seen.scores(scale);
    same("cited scores", cited(said, &all).len(), all.len())?;
    Ok(all)
}

/// `{PHQ-9} went from {17} ({day}) to {8} ({day}): score reliably {lower}, {the rest}.`
pub fn reliable(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let scale = scale(said.subject, found[0])?;
    let all = seen.scores(scale);
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return Err("no scores".to_owned()) };
    near("first", number(found[1])?, first.value)?;
    near("last", number(found[3])?, last.value)?;
    same("days", [day(found[2])?, day(found[4])?], [first.day, last.day])?;
    holds("the way", (found[5] == "higher") == (last.value > first.value))?;
    let change = scale.reliable_change.as_ref().ok_or("a scale without a threshold")?;
    let points = change.points;
    let beyond = match change.kind {
        ChangeKind::Reliability => {
            format!("more than measurement error alone usually explains (threshold {points})")
        }
        ChangeKind::Reliability90 => {
            format!("more than measurement error alone usually explains (threshold {points}, at the 90 % level)")
        }
        ChangeKind::ImportantChange => format!("past what is customarily called an important change ({points})"),
    };
    let side = scale.clinical_cutoff.as_ref().map_or_else(String::new, |cutoff| {
        let value = cutoff.value;
        match (cutoff.is_clinical(first.value), cutoff.is_clinical(last.value)) {
            (true, false) => format!(", and is now past the usual cutoff of {value}"),
            (false, true) => format!(", and is now on the clinical side of the usual cutoff of {value}"),
            (false, false) => format!("; it was already on the healthy side of the usual cutoff of {value}"),
            (true, true) => String::new(),
        }
    });
    same("the rest", found[6], &format!("{beyond}{side}"))?;
    let (early, late) = (mean(&values(&all[..2])), median(&values(&all[all.len() - 3..])));
    holds("past the threshold", (last.value - first.value).abs() >= points && (late - early).abs() >= points)?;
    let basis: BTreeSet<_> = all[..2].iter().chain(&all[all.len() - 3..]).map(|point| point.note).collect();
    holds("the evidence", basis == said.evidence.iter().copied().collect())?;
    let back = |point: &Point| (point.value - first.value).abs() < points;
    holds("what stands against it", cited_against(said, &all).iter().all(back))
}

fn cited_against(said: &Said<'_>, all: &[Point]) -> Vec<Point> {
    all.iter().filter(|point| said.against.contains(&point.note)).copied().collect()
}

/// `Sudden drop in score: {PHQ-9} dropped {9 points} between {day} and {day} and stayed lower.`, or the same of a rise.
pub fn sudden(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let scale = scale(said.subject, found[0])?;
    let all = seen.scores(scale);
    let (from, to) = (day(found[2])?, day(found[3])?);
    let at = all.windows(2).position(|pair| pair[0].day == from && pair[1].day == to);
    let at = at.ok_or("no two scores of those days, one after the other")?;
    let moved = all[at + 1].value - all[at].value;
    near("points", number(found[1])?, moved.abs())?;
    holds("the way", said.sentence.starts_with("Sudden rise") == (moved > 0.0))?;
    let half = all[at].value + moved / 2.0;
    let (back, stayed): (Vec<Point>, Vec<Point>) =
        all[at + 1..].iter().partition(|point| (point.value - half) * moved < 0.0);
    holds("stayed", (median(&values(&all[at + 1..])) - half) * moved >= 0.0)?;
    let before = &all[(at + 1).saturating_sub(3)..=at];
    let fitting = before.iter().chain(&stayed).map(|point| point.note).collect();
    super::seen::cites(said, &fitting, &back.iter().map(|point| point.note).collect())?;
    match said.caveat {
        None => same("went back", 0, back.len()),
        Some(caveat) => {
            let holes = super::shape::holes("{} since then went back past half of it.", caveat);
            same("went back", count(holes.ok_or("an unknown caveat")?[0])?, back.len())
        }
    }
}

/// What a split leaves of the squares.
fn left(values: &[f64], at: usize) -> f64 {
    let squares = |part: &[f64]| part.iter().map(|value| (value - mean(part)).powi(2)).sum::<f64>();
    squares(&values[..at]) + squares(&values[at..])
}

/// `{PHQ-9} stands at a {lower} level from about session {19 (somewhere between 17 and 21)}: {8} on average in {12
/// scores}, {15.5} in the {14} before.`
pub fn level(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let scale = scale(said.subject, found[0])?;
    let all = all_cited(seen, said, scale)?;
    let values = values(&all);
    let (after, before) = (count(found[4])?, count(found[6])?);
    same("scores", after + before, all.len())?;
    same("session", count(found[2])?, all[before].number)?;
    near("after", number(found[3])?, mean(&values[before..]))?;
    near("before", number(found[5])?, mean(&values[..before]))?;
    holds("the way", (found[1] == "higher") == (mean(&values[before..]) > mean(&values[..before])))?;
    let places = 4..=values.len() - 4;
    let limit = left(&values, before) * (1.0 + SURE / (values.len() as f64 - 2.0)) + 1e-9;
    let mut likely = places.filter(|at| left(&values, *at) <= limit);
    let from = likely.next().unwrap_or(before);
    let until = likely.next_back().unwrap_or(from);
    let between = [from, until].map(|at| (all[at].number, all[at].day));
    let range = if between[0] == between[1] {
        String::new()
    } else {
        format!(" (somewhere between {} and {})", between[0].0, between[1].0)
    };
    same("the range", found[2], &format!("{}{range}", all[before].number))
}

/// `{PHQ-9} tends {downwards}: about {1.3 points} a month (likely range {0.4} to {2.1}), in {20 scores}.`
///
/// The range has the direction of the tendency. Its ends are slopes between two scores, equally many beyond each. How many depends on how much a score
/// resembles the one before; they cannot be fewer than if it did not.
pub fn trend(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let scale = scale(said.subject, found[0])?;
    let all = all_cited(seen, said, scale)?;
    same("scores", count(found[5])?, all.len())?;
    let mut slopes = Vec::new();
    let mut rises = 0;
    for (at, one) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            rises += i32::from(other.value > one.value) - i32::from(other.value < one.value);
            let days = (other.day - one.day).num_days();
            if days > 0 {
                slopes.push(30.0 * (other.value - one.value) / days as f64);
            }
        }
    }
    slopes.sort_by(f64::total_cmp);
    near("a month", number(found[2])?, median(&slopes).abs())?;
    holds("the way", (found[1] == "upwards") == (rises > 0))?;
    let said_range = [number(found[3])?, number(found[4])?];
    let n = all.len() as f64;
    let least_reach = 1.96 * plain_variance(&all, n).sqrt();
    let most = ((slopes.len() as f64 - least_reach) / 2.0).floor().max(0.0) as usize;
    let is_range = |beyond: usize| {
        let (low, high) = (slopes[beyond], slopes[(slopes.len() - beyond).min(slopes.len() - 1)]);
        let ends = if rises > 0 { [low, high] } else { [-high, -low] };
        ends.iter().zip(said_range).all(|(end, said)| (end - said).abs() <= 0.05 + 1e-9)
    };
    holds("the range", (0..=most).any(is_range))
}

/// Variance of Kendall's S when scores are independent.
fn plain_variance(all: &[Point], n: f64) -> f64 {
    let term = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    let mut sorted = values(all);
    sorted.sort_by(f64::total_cmp);
    let tied: f64 = sorted.chunk_by(|a, b| a == b).map(|group| term(group.len() as f64)).sum();
    (term(n) - tied) / 18.0
}

/// `{PHQ-9} scores have stayed around {12} since session {15} after the earlier {fall} ({11 scores}).`
pub fn plateau(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let scale = scale(said.subject, found[0])?;
    let all = seen.scores(scale);
    let level = count(found[4])?;
    let stretch = &all[all.len().checked_sub(level).ok_or("more scores than there are")?..];
    near("level", number(found[1])?, median(&values(stretch)))?;
    same("session", count(found[2])?, stretch[0].number)?;
    let start = mean(&values(&all[..3]));
    holds("the earlier change", (found[3] == "fall") == (start > median(&values(stretch))))?;
    let basis: BTreeSet<_> = all[..3].iter().chain(stretch).map(|point| point.note).collect();
    let cited: BTreeSet<_> = said.evidence.iter().chain(&said.against).copied().collect();
    holds("the cited notes", basis == cited)
}

/// `{PHQ-9} scores after {grounding} began (session {14}) were {lower} than before in {87} % of pairs ({13 scores}
/// before, {15} since).`
pub fn phase(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let scale = scale(said.object.ok_or("it has a scale")?, found[0])?;
    let all = all_cited(seen, said, scale)?;
    let sessions = seen.sessions();
    let uses = |at: usize| {
        let mut tried = sessions[at].note.session().into_iter().flat_map(|session| &session.interventions);
        tried.any(|name| name.reveal().trim().eq_ignore_ascii_case(found[1]))
    };
    let start = (0..sessions.len()).find(|at| uses(*at)).ok_or("it was never used")?;
    same("session", count(found[2])?, sessions[start].number)?;
    let earlier: BTreeSet<_> = sessions[..start].iter().map(|session| session.note.id).collect();
    let is_before =
        |point: &Point| if point.in_session { earlier.contains(&point.note) } else { point.day < sessions[start].day };
    let before = all.iter().filter(|point| is_before(point)).count();
    same("scores", [count(found[5])?, count(found[6])?], [before, all.len() - before])?;
    let values = values(&all);
    let (one, two) = values.split_at(before);
    let higher = nap(one, two);
    let share = if found[3] == "higher" { higher } else { 1.0 - higher };
    near("share", number(found[4])?, (share * 100.0).round())?;
    holds("the way", (found[3] == "higher") == (mean(two) > mean(one)))?;
    super::of_caveats::phase(seen, said, scale, &all, start, before)
}

/// Share of pairs in which the later is higher, ties half.
fn nap(before: &[f64], after: &[f64]) -> f64 {
    let pairs = before.iter().flat_map(|a| after.iter().map(move |b| (a, b)));
    let won: f64 = pairs.map(|(a, b)| f64::from(u8::from(b > a)) + 0.5 * f64::from(u8::from(b == a))).sum();
    won / (before.len() * after.len()) as f64
}

/// `{PHQ-9}: latest score only, {7} {points lower} than at the start; wait for the next one.`
pub fn latest(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let scale = scale(said.subject, found[0])?;
    let all = seen.scores(scale);
    let (first, last) = (all[0], all[all.len() - 1]);
    near("points", number(found[1])?, (last.value - first.value).abs())?;
    holds("the way", found[2].ends_with("higher") == (last.value > first.value))?;
    same("cited", &said.evidence, &vec![first.note, last.note])
}

/// `{PHQ-9}: the last {3} scores stand at {15}, {higher} than the best {3} so far at {8} (threshold {6}).`
pub fn worsening(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let scale = scale(said.subject, found[0])?;
    let all = seen.scores(scale);
    let noted = cited(said, &all);
    same("counts", [count(found[1])?, count(found[4])?, noted.len()], [3, 3, 6])?;
    let (best, last) = noted.split_at(3);
    near("now", number(found[2])?, median(&values(last)))?;
    near("best", number(found[5])?, median(&values(best)))?;
    near("threshold", number(found[6])?, threshold(scale))?;
    same("the last scores", last[0].note, all[all.len() - 3].note)?;
    let worse = if scale.higher_is == Direction::Worse { 1.0 } else { -1.0 };
    let lowest = values(&all[..all.len() - 3]);
    let none_better = lowest.windows(3).all(|three| median(three) * worse >= median(&values(best)) * worse);
    holds("the best so far", none_better)?;
    holds("the way", (found[3] == "higher") == (median(&values(last)) > median(&values(best))))
}

/// `{PHQ-9}: no reliable movement yet in {9 scores} since {day}.`
pub fn no_movement(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let scale = scale(said.subject, found[0])?;
    let all = all_cited(seen, said, scale)?;
    same("scores", count(found[1])?, all.len())?;
    same("day", day(found[2])?, all[0].day)?;
    holds("no movement", (all[all.len() - 1].value - all[0].value).abs() < threshold(scale))
}

/// `{PHQ-9}: {19} on {day} lies outside this client's own range of the {8} scores before ({4} to {12.5}).`
pub fn unusual(seen: &Seen<'_>, said: &Said<'_>, found: &[&str]) -> Held {
    let scale = scale(said.subject, found[0])?;
    let noted = cited(said, &seen.scores(scale));
    let (last, before) = noted.split_last().ok_or("no scores cited")?;
    near("latest", number(found[1])?, last.value)?;
    same("day", day(found[2])?, last.day)?;
    same("scores", [count(found[3])?, before.len()], [8, 8])?;
    let before = values(before);
    let spread = (before.iter().map(|value| (value - mean(&before)).powi(2)).sum::<f64>() / 7.0).sqrt();
    let error = threshold(scale) / (1.96 * std::f64::consts::SQRT_2);
    let reach = OF_EIGHT * spread.max(error) * (1.0_f64 + 0.125).sqrt();
    near("low", number(found[4])?, (median(&before) - reach).max(scale.min))?;
    near("high", number(found[5])?, (median(&before) + reach).min(scale.max))?;
    holds("outside", (last.value - median(&before)).abs() > reach)
}

/// Where the scores split best when each side keeps so many.
pub fn best_split(all: &[Point], least: usize) -> usize {
    let values = values(all);
    let places = least..=values.len() - least;
    places.min_by(|a, b| left(&values, *a).total_cmp(&left(&values, *b))).unwrap_or(least)
}

/// Tau of two phases with the line of the first taken out of both; higher counts as better.
pub fn corrected_tau(all: &[Point], before: usize, better: f64) -> f64 {
    let turned: Vec<f64> = all.iter().map(|point| point.value * better).collect();
    let mut slopes = Vec::new();
    for at in 0..before {
        slopes.extend((at + 1..before).map(|later| (turned[later] - turned[at]) / (later - at) as f64));
    }
    let slope = median(&slopes);
    let level: Vec<f64> =
        turned.iter().enumerate().map(|(at, value)| ((value - slope * at as f64) * 1e9).round()).collect();
    let after = level.len() - before;
    let (one, two) = level.split_at(before);
    let apart: f64 =
        one.iter().flat_map(|a| two.iter().map(move |b| f64::from(u8::from(b > a)) - f64::from(u8::from(b < a)))).sum();
    let pairs = |n: usize| (n * n.saturating_sub(1)) as f64 / 2.0;
    let mut sorted = level.clone();
    sorted.sort_by(f64::total_cmp);
    let tied: f64 = sorted.chunk_by(|a, b| a == b).map(|group| pairs(group.len())).sum();
    apart / ((before * after) as f64 * (pairs(level.len()) - tied)).sqrt()
}

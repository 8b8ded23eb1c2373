//! Words of the latest year that were seldom written in the years before. Counted, not tested.
//!
//! In go the sessions of several years; out come at most five words, each with its sessions of the year and before, and
//! the months in which most of them fall. Recent words against earlier ones (`recent_words`) ask for a word of every
//! third session; what filled one season of a long history never is one, and shows here.

use super::candidate::Found;
use super::finding::Observation;
use super::history::History;
use super::hypergeometric::Overlap;
use super::keyness::Counts;
use super::presence::Share;
use super::recent_words::table;
use super::words::{WordLine, WordTable};
use crate::domain::{Confidential, NoteId};
use chrono::Datelike;

/// Sessions of the year, and before it.
const SESSIONS: usize = 12;
/// Days before the year that the history covers at least.
const DAYS: i64 = 365;
/// Sessions of the year that hold a word at least.
const WITH: usize = 5;
/// The exact chance of so many, over all words looked at, is at most this.
const CHANCE: f64 = 0.01;
/// Words that are said.
const SAID: usize = 5;
/// Worth of the prior in words, as for recent words.
const PRIOR: f64 = 1_000.0;

/// A word and its numbers.
struct OfYear<'t> {
    line: &'t WordLine,
    year: Share,
    before: Share,
    log_odds: f64,
}

/// Looks at the calendar year of the latest session.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    let (Some(first), Some(last)) = (history.sessions.first(), history.sessions.last()) else { return };
    let year = last.moment.day.year();
    let place = history.sessions.iter().take_while(|sitting| sitting.moment.day.year() < year).count();
    let Some(begin) = history.sessions.get(place) else { return };
    let covered = (begin.moment.day - first.moment.day).num_days();
    if place < SESSIONS || history.sessions.len() - place < SESSIONS || covered < DAYS {
        return;
    }
    for word in of_year(table(history), place) {
        found.observations.extend(said(history, &word, place));
    }
}

/// The words of the sessions from a place on, the most telling first.
fn of_year(table: &WordTable, place: usize) -> Vec<OfYear<'_>> {
    let (before_all, year_all) = table.lengths.split_at(place);
    let (before_all, year_all) = (before_all.iter().sum::<usize>(), year_all.iter().sum::<usize>());
    let sessions = |times: &[usize]| Share { of: times.iter().filter(|times| **times > 0).count(), all: times.len() };
    let mut words: Vec<OfYear<'_>> = Vec::new();
    for line in &table.lines {
        let (earlier, recent) = line.times.split_at(place);
        let (year, before) = (sessions(recent), sessions(earlier));
        if year.of < WITH || year.rate() <= before.rate() {
            continue;
        }
        let chance = Overlap::new(year.all + before.all, year.of + before.of, year.all).at_least(year.of);
        if chance * table.lines.len() as f64 > CHANCE {
            continue;
        }
        let (one, other): (usize, usize) = (recent.iter().sum(), earlier.iter().sum());
        let counts = Counts { one, one_all: year_all, other, other_all: before_all };
        let background = (one + other) as f64 / (year_all + before_all).max(1) as f64;
        words.push(OfYear { line, year, before, log_odds: counts.log_odds(PRIOR * background, PRIOR) });
    }
    words.sort_by(|a, b| b.log_odds.total_cmp(&a.log_odds));
    words.truncate(SAID);
    words
}

fn said(history: &History<'_>, word: &OfYear<'_>, place: usize) -> Option<Observation> {
    let with: Vec<usize> = (place..word.line.times.len()).filter(|at| word.line.times[*at] > 0).collect();
    let moments: Vec<_> = with.iter().filter_map(|at| Some(history.sessions.get(*at)?.moment)).collect();
    let mut months = [0; 12];
    moments.iter().for_each(|moment| months[moment.day.month0() as usize] += 1);
    let (from, to, within) = fullest(&months);
    let place =
        if from == to { format!("in {}", MONTHS[from]) } else { format!("from {} to {}", MONTHS[from], MONTHS[to]) };
    let statement = format!(
        "The word “{}” stands in {} of the {} sessions of {}, and in {} of the {} before; {within} of the {} {place}.",
        word.line.word.reveal(),
        word.year.of,
        word.year.all,
        moments.first()?.day.year(),
        word.before.of,
        word.before.all,
        word.year.of,
    );
    let evidence: Vec<NoteId> = with.iter().filter_map(|at| Some(history.sessions.get(*at)?.note.id)).collect();
    Some(Observation {
        kind: "year_words",
        subject: Confidential::new(word.line.word.reveal()),
        at: moments.first().copied(),
        n: history.sessions.len(),
        statement: Confidential::new(statement),
        evidence,
    })
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The shortest run of months that holds at least half, the fullest of equals: first, last, and how many.
fn fullest(months: &[usize; 12]) -> (usize, usize, usize) {
    let all: usize = months.iter().sum();
    let runs = (1..=12).flat_map(|length| (0..=12 - length).map(move |from| (from, from + length - 1)));
    let counted = runs.map(|(from, to)| (from, to, months[from..=to].iter().sum::<usize>()));
    let enough = counted.filter(|(.., within)| within * 2 >= all);
    enough.min_by_key(|(from, to, within)| (to - from, std::cmp::Reverse(*within))).unwrap_or((0, 11, all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_word_that_fills_one_season_of_a_year_is_found_though_most_sessions_lack_it() {
        let bodies: Vec<String> = (0..160)
            .map(|at| {
                let flood = if (130..145).contains(&at) { "The flood." } else { "" };
                let tea = if at % 3 == 0 { "Tea and a walk." } else { "A walk." };
                format!("{flood} {tea}")
            })
            .collect();
        let table = WordTable::of(bodies.iter().map(String::as_str), &BTreeSet::new());
        let words = of_year(&table, 110);
        let named: Vec<&str> = words.iter().map(|word| word.line.word.reveal()).collect();
        assert_eq!(named, ["flood"]);
        assert_eq!((words[0].year, words[0].before), (Share { of: 15, all: 50 }, Share { of: 0, all: 110 }));
    }

    #[test]
    fn the_fullest_months_are_as_few_as_hold_half() {
        assert_eq!(fullest(&[0, 0, 0, 0, 1, 9, 15, 15, 16, 7, 14, 5]), (6, 8, 46));
        assert_eq!(fullest(&[0, 0, 0, 0, 0, 0, 0, 0, 6, 1, 0, 0]), (8, 8, 6));
    }
}

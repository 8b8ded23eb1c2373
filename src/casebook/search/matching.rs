//! Which notes fit a query.
//!
//! In go a query, filters and the casebook, out come hits in the order that was asked for. Every client is looked through
//! by its index; no text is read here. The score says how much of a note the words are: rarer words and more of them
//! count more, and it is only comparable within one search.

use super::expression::{Clause, Element, Search, Term};
use crate::casebook::words::{Spread, WordIndex};
use crate::casebook::{Casebook, Query, is_part};
use crate::domain::{Note, OtherKey};
use std::sync::Arc;

/// In which order hits come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The latest first.
    #[default]
    Newest,
    /// The earliest first.
    Oldest,
}

/// A note that fits.
#[derive(Debug)]
pub struct Hit<'a> {
    /// The note.
    pub note: &'a Arc<Note>,
    /// How much of the note the words are; 0 when no words were asked for.
    pub score: f64,
    /// How often the words of the query stand in it.
    pub times: u32,
}

/// Notes that have one index, and how often each word of the query stands in each.
struct Shelf<'a> {
    notes: Vec<&'a Arc<Note>>,
    fits: Vec<bool>,
    times: Vec<Vec<u32>>,
}

impl Search {
    /// The notes that fit the query and the filters.
    pub fn run<'a>(&self, casebook: &'a Casebook, filters: &Query, order: Order) -> Vec<Hit<'a>> {
        let files = casebook.clients().filter(|file| filters.client.as_ref().is_none_or(|code| file.code == *code));
        let mut shelves: Vec<Shelf<'a>> = files
            .map(|file| self.look(file.notes.iter().chain(&file.process).collect(), file.words(), filters))
            .collect();
        shelves.push(self.look(casebook.practice().iter().collect(), casebook.practice_words(), filters));
        let weights = self.weights(&shelves);
        let mut hits: Vec<Hit<'a>> = shelves.iter().flat_map(|shelf| shelf.hits(&weights)).collect();
        // Each note is looked at once: going through all of them again and again is what takes time.
        hits.sort_by_cached_key(|hit| crate::casebook::in_order(hit.note));
        if let Some(last) = filters.last {
            hits.drain(..hits.len().saturating_sub(last));
        }
        if order == Order::Newest {
            hits.reverse();
        }
        hits
    }

    fn look<'a>(&self, notes: Vec<&'a Arc<Note>>, index: &WordIndex, filters: &Query) -> Shelf<'a> {
        let mut fits: Vec<bool> = notes.iter().map(|note| filters.fits(note)).collect();
        let mut found = Vec::new();
        for group in &self.groups {
            let mut any = vec![false; notes.len()];
            for Clause { not, term } in group {
                let mut mark = |holds: &dyn Fn(usize) -> bool| {
                    any.iter_mut().enumerate().for_each(|(at, any)| *any |= holds(at) != *not);
                };
                if let Term::Words(words) = term {
                    let times = times(words, index, notes.len());
                    mark(&|at| times.get(at).is_some_and(|times| *times > 0));
                    found.extend((!not).then_some(times));
                } else {
                    mark(&|at| notes.get(at).is_some_and(|note| term.holds(note)));
                }
            }
            fits.iter_mut().zip(any).for_each(|(fits, any)| *fits &= any);
        }
        Shelf { notes, fits, times: found }
    }

    /// How much each of the wanted words and phrases counts: the rarer, the more.
    fn weights(&self, shelves: &[Shelf<'_>]) -> Vec<f64> {
        let all: usize = shelves.iter().map(|shelf| shelf.notes.len()).sum();
        let weight = |at: usize| {
            let holding =
                |shelf: &Shelf<'_>| shelf.times.get(at).map_or(0, |times| times.iter().filter(|t| **t > 0).count());
            let holding: usize = shelves.iter().map(holding).sum();
            (1.0 + (all as f64 - holding as f64 + 0.5) / (holding as f64 + 0.5)).ln()
        };
        (0..self.wanted().count()).map(weight).collect()
    }
}

impl<'a> Shelf<'a> {
    fn hits<'s>(&'s self, weights: &'s [f64]) -> impl Iterator<Item = Hit<'a>> + use<'a, 's> {
        let fitting = self.notes.iter().enumerate().filter(|(at, _)| self.fits.get(*at) == Some(&true));
        fitting.map(move |(at, note)| {
            let times = |word: &Vec<u32>| word.get(at).copied().unwrap_or(0);
            // Saturating, as BM25 does: the tenth time tells less than the first.
            let part = |(word, weight): (&Vec<u32>, &f64)| {
                let times = f64::from(times(word));
                weight * times * 2.2 / (times + 1.2)
            };
            let score = self.times.iter().zip(weights).map(part).sum();
            Hit { note, score, times: self.times.iter().map(times).sum() }
        })
    }
}

impl Term {
    /// Whether a filter holds of a note. Words are the index's matter.
    fn holds(&self, note: &Note) -> bool {
        match self {
            Self::Words(_) => false,
            Self::Client(code) => note.client.as_ref() == Some(code),
            Self::Kind(kind) => note.kind == *kind,
            Self::Theme(theme) => note.themes.iter().any(|mark| is_part(&mark.theme, theme)),
            Self::Person(person) => note.people.contains(person),
            Self::Score { scale, comparison, value } => {
                totals(note, scale).any(|total| comparison.holds(total, *value))
            }
            Self::Before(day) => note.date.day < *day,
            Self::From(day) => note.date.day >= *day,
        }
    }
}

/// The totals of a scale in a note, also where only the practice's own notes say that its key is a scale.
fn totals<'a>(note: &'a Note, scale: &'a str) -> impl Iterator<Item = f64> + 'a {
    let written = note.scores.iter().filter(move |score| score.scale == scale).map(|score| score.value);
    let of_key = move |other: &&OtherKey| other.key.reveal().to_lowercase().replace(['-', ' '], "_") == scale;
    let other = note.other.iter().filter(of_key).filter_map(|other| other.value.reveal().trim().parse().ok());
    written.chain(other)
}

/// How often words stand in this order in each note of an index.
fn times(words: &[Element], index: &WordIndex, notes: usize) -> Vec<u32> {
    let mut times = vec![0; notes];
    let mut count = |note: u32, found: u32| {
        if let Some(times) = times.get_mut(note as usize) {
            *times += found;
        }
    };
    match words {
        [] => {}
        [word] => spreads(word, index).iter().flat_map(Spread::notes).for_each(|(note, found)| count(note, found)),
        [first, rest @ ..] => {
            let ends = rest.iter().fold(places(first, index), |before, word| following(&before, &places(word, index)));
            ends.iter().for_each(|(note, _)| count(*note, 1));
        }
    }
    times
}

fn spreads<'a>(word: &'a Element, index: &'a WordIndex) -> Vec<Spread<'a>> {
    if word.beginning {
        index.beginning(word.folded.reveal()).collect()
    } else {
        index.word(word.folded.reveal()).into_iter().collect()
    }
}

/// All places of a word in order.
fn places(word: &Element, index: &WordIndex) -> Vec<(u32, u32)> {
    let spreads = spreads(word, index);
    let mut places: Vec<(u32, u32)> = spreads.iter().flat_map(Spread::places).collect();
    if spreads.len() > 1 {
        places.sort_unstable();
    }
    places
}

/// Those of the second places that follow directly on one of the first.
fn following(first: &[(u32, u32)], second: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut before = first.iter().peekable();
    let mut found = Vec::new();
    for (note, place) in second.iter().copied() {
        let Some(wanted) = place.checked_sub(1).map(|place| (note, place)) else { continue };
        while before.next_if(|found| **found < wanted).is_some() {}
        if before.peek().is_some_and(|found| **found == wanted) {
            found.push((note, place));
        }
    }
    found
}

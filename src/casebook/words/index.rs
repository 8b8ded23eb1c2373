//! Which words stand where in a list of notes: an index in memory.
//!
//! In go notes in order, out come for each word the notes and places it stands at. Places are kept beside each other in
//! few bytes, so that the index is a fraction of the text; they make phrases certain without reading the text again.
//! It is built once for one list and never changed; nothing of it is ever written anywhere.

use super::{fold_into, searchable, segments};
use crate::domain::Note;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Places between two stretches of a note, so that no phrase reaches across.
const GAP: u32 = 16;

/// An index of notes.
#[derive(Default)]
pub struct WordIndex {
    /// All words in order, one after the other.
    spelled: Zeroizing<String>,
    /// Where each word ends in `spelled`, and its places in `places`.
    ends: Vec<(u32, usize)>,
    places: Zeroizing<Vec<u8>>,
}

/// One word of the index and where it stands.
#[derive(Clone, Copy)]
pub struct Spread<'a> {
    /// The folded word. It is a word of a note.
    pub word: &'a str,
    places: &'a [u8],
}

impl std::fmt::Debug for WordIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WordIndex(..)")
    }
}

impl std::fmt::Debug for Spread<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Spread(..)")
    }
}

impl WordIndex {
    /// Reads notes; places speak of them by their position in this order.
    pub(crate) fn of<'a>(notes: impl IntoIterator<Item = &'a Arc<Note>>) -> Self {
        let mut reading = Reading::default();
        for (at, note) in notes.into_iter().enumerate() {
            reading.read(at as u32, note);
        }
        reading.finish()
    }

    /// The word with this folded spelling.
    pub fn word(&self, folded: &str) -> Option<Spread<'_>> {
        let at = self.first_from(folded);
        self.spread(at).filter(|spread| spread.word == folded)
    }

    /// All words that begin like this, in order.
    pub fn beginning<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Spread<'a>> {
        let from = self.first_from(folded);
        (from..self.ends.len())
            .map_while(|at| self.spread(at))
            .take_while(move |spread| spread.word.starts_with(folded))
    }

    /// All words in order.
    pub fn words(&self) -> impl Iterator<Item = Spread<'_>> {
        (0..self.ends.len()).filter_map(|at| self.spread(at))
    }

    /// How many bytes it takes, without the text it speaks of.
    pub fn bytes(&self) -> usize {
        self.spelled.len() + self.places.len() + self.ends.len() * size_of::<(u32, usize)>()
    }

    fn first_from(&self, folded: &str) -> usize {
        let mut range = 0..self.ends.len();
        while !range.is_empty() {
            let middle = range.start + range.len() / 2;
            let smaller = self.spread(middle).is_some_and(|spread| spread.word < folded);
            range = if smaller { middle + 1..range.end } else { range.start..middle };
        }
        range.start
    }

    fn spread(&self, at: usize) -> Option<Spread<'_>> {
        let (word_end, places_end) = *self.ends.get(at)?;
        let (word, places) = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or((0, 0));
        Some(Spread {
            word: self.spelled.get(word as usize..word_end as usize)?,
            places: self.places.get(places..places_end)?,
        })
    }
}

impl<'a> Spread<'a> {
    /// Note and place of every occurrence, in order.
    pub fn places(&self) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let mut bytes = self.places.iter();
        let (mut note, mut place) = (0, 0);
        std::iter::from_fn(move || {
            let step = number(&mut bytes)?;
            if step & 1 == 1 {
                note += number(&mut bytes)?;
                place = step >> 1;
            } else {
                place += step >> 1;
            }
            Some((note, place))
        })
    }

    /// The notes it stands in with how often, in order.
    pub fn notes(&self) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let mut places = self.places().peekable();
        std::iter::from_fn(move || {
            let (note, _) = places.next()?;
            let mut times = 1;
            while places.next_if(|(next, _)| *next == note).is_some() {
                times += 1;
            }
            Some((note, times))
        })
    }
}

/// An index while notes are read.
#[derive(Default)]
struct Reading {
    numbers: HashMap<Box<str>, usize, BuildHasherDefault<Quick>>,
    words: Vec<Places>,
}

/// A quick hash (FNV-1a): millions of short words are looked up, and the slowness that words chosen for it could cause
/// ends with the one client whose notes they are.
struct Quick(u64);

impl Default for Quick {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The places of one word so far: steps of seven bits a byte. An odd step begins a note and is followed by how many
/// notes further it is.
#[derive(Default)]
struct Places {
    bytes: Vec<u8>,
    note: u32,
    place: u32,
}

impl Reading {
    fn read(&mut self, number: u32, note: &Note) {
        let text = note.text.reveal();
        let mut folded = Zeroizing::new(String::with_capacity(64));
        let mut place = 0;
        for stretch in searchable(note) {
            let stretch = text.get(stretch).unwrap_or_default();
            for word in segments(stretch) {
                fold_into(&stretch[word], &mut folded);
                if !folded.is_empty() {
                    self.places_of(&folded).push(number, place);
                }
                place += 1;
            }
            place += GAP;
        }
    }

    fn places_of(&mut self, folded: &str) -> &mut Places {
        let at = match self.numbers.get(folded) {
            Some(at) => *at,
            None => {
                self.numbers.insert(folded.into(), self.words.len());
                self.words.push(Places::default());
                self.words.len() - 1
            }
        };
        &mut self.words[at]
    }

    fn finish(self) -> WordIndex {
        let mut order: Vec<(Box<str>, usize)> = self.numbers.into_iter().collect();
        order.sort_unstable();
        // Into their final size at once: growing would leave copies of words behind.
        let mut index = WordIndex {
            spelled: Zeroizing::new(String::with_capacity(order.iter().map(|(word, _)| word.len()).sum())),
            ends: Vec::with_capacity(order.len()),
            places: Zeroizing::new(Vec::with_capacity(self.words.iter().map(|word| word.bytes.len()).sum())),
        };
        for (word, at) in order {
            let word = Zeroizing::new(String::from(word));
            index.spelled.push_str(&word);
            index.places.extend(self.words.get(at).iter().flat_map(|places| places.bytes.iter()));
            index.ends.push((index.spelled.len() as u32, index.places.len()));
        }
        index
    }
}

impl Places {
    fn push(&mut self, note: u32, place: u32) {
        if self.bytes.is_empty() || note != self.note {
            put(&mut self.bytes, place << 1 | 1);
            put(&mut self.bytes, note - self.note);
        } else {
            put(&mut self.bytes, (place - self.place) << 1);
        }
        (self.note, self.place) = (note, place);
    }
}

fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn number(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u32> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

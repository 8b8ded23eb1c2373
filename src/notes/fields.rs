//! Keys of a note, taken out one by one as typed values.
//!
//! In go the entries of the front matter (and `key:: value` lines of the body); out come typed values, with a problem
//! for each that does not fit its key. What nobody asked for is left over and kept as it stands. Since every key that is
//! asked for is remembered, the list of known keys is never written down twice.

use super::node::{Entry, Node, Value};
use crate::domain::{ClientCode, Confidential, DateFault, NoteDate, NoteId, Place, Problem, RoughDate};
use chrono::NaiveTime;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// Entries from which keys are taken.
pub(super) struct Fields<'a> {
    entries: &'a [Entry],
    taken: Vec<Cell<bool>>,
    asked: RefCell<BTreeSet<&'static str>>,
    problems: &'a RefCell<Vec<Problem>>,
}

/// Keys as they are compared: lower case, `_` for `-` and spaces.
pub(super) fn folded(key: &str) -> String {
    key.trim().to_lowercase().replace(['-', ' '], "_")
}

impl<'a> Fields<'a> {
    pub(super) fn new(entries: &'a [Entry], problems: &'a RefCell<Vec<Problem>>) -> Self {
        let taken = entries.iter().map(|_| Cell::new(false)).collect();
        Self { entries, taken, asked: RefCell::default(), problems }
    }

    /// Reports something.
    pub(super) fn report(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// Takes a key's value. A key given twice with different values is reported and does not count.
    pub(super) fn take(&self, key: &'static str) -> Option<&'a Node> {
        self.asked.borrow_mut().insert(key);
        let mut found: Option<&Entry> = None;
        let mut differs = false;
        for (at, entry) in self.entries.iter().enumerate().filter(|(_, entry)| folded(&entry.key) == key) {
            self.taken[at].set(true);
            match found {
                Some(first) if first.node.in_one_line() != entry.node.in_one_line() => {
                    differs = true;
                    let message = format!("`{key}` is given twice with different values, so neither counts");
                    self.report(Problem::error("duplicate-key", message).at(entry.place).fix("keep one of them"));
                }
                Some(_) => {}
                None => found = Some(entry),
            }
        }
        found.filter(|entry| !differs && !entry.node.is_blank()).map(|entry| &entry.node)
    }

    /// Whether somebody asked for a key.
    pub(super) fn asked_for(&self, key: &str) -> bool {
        self.asked.borrow().contains(key)
    }

    /// Where a key stands, without taking it.
    pub(super) fn place_of(&self, key: &str) -> Option<Place> {
        self.entries.iter().find(|entry| folded(&entry.key) == key).map(|entry| entry.node.place)
    }

    /// Whether a key is there with a value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| folded(&entry.key) == key && !entry.node.is_blank())
    }

    /// Entries nobody took, with the known key each is one letter away from.
    pub(super) fn left_over(&self) -> Vec<(&'a Entry, Option<&'static str>)> {
        let asked = self.asked.borrow();
        let left = self.entries.iter().zip(&self.taken).filter(|(_, taken)| !taken.get()).map(|(entry, _)| entry);
        left.map(|entry| {
            let key = folded(&entry.key);
            let near = |known: &&'static str| known.len() > 3 && strsim::osa_distance(known, &key) == 1;
            (entry, asked.iter().copied().find(near))
        })
        .collect()
    }

    /// Entries nobody took yet.
    pub(super) fn untaken(&self) -> impl Iterator<Item = (usize, &'a Entry)> + '_ {
        self.entries.iter().enumerate().filter(|(at, _)| !self.taken[*at].get())
    }

    /// Counts an entry as taken.
    pub(super) fn mark_taken(&self, at: usize) {
        if let Some(taken) = self.taken.get(at) {
            taken.set(true);
        }
    }

    fn unfit(&self, key: &str, place: Place, wants: impl std::fmt::Display) {
        let message = format!("`{key}` should be {wants}");
        self.report(Problem::error("key-value", message).at(place));
    }

    /// A scalar; anything else is reported.
    fn scalar(&self, key: &'static str, wants: &str) -> Option<(&'a str, Place)> {
        let node = self.take(key)?;
        match node.scalar() {
            Some(text) => Some((text, node.place)),
            None => {
                self.unfit(key, node.place, wants);
                None
            }
        }
    }

    /// Free text. A list or mapping is written out in one line.
    pub(super) fn text(&self, key: &'static str) -> Option<Confidential> {
        self.take(key).map(text_of)
    }

    /// Free texts: a list, or a single one.
    pub(super) fn texts(&self, key: &'static str) -> Vec<Confidential> {
        items(self.take(key)).filter(|node| !node.is_blank()).map(text_of).collect()
    }

    /// Items of a list, each a mapping or a scalar.
    pub(super) fn list(&self, key: &'static str) -> impl Iterator<Item = &'a Node> + use<'a> {
        items(self.take(key)).filter(|node| !node.is_blank())
    }

    /// A mapping's entries. Something else is reported.
    pub(super) fn map(&self, key: &'static str) -> &'a [Entry] {
        match self.take(key) {
            Some(Node { value: Value::Map(entries), .. }) => entries,
            Some(node) => {
                self.unfit(key, node.place, "a mapping such as `{one: 1, two: 2}`");
                &[]
            }
            None => &[],
        }
    }

    /// A date. The problem says what would be right, with both readings where there are two.
    pub(super) fn date(&self, key: &'static str) -> Option<NoteDate> {
        let (text, place) = self.scalar(key, "a date such as 2026-03-02")?;
        NoteDate::parse(text).map_err(|fault| self.report(date_problem(key, fault).at(place))).ok()
    }

    /// A rough date with its spelling.
    pub(super) fn rough_date(&self, key: &'static str) -> Option<(RoughDate, Confidential)> {
        let (text, place) = self.scalar(key, "a date such as 2026-03-02, `spring 2011`, `age 9` or `2011?`")?;
        let date = RoughDate::parse(text).map_err(|fault| self.report(date_problem(key, fault).at(place)));
        Some((date.unwrap_or(RoughDate::Unplaced), Confidential::new(text)))
    }

    /// A time of day.
    pub(super) fn time(&self, key: &'static str) -> Option<NaiveTime> {
        let (text, place) = self.scalar(key, "a time such as 10:00")?;
        let time = NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"));
        time.map_err(|_| self.unfit(key, place, "a time such as 10:00")).ok()
    }

    /// A whole number, not negative.
    pub(super) fn whole(&self, key: &'static str) -> Option<u32> {
        let (text, place) = self.scalar(key, "a whole number")?;
        text.parse().map_err(|_| self.unfit(key, place, "a whole number")).ok()
    }

    /// A number between two bounds, both included.
    pub(super) fn between(&self, key: &'static str, low: f64, high: f64) -> Option<f64> {
        let wants = format!("a number from {low} to {high}");
        let (text, place) = self.scalar(key, &wants)?;
        let number = decimal(text).filter(|n| (low..=high).contains(n));
        if number.is_none() {
            self.unfit(key, place, wants);
        }
        number
    }

    /// Yes or no, in any of the usual spellings.
    pub(super) fn yes(&self, key: &'static str) -> Option<bool> {
        let (text, place) = self.scalar(key, "`true` or `false`")?;
        let answer = match text.to_lowercase().as_str() {
            "true" | "yes" | "y" | "on" | "1" => Some(true),
            "false" | "no" | "n" | "off" | "0" => Some(false),
            _ => None,
        };
        if answer.is_none() {
            self.unfit(key, place, "`true` or `false`");
        }
        answer
    }

    /// One word out of a list.
    pub(super) fn word<T>(&self, key: &'static str, parse: fn(&str) -> Option<T>, words: &[&str]) -> Option<T> {
        let wants = one_of(words);
        let (text, place) = self.scalar(key, &wants)?;
        self.parsed(key, text, place, parse, &wants)
    }

    /// Words out of a list, one or several.
    pub(super) fn words<T>(&self, key: &'static str, parse: fn(&str) -> Option<T>, words: &[&str]) -> Vec<T> {
        let wants = one_of(words);
        let nodes: Vec<&Node> = self.list(key).collect();
        nodes
            .into_iter()
            .filter_map(|node| self.parsed(key, node.scalar().unwrap_or(""), node.place, parse, &wants))
            .collect()
    }

    fn parsed<T>(&self, key: &str, text: &str, place: Place, parse: fn(&str) -> Option<T>, wants: &str) -> Option<T> {
        let value = parse(text);
        if value.is_none() {
            self.unfit(key, place, wants);
        }
        value
    }

    /// A client's code.
    pub(super) fn client(&self, key: &'static str) -> Option<ClientCode> {
        let (text, place) = self.scalar(key, "a client's code")?;
        self.code(key, text, place)
    }

    /// Clients' codes.
    pub(super) fn clients(&self, key: &'static str) -> Vec<ClientCode> {
        let nodes: Vec<&Node> = self.list(key).collect();
        nodes.into_iter().filter_map(|node| self.code(key, node.scalar().unwrap_or(""), node.place)).collect()
    }

    fn code(&self, key: &str, text: &str, place: Place) -> Option<ClientCode> {
        let code = ClientCode::parse(text);
        code.map_err(|fault| self.unfit(key, place, format!("a client's code, but {fault}"))).ok()
    }

    /// A note's id.
    pub(super) fn note_id(&self, key: &'static str) -> Option<NoteId> {
        let (text, place) = self.scalar(key, "a note's id of twelve characters")?;
        NoteId::parse(text).map_err(|_| self.unfit(key, place, "a note's id of twelve characters")).ok()
    }

    /// Fields of a mapping inside this one; problems go to the same list.
    pub(super) fn inner(&self, node: &'a Node) -> Fields<'a> {
        match &node.value {
            Value::Map(entries) => Fields::new(entries, self.problems),
            _ => Fields::new(&[], self.problems),
        }
    }
}

/// A number with a point or a comma.
pub(super) fn decimal(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite())
}

fn text_of(node: &Node) -> Confidential {
    match &node.value {
        Value::Scalar(text) => Confidential::new(unquoted(text)),
        _ => Confidential::new(node.in_one_line()),
    }
}

/// Takes off curly quotation marks that stand around a whole value, as word processors put them.
fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inner = text.strip_prefix(['“', '„', '”']).and_then(|rest| rest.strip_suffix(['”', '“']));
    inner.filter(|inner| !inner.contains(['“', '”'])).unwrap_or(text)
}

fn items<'a>(node: Option<&'a Node>) -> impl Iterator<Item = &'a Node> + use<'a> {
    let (list, single) = match node {
        Some(Node { value: Value::List(list), .. }) => (list.as_slice(), None),
        other => (&[][..], other),
    };
    list.iter().chain(single)
}

fn one_of(words: &[&str]) -> String {
    match words {
        [only] => format!("`{only}`"),
        [rest @ .., last] => format!("`{}` or `{last}`", rest.join("`, `")),
        [] => "a word".to_owned(),
    }
}

/// What is wrong with a date, and what would be right.
pub(super) fn date_problem(key: &str, fault: DateFault) -> Problem {
    match fault {
        DateFault::Ambiguous { day_first, month_first } => Problem::error(
            "date-ambiguous",
            format!("`{key}` could be {} or {}", day_first.format("%-d %B %Y"), month_first.format("%-d %B %Y")),
        )
        .fix(format!("write {day_first} or {month_first}")),
        DateFault::NoSuchDay => Problem::error("date", format!("`{key}` names a day or time that does not exist"))
            .fix("write a date such as 2026-03-02 or 2026-03-02T10:00"),
        DateFault::Placeholder => {
            Problem::error("date", format!("`{key}` holds a template's placeholder that was never filled in"))
                .fix("write a date such as 2026-03-02")
        }
        DateFault::NotADate => Problem::error("date", format!("`{key}` is no date that can be read"))
            .fix("write a date such as 2026-03-02"),
    }
}

//! What can be typed into a search.
//!
//! In goes a query, out come groups of clauses, or a fault with its place. The words are those of the query; nothing
//! here looks at a note.

use super::expression::{Clause, Comparison, Element, Search, Term};
use crate::casebook::words::{fold_into, segments};
use crate::domain::{ClientCode, Confidential, Kind, NoteDate, Person, Scales, Theme};
use chrono::{Months, NaiveDate};
use zeroize::Zeroizing;

/// Most words in one query.
const MOST_WORDS: usize = 64;

/// What of a query cannot be understood, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at character {at}: {what}")]
pub struct QueryFault {
    /// The character of the query, from 1.
    pub at: usize,
    /// What is wrong, in the query's own words.
    pub what: String,
    /// What would be right.
    pub hint: &'static str,
}

/// A stretch of the query that stands for itself: `-key:"value"`.
struct Piece<'q> {
    at: usize,
    not: bool,
    key: Option<&'q str>,
    text: &'q str,
    quoted: bool,
}

impl Search {
    /// Reads a query.
    ///
    /// # Errors
    /// [`QueryFault`]: what cannot be understood, and where.
    pub fn parse(query: &str) -> Result<Self, QueryFault> {
        Ok(Self { groups: groups(query)? })
    }
}

/// Reads a query. `OR` joins its two neighbours; what stands side by side must all hold.
fn groups(query: &str) -> Result<Vec<Vec<Clause>>, QueryFault> {
    let mut groups: Vec<Vec<Clause>> = Vec::new();
    let mut open: Option<usize> = None;
    for piece in pieces(query)? {
        if piece.is_or() {
            if open.is_some() || groups.is_empty() {
                return Err(piece.fault("`OR` needs something on both sides", "sleep OR insomnia"));
            }
            open = Some(piece.at);
            continue;
        }
        let Some(clause) = clause(&piece)? else { continue };
        match groups.last_mut().filter(|_| open.take().is_some()) {
            Some(group) => group.push(clause),
            None => groups.push(vec![clause]),
        }
    }
    if let Some(at) = open {
        return Err(fault(at, "`OR` needs something on both sides", "sleep OR insomnia"));
    }
    if groups.is_empty() {
        return Err(fault(
            1,
            "there is no word to look for",
            "write a word, a \"phrase\", or a filter such as kind:plan",
        ));
    }
    let words: usize = groups.iter().flatten().map(|clause| clause.term.words()).sum();
    if words > MOST_WORDS {
        return Err(fault(1, format!("more than {MOST_WORDS} words"), "look for fewer words, or for a shorter phrase"));
    }
    Ok(groups)
}

fn fault(at: usize, what: impl Into<String>, hint: &'static str) -> QueryFault {
    QueryFault { at, what: what.into(), hint }
}

/// Cuts a query at spaces that stand in no quotation marks.
fn pieces(query: &str) -> Result<Vec<Piece<'_>>, QueryFault> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = query[at..].find(|c: char| !c.is_whitespace()).map(|skip| at + skip) {
        let place = query[..start].chars().count() + 1;
        let rest = &query[start..];
        let (not, rest) = match rest.strip_prefix('-') {
            Some(after) if after.starts_with(|c: char| !c.is_whitespace() && c != '-') => (true, after),
            _ => (false, rest),
        };
        let (key, rest) = key_of(rest);
        let (text, quoted, rest) = value_of(rest, place)?;
        found.push(Piece { at: place, not, key, text, quoted });
        at = query.len() - rest.len();
    }
    Ok(found)
}

/// The key before a colon. Only what begins with a letter is a key, so that `10:30` stays two words.
fn key_of(rest: &str) -> (Option<&str>, &str) {
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
    match (&rest[..end], rest[end..].strip_prefix(':')) {
        (key, Some(value)) if key.starts_with(char::is_alphabetic) && !value.starts_with("//") => (Some(key), value),
        _ => (None, rest),
    }
}

/// A quoted value or one up to the next space, whether it was quoted, and what follows.
fn value_of(rest: &str, place: usize) -> Result<(&str, bool, &str), QueryFault> {
    let closing = |open: char| if open == '“' { ['”', '"'] } else { ['"', '"'] };
    match rest.chars().next().filter(|c| matches!(c, '"' | '“' | '„' | '”')) {
        Some(open) => {
            let inner = &rest[open.len_utf8()..];
            let closing = if open == '„' { ['“', '”'] } else { closing(open) };
            let end = inner
                .find(closing)
                .ok_or_else(|| fault(place, "a quotation mark is opened and not closed", "\"slept badly\""))?;
            let after = &inner[end..];
            let width = after.chars().next().map_or(0, char::len_utf8);
            Ok((&inner[..end], true, &after[width..]))
        }
        None => {
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '„')).unwrap_or(rest.len());
            Ok((&rest[..end], false, &rest[end..]))
        }
    }
}

impl Piece<'_> {
    fn is_or(&self) -> bool {
        self.text == "OR" && !self.quoted && !self.not && self.key.is_none()
    }

    fn fault(&self, what: impl Into<String>, hint: &'static str) -> QueryFault {
        fault(self.at, what, hint)
    }
}

/// What a piece asks for; nothing when it is made of signs only.
fn clause(piece: &Piece<'_>) -> Result<Option<Clause>, QueryFault> {
    let term = match piece.key {
        Some(key) => Some(filter(piece, key)?),
        None => words(piece)?.map(Term::Words),
    };
    Ok(term.map(|term| Clause { not: piece.not, term }))
}

fn words(piece: &Piece<'_>) -> Result<Option<Vec<Element>>, QueryFault> {
    let beginning = piece.text.ends_with('*');
    let mut elements: Vec<Element> = Vec::new();
    let mut folded = Zeroizing::new(String::new());
    for range in segments(piece.text) {
        fold_into(&piece.text[range], &mut folded);
        if !folded.is_empty() {
            elements.push(Element { folded: Confidential::new(folded.as_str()), beginning: false });
        }
    }
    match elements.last_mut() {
        Some(last) => last.beginning = beginning,
        None if beginning => return Err(piece.fault("`*` needs the beginning of a word", "nightmare*")),
        None => return Ok(None),
    }
    Ok(Some(elements))
}

fn filter(piece: &Piece<'_>, key: &str) -> Result<Term, QueryFault> {
    let value = piece.text.trim();
    if value.is_empty() {
        return Err(
            piece.fault(format!("`{key}:` is followed by nothing"), "put the value after the colon without a space")
        );
    }
    let name = key.to_lowercase();
    Ok(match name.as_str() {
        "client" => Term::Client(ClientCode::parse(value).map_err(|_| {
            piece.fault(format!("`{value}` is no client code"), "a code is made of a-z, 0-9 and hyphens, such as a7")
        })?),
        "kind" => Term::Kind(Kind::parse(value)),
        "theme" => Term::Theme(Theme::new(value.trim_start_matches('#')).ok_or_else(|| nameless(piece, key))?),
        "person" => Term::Person(Person::new(value.trim_start_matches('@')).ok_or_else(|| nameless(piece, key))?),
        "before" => Term::Before(span(piece, value)?.0),
        "after" => Term::From(span(piece, value)?.1),
        _ => score(piece, key, value)?,
    })
}

fn nameless(piece: &Piece<'_>, key: &str) -> QueryFault {
    piece.fault(format!("`{key}:` is followed by no name"), "theme:sleep, person:sister")
}

/// First day of what is named, and the first day after it.
fn span(piece: &Piece<'_>, value: &str) -> Result<(NaiveDate, NaiveDate), QueryFault> {
    let shape: Vec<usize> = value.split('-').map(str::len).collect();
    let read = |text: String| NoteDate::parse(&text).map(|date| date.day).ok();
    let found = match shape[..] {
        [4] => read(format!("{value}-01-01")).map(|first| (first, first.checked_add_months(Months::new(12)))),
        [4, 2] => read(format!("{value}-01")).map(|first| (first, first.checked_add_months(Months::new(1)))),
        _ => read(value.to_owned()).map(|day| (day, day.succ_opt())),
    };
    match found {
        Some((first, Some(next))) => Ok((first, next)),
        _ => Err(piece.fault(format!("`{value}` is no date"), "write 2026-03-02, 2026-03 or 2026")),
    }
}

fn score(piece: &Piece<'_>, key: &str, value: &str) -> Result<Term, QueryFault> {
    // A practice's own scale is not known before the notes are read; a sign shows that a total is meant.
    let known = Scales::shipped().find(key).map(|scale| scale.id.clone());
    let own = || value.starts_with(['>', '<', '=', '≥', '≤']).then(|| key.to_lowercase().replace('-', "_"));
    let Some(scale) = known.or_else(own) else {
        return Err(piece.fault(
            format!("`{key}:` is no filter and no known scale"),
            "filters are client, kind, theme, person, before, after and scales such as phq9:12 or calm:>5; \
             in quotation marks it is looked for as words",
        ));
    };
    let signs = [
        (">=", Comparison::AtLeast),
        ("≥", Comparison::AtLeast),
        ("<=", Comparison::AtMost),
        ("≤", Comparison::AtMost),
        (">", Comparison::Above),
        ("<", Comparison::Below),
        ("=", Comparison::Equal),
        ("", Comparison::Equal),
    ];
    let read = signs.into_iter().find_map(|(sign, comparison)| Some((value.strip_prefix(sign)?, comparison)));
    let number = read.and_then(|(digits, comparison)| Some((digits.trim().parse::<f64>().ok()?, comparison)));
    match number.filter(|(number, _)| number.is_finite()) {
        Some((value, comparison)) => Ok(Term::Score { scale, comparison, value }),
        None => Err(piece.fault(format!("`{value}` is no number"), "phq9:>10, phq9:<=4 or phq9:12")),
    }
}

impl Term {
    fn words(&self) -> usize {
        match self {
            Self::Words(words) => words.len(),
            _ => 0,
        }
    }
}

//! What somebody asked for with the search form.
//!
//! In goes the body of the form as a browser sends it; out come its fields, and with them a search and filters. Fields
//! nobody knows are passed over. It holds words that are looked for in notes: they are never part of an address.

use crate::casebook::Query;
use crate::casebook::search::{Order, QueryFault, Search};
use crate::domain::{ClientCode, Confidential, Kind, NoteDate};
use chrono::NaiveDate;
use zeroize::Zeroizing;

/// Longest value of a field.
const LONGEST: usize = 2000;

/// The fields of the search form.
pub struct Asked {
    fields: Vec<(&'static str, Confidential)>,
}

/// The names of the fields.
const FIELDS: [&str; 6] = ["q", "client", "kind", "since", "until", "order"];

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asked(..)")
    }
}

impl Asked {
    /// Reads a form as it was sent (`application/x-www-form-urlencoded`). Of a field that comes twice the first counts.
    pub fn read(form: &[u8]) -> Self {
        let mut fields: Vec<(&'static str, Confidential)> = Vec::new();
        for pair in form.split(|byte| *byte == b'&') {
            let (name, value) = pair.split_at(pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len()));
            let Some(name) = FIELDS.into_iter().find(|known| known.as_bytes() == name) else { continue };
            if fields.iter().all(|(other, _)| *other != name) {
                fields.push((name, decoded(value.get(1..).unwrap_or_default())));
            }
        }
        Self { fields }
    }

    /// Whether nothing was filled in that narrows anything down.
    pub fn is_empty(&self) -> bool {
        FIELDS.iter().filter(|name| **name != "order").all(|name| self.field(name).is_empty())
    }

    /// What was filled in, without white space at the ends.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.reveal().trim())
    }

    /// In which order.
    pub(crate) fn order(&self) -> Order {
        if self.field("order") == "oldest" { Order::Oldest } else { Order::Newest }
    }

    /// What to look for, and among what.
    pub(crate) fn search(&self) -> Result<(Search, Query), QueryFault> {
        let words = self.field("q");
        let search = if words.is_empty() { Search::everything() } else { Search::parse(words)? };
        let given = |name: &str| Some(self.field(name)).filter(|value| !value.is_empty());
        let client = given("client").map(|code| {
            ClientCode::parse(code).map_err(|_| fault("this is no client's code", "choose a client from the list"))
        });
        let day = |name: &str| given(name).map(day).transpose();
        let query = Query {
            client: client.transpose()?,
            kind: given("kind").map(Kind::parse),
            since: day("since")?,
            until: day("until")?,
            ..Query::default()
        };
        Ok((search, query))
    }
}

fn day(text: &str) -> Result<NaiveDate, QueryFault> {
    let read = NoteDate::parse(text).map(|date| date.day);
    read.map_err(|_| fault("the day cannot be read", "write it as 2026-03-02"))
}

/// A fault in a field that has no place in the query.
fn fault(what: &str, hint: &'static str) -> QueryFault {
    QueryFault { at: 0, what: what.to_owned(), hint }
}

/// Undoes the coding of forms: `+` is a space, `%C3%A9` bytes of UTF-8. What cannot be decoded stays as it is.
fn decoded(value: &[u8]) -> Confidential {
    let mut bytes = Zeroizing::new(Vec::with_capacity(value.len()));
    let mut at = 0;
    while let Some(byte) = value.get(at) {
        let coded = value.get(at + 1..at + 3).filter(|_| *byte == b'%');
        let coded = coded.and_then(|hex| std::str::from_utf8(hex).ok());
        match coded.filter(|hex| !hex.starts_with('+')).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                at += 3;
            }
            None => {
                bytes.push(if *byte == b'+' { b' ' } else { *byte });
                at += 1;
            }
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    let end = text.char_indices().map(|(at, _)| at).nth(LONGEST).unwrap_or(text.len());
    Confidential::new(&text[..end])
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn a_form_is_read_as_browsers_write_it_and_hostile_ones_do_no_harm() {
        let asked = Asked::read(b"q=sl%C3%A9ep+OR+%22a+b%22&client=&kind=plan&order=oldest&q=twice&evil=1");
        assert_eq!(asked.field("q"), "sléep OR \"a b\"");
        assert_eq!((asked.field("client"), asked.field("kind"), asked.field("evil")), ("", "plan", ""));
        for odd in ["", "&&&", "=", "q", "q=%", "q=%4", "q=%zz", "q=%+1", "q=\u{0}%00%ff", "order=oldest"] {
            let asked = Asked::read(odd.as_bytes());
            let _ = asked.search();
            assert_eq!(asked.is_empty(), !odd.starts_with("q=%") && !odd.starts_with("q=\0"), "{odd}");
        }
        let long = Asked::read(format!("q={}", "é".repeat(5000)).as_bytes());
        assert_eq!(long.field("q").chars().count(), 2000);
        assert!(Asked::read(b"since=soon").search().is_err() && Asked::read(b"client=A/7").search().is_err());
        assert!(Asked::read(b"since=2026-03-02&until=2026-03-09").search().is_ok());
    }
}

//! Sentences taken apart by their fixed shapes, and numbers as sentences write them.

use chrono::NaiveDate;

/// Why a sentence is not borne out; empty when it is.
pub type Held = Result<(), String>;

/// What stands in the holes `{}` of a shape, when the whole text has that shape.
pub fn holes<'a>(shape: &str, text: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = shape.split("{}");
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    let pieces: Vec<&str> = pieces.collect();
    for (at, piece) in pieces.iter().enumerate() {
        let end = match piece.len() {
            0 => rest.len(),
            _ if at + 1 == pieces.len() => rest.len().checked_sub(piece.len()).filter(|_| rest.ends_with(piece))?,
            _ => rest.find(piece)?,
        };
        found.push(&rest[..end]);
        rest = &rest[end + piece.len()..];
    }
    rest.is_empty().then_some(found)
}

/// `12`, `1 session`, `3 scores`, `2.5 points`.
pub fn number(text: &str) -> Result<f64, String> {
    let digits = text.split(' ').next().unwrap_or_default();
    digits.parse().map_err(|_| format!("`{text}` is no number"))
}

/// A whole number.
pub fn count(text: &str) -> Result<usize, String> {
    text.split(' ').next().unwrap_or_default().parse().map_err(|_| format!("`{text}` is no count"))
}

/// `3 Feb 2026`.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%d %b %Y").map_err(|_| format!("`{text}` is no day"))
}

/// Holds what is said against what was counted.
pub fn same<T: PartialEq + std::fmt::Debug>(what: &str, said: T, counted: T) -> Held {
    if said == counted { Ok(()) } else { Err(format!("{what}: said {said:?}, counted {counted:?}")) }
}

/// The same for a number that is written with one digit after the point.
pub fn near(what: &str, said: f64, counted: f64) -> Held {
    if (said - counted).abs() <= 0.05 + 1e-9 { Ok(()) } else { Err(format!("{what}: said {said}, counted {counted}")) }
}

/// Holds something that has no number.
pub fn holds(what: &str, does: bool) -> Held {
    if does { Ok(()) } else { Err(format!("{what} does not hold")) }
}

//! The date of a note: a local calendar date, with or without a time and an offset.
//!
//! What counts is the day as it was written, never the day in UTC. A date that can be read in two ways is not guessed:
//! the fault carries both readings.

use chrono::{FixedOffset, NaiveDate, NaiveTime};
use std::fmt;

/// A local day, perhaps with a time of day and the offset that was written with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoteDate {
    /// The local calendar date.
    pub day: NaiveDate,
    /// Local time of day.
    pub time: Option<NaiveTime>,
    /// Offset from UTC as written; it never moves the day.
    pub offset: Option<FixedOffset>,
}

/// Why a text is no date that can be read with certainty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFault {
    /// Day and month could be exchanged.
    Ambiguous {
        /// Read as day, then month.
        day_first: NaiveDate,
        /// Read as month, then day.
        month_first: NaiveDate,
    },
    /// It has the shape of a date, but the calendar has no such day or the clock no such time.
    NoSuchDay,
    /// A template's placeholder that was never filled in.
    Placeholder,
    /// Not a date at all.
    NotADate,
}

impl NoteDate {
    /// A plain day.
    pub fn day(day: NaiveDate) -> Self {
        Self { day, time: None, offset: None }
    }

    /// Reads `2026-03-02`, `2026-03-02T10:00+01:00`, year-first dates with `/` or `.`, `2 March 2026`, `March 2, 2026`,
    /// an Obsidian link to a day, and day-month-year dates where only one reading is possible.
    ///
    /// # Errors
    /// [`DateFault`]; `Ambiguous` holds both readings.
    pub fn parse(text: &str) -> Result<Self, DateFault> {
        let text = text.trim().trim_start_matches("[[").trim_end_matches("]]").trim();
        if text.contains("{{") || text.contains("<%") {
            return Err(DateFault::Placeholder);
        }
        let (day_text, rest) = split_time(text);
        let day = parse_day(day_text)?;
        let Some(rest) = rest else { return Ok(Self::day(day)) };
        let (time, offset) = parse_time(rest).ok_or(DateFault::NoSuchDay)?;
        Ok(Self { day, time: Some(time), offset })
    }

    /// A date that stands in a file name or heading, when exactly one does.
    pub fn find_in(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut found: Option<NaiveDate> = None;
        for at in 0..bytes.len().saturating_sub(9) {
            let digit_before = at > 0 && bytes[at - 1].is_ascii_digit();
            let digit_after = bytes.get(at + 10).is_some_and(u8::is_ascii_digit);
            let Some(slice) = text.get(at..at + 10) else { continue };
            if digit_before || digit_after || !is_year_first(slice) {
                continue;
            }
            if let Ok(day) = parse_day(slice) {
                if found.is_some_and(|other| other != day) {
                    return None;
                }
                found = Some(day);
            }
        }
        found.map(Self::day)
    }

    /// What notes are sorted by: the day, then the time where one is known.
    pub fn order(&self) -> (NaiveDate, Option<NaiveTime>) {
        (self.day, self.time)
    }
}

impl fmt::Display for NoteDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day.format("%Y-%m-%d"))?;
        if let Some(time) = self.time {
            let seconds = chrono::Timelike::second(&time) != 0;
            write!(f, "{}", time.format(if seconds { "T%H:%M:%S" } else { "T%H:%M" }))?;
        }
        match self.offset {
            Some(offset) if offset.local_minus_utc() == 0 => write!(f, "Z"),
            Some(offset) => write!(f, "{offset}"),
            None => Ok(()),
        }
    }
}

fn is_year_first(text: &str) -> bool {
    let b = text.as_bytes();
    b.len() == 10
        && [0, 1, 2, 3, 5, 6, 8, 9].iter().all(|&i| b[i].is_ascii_digit())
        && matches!(b[4], b'-' | b'/' | b'.' | b'_')
        && b[4] == b[7]
}

/// Cuts `2026-03-02T10:00` and `2026-03-02 10:00` in two. Dates in words hold spaces of their own.
fn split_time(text: &str) -> (&str, Option<&str>) {
    if let Some(head) = text.get(..10).filter(|head| is_year_first(head)) {
        let rest = &text[10..];
        return match rest.strip_prefix(['T', 't', ' ']) {
            Some(time) => (head, Some(time.trim())),
            None if rest.is_empty() => (head, None),
            None => (text, None),
        };
    }
    (text, None)
}

fn parse_day(text: &str) -> Result<NaiveDate, DateFault> {
    let parts: Vec<&str> = text.split(['-', '/', '.', '_']).map(str::trim).collect();
    if let [a, b, c] = parts[..]
        && [a, b, c].iter().all(|p| !p.is_empty() && p.len() <= 4 && p.bytes().all(|d| d.is_ascii_digit()))
    {
        return numeric_day(a, b, c);
    }
    worded_day(text)
}

fn numeric_day(a: &str, b: &str, c: &str) -> Result<NaiveDate, DateFault> {
    let number = |text: &str| text.parse::<u32>().unwrap_or(0);
    if a.len() == 4 {
        return NaiveDate::from_ymd_opt(number(a) as i32, number(b), number(c)).ok_or(DateFault::NoSuchDay);
    }
    if c.len() != 4 {
        return Err(DateFault::NotADate);
    }
    let year = number(c) as i32;
    let day_first = NaiveDate::from_ymd_opt(year, number(b), number(a));
    let month_first = NaiveDate::from_ymd_opt(year, number(a), number(b));
    match (day_first, month_first) {
        (Some(one), Some(other)) if one == other => Ok(one),
        (Some(day_first), Some(month_first)) => Err(DateFault::Ambiguous { day_first, month_first }),
        (Some(day), None) | (None, Some(day)) => Ok(day),
        (None, None) => Err(DateFault::NoSuchDay),
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month a word names, in full or by at least three letters.
pub(super) fn month_of(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| word.len() >= 3 && (month.starts_with(&word) || word == "sept" && *month == "september"))?;
    Some(at as u32 + 1)
}

fn worded_day(text: &str) -> Result<NaiveDate, DateFault> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let ordinal = |word: &str| {
        word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.')
            .parse::<u32>()
            .ok()
            .filter(|_| word.len() <= 4)
    };
    let [first, second, year] = words[..] else { return Err(DateFault::NotADate) };
    let (month, day) = match (month_of(first), month_of(second)) {
        (Some(month), None) => (month, ordinal(second)),
        (None, Some(month)) => (month, ordinal(first)),
        _ => return Err(DateFault::NotADate),
    };
    let year = Some(year).filter(|y| y.len() == 4).and_then(|y| y.parse::<i32>().ok());
    let (Some(day), Some(year)) = (day, year) else { return Err(DateFault::NotADate) };
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateFault::NoSuchDay)
}

fn parse_time(text: &str) -> Option<(NaiveTime, Option<FixedOffset>)> {
    let (clock, offset) = match text.find(['Z', 'z', '+', '-']) {
        Some(at) => (text[..at].trim(), Some(parse_offset(&text[at..])?)),
        None => (text.trim(), None),
    };
    let clock = clock.split_once('.').map_or(clock, |(whole, _)| whole);
    let time =
        NaiveTime::parse_from_str(clock, "%H:%M:%S").or_else(|_| NaiveTime::parse_from_str(clock, "%H:%M")).ok()?;
    Some((time, offset))
}

fn parse_offset(text: &str) -> Option<FixedOffset> {
    if text.eq_ignore_ascii_case("z") {
        return FixedOffset::east_opt(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    if !(digits.len() == 4 || digits.len() == 2) || !digits.bytes().all(|d| d.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits[..2].parse().ok()?;
    let minutes: i32 = digits.get(2..).filter(|m| !m.is_empty()).unwrap_or("0").parse().ok()?;
    FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match NoteDate::parse(text) {
            Ok(date) => date.to_string(),
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn dates_are_read_where_only_one_reading_is_possible() {
        for (written, read) in [
            ("2026-03-02", "2026-03-02"),
            ("2026-03-02T10:00+01:00", "2026-03-02T10:00+01:00"),
            ("2026-03-02 10:00", "2026-03-02T10:00"),
            ("2026-03-02T23:30:05Z", "2026-03-02T23:30:05Z"),
            ("2026/3/2", "2026-03-02"),
            ("13/02/2026", "2026-02-13"),
            ("02/13/2026", "2026-02-13"),
            ("03/03/2026", "2026-03-03"),
            ("2 March 2026", "2026-03-02"),
            ("March 2nd, 2026", "2026-03-02"),
            ("[[2023-09-12]]", "2023-09-12"),
            ("1660-01-01", "1660-01-01"),
        ] {
            assert_eq!(shown(written), read, "{written}");
        }
    }

    #[test]
    fn dates_that_cannot_be_read_with_certainty_say_why() {
        assert!(shown("03/02/2026").starts_with("Ambiguous"));
        for (written, why) in [
            ("2026-13-40", "NoSuchDay"),
            ("2026-02-30", "NoSuchDay"),
            ("2026-03-02T25:00", "NoSuchDay"),
            ("{{date}}", "Placeholder"),
            ("", "NotADate"),
            ("soon", "NotADate"),
            ("3/2/26", "NotADate"),
        ] {
            assert_eq!(shown(written), why, "{written}");
        }
    }

    #[test]
    fn a_file_name_gives_its_date_only_when_it_holds_one() {
        let found = |text| NoteDate::find_in(text).map(|d| d.to_string());
        assert_eq!(found("2023-09-12 Meeting with S.md").as_deref(), Some("2023-09-12"));
        assert_eq!(found("notes 2023-09-12 to 2023-09-14"), None);
        assert_eq!(found("12023-09-121"), None);
        assert_eq!(found("été 2023-09-12").as_deref(), Some("2023-09-12"));
    }
}

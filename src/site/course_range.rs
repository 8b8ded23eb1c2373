//! Stretches of a history that the timeline and the course so far can be looked at in.
//!
//! In go a file and a day; out come the stretches worth a link. Any other stretch has a page too, by its address.

use crate::casebook::CaseFile;
use chrono::{Datelike, Months, NaiveDate};

/// From the first to the last of these days; `None` is the whole time.
pub(crate) type Days = Option<(NaiveDate, NaiveDate)>;

/// A stretch with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CourseRange {
    /// What it is called, such as "last 3 months".
    pub(crate) words: String,
    /// Its days.
    pub(crate) days: Days,
}

/// The whole time, the present episode of one who returned, the last months, each year.
pub(crate) fn course_ranges(file: &CaseFile, today: NaiveDate) -> Vec<CourseRange> {
    let mut found = vec![CourseRange { words: "whole time".to_owned(), days: None }];
    let mut add = |words: String, from: Option<NaiveDate>, until: Option<NaiveDate>| {
        if let (Some(from), Some(until)) = (from, until.filter(|until| from.is_some_and(|from| from <= *until))) {
            found.push(CourseRange { words, days: Some((from, until)) });
        }
    };
    if let [_, .., episode] = file.episodes.as_slice() {
        let words = if episode.until.is_some() { "last episode" } else { "this episode" };
        add(words.to_owned(), Some(episode.from), Some(episode.until.unwrap_or(today)));
    }
    let (Some(first), Some(last)) = (file.notes.first(), file.notes.last()) else { return found };
    for (words, months) in [("last 3 months", 3), ("last 12 months", 12)] {
        add(words.to_owned(), today.checked_sub_months(Months::new(months)), Some(today));
    }
    let (first, last) = (first.date.day.year(), last.date.day.year());
    let years = (first..=last).filter(|year| file.notes.iter().any(|note| note.date.day.year() == *year));
    for year in years {
        add(year.to_string(), NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31));
    }
    found
}

/// First and last day of a stretch of months that begins with a month (1 to 12).
pub(crate) fn months(year: i32, month: u32, number: u32) -> Option<(NaiveDate, NaiveDate)> {
    let from = NaiveDate::from_ymd_opt(year, month, 1)?;
    Some((from, from.checked_add_months(Months::new(number))?.pred_opt()?))
}

/// Whether anything was written between two days, both included.
pub(crate) fn is_written(file: &CaseFile, (from, until): (NaiveDate, NaiveDate)) -> bool {
    let first = file.notes.partition_point(|note| note.date.day < from);
    file.notes.get(first).is_some_and(|note| note.date.day <= until)
}

/// Every quarter and every month in which something was written.
pub(crate) fn stretches(file: &CaseFile) -> Vec<(NaiveDate, NaiveDate)> {
    let (Some(first), Some(last)) = (file.notes.first(), file.notes.last()) else { return Vec::new() };
    let years = first.date.day.year()..=last.date.day.year();
    let all = years.flat_map(|year| {
        let quarters = [1, 4, 7, 10].into_iter().filter_map(move |month| months(year, month, 3));
        quarters.chain((1..=12).filter_map(move |month| months(year, month, 1)))
    });
    all.filter(|days| is_written(file, *days)).collect()
}

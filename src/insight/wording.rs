//! Numbers, days and sessions as they stand in sentences.
//!
//! The sentences themselves stand with their finders. They say what was counted: "more often", "at the same time as",
//! never why, never what will come, and never what is good or ill.

use super::finding::{Course, Moment};
use super::history::ScoreCourse;
use chrono::NaiveDate;

/// `3 Feb 2026`.
pub(super) fn day(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// `session 12 (3 Feb 2026)`.
pub(super) fn session(moment: Moment) -> String {
    format!("session {} ({})", moment.number, day(moment.day))
}

/// A number with at most one digit after the point.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // A tiny negative number would read as "-0".
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// `1 point`, `2.5 points`.
pub(super) fn points(value: f64) -> String {
    let written = number(value.abs());
    if written == "1" { "1 point".to_owned() } else { format!("{written} points") }
}

/// `1 score`, `2 scores`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// `higher` or `lower`.
pub(super) fn higher_or_lower(difference: f64) -> &'static str {
    if difference > 0.0 { "higher" } else { "lower" }
}

/// What a change in points means on a scale.
pub(super) fn course(scores: &ScoreCourse, difference: f64) -> Course {
    if difference * scores.trouble() < 0.0 { Course::Improving } else { Course::Worsening }
}

/// A name at the beginning of a sentence.
pub(super) fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `12 May`, of a day of the year from 1.
pub(super) fn day_of_year(ordinal: u32) -> String {
    NaiveDate::from_yo_opt(2001, ordinal.clamp(1, 365)).map_or_else(String::new, |day| day.format("%-d %b").to_string())
}

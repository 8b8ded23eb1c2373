//! Dates, counts and fixed words as a reader expects them.
//!
//! In go values of the domain, out come short English phrases, the same on pages and on the command line. Nothing here
//! holds a word of a note.

use super::{Attendance, Class, Kind, NoteDate, RiskLevel};
use chrono::{Datelike, NaiveDate};

/// "10 March 2026".
pub(crate) fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// "10 March" within this year, "10 March 2025" otherwise.
pub(crate) fn near_day(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() { date.format("%-d %B").to_string() } else { day(date) }
}

/// "10 Mar 2026", for tables and tooltips.
pub(crate) fn short_day(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// "17 March, 10:00".
pub(crate) fn moment(date: NoteDate, today: NaiveDate) -> String {
    match date.time {
        Some(time) => format!("{}, {}", near_day(date.day, today), time.format("%H:%M")),
        None => near_day(date.day, today),
    }
}

/// "Tuesday 10 March 2026, 10:00".
pub(crate) fn full_moment(date: NoteDate) -> String {
    let day = date.day.format("%A %-d %B %Y");
    match date.time {
        Some(time) => format!("{day}, {}", time.format("%H:%M")),
        None => day.to_string(),
    }
}

/// "today", "yesterday", "6 days ago", "in 3 weeks".
pub(crate) fn distance(date: NaiveDate, today: NaiveDate) -> String {
    let days = (today - date).num_days();
    let span = match days.abs() {
        0 => return "today".to_owned(),
        1 => return if days > 0 { "yesterday" } else { "tomorrow" }.to_owned(),
        near @ 2..=20 => count(near as usize, "day"),
        weeks @ 21..=83 => count(weeks as usize / 7, "week"),
        months @ 84..=729 => count((months as f64 / 30.44).round() as usize, "month"),
        years => count((years as f64 / 365.25).round() as usize, "year"),
    };
    if days > 0 { format!("{span} ago") } else { format!("in {span}") }
}

/// "1 session", "51 sessions", "3,413 sessions".
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// Digits in groups of three.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A total without a needless fraction.
pub(crate) fn points(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{}", (value * 100.0).round() / 100.0) }
}

/// How an appointment went.
pub(crate) fn attendance(attendance: Option<Attendance>) -> &'static str {
    match attendance {
        None => "attendance not written down",
        Some(Attendance::Attended) => "attended",
        Some(Attendance::Late) => "came late",
        Some(Attendance::NoShow) => "no-show",
        Some(Attendance::CancelledLate) => "cancelled late",
        Some(Attendance::CancelledClient) => "cancelled by the client",
        Some(Attendance::CancelledCounselor) => "cancelled by the counselor",
        Some(Attendance::Rescheduled) => "moved to another day",
    }
}

/// A level of risk as recorded.
pub(crate) fn risk(level: RiskLevel) -> &'static str {
    match level {
        RiskLevel::NotAssessed => "not assessed",
        level => level.word(),
    }
}

/// A class of notes.
pub(crate) fn class(class: Class) -> &'static str {
    match class {
        Class::Record => "record",
        Class::Process => "process note, kept apart from the record",
        Class::Practice => "practice, in no client's record",
    }
}

/// What a known kind is called at the head of a note; `None` for the note's own word.
pub(crate) fn kind(kind: &Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Client => "Client sheet",
        Kind::Intake => "Intake",
        Kind::Session => "Session",
        Kind::Measure => "Measure",
        Kind::Plan => "Plan",
        Kind::Risk => "Risk assessment",
        Kind::Contact => "Contact",
        Kind::Letter => "Letter",
        Kind::Consent => "Consent",
        Kind::Release => "Release of information",
        Kind::Disclosure => "Disclosure",
        Kind::Recording => "Recording",
        Kind::Request => "Request",
        Kind::Supervision => "Supervision",
        Kind::Consultation => "Consultation",
        Kind::Termination => "Ending",
        Kind::Process => "Process note",
        Kind::Incident => "Incident",
        Kind::Addendum => "Addendum",
        Kind::Placement => "Placement",
        Kind::Will => "Professional will",
        Kind::Words => "Word lists",
        Kind::Scales => "Scales",
        Kind::Rules => "Rules",
        Kind::SetAside => "Findings set aside",
        Kind::Other(_) => return None,
    })
}

/// Joins words the English way: "a", "a and b", "a, b and c".
pub(crate) fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_counts_and_totals_read_as_a_person_says_them() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 17).unwrap_or_default();
        let before = |days| distance(today - chrono::Duration::days(days), today);
        let said: Vec<String> = [0, 1, 7, 30, 200, 800, -1, -9].into_iter().map(before).collect();
        let expected =
            ["today", "yesterday", "7 days ago", "4 weeks ago", "7 months ago", "2 years ago", "tomorrow", "in 9 days"];
        assert_eq!(said, expected);
        assert_eq!((count(1, "note"), count(3413, "note")), ("1 note".to_owned(), "3,413 notes".to_owned()));
        assert_eq!((points(11.0), points(3.25)), ("11".to_owned(), "3.25".to_owned()));
    }
}

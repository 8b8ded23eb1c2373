//! Dates from 14 days before today to 7 after: important dates, birthdays, life events and their years.
//!
//! A date that comes back is looked for in each year. The 29th of February stands in other years on both days beside
//! its place, and says so. A date known to the month is near when a day of that month is.

use super::prose::one_line;
use super::{Item, Sight};
use crate::domain::{Note, RoughDate, wording};
use chrono::{Datelike, Duration, Months, NaiveDate};

const BEFORE: i64 = 14;
const AFTER: i64 = 7;

/// A date with what it is.
struct Near<'a> {
    note: &'a Note,
    date: RoughDate,
    day: NaiveDate,
    text: String,
}

/// Near dates in the order of the calendar.
pub(super) fn near_dates(sight: &Sight<'_>) -> Vec<Item> {
    let mut found = important(sight);
    let birthday = birthday(sight).filter(|birthday| !found.iter().any(|near| near.day == birthday.day));
    found.extend(birthday);
    for near in events(sight) {
        // The same day is often written twice: on the client sheet and as an event.
        if !found.iter().any(|other| other.date == near.date) {
            found.push(near);
        }
    }
    found.sort_by_key(|near| near.day);
    let said = found.into_iter().map(|near| {
        let when = format!("{} ({})", sight.day(near.day), wording::distance(near.day, sight.today));
        Item::of(near.note, format!("{when}: {}", near.text))
    });
    said.collect()
}

fn important<'a>(sight: &Sight<'a>) -> Vec<Near<'a>> {
    let (Some(note), Some(profile)) = (sight.file.sheet(), sight.file.profile()) else { return Vec::new() };
    let near = profile.important_dates.iter().filter_map(|important| {
        let day = occurrence(important.date, important.recurs, sight.today)?;
        Some(Near {
            note,
            date: important.date,
            day,
            text: format!("{}{}", one_line(important.label.reveal()), leap_words(important.date, day)),
        })
    });
    near.collect()
}

fn birthday<'a>(sight: &Sight<'a>) -> Option<Near<'a>> {
    let born = sight.file.profile()?.born.filter(|born| matches!(born, RoughDate::Day(_)))?;
    let day = occurrence(born, true, sight.today)?;
    Some(Near {
        note: sight.file.sheet()?,
        date: born,
        day,
        text: format!("the client’s birthday{}", leap_words(born, day)),
    })
}

/// Events of these days, and exactly dated ones of the same days in earlier years.
fn events<'a>(sight: &Sight<'a>) -> Vec<Near<'a>> {
    let near = sight.file.events.iter().filter_map(|life_event| {
        let (note, event) = (sight.note(life_event.note)?, life_event.event(&sight.file.notes)?);
        let day = occurrence(event.date, matches!(event.date, RoughDate::Day(_)), sight.today)?;
        let years = match event.date {
            RoughDate::Day(first) if day.year() > first.year() => {
                format!(", {} before", wording::count((day.year() - first.year()) as usize, "year"))
            }
            _ => String::new(),
        };
        let what = one_line(event.what.reveal());
        Some(Near { note, date: event.date, day, text: format!("{what}{years}{}", leap_words(event.date, day)) })
    });
    near.collect()
}

/// The day near today on which a date falls, if there is one.
fn occurrence(date: RoughDate, recurs: bool, today: NaiveDate) -> Option<NaiveDate> {
    let (from, until) = (today - Duration::days(BEFORE), today + Duration::days(AFTER));
    let near = |day: &NaiveDate| from <= *day && *day <= until;
    let years = if recurs { from.year()..=until.year() } else { year_of(date)?..=year_of(date)? };
    // Nothing comes back before it first was.
    let years = years.filter(|year| year_of(date).is_some_and(|first| first <= *year));
    match date {
        RoughDate::Day(day) => years.flat_map(|year| in_year(day, year)).find(near),
        RoughDate::Month(_, month) => {
            let in_month = years.filter_map(|year| {
                let first = NaiveDate::from_ymd_opt(year, month, 1)?;
                let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
                (first <= until && from <= last).then(|| today.clamp(first, last))
            });
            in_month.into_iter().next()
        }
        _ => None,
    }
}

fn year_of(date: RoughDate) -> Option<i32> {
    match date {
        RoughDate::Day(day) => Some(day.year()),
        RoughDate::Month(year, _) => Some(year),
        _ => None,
    }
}

/// The day in a year; both neighbours of a 29 February that the year does not have.
fn in_year(day: NaiveDate, year: i32) -> Vec<NaiveDate> {
    match day.with_year(year) {
        Some(day) => vec![day],
        None => [(2, 28), (3, 1)].into_iter().filter_map(|(m, d)| NaiveDate::from_ymd_opt(year, m, d)).collect(),
    }
}

fn leap_words(date: RoughDate, shown: NaiveDate) -> &'static str {
    match date {
        RoughDate::Day(day) if day.day() != shown.day() => " (29 February, which this year has not)",
        RoughDate::Month(..) => " (some time this month)",
        _ => "",
    }
}

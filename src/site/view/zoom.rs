//! Ways from years to quarters to months: which stretches of a timeline are a link away.
//!
//! In go a file and the days that are shown, if any were chosen; out come rows of links, oldest first as on the axis.
//! A stretch in which nothing was written is named without a link, so that gaps are seen here too.

use crate::casebook::CaseFile;
use crate::site::address::{Route, client_address};
use crate::site::course_range::{is_written, months};
use chrono::{Datelike, NaiveDate};
use serde::Serialize;

/// Most years in the row; the grid of years has all of them.
const YEARS: usize = 9;
/// A history of fewer days needs no choice of stretches.
const SHORT: i64 = 120;

/// Stretches of one length.
#[derive(Serialize)]
pub(crate) struct ZoomRow {
    name: &'static str,
    links: Vec<ZoomLink>,
}

/// One stretch.
#[derive(Serialize)]
struct ZoomLink {
    words: String,
    href: Option<String>,
    /// It is what is shown.
    current: bool,
    /// What is shown lies in it.
    within: bool,
}

/// Days, both ends included.
type Days = (NaiveDate, NaiveDate);

/// The rows: years, then the quarters of the year that is shown, then the months of its quarter.
pub(crate) fn zoom(file: &CaseFile, shown: Option<Days>) -> Vec<ZoomRow> {
    let (Some(first), Some(last)) = (file.notes.first(), file.notes.last()) else { return Vec::new() };
    let (first, last) = (first.date.day, last.date.day);
    if shown.is_none() && (last - first).num_days() < SHORT {
        return Vec::new();
    }
    let mut rows = vec![ZoomRow { name: "Years", links: year_links(file, (first, last), shown) }];
    let Some((from, until)) = shown.filter(|(from, until)| from.year() == until.year()) else { return rows };
    let link = |month: u32, number: u32| {
        months(from.year(), month, number).map(|days| stretch_link(file, days, shown, words(days, number)))
    };
    rows.push(ZoomRow {
        name: "Quarters",
        links: [1, 4, 7, 10].into_iter().filter_map(|month| link(month, 3)).collect(),
    });
    if from.month0() / 3 == until.month0() / 3 {
        let begins = from.month0() / 3 * 3 + 1;
        rows.push(ZoomRow { name: "Months", links: (begins..begins + 3).filter_map(|month| link(month, 1)).collect() });
    }
    rows
}

/// Years near the one that is shown, then the latest part.
fn year_links(file: &CaseFile, (first, last): Days, shown: Option<Days>) -> Vec<ZoomLink> {
    let all: Vec<i32> = (first.year()..=last.year()).collect();
    let wanted = shown.map_or(last.year(), |(from, _)| from.year());
    let at = all.iter().position(|year| *year >= wanted).unwrap_or(0);
    let begins = at.saturating_sub(YEARS / 2).min(all.len().saturating_sub(YEARS));
    let mut links: Vec<ZoomLink> = all
        .into_iter()
        .skip(begins)
        .take(YEARS)
        .filter_map(|year| {
            let mut link = stretch_link(file, months(year, 1, 12)?, shown, year.to_string());
            link.href = link.href.map(|_| Route::ClientYear(file.code.clone(), year, 1).to_string());
            Some(link)
        })
        .collect();
    let href = Some(client_address(&file.code));
    links.push(ZoomLink { words: "Latest".to_owned(), href, current: shown.is_none(), within: false });
    links
}

fn stretch_link(file: &CaseFile, days: Days, shown: Option<Days>, words: String) -> ZoomLink {
    let route = Route::ClientDays(file.code.clone(), days.0, days.1);
    ZoomLink {
        words,
        href: is_written(file, days).then(|| route.to_string()),
        current: shown == Some(days),
        within: shown.is_some_and(|shown| shown != days && days.0 <= shown.0 && shown.1 <= days.1),
    }
}

/// "Jan to Mar", or "January".
fn words((from, until): Days, number: u32) -> String {
    if number == 1 { from.format("%B").to_string() } else { format!("{} to {}", from.format("%b"), until.format("%b")) }
}

/// The stretch before or after, of the same length, that holds anything: a quarter or a month.
pub(crate) fn beside(file: &CaseFile, shown: Days, later: bool) -> Option<(String, String)> {
    let number = [1, 3].into_iter().find(|number| months(shown.0.year(), shown.0.month(), *number) == Some(shown))?;
    let ends = (file.notes.first()?.date.day, file.notes.last()?.date.day);
    let mut days = shown;
    loop {
        let next = if later { days.1.succ_opt()? } else { days.0.checked_sub_months(chrono::Months::new(number))? };
        days = months(next.year(), next.month(), number)?;
        if days.1 < ends.0 || days.0 > ends.1 {
            return None;
        }
        if is_written(file, days) {
            let href = Route::ClientDays(file.code.clone(), days.0, days.1).to_string();
            return Some((format!("{} {}", words(days, number), days.0.year()), href));
        }
    }
}

/// What a stretch is called in a heading: "March 2026", "Jan to Mar 2026", or its two days.
pub(crate) fn called(shown: Days) -> String {
    let number = [1, 3].into_iter().find(|number| months(shown.0.year(), shown.0.month(), *number) == Some(shown));
    match number {
        Some(number) => format!("{} {}", words(shown, number), shown.0.year()),
        None if months(shown.0.year(), 1, 12) == Some(shown) => shown.0.year().to_string(),
        None => format!("{} to {}", crate::site::wording::short_day(shown.0), crate::site::wording::short_day(shown.1)),
    }
}

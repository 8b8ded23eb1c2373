//! A long history at a glance: one row a year, one cell a month.

use crate::casebook::CaseFile;
use crate::site::address::Route;
use crate::site::course_range::{is_written, months};
use crate::site::wording;
use chrono::Datelike;
use serde::Serialize;
use std::collections::BTreeMap;

/// One year.
#[derive(Serialize)]
pub(crate) struct Year {
    year: i32,
    href: String,
    current: bool,
    notes: usize,
    words: String,
    months: Vec<MonthCell>,
}

/// One month: how many sessions took place, and how dark its cell is.
#[derive(Serialize)]
struct MonthCell {
    sessions: usize,
    shade: usize,
    /// The timeline of the month, and what stands there.
    href: Option<String>,
    title: String,
}

/// All years with notes, newest first.
pub(crate) fn years(file: &CaseFile, current: Option<i32>) -> Vec<Year> {
    let mut found: BTreeMap<i32, (usize, [usize; 12])> = BTreeMap::new();
    for note in &file.notes {
        found.entry(note.date.day.year()).or_default().0 += 1;
    }
    for appointment in file.appointments.iter().filter(|a| a.took_place()) {
        if let Some((_, months)) = found.get_mut(&appointment.day.year()) {
            months[appointment.day.month0() as usize] += 1;
        }
    }
    let most = found.values().flat_map(|(_, months)| months).copied().max().unwrap_or(0);
    let rows = found.into_iter().rev().map(|(year, (notes, months))| {
        let sessions: usize = months.iter().sum();
        Year {
            year,
            href: Route::ClientYear(file.code.clone(), year, 1).to_string(),
            current: current == Some(year),
            notes,
            words: wording::count(sessions, "session"),
            months: (1..).zip(months).map(|(month, sessions)| cell(file, year, month, sessions, most)).collect(),
        }
    });
    rows.collect()
}

fn cell(file: &CaseFile, year: i32, month: u32, sessions: usize, most: usize) -> MonthCell {
    let days = months(year, month, 1).filter(|days| is_written(file, *days));
    MonthCell {
        sessions,
        shade: shade(sessions, most),
        href: days.map(|(from, until)| Route::ClientDays(file.code.clone(), from, until).to_string()),
        title: days.map_or_else(String::new, |(from, _)| {
            format!("{}: {}", from.format("%B %Y"), wording::count(sessions, "session"))
        }),
    }
}

/// 0 for none, 1 to 5 for a share of the most.
pub(crate) fn shade(sessions: usize, most: usize) -> usize {
    if sessions == 0 { 0 } else { (sessions * 5).div_ceil(most.max(1)).clamp(1, 5) }
}

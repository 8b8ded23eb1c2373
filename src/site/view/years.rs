//! A long history at a glance: one row a year, one cell a month.

use crate::casebook::CaseFile;
use crate::site::address::Route;
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
            months: months.iter().map(|n| MonthCell { sessions: *n, shade: shade(*n, most) }).collect(),
        }
    });
    rows.collect()
}

/// 0 for none, 1 to 5 for a share of the most.
pub(crate) fn shade(sessions: usize, most: usize) -> usize {
    if sessions == 0 { 0 } else { (sessions * 5).div_ceil(most.max(1)).clamp(1, 5) }
}

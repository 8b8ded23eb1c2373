//! The practice by month: one row a client, one dot a month, as large as there were sessions.

use super::years::shade;
use crate::casebook::CaseFile;
use crate::site::address::client_address;
use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;
use std::sync::Arc;

/// Months shown, this one included.
const MONTHS: u32 = 13;
/// Most clients shown.
const CLIENTS: usize = 40;

/// The table.
#[derive(Serialize)]
pub(crate) struct PracticeMonths {
    months: Vec<MonthName>,
    rows: Vec<Row>,
    totals: Vec<usize>,
    more: usize,
}

#[derive(Serialize)]
struct MonthName {
    name: String,
    year: Option<i32>,
    full: String,
}

#[derive(Serialize)]
struct Row {
    code: String,
    href: String,
    cells: Vec<Dot>,
    total: usize,
}

#[derive(Serialize)]
struct Dot {
    sessions: usize,
    size: usize,
}

/// Counts sessions that took place. `None` when there were none in these months.
pub(crate) fn practice_months<'a>(
    clients: impl Iterator<Item = &'a Arc<CaseFile>>,
    today: NaiveDate,
) -> Option<PracticeMonths> {
    let this = today.with_day(1)?;
    let starts: Vec<NaiveDate> =
        (0..MONTHS).rev().filter_map(|back| this.checked_sub_months(Months::new(back))).collect();
    let first = *starts.first()?;
    let index = |day: NaiveDate| (day.year() - first.year()) * 12 + day.month0() as i32 - first.month0() as i32;
    let mut counted: Vec<(&Arc<CaseFile>, Vec<usize>)> = clients
        .map(|file| {
            let mut cells = vec![0; starts.len()];
            for appointment in file.appointments.iter().filter(|a| a.took_place() && a.day >= first && a.day <= today) {
                if let Some(cell) = cells.get_mut(index(appointment.day).max(0) as usize) {
                    *cell += 1;
                }
            }
            (file, cells)
        })
        .filter(|(_, cells)| cells.iter().any(|sessions| *sessions > 0))
        .collect();
    let totals = (0..starts.len()).map(|at| counted.iter().map(|(_, cells)| cells[at]).sum()).collect();
    let more = counted.len().saturating_sub(CLIENTS);
    // Those seen most lately come first into the shown part; within it the order is by code.
    counted.sort_by_key(|(file, _)| std::cmp::Reverse(file.last_session(today).map(|a| a.day)));
    counted.truncate(CLIENTS);
    counted.sort_by(|(a, _), (b, _)| a.code.cmp(&b.code));
    let most = counted.iter().flat_map(|(_, cells)| cells).copied().max().filter(|most| *most > 0)?;
    Some(PracticeMonths {
        months: starts.iter().enumerate().map(|(at, start)| month_name(at, *start)).collect(),
        rows: counted.into_iter().map(|(file, cells)| row(file, &cells, most.max(5))).collect(),
        totals,
        more,
    })
}

fn month_name(at: usize, start: NaiveDate) -> MonthName {
    MonthName {
        name: start.format("%b").to_string(),
        year: (at == 0 || start.month() == 1).then(|| start.year()),
        full: start.format("%B %Y").to_string(),
    }
}

fn row(file: &CaseFile, cells: &[usize], most: usize) -> Row {
    Row {
        code: file.code.to_string(),
        href: client_address(&file.code),
        cells: cells.iter().map(|sessions| Dot { sessions: *sessions, size: shade(*sessions, most) }).collect(),
        total: cells.iter().sum(),
    }
}

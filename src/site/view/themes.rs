//! Themes across the caseload.

use super::theme_near::{Proposal, proposals};
use super::years::shade;
use crate::casebook::CaseFile;
use crate::domain::{Theme, ThemeSource};
use crate::site::address::theme_address;
use crate::site::edition::Edition;
use crate::site::shown::Shown;
use crate::site::wording;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use std::collections::BTreeMap;

/// Most themes listed.
const ROWS: usize = 300;
/// Months of the small bars, this one included.
const MONTHS: i32 = 12;

/// The page.
#[derive(Serialize)]
pub(crate) struct ThemesView {
    rows: Vec<Row>,
    more: usize,
    proposals: Vec<Proposal>,
    span: String,
}

#[derive(Serialize)]
struct Row {
    name: Shown,
    href: String,
    clients: usize,
    notes: usize,
    last: String,
    months: Vec<MonthBar>,
    words: String,
}

/// Notes of one month, as a bar of 0 to 5.
#[derive(Serialize)]
struct MonthBar {
    x: usize,
    y: usize,
    height: usize,
}

/// What is counted of one theme.
#[derive(Default)]
struct Count {
    clients: usize,
    notes: usize,
    last: Option<NaiveDate>,
    months: [usize; MONTHS as usize],
}

impl ThemesView {
    /// Makes the page.
    pub(crate) fn new(edition: &Edition) -> Self {
        let mut counts: BTreeMap<&Theme, Count> = BTreeMap::new();
        for file in edition.casebook.clients() {
            for line in file.themes.iter().filter(|line| line.tagged() > 0) {
                count(counts.entry(&line.theme).or_default(), file, line, edition.today);
            }
        }
        let mut found: Vec<(&Theme, Count)> = counts.into_iter().collect();
        found.sort_by_key(|(_, count)| std::cmp::Reverse((count.notes, count.last)));
        let more = found.len().saturating_sub(ROWS);
        found.truncate(ROWS);
        Self {
            rows: found.into_iter().map(|(theme, count)| row(theme, &count, edition.today)).collect(),
            more,
            proposals: proposals(&edition.casebook, None),
            span: format!("the last {MONTHS} months"),
        }
    }
}

fn count(count: &mut Count, file: &CaseFile, line: &crate::casebook::ThemeLine, today: NaiveDate) {
    count.clients += 1;
    count.notes += line.tagged();
    let tagged = line.at.iter().filter(|mark| mark.source == ThemeSource::Tagged);
    for note in tagged.filter_map(|mark| file.notes.get(mark.note)) {
        let day = note.date.day;
        count.last = count.last.max(Some(day));
        let back = (today.year() - day.year()) * 12 + today.month0() as i32 - day.month0() as i32;
        if let Some(month) = usize::try_from(MONTHS - 1 - back).ok().and_then(|at| count.months.get_mut(at)) {
            *month += 1;
        }
    }
}

fn row(theme: &Theme, count: &Count, today: NaiveDate) -> Row {
    let most = count.months.iter().copied().max().unwrap_or(0).max(4);
    let bar = |(at, notes): (usize, &usize)| {
        let height = shade(*notes, most) * 3;
        MonthBar { x: at * 7, y: 16 - height, height }
    };
    let lately: usize = count.months.iter().sum();
    Row {
        name: Shown::short(theme.shown(), 60),
        href: theme_address(theme),
        clients: count.clients,
        notes: count.notes,
        last: count.last.map(|day| wording::near_day(day, today)).unwrap_or_default(),
        months: count.months.iter().enumerate().map(bar).filter(|bar| bar.height > 0).collect(),
        words: wording::count(lately, "note"),
    }
}

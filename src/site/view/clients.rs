//! The list of clients, active or closed. It can be sorted, but never by risk.

use super::page_links::{PageLink, page_links};
use crate::casebook::CaseFile;
use crate::insight::{Change, latest_change};
use crate::site::address::{ClientList, Route, client_address, note_address};
use crate::site::edition::Edition;
use crate::site::shown::Shown;
use crate::site::wording;
use chrono::NaiveDate;
use serde::Serialize;
use std::cmp::Reverse;
use std::sync::Arc;

/// Latest scores shown for one client.
const SCORES: usize = 3;

/// Clients on one page.
const CLIENTS_A_PAGE: usize = 100;

/// The page.
#[derive(Serialize)]
pub(crate) struct ClientsView {
    closed: bool,
    heading: String,
    rows: Vec<ClientRow>,
    orders: Vec<Order>,
    other: Option<Other>,
    empty: bool,
    pages: Vec<PageLink>,
    /// How many clients were not looked at yet for something new.
    waiting: Option<String>,
}

#[derive(Serialize)]
struct Order {
    words: &'static str,
    href: String,
    current: bool,
}

#[derive(Serialize)]
struct Other {
    words: String,
    href: String,
}

#[derive(Serialize)]
struct ClientRow {
    code: String,
    label: Option<Shown>,
    href: String,
    last: Option<When>,
    next: Option<When>,
    overdue: bool,
    held: usize,
    planned: usize,
    scores: Vec<ScoreCell>,
    risk: Option<RiskCell>,
    unreadable: usize,
    /// Where what is new is told.
    news: Option<String>,
}

#[derive(Serialize)]
struct When {
    day: String,
    distance: String,
}

#[derive(Serialize)]
struct ScoreCell {
    name: Shown,
    value: String,
    sign: &'static str,
    words: &'static str,
}

#[derive(Serialize)]
struct RiskCell {
    level: &'static str,
    day: String,
    href: String,
}

impl ClientsView {
    /// Lists clients in an order; `None` when the list has no such page.
    pub(crate) fn new(edition: &Edition, list: ClientList, page: usize) -> Option<Self> {
        let today = edition.today;
        let wants_closed = list == ClientList::Closed;
        let (closed, active): (Vec<_>, Vec<_>) =
            edition.casebook.clients().cloned().partition(|file| file.is_closed(today));
        let (mut shown, hidden) = if wants_closed { (closed, active.len()) } else { (active, closed.len()) };
        sort(&mut shown, list, today);
        let others = if wants_closed { "active client" } else { "closed client" };
        let other_list = if wants_closed { ClientList::ByNext } else { ClientList::Closed };
        let pages = shown.len().div_ceil(CLIENTS_A_PAGE).max(1);
        let before = page.checked_sub(1)? * CLIENTS_A_PAGE;
        if page > pages {
            return None;
        }
        Some(Self {
            closed: wants_closed,
            heading: heading(shown.len(), before, wants_closed),
            rows: shown.iter().skip(before).take(CLIENTS_A_PAGE).map(|file| row(edition, file)).collect(),
            pages: page_links(page, pages, |number| Route::Clients(list, number)),
            orders: if wants_closed { Vec::new() } else { orders(list) },
            other: (hidden > 0 || wants_closed).then(|| Other {
                words: wording::count(hidden, others),
                href: Route::Clients(other_list, 1).to_string(),
            }),
            empty: shown.is_empty() && hidden == 0,
            waiting: waiting(edition).filter(|_| !wants_closed),
        })
    }
}

/// "400 active clients, 101 to 200 of them here".
fn heading(clients: usize, before: usize, closed: bool) -> String {
    let all = wording::count(clients, if closed { "closed client" } else { "active client" });
    if clients <= CLIENTS_A_PAGE {
        return all;
    }
    format!("{all}, {} to {} of them here", before + 1, (before + CLIENTS_A_PAGE).min(clients))
}

/// What is still looked at, in words.
fn waiting(edition: &Edition) -> Option<String> {
    let waiting = edition.news.waiting;
    (waiting > 0).then(|| format!("{} not looked at yet for something new.", wording::count(waiting, "client")))
}

fn sort(files: &mut [Arc<CaseFile>], list: ClientList, today: NaiveDate) {
    match list {
        ClientList::ByCode | ClientList::Closed => {}
        ClientList::ByLast => files.sort_by_key(|file| Reverse(file.last_session(today).map(|a| a.day))),
        ClientList::ByNext => files.sort_by_key(|file| {
            let next = file.next_session().map(|next| (next.day, next.time));
            (next.is_none(), next, Reverse(file.last_session(today).map(|a| a.day)))
        }),
    }
}

fn orders(current: ClientList) -> Vec<Order> {
    [(ClientList::ByNext, "next session"), (ClientList::ByLast, "last session"), (ClientList::ByCode, "code")]
        .into_iter()
        .map(|(list, words)| Order { words, href: Route::Clients(list, 1).to_string(), current: list == current })
        .collect()
}

fn row(edition: &Edition, file: &CaseFile) -> ClientRow {
    let today = edition.today;
    let when = |day: NaiveDate, words: String| When { day: words, distance: wording::distance(day, today) };
    let next = file.next_session().filter(|_| !file.is_closed(today));
    ClientRow {
        code: file.code.to_string(),
        label: edition.label_of(file),
        href: client_address(&file.code),
        last: file.last_session(today).map(|a| when(a.day, wording::near_day(a.day, today))),
        overdue: next.is_some_and(|next| next.day < today),
        next: next.map(|next| when(next.day, wording::moment(next, today))),
        held: file.sessions_held(),
        planned: file.appointments.len(),
        scores: scores(file),
        // A note that is dated ahead by a slip says nothing about today.
        risk: file.risk.iter().rfind(|entry| entry.day <= today).and_then(|entry| {
            Some(RiskCell {
                level: wording::risk(entry.level),
                day: wording::near_day(entry.day, today),
                href: note_address(file.notes.get(entry.note)?.id),
            })
        }),
        news: edition.news.clients.contains(&file.code).then(|| Route::Patterns(file.code.clone()).to_string()),
        unreadable: edition.unreadable.iter().filter(|row| row.client.as_ref() == Some(&file.code)).count(),
    }
}

fn scores(file: &CaseFile) -> Vec<ScoreCell> {
    let cells = file.measures.iter().filter_map(|series| {
        let change = latest_change(series)?;
        let rose = change.previous.is_some_and(|previous| change.latest.value > previous.value);
        let sign = match change.since_previous {
            None => "",
            Some(Change::Same) => "→",
            Some(_) if rose => "↑",
            Some(_) => "↓",
        };
        let words = match change.since_previous {
            None => "first score",
            Some(Change::Same) => "unchanged",
            Some(Change::Better) if rose => "up, towards less trouble",
            Some(Change::Better) => "down, towards less trouble",
            Some(Change::Worse) if rose => "up, towards more trouble",
            Some(Change::Worse) => "down, towards more trouble",
            Some(Change::Unknown) if rose => "up",
            Some(Change::Unknown) => "down",
        };
        Some(ScoreCell {
            name: Shown::short(series.name(), 24),
            value: wording::points(change.latest.value),
            sign,
            words,
        })
    });
    cells.take(SCORES).collect()
}

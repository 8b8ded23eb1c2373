//! One theme: over time for each client, and passages in context.

use super::lanes::{Axis, LEFT, RIGHT, WIDTH, tenth};
use super::note_name::note_name;
use super::page_links::{PageLink, page_links};
use super::theme_near::{Pair, Proposal, Suggested, pairs, proposals, suggested};
use crate::casebook::{CaseFile, ThemeAt, ThemeLine};
use crate::domain::{Theme, ThemeSource};
use crate::site::address::{Route, client_address, note_address, theme_address, theme_key};
use crate::site::edition::Edition;
use crate::site::excerpt::excerpt;
use crate::site::passage::{Part, passages as passages_of};
use crate::site::shown::Shown;
use crate::site::wording;
use chrono::{Duration, NaiveDate};
use serde::Serialize;
use std::sync::Arc;

/// Most clients drawn.
const CLIENTS: usize = 40;
/// Most marks drawn for one client, latest first.
const MARKS: usize = 200;
/// Passages on one page.
const PASSAGES: usize = 60;
/// Height of a client's row.
const ROW: f64 = 22.0;
/// Where the first row begins.
const TOP: f64 = 34.0;

/// The page.
#[derive(Serialize)]
pub(crate) struct ThemeView {
    name: Shown,
    summary: String,
    related: Vec<Related>,
    drawing: Drawing,
    pairs: Vec<Pair>,
    proposals: Vec<Proposal>,
    suggested: Option<Suggested>,
    passages: Vec<PassageView>,
    pages: Vec<PageLink>,
    /// Whether this is the first of its pages, which alone holds what is not a passage.
    first: bool,
}

#[derive(Serialize)]
struct Related {
    name: Shown,
    href: String,
}

/// One row a client on a common time axis.
#[derive(Serialize)]
struct Drawing {
    width: f64,
    height: f64,
    left: f64,
    right_edge: f64,
    bottom: f64,
    months: Vec<super::lanes::Month>,
    rows: Vec<ClientRow>,
    more: usize,
}

#[derive(Serialize)]
struct ClientRow {
    code: String,
    href: String,
    y: f64,
    marks: Vec<Mark>,
    notes: usize,
    tagged: usize,
    first: String,
    last: String,
}

#[derive(Serialize)]
struct Mark {
    x: f64,
    tagged: bool,
    href: String,
    title: String,
}

#[derive(Serialize)]
struct PassageView {
    code: String,
    client: String,
    name: Shown,
    day: String,
    href: String,
    /// Stretches of lines around each mark.
    stretches: Vec<Vec<Vec<Part>>>,
    words: Option<Shown>,
    how: Option<&'static str>,
}

/// The line of one client.
type Found<'a> = (&'a Arc<CaseFile>, &'a ThemeLine);

impl ThemeView {
    /// Makes the page of the theme with this key, from 1. `None` when no client's notes hold it, or not so many pages.
    pub(crate) fn new(edition: &Edition, key: &str, page: usize) -> Option<Self> {
        let lines = edition.casebook.clients().flat_map(|file| file.themes.iter().map(move |line| (file, line)));
        let found: Vec<Found<'_>> = lines.filter(|(_, line)| theme_key(&line.theme) == key).collect();
        let theme = &found.first()?.1.theme;
        let notes: usize = found.iter().map(|(_, line)| line.at.len()).sum();
        let pages = notes.div_ceil(PASSAGES);
        if page > pages {
            return None;
        }
        let tagged: usize = found.iter().map(|(_, line)| line.tagged()).sum();
        let mut summary = format!("{} of {}", wording::count(notes, "note"), wording::count(found.len(), "client"));
        if tagged < notes {
            summary.push_str(&format!(" · tagged in {tagged}, mentioned in {}", notes - tagged));
        }
        Some(Self {
            name: Shown::short(theme.shown(), 80),
            summary,
            related: related(edition, theme),
            drawing: drawing(&found)?,
            pairs: pairs(&edition.casebook, theme, edition.today),
            proposals: proposals(&edition.casebook, Some(theme)),
            suggested: suggested(&edition.casebook, theme),
            passages: passages(edition, &found, theme, page),
            pages: page_links(page, pages, |number| Route::Theme(key.to_owned(), number)),
            first: page == 1,
        })
    }
}

/// Parts of this theme, and what it is a part of.
fn related(edition: &Edition, theme: &Theme) -> Vec<Related> {
    let is_part = |part: &str, of: &str| part.strip_prefix(of).is_some_and(|rest| rest.starts_with('/'));
    let all = edition.casebook.clients().flat_map(|file| file.themes.iter().map(|line| &line.theme));
    let kin: std::collections::BTreeSet<&Theme> =
        all.filter(|other| is_part(other.key(), theme.key()) || is_part(theme.key(), other.key())).collect();
    let row = |theme: &Theme| Related { name: Shown::short(theme.shown(), 60), href: theme_address(theme) };
    kin.into_iter().take(24).map(row).collect()
}

fn day_of(file: &CaseFile, mark: &ThemeAt) -> Option<NaiveDate> {
    file.notes.get(mark.note).map(|note| note.date.day)
}

fn drawing(found: &[Found<'_>]) -> Option<Drawing> {
    let days = || found.iter().flat_map(|(file, line)| line.at.iter().filter_map(|mark| day_of(file, mark)));
    let (first, last) = (days().min()?, days().max()?);
    let axis = Axis { from: first.min(last - Duration::days(28)), until: last };
    let mut rows: Vec<&Found<'_>> = found.iter().collect();
    rows.sort_by_key(|(_, line)| std::cmp::Reverse(line.at.len()));
    let more = rows.len().saturating_sub(CLIENTS);
    rows.truncate(CLIENTS);
    rows.sort_by(|a, b| a.0.code.cmp(&b.0.code));
    let bottom = TOP + rows.len() as f64 * ROW;
    Some(Drawing {
        width: WIDTH,
        height: bottom + 6.0,
        left: LEFT,
        right_edge: WIDTH - RIGHT,
        bottom,
        months: axis.ticks(),
        rows: rows.iter().enumerate().map(|(at, found)| client_row(found, &axis, at)).collect(),
        more,
    })
}

fn client_row((file, line): &Found<'_>, axis: &Axis, at: usize) -> ClientRow {
    let mark = |mark: &ThemeAt| {
        let note = file.notes.get(mark.note)?;
        let how = if mark.source == ThemeSource::Tagged { "tagged" } else { "mentioned" };
        let name = note_name(file, mark.note);
        Some(Mark {
            x: axis.x(note.date.day),
            tagged: mark.source == ThemeSource::Tagged,
            href: note_address(note.id),
            title: format!("{} · {} · {} · {how}", file.code, name.as_str(), wording::short_day(note.date.day)),
        })
    };
    let edge =
        |mark: Option<&ThemeAt>| mark.and_then(|mark| day_of(file, mark)).map(wording::short_day).unwrap_or_default();
    ClientRow {
        code: file.code.to_string(),
        href: client_address(&file.code),
        y: tenth(TOP + at as f64 * ROW + ROW / 2.0),
        marks: line.at.iter().rev().take(MARKS).filter_map(mark).collect(),
        notes: line.at.len(),
        tagged: line.tagged(),
        first: edge(line.at.first()),
        last: edge(line.at.last()),
    }
}

/// One page of the passages of all clients, newest first.
fn passages(edition: &Edition, found: &[Found<'_>], theme: &Theme, page: usize) -> Vec<PassageView> {
    let mut marks: Vec<(NaiveDate, &CaseFile, &ThemeAt)> = found
        .iter()
        .flat_map(|(file, line)| line.at.iter().filter_map(|mark| Some((day_of(file, mark)?, file.as_ref(), mark))))
        .collect();
    marks.sort_by(|a, b| (b.0, &a.1.code, b.2.note).cmp(&(a.0, &b.1.code, a.2.note)));
    let view = |(day, file, mark): &(NaiveDate, &CaseFile, &ThemeAt)| {
        let note = file.notes.get(mark.note)?;
        let mentioned = mark.source == ThemeSource::Mentioned;
        let place = if mentioned { edition.casebook.mentioned_at(note.body(), theme) } else { None };
        let stretches: Vec<_> = passages_of(note.body(), theme, place).into_iter().map(|found| found.lines).collect();
        let how = match mentioned {
            true => Some("mentioned"),
            false => stretches.is_empty().then_some("named at the head of the note"),
        };
        Some(PassageView {
            code: file.code.to_string(),
            client: client_address(&file.code),
            name: note_name(file, mark.note),
            day: wording::day(*day),
            href: note_address(note.id),
            words: if stretches.is_empty() { excerpt(note) } else { None },
            stretches,
            how,
        })
    };
    marks.iter().skip(page.saturating_sub(1) * PASSAGES).take(PASSAGES).filter_map(view).collect()
}

//! Addresses of pages.
//!
//! In goes the path of a request; out comes a [`Route`], or nothing. The other way round a route writes its address, so
//! that every link is made here. Addresses hold client codes, note ids, years and hashes: never a word of a note.

use super::course_range::{Days, course_ranges, stretches};
use super::edition::Edition;
use crate::casebook::CaseFile;
use crate::domain::{ClientCode, NoteId, Theme};
use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// In which order, and which, clients are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClientList {
    /// Active ones by their next session.
    ByNext,
    /// Active ones by code.
    ByCode,
    /// Active ones by their last session.
    ByLast,
    /// Closed ones by code.
    Closed,
}

/// One page or asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// Today.
    Today,
    /// A list of clients, and which page of it, from 1.
    Clients(ClientList, usize),
    /// One client, the latest part of the timeline.
    Client(ClientCode),
    /// One client in one year; long years have several pages of notes, from 1.
    ClientYear(ClientCode, i32, usize),
    /// One client between two days.
    ClientDays(ClientCode, NaiveDate, NaiveDate),
    /// What to know before a session with a client.
    Prepare(ClientCode),
    /// The same in large letters, with no way to anybody else.
    Screen(ClientCode),
    /// What runs through a client's history.
    Patterns(ClientCode),
    /// The course of a client so far, whole or between two days.
    Course(ClientCode, Days),
    /// One note.
    Note(NoteId),
    /// All themes.
    Themes,
    /// One theme, by its hash, and which page of its passages, from 1.
    Theme(String, usize),
    /// The search form.
    Search,
    /// What was found: a random name that stands for what was asked, and a page from 1.
    Found(String, usize),
    /// About.
    About,
    /// The stamp of the edition, for live refresh.
    Pulse,
    /// The style sheet.
    Style,
    /// The script.
    Script,
    /// The icon.
    Icon,
}

/// Words after `/clients/` that are lists. A client with such a code stands under the code with a hyphen before it,
/// which no code begins with.
const LISTS: [(&str, ClientList); 4] = [
    ("closed", ClientList::Closed),
    ("by-code", ClientList::ByCode),
    ("by-last", ClientList::ByLast),
    // Its first page is `/clients/`.
    ("by-next", ClientList::ByNext),
];

impl Route {
    /// Reads a path. The final slash of a page must be there.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        Some(match parts[..] {
            [""] => Self::Today,
            ["clients", ""] => Self::Clients(ClientList::ByNext, 1),
            ["clients", word, ""] => match list_of(word).filter(|list| *list != ClientList::ByNext) {
                Some(list) => Self::Clients(list, 1),
                None => Self::Client(client_of(word)?),
            },
            ["clients", word, page, ""] if list_of(word).is_some() => Self::Clients(list_of(word)?, page_of(page)?),
            ["clients", word, "year", year, ""] => Self::ClientYear(client_of(word)?, year_of(year)?, 1),
            ["clients", word, "year", year, page, ""] => {
                Self::ClientYear(client_of(word)?, year_of(year)?, page_of(page)?)
            }
            ["clients", word, "time", from, until, ""] => {
                let (from, until) = (day_of(from)?, day_of(until)?);
                (from <= until).then_some(Self::ClientDays(client_of(word)?, from, until))?
            }
            ["clients", word, "prepare", ""] => Self::Prepare(client_of(word)?),
            ["clients", word, "prepare", "screen", ""] => Self::Screen(client_of(word)?),
            ["clients", word, "patterns", ""] => Self::Patterns(client_of(word)?),
            ["clients", word, "course", ""] => Self::Course(client_of(word)?, None),
            ["clients", word, "course", from, until, ""] => {
                let days = (day_of(from)?, day_of(until)?);
                Self::Course(client_of(word)?, Some(days).filter(|(from, until)| from <= until).map(Some)?)
            }
            ["notes", id, ""] => Self::Note(NoteId::parse(id).ok()?),
            ["themes", ""] => Self::Themes,
            ["themes", key, ""] if is_theme_key(key) => Self::Theme(key.to_owned(), 1),
            ["themes", key, page, ""] if is_theme_key(key) => Self::Theme(key.to_owned(), page_of(page)?),
            ["search", ""] => Self::Search,
            ["search", token, ""] if is_token(token) => Self::Found(token.to_owned(), 1),
            ["search", token, page, ""] if is_token(token) => Self::Found(token.to_owned(), page_of(page)?),
            ["about", ""] => Self::About,
            ["pulse"] => Self::Pulse,
            ["assets", "site.css"] => Self::Style,
            ["assets", "site.js"] => Self::Script,
            ["favicon.svg" | "favicon.ico"] => Self::Icon,
            _ => return None,
        })
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today => f.write_str("/"),
            Self::Clients(ClientList::ByNext, 1) => f.write_str("/clients/"),
            Self::Clients(list, page) => {
                let word = LISTS.iter().find(|(_, other)| other == list).map_or("by-next", |(word, _)| word);
                write!(f, "/clients/{word}/")?;
                if *page > 1 { write!(f, "{page}/") } else { Ok(()) }
            }
            Self::Client(code) => write!(f, "/clients/{}/", client_part(code)),
            Self::ClientYear(code, year, 1) => write!(f, "/clients/{}/year/{year:04}/", client_part(code)),
            Self::ClientYear(code, year, page) => write!(f, "/clients/{}/year/{year:04}/{page}/", client_part(code)),
            Self::ClientDays(code, from, until) => write!(f, "/clients/{}/time/{from}/{until}/", client_part(code)),
            Self::Prepare(code) => write!(f, "/clients/{}/prepare/", client_part(code)),
            Self::Screen(code) => write!(f, "/clients/{}/prepare/screen/", client_part(code)),
            Self::Patterns(code) => write!(f, "/clients/{}/patterns/", client_part(code)),
            Self::Course(code, None) => write!(f, "/clients/{}/course/", client_part(code)),
            Self::Course(code, Some((from, until))) => {
                write!(f, "/clients/{}/course/{from}/{until}/", client_part(code))
            }
            Self::Note(id) => write!(f, "/notes/{id}/"),
            Self::Themes => f.write_str("/themes/"),
            Self::Theme(key, 1) => write!(f, "/themes/{key}/"),
            Self::Theme(key, page) => write!(f, "/themes/{key}/{page}/"),
            Self::Search => f.write_str("/search/"),
            Self::Found(token, 1) => write!(f, "/search/{token}/"),
            Self::Found(token, page) => write!(f, "/search/{token}/{page}/"),
            Self::About => f.write_str("/about/"),
            Self::Pulse => f.write_str("/pulse"),
            Self::Style => f.write_str("/assets/site.css"),
            Self::Script => f.write_str("/assets/site.js"),
            Self::Icon => f.write_str("/favicon.svg"),
        }
    }
}

/// The address of a client's page.
pub(crate) fn client_address(code: &ClientCode) -> String {
    Route::Client(code.clone()).to_string()
}

/// The address of a note's page.
pub(crate) fn note_address(id: NoteId) -> String {
    Route::Note(id).to_string()
}

/// The address of a theme's page.
pub(crate) fn theme_address(theme: &Theme) -> String {
    Route::Theme(theme_key(theme), 1).to_string()
}

/// Ten hexadecimal digits that stand for a theme in an address.
pub(crate) fn theme_key(theme: &Theme) -> String {
    let hash = Sha256::new().chain_update(b"throughline theme\0").chain_update(theme.key()).finalize();
    hash.iter().take(5).map(|byte| format!("{byte:02x}")).collect()
}

/// How many notes of a client fall into each year.
pub(crate) fn notes_by_year(file: &CaseFile) -> BTreeMap<i32, usize> {
    let mut years = BTreeMap::new();
    for note in &file.notes {
        *years.entry(note.date.day.year()).or_insert(0) += 1;
    }
    years
}

/// Notes on one page of a list.
pub(crate) const NOTES_A_PAGE: usize = 60;

/// Every address of the site, for walks and tests. Assets come last.
pub fn lists_pages(edition: &Edition) -> Vec<String> {
    let mut routes = vec![Route::Today];
    routes.extend(LISTS.iter().map(|(_, list)| Route::Clients(*list, 1)));
    let mut themes = BTreeSet::new();
    for file in edition.casebook.clients() {
        routes.push(Route::Client(file.code.clone()));
        routes.push(Route::Prepare(file.code.clone()));
        routes.push(Route::Screen(file.code.clone()));
        routes
            .extend(stretches(file).into_iter().map(|(from, until)| Route::ClientDays(file.code.clone(), from, until)));
        routes.push(Route::Patterns(file.code.clone()));
        let ranges = course_ranges(file, edition.today).into_iter();
        routes.extend(ranges.map(|range| Route::Course(file.code.clone(), range.days)));
        for (year, notes) in notes_by_year(file) {
            let pages = notes.div_ceil(NOTES_A_PAGE);
            routes.extend((1..=pages).map(|page| Route::ClientYear(file.code.clone(), year, page)));
        }
        themes.extend(file.themes.iter().map(|line| theme_key(&line.theme)));
    }
    routes.extend(edition.casebook.notes().into_iter().map(|note| Route::Note(note.id)));
    routes.extend([Route::Themes, Route::Search]);
    routes.extend(themes.into_iter().map(|key| Route::Theme(key, 1)));
    routes.extend([Route::About, Route::Pulse, Route::Style, Route::Script, Route::Icon]);
    routes.iter().map(Route::to_string).collect()
}

fn list_of(word: &str) -> Option<ClientList> {
    LISTS.iter().find(|(name, _)| *name == word).map(|(_, list)| *list)
}

fn client_part(code: &ClientCode) -> String {
    let reserved = LISTS.iter().any(|(word, _)| *word == code.as_str());
    if reserved { format!("-{code}") } else { code.to_string() }
}

fn client_of(part: &str) -> Option<ClientCode> {
    let code = ClientCode::parse(part.strip_prefix('-').unwrap_or(part)).ok()?;
    (client_part(&code) == part).then_some(code)
}

fn year_of(part: &str) -> Option<i32> {
    (part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
}

/// A page after the first.
fn page_of(part: &str) -> Option<usize> {
    part.parse().ok().filter(|page: &usize| (2..10_000).contains(page) && page.to_string() == part)
}

/// Hexadecimal digits that stand for what somebody asked.
fn is_token(part: &str) -> bool {
    part.len() == TOKEN && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Digits of a token.
const TOKEN: usize = 16;

/// The token and the page, where a path is one of what was found.
pub fn found_at(path: &str) -> Option<(String, usize)> {
    match Route::parse(path)? {
        Route::Found(token, page) => Some((token, page)),
        _ => None,
    }
}

/// A day as addresses write it, and in no other way.
fn day_of(part: &str) -> Option<NaiveDate> {
    part.parse().ok().filter(|day: &NaiveDate| day.to_string() == part)
}

fn is_theme_key(part: &str) -> bool {
    part.len() == 10 && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_reads_its_own_address_back() {
        for address in [
            "/",
            "/clients/",
            "/clients/closed/",
            "/clients/closed/2/",
            "/clients/by-code/",
            "/clients/by-next/12/",
            "/clients/-by-next/",
            "/clients/a7/time/2026-01-01/2026-03-31/",
            "/clients/a7/prepare/screen/",
            "/clients/a7/",
            "/clients/-closed/",
            "/clients/a7/year/2025/",
            "/clients/a7/year/1665/7/",
            "/clients/a7/prepare/",
            "/clients/-closed/prepare/",
            "/clients/a7/patterns/",
            "/clients/a7/course/",
            "/clients/a7/course/2026-01-01/2026-03-31/",
            "/clients/a7/course/2024-02-29/2024-02-29/",
            "/notes/3k9x2m7q4d1w/",
            "/themes/",
            "/themes/0123456789/",
            "/search/",
            "/search/0123456789abcdef/",
            "/search/0123456789abcdef/12/",
            "/about/",
            "/pulse",
            "/assets/site.css",
            "/assets/site.js",
            "/favicon.svg",
        ] {
            assert_eq!(Route::parse(address).map(|route| route.to_string()).as_deref(), Some(address));
        }
    }

    #[test]
    fn what_is_no_address_is_no_route() {
        for path in [
            "",
            "clients/",
            "//",
            "/clients",
            "/clients//",
            "/clients/A7/",
            "/clients/../",
            "/clients/-a7/",
            "/clients/by-next/",
            "/clients/by-next/1/",
            "/clients/a7/2/",
            "/clients/a7/time/",
            "/clients/a7/time/2026-03-31/2026-01-01/",
            "/clients/a7/time/2026-01-01/2026-3-31/",
            "/clients/a7/year/25/",
            "/clients/a7/year/2025/1/",
            "/clients/a7/year/2025/02/",
            "/clients/a7/prepare/2/",
            "/clients/a7/course/2026-01-01/",
            "/clients/a7/course/2026-03-31/2026-01-01/",
            "/clients/a7/course/2026-02-29/2026-03-31/",
            "/clients/a7/course/2026-1-1/2026-03-31/",
            "/clients/a7/course/+2026-01-01/2026-03-31/",
            "/notes/short/",
            "/themes/grief/",
            "/search/plague/",
            "/search/0123456789ABCDEF/",
            "/search/0123456789abcdef/1/",
            "/%61bout/",
            "/about/\0",
            "/clients/a7/year/２０２５/",
        ] {
            assert_eq!(Route::parse(path), None, "{path}");
        }
    }

    #[test]
    fn a_theme_in_an_address_is_a_hash_of_its_folded_name() {
        let keys: Vec<String> =
            ["Self Criticism", "self-criticism"].into_iter().filter_map(Theme::new).map(|t| theme_key(&t)).collect();
        assert_eq!(keys[0], keys[1]);
        assert!(is_theme_key(&keys[0]));
    }
}

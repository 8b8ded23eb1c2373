//! The search form, and what was found.

use super::note_name::{kind_name, note_name};
use crate::casebook::search::{Hit, Order, Search, in_one_line, snippets};
use crate::domain::{Class, ClientCode, Kind, Note};
use crate::site::address::{Route, client_address, note_address};
use crate::site::asked::Asked;
use crate::site::edition::Edition;
use crate::site::excerpt::excerpt;
use crate::site::shown::Shown;
use crate::site::wording;
use serde::Serialize;
use std::collections::BTreeSet;

/// Notes on one page.
const HITS: usize = 30;
/// Snippets of one note.
const SNIPPETS: usize = 3;

/// The page.
#[derive(Serialize)]
pub(crate) struct SearchView {
    form: Form,
    fault: Option<Fault>,
    /// Whether something was looked for.
    asked: bool,
    summary: String,
    hits: Vec<HitView>,
    earlier: Option<String>,
    later: Option<String>,
}

#[derive(Serialize)]
struct Form {
    query: Shown,
    clients: Vec<Choice>,
    kinds: Vec<Choice>,
    since: Shown,
    until: Shown,
    oldest: bool,
    /// Whether something is narrowed down: then that part of the form stands open.
    narrowed: bool,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    shown: Shown,
    chosen: bool,
}

#[derive(Serialize)]
struct Fault {
    what: Shown,
    hint: &'static str,
}

#[derive(Serialize)]
struct HitView {
    name: Shown,
    href: String,
    client: Option<Client>,
    apart: Option<&'static str>,
    day: String,
    snippets: Vec<SnippetView>,
    words: Option<Shown>,
}

#[derive(Serialize)]
struct Client {
    code: String,
    href: String,
}

#[derive(Serialize)]
struct SnippetView {
    pieces: Vec<Piece>,
    before: bool,
    after: bool,
}

#[derive(Serialize)]
struct Piece {
    text: Shown,
    mark: bool,
}

impl SearchView {
    /// The empty form.
    pub(crate) fn form(edition: &Edition) -> Self {
        Self::new(edition, &Asked::read(b""), String::new(), false)
    }

    /// What was found, one page of it from 1, with the form as it was filled in. `None` beyond the last page.
    pub(crate) fn found(edition: &Edition, asked: &Asked, token: &str, page: usize) -> Option<Self> {
        let mut view = Self::new(edition, asked, String::new(), true);
        let (search, query) = match asked.search() {
            Ok(search) => search,
            Err(fault) => {
                let place = if fault.at > 0 { format!("At character {}: ", fault.at) } else { String::new() };
                view.fault = Some(Fault { what: Shown::new(&format!("{place}{}.", fault.what)), hint: fault.hint });
                return (page == 1).then_some(view);
            }
        };
        let hits = search.run(&edition.casebook, &query, asked.order());
        let from = (page - 1) * HITS;
        if page > 1 && from >= hits.len() {
            return None;
        }
        view.summary = summary(&hits);
        let part = hits.get(from..hits.len().min(from + HITS)).unwrap_or_default();
        view.hits = part.iter().map(|hit| hit_view(edition, &search, hit)).collect();
        let address = |page: usize| Route::Found(token.to_owned(), page).to_string();
        view.earlier = (page > 1).then(|| address(page - 1));
        view.later = (from + HITS < hits.len()).then(|| address(page + 1));
        Some(view)
    }

    fn new(edition: &Edition, asked: &Asked, summary: String, looked: bool) -> Self {
        let form = form(edition, asked);
        Self { form, fault: None, asked: looked, summary, hits: Vec::new(), earlier: None, later: None }
    }
}

fn form(edition: &Edition, asked: &Asked) -> Form {
    let chosen = |name: &str, value: &str| asked.field(name) == value;
    let clients = edition.casebook.clients().map(|file| file.code.to_string());
    let kinds: BTreeSet<String> = edition.casebook.notes().iter().map(|note| note.kind.to_string()).collect();
    let kind = |word: String| Choice {
        shown: wording::kind(&Kind::parse(&word)).map_or_else(|| Shown::short(&word, 40), Shown::new),
        chosen: chosen("kind", &word),
        value: word,
    };
    let client = |code: String| Choice { shown: Shown::new(&code), chosen: chosen("client", &code), value: code };
    let narrow = ["client", "kind", "since", "until"];
    Form {
        query: Shown::new(asked.field("q")),
        clients: clients.map(client).collect(),
        // A kind that would look other than it is can be typed, but not chosen.
        kinds: kinds.into_iter().filter(|word| Shown::new(word).as_str() == word).map(kind).collect(),
        since: Shown::new(asked.field("since")),
        until: Shown::new(asked.field("until")),
        oldest: asked.order() == Order::Oldest,
        narrowed: narrow.iter().any(|name| !asked.field(name).is_empty()) || asked.order() == Order::Oldest,
    }
}

/// "148 notes of 3 clients, 1661 to 1667".
fn summary(hits: &[Hit<'_>]) -> String {
    let clients: BTreeSet<&ClientCode> = hits.iter().filter_map(|hit| hit.note.client.as_ref()).collect();
    let mut days: Vec<chrono::NaiveDate> = hits.iter().map(|hit| hit.note.date.day).collect();
    days.sort_unstable();
    let mut text = wording::count(hits.len(), "note");
    if !clients.is_empty() {
        text.push_str(&format!(" of {}", wording::count(clients.len(), "client")));
    }
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => {
            text.push_str(&format!(", {} to {}", wording::short_day(*first), wording::short_day(*last)));
        }
        _ => {}
    }
    text
}

fn hit_view(edition: &Edition, search: &Search, hit: &Hit<'_>) -> HitView {
    let note = hit.note;
    let file = note.client.as_ref().and_then(|code| edition.casebook.client(code));
    let at = file.and_then(|file| file.notes.iter().position(|other| other.id == note.id).map(|at| (file, at)));
    let found: Vec<SnippetView> = snippets(search, note, SNIPPETS)
        .iter()
        .map(|snippet| SnippetView {
            pieces: snippet.pieces().into_iter().map(|(range, mark)| piece(note, range, mark)).collect(),
            before: snippet.cut_before,
            after: snippet.cut_after,
        })
        .collect();
    HitView {
        name: at.map_or_else(|| kind_name(note), |(file, at)| note_name(file, at)),
        href: note_address(note.id),
        client: note.client.as_ref().map(|code| Client { code: code.to_string(), href: client_address(code) }),
        apart: (note.class == Class::Process).then_some("process note"),
        day: wording::day(note.date.day),
        words: if found.is_empty() { excerpt(note) } else { None },
        snippets: found,
    }
}

fn piece(note: &Note, range: std::ops::Range<usize>, mark: bool) -> Piece {
    let text = note.text.reveal().get(range).unwrap_or_default();
    Piece { text: Shown::with_edges(&in_one_line(text)), mark }
}

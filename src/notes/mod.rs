//! Markdown read well.
//!
//! In go the bytes of one note and what its place says about it; out comes a [`Note`] with its problems. Reading never
//! fails and never changes the text; a problem never repeats words of the note; one bad note never hides another. How a
//! note is *written* (identity lines, prefilled drafts) stands here too, so that both sides know the same format.

mod common_keys;
mod dating;
mod draft;
mod encoding;
mod fields;
mod front_matter;
mod identity_lines;
mod keys;
mod marks;
mod node;
mod oddity;
#[cfg(test)]
mod promises;
mod scores;
mod toml_tree;
mod yaml;

pub use draft::{Draft, draft};
pub use identity_lines::{Identity, as_draft, with_identity, with_line};
pub use oddity::{Oddity, oddities};

use crate::domain::{Class, ClientCode, Confidential, Details, Kind, Note, NoteId, OtherKey, Place, Problem};
use chrono::NaiveDate;
use fields::Fields;
use std::cell::RefCell;

/// What the place of a file says about the note in it.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// The id by file name, or the one derived for a file made by hand.
    pub id: NoteId,
    /// The class by folder.
    pub class: Class,
    /// The client by folder.
    pub client: Option<&'a ClientCode>,
    /// Name of the file, where it may hold a date.
    pub file_name: Option<&'a str>,
    /// Day on which the file was last written.
    pub written: NaiveDate,
}

/// Text as it will be kept: UTF-8, `\n` line ends.
pub fn text_of(bytes: &[u8]) -> Confidential {
    Confidential::new(std::mem::take(&mut *encoding::decode(bytes).0))
}

/// The id that a text carries, when it is one.
pub fn carried_id(bytes: &[u8]) -> Option<NoteId> {
    let (text, _) = encoding::decode(bytes);
    let head = front_matter::read(&text, &mut Vec::new());
    let entry = head.entries.iter().find(|entry| fields::folded(&entry.key) == "id")?;
    NoteId::parse(entry.node.scalar()?).ok()
}

/// Whether the front matter holds a key, readable or not.
pub fn has_key(text: &str, key: &str) -> bool {
    let head = front_matter::read(text, &mut Vec::new());
    let raw = text.get(..head.body_at).unwrap_or_default();
    head.entries.iter().any(|entry| fields::folded(&entry.key) == key)
        || raw.lines().any(|line| identity_lines::sets(line, key))
}

/// Reads one note.
pub fn read(bytes: &[u8], source: &Source<'_>) -> Note {
    let (mut text, mut found) = encoding::decode(bytes);
    let text = Confidential::new(std::mem::take(&mut *text));
    let head = front_matter::read(text.reveal(), &mut found);
    let marks = marks::read(text.reveal(), head.body_at);
    let body = text.reveal().get(head.body_at..).unwrap_or_default();

    let mut entries = head.entries;
    // A value in the front matter wins over the same key written inline.
    let heads: Vec<String> = entries.iter().map(|entry| fields::folded(&entry.key)).collect();
    entries.extend(marks.inline.into_iter().filter(|entry| !heads.contains(&fields::folded(&entry.key))));

    let problems = RefCell::new(found);
    let fields = Fields::new(&entries, &problems);
    let kind = fields.text("kind").map_or(Kind::Session, |word| Kind::parse(word.reveal()));
    unknown_kind(&fields, &kind);
    let (date, dated_by) = dating::date(&fields, &kind, source.file_name, body, source.written);
    let common = common_keys::take(&fields, &kind, source, (marks.themes, marks.people));
    let details = keys::details(&kind, &fields, body);
    let scores = scores::read(&fields);
    let other = left_over(&fields, &details);
    drop(fields);
    let mut problems = problems.into_inner();
    problems.extend(marks.unread_totals.into_iter().map(|(scale, place)| {
        let message = format!("this looks like a total of {scale} and was not read: other words stand before it");
        let fix = format!("write it on a line of its own, or in brackets as `[{scale}:: 9]`");
        Problem::warning("total-unread", message).at(place).fix(fix)
    }));
    problems.extend(format_headings(&details, body));
    problems.sort_by_key(|problem| (problem.place, problem.severity));
    Note {
        id: source.id,
        rev: common.rev,
        client: common.client,
        class: source.class,
        kind,
        date,
        dated_by,
        title: common.title,
        author: common.author,
        written: common.written,
        status: common.status,
        signature: common.signature,
        amends: common.amends,
        participants: common.participants,
        themes: common.themes,
        people: common.people,
        events: common.events,
        scores,
        tasks: marks.tasks,
        callouts: marks.callouts,
        legal_hold: common.legal_hold,
        imported: common.imported,
        late_save: common.late_save,
        details,
        other,
        body_at: head.body_at,
        problems,
        text,
    }
}

/// A kind that is not known is kept as it stands, and pointed out: as a slip where it is close to a known one.
fn unknown_kind(fields: &Fields<'_>, kind: &Kind) {
    let Kind::Other(word) = kind else { return };
    // Short words are close to too many others: `call` is no slip of `will`.
    let slips = |known: &Kind| if known.word().len() < 7 { 1 } else { 2 };
    let close = Kind::KNOWN.iter().find(|known| strsim::osa_distance(known.word(), word) <= slips(known));
    let problem = match close {
        Some(known) => {
            let message = format!("this kind is close to `{}` and was not read as it", known.word());
            Problem::warning("kind-typo", message).fix(format!("write `kind: {}`, if that is meant", known.word()))
        }
        None => {
            let known: Vec<&str> = Kind::KNOWN.iter().map(Kind::word).collect();
            Problem::info("kind-unknown", "this kind is not known; the note is kept as it is")
                .fix(format!("the kinds are {}", known.join(", ")))
        }
    };
    fields.report(match fields.place_of("kind") {
        Some(place) => problem.at(place),
        None => problem,
    });
}

/// Keys that are not known: kept as they stand, and pointed out when they are one letter away from a known one.
fn left_over(fields: &Fields<'_>, details: &Details) -> Vec<OtherKey> {
    let mut other = Vec::new();
    for (entry, near) in fields.left_over() {
        if let Some(known) = near {
            let message = format!("this key is one letter away from `{known}` and was not read as it");
            fields.report(
                Problem::warning("key-typo", message).at(entry.place).fix(format!("write `{known}`, if that is meant")),
            );
        }
        // Word lists are their note's whole content and shown as such.
        if !matches!(details, Details::Words(_)) || near.is_some() {
            other.push(OtherKey {
                key: Confidential::new(entry.key.trim()),
                value: Confidential::new(entry.node.in_one_line()),
                place: Some(entry.node.place),
            });
        }
    }
    other
}

/// Headings of the note's format that are not there: information, never an error.
fn format_headings(details: &Details, body: &str) -> Option<Problem> {
    let Details::Session(session) = details else { return None };
    let headings = session.format?.headings();
    let present = |wanted: &str| {
        body.lines().any(|line| {
            let title = line.trim_start_matches(['#', '*', ' ']).trim_end_matches(['*', ' ', ':']);
            let titled = line.starts_with('#') || line.trim_start().starts_with("**") || line.trim_end().ends_with(':');
            let inline = line
                .split_once(':')
                .is_some_and(|(head, _)| head.trim().trim_matches('*').eq_ignore_ascii_case(wanted));
            inline || (titled && title.eq_ignore_ascii_case(wanted))
        })
    };
    let missing: Vec<&str> = headings.iter().copied().filter(|heading| !present(heading)).collect();
    (!missing.is_empty()).then(|| {
        let message = format!("the note's format has headings that are not there: {}", missing.join(", "));
        Problem::info("format-heading", message).at(Place::new(1, 1))
    })
}

//! The date of a note: its own key, its kind's key, its file's name, its first heading, else when the file was written.

use super::fields::Fields;
use super::node::Value;
use crate::domain::{DatedBy, Kind, NoteDate, Place, Problem};
use chrono::NaiveDate;

/// Keys that date notes of a kind when `date` is missing.
fn kind_keys(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::Client => &["opened"],
        Kind::Consent => &["given_on", "explained_on"],
        Kind::Release => &["signed_on"],
        Kind::Request => &["received_on"],
        Kind::Incident => &["discovered_on"],
        Kind::Placement => &["starts"],
        Kind::Will => &["reviewed_on"],
        _ => &[],
    }
}

/// Finds the date of a note, and says where it came from.
pub(super) fn date(
    fields: &Fields<'_>,
    kind: &Kind,
    file_name: Option<&str>,
    body: &str,
    written: NaiveDate,
) -> (NoteDate, DatedBy) {
    let given = fields.has("date");
    if let Some(date) = fields.date("date") {
        return (date, DatedBy::FrontMatter);
    }
    let own = kind_keys(kind).iter().chain(["created"].iter()).find_map(|key| peek(fields, key));
    let found = own
        .map(|date| (date, DatedBy::KindKey))
        .or_else(|| file_name.and_then(NoteDate::find_in).map(|date| (date, DatedBy::FileName)))
        .or_else(|| heading_date(body).map(|date| (date, DatedBy::Heading)))
        .or_else(|| peek(fields, "imported_written").map(|date| (date, DatedBy::FileTime)))
        .unwrap_or((NoteDate::day(written), DatedBy::FileTime));
    let place = fields.place_of("date").unwrap_or(Place::new(1, 1));
    match found.1 {
        DatedBy::FileTime => fields.report(
            Problem::warning(
                "date-missing",
                "nothing in the note gives its date, so the day its file was written counts",
            )
            .at(place)
            .fix(format!("add a line `date: {}`", found.0.day)),
        ),
        DatedBy::Heading | DatedBy::FileName if !given => {}
        _ if given => fields.report(
            Problem::info("date-elsewhere", format!("the date was taken from elsewhere: {}", found.0.day)).at(place),
        ),
        _ => {}
    }
    found
}

/// A date under another key, left there for the kind to take.
fn peek(fields: &Fields<'_>, key: &str) -> Option<NoteDate> {
    let (_, entry) = fields.untaken().find(|(_, entry)| super::fields::folded(&entry.key) == key)?;
    match &entry.node.value {
        Value::Scalar(text) => NoteDate::parse(text).ok(),
        _ => None,
    }
}

/// A date in the first heading, when it stands at the top of the body.
fn heading_date(body: &str) -> Option<NoteDate> {
    let first = body.lines().find(|line| !line.trim().is_empty())?;
    let title = first.trim_start().strip_prefix('#')?.trim_start_matches('#').trim();
    NoteDate::find_in(title).or_else(|| NoteDate::parse(title).ok()).or_else(|| worded(title))
}

/// `Tuesday 18 February 2025`, `Session, 18 February 2025`.
fn worded(title: &str) -> Option<NoteDate> {
    let words: Vec<&str> = title.split([' ', ',', '·', ':']).filter(|word| !word.is_empty()).collect();
    words.windows(3).find_map(|three| NoteDate::parse(&three.join(" ")).ok())
}

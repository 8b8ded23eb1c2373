//! The filters of `list`, as typed and as meant.

use super::failure::Failure;
use super::session::Session;
use crate::casebook::Query;
use crate::domain::{Attendance, ClientCode, Kind, Person, Status, Theme};
use chrono::NaiveDate;
use clap::Args;

/// Filters that must all hold.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Filters {
    /// Only notes of this kind
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Only notes with this theme or a part of it
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,
    /// Only notes with this person
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,
    /// On or after this day (2026-03-02, yesterday, 3 months ago)
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// On or before this day
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// On this day
    #[arg(long, value_name = "DATE", conflicts_with_all = ["since", "until"])]
    on: Option<String>,
    /// Only the last N of what is left
    #[arg(long, value_name = "N")]
    last: Option<usize>,
    /// Only sessions with this attendance
    #[arg(long, value_name = "ATTENDANCE")]
    attendance: Option<String>,
    /// Only drafts, or only signed notes
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
}

impl Filters {
    /// What is meant, against a day.
    pub(super) fn query(
        &self,
        session: &Session,
        client: Option<ClientCode>,
        today: NaiveDate,
    ) -> Result<Query, Failure> {
        let date = |given: &Option<String>| given.as_ref().map(|given| session.date(given, today)).transpose();
        let on = date(&self.on)?;
        Ok(Query {
            client,
            kind: self.kind.as_deref().map(Kind::parse),
            theme: self
                .theme
                .as_deref()
                .map(|name| named("theme", name.trim_start_matches('#'), Theme::new))
                .transpose()?,
            person: self
                .person
                .as_deref()
                .map(|name| named("person", name.trim_start_matches('@'), Person::new))
                .transpose()?,
            since: date(&self.since)?.or(on),
            until: date(&self.until)?.or(on),
            attendance: self.attendance.as_deref().map(attendance).transpose()?,
            status: self.status.as_deref().map(status).transpose()?,
            last: self.last,
        })
    }
}

fn named<T>(what: &str, name: &str, parse: fn(&str) -> Option<T>) -> Result<T, Failure> {
    parse(name).ok_or_else(|| Failure::usage(format!("cannot look for a {what} without a name")))
}

fn attendance(word: &str) -> Result<Attendance, Failure> {
    Attendance::parse(word).ok_or_else(|| {
        let words: Vec<&str> = Attendance::ALL.iter().map(|a| a.word()).collect();
        Failure::usage(format!("cannot read the attendance `{word}`")).hint(format!("one of {}", words.join(", ")))
    })
}

fn status(word: &str) -> Result<Status, Failure> {
    [Status::Draft, Status::Signed]
        .into_iter()
        .find(|status| status.word() == word)
        .ok_or_else(|| Failure::usage(format!("cannot read the status `{word}`")).hint("draft or signed"))
}

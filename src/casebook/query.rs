//! Which notes a reader asks for.

use super::Casebook;
use crate::domain::{Attendance, ClientCode, Kind, Note, Person, Status, Theme};
use chrono::NaiveDate;
use std::sync::Arc;

/// Filters that must all hold. Dates include both ends. An empty query asks for everything.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Of this client.
    pub client: Option<ClientCode>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// With this theme or a part of it (`family` holds `family/mother`).
    pub theme: Option<Theme>,
    /// With this person.
    pub person: Option<Person>,
    /// On or after this day.
    pub since: Option<NaiveDate>,
    /// On or before this day.
    pub until: Option<NaiveDate>,
    /// Sessions with this attendance.
    pub attendance: Option<Attendance>,
    /// Draft or signed.
    pub status: Option<Status>,
    /// Only the last so many of what is left.
    pub last: Option<usize>,
}

impl Query {
    /// The notes that fit, oldest first.
    pub fn select<'a>(&self, casebook: &'a Casebook) -> Vec<&'a Arc<Note>> {
        let mut found = casebook.notes();
        found.retain(|note| self.fits(note));
        if let Some(last) = self.last {
            found.drain(..found.len().saturating_sub(last));
        }
        found
    }

    pub(super) fn fits(&self, note: &Note) -> bool {
        let day = note.date.day;
        self.client.as_ref().is_none_or(|code| note.client.as_ref() == Some(code))
            && self.kind.as_ref().is_none_or(|kind| note.kind == *kind)
            && self.theme.as_ref().is_none_or(|theme| note.themes.iter().any(|mark| is_part(&mark.theme, theme)))
            && self.person.as_ref().is_none_or(|person| note.people.contains(person))
            && self.since.is_none_or(|since| day >= since)
            && self.until.is_none_or(|until| day <= until)
            && self.attendance.is_none_or(|wanted| note.session().is_some_and(|s| s.attendance == Some(wanted)))
            && self.status.is_none_or(|status| note.status == status)
    }
}

/// Whether a theme is another or a part of it.
pub(super) fn is_part(theme: &Theme, of: &Theme) -> bool {
    theme == of || theme.key().strip_prefix(of.key()).is_some_and(|rest| rest.starts_with('/'))
}

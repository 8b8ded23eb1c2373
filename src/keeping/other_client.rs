//! A text that names another client than the one whose note it becomes.
//!
//! In go a text and the client of its folder; out comes what to tell the user, who alone knows which of the two is meant.
//! The folder counts all the same: a slip in a line must not send a note into another chart. Nothing else of the text is told.

use crate::domain::{Class, ClientCode, NoteId};
use crate::notes::{self, Source};
use chrono::NaiveDate;

/// The client that a text names, and the one whose note it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherClient {
    named: ClientCode,
    folder: ClientCode,
}

impl OtherClient {
    /// Compares the client that was read from a text with the one of its folder. What belongs to no client may name any.
    pub(super) fn of(named: Option<&ClientCode>, folder: Option<&ClientCode>) -> Option<Self> {
        let (named, folder) = (named?, folder?);
        (named != folder).then(|| Self { named: named.clone(), folder: folder.clone() })
    }

    /// As [`OtherClient::of`], for a text that was not read yet.
    pub(super) fn in_text(text: &str, folder: Option<&ClientCode>) -> Option<Self> {
        let id = NoteId::from_bits([0; 8]);
        let source = Source { id, class: Class::Record, client: None, file_name: None, written: NaiveDate::default() };
        Self::of(notes::read(text.as_bytes(), &source).client.as_ref(), folder)
    }

    /// The client that the text names.
    pub fn named(&self) -> &ClientCode {
        &self.named
    }

    /// A sentence about the note that the text became, without a final stop.
    pub fn about(&self, note: NoteId) -> String {
        let Self { named, folder } = self;
        format!("note {note} names another client than its folder `{folder}`: `client: {named}`; the folder counts")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn only_a_client_that_is_named_and_is_another_is_told() {
        let code = |code: &str| ClientCode::parse(code).unwrap();
        let found = |text: &str, folder: Option<&str>| OtherClient::in_text(text, folder.map(code).as_ref());
        assert_eq!(found("---\nclient: a7\n---\nText.\n", Some("a7")), None);
        assert_eq!(found("Text without a client.\n", Some("b2")), None);
        assert_eq!(found("---\nclient: a7\n---\nSupervision.\n", None), None);
        let other = found("---\nclient: a7\n---\nText.\n", Some("b2")).unwrap();
        let said = other.about(NoteId::from_bits([0; 8]));
        assert!(said.contains("names another client than its folder `b2`: `client: a7`"), "{said}");
    }
}

//! The notes of a made-up client read as the program reads them, without a vault.

use super::Planted;
use chrono::NaiveDate;
use std::sync::Arc;
use throughline::casebook::{CaseFile, Casebook, Changes};
use throughline::domain::{Class, ClientCode, NoteId};
use throughline::insight::{Patterns, patterns};
use throughline::notes::{Source, read};

/// A day after every made-up history.
pub const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2030, 1, 1).expect("a day");

impl Planted {
    /// The client's file.
    pub fn file(&self) -> Arc<CaseFile> {
        let client = ClientCode::parse(&self.code).expect("a client code");
        let notes = self.notes.iter().enumerate().map(|(at, text)| {
            let id = NoteId::from_bits(((at as u64 + 1) << 4).to_be_bytes());
            let source = Source { id, class: Class::Record, client: Some(&client), file_name: None, written: TODAY };
            Arc::new(read(text.as_bytes(), &source))
        });
        let changes = Changes { read: notes.collect(), ..Changes::default() };
        let casebook = Casebook::default().next(changes);
        Arc::clone(casebook.client(&client).expect("the client"))
    }

    /// What is found in it.
    pub fn patterns(&self) -> Patterns {
        patterns(&self.file(), TODAY)
    }
}

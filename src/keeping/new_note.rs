//! A note that is new to the vault.
//!
//! In go a body or a whole note and what was said on the command line; out come the sealed text, its shelf and its id.
//! The client given wins over flags, flags over front matter; broken front matter is kept as it is.

use super::{Error, Misplaced, OtherClient, shelf_for};
use crate::domain::{Class, ClientCode, Confidential, Kind};
use crate::notes::{self, Identity, Source};
use crate::vault::{Shelf, Vault, WriteLock};
use chrono::NaiveDate;

/// What is known about a new note beside its text.
#[derive(Debug, Default)]
pub struct NewNote {
    /// Whose note.
    pub client: Option<ClientCode>,
    /// What sort of note.
    pub kind: Option<Kind>,
    /// Its date as written.
    pub date: Option<String>,
    /// More keys and values.
    pub keys: Vec<(String, String)>,
}

/// A note ready to be sealed.
#[derive(Debug)]
pub struct Prepared {
    /// Where it goes.
    pub shelf: Shelf,
    /// Its id.
    pub id: crate::domain::NoteId,
    /// Its text with identity lines.
    pub text: Confidential,
    /// The text as it was given names another client than the one whose note this is.
    pub other_client: Option<OtherClient>,
}

impl NewNote {
    /// Puts flags and identity lines into the text and finds its shelf.
    ///
    /// # Errors
    /// When kind and client do not go together.
    pub fn prepare(&self, vault: &Vault, text: &[u8], today: NaiveDate) -> Result<Prepared, Error> {
        let id = vault.new_id();
        let mut text = notes::text_of(text);
        for (key, value) in &self.keys {
            text = notes::with_line(text.reveal(), key, Some(value));
        }
        if let Some(kind) = &self.kind {
            text = notes::with_line(text.reveal(), "kind", Some(kind.word()));
        }
        let undated = self.date.is_none() && !notes::has_key(text.reveal(), "date");
        let source = Source { id, class: Class::Record, client: None, file_name: None, written: today };
        let note = notes::read(text.reveal().as_bytes(), &source);
        let dateless = undated && note.dated_by == crate::domain::DatedBy::FileTime;
        let date = self.date.clone().or_else(|| dateless.then(|| today.to_string()));
        if let Some(date) = &date {
            text = notes::with_line(text.reveal(), "date", Some(date));
        }
        let client = self
            .client
            .clone()
            .or(note.client.clone())
            .filter(|_| note.kind.class() != Class::Practice || self.client.is_some());
        let shelf = shelf_for(&note.kind, client.as_ref())?;
        let text = notes::with_identity(text.reveal(), &Identity { id, client: client.as_ref(), rev: 1 });
        let other_client = OtherClient::of(note.client.as_ref(), shelf.client());
        Ok(Prepared { shelf, id, text, other_client })
    }
}

impl Prepared {
    /// Its text as that of another note: for a text that is saved again under the id it has already.
    pub(super) fn text_for(&self, id: crate::domain::NoteId) -> Confidential {
        notes::with_identity(self.text.reveal(), &Identity { id, client: self.shelf.client(), rev: 1 })
    }

    /// The same note in the class it was begun in: a process note stays one, whatever its text says now.
    #[must_use]
    pub fn staying_on(self, begun: Option<&Shelf>) -> Self {
        match begun {
            Some(shelf) if shelf.class() != Class::Record => Self { shelf: shelf.clone(), ..self },
            _ => self,
        }
    }

    /// Seals it. Needs no identity.
    ///
    /// # Errors
    /// When there is no such client, the vault refuses (recipients that are not pinned) or the disk fails.
    pub fn keep(self, vault: &Vault, lock: &WriteLock) -> Result<crate::domain::NoteId, Error> {
        if let Some(code) = self.shelf.client()
            && !vault.clients()?.contains(code)
        {
            return Err(Misplaced::UnknownClient(code.clone()).into());
        }
        vault.seal_new(lock, &self.shelf, self.id, &self.text)?;
        Ok(self.id)
    }
}

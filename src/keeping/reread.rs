//! One note read again from its sealed file, after it was written.

use super::Error;
use crate::domain::{Class, Note};
use crate::notes::{self, Source};
use crate::vault::{OpenVault, SealedFile};
use chrono::Local;

/// Opens one note.
pub(super) fn read_note(vault: &OpenVault, file: &SealedFile) -> Result<Note, Error> {
    let plain = vault.read(file)?;
    let source = Source {
        id: file.id,
        class: file.shelf.as_ref().map_or(Class::Record, |shelf| shelf.class()),
        client: file.shelf.as_ref().and_then(|shelf| shelf.client()),
        file_name: None,
        written: Local::now().date_naive(),
    };
    Ok(notes::read(plain.reveal(), &source))
}

//! Clear notes sealed: files in the vault's folders, in the drafts folder, or named by the user.
//!
//! In go paths of clear files; out come sealed notes. A clear file is removed only after its sealed copy was read back
//! and compared. A disk may keep traces of what was written there; the caller says so.

use super::{Edited, Error, NewNote, OtherClient, Prepared, keep_edited};
use crate::domain::{Class, ClientCode, DatedBy, Kind, Note, NoteDate, NoteId};
use crate::machine::unmarked;
use crate::notes::{self, Source};
use crate::vault::{OpenVault, SealedFile, Shelf, Vault, WriteLock};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// One clear file that was sealed.
#[derive(Debug)]
pub struct Sealed {
    /// The clear file.
    pub file: PathBuf,
    /// The note it became.
    pub note: NoteId,
    /// Whether the clear file was removed.
    pub removed: bool,
    /// The text names another client than the one whose note it became.
    pub other_client: Option<OtherClient>,
}

/// Seals one clear file. The client is the one given, else the folder's, else the one the note names.
///
/// # Errors
/// When the file cannot be read, names no client, or cannot be sealed. The clear file then stays.
pub fn seal_clear(vault: &Vault, lock: &WriteLock, file: &Path, keep: bool, today: NaiveDate) -> Result<Sealed, Error> {
    let bytes = read_clear(file)?;
    let mut prepared = prepared_from(vault, &bytes, file, shelf_in_vault(vault, file), today)?;
    let other_client = prepared.other_client.take();
    let note = prepared.keep(vault, lock)?;
    if !keep {
        // `seal_new` has read the sealed copy back and compared it before it returned.
        std::fs::remove_file(file).map_err(|cause| Error::file("remove", file, cause))?;
    }
    Ok(Sealed { file: file.to_owned(), note, removed: !keep, other_client })
}

/// What a clear file becomes: on the shelf of its folder, else where its text says; dated by its name if by nothing else.
pub(super) fn prepared_from(
    vault: &Vault,
    bytes: &[u8],
    file: &Path,
    shelf: Option<Shelf>,
    today: NaiveDate,
) -> Result<Prepared, Error> {
    // A text that was copied from an open editor may hold the mark of its own note.
    let text = unmarked(notes::text_of(bytes).reveal());
    let bytes = text.reveal().as_bytes();
    let client = shelf.as_ref().and_then(Shelf::client).cloned();
    let note = NewNote { client, date: dated_by_name(bytes, file, today), ..NewNote::default() };
    let prepared = note.prepare(vault, bytes, today)?;
    // A clear file in a process folder is a process note, whatever it calls itself; one in the chart's folder that calls
    // itself a process note goes under the process key all the same.
    Ok(match shelf.filter(|shelf| shelf.class() != Class::Record) {
        Some(shelf) => Prepared { shelf, ..prepared },
        None => prepared,
    })
}

/// The bytes of a clear file.
pub(super) fn read_clear(file: &Path) -> Result<Zeroizing<Vec<u8>>, Error> {
    std::fs::read(file).map(Zeroizing::new).map_err(|cause| Error::file("read", file, cause))
}

/// Seals a clear file that carries the id of a note as that note's next version.
///
/// # Errors
/// For signed notes, and when the vault refuses or the disk fails. The clear file then stays.
pub fn seal_over(
    vault: &OpenVault,
    lock: &WriteLock,
    file: &Path,
    of: (&SealedFile, &Note),
    keep: bool,
) -> Result<Sealed, Error> {
    let (sealed, note) = of;
    let bytes = read_clear(file)?;
    let id = match keep_edited(vault, lock, sealed, note, &bytes)? {
        Edited::Unchanged | Edited::Replaced => note.id,
        Edited::KeptBeside(id) => id,
    };
    if !keep {
        std::fs::remove_file(file).map_err(|cause| Error::file("remove", file, cause))?;
    }
    let other_client = OtherClient::in_text(notes::text_of(&bytes).reveal(), note.client.as_ref());
    Ok(Sealed { file: file.to_owned(), note: id, removed: !keep, other_client })
}

/// The shelf whose folder a clear file lies in, if it lies in the vault.
pub(super) fn shelf_in_vault(vault: &Vault, file: &Path) -> Option<Shelf> {
    vault.root().and_then(|root| shelf_of(root, file))
}

fn shelf_of(root: &Path, file: &Path) -> Option<Shelf> {
    let relative = file.canonicalize().ok()?.strip_prefix(root.canonicalize().ok()?).ok()?.to_owned();
    let parts: Vec<&str> = relative.iter().filter_map(|part| part.to_str()).collect();
    match parts[..] {
        ["clients", code, "process", _] => Some(Shelf::Process(ClientCode::parse(code).ok()?)),
        ["clients", code, _] => Some(Shelf::Client(ClientCode::parse(code).ok()?)),
        ["practice", _] => Some(Shelf::Practice),
        _ => None,
    }
}

/// The date in a file's name, when nothing in the note says one: the name is lost by sealing.
fn dated_by_name(bytes: &[u8], file: &Path, today: NaiveDate) -> Option<String> {
    let name = file.file_name()?.to_str()?;
    let id = NoteId::from_bits([0; 8]);
    let source = Source { id, class: Class::Record, client: None, file_name: Some(name), written: today };
    let note = notes::read(bytes, &source);
    let by_name = note.dated_by == DatedBy::FileName && note.kind != Kind::Client;
    by_name.then(|| NoteDate::day(note.date.day).to_string())
}

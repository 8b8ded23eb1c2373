//! Which note a user means: an id or its beginning, `a7`, `a7/2026-03-02`, `a7/12`.
//!
//! Ids are looked up among file names, so that nothing need be opened to find them.

use super::failure::Failure;
use super::session::Session;
use crate::casebook::CaseFile;
use crate::domain::{ClientCode, Note, NoteDate, NoteId, Status};
use crate::publish::{Publisher, Scope, Today};
use crate::vault::{OpenVault, Removed, SealedFile};
use std::sync::Arc;

/// A note that was found, with its file.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) publisher: Publisher,
    pub(super) note: Arc<Note>,
    pub(super) file: SealedFile,
}

/// A note that is in its history only.
#[derive(Debug)]
pub(super) struct Lost {
    pub(super) vault: OpenVault,
    pub(super) note: Removed,
}

/// A note, there or removed.
#[derive(Debug)]
pub(super) enum Meant {
    There(Box<Found>),
    Removed(Box<Lost>),
}

/// Finds a note as [`find`] does, and by its id one that was removed.
pub(super) fn find_with_removed(session: &Session, reference: &str, today: Today) -> Result<Meant, Failure> {
    let vault = session.vault()?;
    let is_client = |code: ClientCode| vault.clients().is_ok_and(|clients| clients.contains(&code));
    if !is_beginning(reference) || ClientCode::parse(reference).is_ok_and(is_client) {
        return Ok(Meant::There(Box::new(find(session, reference, false, today)?)));
    }
    let mut lost: Vec<Removed> = vault.removed()?.into_iter().filter(|note| fits(&note.id, reference)).collect();
    let there = vault.scan()?.notes.iter().filter(|file| fits(&file.id, reference)).count();
    match (there, lost.pop()) {
        (_, None) => Ok(Meant::There(Box::new(find(session, reference, false, today)?))),
        (0, Some(note)) if lost.is_empty() => {
            Ok(Meant::Removed(Box::new(Lost { vault: super::unlock::open(session, vault)?, note })))
        }
        (there, Some(_)) => Err(ambiguous(reference, there + lost.len() + 1)),
    }
}

/// Finds a note. With `drafts`, a client's code means its newest draft, else its newest note.
pub(super) fn find(session: &Session, reference: &str, drafts: bool, today: Today) -> Result<Found, Failure> {
    let vault = session.vault()?;
    let scan = vault.scan()?;
    let by_id: Vec<SealedFile> = by_beginning(&scan.notes, reference);
    let (code, which) = match reference.split_once('/') {
        Some((code, which)) => (ClientCode::parse(code).ok(), Some(which)),
        None => (ClientCode::parse(reference).ok().filter(|code| scan.clients.contains(code)), None),
    };
    // A code wins over the beginning of an id, since codes are what people type.
    let scope = match (&code, &by_id[..]) {
        (Some(code), _) if scan.clients.contains(code) => Scope::client(code.clone()),
        (_, [one]) => scope_of(one),
        (_, [_, _, ..]) => return Err(ambiguous(reference, by_id.len())),
        _ => return Err(unknown(reference)),
    };
    let opened = super::unlock::open(session, vault)?;
    if let (None, [file]) = (which.or(code.as_ref().map(|_| "")), &by_id[..]) {
        return one(session, opened, file.clone(), scope, today);
    }
    let publisher = session.read_from(opened, scope, today)?;
    let found = code.as_ref().and_then(|code| publisher.casebook().client(code)).ok_or_else(|| unknown(reference))?;
    let note = in_file(found, reference, which, drafts)?;
    let file = scan.notes.into_iter().find(|file| file.id == note.id).ok_or_else(|| unknown(reference))?;
    Ok(Found { publisher, note, file })
}

/// A note whose file is known. When it will not open, the reason is what the user asked for.
fn one(session: &Session, vault: OpenVault, file: SealedFile, scope: Scope, today: Today) -> Result<Found, Failure> {
    vault.read(&file)?;
    let publisher = session.read_from(vault, scope, today)?;
    let note = publisher.casebook().note(file.id).cloned().ok_or_else(|| unknown(file.id.as_str()))?;
    Ok(Found { publisher, note, file })
}

fn scope_of(file: &SealedFile) -> Scope {
    let shelf = file.shelf.as_ref();
    let clients = shelf.and_then(|shelf| shelf.client()).cloned().into_iter().collect();
    let with_process = shelf.is_some_and(|shelf| shelf.class() == crate::domain::Class::Process);
    Scope { clients, with_process, with_lists: false }
}

/// At least four characters, so that a slip does not find a note by chance.
fn by_beginning(files: &[SealedFile], reference: &str) -> Vec<SealedFile> {
    if !is_beginning(reference) {
        return Vec::new();
    }
    files.iter().filter(|file| fits(&file.id, reference)).cloned().collect()
}

fn is_beginning(reference: &str) -> bool {
    (4..=12).contains(&reference.len())
}

fn fits(id: &NoteId, reference: &str) -> bool {
    id.as_str().starts_with(&reference.to_lowercase())
}

fn in_file(file: &CaseFile, reference: &str, which: Option<&str>, drafts: bool) -> Result<Arc<Note>, Failure> {
    let found: Vec<&Arc<Note>> = match which {
        None => {
            let newest = file.notes.iter().rev().find(|note| !drafts || note.status == Status::Draft);
            newest.into_iter().collect()
        }
        Some(which) => match (which.parse::<u32>(), NoteDate::parse(which)) {
            (Ok(number), _) => {
                file.appointments.iter().filter(|a| a.number == number).filter_map(|a| file.notes.get(a.note)).collect()
            }
            (_, Ok(date)) => file.notes.iter().filter(|note| note.date.day == date.day).collect(),
            _ => Vec::new(),
        },
    };
    match found[..] {
        [one] => Ok(Arc::clone(one)),
        [] => Err(unknown(reference)),
        _ => Err(ambiguous(reference, found.len()).hint(format!(
            "name one by its id: {}",
            found.iter().map(|note| note.id.as_str()).collect::<Vec<_>>().join(", ")
        ))),
    }
}

fn unknown(reference: &str) -> Failure {
    Failure::not_found(format!("cannot find a note `{reference}`"))
        .hint("an id or its first four characters, a7 (newest), a7/2026-03-02, or a7/12 (session number); `throughline list` shows ids")
}

fn ambiguous(reference: &str, count: usize) -> Failure {
    Failure::not_found(format!("cannot tell which note `{reference}` is: {count} fit")).hint("write more of the id")
}

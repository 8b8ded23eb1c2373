//! What a run that was killed left on the bench.
//!
//! In goes a folder that nobody holds any more; out come sealed drafts. A file whose text is the one it began with is
//! no one's work and is not kept, nor is one that was sealed before its run was killed. A text never falls to another class
//! than the one it was begun in.

use super::reread::read_note;
use super::{Error, NewNote, OtherClient};
use crate::domain::{ClientCode, Confidential, NoteId};
use crate::machine::unmarked;
use crate::notes::{self, Identity};
use crate::vault::memory::MemoryFolder;
use crate::vault::{OpenVault, SealedFile, Shelf, Vault, WriteLock};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::fmt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// How the file is called that says what another began as.
const BEGUN: &str = ".begun-";

/// What became of one file.
#[derive(Debug)]
pub enum Recovered {
    /// It is sealed now. Its text may have named another client.
    Sealed(NoteId, Option<OtherClient>),
    /// It could not be sealed, and is where it was.
    Stays(PathBuf, Error),
}

/// What a sheet began as: the hash of its text, and where it belongs. Once it is about to be sealed as a new note, which
/// note, and the hash of the text that is sealed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Begun {
    sha256: String,
    shelf: Option<Shelf>,
    becomes: Option<(NoteId, String)>,
}

impl Begun {
    pub(super) fn of(text: &Confidential, shelf: Option<Shelf>) -> Self {
        Self { sha256: hash(text), shelf, becomes: None }
    }

    /// The line that says which note a text is about to become.
    pub(super) fn becoming(id: NoteId, text: &Confidential) -> String {
        format!("becomes {id} {}\n", hash(text))
    }

    /// Beside the sheet, hidden from editors' file lists.
    pub(super) fn path_of(sheet: &Path) -> PathBuf {
        let name = sheet.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        sheet.with_file_name(format!("{BEGUN}{name}"))
    }

    fn read(path: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(path).ok()?;
        let mut lines = text.lines();
        let (sha256, place) = (lines.next()?, lines.next()?);
        let client = |code: &str| ClientCode::parse(code).ok();
        let shelf = match place.split_once(' ') {
            Some(("client", code)) => client(code).map(Shelf::Client),
            Some(("process", code)) => client(code).map(Shelf::Process),
            _ => (place == "practice").then_some(Shelf::Practice),
        };
        // Of several tries the last counts; a line that was cut off is none, and then the text is sealed, perhaps again.
        let becomes = |line: &str| {
            let (id, hash) = line.strip_prefix("becomes ")?.split_once(' ')?;
            Some((NoteId::parse(id).ok()?, hash.to_owned()))
        };
        Some(Self { sha256: sha256.to_owned(), shelf, becomes: lines.filter_map(becomes).next_back() })
    }
}

impl fmt::Display for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.sha256)?;
        match &self.shelf {
            Some(Shelf::Client(code)) => writeln!(f, "client {code}"),
            Some(Shelf::Process(code)) => writeln!(f, "process {code}"),
            Some(Shelf::Practice) => writeln!(f, "practice"),
            None => writeln!(f, "unknown"),
        }
    }
}

/// Seals what was typed in a folder. Files that could not be sealed stay; the caller keeps the folder then. Where the
/// vault is opened, a text that is its note's latest version already is not sealed again.
pub fn recover(
    vault: &Vault,
    opened: Option<&OpenVault>,
    lock: &WriteLock,
    folder: &MemoryFolder,
    today: NaiveDate,
) -> Vec<Recovered> {
    let recovered = |file: PathBuf| recover_file((vault, opened), lock, &file, today);
    typed(folder).into_iter().filter_map(recovered).collect()
}

/// Whether anything in a folder was typed by somebody.
pub fn holds_text(folder: &MemoryFolder) -> bool {
    typed(folder).iter().any(|file| text_to_keep(file).is_none_or(|kept| kept.is_some()))
}

/// Files of a folder that may hold typed text: no hidden ones, no backups, none of the editor's own.
fn typed(folder: &MemoryFolder) -> Vec<PathBuf> {
    let is_text = |path: &PathBuf| {
        let inside = path.strip_prefix(folder.path()).unwrap_or(path);
        let hidden = inside.iter().any(|part| part.to_string_lossy().starts_with('.'));
        let name = inside.to_string_lossy();
        !hidden && !name.ends_with('~') && !name.ends_with(".swp") && name != "4913"
    };
    folder.files().into_iter().filter(is_text).collect()
}

type Kept = (Confidential, Option<Begun>);

/// A file's text if somebody wrote in it. The outer `None` is a file that cannot be read.
fn text_to_keep(file: &Path) -> Option<Option<Kept>> {
    let bytes = Zeroizing::new(std::fs::read(file).ok()?);
    let text = unmarked(notes::text_of(&bytes).reveal());
    let begun = begun_as(file);
    let untouched = begun.as_ref().is_some_and(|begun| begun.sha256 == hash(&text));
    let nothing = untouched || text.reveal().trim().is_empty();
    Some((!nothing).then_some((text, begun)))
}

fn recover_file(
    (vault, opened): (&Vault, Option<&OpenVault>),
    lock: &WriteLock,
    file: &Path,
    today: NaiveDate,
) -> Option<Recovered> {
    let stays = |error| Some(Recovered::Stays(file.to_owned(), error));
    let Some(kept) = text_to_keep(file) else {
        return stays(Error::file("read", file, std::io::ErrorKind::InvalidData.into()));
    };
    let (text, begun) = kept?;
    if became_a_note(vault, begun.as_ref(), &text) || opened.is_some_and(|opened| is_latest(opened, &text)) {
        return None;
    }
    let shelf = begun.and_then(|begun| begun.shelf);
    let note = NewNote { client: shelf.as_ref().and_then(Shelf::client).cloned(), ..NewNote::default() };
    let sealed = note
        .prepare(vault, text.reveal().as_bytes(), today)
        .map(|prepared| prepared.staying_on(shelf.as_ref()))
        .and_then(|mut prepared| Ok((prepared.other_client.take(), prepared.keep(vault, lock)?)));
    match sealed {
        Ok((other, id)) => Some(Recovered::Sealed(id, other)),
        Err(error) => stays(error),
    }
}

/// Whether this very text was sealed as a new note before its run was killed.
fn became_a_note(vault: &Vault, begun: Option<&Begun>, text: &Confidential) -> bool {
    let becomes = begun.and_then(|begun| begun.becomes.as_ref());
    becomes.is_some_and(|(id, sealed)| *sealed == hash(text) && note_of(vault, *id).is_some())
}

/// Whether a text that carries the id of a note is what that note holds, but for the count of its versions.
fn is_latest(opened: &OpenVault, text: &Confidential) -> bool {
    let file = notes::carried_id(text.reveal().as_bytes()).and_then(|id| note_of(opened.vault(), id));
    let Some(note) = file.and_then(|file| read_note(opened, &file).ok()) else { return false };
    let identity = Identity { id: note.id, client: note.client.as_ref(), rev: note.rev.unwrap_or(1) };
    hash(&notes::with_identity(text.reveal(), &identity)) == hash(&note.text)
}

fn note_of(vault: &Vault, id: NoteId) -> Option<SealedFile> {
    vault.scan().ok()?.notes.into_iter().find(|file| file.id == id && file.named_by_id)
}

/// What a sheet began as, or the sheet of which a file is an emergency copy: `#name#`, `name.save`.
fn begun_as(file: &Path) -> Option<Begun> {
    let name = file.file_name()?.to_string_lossy().into_owned();
    let of_sheet = name.trim_matches('#').split(".md").next().map(|stem| format!("{stem}.md"))?;
    Begun::read(&Begun::path_of(file)).or_else(|| Begun::read(&Begun::path_of(&file.with_file_name(of_sheet))))
}

fn hash(text: &Confidential) -> String {
    let digest = Sha256::digest(text.reveal().trim_end().as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn what_a_sheet_began_as_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let code = ClientCode::parse("a7").unwrap();
        let sheet = folder.path().join("a7-x.md");
        for shelf in [None, Some(Shelf::Practice), Some(Shelf::Client(code.clone())), Some(Shelf::Process(code))] {
            let begun = Begun::of(&Confidential::new("Text\n"), shelf);
            std::fs::write(Begun::path_of(&sheet), begun.to_string()).unwrap();
            assert_eq!(begun_as(&sheet).unwrap(), begun);
            assert_eq!(begun_as(&folder.path().join("a7-x.md.save")).unwrap(), begun);
            assert_eq!(begun_as(&folder.path().join("#a7-x.md#")).unwrap(), begun);
        }
    }

    #[test]
    fn the_note_that_a_sheet_was_last_about_to_become_is_read_back_and_a_line_cut_off_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let sheet = folder.path().join("a7-x.md");
        let (text, one, two) = (Confidential::new("Text\n"), NoteId::from_bits([1; 8]), NoteId::from_bits([2; 8]));
        let begun = Begun::of(&text, Some(Shelf::Practice)).to_string();
        let lines = Begun::becoming(one, &text) + &Begun::becoming(two, &text);
        std::fs::write(Begun::path_of(&sheet), format!("{begun}{lines}becomes 00")).unwrap();
        let read = begun_as(&sheet).unwrap();
        assert_eq!((read.shelf, read.becomes), (Some(Shelf::Practice), Some((two, hash(&text)))));
    }
}

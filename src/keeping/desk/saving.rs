//! What a file that was saved means, and its sealing.
//!
//! In goes the folder as it is; out come sealed versions and what is to be said of them. A path stands for the note it was
//! laid out for, whatever the text says of itself; a path that is new stands for a new note, unless its text carries the id
//! of a note whose own file is gone: then the file was renamed.

use super::manifest::hash_of;
use super::sheet::Sheet;
use super::{Desk, Remark, naming};
use crate::domain::{Class, Confidential, NoteId, Status};
use crate::keeping::edited_note::{keep_beside, keep_version};
use crate::keeping::likeness::keeps_most_of;
use crate::keeping::reread::read_note;
use crate::keeping::sealing::{prepared_from, read_clear};
use crate::keeping::{Edited, Error, OtherClient, shelf_for};
use crate::machine::unmarked;
use crate::notes;
use crate::vault::{SealedFile, Stamp, WriteLock, memory};
use chrono::Local;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How long another writer is waited for.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// What a saved file is.
enum Meaning {
    /// The text that is in the vault already.
    Nothing,
    /// No text at all: an editor that has begun to write, or a slip. Never a note.
    Emptied,
    /// The note's next version.
    NextVersion,
    /// A changed text of a signed note.
    OfSigned,
    /// The file of a note under another name.
    Renamed { from: String },
    /// A note that is new.
    NewNote,
}

/// Seals what was saved since the last look. When `closing`, files of any name count, but for what editors leave.
pub(super) fn collect(desk: &mut Desk, closing: bool) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut lock = None;
    let paths = files_below(&desk.folder);
    for path in &paths {
        let known = desk.sheets.contains_key(path) || naming::is_note(path);
        if (known || closing) && !naming::is_passing(path) {
            look_at(desk, &mut lock, path, &mut remarks);
        }
    }
    for (path, sheet) in &mut desk.sheets {
        let gone = paths.binary_search(path).is_err() && !desk.folder.join(path).exists();
        if gone && !sheet.gone && !closing {
            remarks.push(Remark::Deleted { path: path.clone() });
        }
        sheet.gone = gone;
    }
    remarks
}

fn look_at(desk: &mut Desk, lock: &mut Option<WriteLock>, path: &str, remarks: &mut Vec<Remark>) {
    // A file that is gone again is for the next look.
    let Ok(stamp) = Stamp::of_path(&desk.folder.join(path)) else { return };
    let unchanged = desk.sheets.get(path).is_some_and(|sheet| sheet.stamp == Some(stamp));
    if unchanged && !desk.refused.contains_key(path) {
        return;
    }
    match save(desk, lock, path) {
        Ok(said) => {
            desk.refused.remove(path);
            if let Some(sheet) = desk.sheets.get_mut(path) {
                sheet.stamp = Some(stamp);
            }
            remarks.extend(said);
        }
        Err(error) => {
            let why = error.to_string();
            // Tried again at each look, and said once.
            if desk.refused.insert(path.to_owned(), why.clone()).as_ref() != Some(&why) {
                remarks.push(Remark::Failed { path: path.to_owned(), why });
            }
        }
    }
}

fn save(desk: &mut Desk, lock: &mut Option<WriteLock>, path: &str) -> Result<Vec<Remark>, Error> {
    let place = desk.folder.join(path);
    let text = unmarked(notes::text_of(&read_clear(&place)?).reveal());
    let meaning = meaning(desk, path, &text);
    if matches!(meaning, Meaning::Nothing) {
        return Ok(Vec::new());
    }
    if let Meaning::Renamed { from } = &meaning {
        if let Some(sheet) = desk.sheets.remove(from) {
            desk.sheets.insert(path.to_owned(), Sheet { stamp: None, gone: false, ..sheet });
        }
        desk.write_down(vec![path.to_owned()])?;
        let said = save(desk, lock, path)?;
        return Ok(if said.is_empty() { still_of(desk, path).into_iter().collect() } else { said });
    }
    let path = path.to_owned();
    if matches!(meaning, Meaning::Emptied) {
        let is_note = desk.sheets.contains_key(&path);
        return Ok(is_note.then_some(Remark::Emptied { path }).into_iter().collect());
    }
    let lock = match lock {
        Some(lock) => lock,
        None => lock.insert(locked(desk)?),
    };
    let remark = match meaning {
        Meaning::NextVersion => next_version(desk, lock, &path, &text)?,
        Meaning::OfSigned => beside(desk, lock, &path, &text, true)?,
        _ => new_note(desk, lock, &path, &text)?,
    };
    let mut said = vec![remark];
    said.extend(other_client(desk, &path, &text));
    said.extend(still_of(desk, &path));
    desk.write_down(vec![path])?;
    Ok(said)
}

/// A text that was just sealed may name another client than the one whose note it is. That is said at each save: nothing
/// else of the vault shows it afterwards.
fn other_client(desk: &Desk, path: &str, text: &Confidential) -> Option<Remark> {
    let note = &desk.sheets.get(path)?.note;
    let other = OtherClient::in_text(text.reveal(), note.client.as_ref())?;
    Some(Remark::OtherClient { path: path.to_owned(), id: note.id, other })
}

/// A file that was moved to another client's folder, or among process notes, looks as if its note had gone there.
fn still_of(desk: &Desk, path: &str) -> Option<Remark> {
    let (place, shelf) = (naming::shelf_of(path)?, desk.sheets.get(path)?.file.shelf.clone()?);
    let elsewhere = place.client() != shelf.client();
    let not_process = place.class() == Class::Process && shelf.class() != Class::Process;
    (elsewhere || not_process).then(|| Remark::StillOf { path: path.to_owned(), shelf })
}

/// The right to write, after what an earlier run left half done was finished.
fn locked(desk: &Desk) -> Result<WriteLock, Error> {
    let vault = desk.vault.vault();
    let lock = vault.lock(LOCK_WAIT)?;
    vault.finish_interrupted(&lock)?;
    Ok(lock)
}

fn meaning(desk: &Desk, path: &str, text: &Confidential) -> Meaning {
    let sheet = desk.sheets.get(path);
    if text.reveal().trim().is_empty() {
        return Meaning::Emptied;
    }
    if let Some(sheet) = sheet {
        return match sheet.note.status {
            _ if sheet.hash == hash_of(text.reveal()) => Meaning::Nothing,
            Status::Signed => Meaning::OfSigned,
            Status::Draft => Meaning::NextVersion,
        };
    }
    let carried = notes::carried_id(text.reveal().as_bytes());
    let old = carried.and_then(|id| desk.sheets.iter().find(|(_, sheet)| sheet.note.id == id));
    match old {
        Some((from, _)) if !desk.folder.join(from).exists() => Meaning::Renamed { from: from.clone() },
        _ => Meaning::NewNote,
    }
}

fn next_version(desk: &mut Desk, lock: &WriteLock, path: &str, text: &Confidential) -> Result<Remark, Error> {
    let Some(sheet) = desk.sheets.get(path) else { return new_note(desk, lock, path, text) };
    if sheet.changed_elsewhere {
        return beside(desk, lock, path, text, false);
    }
    // In one sitting only the version before it is kept, unless this save drops most of what was written in it.
    let first = !sheet.saved;
    let keep_earlier = first || !keeps_most_of(sheet.note.text.reveal(), text.reveal());
    let is_copy = sheet.is_copy;
    let draft = if is_copy { Some(notes::as_draft(text.reveal())) } else { None };
    let own = draft.as_ref().unwrap_or(text);
    let of = (&sheet.file, &*sheet.note);
    let edited = keep_version(&desk.vault, lock, of, own.reveal().as_bytes(), keep_earlier)?;
    if let Edited::KeptBeside(id) = edited {
        return stand_for(desk, path, id, text, false);
    }
    let file = desk.vault.vault().sealed_file(&sheet.file.path)?;
    let id = sheet.note.id;
    put(desk, path, file, text, is_copy)?;
    Ok(if first { Remark::Sealed { path: path.to_owned(), id } } else { Remark::SealedAgain })
}

/// Keeps the text as a note of its own, for which the path stands from now on.
fn beside(desk: &mut Desk, lock: &WriteLock, path: &str, text: &Confidential, signed: bool) -> Result<Remark, Error> {
    let Some(sheet) = desk.sheets.get(path) else { return new_note(desk, lock, path, text) };
    let id = keep_beside(&desk.vault, lock, &sheet.file, text, &sheet.note)?;
    stand_for(desk, path, id, text, signed)
}

fn stand_for(desk: &mut Desk, path: &str, id: NoteId, text: &Confidential, signed: bool) -> Result<Remark, Error> {
    if let Some(sheet) = desk.sheets.get(path) {
        let shelf = match &sheet.file.shelf {
            Some(shelf) => shelf.clone(),
            None => shelf_for(&sheet.note.kind, sheet.note.client.as_ref())?,
        };
        let file = desk.vault.vault().sealed_file(&shelf.path_of(id))?;
        put(desk, path, file, text, true)?;
    }
    let path = path.to_owned();
    Ok(if signed { Remark::SignedKept { path, id } } else { Remark::KeptBeside { path, id } })
}

fn new_note(desk: &mut Desk, lock: &WriteLock, path: &str, text: &Confidential) -> Result<Remark, Error> {
    let vault = desk.vault.vault();
    // A copy of a note is not that note, and a copy of a signed note is not signed.
    let draft = notes::as_draft(text.reveal());
    let copied = notes::carried_id(text.reveal().as_bytes()).is_some();
    let own = if copied { &draft } else { text };
    let shelf = naming::shelf_of(path);
    let prepared = prepared_from(vault, own.reveal().as_bytes(), Path::new(path), shelf, Local::now().date_naive())?;
    let sealed = prepared.shelf.path_of(prepared.id);
    let id = prepared.keep(vault, lock)?;
    let file = vault.sealed_file(&sealed)?;
    put(desk, path, file, text, copied)?;
    Ok(Remark::NewNote { path: path.to_owned(), id })
}

/// Lets a path stand for a note that was just sealed.
fn put(desk: &mut Desk, path: &str, file: SealedFile, text: &Confidential, is_copy: bool) -> Result<(), Error> {
    let note = Arc::new(read_note(&desk.vault, &file)?);
    desk.sheets.insert(path.to_owned(), Sheet::sealed(file, note, text.reveal(), is_copy));
    Ok(())
}

/// Paths of all files below a folder, relative to it, with `/`, sorted.
pub(super) fn files_below(folder: &Path) -> Vec<String> {
    let relative = |path: &std::path::PathBuf| path.strip_prefix(folder).ok()?.to_str().map(str::to_owned);
    memory::files_below(folder).iter().filter_map(relative).collect()
}

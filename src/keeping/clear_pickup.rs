//! Clear files sealed while the vault is open: what lies in the drafts folder, or unsealed in the vault.
//!
//! In go paths of clear files, again and again; out come sealed notes. A file is taken when it has been at rest for a moment
//! and no editor has it open; it is removed only after its sealed copy was read back and compared. A file that comes back
//! under the same name as a longer or mended text is the same note's next version, not a second note.

use super::edited_note::keep_version;
use super::likeness::keeps_most_of;
use super::reread::read_note;
use super::sealing::{prepared_from, read_clear, shelf_in_vault};
use super::{Edited, Error, OtherClient};
use crate::domain::{Note, NoteId, Status};
use crate::notes;
use crate::vault::{OpenVault, SealedFile, Stamp, WriteLock};
use chrono::Local;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// A file that was written to less than this ago may be half written.
const REST: Duration = Duration::from_millis(800);

/// How long another writer is waited for.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// What became of one clear file.
#[derive(Debug)]
pub enum PickedUp {
    /// It is sealed as this note, and gone. Its text may have named another client.
    Sealed(PathBuf, NoteId, Option<OtherClient>),
    /// It stays, with one sentence why.
    Refused(PathBuf, String),
}

impl PickedUp {
    /// Whether the file stays, or the note may have gone to another client than was meant.
    pub fn is_warning(&self) -> bool {
        matches!(self, Self::Refused(..) | Self::Sealed(_, _, Some(_)))
    }
}

impl fmt::Display for PickedUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sealed(file, id, other) => {
                let traces = "a disk may keep traces of what was written there.";
                write!(f, "{} is sealed as note {id} and removed; {traces}", file.display())?;
                other.as_ref().map_or(Ok(()), |other| write!(f, " But {}.", other.about(*id)))
            }
            Self::Refused(file, why) => write!(f, "{} stays unsealed: {why}", file.display()),
        }
    }
}

/// The note that a file became, and whether its text named another client.
type Picked = (NoteId, Option<OtherClient>);

/// What was picked up so far, so that a later save finds its note again.
#[derive(Debug)]
pub struct ClearPickup {
    vault: Arc<OpenVault>,
    sealed: HashMap<PathBuf, (SealedFile, Arc<Note>)>,
    refused: HashMap<PathBuf, (Stamp, String)>,
}

impl ClearPickup {
    /// Nothing was picked up yet.
    pub fn new(vault: Arc<OpenVault>) -> Self {
        Self { vault, sealed: HashMap::new(), refused: HashMap::new() }
    }

    /// Seals those files that are at rest. Says whether there are others, to be looked at again.
    pub fn take(&mut self, files: &[PathBuf]) -> (Vec<PickedUp>, bool) {
        let (mut done, mut again, mut lock) = (Vec::new(), false, None);
        for file in files {
            let Ok(stamp) = Stamp::of_path(file) else { continue };
            if self.refused.get(file).is_some_and(|(at, _)| *at == stamp) {
                continue;
            }
            if !is_at_rest(file, &stamp) {
                again = true;
                continue;
            }
            match self.keep(&mut lock, file, &stamp) {
                // Somebody has only begun to write.
                Ok(None) if read_clear(file).is_ok_and(|bytes| is_blank(&bytes)) => {
                    drop(self.refused.insert(file.clone(), (stamp, String::new())))
                }
                Ok(Some((id, other))) => done.push(PickedUp::Sealed(file.clone(), id, other)),
                Ok(None) => again = true,
                Err(error) => {
                    let why = error.to_string();
                    let before = self.refused.insert(file.clone(), (stamp, why.clone()));
                    if before.is_none_or(|(_, before)| before != why) {
                        done.push(PickedUp::Refused(file.clone(), why));
                    }
                }
            }
        }
        (done, again)
    }

    /// Seals one file; none when it was written to meanwhile, and then the next look takes it.
    fn keep(&mut self, lock: &mut Option<WriteLock>, file: &Path, stamp: &Stamp) -> Result<Option<Picked>, Error> {
        let lock = match lock {
            Some(lock) => &*lock,
            None => {
                let taken = self.vault.vault().lock(LOCK_WAIT)?;
                self.vault.vault().finish_interrupted(&taken)?;
                lock.insert(taken)
            }
        };
        // Another writer may have sealed it while the lock was waited for.
        if Stamp::of_path(file).ok().as_ref() != Some(stamp) {
            return Ok(None);
        }
        let bytes = read_clear(file)?;
        if is_blank(&bytes) {
            return Ok(None);
        }
        let (id, other) = match self.earlier(file, &bytes)? {
            Some((sealed, note)) => {
                if note.status == Status::Signed {
                    return Err(Error::Signed(note.id));
                }
                let id = match keep_version(&self.vault, lock, (&sealed, &note), &bytes, true)? {
                    Edited::Unchanged | Edited::Replaced => note.id,
                    Edited::KeptBeside(id) => id,
                };
                (id, OtherClient::in_text(notes::text_of(&bytes).reveal(), note.client.as_ref()))
            }
            None => self.seal_new(lock, file, &bytes)?,
        };
        if Stamp::of_path(file).ok().as_ref() != Some(stamp) {
            self.remember(file, id)?;
            return Ok(None);
        }
        std::fs::remove_file(file).map_err(|cause| Error::file("remove", file, cause))?;
        self.refused.remove(file);
        self.remember(file, id)?;
        Ok(Some((id, other)))
    }

    /// The note that a file is a later save of: the one whose id it carries, else the one it became before, if it is alike.
    fn earlier(&self, file: &Path, bytes: &[u8]) -> Result<Option<(SealedFile, Arc<Note>)>, Error> {
        if let Some(id) = notes::carried_id(bytes) {
            let found = self.vault.vault().scan()?.notes.into_iter().find(|file| file.id == id && file.named_by_id);
            return found.map(|sealed| self.read(sealed)).transpose();
        }
        let Some((sealed, note)) = self.sealed.get(file) else { return Ok(None) };
        let alike = keeps_most_of(note.text.reveal(), notes::text_of(bytes).reveal());
        Ok(alike.then(|| (sealed.clone(), Arc::clone(note))))
    }

    fn seal_new(&self, lock: &WriteLock, file: &Path, bytes: &[u8]) -> Result<Picked, Error> {
        let vault = self.vault.vault();
        let shelf = shelf_in_vault(vault, file);
        let mut prepared = prepared_from(vault, bytes, file, shelf, Local::now().date_naive())?;
        let other = prepared.other_client.take();
        Ok((prepared.keep(vault, lock)?, other))
    }

    fn remember(&mut self, file: &Path, id: NoteId) -> Result<(), Error> {
        let found = self.vault.vault().scan()?.notes.into_iter().find(|file| file.id == id);
        if let Some(sealed) = found {
            self.sealed.insert(file.to_owned(), self.read(sealed)?);
        }
        Ok(())
    }

    fn read(&self, sealed: SealedFile) -> Result<(SealedFile, Arc<Note>), Error> {
        let note = Arc::new(read_note(&self.vault, &sealed)?);
        Ok((sealed, note))
    }
}

/// Whether nobody is writing to a file: it was left alone for a moment, and no editor's swap or lock file lies beside it.
fn is_at_rest(file: &Path, stamp: &Stamp) -> bool {
    // A clock that was set back says nothing; then the file is taken as it is.
    let old = SystemTime::now().duration_since(stamp.modified).map_or(true, |age| age >= REST);
    let Some(name) = file.file_name().and_then(|name| name.to_str()) else { return old };
    let beside = [format!(".{name}.swp"), format!(".#{name}"), format!(".~lock.{name}#"), format!(".{name}.kate-swp")];
    // A lock of emacs is a link that leads nowhere, which `exists` would not see.
    old && !beside.iter().any(|other| file.with_file_name(other).symlink_metadata().is_ok())
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_whitespace)
}

//! Sealing new notes: needs no private key.
//!
//! In go text and a shelf; out comes a file under a new name. The keys are those of the shelf's own folder and nothing
//! else, and only as this device has confirmed them: a process note never falls to the chart's key.

use super::disk;
use super::error::{Error, ErrorKind};
use super::intent::{Intent, Step};
use super::lock::WriteLock;
use super::padding;
use super::pins::Pins;
use super::public_key::PublicKey;
use super::seal::{self, Sealed};
use super::shelf::{Shelf, folder_of};
use super::store::Vault;
use super::vault_id::sha256;
use super::writing::{self, Writing};
use crate::domain::{Confidential, NoteId};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

impl Vault {
    /// Seals a new note and gives its path.
    ///
    /// # Errors
    /// [`ErrorKind::Unpinned`] when the shelf has no recipients or they are not confirmed on this device;
    /// [`ErrorKind::Input`] for a text over 4 MiB or another vault's lock; [`ErrorKind::Io`]. Then nothing was changed.
    pub fn seal_new(&self, lock: &WriteLock, shelf: &Shelf, id: NoteId, text: &Confidential) -> Result<String, Error> {
        self.seal_under(lock, shelf.path_of(id), text)
    }

    /// Seals a text that no file holds yet under a path, to the keys of its folder.
    pub(super) fn seal_under(&self, lock: &WriteLock, path: String, text: &Confidential) -> Result<String, Error> {
        lock.must_be_for(self.id())?;
        let keys = Pins::load(self)?.note_keys(self, folder_of(&path))?;
        let sealed = seal_text(&path, text, &keys)?;
        Writing::all_steps(self, &path, &sealed, None, |_| Ok(()))?;
        Ok(path)
    }

    /// Seals many new notes, in parallel. All are written and read back before the first gets its name; `progress` gets
    /// the number of notes written so far.
    ///
    /// # Errors
    /// As for [`Vault::seal_new`], and then none of them is there; or [`ErrorKind::Io`] while they get their names: then
    /// the hint says that [`Vault::finish_interrupted`] gives the others theirs.
    pub fn seal_batch(
        &self,
        lock: &WriteLock,
        notes: &[(Shelf, NoteId, Confidential)],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<(), Error> {
        lock.must_be_for(self.id())?;
        if notes.is_empty() {
            return Ok(());
        }
        let keys = self.keys_of_shelves(notes)?;
        let steps = self.free_places(notes)?;
        let mut intent = Intent::begin(self, steps).map_err(Error::old_state_stays)?;
        let count = AtomicUsize::new(0);
        let work = notes.par_iter().zip(&intent.steps).map(|((shelf, _, text), step)| {
            let sealed_to = keys.get(shelf).map_or(&[][..], Vec::as_slice);
            let hash = self.write_beside(step, text, sealed_to)?;
            progress(count.fetch_add(1, Ordering::Relaxed) + 1);
            Ok(hash)
        });
        let written: Result<Vec<String>, Error> = work.collect();
        let named = written.and_then(|hashes| {
            for (step, hash) in intent.steps.iter_mut().zip(hashes) {
                step.new = Some(hash);
            }
            intent.write()
        });
        if let Err(error) = named {
            self.take_back(intent);
            return Err(error.old_state_stays());
        }
        self.name_all(intent)
    }

    /// The confirmed keys of every shelf that gets a note.
    fn keys_of_shelves(
        &self,
        notes: &[(Shelf, NoteId, Confidential)],
    ) -> Result<BTreeMap<Shelf, Vec<PublicKey>>, Error> {
        let pins = Pins::load(self)?;
        let shelves: BTreeSet<&Shelf> = notes.iter().map(|(shelf, _, _)| shelf).collect();
        shelves.into_iter().map(|shelf| Ok((shelf.clone(), pins.note_keys(self, &shelf.folder())?))).collect()
    }

    /// A step for each note, after seeing that no two want one place and none is taken.
    fn free_places(&self, notes: &[(Shelf, NoteId, Confidential)]) -> Result<Vec<Step>, Error> {
        let mut taken = HashSet::new();
        let mut steps = Vec::with_capacity(notes.len());
        for (shelf, id, _) in notes {
            let path = shelf.path_of(*id);
            if !taken.insert(path.clone()) || self.place_of(&path)?.symlink_metadata().is_ok() {
                return Err(Error::new(ErrorKind::Input, "seal", path, "there is a note of that id already"));
            }
            steps.push(Step::new_note(path, None));
        }
        Ok(steps)
    }

    /// Seals one note into its unfinished file, flushed and read back, and gives the hash.
    fn write_beside(&self, step: &Step, text: &Confidential, keys: &[PublicKey]) -> Result<String, Error> {
        let sealed = seal_text(&step.path, text, keys)?;
        writing::must_fit(&step.path, &sealed.bytes)?;
        let temp = self.place_of(&step.temp)?;
        disk::write_new(&temp, &sealed.bytes).map_err(|e| Error::io("write", &temp, e))?;
        writing::read_back(&temp, &step.path, |stored| sealed.is_whole(stored))?;
        Ok(sha256(&sealed.bytes))
    }

    /// Gives every unfinished file its name and flushes each folder once.
    fn name_all(&self, intent: Intent) -> Result<(), Error> {
        let unfinished = |error: Error| error.hinting("free the disk or mend it; the next run finishes what was begun");
        let mut folders = BTreeSet::new();
        for step in &intent.steps {
            let target = self.place_of(&step.path)?;
            disk::place_new(&self.place_of(&step.temp)?, &target)
                .map_err(|e| unfinished(Error::io("write", &target, e)))?;
            folders.insert(folder_of(&step.path).to_owned());
        }
        for folder in folders {
            let place = self.place_of(&folder)?;
            disk::flush_folder(&place).map_err(|e| unfinished(Error::io("flush the folder", &place, e)))?;
        }
        // The ledger lines belong here: after the notes are there, before the intent goes.
        intent.drop_file()
    }

    /// Removes the unfinished files of a batch. The caller still has the texts.
    fn take_back(&self, intent: Intent) {
        for step in &intent.steps {
            if let Ok(temp) = self.place_of(&step.temp) {
                let _ = std::fs::remove_file(temp);
            }
        }
        let _ = intent.drop_file();
    }
}

/// Pads and seals a text.
pub(super) fn seal_text(path: &str, text: &Confidential, keys: &[PublicKey]) -> Result<Sealed, Error> {
    let padded = padding::pad(text.reveal());
    seal::seal(&padded, keys).map_err(|fault| Error::new(ErrorKind::Io, "seal", path, fault))
}

//! Files of the desk written, renewed, and taken away.
//!
//! In go notes; out come files that only their owner can read, and only read where the note is signed. A file that the
//! user has changed is never written over: its text is not in the vault yet.

use super::manifest::hash_of;
use super::sheet::Sheet;
use super::{Desk, Entry, naming};
use crate::domain::{NoteId, Status};
use crate::keeping::Error;
use crate::keeping::sealing::read_clear;
use crate::vault::{Stamp, memory};
use std::collections::{HashMap, HashSet};
use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

impl Desk {
    /// Lays out notes that are new, and renews those that changed elsewhere.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn lay(&mut self, entries: Vec<Entry>) -> Result<(), Error> {
        let paths: HashMap<NoteId, String> =
            self.sheets.iter().map(|(path, sheet)| (sheet.note.id, path.clone())).collect();
        let mut laid = Vec::new();
        let there: HashSet<NoteId> = entries.iter().map(|entry| entry.note.id).collect();
        for entry in entries {
            match paths.get(&entry.note.id) {
                Some(path) => laid.extend(self.renew(path, &entry)?),
                None => laid.push(self.lay_new(&entry)?),
            }
        }
        self.take_back_removed(&there);
        self.write_down(laid)
    }

    fn lay_new(&mut self, entry: &Entry) -> Result<String, Error> {
        let taken = |path: &str| self.sheets.contains_key(path) || self.folder.join(path).exists();
        let path = naming::path_for(entry, taken);
        let stamp = self.write(&path, entry)?;
        self.sheets.insert(path.clone(), Sheet::laid(entry, Some(stamp)));
        Ok(path)
    }

    /// Brings a file up to date with its note, if the note is another than the one laid out.
    fn renew(&mut self, path: &str, entry: &Entry) -> Result<Option<String>, Error> {
        let Some(sheet) = self.sheets.get_mut(path).filter(|sheet| sheet.file.stamp != entry.file.stamp) else {
            return Ok(None);
        };
        // What was read may be older than what this desk has sealed since.
        let now = self.vault.vault().sealed_file(&entry.file.path).map(|file| file.stamp);
        if now.is_ok_and(|now| now != entry.file.stamp) {
            return Ok(None);
        }
        let place = self.folder.join(path);
        let untouched = sheet.stamp.is_some() && Stamp::of_path(&place).ok() == sheet.stamp;
        if sheet.hash == hash_of(entry.note.text.reveal()) {
            sheet.file = entry.file.clone();
            sheet.note = std::sync::Arc::clone(&entry.note);
            return Ok(Some(path.to_owned()));
        }
        if !untouched {
            sheet.changed_elsewhere = true;
            return Ok(None);
        }
        let stamp = self.write(path, entry)?;
        self.sheets.insert(path.to_owned(), Sheet::laid(entry, Some(stamp)));
        Ok(Some(path.to_owned()))
    }

    /// Takes files away whose notes were removed elsewhere, unless they were changed here.
    fn take_back_removed(&mut self, there: &HashSet<NoteId>) {
        let vault = &self.vault;
        let removed =
            |sheet: &Sheet| !there.contains(&sheet.note.id) && vault.vault().sealed_file(&sheet.file.path).is_err();
        let folder = &self.folder;
        self.sheets.retain(|path, sheet| {
            if !removed(sheet) {
                return true;
            }
            sheet.changed_elsewhere = true;
            let place = folder.join(path);
            let untouched = sheet.stamp.is_some() && Stamp::of_path(&place).ok() == sheet.stamp;
            !(untouched && std::fs::remove_file(&place).is_ok())
        });
    }

    /// Writes a file whole: beside and renamed, so that no editor sees half of it.
    fn write(&self, path: &str, entry: &Entry) -> Result<Stamp, Error> {
        let place = self.folder.join(path);
        let fail = |cause| Error::file("write", &place, cause);
        if let Some(folder) = place.parent() {
            DirBuilder::new().mode(0o700).recursive(true).create(folder).map_err(fail)?;
        }
        let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let temp = place.with_file_name(format!(".{name}.tmp"));
        let mode = if entry.note.status == Status::Signed { 0o400 } else { 0o600 };
        let marked = self.marker.as_ref().map(|marker| marker.mark(&entry.note.text));
        let text = marked.as_ref().unwrap_or(&entry.note.text);
        let written = OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(&temp);
        written
            .and_then(|mut file| file.write_all(text.reveal().as_bytes()))
            .and_then(|()| std::fs::rename(&temp, &place))
            .and_then(|()| Stamp::of_path(&place))
            .inspect_err(|_| drop(std::fs::remove_file(&temp)))
            .map_err(fail)
    }

    /// Writes down what lies there now under some paths.
    pub(super) fn write_down(&mut self, paths: Vec<String>) -> Result<(), Error> {
        let files = paths.into_iter().filter_map(|path| {
            let laid = self.sheets.get(&path)?.as_laid();
            Some((path, laid))
        });
        let files: Vec<_> = files.collect();
        self.manifest.add(&self.folder, files).map_err(|cause| Error::file("write", &self.folder, cause))
    }

    /// Overwrites and removes every file whose text is in the vault, and whatever editors left. Folders stay: an editor
    /// that saves late finds its place again. Says whether nothing else is there.
    pub(super) fn take_away(&self) -> bool {
        let mut all = true;
        for path in super::saving::files_below(&self.folder) {
            let place = self.folder.join(&path);
            let sealed = self.sheets.get(&path).is_some_and(|sheet| Stamp::of_path(&place).ok() == sheet.stamp);
            let goes = naming::is_passing(&path) || (sealed && !self.refused.contains_key(&path)) || is_blank(&place);
            let gone = goes && memory::wipe(&place).is_ok();
            all &= gone || self.refused.contains_key(&path);
        }
        all
    }
}

/// Whether a file holds no text at all.
fn is_blank(place: &Path) -> bool {
    read_clear(place).is_ok_and(|bytes| bytes.iter().all(u8::is_ascii_whitespace))
}

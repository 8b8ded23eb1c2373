//! The thread that seals what is saved on the desk.
//!
//! In go signs that the folder or the vault changed; out come sealed notes, renewed files, and words for the user. All of
//! the desk is this one thread's, so that a save and a renewal never meet.

use super::words::Word;
use super::{spawn, unfit};
use crate::cli::failure::Failure;
use crate::keeping::desk::{Desk, Entry, Remark, fold_late_saves};
use crate::machine::Marker;
use crate::publish::Publisher;
use crate::serve::DeskPlace;
use crate::vault::{Watcher, watch_folder};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// The desk is looked at this often without a sign: a program that writes through mapped memory gives none.
const LOOK: Duration = Duration::from_secs(30);

/// How long another writer is waited for.
const LOCK_WAIT: Duration = Duration::from_secs(10);

enum Sign {
    Saved,
    Notes(Vec<Entry>),
    Close(Sender<()>),
}

/// The desk's thread, seen from outside. It starts when the parent can hear it.
pub(super) struct DeskKeeper {
    signs: Sender<Sign>,
    waiting: Option<(Desk, Receiver<Sign>, Vec<Remark>)>,
    // Dropping the watcher ends the watching.
    _watcher: Watcher,
}

impl DeskKeeper {
    /// Seals what an earlier run left, and lays the notes out.
    pub(super) fn start(publisher: &mut Publisher, place: &DeskPlace) -> Result<Self, Failure> {
        let remarks = recovered(publisher, &place.folder)?;
        let desk = Desk::open(
            &publisher.shared_vault(),
            &place.folder,
            entries(publisher),
            place.marker.clone().map(Marker::of_word),
        )?;
        let (signs, received) = channel();
        let saved = signs.clone();
        let watcher = watch_folder(&place.folder, move |_| drop(saved.send(Sign::Saved)))?;
        // A file that was saved while the desk was laid out gave no sign.
        signs.send(Sign::Saved).map_err(|fault| unfit(&fault))?;
        Ok(Self { signs, waiting: Some((desk, received, remarks)), _watcher: watcher })
    }

    /// Follows the folder from now on.
    pub(super) fn begin(&mut self) -> Result<(), Failure> {
        let Some((desk, received, remarks)) = self.waiting.take() else { return Ok(()) };
        spawn("desk", move || {
            say_all(&remarks);
            follow(desk, &received);
        })
    }

    /// Tells the desk of notes that changed in the vault.
    pub(super) fn follower(&self) -> impl Fn(&Publisher) + Send + use<> {
        let signs = self.signs.clone();
        move |publisher| drop(signs.send(Sign::Notes(entries(publisher))))
    }

    /// Seals what was saved last, empties the desk, and returns when that is done.
    pub(super) fn close(self) {
        let (done, closed) = channel();
        if self.signs.send(Sign::Close(done)).is_ok() {
            let _ = closed.recv();
        }
    }
}

fn follow(mut desk: Desk, signs: &Receiver<Sign>) {
    loop {
        match signs.recv_timeout(LOOK) {
            Ok(Sign::Saved) | Err(RecvTimeoutError::Timeout) => say_all(&desk.collect()),
            Ok(Sign::Notes(entries)) => {
                if let Err(error) = desk.lay(entries) {
                    Word::Warn(error.to_string()).send();
                }
            }
            Ok(Sign::Close(done)) => {
                say_all(&desk.close());
                let _ = done.send(());
                return;
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Late saves go into their notes' place, and what a killed run left is sealed.
fn recovered(publisher: &mut Publisher, folder: &Path) -> Result<Vec<Remark>, Failure> {
    let vault = publisher.shared_vault();
    let lock = vault.vault().lock(LOCK_WAIT)?;
    vault.vault().finish_interrupted(&lock)?;
    let mut remarks = fold_late_saves(&vault, &lock, &entries(publisher))?;
    drop(lock);
    publisher.refresh(&|_| ())?;
    remarks.extend(Desk::recover(&vault, folder, &entries(publisher)));
    publisher.refresh(&|_| ())?;
    Ok(remarks)
}

/// Every note that can be sealed again: those on a shelf.
fn entries(publisher: &Publisher) -> Vec<Entry> {
    let casebook = publisher.casebook();
    let mut numbers = std::collections::HashMap::new();
    for file in casebook.clients() {
        for appointment in &file.appointments {
            numbers.extend(file.notes.get(appointment.note).map(|note| (note.id, appointment.number)));
        }
    }
    let entries = casebook.notes().into_iter().filter_map(|note| {
        let file = publisher.sealed_file(note.id).filter(|file| file.shelf.is_some())?;
        Some(Entry { file: file.clone(), note: std::sync::Arc::clone(note), number: numbers.get(&note.id).copied() })
    });
    entries.collect()
}

fn say_all(remarks: &[Remark]) {
    if remarks.iter().any(Remark::is_save) {
        Word::Busy.send();
    }
    for remark in remarks.iter().filter(|remark| remark.is_news()) {
        let text = remark.to_string();
        if remark.is_warning() { Word::Warn(text).send() } else { Word::Say(text).send() }
    }
}

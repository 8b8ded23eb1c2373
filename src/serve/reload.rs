//! Following the folder: when files changed, the next edition.
//!
//! In go signs that something changed; out goes an edition to the snapshot on show, if there is one, and word to whoever
//! else follows the notes. This thread owns the keys; the
//! threads that answer requests do not. When a step fails, what was on show stays, and every page says so.

use super::snapshot::Shown;
use crate::publish::Publisher;
use crate::vault::{Change, Watcher, watch};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// A file that will not open may be half written by a sync program: it is tried once more after this.
const SECOND_TRY: Duration = Duration::from_secs(1);

/// How often the day is looked at, so that "today" turns at midnight.
const DAY_CHECK: Duration = Duration::from_secs(60);

/// Follows the folder until the process ends.
pub struct Reloader {
    publisher: Publisher,
    shown: Option<Arc<Shown>>,
    /// Told of the notes as they are, whenever they were read again.
    follower: Box<dyn FnMut(&Publisher) + Send>,
    changes: Receiver<Change>,
    /// What the pages say about not being up to date, if they are not.
    stale: Option<String>,
    // Dropping the watcher ends the watching.
    _watcher: Option<Watcher>,
}

impl Reloader {
    /// Watches the publisher's vault. Where watching cannot be set up, the pages say so and stay as they are.
    pub fn new(publisher: Publisher, shown: Option<Arc<Shown>>, follower: Box<dyn FnMut(&Publisher) + Send>) -> Self {
        let (send, changes) = channel();
        let keep_open = send.clone();
        let watcher = watch(publisher.vault().vault(), move |change| {
            // The receiver is gone only when the process ends.
            let _ = send.send(change);
        });
        let watcher = match watcher {
            Ok(watcher) => Some(watcher),
            Err(error) => {
                if let Some(shown) = shown.as_ref().filter(|_| !publisher.vault().vault().is_embedded()) {
                    shown.replace(publisher.edition(Some(format!("Changes are not seen: {error}."))));
                }
                std::mem::forget(keep_open);
                None
            }
        };
        Self { publisher, shown, follower, changes, stale: None, _watcher: watcher }
    }

    /// Follows the folder. Returns when nobody can send changes any more.
    pub fn run(mut self) {
        (self.follower)(&self.publisher);
        self.read_words();
        let mut day = self.publisher.edition(None).today;
        let mut wait = DAY_CHECK;
        let mut tried_again = false;
        loop {
            let lost = match self.next_change(wait) {
                Ok(Change::Settled) => false,
                Ok(Change::Lost) => true,
                Err(RecvTimeoutError::Timeout) if wait == SECOND_TRY => false,
                Err(RecvTimeoutError::Timeout) => {
                    let today = self.publisher.edition(None).today;
                    if today != day {
                        day = today;
                        self.refresh();
                    }
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            };
            if lost {
                self.stay("The vault's folder is gone. What is shown was read before.".to_owned());
                continue;
            }
            let unreadable = self.refresh();
            // One more try for a file that a sync program may not have finished.
            tried_again = unreadable && !tried_again;
            wait = if tried_again { SECOND_TRY } else { DAY_CHECK };
        }
    }

    /// Waits for a change; until one comes, findings are looked for, one client at a time, so that no change waits for
    /// a whole caseload.
    fn next_change(&mut self, wait: Duration) -> Result<Change, RecvTimeoutError> {
        while self.shown.is_some() && self.publisher.has_unseen() {
            // A vault inside the binary never changes, and nobody sends; there is something to find in it all the same.
            if let Ok(change) = self.changes.try_recv() {
                return Ok(change);
            }
            if self.publisher.look_at_next() == 0 {
                self.show(self.stale.clone());
            }
        }
        self.changes.recv_timeout(wait)
    }

    /// Makes the next edition. True when a file would not open.
    fn refresh(&mut self) -> bool {
        match self.publisher.refresh(&|_| ()) {
            Ok(refreshed) => {
                let was_stale = self.stale.take().is_some();
                if refreshed.differs || was_stale {
                    self.show(None);
                }
                (self.follower)(&self.publisher);
                self.read_words();
                refreshed.unreadable > 0
            }
            Err(error) => {
                self.stay(format!("The last change could not be read: {error}."));
                true
            }
        }
    }

    /// Shows what was on show with the reason why it is not the latest.
    fn stay(&mut self, why: String) {
        self.stale = Some(why.clone());
        self.show(Some(why));
    }

    /// After everybody has what is new: a search that comes earlier reads what it needs itself.
    fn read_words(&self) {
        if self.shown.is_some() {
            self.publisher.read_words();
        }
    }

    fn show(&self, stale: Option<String>) {
        if let Some(shown) = &self.shown {
            shown.replace(self.publisher.edition(stale));
        }
    }
}

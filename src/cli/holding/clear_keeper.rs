//! The thread that seals clear files in the drafts folder and in the vault, as they come to rest.

use super::spawn;
use super::words::Word;
use crate::keeping::ClearPickup;
use crate::publish::Publisher;
use crate::vault::{OpenVault, Watcher, watch_folder};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// A file that somebody still writes to is looked at again after this.
const SOON: Duration = Duration::from_millis(400);
/// Without a sign, the folder is looked at this often.
const SELDOM: Duration = Duration::from_secs(60);

enum Sign {
    Drafts,
    InVault(Vec<PathBuf>),
}

/// The thread's beginnings: it starts when the parent can hear it.
pub(super) struct ClearKeeper {
    vault: Arc<OpenVault>,
    drafts: PathBuf,
    signs: Sender<Sign>,
    received: Receiver<Sign>,
    watcher: Option<Watcher>,
}

impl ClearKeeper {
    /// Watches the drafts folder, which is made if it is not there.
    pub(super) fn start(vault: Arc<OpenVault>, drafts: &Path) -> Self {
        let (signs, received) = channel();
        // Where it cannot be made there are no drafts, and that is no reason not to show the notes.
        let _ = std::fs::create_dir_all(drafts);
        let changed = signs.clone();
        // Where it cannot be watched it is looked at now and then.
        let watcher = watch_folder(drafts, move |_| drop(changed.send(Sign::Drafts))).ok();
        Self { vault, drafts: drafts.to_owned(), signs, received, watcher }
    }

    /// Tells the thread which clear files lie in the vault.
    pub(super) fn follower(&self) -> impl Fn(&Publisher) + Send + use<> {
        let signs = self.signs.clone();
        move |publisher| drop(signs.send(Sign::InVault(publisher.clear_files().to_vec())))
    }

    /// Begins.
    pub(super) fn begin(self) {
        // The vault is open and read; without this thread clear files wait for `seal`, as they do when nothing runs.
        let _ = spawn("clear-files", move || self.run());
    }

    fn run(self) {
        let Self { vault, drafts, signs: _signs, received, watcher: _watcher } = self;
        let mut pickup = ClearPickup::new(vault);
        let mut in_vault = Vec::new();
        let mut wait = Duration::ZERO;
        loop {
            match received.recv_timeout(wait) {
                Ok(Sign::InVault(files)) => in_vault = files,
                Ok(Sign::Drafts) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let mut files = crate::cli::drafts::notes_in(&drafts);
            files.extend(in_vault.iter().cloned());
            let (done, again) = pickup.take(&files);
            for one in &done {
                let text = one.to_string();
                if one.is_warning() { Word::Warn(text).send() } else { Word::Say(text).send() }
            }
            wait = if again { SOON } else { SELDOM };
        }
    }
}

//! The right to write: the vault's lock, and whatever an earlier run left half done finished first.

use super::failure::Failure;
use super::places::Places;
use super::session::Session;
use crate::keeping::{Workbench, seal_clear};
use crate::publish::Today;
use crate::vault::{Outcome, Vault, WriteLock};
use std::time::Duration;

/// How long the lock of another writer is waited for.
const LOCK_WAIT: Duration = Duration::from_secs(10);

impl Session {
    /// Takes the vault's lock and says what was finished of an interrupted run.
    pub(super) fn lock(&self, vault: &Vault) -> Result<WriteLock, Failure> {
        let lock = vault.lock(LOCK_WAIT)?;
        for left in vault.finish_interrupted(&lock)? {
            let what = match left.outcome {
                Outcome::Finished => "was finished".to_owned(),
                Outcome::Undone => "was not finished; what was there before is still there".to_owned(),
                Outcome::KeptBeside(path) => format!("met a change made elsewhere; both are kept, the other in {path}"),
                Outcome::Unreadable => "left a record that cannot be read; look at the note".to_owned(),
            };
            self.messages.say(&format!("note: an interrupted write of {} {what}", left.path));
        }
        Ok(lock)
    }

    /// A workbench in memory. What a killed run left on it is sealed as a note of its own first.
    pub(super) fn workbench(&self, vault: &Vault) -> Result<Workbench, Failure> {
        let bench = Workbench::new(vault.id(), &Places::memory_candidates())?;
        for folder in bench.leftovers()? {
            let lock = self.lock(vault)?;
            let mut all_sealed = true;
            for file in folder.files() {
                match seal_clear(vault, &lock, &file, false, Today::Local.day()) {
                    Ok(sealed) => {
                        self.messages.say(&format!("note: what an interrupted edit left was sealed as {}", sealed.note))
                    }
                    Err(_) => {
                        all_sealed = false;
                        self.messages.warn(&format!(
                            "what an interrupted edit left could not be sealed; it is at {}",
                            file.display()
                        ))
                    }
                }
            }
            if !all_sealed {
                folder.leave();
            }
        }
        Ok(bench)
    }
}

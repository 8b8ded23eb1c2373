//! The right to write: the vault's lock, and whatever an earlier run left half done finished first.

use super::failure::Failure;
use super::places::Places;
use super::session::Session;
use crate::keeping::desk::LateSaves;
use crate::keeping::{Workbench, holds_text, recover};
use crate::publish::Today;
use crate::vault::{OpenVault, Outcome, Vault, WriteLock};
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

    /// A workbench, in memory unless the user allows a disk. What a killed run left is sealed as notes of its own first,
    /// but for what is found, where the vault is opened, to be sealed already.
    pub(super) fn workbench(
        &self,
        vault: &Vault,
        opened: Option<&OpenVault>,
        allow_disk: bool,
    ) -> Result<Workbench, Failure> {
        let disk = allow_disk.then(|| self.places.state().join(vault.id().as_str()).join("clear"));
        let bench = Workbench::new(vault.id(), &Places::memory_candidates(), disk.as_deref())?;
        for folder in bench.leftovers()? {
            if !holds_text(&folder) {
                continue;
            }
            let lock = self.lock(vault)?;
            let found = recover(vault, opened, &lock, &folder, Today::Local.day());
            if !self.report_recovered(&found, "what an interrupted edit left") {
                folder.leave();
            }
        }
        self.seal_left_desk(vault, &bench)?;
        Ok(bench)
    }

    /// What was saved on a desk that was killed. It is sealed without a key here; the next desk puts it in its place.
    fn seal_left_desk(&self, vault: &Vault, bench: &Workbench) -> Result<(), Failure> {
        let Some(folder) = bench.left_desk()? else { return Ok(()) };
        let mut left = LateSaves::of(folder.path());
        let lock = self.lock(vault)?;
        for remark in left.collect(vault, &lock) {
            self.messages.say(&format!("note: from a desk that was interrupted: {remark}"));
        }
        if left.has_unsealed() {
            folder.leave();
        }
        Ok(())
    }
}

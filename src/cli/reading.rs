//! Opening the vault and reading notes for a command.

use super::failure::Failure;
use super::progress::Progress;
use super::session::Session;
use super::unlock;
use crate::publish::{Publisher, Scope, Today};
use crate::vault::OpenVault;

impl Session {
    /// The vault opened, asking for a passphrase if that must be.
    pub(super) fn open_vault(&self) -> Result<OpenVault, Failure> {
        unlock::open(self, self.vault()?)
    }

    /// Notes of a scope, read.
    pub(super) fn read(&self, scope: Scope, today: Today) -> Result<Publisher, Failure> {
        self.read_from(self.open_vault()?, scope, today)
    }

    /// Notes of a scope, read from an opened vault.
    pub(super) fn read_from(&self, vault: OpenVault, scope: Scope, today: Today) -> Result<Publisher, Failure> {
        let progress = Progress::new("opening notes", self.common.quiet);
        Ok(Publisher::open(vault, scope, today, &|done| progress.at(done))?)
    }
}

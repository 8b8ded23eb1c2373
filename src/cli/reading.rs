//! Opening the vault and reading notes for a command.

use super::failure::Failure;
use super::progress::Progress;
use super::session::Session;
use super::unlock;
use crate::domain::ClientCode;
use crate::publish::{Publisher, Scope, Today};
use crate::vault::{OpenVault, Vault};

impl Session {
    /// A client that is asked for must be there: a slip in a code would otherwise look like a client without notes.
    pub(super) fn require_client(&self, vault: &Vault, code: &ClientCode) -> Result<(), Failure> {
        if vault.clients()?.contains(code) {
            return Ok(());
        }
        Err(Failure::not_found(format!("cannot find client {code}")).hint("`throughline client list` shows the codes"))
    }

    /// Notes of one client that must be there, or of all.
    pub(super) fn read_client(
        &self,
        code: Option<&ClientCode>,
        with_process: bool,
        today: Today,
    ) -> Result<Publisher, Failure> {
        let vault = self.vault()?;
        code.map_or(Ok(()), |code| self.require_client(&vault, code))?;
        let scope = Scope { clients: code.into_iter().cloned().collect(), with_process, with_lists: true };
        self.read_from(unlock::open(self, vault)?, scope, today)
    }

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

//! Opening the vault, at first and again after a lock.
//!
//! In go a passphrase and a child's start; out comes a child that holds the vault. Either may take for ever (a window that
//! nobody sees, a vault on a disk that hangs), so both are waited for while signals are heard, and what was given up is
//! ended here. The passphrase goes to the child and stays nowhere.

use super::happenings::Unfinished;
use super::{Opening, say_all};
use crate::cli::failure::Failure;
use crate::cli::unlock::{self, Way};
use crate::cli::{Exit, pinentry, terminal};
use crate::gate::{Keeper, UnlockBy};
use crate::serve::DeskPlace;
use crate::vault::Passphrase;
use std::process::Command;
use zeroize::Zeroizing;

const QUESTION: &str = "Passphrase:";

impl Opening<'_> {
    /// Starts a child that opens the vault.
    pub(super) fn unlock(&mut self) -> Result<(), Unfinished> {
        let passphrase = if self.sealed { Some(self.passphrase()?) } else { None };
        self.runs += 1;
        let socket = self.socket_folder.path().join(format!("s{}", self.runs));
        self.handover.socket = self.gate.is_some().then(|| socket.clone());
        if let Some(desk) = &mut self.desk {
            say_all(self.session, desk.unlocking());
            self.handover.desk =
                Some(DeskPlace { folder: desk.path().to_owned(), marker: Some(desk.marker().word().to_owned()) });
        }
        let secret = passphrase.as_ref().map_or("", Passphrase::reveal);
        let bytes = self.handover.to_bytes(secret.as_bytes());
        let bytes =
            bytes.map_err(|fault| Failure::new(Exit::InputOutput, format!("cannot open the vault: {fault}")))?;
        drop(passphrase);
        let mut keeper = self.start(bytes)?;
        if let Some(words) = keeper.take_words() {
            self.happenings.listen_to(words)?;
        }
        self.keeper = Some(keeper);
        self.was_open = true;
        self.clock.touch();
        if let Some(gate) = &self.gate {
            gate.open_to(socket);
        }
        Ok(())
    }

    /// Asks for the passphrase. Given up, the window closes and the terminal is as it was.
    fn passphrase(&mut self) -> Result<Passphrase, Unfinished> {
        let (happenings, clock) = (&mut self.happenings, &self.clock);
        let mut wait = |ask: Asking| happenings.meanwhile(ask, || clock.is_up());
        let asked = match unlock::way(self.session)? {
            Way::File(file) => wait(Box::new(move || unlock::first_line(&file))),
            Way::Window(program) => {
                let (window, conversation) = pinentry::open(&program)?;
                let asked = wait(Box::new(move || conversation.ask(QUESTION).map(unlock::into_passphrase)));
                drop(window);
                asked
            }
            Way::Terminal => {
                let before = terminal::Manner::now();
                let asked = wait(Box::new(|| unlock::typed(QUESTION)));
                if asked.is_err() {
                    before.put_back();
                }
                asked
            }
        };
        Ok(asked??)
    }

    /// Starts the child and waits until it has opened the vault. Given up, it is ended.
    fn start(&mut self, handover: Zeroizing<Vec<u8>>) -> Result<Keeper, Unfinished> {
        let program = std::env::current_exe();
        let program =
            program.map_err(|cause| Failure::new(Exit::InputOutput, format!("cannot find this program: {cause}")))?;
        let mut command = Command::new(program);
        command.arg("keep-open");
        let (mut keeper, greeting) = Keeper::begin(command).map_err(Failure::from)?;
        let clock = &self.clock;
        let answer = self.happenings.meanwhile(move || greeting.exchange(handover), || clock.is_up())?;
        keeper.is_ready(answer.map_err(Failure::from)?);
        Ok(keeper)
    }

    /// How the page can have the vault opened again.
    pub(super) fn unlock_by(&self) -> UnlockBy {
        match self.can_unlock {
            true if !self.sealed || self.asks_by_itself() => UnlockBy::Asking,
            true => UnlockBy::Terminal,
            false => UnlockBy::Nothing,
        }
    }

    /// Whether the passphrase comes from a window or a file, and not from the terminal.
    fn asks_by_itself(&self) -> bool {
        matches!(unlock::way(self.session), Ok(Way::File(_) | Way::Window(_)))
    }

    /// The locked page's button: a window asks, or the terminal says what to do. Its reader is waiting at the terminal
    /// already, and nobody else may read while a passphrase is typed.
    pub(super) fn page_asks_to_unlock(&mut self) {
        if self.keeper.is_none() && self.unlock_by() == UnlockBy::Terminal {
            return self.session.messages.say("The page asks to be opened again: press Enter here.");
        }
        if self.keeper.is_some() || self.try_unlock() {
            self.clock.touch();
        }
        if let Some(gate) = &self.gate {
            gate.unlock_answered();
        }
    }

    /// Unlocks, or says why not.
    pub(super) fn try_unlock(&mut self) -> bool {
        match self.unlock() {
            Ok(()) => return true,
            Err(Unfinished::Ending) => {}
            Err(Unfinished::Failed(failure)) => {
                self.session.messages.failure(&failure);
                self.session.messages.say("Still locked. Enter tries again.");
            }
        }
        if let Some(desk) = &mut self.desk {
            let remarks = desk.locked(self.happenings.late_saves());
            say_all(self.session, remarks);
        }
        false
    }
}

type Asking = Box<dyn FnOnce() -> Result<Passphrase, Failure> + Send>;

//! One opening: the vault open in a child process, with pages, with a desk, or with both, and one lock for all.
//!
//! This process owns the terminal, the listener and the desk's folder, and holds no key. A lock ends the child and waits for
//! it; unlocking starts another. The desk's folder outlives the child: what an editor saves there after a lock is sealed
//! here, which needs no key.
//!
//! | module | what it is |
//! |---|---|
//! | `happenings` | everything that can happen, and the threads that tell of it |
//! | `unlocking` | the passphrase and the child's start, which may take for ever |
//! | `desk_folder` | the desk's folder, and late saves in it |
//! | `clock` | when to warn, when to lock, when to end |

mod clock;
mod desk_folder;
mod happenings;
mod unlocking;

use super::failure::Failure;
use super::holding::Word;
use super::session::Session;
use super::{Exit, pinentry, terminal};
use crate::gate::{Event, Gate, Keeper};
use crate::serve::Handover;
use clock::{Clock, Due};
pub(super) use desk_folder::DeskFolder;
use happenings::{Happening, Happenings, TICK, Unfinished};
use signal_hook::consts::{SIGINT, SIGUSR1};
use std::path::PathBuf;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;
use tempfile::TempDir;

/// How long the child may take to seal what was saved last and to empty the desk.
const CLOSING: Duration = Duration::from_secs(20);

/// What an opening is to be.
#[derive(Debug)]
pub(super) struct Plan {
    /// What the child is told.
    pub(super) handover: Handover,
    /// Whether an identity is sealed with a passphrase.
    pub(super) sealed: bool,
    /// Pages at this port, if any.
    pub(super) pages: Option<Pages>,
    /// A desk, if one is wanted.
    pub(super) desk: Option<DeskFolder>,
    /// Locks after this long without a sign of work.
    pub(super) lock_after: Duration,
    /// Ends after this long, if said.
    pub(super) ends_after: Option<Duration>,
}

/// Pages to serve.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pages {
    pub(super) port: u16,
    /// Open the first page in the browser.
    pub(super) open: bool,
}

struct Opening<'a> {
    session: &'a Session,
    handover: Handover,
    sealed: bool,
    gate: Option<Gate>,
    desk: Option<DeskFolder>,
    keeper: Option<Keeper>,
    socket_folder: TempDir,
    runs: u32,
    was_open: bool,
    can_unlock: bool,
    clock: Clock,
    happenings: Happenings,
}

/// Holds the vault open until somebody ends it.
pub(super) fn hold_open(session: &Session, plan: Plan) -> Result<Exit, Failure> {
    let gate = plan.pages.map(|pages| Gate::bind(pages.port)).transpose()?;
    let mut opening = Opening {
        session,
        handover: plan.handover,
        sealed: plan.sealed,
        gate,
        desk: plan.desk,
        keeper: None,
        socket_folder: private_folder()?,
        runs: 0,
        was_open: false,
        can_unlock: terminal::can_ask() || (plan.pages.is_some() && pinentry::program().is_some()),
        clock: Clock::new(plan.lock_after, plan.ends_after),
        happenings: Happenings::new(),
    };
    opening.happenings.listen_for_signals()?;
    match opening.unlock() {
        Ok(()) => opening.begin(plan.pages)?,
        // Running is ending then.
        Err(Unfinished::Ending) => {}
        Err(Unfinished::Failed(failure)) => {
            opening.end();
            return Err(failure);
        }
    }
    opening.run()
}

impl Opening<'_> {
    /// Ends the child and waits for it: then what it held is gone. The pages are gone at once; the desk is sealed and
    /// emptied first.
    fn lock(&mut self) {
        if let Some(gate) = &self.gate {
            gate.lock();
        }
        if let Some(keeper) = self.keeper.take() {
            if self.desk.is_some() { keeper.close(CLOSING) } else { keeper.end() }
        }
        if let Some(socket) = &self.handover.socket {
            let _ = std::fs::remove_file(socket);
        }
        // What the child said last, before anything is said of the lock.
        while let Some(word) = self.happenings.word_left() {
            self.hear(word);
        }
    }

    /// Starts everything that can make something happen, and says where things are.
    fn begin(&mut self, pages: Option<Pages>) -> Result<(), Failure> {
        if let Some(gate) = &self.gate {
            gate.lock_after(Some(self.clock.lock_after()));
            gate.unlock_by(self.unlock_by());
            if !gate.knows_users() {
                let text = "this system does not tell whose a connection is: other users of this machine reach the \
                            login page, and only the token keeps them out";
                self.session.messages.warn(text);
            }
            self.happenings.listen_to_gate(gate)?;
        }
        if terminal::can_ask() {
            self.happenings.listen_to_terminal()?;
        }
        if let Some(address) = self.new_entry()? {
            let end = "Enter makes a new one; Ctrl-C ends.";
            self.session.messages.say(&format!("This address works once, within two minutes. {end}"));
            if pages.is_some_and(|pages| pages.open) && open::that_detached(&address).is_err() {
                self.session.messages.warn("no browser could be opened; open the address above yourself");
            }
        }
        if let Some(desk) = &self.desk {
            self.session.output.text(&format!("{}\n", desk.path().display()))?;
            let end = if self.gate.is_some() { "" } else { " Ctrl-C ends." };
            self.session.messages.say(&format!("The desk is open in that folder: every save is sealed.{end}"));
        }
        Ok(())
    }

    fn run(&mut self) -> Result<Exit, Failure> {
        loop {
            let ended = match self.happenings.next(TICK) {
                Ok(Happening::Gate(Event::LockAsked | Event::IdleLimitReached) | Happening::Signal(SIGUSR1)) => {
                    self.locked()
                }
                Ok(Happening::Gate(Event::UnlockAsked)) => {
                    self.page_asks_to_unlock();
                    None
                }
                Ok(Happening::Gate(Event::EntrySpent)) | Err(RecvTimeoutError::Timeout) => self.look_around(),
                // Work after a long sleep comes too late to put the lock off.
                Ok(Happening::Word(Word::Busy)) => self.look_around().or_else(|| self.worked()),
                Ok(Happening::Word(word)) => {
                    self.hear(word);
                    None
                }
                Ok(Happening::LateSave) => {
                    say_all(self.session, self.desk.as_mut().map(DeskFolder::late_save).unwrap_or_default());
                    None
                }
                Ok(Happening::Enter) => {
                    let ended = self.look_around().or_else(|| self.enter());
                    self.happenings.read_on();
                    ended
                }
                Ok(Happening::TerminalGone | Happening::WorkDone) => None,
                Ok(Happening::Signal(SIGINT)) => Some(Exit::Interrupted),
                Ok(Happening::Signal(_)) | Err(RecvTimeoutError::Disconnected) => Some(Exit::Done),
            };
            if let Some(exit) = ended {
                return Ok(if self.end() { exit } else { Exit::Problems });
            }
        }
    }

    /// Ends everything. Says whether nothing unsealed is left on the desk, and no copy elsewhere.
    fn end(&mut self) -> bool {
        self.lock();
        if let Some(gate) = &self.gate {
            gate.stop();
        }
        let Some(desk) = self.desk.take() else { return true };
        let no_copies = !self.was_open || desk.look_for_copies(self.session);
        let (remarks, left) = desk.end();
        say_all(self.session, remarks);
        if let Some(left) = &left {
            let warning = format!("text that could not be sealed is still in {} (in memory)", left.display());
            self.session.messages.warn(&warning);
        }
        left.is_none() && no_copies
    }

    /// Locks. Where nobody can unlock again and no late save can come, that is the end.
    fn locked(&mut self) -> Option<Exit> {
        self.keeper.as_ref()?;
        self.lock();
        let mut remarks = Vec::new();
        if let Some(desk) = &mut self.desk {
            remarks = desk.locked(self.happenings.late_saves());
            desk.look_for_copies(self.session);
        }
        say_all(self.session, remarks);
        match (self.can_unlock, &self.desk) {
            (true, _) if terminal::can_ask() => self.session.messages.say("Locked. Enter unlocks."),
            (true, _) => self.session.messages.say("Locked. The page can open it again."),
            (false, Some(_)) => {
                let text =
                    "Locked. There is no terminal to unlock from; what editors still save is sealed until this ends.";
                self.session.messages.say(text);
            }
            (false, None) => {
                self.session.messages.say("Locked. There is no terminal to unlock from, so this ends here.");
                return Some(Exit::Done);
            }
        }
        None
    }

    /// A child that ended by itself is a lock; so is a long time without a sign of work.
    fn look_around(&mut self) -> Option<Exit> {
        let gone = self.keeper.as_mut().is_some_and(Keeper::has_ended);
        if gone {
            self.session.messages.warn("the process that held the notes ended unexpectedly");
            return self.locked();
        }
        let idle = self.gate.as_ref().map(Gate::idle_for);
        match self.clock.due(self.keeper.is_some(), idle) {
            Some(Due::End) => return Some(Exit::Done),
            Some(Due::Lock) => return self.locked(),
            Some(Due::WarnOfEnd(left)) => self.warn("This closes", left),
            Some(Due::WarnOfLock(left)) if self.desk.is_some() => self.warn("This locks", left),
            Some(Due::WarnOfLock(_)) | None => {}
        }
        None
    }

    fn warn(&self, what: &str, left: Duration) {
        let seconds = left.as_secs().max(1);
        let text =
            format!("{what} in {seconds} seconds: save what you are writing. What is saved later is sealed too.");
        self.session.messages.say(&text);
    }

    fn enter(&mut self) -> Option<Exit> {
        let opened = self.keeper.is_some() || self.try_unlock();
        if let Some(gate) = &self.gate {
            gate.unlock_answered();
        }
        if !opened {
            return None;
        }
        // The fresh address must find it open for as long as the terminal says.
        self.worked();
        match self.new_entry() {
            Ok(Some(_)) => None,
            Ok(None) => {
                self.session.messages.say("The desk is open.");
                None
            }
            Err(_) => Some(Exit::InputOutput),
        }
    }

    /// Prints a fresh address, if pages are served.
    fn new_entry(&self) -> Result<Option<String>, Failure> {
        let Some(gate) = &self.gate else { return Ok(None) };
        let address = gate.new_entry();
        self.session.output.text(&format!("{address}\n"))?;
        Ok(Some(address))
    }

    fn hear(&mut self, word: Word) {
        match word {
            Word::Say(text) => self.session.messages.say(&text),
            Word::Warn(text) => self.session.messages.warn(&text),
            Word::Busy => drop(self.worked()),
        }
    }

    /// Somebody is at work: the idle time begins anew, in the terminal and at the gate.
    fn worked(&mut self) -> Option<Exit> {
        self.clock.touch();
        if let Some(gate) = &self.gate {
            gate.touch();
        }
        None
    }
}

/// Says what happened on the desk.
fn say_all(session: &Session, remarks: Vec<crate::keeping::desk::Remark>) {
    for remark in remarks.iter().filter(|remark| remark.is_news()) {
        if remark.is_warning() {
            session.messages.warn(&remark.to_string());
        } else {
            session.messages.say(&remark.to_string());
        }
    }
}

/// A folder nobody else can look into, for the private socket: in the user's runtime folder, else the system's.
fn private_folder() -> Result<TempDir, Failure> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("throughline-");
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute());
    let made = runtime.and_then(|folder| builder.tempdir_in(folder).ok()).map_or_else(|| builder.tempdir(), Ok);
    made.map_err(|cause| Failure::new(Exit::InputOutput, format!("cannot make a private folder: {cause}")))
}

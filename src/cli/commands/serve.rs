//! `serve` and `demo`: the timeline in the browser.
//!
//! This process owns the terminal and the listener and holds no key: the vault is opened by a child process behind a
//! private socket. A lock ends the child and waits for it; unlocking starts another.

use super::client_code;
use crate::cli::failure::Failure;
use crate::cli::options::TodayOption;
use crate::cli::session::Session;
use crate::cli::{Exit, terminal, unlock};
use crate::domain::ClientCode;
use crate::gate::{Event, Gate, Keeper};
use crate::publish::{DEMO_TODAY, Today};
use crate::serve::{Handover, Source};
use crate::vault::Passphrase;
use clap::Args;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGUSR1};
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;
use tempfile::TempDir;

/// Serve the timeline on this machine
///
/// Prints an address with a one-time token; Enter prints another. Only this machine can reach it.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    listening: Listening,
    /// Open only this client's notes; may be given again
    #[arg(long, value_name = "CODE", value_parser = client_code)]
    client: Vec<ClientCode>,
    /// Open process notes too
    #[arg(long)]
    with_process: bool,
    /// Templates that replace built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    #[command(flatten)]
    today: TodayOption,
}

/// Serve the example vault that ships inside this program
///
/// Nothing to set up, no passphrase. The notes are fiction.
#[derive(Debug, Args)]
pub(in crate::cli) struct DemoArguments {
    #[command(flatten)]
    listening: Listening,
}

/// Where and how long.
#[derive(Debug, Args)]
struct Listening {
    /// The port on 127.0.0.1 [default: any that is free]
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// Lock after this long without a request (90s, 60m, 2h)
    #[arg(long, value_name = "TIME", default_value = "60m", value_parser = duration)]
    lock_after: Duration,
}

/// Serves a vault.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let vault = session.vault()?;
    let root = vault.root().map(Path::to_owned).unwrap_or_default();
    let identities = unlock::identity_files(session)?;
    let identities =
        identities.iter().map(|file| std::path::absolute(file).unwrap_or_else(|_| file.clone())).collect::<Vec<_>>();
    let sealed = unlock::needs_passphrase(&identities)?;
    let root = std::path::absolute(&root).unwrap_or(root);
    let source = Source::Folder { root, state: session.places.state().to_owned(), identities };
    let mut handover = Handover::new(source, PathBuf::new());
    handover.clients = arguments.client.iter().map(ToString::to_string).collect();
    handover.with_process = arguments.with_process;
    handover.templates = arguments.templates.as_deref().map_or(Ok(Vec::new()), templates)?;
    if let Today::Pinned(day) = session.today(arguments.today.today.as_deref())? {
        handover.today = Some(day.to_string());
    }
    serve(session, &arguments.listening, handover, sealed)
}

/// Serves the example.
pub(in crate::cli) fn run_demo(session: &Session, arguments: DemoArguments) -> Result<Exit, Failure> {
    let mut handover = Handover::new(Source::Demo, PathBuf::new());
    handover.today = Some(DEMO_TODAY.to_owned());
    session.messages.say(&format!("The example: four invented clients. In it, today is {DEMO_TODAY}."));
    serve(session, &arguments.listening, handover, false)
}

/// Everything that can happen while serving.
enum Happening {
    Gate(Event),
    Enter,
    TerminalGone,
    Signal(i32),
}

struct Serving<'a> {
    session: &'a Session,
    gate: Gate,
    handover: Handover,
    sealed: bool,
    keeper: Option<Keeper>,
    folder: TempDir,
    runs: u32,
    can_unlock: bool,
    lock_after: Duration,
    /// Lets the terminal be read again: nobody else may read while a passphrase is typed.
    read_on: Option<Sender<()>>,
}

fn serve(session: &Session, listening: &Listening, handover: Handover, sealed: bool) -> Result<Exit, Failure> {
    let gate = Gate::bind(listening.port)?;
    let folder = private_folder()?;
    let can_unlock = terminal::can_ask();
    let mut serving = Serving {
        session,
        gate,
        handover,
        sealed,
        keeper: None,
        folder,
        runs: 0,
        can_unlock,
        lock_after: listening.lock_after,
        read_on: None,
    };
    serving.unlock()?;
    serving.gate.lock_after(Some(listening.lock_after));
    let (happened, happenings) = channel();
    serving.listen(&happened)?;
    let address = serving.gate.new_entry();
    session.output.text(&format!("{address}\n"))?;
    session.messages.say("This address works once, within two minutes. Enter makes a new one; Ctrl-C ends.");
    if listening.open && open::that_detached(&address).is_err() {
        session.messages.warn("no browser could be opened; open the address above yourself");
    }
    serving.run(&happenings)
}

impl Serving<'_> {
    /// Starts a child that opens the vault.
    fn unlock(&mut self) -> Result<(), Failure> {
        let passphrase = if self.sealed { Some(unlock::passphrase(self.session, "Passphrase:")?) } else { None };
        self.runs += 1;
        self.handover.socket = self.folder.path().join(format!("s{}", self.runs));
        let secret = passphrase.as_ref().map_or("", Passphrase::reveal);
        let bytes = self.handover.to_bytes(secret.as_bytes());
        let bytes = bytes.map_err(|fault| Failure::new(Exit::InputOutput, format!("cannot start serving: {fault}")))?;
        drop(passphrase);
        let program = std::env::current_exe();
        let program =
            program.map_err(|cause| Failure::new(Exit::InputOutput, format!("cannot find this program: {cause}")))?;
        let mut command = std::process::Command::new(program);
        command.arg("keep-open");
        self.keeper = Some(Keeper::spawn(command, bytes)?);
        self.gate.open_to(self.handover.socket.clone());
        Ok(())
    }

    /// Ends the child and waits for it: then what it held is gone.
    fn lock(&mut self) {
        self.gate.lock();
        if let Some(keeper) = self.keeper.take() {
            keeper.end();
        }
        let _ = std::fs::remove_file(&self.handover.socket);
    }

    /// Starts everything that can make something happen.
    fn listen(&mut self, happened: &Sender<Happening>) -> Result<(), Failure> {
        let (send, events) = channel();
        self.gate.start(send)?;
        let forward = happened.clone();
        spawn("gate-events", move || events.into_iter().all(|event| forward.send(Happening::Gate(event)).is_ok()))?;
        let signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP, SIGUSR1]);
        let mut signals =
            signals.map_err(|cause| Failure::new(Exit::InputOutput, format!("cannot watch for signals: {cause}")))?;
        let forward = happened.clone();
        spawn("signals", move || signals.forever().all(|signal| forward.send(Happening::Signal(signal)).is_ok()))?;
        if terminal::can_ask() {
            let forward = happened.clone();
            let (read_on, may_read) = channel();
            self.read_on = Some(read_on);
            spawn("terminal", move || follow_terminal(&forward, &may_read))?;
        }
        Ok(())
    }

    fn run(&mut self, happenings: &Receiver<Happening>) -> Result<Exit, Failure> {
        loop {
            let ended = match happenings.recv_timeout(Duration::from_millis(500)) {
                Ok(Happening::Gate(Event::LockAsked | Event::IdleLimitReached)) | Ok(Happening::Signal(SIGUSR1)) => {
                    self.locked()
                }
                Ok(Happening::Gate(Event::EntrySpent)) | Err(RecvTimeoutError::Timeout) => self.look_around(),
                Ok(Happening::Enter) => {
                    let ended = self.enter();
                    // The reader is gone only when the terminal is.
                    let _ = self.read_on.as_ref().map(|read_on| read_on.send(()));
                    ended
                }
                Ok(Happening::TerminalGone) => None,
                Ok(Happening::Signal(SIGINT)) => Some(Exit::Interrupted),
                Ok(Happening::Signal(_)) | Err(RecvTimeoutError::Disconnected) => Some(Exit::Done),
            };
            if let Some(exit) = ended {
                self.lock();
                self.gate.stop();
                return Ok(exit);
            }
        }
    }

    /// Locks. Where nobody can unlock again, that is the end.
    fn locked(&mut self) -> Option<Exit> {
        self.keeper.as_ref()?;
        self.lock();
        if !self.can_unlock {
            self.session.messages.say("Locked. There is no terminal to unlock from, so this ends here.");
            return Some(Exit::Done);
        }
        self.session.messages.say("Locked. Enter unlocks.");
        None
    }

    /// A child that ended by itself is a lock; so is a long time without a request.
    fn look_around(&mut self) -> Option<Exit> {
        let gone = self.keeper.as_mut().is_some_and(Keeper::has_ended);
        if gone {
            self.session.messages.warn("the process that held the notes ended unexpectedly");
            return self.locked();
        }
        // The machine may have slept through the limit; the gate's clock counts that too.
        let idle = self.keeper.is_some() && self.gate.idle_for() >= self.lock_after;
        if idle { self.locked() } else { None }
    }

    fn enter(&mut self) -> Option<Exit> {
        if self.keeper.is_none()
            && let Err(failure) = self.unlock()
        {
            self.session.messages.failure(&failure);
            self.session.messages.say("Still locked. Enter tries again.");
            return None;
        }
        let address = self.gate.new_entry();
        match self.session.output.text(&format!("{address}\n")) {
            Ok(()) => None,
            Err(_) => Some(Exit::InputOutput),
        }
    }
}

/// Starts a thread that forwards happenings; it ends when nobody listens any more.
fn spawn(name: &str, work: impl FnOnce() -> bool + Send + 'static) -> Result<(), Failure> {
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(work);
    thread.map(drop).map_err(|cause| Failure::new(Exit::InputOutput, format!("cannot start a thread: {cause}")))
}

/// Tells of each Enter, then waits until it was dealt with: a passphrase that is typed meanwhile is not for this reader.
/// A closed terminal is left to SIGHUP.
fn follow_terminal(happened: &Sender<Happening>, may_read: &Receiver<()>) -> bool {
    let Ok(terminal) = std::fs::File::open("/dev/tty") else { return false };
    let mut lines = std::io::BufReader::new(terminal);
    let mut line = String::new();
    loop {
        line.clear();
        match lines.read_line(&mut line) {
            Ok(0) | Err(_) => return happened.send(Happening::TerminalGone).is_ok(),
            Ok(_) => {
                if happened.send(Happening::Enter).is_err() || may_read.recv().is_err() {
                    return false;
                }
            }
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

/// Templates by file name. Only files the user names are read, never files of the vault.
fn templates(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let failed = |cause: std::io::Error| Failure::file("read templates in", folder, &cause);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)?.flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let text = std::fs::read_to_string(entry.path()).map_err(failed)?;
            found.push((entry.file_name().to_string_lossy().into_owned(), text));
        }
    }
    found.sort();
    Ok(found)
}

/// `90s`, `60m`, `2h`.
fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let seconds = match unit {
        "s" => 1,
        "m" | "" => 60,
        "h" => 3600,
        _ => return Err("write 90s, 60m or 2h".to_owned()),
    };
    let number: u64 = number.parse().map_err(|_| "write 90s, 60m or 2h".to_owned())?;
    if number == 0 || number > 1_000_000 {
        return Err("between one second and a few days".to_owned());
    }
    Ok(Duration::from_secs(number * seconds))
}

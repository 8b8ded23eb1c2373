//! Everything that can happen while the vault is open, and the threads that tell of it.

use crate::cli::Exit;
use crate::cli::failure::Failure;
use crate::cli::holding::Word;
use crate::gate::{Event, Gate};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGUSR1};
use std::collections::VecDeque;
use std::io::BufRead;
use std::process::ChildStdout;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often the clock is looked at.
pub(super) const TICK: Duration = Duration::from_millis(500);

/// One thing that happened.
pub(super) enum Happening {
    Gate(Event),
    Word(Word),
    LateSave,
    Enter,
    TerminalGone,
    Signal(i32),
    /// What was waited for with [`Happenings::meanwhile`] is done, or was given up long ago.
    WorkDone,
}

impl Happening {
    /// Whether it is to end the program.
    fn ends(&self) -> bool {
        matches!(self, Self::Signal(signal) if *signal != SIGUSR1)
    }
}

/// Why something that was waited for did not come.
pub(super) enum Unfinished {
    /// The program is to end: a signal is the next happening, or the time is up.
    Ending,
    /// It went wrong.
    Failed(Failure),
}

impl From<Failure> for Unfinished {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// All of them, in order.
pub(super) struct Happenings {
    send: Sender<Happening>,
    receive: Receiver<Happening>,
    /// What was received while only words were wanted, or something else was waited for.
    waiting: VecDeque<Happening>,
    /// Lets the terminal be read again: nobody else may read while a passphrase is typed.
    read_on: Option<Sender<()>>,
    /// The thread that hears the child.
    hearing: Option<JoinHandle<()>>,
}

impl Happenings {
    pub(super) fn new() -> Self {
        let (send, receive) = channel();
        Self { send, receive, waiting: VecDeque::new(), read_on: None, hearing: None }
    }

    /// The next one, if there is one within a time.
    pub(super) fn next(&mut self, wait: Duration) -> Result<Happening, RecvTimeoutError> {
        self.waiting.pop_front().map_or_else(|| self.receive.recv_timeout(wait), Ok)
    }

    /// A word of a child that has ended, if there is one left. Everything else stays in order.
    pub(super) fn word_left(&mut self) -> Option<Word> {
        // The thread ends when the child's output does; then everything it said is here.
        if let Some(hearing) = self.hearing.take() {
            let _ = hearing.join();
        }
        self.waiting.extend(self.receive.try_iter());
        let at = self.waiting.iter().position(|happening| matches!(happening, Happening::Word(_)))?;
        match self.waiting.remove(at) {
            Some(Happening::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Has something done in a thread that may take for ever, and waits for it, at most until the program is to end: by a
    /// signal, or because the time `is_up`. Everything else that happens stays in order, for later. What is given up goes
    /// on until whoever called ends it.
    pub(super) fn meanwhile<T: Send + 'static>(
        &mut self,
        work: impl FnOnce() -> T + Send + 'static,
        is_up: impl Fn() -> bool,
    ) -> Result<T, Unfinished> {
        let (tell, told) = channel();
        let send = self.send.clone();
        spawn("waited-for", move || {
            // Nobody listens any more when it was given up.
            let _ = tell.send(work());
            let _ = send.send(Happening::WorkDone);
        })?;
        loop {
            match told.try_recv() {
                Ok(result) => return Ok(result),
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => return Err(Failure::new(Exit::InputOutput, "a thread ended").into()),
            }
            if let Some(signal) = self.waiting.iter().position(Happening::ends).and_then(|at| self.waiting.remove(at)) {
                self.waiting.push_front(signal);
                return Err(Unfinished::Ending);
            }
            if is_up() {
                return Err(Unfinished::Ending);
            }
            self.waiting.extend(self.receive.recv_timeout(TICK));
        }
    }

    /// What to call when something was saved after a lock.
    pub(super) fn late_saves(&self) -> impl Fn() + Send + 'static + use<> {
        let send = self.send.clone();
        move || drop(send.send(Happening::LateSave))
    }

    pub(super) fn listen_for_signals(&self) -> Result<(), Failure> {
        let signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP, SIGUSR1]);
        let mut signals =
            signals.map_err(|cause| Failure::new(Exit::InputOutput, format!("cannot watch for signals: {cause}")))?;
        let send = self.send.clone();
        let forward = move || {
            let _ = signals.forever().all(|signal| send.send(Happening::Signal(signal)).is_ok());
        };
        spawn("signals", forward).map(drop)
    }

    pub(super) fn listen_to_gate(&self, gate: &Gate) -> Result<(), Failure> {
        let (tell, events) = channel();
        gate.start(tell)?;
        let send = self.send.clone();
        let forward = move || {
            let _ = events.into_iter().all(|event| send.send(Happening::Gate(event)).is_ok());
        };
        spawn("gate-events", forward).map(drop)
    }

    /// Hears what the child says, until it ends.
    pub(super) fn listen_to(&mut self, words: std::io::BufReader<ChildStdout>) -> Result<(), Failure> {
        let send = self.send.clone();
        let heard = spawn("child-words", move || {
            for line in words.lines() {
                let Ok(line) = line else { return };
                if let Some(word) = Word::parse(&line)
                    && send.send(Happening::Word(word)).is_err()
                {
                    return;
                }
            }
        });
        self.hearing = Some(heard?);
        Ok(())
    }

    pub(super) fn listen_to_terminal(&mut self) -> Result<(), Failure> {
        let send = self.send.clone();
        let (read_on, may_read) = channel();
        self.read_on = Some(read_on);
        spawn("terminal", move || follow_terminal(&send, &may_read)).map(drop)
    }

    /// Lets the terminal be read again.
    pub(super) fn read_on(&self) {
        // The reader is gone only when the terminal is.
        let _ = self.read_on.as_ref().map(|read_on| read_on.send(()));
    }
}

/// Starts a thread; it ends when nobody listens any more.
fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Failure> {
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(work);
    thread.map_err(|cause| Failure::new(Exit::InputOutput, format!("cannot start a thread: {cause}")))
}

/// Tells of each Enter, then waits until it was dealt with: a passphrase that is typed meanwhile is not for this reader.
/// A closed terminal is left to SIGHUP.
fn follow_terminal(happened: &Sender<Happening>, may_read: &Receiver<()>) {
    let Ok(terminal) = std::fs::File::open("/dev/tty") else { return };
    let mut lines = std::io::BufReader::new(terminal);
    let mut line = String::new();
    loop {
        line.clear();
        match lines.read_line(&mut line) {
            Ok(0) | Err(_) => return drop(happened.send(Happening::TerminalGone)),
            Ok(_) => {
                if happened.send(Happening::Enter).is_err() || may_read.recv().is_err() {
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    /// Never done.
    fn for_ever() {
        let (_nobody, word) = channel::<()>();
        let _ = word.recv();
    }

    #[test]
    fn what_takes_for_ever_is_given_up_at_a_signal_to_end_which_then_comes_first() {
        let mut happenings = Happenings::new();
        for happening in [Happening::Enter, Happening::Signal(SIGUSR1), Happening::Signal(SIGTERM)] {
            happenings.send.send(happening).unwrap_or_default();
        }
        assert!(matches!(happenings.meanwhile(for_ever, || false), Err(Unfinished::Ending)));
        assert!(matches!(happenings.meanwhile(for_ever, || false), Err(Unfinished::Ending)), "still to be dealt with");
        assert!(matches!(happenings.next(TICK), Ok(Happening::Signal(SIGTERM))));
        assert!(matches!(happenings.next(TICK), Ok(Happening::Enter)));
        assert!(matches!(happenings.next(TICK), Ok(Happening::Signal(SIGUSR1))));
    }

    #[test]
    fn what_takes_for_ever_is_given_up_when_the_time_is_up() {
        let (mut happenings, begun) = (Happenings::new(), Instant::now());
        let is_up = || begun.elapsed() > Duration::from_millis(10);
        assert!(matches!(happenings.meanwhile(for_ever, is_up), Err(Unfinished::Ending)));
    }

    #[test]
    fn what_is_done_comes_back_and_what_happened_meanwhile_stays() {
        let mut happenings = Happenings::new();
        happenings.send.send(Happening::Enter).unwrap_or_default();
        let (go, may_go) = channel::<()>();
        let work = move || may_go.recv().map_or("too early", |()| "done");
        go.send(()).unwrap_or_default();
        assert!(matches!(happenings.meanwhile(work, || false), Ok("done")));
        let rest: Vec<_> = std::iter::from_fn(|| happenings.next(Duration::ZERO).ok()).collect();
        assert!(rest.iter().any(|happening| matches!(happening, Happening::Enter)));
    }
}

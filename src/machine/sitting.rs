//! A sitting: from laying a note out until it is wiped, no signal ends the program.
//!
//! In go an editor's command and other work that takes as long as a person does; out comes how it ended, and whether
//! somebody asked the program to end. Ctrl-C belongs to the editor while it runs. A closed terminal or a request to
//! end is handed to the editor, which gets a few seconds; what it saved is then kept by the caller.

use super::processes::with_descendants;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};
use std::cell::Cell;
use std::io;
use std::process::{Command, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// An editor that ends sooner did not have a person in front of it: nobody reads and closes a note within a second.
pub const AT_ONCE: Duration = Duration::from_secs(1);

/// How long an editor may take to end once it was asked to. Emergency copies are written within a second or two, on a
/// busy machine within ten.
const GRACE: Duration = Duration::from_secs(20);

/// How often a process that cannot be waited for is looked at.
const LOOK: Duration = Duration::from_millis(200);

enum Event {
    Done(u64),
    Signal(i32),
}

/// A stretch of time in which signals are noted instead of ending the program.
#[derive(Debug)]
pub struct Sitting {
    events: Receiver<Event>,
    sender: Sender<Event>,
    signals: Handle,
    works: Cell<u64>,
    interrupted: Cell<bool>,
}

impl Sitting {
    /// Begins.
    ///
    /// # Errors
    /// When the system does not let signals be noted.
    pub fn begin() -> io::Result<Self> {
        let mut signals = Signals::new([SIGINT, SIGQUIT, SIGTERM, SIGHUP])?;
        let (handle, (sender, events)) = (signals.handle(), channel());
        let noting = sender.clone();
        std::thread::spawn(move || {
            for signal in signals.forever() {
                if noting.send(Event::Signal(signal)).is_err() {
                    return;
                }
            }
        });
        Ok(Self { events, sender, signals: handle, works: Cell::new(0), interrupted: Cell::new(false) })
    }

    /// Whether somebody asked the program to end.
    pub fn is_interrupted(&self) -> bool {
        while let Ok(event) = self.events.try_recv() {
            if let Event::Signal(_) = event {
                self.interrupted.set(true);
            }
        }
        self.interrupted.get()
    }

    /// Runs a program to its end.
    ///
    /// # Errors
    /// When it does not start.
    pub fn run(&self, command: &mut Command) -> io::Result<ExitStatus> {
        let mut child = command.spawn()?;
        let pid = Pid::from_child(&child);
        // Only looks: the process stays known to the system until it is reaped below, so its number is not used again.
        let mine = self.work(move || {
            while let Err(rustix::io::Errno::INTR) =
                waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT)
            {}
        });
        let mut killed_at: Option<Instant> = None;
        loop {
            let event = match killed_at {
                None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => self.events.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            match event {
                Ok(Event::Done(work)) if work == mine => break,
                Ok(Event::Done(_)) => {}
                Ok(Event::Signal(SIGINT | SIGQUIT)) => {}
                Ok(Event::Signal(signal)) => {
                    self.interrupted.set(true);
                    send(pid, if signal == SIGHUP { Signal::HUP } else { Signal::TERM });
                    killed_at.get_or_insert(Instant::now() + GRACE);
                }
                Err(RecvTimeoutError::Timeout) => {
                    send(pid, Signal::KILL);
                    killed_at = Some(Instant::now() + GRACE);
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        child.wait()
    }

    /// Waits as long as something is so, unless somebody asks the program to end.
    pub fn wait_while(&self, mut is_so: impl FnMut() -> bool) {
        while !self.interrupted.get() && is_so() {
            if let Ok(Event::Signal(_)) = self.events.recv_timeout(LOOK) {
                self.interrupted.set(true);
            }
        }
    }

    /// Does work that waits for a person, such as asking a question. None when a signal came first.
    pub fn or_interrupted<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        if self.interrupted.get() {
            return None;
        }
        let (give, take) = channel();
        let mine = self.work(move || {
            let _ = give.send(work());
        });
        loop {
            match self.events.recv() {
                Ok(Event::Done(work)) if work == mine => return take.try_recv().ok(),
                Ok(Event::Done(_)) => {}
                Ok(Event::Signal(_)) | Err(_) => {
                    self.interrupted.set(true);
                    return None;
                }
            }
        }
    }

    /// Begins work in a thread of its own; an event with its number says that it is done.
    fn work(&self, work: impl FnOnce() + Send + 'static) -> u64 {
        let (mine, done) = (self.works.get() + 1, self.sender.clone());
        self.works.set(mine);
        std::thread::spawn(move || {
            work();
            let _ = done.send(Event::Done(mine));
        });
        mine
    }
}

impl Drop for Sitting {
    fn drop(&mut self) {
        self.signals.close();
    }
}

/// To the program and what it started: a shell that is told to end leaves its editor behind.
fn send(pid: Pid, signal: Signal) {
    for pid in with_descendants(pid) {
        // One that ended meanwhile needs no signal.
        let _ = kill_process(pid, signal);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    #[test]
    fn a_program_runs_to_its_end_and_work_gives_its_result() {
        let sitting = Sitting::begin().unwrap();
        assert_eq!(sitting.run(&mut Command::new("true")).unwrap().code(), Some(0));
        assert_eq!(sitting.run(Command::new("sh").args(["-c", "exit 3"])).unwrap().code(), Some(3));
        assert_eq!(sitting.or_interrupted(|| 7), Some(7));
        assert!(sitting.run(&mut Command::new("/no/such/program")).is_err());
        assert!(!sitting.is_interrupted());
    }

    #[test]
    fn a_signal_reaches_what_a_shell_started() {
        let mut child = Command::new("sh").args(["-c", "sleep 600 & wait"]).spawn().unwrap();
        let pid = Pid::from_child(&child);
        while with_descendants(pid).len() < 2 {
            std::thread::yield_now();
        }
        let all = with_descendants(pid);
        send(pid, Signal::KILL);
        assert_eq!(child.wait().unwrap().signal(), Some(9));
        let sleeper = format!("/proc/{}/cmdline", all[1].as_raw_nonzero());
        while std::fs::read(&sleeper).is_ok_and(|arguments| !arguments.is_empty()) {
            std::thread::yield_now();
        }
    }
}

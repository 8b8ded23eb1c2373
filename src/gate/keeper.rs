//! The child process that keeps the keys and the notes.
//!
//! In: a command, and what it must be told to open the vault. Out: a child that answers, or its reason not to. The
//! protocol is one line: `ready`, or `failed CODE` followed by a message up to the end of the stream. The child's
//! standard input stays open as long as the [`Keeper`] lives; when it ends, the gate is gone and the child ends too. Lines
//! that come later are passed on as they are. It never outlives its handle: dropping it kills the child and waits.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

/// The first line, of which more than this is none.
const MOST_LINE: u64 = 256;
/// How often it is looked whether the child has ended.
const LOOK: Duration = Duration::from_millis(5);
/// The reason for a refusal.
const MOST_MESSAGE: u64 = 64 * 1024;

/// Why there is no child.
#[derive(Debug, thiserror::Error)]
pub enum KeeperError {
    /// The program could not be started or spoken to.
    #[error("cannot start the process that keeps the notes")]
    Start(#[source] io::Error),
    /// The child says why it cannot serve, and which exit code that deserves.
    #[error("{message}")]
    Refused {
        /// The exit code for the whole program.
        code: u8,
        /// Words for the user, perhaps several lines.
        message: String,
    },
    /// The child ended, or said something else, before it was ready.
    #[error("the process that keeps the notes ended before it was ready")]
    Silent,
}

/// The running child.
pub struct Keeper {
    child: Child,
    /// Held so that a word from the child does not kill it with a broken pipe, until somebody takes it to listen.
    words: Option<BufReader<ChildStdout>>,
}

impl Keeper {
    /// Starts the child. It does nothing yet: it waits to be greeted.
    pub fn begin(mut command: Command) -> Result<(Self, Greeting), KeeperError> {
        // In a group of its own: Ctrl-C on the terminal is for the parent, which lets the child finish its work.
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped());
        let child = command.spawn().map_err(KeeperError::Start)?;
        // From here on every early return kills the child.
        let mut keeper = Self { child, words: None };
        match (keeper.child.stdin.take(), keeper.child.stdout.take()) {
            (Some(input), Some(words)) => Ok((keeper, Greeting { input, words: BufReader::new(words) })),
            _ => Err(KeeperError::Silent),
        }
    }

    /// The child has answered the greeting: from now on it keeps the notes.
    pub fn is_ready(&mut self, ready: Ready) {
        self.child.stdin = Some(ready.0.input);
        self.words = Some(ready.0.words);
    }

    /// Starts the child, hands it `handover` and waits until it is ready or refuses.
    pub fn spawn(command: Command, handover: Zeroizing<Vec<u8>>) -> Result<Self, KeeperError> {
        let (mut keeper, greeting) = Self::begin(command)?;
        keeper.is_ready(greeting.exchange(handover)?);
        Ok(keeper)
    }

    /// What the child says from now on, one line at a time. Given once.
    pub fn take_words(&mut self) -> Option<BufReader<ChildStdout>> {
        self.words.take()
    }

    /// Asks the child to finish what it has begun and end, and waits at most so long; then it is killed.
    pub fn close(mut self, patience: Duration) {
        let asked = self.child.stdin.as_mut().is_some_and(|input| input.write_all(b"close\n").is_ok());
        let deadline = Instant::now() + patience;
        while asked && matches!(self.child.try_wait(), Ok(None)) && Instant::now() < deadline {
            std::thread::sleep(LOOK);
        }
        drop(self);
    }

    /// Kills the child and waits: when this returns its memory is gone.
    pub fn end(self) {
        drop(self);
    }

    /// Whether the child has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        // An error would mean that there is no such child.
        !matches!(self.child.try_wait(), Ok(None))
    }
}

/// What is said with a child that has just been started. Whoever waits for it in another thread can end the child, and
/// with it the wait.
pub struct Greeting {
    input: ChildStdin,
    words: BufReader<ChildStdout>,
}

/// The answer of a child that is ready.
pub struct Ready(Greeting);

impl Greeting {
    /// Hands the child `handover` on its standard input, and waits until it is ready or refuses.
    ///
    /// The input stays open, so `handover` must say itself where it ends. The wait has no limit: opening a vault takes as
    /// long as its passphrase was made to take.
    pub fn exchange(mut self, handover: Zeroizing<Vec<u8>>) -> Result<Ready, KeeperError> {
        self.hand_over(&handover)?;
        drop(handover);
        self.hear()?;
        Ok(Ready(self))
    }

    fn hand_over(&mut self, handover: &[u8]) -> Result<(), KeeperError> {
        match self.input.write_all(handover).and_then(|()| self.input.flush()) {
            // A child that refuses without listening still says why.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(KeeperError::Start(error)),
            _ => Ok(()),
        }
    }

    fn hear(&mut self) -> Result<(), KeeperError> {
        let words = &mut self.words;
        let mut line = String::new();
        words.take(MOST_LINE).read_line(&mut line).map_err(KeeperError::Start)?;
        let line = line.strip_suffix('\n').ok_or(KeeperError::Silent)?;
        if line == "ready" {
            return Ok(());
        }
        let code = line.strip_prefix("failed ").and_then(|code| code.parse().ok()).ok_or(KeeperError::Silent)?;
        let mut message = Vec::new();
        words.take(MOST_MESSAGE).read_to_end(&mut message).map_err(KeeperError::Start)?;
        Err(KeeperError::Refused { code, message: String::from_utf8_lossy(&message).trim_end().to_owned() })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// SIGKILL, so that nothing in the child can delay it.
fn end(child: &mut Child) {
    // Fails only when the child has ended already.
    let _ = child.kill();
    let _ = child.wait();
}

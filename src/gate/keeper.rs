//! The child process that keeps the keys and the notes.
//!
//! In: a command, and what it must be told to open the vault. Out: a child that answers, or its reason not to. The
//! protocol is one line: `ready`, or `failed CODE` followed by a message up to the end of the stream. The child's
//! standard input stays open as long as the [`Keeper`] lives; when it ends, the gate is gone and the child ends too.
//! It never outlives its handle: dropping it kills the child and waits.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use zeroize::Zeroizing;

/// The first line, of which more than this is none.
const MOST_LINE: u64 = 256;
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
    /// Held so that a word from the child does not kill it with a broken pipe.
    words: BufReader<ChildStdout>,
}

impl Keeper {
    /// Starts the child, hands it `handover` on its standard input, and waits until it is ready or refuses.
    ///
    /// The input stays open, so `handover` must say itself where it ends. The wait has no limit: opening a vault takes as
    /// long as its passphrase was made to take.
    pub fn spawn(mut command: Command, handover: Zeroizing<Vec<u8>>) -> Result<Self, KeeperError> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(KeeperError::Start)?;
        let Some(words) = child.stdout.take() else {
            end(&mut child);
            return Err(KeeperError::Silent);
        };
        // From here on every early return kills the child.
        let mut keeper = Self { child, words: BufReader::new(words) };
        keeper.hand_over(&handover)?;
        drop(handover);
        keeper.hear()?;
        Ok(keeper)
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

    fn hand_over(&mut self, handover: &[u8]) -> Result<(), KeeperError> {
        let Some(input) = self.child.stdin.as_mut() else { return Err(KeeperError::Silent) };
        match input.write_all(handover).and_then(|()| input.flush()) {
            // A child that refuses without listening still says why.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(KeeperError::Start(error)),
            _ => Ok(()),
        }
    }

    fn hear(&mut self) -> Result<(), KeeperError> {
        let mut line = String::new();
        (&mut self.words).take(MOST_LINE).read_line(&mut line).map_err(KeeperError::Start)?;
        let line = line.strip_suffix('\n').ok_or(KeeperError::Silent)?;
        if line == "ready" {
            return Ok(());
        }
        let code = line.strip_prefix("failed ").and_then(|code| code.parse().ok()).ok_or(KeeperError::Silent)?;
        let mut message = Vec::new();
        (&mut self.words).take(MOST_MESSAGE).read_to_end(&mut message).map_err(KeeperError::Start)?;
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

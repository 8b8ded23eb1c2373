//! Asking through a pinentry program (the Assuan protocol of GnuPG), named by `PINENTRY_PROGRAM`.
//!
//! In: the program and a question. Out: the passphrase. The window and the conversation are apart, so that whoever waits
//! for the conversation in another thread can close the window, which ends both. Nothing read here stays in a buffer.

use super::Exit;
use super::failure::{Failure, plain};
use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use zeroize::Zeroizing;

/// The longest line of the protocol.
const MOST_LINE: usize = 1000;

/// The program, when one is named.
pub(super) fn program() -> Option<String> {
    std::env::var("PINENTRY_PROGRAM").ok().filter(|program| !program.is_empty())
}

/// The window: closed when dropped.
pub(super) struct Window(Child);

impl Drop for Window {
    fn drop(&mut self) {
        // It has answered or failed, or nobody wants its answer any more.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What is said with the program behind the window.
pub(super) struct Conversation {
    program: String,
    to: ChildStdin,
    from: ChildStdout,
}

/// Starts the program.
pub(super) fn open(program: &str) -> Result<(Window, Conversation), Failure> {
    let started = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut window = Window(started.map_err(|cause| failed(program, &cause))?);
    let (Some(to), Some(from)) = (window.0.stdin.take(), window.0.stdout.take()) else {
        return Err(failed(program, &io::Error::other("no pipe")));
    };
    Ok((window, Conversation { program: program.to_owned(), to, from }))
}

/// Asks for a passphrase in a window of its own.
pub(super) fn ask(program: &str, question: &str) -> Result<Zeroizing<String>, Failure> {
    let (window, conversation) = open(program)?;
    let answer = conversation.ask(question);
    drop(window);
    answer
}

impl Conversation {
    /// Asks, and waits as long as the window stands.
    pub(super) fn ask(mut self, question: &str) -> Result<Zeroizing<String>, Failure> {
        self.converse(question)
            .map_err(|cause| failed(&self.program, &cause))?
            .ok_or_else(|| Failure::new(Exit::CannotUnlock, "cannot unlock: the passphrase was not given"))
    }

    fn converse(&mut self, question: &str) -> io::Result<Option<Zeroizing<String>>> {
        self.line()?;
        for order in [format!("SETDESC {}", escaped(question)), "SETPROMPT Passphrase:".to_owned(), "GETPIN".to_owned()]
        {
            writeln!(self.to, "{order}")?;
            let mut data = None;
            loop {
                let line = self.line()?;
                if line.is_empty() || line.starts_with(b"ERR") {
                    return Ok(None);
                }
                if let Some(text) = line.strip_prefix(b"D ") {
                    data = Some(unescaped(text));
                }
                if line.starts_with(b"OK") {
                    break;
                }
            }
            if order == "GETPIN" {
                return Ok(data);
            }
        }
        Ok(None)
    }

    /// One line with its end, read byte by byte into a place that never moves; empty at the end of all.
    fn line(&mut self) -> io::Result<Zeroizing<Vec<u8>>> {
        let mut line = Zeroizing::new(Vec::with_capacity(MOST_LINE));
        let mut byte = Zeroizing::new([0]);
        while line.len() < MOST_LINE && line.last() != Some(&b'\n') {
            match self.from.read(byte.as_mut_slice()) {
                Ok(0) => break,
                Ok(_) => line.extend_from_slice(byte.as_slice()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(line)
    }
}

fn failed(program: &str, cause: &io::Error) -> Failure {
    let message = format!("cannot ask through the pinentry program `{program}`: {}", plain(cause));
    Failure::new(Exit::CannotUnlock, message).hint("unset PINENTRY_PROGRAM to be asked on the terminal")
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

/// The data of a line, whose end does not belong to it.
fn unescaped(line: &[u8]) -> Zeroizing<String> {
    let mut out = Zeroizing::new(Vec::with_capacity(line.len()));
    let mut bytes = line.iter().copied().filter(|byte| !matches!(byte, b'\n' | b'\r'));
    while let Some(byte) = bytes.next() {
        let digit = |b: Option<u8>| b.and_then(|b| (b as char).to_digit(16));
        match byte {
            b'%' => out.push((digit(bytes.next()).unwrap_or(0) * 16 + digit(bytes.next()).unwrap_or(0)) as u8),
            other => out.push(other),
        }
    }
    Zeroizing::new(String::from_utf8_lossy(&out).into_owned())
}

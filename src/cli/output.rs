//! Data on standard output: made visible, never broken by a closed pipe.

use super::failure::{Failure, plain};
use super::options::Common;
use super::visible::visible;
use super::{Exit, terminal};
use std::io::{self, IsTerminal, Write};

/// Standard output.
#[derive(Debug)]
pub(super) struct Output {
    colour: bool,
}

impl Output {
    pub(super) fn new(common: &Common) -> Self {
        Self { colour: terminal::colour(common.color, io::stdout().is_terminal()) }
    }

    /// Prints text with control characters made visible.
    pub(super) fn text(&self, text: &str) -> Result<(), Failure> {
        self.bytes(visible(text).as_bytes())
    }

    /// Prints text as it is into a pipe or a file; a terminal gets it made visible all the same.
    pub(super) fn raw(&self, text: &str) -> Result<(), Failure> {
        if io::stdout().is_terminal() { self.text(text) } else { self.bytes(text.as_bytes()) }
    }

    /// Prints bytes as they are.
    pub(super) fn bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Ok(()) => Ok(()),
            // `| head` has seen enough: that is no failure.
            Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(cause) => {
                Err(Failure::new(Exit::InputOutput, format!("cannot write to standard output: {}", plain(&cause))))
            }
        }
    }

    /// Prints one JSON document.
    pub(super) fn json(&self, value: &impl serde::Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value)
            .map_err(|cause| Failure::new(Exit::InputOutput, format!("cannot write JSON: {cause}")))?;
        self.bytes(text.as_bytes())?;
        self.bytes(b"\n")
    }

    /// A word that should stand out.
    pub(super) fn strong(&self, text: &str) -> String {
        // The escape is put in after the text was made visible, by marks that no note can hold.
        if self.colour { format!("\u{e000}{text}\u{e001}") } else { text.to_owned() }
    }

    /// A word that was looked for: stands out in colour, and in marks where there is none.
    pub(super) fn found(&self, text: &str) -> String {
        if self.colour { self.strong(text) } else { format!("«{text}»") }
    }

    /// Prints lines made with [`Output::strong`].
    pub(super) fn styled(&self, text: &str) -> Result<(), Failure> {
        let shown = visible(text);
        let shown =
            if self.colour { shown.replace('\u{e000}', "\x1b[1m").replace('\u{e001}', "\x1b[0m") } else { shown };
        self.bytes(shown.as_bytes())
    }
}

//! Messages on standard error, questions on the terminal, colour.

use super::failure::Failure;
use super::options::{Color, Common};
use super::visible::visible;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use std::fs::OpenOptions;
use std::io::{self, BufRead, IsTerminal, Write};
use zeroize::Zeroizing;

/// Where messages go.
#[derive(Debug, Clone)]
pub(super) struct Messages {
    quiet: bool,
    colour: bool,
}

impl Messages {
    pub(super) fn new(common: &Common) -> Self {
        Self { quiet: common.quiet, colour: colour(common.color, io::stderr().is_terminal()) }
    }

    /// Something the user should know.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            self.write(text);
        }
    }

    /// Something that is probably not meant; also said with `--quiet`.
    pub(super) fn warn(&self, text: &str) {
        self.write(&format!("{} {text}", self.painted("warning:", "33")));
    }

    /// Why a command failed.
    pub(super) fn failure(&self, failure: &Failure) {
        let mut text = format!("{} {}", self.painted("error:", "31"), failure.message.trim_end_matches('.'));
        if let Some(hint) = &failure.hint {
            text.push_str(&format!("\n{} {hint}", self.painted("hint:", "36")));
        }
        self.write(&text);
    }

    fn painted(&self, word: &str, code: &str) -> String {
        if self.colour { format!("\x1b[1;{code}m{word}\x1b[0m") } else { word.to_owned() }
    }

    fn write(&self, text: &str) {
        // A closed standard error leaves nobody to tell.
        let _ = writeln!(io::stderr().lock(), "{}", if self.colour { text.to_owned() } else { visible(text) });
    }
}

/// Whether to colour a stream.
pub(super) fn colour(when: Color, terminal: bool) -> bool {
    match when {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

/// Whether somebody can be asked: there is a terminal, and standard error is on it.
pub(super) fn can_ask() -> bool {
    io::stderr().is_terminal() && OpenOptions::new().read(true).write(true).open("/dev/tty").is_ok()
}

/// Asks for a line on the terminal.
pub(super) fn ask(question: &str) -> io::Result<String> {
    let mut terminal = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
    write!(terminal, "{question} ")?;
    let mut answer = String::new();
    match io::BufReader::new(terminal).read_line(&mut answer)? {
        // A terminal that is gone answers nothing, which must not be taken for Enter.
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(answer.trim().to_owned()),
    }
}

/// Asks a question that is answered yes or no.
pub(super) fn ask_yes(question: &str, default: bool) -> io::Result<bool> {
    let answer = ask(&format!("{question} [{}]", if default { "Y/n" } else { "y/N" }))?.to_lowercase();
    Ok(if answer.is_empty() { default } else { answer.starts_with('y') })
}

/// Asks for a secret without echo.
///
/// Echo goes off before the question is shown: what is typed or pasted at once must not be seen either.
pub(super) fn ask_secret(question: &str) -> io::Result<Zeroizing<String>> {
    let terminal = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
    let before = tcgetattr(&terminal)?;
    let mut silent = before.clone();
    silent.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&terminal, OptionalActions::Now, &silent)?;
    let answer = rpassword::prompt_password(format!("{question} ")).map(Zeroizing::new);
    tcsetattr(&terminal, OptionalActions::Now, &before)?;
    // The line end that ended the secret was not echoed.
    let _ = writeln!(&terminal);
    answer
}

/// How the terminal is set. Whoever gives up a question that another thread asks puts it back: echo would stay off.
pub(super) struct Manner(Option<Termios>);

impl Manner {
    /// As it is now.
    pub(super) fn now() -> Self {
        Self(OpenOptions::new().read(true).open("/dev/tty").ok().and_then(|terminal| tcgetattr(terminal).ok()))
    }

    /// As it was then, on a new line.
    pub(super) fn put_back(&self) {
        if let Some(before) = &self.0
            && let Ok(mut terminal) = OpenOptions::new().read(true).write(true).open("/dev/tty")
        {
            // A terminal that is gone needs nothing.
            let _ = tcsetattr(&terminal, OptionalActions::Now, before);
            let _ = writeln!(terminal);
        }
    }
}

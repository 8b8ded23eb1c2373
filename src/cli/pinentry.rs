//! Asking through a pinentry program (the Assuan protocol of GnuPG), named by `PINENTRY_PROGRAM`.

use super::Exit;
use super::failure::{Failure, plain};
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use zeroize::Zeroizing;

/// The program, when one is named.
pub(super) fn program() -> Option<String> {
    std::env::var("PINENTRY_PROGRAM").ok().filter(|program| !program.is_empty())
}

/// Asks for a passphrase in a window of its own.
pub(super) fn ask(program: &str, question: &str) -> Result<Zeroizing<String>, Failure> {
    let failed = |cause: io::Error| {
        Failure::new(
            Exit::CannotUnlock,
            format!("cannot ask through the pinentry program `{program}`: {}", plain(&cause)),
        )
        .hint("unset PINENTRY_PROGRAM to be asked on the terminal")
    };
    let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(failed)?;
    let answer = converse(&mut child, question);
    // It has answered or failed; either way it is not needed any more.
    let _ = child.kill();
    let _ = child.wait();
    answer
        .map_err(failed)?
        .ok_or_else(|| Failure::new(Exit::CannotUnlock, "cannot unlock: the passphrase was not given"))
}

fn converse(child: &mut std::process::Child, question: &str) -> io::Result<Option<Zeroizing<String>>> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::Error::other("no pipe"));
    };
    let mut lines = BufReader::new(output);
    let mut line = Zeroizing::new(String::new());
    lines.read_line(&mut line)?;
    for order in [format!("SETDESC {}", escaped(question)), "SETPROMPT Passphrase:".to_owned(), "GETPIN".to_owned()] {
        writeln!(input, "{order}")?;
        let mut data = None;
        loop {
            line.clear();
            if lines.read_line(&mut line)? == 0 || line.starts_with("ERR") {
                return Ok(None);
            }
            if let Some(text) = line.strip_prefix("D ") {
                data = Some(unescaped(text.trim_end_matches(['\n', '\r'])));
            }
            if line.starts_with("OK") {
                break;
            }
        }
        if order == "GETPIN" {
            return Ok(data);
        }
    }
    Ok(None)
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

fn unescaped(text: &str) -> Zeroizing<String> {
    let mut out = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let digit = |b: Option<u8>| b.and_then(|b| (b as char).to_digit(16));
        match byte {
            b'%' => out.push((digit(bytes.next()).unwrap_or(0) * 16 + digit(bytes.next()).unwrap_or(0)) as u8),
            other => out.push(other),
        }
    }
    Zeroizing::new(String::from_utf8_lossy(&out).into_owned())
}

//! Opening the vault: which identities, and the passphrase from a file, a pinentry program or the terminal.

use super::failure::{Failure, plain};
use super::session::Session;
use super::{Exit, pinentry, terminal};
use crate::vault::{self, ErrorKind, Identities, OpenVault, Passphrase, PublicKey, Vault};
use std::io::BufRead;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Identity files that are meant: `--identity`, `THROUGHLINE_IDENTITY`, the one beside `config.toml`.
pub(super) fn identity_files(session: &Session) -> Result<Vec<PathBuf>, Failure> {
    let mut files = session.common.identity.clone();
    if files.is_empty() {
        files.extend(std::env::var_os("THROUGHLINE_IDENTITY").filter(|value| !value.is_empty()).map(PathBuf::from));
    }
    if files.is_empty() {
        files.push(session.places.identity());
    }
    match files.iter().find(|file| !file.exists()) {
        Some(missing) => Err(Failure::new(
            Exit::CannotUnlock,
            format!("cannot unlock: there is no identity at {}", missing.display()),
        )
        .hint("`--identity FILE` names one; `throughline init` makes one")),
        None => Ok(files),
    }
}

/// Whether an identity among these is sealed with a passphrase.
pub(super) fn needs_passphrase(files: &[PathBuf]) -> Result<bool, Failure> {
    for file in files {
        if Identities::needs_passphrase(file)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The identities, asking for a passphrase if one is sealed.
pub(super) fn identities(session: &Session) -> Result<Identities, Failure> {
    let files = identity_files(session)?;
    let passphrase = if needs_passphrase(&files)? { Some(passphrase(session, "Passphrase:")?) } else { None };
    let identities = load(session, &files, passphrase.as_ref())?;
    Ok(identities)
}

/// Loads identities and says when they lie in the clear.
pub(super) fn load(
    session: &Session,
    files: &[PathBuf],
    passphrase: Option<&Passphrase>,
) -> Result<Identities, Failure> {
    let unfit = |error: vault::Error| match error.kind() {
        // A file that is no identity cannot unlock, whatever else it is.
        ErrorKind::Damaged | ErrorKind::Input => Failure { exit: Exit::CannotUnlock, ..Failure::from(error) },
        _ => Failure::from(error),
    };
    let identities = Identities::load(files, passphrase).map_err(unfit)?;
    if identities.is_clear() {
        session
            .messages
            .say("note: the identity is not sealed with a passphrase; whoever has the file can open the notes");
    }
    Ok(identities)
}

/// Opens a vault.
pub(super) fn open(session: &Session, vault: Vault) -> Result<OpenVault, Failure> {
    open_with(session, vault, identities(session)?)
}

/// The vault opened, where that is of use and not needed; none where there is no identity, nobody to ask, or an empty
/// answer to `question`.
pub(super) fn open_if_given(session: &Session, question: &str) -> Result<Option<OpenVault>, Failure> {
    let Ok(files) = identity_files(session) else { return Ok(None) };
    let mut passphrase = None;
    if needs_passphrase(&files)? {
        passphrase = match given(session)? {
            Some(given) => Some(given),
            None if !terminal::can_ask() => return Ok(None),
            None => Some(self::passphrase(session, question)?),
        };
        if passphrase.as_ref().is_some_and(|passphrase| passphrase.is_empty()) {
            return Ok(None);
        }
    }
    let identities = load(session, &files, passphrase.as_ref())?;
    open_with(session, session.vault()?, identities).map(Some)
}

/// The vault opened without a question and without a word; none where that takes a passphrase that was not given.
pub(super) fn open_unasked(session: &Session) -> Option<OpenVault> {
    let files = identity_files(session).ok()?;
    let passphrase = if needs_passphrase(&files).ok()? { Some(given(session).ok()??) } else { None };
    let identities = Identities::load(&files, passphrase.as_ref()).ok()?;
    session.vault().ok()?.open(identities).ok()
}

/// Opens a vault with identities that are loaded.
pub(super) fn open_with(session: &Session, vault: Vault, identities: Identities) -> Result<OpenVault, Failure> {
    let vault = vault.open(identities)?;
    report_pins(session, &vault)?;
    Ok(vault)
}

/// Shows which trusted files changed without this device knowing why, and accepts them if the user says so.
fn report_pins(session: &Session, vault: &OpenVault) -> Result<(), Failure> {
    let changes = vault.confirm_pins()?;
    if changes.is_empty() {
        return Ok(());
    }
    for change in &changes {
        let keys = |keys: &[PublicKey]| keys.iter().map(|key| format!("\n    {key}")).collect::<String>();
        let mut text = format!("{} is {} on this device", change.file, if change.is_new { "new" } else { "changed" });
        if !change.added.is_empty() {
            text.push_str(&format!("; these keys could open what is sealed from now on:{}", keys(&change.added)));
        }
        if !change.removed.is_empty() {
            text.push_str(&format!("; these keys are gone:{}", keys(&change.removed)));
        }
        session.messages.warn(&text);
    }
    let asked = terminal::can_ask() && session.common.passphrase_file.is_none();
    if asked && terminal::ask_yes("Did you, or a device of yours, make these changes?", false).unwrap_or(false) {
        return Ok(vault.accept_pins()?);
    }
    session.messages.say("Nothing is sealed there until you accept this on a terminal. Reading goes on.");
    Ok(())
}

/// Where a passphrase comes from.
#[derive(Debug)]
pub(super) enum Way {
    /// The first line of this file, or of standard input.
    File(PathBuf),
    /// A window of this program.
    Window(String),
    /// Somebody types it.
    Terminal,
}

/// Where the passphrase comes from in this run.
pub(super) fn way(session: &Session) -> Result<Way, Failure> {
    if let Some(file) = passphrase_file(session) {
        return Ok(Way::File(file));
    }
    if let Some(program) = pinentry::program() {
        return Ok(Way::Window(program));
    }
    if terminal::can_ask() {
        return Ok(Way::Terminal);
    }
    Err(Failure::new(Exit::CannotUnlock, "cannot unlock: there is no terminal to ask for the passphrase")
        .hint("`--passphrase-file FILE` reads it from a file, `-` from standard input"))
}

/// The passphrase, from a file, a pinentry program or the terminal.
pub(super) fn passphrase(session: &Session, question: &str) -> Result<Passphrase, Failure> {
    match way(session)? {
        Way::File(file) => first_line(&file),
        Way::Window(program) => pinentry::ask(&program, question).map(into_passphrase),
        Way::Terminal => typed(question),
    }
}

/// The passphrase as it is typed in the terminal.
pub(super) fn typed(question: &str) -> Result<Passphrase, Failure> {
    let asked = terminal::ask_secret(question);
    asked
        .map(into_passphrase)
        .map_err(|cause| Failure::new(Exit::CannotUnlock, format!("cannot unlock: {}", plain(&cause))))
}

/// The passphrase from `--passphrase-file` or `THROUGHLINE_PASSPHRASE_FILE`.
pub(super) fn given(session: &Session) -> Result<Option<Passphrase>, Failure> {
    passphrase_file(session).map(|file| first_line(&file)).transpose()
}

/// Standard input cannot hold both: whoever reads a text there would take the passphrase for its first line.
pub(super) fn refuse_both(session: &Session, what: &str) -> Result<(), Failure> {
    let names = ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];
    match passphrase_file(session) {
        Some(file) if names.iter().any(|name| file == Path::new(name)) => {
            Err(Failure::usage(format!("cannot read both the passphrase and {what} from standard input"))
                .hint("`--passphrase-file FILE` reads the passphrase from a file"))
        }
        _ => Ok(()),
    }
}

fn passphrase_file(session: &Session) -> Option<PathBuf> {
    let set = || std::env::var_os("THROUGHLINE_PASSPHRASE_FILE").filter(|value| !value.is_empty()).map(PathBuf::from);
    session.common.passphrase_file.clone().or_else(set)
}

/// The first line of a file, without its line end; `-` is standard input.
pub(super) fn first_line(file: &Path) -> Result<Passphrase, Failure> {
    let failed = |cause: std::io::Error| Failure::file("read the passphrase from", file, &cause);
    let mut line = Zeroizing::new(String::with_capacity(256));
    if file == Path::new("-") {
        std::io::stdin().lock().read_line(&mut line).map_err(failed)?;
    } else {
        let file = std::fs::File::open(file).map_err(failed)?;
        std::io::BufReader::new(file).read_line(&mut line).map_err(failed)?;
    }
    let text = line.strip_suffix('\n').unwrap_or(&line);
    let text = text.strip_suffix('\r').unwrap_or(text);
    Ok(Passphrase::new(text.to_owned()))
}

/// Takes a secret over without leaving a copy behind.
pub(super) fn into_passphrase(mut secret: Zeroizing<String>) -> Passphrase {
    Passphrase::new(std::mem::take(&mut *secret))
}

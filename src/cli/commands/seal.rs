//! `seal`: clear notes become sealed ones.

use crate::cli::Exit;
use crate::cli::drafts::notes_in;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::keeping::{Sealed, seal_clear, seal_over};
use crate::notes;
use crate::publish::{Publisher, Scope, Today};
use crate::vault::{Vault, WriteLock};
use clap::Args;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Seal clear notes and remove them once the sealed copy was read back
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// Files or folders [default: the drafts folder and clear files in the vault]
    paths: Vec<PathBuf>,
    /// Keep the clear files
    #[arg(long)]
    keep: bool,
}

/// Seals.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let vault = session.vault()?;
    let files = if arguments.paths.is_empty() {
        let mut files: Vec<PathBuf> = vault.root().map_or_else(Vec::new, |root| {
            vault.scan().map(|scan| scan.clear.iter().map(|file| root.join(&file.path)).collect()).unwrap_or_default()
        });
        files.extend(notes_in(&session.places.drafts(session.config()?, vault.id())));
        files
    } else {
        named(&arguments.paths)?
    };
    // Also when there is nothing to seal: this is the command that `check` names for finishing what was half done.
    let lock = session.lock(&vault)?;
    if files.is_empty() {
        session.messages.say("Nothing to seal.");
        return Ok(Exit::Done);
    }
    let (mut sealed, mut failed, mut opened) = (0, None, None);
    for file in &files {
        match seal_one(session, (&vault, &lock), &mut opened, file, arguments.keep) {
            Ok(done) => {
                sealed += 1;
                session.warn_of_other_client(done.note, done.other_client.as_ref());
                session.output.text(&format!("{}\n", done.note))?;
            }
            Err(failure) => {
                session.messages.failure(&failure);
                session.messages.say(&format!("{} stays as it was.", file.display()));
                failed = worst(failed, failure.exit);
            }
        }
    }
    session.messages.say(&format!("Sealed {sealed} of {}.", files.len()));
    if sealed > 0 && !arguments.keep {
        session.messages.say("The clear files are removed; a disk may keep traces of what was written there.");
    }
    Ok(failed.unwrap_or(Exit::Done))
}

/// How the command ends when a file failed: keys that are not confirmed weigh most, then a disk that fails. Anything else
/// is for the user to look at.
fn worst(before: Option<Exit>, now: Exit) -> Option<Exit> {
    let by_weight = [Exit::Integrity, Exit::InputOutput];
    let worst = by_weight.into_iter().find(|exit| before == Some(*exit) || now == *exit);
    worst.or(Some(Exit::Problems))
}

/// Seals one file: as the next version of the note whose id it carries, else as a new note.
///
/// Only a next version needs the vault opened, since the note it replaces must be read.
fn seal_one(
    session: &Session,
    (vault, lock): (&Vault, &WriteLock),
    opened: &mut Option<Publisher>,
    file: &Path,
    keep: bool,
) -> Result<Sealed, Failure> {
    let carried = std::fs::read(file).ok().map(Zeroizing::new).and_then(|bytes| notes::carried_id(&bytes));
    let sealed = match carried {
        Some(id) => vault.scan()?.notes.into_iter().find(|file| file.id == id && file.named_by_id),
        None => None,
    };
    let Some(sealed) = sealed else {
        return Ok(seal_clear(vault, lock, file, keep, Today::Local.day())?);
    };
    // Opened once for all files: nobody wants to be asked for the passphrase at each.
    let publisher = match opened {
        Some(publisher) => publisher,
        None => opened.insert(session.read(Scope { with_process: true, ..Scope::default() }, Today::Local)?),
    };
    let note = publisher.casebook().note(sealed.id).ok_or_else(|| {
        Failure::new(
            Exit::Problems,
            format!("cannot seal {}: the note whose id it carries will not open", file.display()),
        )
    })?;
    Ok(seal_over(publisher.vault(), lock, file, (&sealed, note), keep)?)
}

/// Files named by the user; a folder stands for the Markdown files in it.
fn named(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        let about = std::fs::metadata(path).map_err(|cause| Failure::file("read", path, &cause))?;
        if about.is_dir() {
            files.extend(notes_in(path));
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

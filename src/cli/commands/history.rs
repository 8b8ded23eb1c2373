//! `history`: the versions of a note, and the way back to one of them.

use crate::cli::Exit;
use crate::cli::failure::Failure;
use crate::cli::json::ListedVersion;
use crate::cli::note_reference::{self, Found, Lost, Meant};
use crate::cli::session::Session;
use crate::cli::versions::{Version, Versions};
use crate::keeping::{self, Edited};
use crate::publish::Today;
use clap::Args;

/// List the versions of a note, oldest first; show or restore one
///
/// A note that was removed is found by its id.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// An id or its first four characters, a7 (newest), a7/2026-03-02, or a7/12 (session number)
    note: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Put the text of this version back, as a new version
    #[arg(long, value_name = "VERSION", conflicts_with = "json")]
    restore: Option<String>,
    /// Print the text of this version
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["json", "restore"])]
    show: Option<String>,
}

/// Lists, shows or restores.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    let meant = note_reference::find_with_removed(session, &arguments.note, Today::Local)?;
    let versions = Versions::of(&meant)?;
    if let Some(version) = &arguments.show {
        session.output.raw(versions.named(version)?.text()?.reveal())?;
        return Ok(Exit::Done);
    }
    if let Some(version) = &arguments.restore {
        let version = versions.named(version)?;
        return match &meant {
            Meant::There(found) => restore(session, found, version),
            Meant::Removed(lost) => bring_back(session, lost, version, versions.highest_rev()),
        };
    }
    list(session, &versions, arguments.json)
}

fn list(session: &Session, versions: &Versions, json: bool) -> Result<Exit, Failure> {
    if json {
        let listed: Vec<ListedVersion> = versions.iter().map(listed).collect();
        session.output.json(&listed)?;
    } else {
        let rows: String = versions.iter().map(row).collect();
        session.output.text(&rows)?;
        if !versions.iter().any(|version| version.current) {
            session.messages.say("The note was removed. `--restore VERSION` brings it back.");
        }
    }
    let mut exit = Exit::Done;
    for why in versions.iter().filter_map(Version::fault) {
        session.messages.warn(&why);
        exit = Exit::Problems;
    }
    Ok(exit)
}

fn listed(version: &Version) -> ListedVersion {
    ListedVersion {
        version: version.name().to_owned(),
        written: version.written().to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
        rev: version.rev(),
        bytes: version.bytes(),
        current: version.current,
    }
}

fn row(version: &Version) -> String {
    let rev = version.rev().map_or_else(|| "-".to_owned(), |rev| format!("rev {rev}"));
    let size = version.bytes().map_or_else(|| "does not open".to_owned(), |bytes| format!("{bytes} bytes"));
    let current = if version.current { "  current" } else { "" };
    format!("{}  {}  {rev:<7} {size:>14}{current}\n", version.name(), version.written().format("%Y-%m-%d %H:%M"))
}

/// Puts a version's text in the note's place.
fn restore(session: &Session, found: &Found, version: &Version) -> Result<Exit, Failure> {
    let (vault, note) = (found.publisher.vault(), &found.note);
    let lock = session.lock(vault.vault())?;
    match keeping::restore(vault, &lock, &found.file, note, version.text()?)? {
        Edited::Unchanged => session.messages.say("That is the text the note has, so nothing was written."),
        Edited::Replaced => session.messages.say(&format!(
            "Restored {} of {}; what it held until now is in its history.",
            version.name(),
            note.id
        )),
        Edited::KeptBeside(id) => {
            session
                .messages
                .warn(&format!("the note changed meanwhile, so the restored text was kept as a new note {id}"));
            return Ok(Exit::Problems);
        }
    }
    Ok(Exit::Done)
}

/// Gives a removed note its place back.
fn bring_back(session: &Session, lost: &Lost, version: &Version, rev: u64) -> Result<Exit, Failure> {
    let lock = session.lock(lost.vault.vault())?;
    keeping::restore_removed(&lost.vault, &lock, &lost.note, version.text()?, rev)?;
    session.messages.say(&format!("Brought {} back with the text of {}.", lost.note.id, version.name()));
    Ok(Exit::Done)
}

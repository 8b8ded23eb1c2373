//! What `doctor` looks at, beside what the machine layer knows: identity, vault, drafts, memory-backed folder.
//!
//! In goes the session and at times its vault; out come findings. Nothing is opened with a key and nothing is changed.

use super::failure::Failure;
use super::half_done::HalfDone;
use super::places::Places;
use super::session::Session;
use super::unlock;
use crate::machine::{self, Advice, AssistantPlaces, Guarded, Severity, Topic};
use crate::vault::{Identities, Vault, memory};
use std::path::{Path, PathBuf};

/// Files named in one finding, at most; the rest are counted.
const FEW: usize = 5;

/// Everything that can be said without a vault. `editor` is the program that notes would be written in.
pub(super) fn of_machine(session: &Session, vault: Option<&Vault>, editor: &str) -> Result<Vec<Advice>, Failure> {
    let (config, data) = session.places.bases();
    let home = session.places.home();
    let mut found = machine::swap(Path::new("/"));
    found.extend(memory_backed());
    found.extend(editor_there(editor));
    found.extend(machine::editor_advice(editor));
    found.extend(machine::modes(&guarded(session, vault)?));
    found.extend(identity(session));
    found.extend(machine::assistants(&AssistantPlaces { home: home.to_owned(), config, data }, editor));
    Ok(found)
}

/// What can be said of a vault and its drafts folder.
pub(super) fn of_vault(session: &Session, vault: &Vault) -> Result<Vec<Advice>, Failure> {
    let drafts = session.places.drafts(session.config()?, vault.id());
    let scan = vault.scan()?;
    let mut found = identities_inside(session, vault)?;
    let unfinished = vault.interrupted()?;
    let unfinished = unfinished.iter().map(HalfDone::of);
    found.extend(unfinished.map(|told| Advice::problem(Topic::Leftovers, told.what, told.remedy)));
    found.extend(clear_files(vault, &drafts, scan.clear.iter().map(|file| PathBuf::from(&file.path)).collect()));
    let folders = [vault.root().map(Path::to_owned), Some(drafts)];
    for folder in folders.iter().flatten() {
        let left = machine::editor_leftovers(folder);
        found.extend(several(&left).map(|(count, named)| {
            let what = format!("in {}: {count} named as editors name copies ({named})", folder.display());
            let remedy = "look into each, then remove it, and keep the editor from making them; they may be clear text";
            Advice::problem(Topic::Leftovers, what, remedy)
        }));
        // One Obsidian vault may hold both folders.
        for advice in machine::obsidian(folder, session.places.home()) {
            if !found.contains(&advice) {
                found.push(advice);
            }
        }
    }
    let left = memory::left_behind(vault.id(), &Places::memory_candidates());
    found.extend(several(&left).map(|(count, named)| {
        let what = format!("a run that was killed left {count} with clear text in memory ({named})");
        Advice::problem(Topic::Leftovers, what, "the next `throughline new` or `edit` seals what is there")
    }));
    let copies: Vec<PathBuf> = scan.conflicts.iter().map(PathBuf::from).collect();
    found.extend(several(&copies).map(|(count, named)| {
        let what = format!("what looks like copies that a sync program made of a conflict: {count} ({named})");
        let remedy = "compare each with its note and keep one, or give the copy a name of its own; copies are not read";
        Advice::problem(Topic::ConflictCopies, what, remedy)
    }));
    Ok(found)
}

/// Whether an edit finds a place for clear text that is no disk.
fn memory_backed() -> Option<Advice> {
    let candidates = Places::memory_candidates();
    if candidates.iter().any(|candidate| memory::is_in_memory(candidate)) {
        return None;
    }
    let tried: Vec<String> = candidates.iter().map(|candidate| candidate.display().to_string()).collect();
    let what = format!("no folder is held in memory ({}), so notes cannot be edited off the disk", tried.join(", "));
    Some(Advice::problem(Topic::Memory, what, "mount a tmpfs of your own and name it in XDG_RUNTIME_DIR"))
}

/// An editor that cannot be started is found out when a note should be written, which is late.
fn editor_there(program: &str) -> Option<Advice> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = if program.contains('/') {
        Path::new(program).is_file()
    } else {
        std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
    };
    let what = format!("the editor `{program}` is not installed");
    let remedy = "install it, or name another with `editor` in config.toml, $VISUAL or $EDITOR";
    (!found).then(|| Advice::problem(Topic::Editor, what, remedy))
}

fn guarded(session: &Session, vault: Option<&Vault>) -> Result<Vec<Guarded>, Failure> {
    let guard = |path: PathBuf, what, readable| Guarded { path, what, readable };
    let mut guarded: Vec<Guarded> = unlock::identity_files(session).map_or_else(
        |_| Vec::new(),
        |files| files.into_iter().map(|file| guard(file, "the identity", Severity::Problem)).collect(),
    );
    // What is in these folders is no secret, but whoever can write to them can say what is run and what is trusted.
    guarded.push(guard(session.places.config().to_owned(), "the settings' folder", Severity::Note));
    guarded.push(guard(session.places.config_file(), "the settings' file", Severity::Note));
    guarded.push(guard(session.places.state().to_owned(), "the state folder", Severity::Note));
    if let Some(vault) = vault {
        guarded.extend(vault.root().map(|root| guard(root.to_owned(), "the vault", Severity::Note)));
        let drafts = session.places.drafts(session.config()?, vault.id());
        guarded.push(guard(drafts, "the drafts folder", Severity::Problem));
    }
    Ok(guarded)
}

/// Whether the identity is there and sealed with a passphrase.
fn identity(session: &Session) -> Vec<Advice> {
    let files = match unlock::identity_files(session) {
        Ok(files) => files,
        Err(failure) => {
            let remedy = failure.hint.unwrap_or_default();
            return vec![Advice::note(Topic::Identity, failure.message, remedy)];
        }
    };
    let told = files.iter().filter_map(|file| match Identities::needs_passphrase(file) {
        Ok(true) => None,
        Ok(false) => {
            let what = format!("the identity {} is not sealed with a passphrase: who has it opens all", file.display());
            let remedy = "seal it with `age -p -o SEALED CLEAR`, use the sealed one from then on, and remove the clear \
                          one; a disk may keep traces of it";
            Some(Advice::problem(Topic::Identity, what, remedy))
        }
        Err(error) => {
            let remedy = error.hint().unwrap_or("name another with `--identity FILE`").to_owned();
            Some(Advice::problem(Topic::Identity, error.to_string(), remedy))
        }
    });
    told.collect()
}

/// An identity inside the vault travels with it.
fn identities_inside(session: &Session, vault: &Vault) -> Result<Vec<Advice>, Failure> {
    let Some(root) = vault.root() else { return Ok(Vec::new()) };
    let mut inside: Vec<PathBuf> = vault.identities_inside()?.iter().map(|path| root.join(path)).collect();
    // The one in use counts by where it lies, whatever its name.
    let used = unlock::identity_files(session).unwrap_or_default();
    inside.extend(used.iter().filter_map(|file| file.canonicalize().ok()).filter(|file| file.starts_with(root)));
    inside.sort_unstable();
    inside.dedup();
    let told = inside.into_iter().map(|file| {
        let what = format!("the identity {} lies inside the vault, so every copy of the vault has it", file.display());
        Advice::problem(Topic::Identity, what, "move it out, and name it with `--identity`")
    });
    Ok(told.collect())
}

/// Clear notes in the vault, which may be synced already, and in the drafts folder, where they are meant to be for a while.
fn clear_files(vault: &Vault, drafts: &Path, inside: Vec<PathBuf>) -> Vec<Advice> {
    let root = vault.root().unwrap_or(Path::new("")).display();
    let inside = several(&inside).map(|(count, named)| {
        let what = format!("in the vault {root}: {count} not sealed ({named}); a synced folder has copies by now");
        Advice::problem(Topic::Leftovers, what, "`throughline seal` seals them")
    });
    let entries = std::fs::read_dir(drafts).into_iter().flatten().flatten();
    let waiting: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    let waiting = several(&waiting).map(|(count, named)| {
        let what = format!("waiting to be sealed: {count} ({named})");
        Advice::note(Topic::Leftovers, what, "`throughline seal` seals them; a disk may keep traces of what was there")
    });
    inside.into_iter().chain(waiting).collect()
}

/// "3 files" and the first of them; none when there are none.
fn several(files: &[PathBuf]) -> Option<(String, String)> {
    let named: Vec<String> = files.iter().take(FEW).map(|file| file.display().to_string()).collect();
    let more = files.len().saturating_sub(FEW);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!files.is_empty()).then(|| (super::counted::counted(files.len(), "file"), format!("{}{more}", named.join(", "))))
}

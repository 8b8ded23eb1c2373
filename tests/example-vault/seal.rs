//! Seals the example vault again from its clear sources: `cargo run --release --example seal-example-vault`.
//!
//! In go the Markdown files under `tests/example-vault/sources`, out comes `example-vault/`, sealed to the public
//! identity that ships in the binary. Ids are made of the sources' paths, so that they stay the same and sources can name
//! each other by file name. The notes are fiction; this is the only place where they lie in the clear.

use sha2::{Digest, Sha256};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use throughline::domain::{Class, ClientCode, Confidential, DatedBy, NoteId};
use throughline::notes::{self, Identity, Source};
use throughline::publish::demo_identity;
use throughline::vault::{Shelf, Vault, identity_public_keys};

type Sealed = Vec<(Shelf, NoteId, Confidential)>;

fn main() -> Result<(), Box<dyn Error>> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = project.join("tests/example-vault/sources");
    let target = project.join("example-vault");
    let state = tempfile::tempdir()?;

    let mut files = Vec::new();
    walk(&sources, &mut files)?;
    files.sort();
    let notes = files.iter().map(|file| note(&sources, file, &files)).collect::<Result<Sealed, _>>()?;

    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let vault = Vault::create(&target, state.path(), &identity_public_keys(&demo_identity()?))?;
    let lock = vault.lock(Duration::from_secs(1))?;
    for code in notes.iter().filter_map(|(shelf, ..)| shelf.client()) {
        vault.add_client(&lock, code)?;
    }
    vault.seal_batch(&lock, &notes, &|_| ())?;
    Ok(())
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn note(sources: &Path, file: &Path, all: &[PathBuf]) -> Result<(Shelf, NoteId, Confidential), Box<dyn Error>> {
    let relative = file.strip_prefix(sources)?;
    let parts: Vec<&str> = relative.iter().filter_map(|part| part.to_str()).collect();
    let shelf = match parts[..] {
        ["clients", code, "process", _] => Shelf::Process(ClientCode::parse(code)?),
        ["clients", code, _] => Shelf::Client(ClientCode::parse(code)?),
        ["practice", _] => Shelf::Practice,
        _ => return Err(format!("{} stands in no known folder", relative.display()).into()),
    };
    let id = id_of(relative);
    let mut text = notes::text_of(&fs::read(file)?);
    for other in all.iter().filter(|other| other.parent() == file.parent()) {
        text = with_reference(text, other, id_of(other.strip_prefix(sources)?));
    }
    let name = file.file_name().and_then(|name| name.to_str());
    let written = chrono::NaiveDate::from_ymd_opt(2026, 3, 10).unwrap_or_default();
    let source = Source { id, class: Class::Record, client: None, file_name: None, written };
    let read = |source: &Source<'_>| notes::read(text.reveal().as_bytes(), source);
    if read(&source).dated_by == DatedBy::FileTime {
        let day = read(&Source { file_name: name, ..source.clone() }).date;
        text = notes::with_line(text.reveal(), "date", Some(&day.to_string()));
    }
    let text = notes::with_identity(text.reveal(), &Identity { id, client: shelf.client(), rev: 1 });
    Ok((shelf, id, text))
}

/// A source may name another by file name where a sealed note names it by id.
fn with_reference(text: Confidential, other: &Path, id: NoteId) -> Confidential {
    let Some(stem) = other.file_stem().and_then(|stem| stem.to_str()) else { return text };
    let mut replaced = text.reveal().to_owned();
    for key in ["amends", "release", "consent"] {
        replaced = replaced.replace(&format!("\n{key}: {stem}\n"), &format!("\n{key}: {id}\n"));
    }
    Confidential::new(replaced)
}

/// Sixty bits of the path's hash.
fn id_of(relative: &Path) -> NoteId {
    let digest = Sha256::digest(relative.to_string_lossy().as_bytes());
    let mut bits = [0u8; 8];
    bits.copy_from_slice(&digest[..8]);
    NoteId::from_bits(bits)
}

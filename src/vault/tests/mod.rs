//! What the vault promises, tried on real folders.

mod crash;
mod embedded;
mod layout;
mod listing;
mod pinning;
mod removing;
mod replacing;
mod sealing;
mod watching;

use super::keys::NewKey;
use super::{Identities, OpenVault, PublicKey, SealedFile, Shelf, Vault, WriteLock};
use crate::domain::{ClientCode, Confidential};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// A vault with one client, `a7`, on a device that made it.
struct Practice {
    dir: TempDir,
    secret: String,
}

impl Practice {
    fn new() -> Self {
        let key = NewKey::generate();
        let secret = String::from_utf8(key.file_text().to_vec()).unwrap();
        let practice = Self { dir: tempfile::tempdir().unwrap(), secret };
        let vault = Vault::create(&practice.root(), &practice.state(), &[key.public]).unwrap();
        assert!(vault.add_client(&lock(&vault), &code("a7")).unwrap());
        practice
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("practice")
    }

    fn state(&self) -> PathBuf {
        self.dir.path().join("state")
    }

    fn vault(&self) -> Vault {
        Vault::at(&self.root(), &self.state()).unwrap()
    }

    fn open(&self) -> OpenVault {
        self.vault().open(self.identities()).unwrap()
    }

    fn identities(&self) -> Identities {
        Identities::from_text(&self.secret).unwrap()
    }

    fn owner(&self) -> PublicKey {
        super::identity_public_keys(&self.identities()).remove(0)
    }

    fn seal(&self, shelf: &Shelf, words: &str) -> SealedFile {
        let vault = self.vault();
        let path = vault.seal_new(&lock(&vault), shelf, vault.new_id(), &text(words)).unwrap();
        self.file(&path)
    }

    fn file(&self, path: &str) -> SealedFile {
        let mut notes = self.vault().scan().unwrap().notes;
        notes.retain(|note| note.path == path);
        notes.pop().unwrap()
    }

    fn read(&self, file: &SealedFile) -> String {
        String::from_utf8(self.open().read(file).unwrap().reveal().to_vec()).unwrap()
    }
}

fn lock(vault: &Vault) -> WriteLock {
    vault.lock(Duration::from_secs(5)).unwrap()
}

fn code(text: &str) -> ClientCode {
    ClientCode::parse(text).unwrap()
}

fn chart() -> Shelf {
    Shelf::Client(code("a7"))
}

fn text(words: &str) -> Confidential {
    Confidential::new(words)
}

fn stranger() -> PublicKey {
    NewKey::generate().public
}

fn append(file: &Path, line: &str) {
    let before = std::fs::read_to_string(file).unwrap_or_default();
    std::fs::write(file, format!("{before}{line}\n")).unwrap();
}

/// All files below a folder, with what is in them.
fn files(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

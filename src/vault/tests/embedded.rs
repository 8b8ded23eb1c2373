//! A vault inside the binary.

use super::super::{Change, ErrorKind, Vault, watch};
use super::{Practice, chart, files};
use std::borrow::Cow;
use std::time::Duration;

#[test]
fn an_embedded_vault_is_listed_and_read_like_a_folder_and_never_written() {
    let practice = Practice::new();
    let note = practice.seal(&chart(), "words");
    let embedded = files(&practice.root()).into_iter().map(|(name, bytes)| (name, Cow::Owned(bytes))).collect();
    let vault = Vault::embedded(embedded).unwrap();
    assert!(vault.is_embedded() && vault.root().is_none());
    assert_eq!(vault.id(), practice.vault().id());
    assert_eq!(vault.lock(Duration::ZERO).unwrap_err().kind(), ErrorKind::Input);
    let never = watch(&vault, |_: Change| {}).unwrap();
    drop(never);
    let open = vault.open(practice.identities()).unwrap();
    let scan = open.vault().scan().unwrap();
    assert_eq!(scan.clients, practice.vault().clients().unwrap());
    assert_eq!((scan.notes.len(), scan.notes[0].id), (1, note.id));
    assert_eq!(open.read(&scan.notes[0]).unwrap().reveal(), b"words\n");
    assert_eq!(open.confirm_pins().unwrap(), []);
}

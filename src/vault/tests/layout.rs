//! Folders that other hands made, and files that came to harm.

use super::super::keys::NewKey;
use super::super::{ErrorKind, Identities, Vault, seal};
use super::{Practice, chart, code, lock, stranger, text};

#[test]
fn a_folder_of_notes_sealed_by_hand_is_read_after_init_beside_them() {
    let key = NewKey::generate();
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("practice");
    std::fs::create_dir_all(root.join("clients/a7")).unwrap();
    std::fs::create_dir_all(root.join("old notes")).unwrap();
    for path in ["clients/a7/first.md.age", "old notes/history.md.age", "top.md.age"] {
        let sealed = seal::seal(b"by hand", std::slice::from_ref(&key.public)).unwrap();
        std::fs::write(root.join(path), sealed.bytes).unwrap();
    }
    let vault = Vault::create(&root, &dir.path().join("state"), std::slice::from_ref(&key.public)).unwrap();
    let identities = || Identities::from_text(std::str::from_utf8(&key.file_text()).unwrap()).unwrap();
    let open = vault.open(identities()).unwrap();
    let notes = open.vault().scan().unwrap().notes;
    assert_eq!(notes.len(), 3);
    assert!(notes.iter().all(|note| !note.named_by_id && open.read(note).unwrap().reveal() == b"by hand"));
    open.vault().add_client(&lock(open.vault()), &code("a7")).unwrap();
    assert!(notes.iter().all(|note| open.read(note).is_ok()), "the folder's new key does not hide older notes");
}

#[test]
fn a_folder_that_is_a_vault_already_is_left_alone() {
    let practice = Practice::new();
    let error = Vault::create(&practice.root(), &practice.state(), &[stranger()]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyVault);
}

#[test]
fn a_newer_format_and_a_folder_that_is_no_vault_are_told_apart() {
    let practice = Practice::new();
    let marker = practice.root().join("throughline.toml");
    std::fs::write(&marker, "format = 2\nlayout = \"new\"\n").unwrap();
    assert_eq!(Vault::at(&practice.root(), &practice.state()).unwrap_err().kind(), ErrorKind::NewerFormat);
    std::fs::write(&marker, "format = 1\nid = \"../../etc\"\n").unwrap();
    assert_eq!(Vault::at(&practice.root(), &practice.state()).unwrap_err().kind(), ErrorKind::Damaged);
    std::fs::remove_file(&marker).unwrap();
    assert_eq!(Vault::at(&practice.root(), &practice.state()).unwrap_err().kind(), ErrorKind::NoVault);
}

#[test]
fn the_nearest_vault_is_found_from_any_folder_in_it() {
    let practice = Practice::new();
    let below = practice.root().join("clients/a7");
    assert_eq!(Vault::find_upwards(&below), Some(practice.root()));
    assert_eq!(Vault::find_upwards(practice.dir.path()), None);
}

#[test]
fn a_stranger_opens_nothing_and_is_told_so() {
    let practice = Practice::new();
    let other = NewKey::generate();
    let identities = Identities::from_text(std::str::from_utf8(&other.file_text()).unwrap()).unwrap();
    assert_eq!(practice.vault().open(identities).unwrap_err().kind(), ErrorKind::WrongIdentity);
}

#[test]
fn a_note_that_came_to_harm_is_damage_and_one_for_others_is_not() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "words");
    let place = practice.root().join(&file.path);
    let whole = std::fs::read(&place).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() - 100] ^= 1;
    let crlf = String::from_utf8_lossy(&whole).replace('\n', "\r\n").into_bytes();
    let mut doubled = whole.clone();
    doubled.extend_from_slice(&whole);
    let harmed: [&[u8]; 8] = [
        b"",
        b"# words\n",
        b"-----BEGIN AGE ENCRYPTED FILE-----\n",
        &whole[..30],
        &whole[..whole.len() - 1],
        &flipped,
        &crlf,
        &doubled,
    ];
    let open = practice.open();
    for bytes in harmed {
        std::fs::write(&place, bytes).unwrap();
        assert_eq!(open.read(&file).unwrap_err().kind(), ErrorKind::Damaged, "{} bytes", bytes.len());
    }
    std::fs::write(&place, seal::seal(b"x", &[stranger()]).unwrap().bytes).unwrap();
    assert_eq!(open.read(&file).unwrap_err().kind(), ErrorKind::WrongIdentity);
    std::fs::write(&place, whole).unwrap();
    assert!(open.read(&file).is_ok());
}

#[test]
fn adding_a_client_twice_makes_nothing_new_and_completes_what_is_missing() {
    let practice = Practice::new();
    let vault = practice.vault();
    assert!(!vault.add_client(&lock(&vault), &code("a7")).unwrap());
    let process = practice.root().join("clients/a7/process");
    assert_eq!(std::fs::read_dir(&process).unwrap().count(), 2);
    assert!(vault.add_client(&lock(&vault), &code("b1")).unwrap());
    assert_eq!(vault.clients().unwrap(), [code("a7"), code("b1")]);
}

#[test]
fn keys_made_while_the_vault_is_open_are_found() {
    let practice = Practice::new();
    let open = practice.open();
    let vault = open.vault();
    let guard = lock(vault);
    vault.add_client(&guard, &code("b1")).unwrap();
    let shelf = crate::vault::Shelf::Client(code("b1"));
    vault.seal_new(&guard, &shelf, vault.new_id(), &text("words")).unwrap();
    let notes = vault.scan().unwrap().notes;
    assert_eq!(open.read(&notes[0]).unwrap().reveal(), b"words\n");
}

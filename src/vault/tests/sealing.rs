//! Text in, text out.

use super::super::{ErrorKind, Passphrase, Shelf, create_identity};
use super::{Practice, chart, code, files, lock, text};
use crate::vault::Identities;
use proptest::prelude::*;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicUsize, Ordering};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_is_sealed_reads_back_with_one_newline_at_its_end(words in "\\PC{0,4000}\n{0,3}") {
        let practice = Practice::new();
        let file = practice.seal(&chart(), &words);
        prop_assert_eq!(practice.read(&file), format!("{}\n", words.trim_end_matches('\n')));
    }
}

#[test]
fn each_shelf_has_a_key_of_its_own_and_sealing_needs_none_of_them() {
    let practice = Practice::new();
    for shelf in [chart(), Shelf::Process(code("a7")), Shelf::Practice] {
        let file = practice.seal(&shelf, "words");
        assert_eq!(file.shelf.as_ref(), Some(&shelf));
        assert!(file.named_by_id);
        assert_eq!(practice.read(&file), "words\n");
    }
    let keys: Vec<_> = files(&practice.root()).into_iter().filter(|(n, _)| n.ends_with("/.age-recipients")).collect();
    assert_eq!(keys.len(), 3);
    assert!(keys[0].1 != keys[1].1 && keys[1].1 != keys[2].1);
}

#[test]
fn no_word_of_a_note_is_anywhere_on_the_disk() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "canary-words");
    practice.open().replace(&lock(&practice.vault()), &file, &text("canary-words again")).unwrap();
    for (name, bytes) in files(practice.dir.path()) {
        assert!(!bytes.windows(12).any(|w| w == b"canary-words"), "{name}");
        assert!(!bytes.windows(15).any(|w| w == b"AGE-SECRET-KEY-"), "{name}");
    }
}

#[test]
fn everything_the_vault_makes_is_for_its_owner_alone() {
    let practice = Practice::new();
    practice.seal(&chart(), "words");
    for top in [practice.root(), practice.vault().state().unwrap().to_owned()] {
        let mut places = vec![top];
        while let Some(place) = places.pop() {
            let mode = place.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, if place.is_dir() { 0o700 } else { 0o600 }, "{}", place.display());
            if place.is_dir() {
                places.extend(std::fs::read_dir(place).unwrap().map(|e| e.unwrap().path()));
            }
        }
    }
}

#[test]
fn a_batch_is_there_as_a_whole_or_not_at_all() {
    let practice = Practice::new();
    let vault = practice.vault();
    let notes: Vec<_> = (0..40).map(|n| (chart(), vault.new_id(), text(&format!("note {n}")))).collect();
    let seen = AtomicUsize::new(0);
    let progress = |done| _ = seen.fetch_max(done, Ordering::Relaxed);
    vault.seal_batch(&lock(&vault), &notes, &progress).unwrap();
    assert_eq!(seen.into_inner(), 40);
    let scan = vault.scan().unwrap();
    let open = practice.open();
    for read in open.read_all(&scan.notes, &|_| {}) {
        assert!(read.unwrap().reveal().starts_with(b"note "));
    }
    let before = files(&practice.root());
    let taken = [(chart(), vault.new_id(), text("x")), (chart(), notes[0].1, text("x"))];
    assert_eq!(vault.seal_batch(&lock(&vault), &taken, &|_| {}).unwrap_err().kind(), ErrorKind::Input);
    assert!(files(&practice.root()) == before);
}

#[test]
fn a_new_note_never_takes_the_place_of_another() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "first");
    let vault = practice.vault();
    assert!(vault.seal_new(&lock(&vault), &chart(), file.id, &text("second")).is_err());
    assert_eq!(practice.read(&file), "first\n");
    assert_eq!(vault.finish_interrupted(&lock(&vault)).unwrap(), []);
}

#[test]
fn a_text_too_long_to_be_read_again_is_refused() {
    let practice = Practice::new();
    let vault = practice.vault();
    let error = vault.seal_new(&lock(&vault), &chart(), vault.new_id(), &text(&"x".repeat(5 << 20))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
}

#[test]
fn an_unknown_client_has_no_key_to_seal_to() {
    let practice = Practice::new();
    let vault = practice.vault();
    let error = vault.seal_new(&lock(&vault), &Shelf::Client(code("b1")), vault.new_id(), &text("x")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unpinned);
}

#[test]
fn a_second_writer_is_told_who_is_writing() {
    let practice = Practice::new();
    let vault = practice.vault();
    let held = lock(&vault);
    let error = vault.lock(std::time::Duration::ZERO).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Busy);
    assert!(error.to_string().contains(&std::process::id().to_string()), "{error}");
    drop(held);
    lock(&vault);
}

#[test]
fn an_identity_is_sealed_private_never_overwritten_and_tells_a_wrong_passphrase() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config/identity.age");
    let passphrase = Passphrase::new("eight words or so".to_owned());
    let public = create_identity(&path, &passphrase).unwrap();
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(Identities::needs_passphrase(&path).unwrap());
    let paths = [path.clone()];
    let read = Identities::load(&paths, Some(&passphrase)).unwrap();
    assert_eq!(crate::vault::identity_public_keys(&read), [public]);
    assert!(!read.is_clear());
    let wrong = Passphrase::new("something else".to_owned());
    assert_eq!(Identities::load(&paths, Some(&wrong)).unwrap_err().kind(), ErrorKind::WrongPassphrase);
    assert_eq!(Identities::load(&paths, None).unwrap_err().kind(), ErrorKind::NeedsPassphrase);
    let before = std::fs::read(&path).unwrap();
    assert_eq!(create_identity(&path, &passphrase).unwrap_err().kind(), ErrorKind::Input);
    assert!(std::fs::read(&path).unwrap() == before);
    std::fs::write(&path, &before[..before.len() - 10]).unwrap();
    assert_eq!(Identities::load(&paths, Some(&passphrase)).unwrap_err().kind(), ErrorKind::Damaged);
    assert_eq!(std::fs::read_dir(dir.path().join("config")).unwrap().count(), 1);
}

//! Notes that are removed and come back.

use super::super::{ErrorKind, Shelf};
use super::{Practice, chart, lock, text};

#[test]
fn a_removed_note_is_in_its_history_and_nowhere_else() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "words");
    let sealed = std::fs::read(practice.root().join(&file.path)).unwrap();
    let open = practice.open();
    let kept = open.remove(&lock(open.vault()), &file).unwrap();
    assert!(!practice.root().join(&file.path).exists());
    assert_eq!(std::fs::read(practice.root().join(&kept.path)).unwrap(), sealed);
    assert_eq!(open.read_version(&kept).unwrap().reveal(), b"words\n");
    let removed = open.vault().removed().unwrap();
    assert_eq!((removed.len(), removed[0].id, removed[0].shelf.clone()), (1, file.id, Some(chart())));
    assert_eq!(open.vault().history_of_removed(&removed[0]).unwrap(), [kept]);
}

#[test]
fn a_note_with_versions_is_no_removed_note_until_it_is_one() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "first");
    let open = practice.open();
    let guard = lock(open.vault());
    open.replace(&guard, &file, &text("second")).unwrap();
    assert_eq!(open.vault().removed().unwrap(), []);
    let second = practice.file(&file.path);
    assert_eq!(open.vault().current_version(&second).unwrap().version.len(), 16);
    let kept = open.remove(&guard, &second).unwrap();
    let removed = open.vault().removed().unwrap().remove(0);
    let versions = open.vault().history_of_removed(&removed).unwrap();
    assert_eq!((versions.len(), versions.last()), (2, Some(&kept)), "the newest is last");
}

#[test]
fn it_comes_back_under_its_id_sealed_to_its_own_folder() {
    let practice = Practice::new();
    for shelf in [chart(), Shelf::Process(super::code("a7")), Shelf::Practice] {
        let file = practice.seal(&shelf, "words");
        let open = practice.open();
        let guard = lock(open.vault());
        open.remove(&guard, &file).unwrap();
        let removed = open.vault().removed().unwrap().remove(0);
        let path = open.vault().seal_again(&guard, &removed, &text("words again")).unwrap();
        assert_eq!(path, file.path);
        assert_eq!(practice.read(&practice.file(&path)), "words again\n");
        assert_eq!(open.vault().removed().unwrap(), []);
    }
}

#[test]
fn a_note_that_changed_since_it_was_listed_stays() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "first");
    let open = practice.open();
    let guard = lock(open.vault());
    open.replace(&guard, &file, &text("second")).unwrap();
    let error = open.remove(&guard, &file).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ChangedMeanwhile);
    assert!(error.to_string().starts_with("cannot remove "), "{error}");
    assert_eq!(practice.read(&file), "second\n");
}

#[test]
fn a_note_that_was_sealed_by_hand_keeps_the_id_it_was_known_by() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "by hand");
    let by_hand = practice.root().join("clients/a7/Week two.md.age");
    std::fs::rename(practice.root().join(&file.path), &by_hand).unwrap();
    let file = practice.file("clients/a7/Week two.md.age");
    let open = practice.open();
    let guard = lock(open.vault());
    open.remove(&guard, &file).unwrap();
    let removed = open.vault().removed().unwrap().remove(0);
    assert_eq!(removed.id, file.id);
    let path = open.vault().seal_again(&guard, &removed, &text("by hand")).unwrap();
    assert_eq!(practice.file(&path).id, file.id);
}

#[test]
fn where_a_history_would_be_a_folder_of_notes_nothing_is_removed() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "words");
    let folder = practice.root().join("old");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(practice.root().join(&file.path), folder.join("one.md.age")).unwrap();
    let old = practice.file("old/one.md.age");
    let error = practice.open().remove(&lock(&practice.vault()), &old).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert!(folder.join("one.md.age").exists() && !folder.join("history").exists());
}

#[test]
fn a_removal_that_was_cut_short_is_done_by_doing_it_again() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "words");
    let open = practice.open();
    let guard = lock(open.vault());
    let kept = open.remove(&guard, &file).unwrap();
    // As a crash leaves it between keeping the version and removing the name: both are there.
    std::fs::hard_link(practice.root().join(&kept.path), practice.root().join(&file.path)).unwrap();
    assert_eq!(practice.read(&file), "words\n");
    assert_eq!(open.vault().removed().unwrap(), [], "it is in its place");
    assert_eq!(open.remove(&guard, &practice.file(&file.path)).unwrap(), kept);
}

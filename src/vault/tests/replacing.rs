//! New versions of notes.

use super::super::ErrorKind;
use super::{Practice, chart, lock, text};

#[test]
fn the_earlier_version_stays_in_the_history_and_reads() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "first");
    let open = practice.open();
    let guard = lock(open.vault());
    open.replace(&guard, &file, &text("second")).unwrap();
    let second = practice.file(&file.path);
    open.replace_again(&guard, &second, &text("third")).unwrap();
    assert_eq!(practice.read(&file), "third\n");
    let history = open.vault().history(&file).unwrap();
    assert_eq!(history.len(), 1, "the version in between is not kept");
    assert_eq!(history[0].stamp.modified, file.stamp.modified);
    assert_eq!(open.read(&history[0].as_file_of(&file)).unwrap().reveal(), b"first\n");
}

#[test]
fn a_note_that_changed_since_it_was_read_is_not_replaced() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "first");
    let open = practice.open();
    let guard = lock(open.vault());
    open.replace(&guard, &file, &text("second")).unwrap();
    let error = open.replace(&guard, &file, &text("third")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ChangedMeanwhile);
    assert_eq!(practice.read(&file), "second\n");
}

#[test]
fn a_note_in_a_folder_without_recipients_is_not_replaced() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "first");
    let folder = practice.root().join("clients/a7/old");
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(practice.root().join(&file.path), folder.join("one.md.age")).unwrap();
    let old = practice.file("clients/a7/old/one.md.age");
    assert_eq!(practice.read(&old), "first\n");
    let error = practice.open().replace(&lock(&practice.vault()), &old, &text("x")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unpinned);
}

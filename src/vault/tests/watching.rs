//! Changes are heard of, whoever makes them; reading is no change.

use super::super::{Change, Watcher, watch};
use super::{Practice, chart, lock, text};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Far longer than any change should take to be heard of.
const LONG: Duration = Duration::from_secs(10);
/// Longer than a change takes to settle.
const SHORT: Duration = Duration::from_millis(700);

fn watched(practice: &Practice) -> (Watcher, Receiver<Change>) {
    let (told, heard) = channel();
    let watcher = watch(&practice.vault(), move |change| _ = told.send(change)).unwrap();
    (watcher, heard)
}

/// Waits until nothing has been heard for a while.
fn quiet(heard: &Receiver<Change>) {
    while heard.recv_timeout(Duration::from_millis(1500)).is_ok() {}
}

#[test]
fn a_new_note_a_replaced_one_and_a_removed_one_are_heard_of() {
    let practice = Practice::new();
    let (_watcher, heard) = watched(&practice);
    let file = practice.seal(&chart(), "first");
    assert_eq!(heard.recv_timeout(LONG), Ok(Change::Settled));
    quiet(&heard);
    practice.open().replace(&lock(&practice.vault()), &file, &text("second")).unwrap();
    assert_eq!(heard.recv_timeout(LONG), Ok(Change::Settled));
    quiet(&heard);
    std::fs::remove_file(practice.root().join(&file.path)).unwrap();
    assert_eq!(heard.recv_timeout(LONG), Ok(Change::Settled));
}

#[test]
fn a_file_made_together_with_its_folder_is_there_when_the_change_is_heard_of() {
    let practice = Practice::new();
    let (_watcher, heard) = watched(&practice);
    let folder = practice.root().join("clients/b1/x/y");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("one.md.age"), "x").unwrap();
    assert_eq!(heard.recv_timeout(LONG), Ok(Change::Settled));
    assert_eq!(practice.vault().scan().unwrap().notes.len(), 1);
    quiet(&heard);
    std::fs::write(folder.join("two.md.age"), "x").unwrap();
    assert_eq!(heard.recv_timeout(LONG), Ok(Change::Settled), "the new folder is watched too");
}

#[test]
fn reading_and_editors_leftovers_are_no_change() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "words");
    let (_watcher, heard) = watched(&practice);
    quiet(&heard);
    practice.read(&file);
    std::fs::write(practice.root().join("clients/a7/.x.md.age.swp"), "x").unwrap();
    assert!(heard.recv_timeout(SHORT).is_err());
}

#[test]
fn a_folder_that_goes_and_comes_back_is_told_of_both_times() {
    let practice = Practice::new();
    let (_watcher, heard) = watched(&practice);
    let away = practice.dir.path().join("away");
    std::fs::rename(practice.root(), &away).unwrap();
    while heard.recv_timeout(LONG).unwrap() != Change::Lost {}
    std::fs::rename(&away, practice.root()).unwrap();
    assert_eq!(heard.recv_timeout(LONG), Ok(Change::Settled));
}

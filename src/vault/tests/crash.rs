//! A run that is killed between any two steps leaves the old note or the new one, and the next run settles it.

use super::super::intent::{Intent, Step};
use super::super::recovery::Outcome;
use super::super::sealing::seal_text;
use super::super::unfinished::Unfinished;
use super::super::vault_id::sha256;
use super::super::writing::{Earlier, Writing};
use super::{Practice, chart, lock, text};

/// Does the steps of a write up to the given one and forgets the rest, as a killed process would.
fn killed_after(step: usize, practice: &Practice, path: &str, words: &str, earlier: Option<Earlier>) {
    let vault = practice.vault();
    let keys = super::super::pins::Pins::load(&vault).unwrap().note_keys(&vault, "clients/a7").unwrap();
    let sealed = seal_text(path, &text(words), &keys).unwrap();
    let writing = Writing::begin(&vault, path, &sealed, earlier).unwrap();
    let steps: [&dyn Fn() -> bool; 4] = [
        &|| writing.write_temp().is_ok(),
        &|| writing.keep_earlier().is_ok(),
        &|| writing.put_in_place().is_ok(),
        &|| writing.make_lasting().is_ok(),
    ];
    assert!(steps.iter().take(step).all(|step| step()));
}

#[test]
fn a_killed_replacement_leaves_the_old_or_the_new_text_and_the_next_run_settles_it() {
    for step in 0..=4 {
        let practice = Practice::new();
        let file = practice.seal(&chart(), "old");
        let old = std::fs::read(practice.root().join(&file.path)).unwrap();
        let earlier = Earlier { sha256: sha256(&old), stamp: file.stamp, kept_for: Some(file.id) };
        killed_after(step, &practice, &file.path, "new", Some(earlier));
        let right_after = practice.read(&file);
        assert_eq!(right_after, if step < 3 { "old\n" } else { "new\n" }, "after step {step}");
        let vault = practice.vault();
        let settled = vault.finish_interrupted(&lock(&vault)).unwrap();
        assert_eq!(settled[0].outcome, if step == 0 { Outcome::Undone } else { Outcome::Finished });
        assert_eq!(practice.read(&file), if step == 0 { "old\n" } else { "new\n" }, "after step {step}");
        let history = vault.history(&file).unwrap();
        assert_eq!(history.len(), usize::from(step > 0), "after step {step}");
        assert_no_leftovers(&practice);
    }
}

#[test]
fn a_killed_new_note_is_finished_when_its_bytes_are_whole() {
    for step in [0, 1, 3, 4] {
        let practice = Practice::new();
        let path = chart().path_of(practice.vault().new_id());
        killed_after(step, &practice, &path, "new", None);
        let vault = practice.vault();
        vault.finish_interrupted(&lock(&vault)).unwrap();
        let notes = vault.scan().unwrap().notes;
        assert_eq!(notes.len(), usize::from(step > 0), "after step {step}");
        assert!(notes.iter().all(|note| practice.read(note) == "new\n"));
        assert_no_leftovers(&practice);
    }
}

#[test]
fn bytes_that_are_not_whole_are_taken_back() {
    let practice = Practice::new();
    let path = chart().path_of(practice.vault().new_id());
    killed_after(1, &practice, &path, "new", None);
    let (temp, _) = super::files(&practice.root()).into_iter().find(|(name, _)| name.contains(".tmp-")).unwrap();
    std::fs::write(practice.root().join(&temp), "cut").unwrap();
    let vault = practice.vault();
    assert_eq!(vault.finish_interrupted(&lock(&vault)).unwrap()[0].outcome, Outcome::Undone);
    assert_no_leftovers(&practice);
}

#[test]
fn a_note_that_another_device_changed_meanwhile_stays_and_the_new_version_lies_beside() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "old");
    let place = practice.root().join(&file.path);
    let old = std::fs::read(&place).unwrap();
    let earlier = Earlier { sha256: sha256(&old), stamp: file.stamp, kept_for: Some(file.id) };
    killed_after(1, &practice, &file.path, "new", Some(earlier));
    let other = practice.seal(&chart(), "from elsewhere");
    std::fs::rename(practice.root().join(&other.path), &place).unwrap();
    let vault = practice.vault();
    let settled = vault.finish_interrupted(&lock(&vault)).unwrap();
    let Outcome::KeptBeside(beside) = &settled[0].outcome else { unreachable!("{settled:?}") };
    assert_eq!(practice.read(&file), "from elsewhere\n");
    assert_eq!(vault.scan().unwrap().conflicts, std::slice::from_ref(beside));
    let copy = crate::vault::SealedFile { path: beside.clone(), ..file };
    assert_eq!(practice.read(&copy), "new\n");
}

#[test]
fn unfinished_files_that_no_intent_names_are_left_alone() {
    let practice = Practice::new();
    let theirs = practice.root().join("clients/a7/.tmp-0123456789ab");
    std::fs::write(&theirs, "on its way here").unwrap();
    let vault = practice.vault();
    assert_eq!(vault.finish_interrupted(&lock(&vault)).unwrap(), []);
    assert!(theirs.exists());
}

#[test]
fn a_batch_killed_before_all_was_written_is_taken_back() {
    let practice = Practice::new();
    let vault = practice.vault();
    let step = Step::new_note(chart().path_of(vault.new_id()), None);
    std::fs::write(practice.root().join(&step.temp), "sealed bytes").unwrap();
    drop(Intent::begin(&vault, vec![step]).unwrap());
    assert_eq!(vault.finish_interrupted(&lock(&vault)).unwrap()[0].outcome, Outcome::Undone);
    assert_no_leftovers(&practice);
}

#[test]
fn a_step_that_fails_leaves_the_old_state_and_says_so() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "old");
    let folder = practice.root().join("clients/a7");
    // A file where the history's folder must be.
    std::fs::write(folder.join("history"), "").unwrap();
    let open = practice.open();
    let error = open.replace(&lock(open.vault()), &file, &text("new")).unwrap_err();
    assert!(error.hint().unwrap().contains("nothing in the vault was changed"), "{error:?}");
    assert_eq!(practice.read(&file), "old\n");
    assert_no_leftovers(&practice);
}

fn assert_no_leftovers(practice: &Practice) {
    let left =
        super::files(practice.dir.path()).into_iter().filter(|(n, _)| n.contains(".tmp") || n.contains("intents/"));
    assert_eq!(left.map(|(name, _)| name).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn what_was_half_done_is_told_and_nothing_is_touched() {
    for step in 0..=4 {
        let practice = Practice::new();
        let file = practice.seal(&chart(), "old");
        let old = std::fs::read(practice.root().join(&file.path)).unwrap();
        let earlier = Earlier { sha256: sha256(&old), stamp: file.stamp, kept_for: Some(file.id) };
        assert_eq!(practice.vault().interrupted().unwrap(), []);
        killed_after(step, &practice, &file.path, "new", Some(earlier));
        let before = super::files(practice.dir.path());
        let vault = practice.vault();
        assert_eq!(vault.interrupted().unwrap(), [Unfinished::Write(file.path.clone())], "after step {step}");
        assert!(super::files(practice.dir.path()) == before, "looking changes nothing");
        vault.finish_interrupted(&lock(&vault)).unwrap();
        assert_eq!(vault.interrupted().unwrap(), []);
    }
}

#[test]
fn a_write_that_goes_on_right_now_is_not_half_done() {
    let practice = Practice::new();
    let path = chart().path_of(practice.vault().new_id());
    let guard = lock(&practice.vault());
    killed_after(1, &practice, &path, "new", None);
    assert_eq!(practice.vault().interrupted().unwrap(), []);
    drop(guard);
    assert_eq!(practice.vault().interrupted().unwrap(), [Unfinished::Write(path)]);
}

#[test]
fn unfinished_files_of_nobody_and_records_that_do_not_read_are_told_apart() {
    let practice = Practice::new();
    let vault = practice.vault();
    for path in ["clients/a7/.tmp-0123456789ab", "clients/a7/history/.tmp-0123456789ac"] {
        let place = practice.root().join(path);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(place, "on its way here").unwrap();
    }
    let intents = vault.state().unwrap().join("intents");
    std::fs::create_dir_all(&intents).unwrap();
    std::fs::write(intents.join("x.json"), "[cut").unwrap();
    let told = vault.interrupted().unwrap();
    assert_eq!(
        told[..2],
        [".tmp-0123456789ab", "history/.tmp-0123456789ac"].map(|n| Unfinished::File(format!("clients/a7/{n}")))
    );
    assert!(matches!(&told[2..], [Unfinished::Record(file)] if file.ends_with("x.json")), "{told:?}");
    vault.finish_interrupted(&lock(&vault)).unwrap();
    let told = vault.interrupted().unwrap();
    assert!(matches!(&told[2..], [Unfinished::Record(file)] if file.ends_with("x.unreadable")), "{told:?}");
}

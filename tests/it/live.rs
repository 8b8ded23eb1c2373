//! Watching: what changes in the folder, by whatever program, shows on a later request.

use crate::practice::{Practice, require};
use crate::served::{Served, until};
use std::fs;
use std::path::Path;

const DATED: &str = "---\ndate: 2026-03-02\nattendance: attended\n---\n";

fn note(practice: &Practice, words: &str) -> String {
    practice.note(&format!("{DATED}{words}\n"))
}

/// Seals a text with stock `age` for whoever a recipients file names.
fn seal_outside(practice: &Practice, text: &str, recipients: &Path, to: &Path) {
    require("age");
    let clear = practice.home().join("clear.md");
    fs::write(&clear, text).expect("a clear file");
    let mut age = practice.tool("age");
    age.arg("-R").arg(recipients).arg("-o").arg(to).arg(&clear);
    let output = age.output().expect("age runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn recipients(practice: &Practice, code: &str) -> std::path::PathBuf {
    practice.vault().join("clients").join(code).join(".age-recipients")
}

#[test]
fn a_note_that_is_added_shows() {
    let practice = Practice::with_client();
    note(&practice, "First words.");
    let served = Served::practice(&practice);
    let before = served.page("/pulse");
    let id = note(&practice, "Second words, under way.");
    served.page_until("/clients/a7/", "the new note", |page| page.contains("Second words"));
    assert!(served.page(&format!("/notes/{id}/")).contains("under way"));
    assert_ne!(served.page("/pulse"), before, "the page's own look sees it too");
}

#[test]
fn a_note_that_is_edited_shows_with_its_new_words_alone() {
    let practice = Practice::with_client();
    let id = note(&practice, "She said yesterday.");
    let served = Served::practice(&practice);
    assert!(served.page(&format!("/notes/{id}/")).contains("yesterday"));
    practice.run(["edit", &id, "--editor", "sed -i s/yesterday/tomorrow/"]).expect(0);
    let address = format!("/notes/{id}/");
    let page = served.page_until(&address, "the edited note", |page| page.contains("tomorrow"));
    assert!(!page.contains("yesterday"), "{page}");
}

#[test]
fn a_note_that_is_deleted_is_gone() {
    let practice = Practice::with_client();
    let (kept, gone) = (note(&practice, "Stays."), note(&practice, "Goes away."));
    let served = Served::practice(&practice);
    served.page(&format!("/notes/{gone}/"));
    fs::remove_file(practice.sealed(&gone)).expect("removed");
    until("the note is gone", || (served.get(&format!("/notes/{gone}/")).status == 404).then_some(()));
    assert!(!served.page("/clients/a7/").contains("Goes away"));
    served.page(&format!("/notes/{kept}/"));
}

#[test]
fn a_file_that_stock_age_sealed_and_moved_over_a_note_shows() {
    let practice = Practice::with_client();
    let id = note(&practice, "Words of the program.");
    let served = Served::practice(&practice);
    served.page(&format!("/notes/{id}/"));
    let outside = practice.home().join("outside.age");
    let text = format!("---\nid: {id}\ndate: 2026-03-03\nattendance: attended\n---\nWords from elsewhere.\n");
    seal_outside(&practice, &text, &recipients(&practice, "a7"), &outside);
    fs::rename(&outside, practice.sealed(&id)).expect("renamed over");
    let page = served.page_until(&format!("/notes/{id}/"), "the other text", |page| page.contains("from elsewhere"));
    assert!(!page.contains("of the program"));
}

#[test]
fn a_file_that_stock_age_sealed_beside_the_notes_shows() {
    let practice = Practice::with_client();
    let served = Served::practice(&practice);
    let outside = practice.vault().join("clients/a7/2026-03-04 walk.md.age");
    seal_outside(&practice, "Written by hand, with age.\n", &recipients(&practice, "a7"), &outside);
    served.page_until("/clients/a7/", "the note made by hand", |page| page.contains("Written by hand"));
}

#[test]
fn a_folder_of_a_client_that_appears_with_notes_in_it_shows_whole() {
    let practice = Practice::with_client();
    practice.run(["client", "add", "b8"]).expect(0);
    for number in 0..20 {
        let text = format!("{DATED}Moved-in words {number}.\n");
        practice.run_with(["new", "b8", "--from-stdin"], text.as_bytes()).expect(0);
    }
    let (inside, outside) = (practice.vault().join("clients/b8"), practice.home().join("b8"));
    fs::rename(&inside, &outside).expect("moved out");
    let served = Served::practice(&practice);
    served.get("/clients/b8/").expect(404);
    let copied = practice.tool("cp").arg("-r").args([&outside, &inside]).status().expect("cp runs");
    assert!(copied.success());
    served.page_until("/clients/b8/", "all notes of the copied folder", |page| {
        (0..20).all(|number| page.contains(&format!("Moved-in words {number}.")))
    });
    fs::remove_dir_all(&inside).expect("removed");
    until("the client is gone", || (served.get("/clients/b8/").status == 404).then_some(()));
    fs::rename(&outside, &inside).expect("moved in");
    served.page_until("/clients/b8/", "the folder moved in whole", |page| page.contains("Moved-in words 7."));
}

#[test]
fn reading_pages_and_files_changes_nothing() {
    let practice = Practice::with_client();
    let ids: Vec<String> = (0..8).map(|number| note(&practice, &format!("Words {number}."))).collect();
    let served = Served::practice(&practice);
    let before = served.page("/pulse");
    for _ in 0..20 {
        for id in &ids {
            served.page(&format!("/notes/{id}/"));
            assert!(!fs::read(practice.sealed(id)).expect("a file").is_empty());
        }
        assert_eq!(served.page("/pulse"), before);
    }
    // And the watching is awake all the same.
    note(&practice, "One more.");
    served.page_until("/pulse", "the next state", |stamp| stamp != before);
}

#[test]
fn a_file_that_is_rewritten_with_the_same_bytes_changes_nothing() {
    let practice = Practice::with_client();
    let id = note(&practice, "Same words.");
    let served = Served::practice(&practice);
    let before = served.page("/pulse");
    let bytes = fs::read(practice.sealed(&id)).expect("a file");
    fs::write(practice.sealed(&id), bytes).expect("written again");
    let other = note(&practice, "Other words.");
    served.page_until("/clients/a7/", "the other note", |page| page.contains("Other words"));
    assert_ne!(served.page("/pulse"), before);
    for id in [id, other] {
        served.page(&format!("/notes/{id}/"));
    }
}

#[test]
fn a_half_written_file_is_a_visible_row_and_the_last_good_version_stays() {
    let practice = Practice::with_client();
    let id = note(&practice, "The last good version.");
    let other = note(&practice, "Beside it.");
    let served = Served::practice(&practice);
    let whole = fs::read(practice.sealed(&id)).expect("a file");
    fs::write(practice.sealed(&id), &whole[..whole.len() / 2]).expect("half a file");
    served.page_until("/about/", "a row for the half file", |page| page.contains(&format!("{id}.md.age")));
    assert!(served.page(&format!("/notes/{id}/")).contains("The last good version."));
    served.page(&format!("/notes/{other}/"));
    for address in ["/", "/clients/a7/"] {
        assert!(served.page(address).contains(&format!("{id}.md.age")), "{address} says so too");
    }
    fs::write(practice.sealed(&id), &whole).expect("the whole file");
    served.page_until("/about/", "the row is gone", |page| !page.contains(&format!("{id}.md.age")));
}

#[test]
fn a_half_file_that_was_never_whole_hides_nothing() {
    let practice = Practice::with_client();
    let id = note(&practice, "Whole.");
    let whole = fs::read(practice.sealed(&id)).expect("a file");
    let half = practice.vault().join("clients/a7/0000halffile.md.age");
    fs::write(&half, &whole[..100]).expect("half a file");
    let served = Served::practice(&practice);
    assert!(served.page("/about/").contains("0000halffile"));
    served.page(&format!("/notes/{id}/"));
    let later = note(&practice, "Later.");
    until("the next note", || (served.get(&format!("/notes/{later}/")).status == 200).then_some(()));
    assert!(served.page("/about/").contains("0000halffile"));
}

#[test]
fn when_the_folder_goes_away_the_last_pages_stay_and_say_so() {
    let practice = Practice::with_client();
    let id = note(&practice, "Read before.");
    let served = Served::practice(&practice);
    served.page("/");
    let away = practice.home().join("away");
    fs::rename(practice.vault(), &away).expect("moved away");
    let page = served.page_until("/", "the notice", |page| page.contains("Not up to date"));
    assert!(page.contains("a7"));
    let page = served.page(&format!("/notes/{id}/"));
    assert!(page.contains("Not up to date") && page.contains("Read before."));
    fs::rename(&away, practice.vault()).expect("moved back");
    served.page_until("/", "the notice is gone", |page| !page.contains("Not up to date"));
    let later = note(&practice, "Written after.");
    until("changes are seen again", || (served.get(&format!("/notes/{later}/")).status == 200).then_some(()));
}

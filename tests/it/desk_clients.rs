//! Files on the desk that seem to be another client's than their notes are: what is said of them.

use crate::desk::{PATH, listed, sealed, with_note};
use crate::desk_run::DeskRun;
use crate::served::until;
use std::fs;

#[test]
fn a_file_moved_to_another_clients_folder_is_said_to_be_still_a_note_of_its_own_client() {
    let (practice, id) = with_note();
    practice.run(["client", "add", "b2"]).expect(0);
    practice.run_with(["new", "b2", "--from-stdin"], b"---\ndate: 2026-03-04\n---\nOther.\n").expect(0);
    let desk = DeskRun::start(&practice, &[]);
    let still = |times: usize| {
        let warning = "b2/2026-03-02-1.md is still a note of a7";
        until(&format!("it is said {times} times"), || (desk.said().matches(warning).count() == times).then_some(()));
    };
    fs::rename(desk.file(PATH), desk.file("b2/2026-03-02-1.md")).unwrap();
    still(1);
    for (at, text) in ["Once.", "Twice."].iter().enumerate() {
        desk.add("b2/2026-03-02-1.md", text);
        sealed(&practice, &id, text);
        still(at + 2);
    }
    fs::rename(desk.file("b2/2026-03-02-1.md"), desk.file("a7/back.md")).unwrap();
    desk.add("a7/back.md", "At home.");
    sealed(&practice, &id, "At home.");
    let (_, said) = desk.end("INT");
    assert!(!said.contains("back.md is still"), "{said}");
    assert_eq!(practice.list(["b2"]).len(), 1);
}

#[test]
fn a_save_that_names_another_client_is_sealed_for_its_folders_and_said() {
    let (practice, id) = with_note();
    let desk = DeskRun::start(&practice, &[]);
    let warning = |id: &str| format!("note {id} names another client than its folder `a7`: `client: b2`");
    fs::write(desk.file(PATH), desk.text(PATH).replace("client: a7", "client: b2")).unwrap();
    desk.hears(&warning(&id));
    fs::write(desk.file("a7/new.md"), "---\nclient: b2\n---\nNew words.\n").unwrap();
    let new = listed(&practice, 2).into_iter().find(|one| *one != id).unwrap();
    desk.hears(&warning(&new));
    desk.end("INT");
    assert!(practice.raw(&id).contains("client: a7") && practice.raw(&new).contains("client: a7"));
}

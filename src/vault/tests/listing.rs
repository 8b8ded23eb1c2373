//! What a scan sees and what it passes by.

use super::{Practice, chart, code, text};
use crate::vault::Shelf;

#[test]
fn a_scan_takes_notes_and_names_what_it_leaves_out() {
    let practice = Practice::new();
    let note = practice.seal(&chart(), "words");
    let folder = practice.root().join("clients/a7");
    for name in [".hidden.md.age", "x.md.age~", ".x.md.age.swp", "4913", "#x.md#", ".tmp-3k9x2m7q4d1w", "y.md.swp"] {
        std::fs::write(folder.join(name), "x").unwrap();
    }
    std::fs::create_dir_all(folder.join("history/3k9x2m7q4d1w")).unwrap();
    std::fs::create_dir_all(folder.join("attachments")).unwrap();
    std::fs::write(folder.join("history/3k9x2m7q4d1w/0123456789abcdef.md.age"), "x").unwrap();
    std::fs::write(folder.join("attachments/notes.md"), "x").unwrap();
    std::fs::write(folder.join("draft.md"), "x").unwrap();
    std::fs::write(folder.join("big.md.age"), vec![0; (4 << 20) + 1]).unwrap();
    std::fs::write(folder.join("photo.jpg"), "x").unwrap();
    std::fs::write(folder.join("3k9x2m7q4d1w.sync-conflict-20260302-101112-ABC.md.age"), "x").unwrap();
    std::fs::write(folder.join("draft 2.md"), "x").unwrap();
    std::fs::write(folder.join("week 2.md.age"), "x").unwrap();
    std::os::unix::fs::symlink("/etc", folder.join("linked")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", folder.join("linked.md")).unwrap();
    std::fs::create_dir_all(practice.root().join("clients/Ann Smith")).unwrap();
    std::fs::write(practice.root().join("clients/Ann Smith/one.md.age"), "x").unwrap();
    let scan = practice.vault().scan().unwrap();
    let paths: Vec<_> = scan.notes.iter().map(|n| n.path.as_str()).collect();
    // The note's id is random, so it may sort on either side of the file made by hand.
    let mut expected = ["clients/Ann Smith/one.md.age", note.path.as_str(), "clients/a7/week 2.md.age"];
    expected.sort_unstable();
    assert_eq!(paths, expected);
    assert_eq!(scan.notes[0].shelf, None);
    assert!(scan.notes.contains(&note));
    assert_eq!(scan.clear.iter().map(|c| c.path.as_str()).collect::<Vec<_>>(), ["clients/a7/draft.md"]);
    assert_eq!(scan.conflicts.len(), 2);
    let skipped: Vec<_> = scan.skipped.iter().map(|s| s.path.rsplit('/').next().unwrap()).collect();
    assert_eq!(skipped, ["big.md.age", "linked", "linked.md", "photo.jpg"]);
    assert_eq!(scan.clients, [code("a7")]);
}

#[test]
fn a_file_of_another_name_has_the_same_id_each_time_and_another_elsewhere() {
    let practice = Practice::new();
    for path in ["clients/a7/one.md.age", "practice/one.md.age"] {
        std::fs::write(practice.root().join(path), "x").unwrap();
    }
    let (first, second) = (practice.vault().scan().unwrap().notes, practice.vault().scan().unwrap().notes);
    assert_eq!(first, second);
    assert_ne!(first[0].id, first[1].id);
    assert_eq!(first[1].shelf, Some(Shelf::Practice));
}

#[test]
fn a_clear_note_is_read_as_it_is_and_removed_only_unchanged() {
    let practice = Practice::new();
    let place = practice.root().join("clients/a7/draft.md");
    std::fs::write(&place, "words\n\n").unwrap();
    let vault = practice.vault();
    let file = vault.scan().unwrap().clear.remove(0);
    assert_eq!(vault.read_clear(&file).unwrap().reveal(), b"words\n\n");
    std::fs::write(&place, "other words").unwrap();
    let guard = super::lock(&vault);
    assert_eq!(vault.remove_clear(&guard, &file).unwrap_err().kind(), crate::vault::ErrorKind::ChangedMeanwhile);
    let file = vault.scan().unwrap().clear.remove(0);
    vault.remove_clear(&guard, &file).unwrap();
    assert!(!place.exists());
}

#[test]
fn nothing_is_read_or_sealed_behind_a_symbolic_link() {
    let practice = Practice::new();
    let file = practice.seal(&chart(), "words");
    let open = practice.open();
    let (clients, elsewhere) = (practice.root().join("clients"), practice.dir.path().join("elsewhere"));
    std::fs::rename(&clients, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &clients).unwrap();
    assert!(open.read(&file).is_err());
    let vault = open.vault();
    assert!(vault.seal_new(&super::lock(vault), &chart(), vault.new_id(), &text("x")).is_err());
    assert!(vault.add_client(&super::lock(vault), &code("b1")).is_err());
    assert!(vault.scan().unwrap().notes.is_empty());
}

#[test]
fn no_path_leads_out_of_the_vault() {
    let practice = Practice::new();
    let open = practice.open();
    let mut file = practice.seal(&chart(), "words");
    for path in ["../outside.md.age", "/etc/hostname", "clients/../../x.md.age", "clients//a7", "./x"] {
        file.path = path.to_owned();
        assert!(open.read(&file).is_err(), "{path}");
        assert!(open.replace(&super::lock(open.vault()), &file, &text("x")).is_err(), "{path}");
    }
}

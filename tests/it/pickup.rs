//! Clear files that appear while the vault is open: sealed as they come to rest, once each, and gone.

use crate::hand::{dates, ids};
use crate::practice::Practice;
use crate::served::{Served, until};
use std::fs;
use std::path::Path;

fn taken(file: &Path) {
    until(&format!("{} is taken", file.display()), || (!file.exists()).then_some(()));
}

#[test]
fn a_draft_is_sealed_while_the_pages_are_served_and_a_later_save_is_the_same_note() {
    let practice = Practice::with_client();
    let served = Served::practice(&practice);
    let draft = practice.drafts().join("draft.md");
    let text = "---\nclient: a7\ndate: 2026-03-04\n---\nZanzibar one.\nA second line.\n";
    fs::write(&draft, text).unwrap();
    taken(&draft);
    until("it is said", || served.said().contains("a disk may keep traces").then_some(()));
    fs::write(&draft, format!("{text}Zanzibar two.\n")).unwrap();
    taken(&draft);
    let id = until("both saves are one note", || {
        let notes = practice.list(["a7"]);
        let id = ids(&notes).first().map(|id| (*id).to_owned())?;
        (notes.len() == 1 && practice.raw(&id).contains("Zanzibar two.")).then_some(id)
    });
    // Another note under the same name is another note.
    fs::write(&draft, "---\nclient: a7\ndate: 2026-03-05\n---\nSomething else.\n").unwrap();
    taken(&draft);
    until("another note is there", || (practice.list(["a7"]).len() == 2).then_some(()));
    assert!(practice.raw(&id).contains("Zanzibar two."));
}

#[test]
fn a_clear_file_in_the_vault_is_sealed_while_the_pages_are_served() {
    let practice = Practice::with_client();
    let _served = Served::practice(&practice);
    let clear = practice.vault().join("clients/a7/2026-03-02 after lunch.md");
    fs::write(&clear, "Zanzibar one. #letters\n").unwrap();
    taken(&clear);
    until("it is listed", || (dates(&practice.list(["a7"])) == ["2026-03-02"]).then_some(()));
}

#[test]
fn a_file_that_an_editor_has_open_waits_and_one_without_a_client_stays() {
    let practice = Practice::with_client();
    let drafts = practice.drafts();
    let (open, swap) = (drafts.join("open.md"), drafts.join(".open.md.swp"));
    fs::write(&swap, "").unwrap();
    fs::write(&open, "---\nclient: a7\ndate: 2026-03-04\n---\nText.\n").unwrap();
    let homeless = drafts.join("homeless.md");
    fs::write(&homeless, "No client here.\n").unwrap();
    let served = Served::practice(&practice);
    until("the homeless one is said", || served.said().contains("homeless.md stays unsealed").then_some(()));
    assert!(open.exists() && homeless.exists());
    fs::remove_file(&swap).unwrap();
    taken(&open);
    assert!(homeless.exists());
    until("one note is there", || (practice.list(["a7"]).len() == 1).then_some(()));
}

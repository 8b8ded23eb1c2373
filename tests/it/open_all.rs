//! `open`: the pages and the desk, with one unlock and one lock.

use crate::practice::Practice;
use crate::served::{Served, until};
use std::fs;

#[test]
fn a_save_on_the_desk_is_on_the_page_and_one_lock_closes_both() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
    let served = Served::with(&practice, ["open"]);
    let file = practice.memory().join("desk/a7/2026-03-02-1.md");
    let page = format!("/notes/{id}/");
    until("the desk is laid out", || file.exists().then_some(()));
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("First", "Other")).unwrap();
    served.page_until(&page, "the save on the page", |page| page.contains("Other words."));
    served.post("/lock");
    until("the desk is empty", || (!file.exists()).then_some(()));
    assert_eq!(served.get(&page).status, 423);
    until("it says so", || served.said().contains("Locked.").then_some(()));
}

#[test]
fn unlocking_lays_the_desk_out_again_and_opens_the_pages() {
    let practice = Practice::with_client();
    practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
    let mut served = Served::in_terminal(&practice, &["open"], None).logged_in();
    let file = practice.memory().join("desk/a7/2026-03-02-1.md");
    served.post("/lock");
    until("the desk is empty", || (!file.exists()).then_some(()));
    until("it says so", || served.said().contains("Enter unlocks").then_some(()));
    served.type_in("\n");
    until("the desk is laid out again", || file.exists().then_some(()));
    served.page_until("/", "the page is there again", |page| page.contains("a7"));
}

//! The leak sentinel: copies that an editor left are found and named, and what is found is all that is said.

use crate::practice::{Practice, Ran, require};
use crate::served::canary;
use std::fs;
use std::path::Path;

const NONE: &str = "Looked for copies the editor may have left: none in ";

/// A practice with one session of client a7.
fn with_note() -> (Practice, String) {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
    (practice, id)
}

/// Edits with a script whose body is given; the text is `"$1"`.
fn editing_by(practice: &Practice, id: &str, body: &str) -> Ran {
    let editor = practice.script("by-script", body);
    practice.run(["edit", id, "--editor", editor.to_str().unwrap()])
}

/// Fails unless a copy was found at a path.
#[track_caller]
fn names(ran: &Ran, path: &Path, what: &str) {
    let path = path.to_str().unwrap();
    let line = ran.err.lines().find(|line| line.starts_with("warning:") && line.contains(path) && line.contains(what));
    assert!(line.is_some(), "`{path}` is not named as what {what}:\n{}", ran.err);
    assert!(!ran.err.contains("First words") && !ran.err.contains("clean"), "{}", ran.err);
}

#[test]
fn an_editor_that_leaves_nothing_gets_one_line_and_quiet_gets_none() {
    let (practice, id) = with_note();
    let ran = practice.run(["edit", &id, "--editor", "sed -i s/First/Second/"]).expect(0);
    assert_eq!(ran.err.lines().filter(|line| line.starts_with(NONE)).count(), 1, "{}", ran.err);
    assert!(ran.err.contains(" known places."), "{}", ran.err);
    let ran = practice.run(["-q", "edit", &id, "--editor", "sed -i s/Second/Third/"]).expect(0);
    assert!(!ran.err.contains("Looked"), "{}", ran.err);
}

#[test]
fn what_vim_keeps_without_its_switches_is_found() {
    require("vim");
    for (settings, left, what) in [
        ("set undofile undodir=~/.vim/undo", ".vim/undo", "named after the note's file"),
        ("set backup backupdir=~/.vim/backup", ".vim/backup", "copy of the note"),
        ("set backup backupdir=~/far/down/in/my-backups", "far/down/in/my-backups", "copy of the note"),
    ] {
        let (practice, id) = with_note();
        let folder = practice.home().join(left);
        fs::create_dir_all(&folder).unwrap();
        fs::write(practice.home().join("own.vim"), format!("set nocompatible viminfo=\n{settings}\n")).unwrap();
        let vim = "exec vim -u \"$HOME/own.vim\" -c 'normal GoMore' -c wq \"$1\" > /dev/null 2>&1";
        let ran = editing_by(&practice, &id, vim).expect(1);
        let copy = fs::read_dir(&folder).unwrap().next().expect("vim's copy").unwrap().path();
        names(&ran, &copy.canonicalize().unwrap(), what);
        assert!(practice.raw(&id).contains("More"), "what was written is sealed all the same");
        assert!(ran.err.contains("1 in "), "{}", ran.err);
    }
}

#[test]
fn vims_list_of_marks_and_registers_and_a_swap_file_it_left_are_found() {
    require("vim");
    let (practice, id) = with_note();
    fs::create_dir_all(practice.home().join(".vim/swap")).unwrap();
    let settings = "set nocompatible viminfo='100,<50,n~/.viminfo swapfile directory=~/.vim/swap\n";
    fs::write(practice.home().join("own.vim"), settings).unwrap();
    let vim = "vim -u \"$HOME/own.vim\" -c 'normal ggyG' -c wq \"$1\" > /dev/null 2>&1";
    let ran = editing_by(&practice, &id, vim).expect(1);
    names(&ran, &practice.home().join(".viminfo"), "copy of the note");
    let killed = "vim -u \"$HOME/own.vim\" -c 'normal GoMore' -c preserve -c 'call system(\"kill -9 \" . getpid())' \
                  \"$1\" > /dev/null 2>&1";
    let ran = editing_by(&practice, &id, killed).expect(6);
    let swap = fs::read_dir(practice.home().join(".vim/swap")).unwrap().next().expect("a swap file").unwrap().path();
    names(&ran, &swap, "copy of the note");
}

#[test]
fn a_backup_folder_a_local_history_and_a_wide_text_are_found() {
    for (place, command) in [
        ("backup/a7.md", "cp \"$1\" \"$PLACE\""),
        ("config/Code/User/History/-1a2b3c/x7Kd.md", "cp \"$1\" \"$PLACE\""),
        ("config/VSCodium/Backups/1700000000/file/9f8e", "cp \"$1\" \"$PLACE\""),
        ("data/Trash/files/old.md", "cp \"$1\" \"$PLACE\""),
        ("config/Cursor/User/globalStorage/state.vscdb", "iconv -t UTF-16LE \"$1\" > \"$PLACE\""),
        ("Documents/deep/down/copy.md", "cp --preserve=timestamps \"$1\" \"$PLACE\""),
    ] {
        let (practice, id) = with_note();
        let at = practice.home().join(place);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        let ran = editing_by(&practice, &id, &format!("PLACE='{}'; {command}", at.display())).expect(1);
        names(&ran, &at.canonicalize().unwrap(), "copy of the note");
    }
}

#[test]
fn lists_that_name_the_file_are_found_in_obsidian_on_the_desktop_and_in_an_editors_history() {
    for place in [
        "practice/.obsidian/workspace.json",
        "config/obsidian/obsidian.json",
        "data/recently-used.xbel",
        "config/Code/User/History/-1a2b3c/entries.json",
        ".emacs.d/recentf",
    ] {
        let (practice, id) = with_note();
        let at = practice.home().join(place);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        let ran = editing_by(&practice, &id, &format!("printf '{{\"file\": \"%s\"}}' \"$1\" > '{}'", at.display()));
        names(&ran.expect(1), &at.canonicalize().unwrap(), "names the note's file");
    }
}

#[test]
fn a_copy_in_a_folder_for_temporary_files_is_found_and_what_was_there_before_is_not_accused() {
    let (practice, id) = with_note();
    let name = canary();
    let at = Path::new("/tmp").join(format!("{name}.txt"));
    fs::write(practice.home().join("old-copy.md"), practice.raw(&id)).unwrap();
    let ran = editing_by(&practice, &id, &format!("cp \"$1\" '{}'", at.display())).expect(1);
    fs::remove_file(&at).unwrap();
    names(&ran, &at, "copy of the note");
    assert!(!ran.err.contains("old-copy.md"), "{}", ran.err);
}

#[test]
fn a_marker_is_never_sealed_however_the_editor_moved_it() {
    let (practice, id) = with_note();
    let moved = "mark=$(tail -n 1 \"$1\"); printf '%s\\nMore.\\n%s\\n' \"$mark\" \"$mark\" >> \"$1\"";
    editing_by(&practice, &id, moved).expect(0);
    let text = practice.raw(&id);
    assert!(text.ends_with("First words.\nMore.\n") && !text.contains("throughline:mark"), "{text}");
    let before = practice.files(&practice.vault());
    editing_by(&practice, &id, "printf '\\n' >> \"$1\"").expect(0);
    editing_by(&practice, &id, "tail -n 1 \"$1\" >> \"$1\"").expect(0);
    assert_eq!(practice.files(&practice.vault()), before, "a moved marker is no change");
}

//! Real editors on a terminal: what they are told not to keep they do not keep, and no way out loses a saved word.

use crate::hand::ids;
use crate::practice::{Practice, Ran, require};
use crate::served::until;
use std::fs;
use std::process::{Child, Stdio};

const CANARY: &str = "zanzibarword";
const NONE: &str = "Looked for copies the editor may have left: none in ";

/// A practice with one session of client a7.
fn with_note() -> (Practice, String) {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
    (practice, id)
}

/// Puts settings where an editor reads them.
fn settings(practice: &Practice, path: &str, text: &str) {
    let path = practice.home().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Edits on a terminal; the note then holds the canary, and nothing else in the home does.
#[track_caller]
fn leaves_nothing(practice: &Practice, id: &str, editor: &str, dialogue: &str) {
    let ran = practice.on_terminal(&format!("\"$PROGRAM\" edit {id} --editor '{editor}'"), dialogue).expect(0);
    assert!(ran.out.contains(NONE), "{}", ran.out);
    assert!(practice.raw(id).contains(CANARY));
    practice.nowhere_in_the_clear(CANARY);
    practice.nowhere_in_the_clear("First words");
    practice.nowhere_in_the_clear("a7-2026-03-02");
}

/// Everything off that can be turned on, at every moment that an autocommand can choose.
const HOSTILE_VIM: &str = "set backup writebackup undofile swapfile updatecount=1 backupdir=~/backup undodir=~/undo \
                           directory=~/swap backupskip=\n\
                           autocmd BufReadPre,BufReadPost,BufNewFile,BufEnter,VimEnter,InsertEnter,InsertLeave,\
                           BufWritePre,VimLeavePre * set backup writebackup undofile swapfile updatecount=1 \
                           undodir=~/undo backupskip=\n";

fn vim_dialogue() -> String {
    format!(
        "await {{First words}}\nsend -- \"Go{CANARY}\\033\"\nawait {{{CANARY}}}\nsend -- \":w\\r\"\nawait {{written}}\n\
         send -- \"omore\\033:wq\\r\""
    )
}

fn folders_of_copies(practice: &Practice) {
    for folder in ["backup", "undo", "swap"] {
        fs::create_dir(practice.home().join(folder)).unwrap();
    }
}

#[test]
fn vim_keeps_nothing_though_its_autocommands_turn_everything_on_again() {
    require("vim");
    let (practice, id) = with_note();
    folders_of_copies(&practice);
    let more = "autocmd VimLeavePre * set viminfo='100,n~/.viminfo\n";
    settings(&practice, ".vimrc", &format!("set nocompatible viminfo='100,n~/.viminfo\n{HOSTILE_VIM}{more}"));
    leaves_nothing(&practice, &id, "vim", &vim_dialogue());
}

#[test]
fn neovim_keeps_nothing_though_its_autocommands_turn_everything_on_again() {
    require("nvim");
    let (practice, id) = with_note();
    folders_of_copies(&practice);
    settings(&practice, "config/nvim/init.vim", HOSTILE_VIM);
    leaves_nothing(&practice, &id, "nvim", &vim_dialogue());
}

#[test]
fn emacs_keeps_nothing_though_its_hooks_turn_everything_on_again() {
    require("emacs");
    let (practice, id) = with_note();
    let init = "(setq inhibit-startup-screen t make-backup-files t backup-directory-alist '((\".\" . \"~/backup\")))\n\
        (setq auto-save-default t auto-save-interval 1 auto-save-timeout 1)\n\
        (setq auto-save-file-name-transforms '((\".*\" \"~/auto/\" t)) desktop-save t desktop-path '(\"~/\"))\n\
        (recentf-mode 1) (savehist-mode 1) (save-place-mode 1) (desktop-save-mode 1)\n\
        (setq savehist-additional-variables '(kill-ring))\n\
        (add-hook 'find-file-hook (lambda () (auto-save-mode 1) (setq-local make-backup-files t)))\n\
        (add-hook 'emacs-startup-hook (lambda () (setq make-backup-files t auto-save-default t) (auto-save-mode 1)))\n\
        (add-hook 'before-save-hook (lambda () (setq buffer-backed-up nil) (backup-buffer)))\n\
        (add-hook 'after-save-hook (lambda () (recentf-save-list)))\n";
    settings(&practice, ".emacs.d/init.el", init);
    for folder in ["backup", "auto"] {
        fs::create_dir(practice.home().join(folder)).unwrap();
    }
    let dialogue = format!(
        "await {{First words}}\nsend -- \"\\033>{CANARY} \"\nawait {{{CANARY}}}\nsend -- \"\\030\\023\"\nawait {{Wrote}}\n\
         send -- \"more\"\nawait {{more}}\nsend -- \"\\030\\023\"\nsend -- \"\\030\\003\""
    );
    leaves_nothing(&practice, &id, "emacs -nw", &dialogue);
}

#[test]
fn nano_keeps_nothing_though_its_settings_ask_for_backups_and_histories() {
    require("nano");
    let (practice, id) = with_note();
    fs::create_dir_all(practice.home().join("backup")).unwrap();
    let wanted = "set backup\nset backupdir \"~/backup\"\nset historylog\nset positionlog\nset locking\n";
    settings(&practice, "config/nano/nanorc", wanted);
    settings(&practice, ".nanorc", wanted);
    let dialogue = format!(
        "await {{First words}}\nsend -- \"\\033/{CANARY} \"\nawait {{{CANARY}}}\nsend -- \"\\027First\\r\"\nsend -- \"\\017\"\n\
         await {{File Name}}\nsend -- \"\\r\"\nawait {{Wrote}}\nsend -- \"\\030\""
    );
    leaves_nothing(&practice, &id, "nano", &dialogue);
}

#[test]
fn micro_keeps_nothing_though_its_settings_for_markdown_ask_for_everything() {
    require("micro");
    let (practice, id) = with_note();
    let all = "\"backup\": true, \"permbackup\": true, \"savecursor\": true, \"saveundo\": true, \"savehistory\": true";
    settings(&practice, "config/micro/settings.json", &format!("{{{all}, \"*.md\": {{{all}}}}}"));
    let dialogue = format!(
        "await {{First words}}\nsend -- \"\\033\\[1;5F{CANARY} \"\nsend -- \"\\023\"\nawait {{Saved}}\n\
         send -- \"\\021\""
    );
    leaves_nothing(&practice, &id, "micro", &dialogue);
}

#[test]
fn kakoune_keeps_nothing() {
    require("kak");
    let (practice, id) = with_note();
    let dialogue =
        format!("await {{First words}}\nsend -- \"geo{CANARY}\\033\"\nawait {{{CANARY}}}\nsend -- \":wq\\r\"");
    leaves_nothing(&practice, &id, "kak", &dialogue);
}

/// Edits with a script that saves, says so in `ready`, and goes on for ever.
fn unfinished(practice: &Practice, id: &str, body: &str) -> Child {
    let editor = practice.script("unfinished", &format!("{body}\ntouch \"$HOME/ready\"\nsleep 600"));
    let mut command = practice.command();
    command.args(["edit", id]).env("EDITOR", editor).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    until("the editor has saved", || practice.home().join("ready").exists().then_some(()));
    child
}

fn signal(child: &Child, name: &str) {
    Ran::of(std::process::Command::new("kill").args(["-s", name, &child.id().to_string()]).output().unwrap()).expect(0);
}

#[test]
fn a_request_to_end_keeps_what_was_saved_and_wipes_the_rest() {
    require("kill");
    for name in ["TERM", "HUP"] {
        let (practice, id) = with_note();
        let child = unfinished(&practice, &id, "echo Saved. >> \"$1\"");
        signal(&child, name);
        let ran = Ran::of(child.wait_with_output().unwrap()).expect(130);
        assert!(ran.err.contains(&format!("Sealed {id}")), "{}", ran.err);
        assert!(practice.raw(&id).contains("Saved."));
        assert!(!practice.memory().exists());
    }
}

#[test]
fn an_editor_that_does_not_listen_is_ended_and_nothing_of_it_stays() {
    require("kill");
    let (practice, id) = with_note();
    let child = unfinished(&practice, &id, "trap '' TERM HUP; echo Saved. >> \"$1\"");
    signal(&child, "TERM");
    Ran::of(child.wait_with_output().unwrap()).expect(130);
    assert!(practice.raw(&id).contains("Saved."));
    assert!(!practice.memory().exists());
}

#[test]
fn ctrl_c_belongs_to_the_editor() {
    require("vim");
    let (practice, id) = with_note();
    // Vim throws away what was typed around a Ctrl-C, so the saving is typed again until it is heard.
    let again = "set timeout 1\nfor {set i 0} {$i < 60} {incr i} {\nsend -- \":wq\\r\"\nexpect -ex {Sealed} break\n}\n\
                 set timeout 60";
    let dialogue = format!(
        "await {{First words}}\nsend -- \"Go{CANARY}\\033\"\nawait {{{CANARY}}}\nsend -- \"\\003\\003\"\n{again}"
    );
    practice.on_terminal(&format!("\"$PROGRAM\" edit {id} --editor vim"), &dialogue).expect(0);
    assert!(practice.raw(&id).contains(CANARY));
}

#[test]
fn a_closed_terminal_loses_nothing_that_was_saved() {
    require("vim");
    let (practice, id) = with_note();
    let dialogue = format!(
        "await {{First words}}\nsend -- \"Go{CANARY}\\033\"\nawait {{{CANARY}}}\nsend -- \":w\\r\"\nawait {{written}}\n\
         close\nwait\nexit 0"
    );
    practice.on_terminal(&format!("exec \"$PROGRAM\" edit {id} --editor vim"), &dialogue).expect(0);
    until("the folder is gone", || (!practice.memory().exists()).then_some(()));
    assert!(practice.raw(&id).contains(CANARY));
    practice.nowhere_in_the_clear(CANARY);
}

#[test]
fn a_terminal_closed_on_a_script_seals_a_new_note_once_and_wipes_it() {
    let (practice, _) = with_note();
    let editor = practice.script("script", "echo Saved. >> \"$1\"; echo script is ready; sleep 600");
    let command = format!("exec \"$PROGRAM\" new a7 --date 2026-03-09 --editor '{}'", editor.display());
    practice.on_terminal(&command, "await {script is ready}\nclose\nwait\nexit 0").expect(0);
    until("the folder is gone", || (!practice.memory().exists()).then_some(()));
    let ran = practice.run(["new", "a7", "--editor", "true"]).expect(0);
    assert!(!ran.err.contains("interrupted"), "{}", ran.err);
    let texts: Vec<String> = ids(&practice.list(["a7"])).iter().map(|id| practice.raw(id)).collect();
    assert_eq!(texts.iter().filter(|text| text.contains("Saved.")).count(), 1, "{texts:?}");
}

/// Types without saving: once the user lets go of it, then the terminal is closed, which makes a draft of it.
#[track_caller]
fn rescues(editor: &str, typing: &str, rescued: bool, (leaving, code): (&str, i32)) {
    let (practice, id) = with_note();
    let typed = format!("await {{First words}}\nsend -- \"{typing}{CANARY}\"\nawait {{{CANARY}}}\n");
    let command = format!("exec \"$PROGRAM\" edit {id} --editor '{editor}'");
    practice.on_terminal(&command, &format!("{typed}{leaving}")).expect(code);
    assert_eq!(practice.list(["a7"]).len(), 1, "{editor}: what the user let go of came back");
    let copy = format!("grep -qs {CANARY} {}/edit-*/*.save", practice.memory().display());
    let copied = if rescued { format!("while {{[catch {{exec sh -c {{{copy}}}}}]}} {{}}\n") } else { String::new() };
    practice.on_terminal(&command, &format!("{typed}{copied}close\nwait\nexit 0")).expect(0);
    until("the folder is gone", || (!practice.memory().exists()).then_some(()));
    let texts: Vec<String> = ids(&practice.list(["a7"])).iter().map(|id| practice.raw(id)).collect();
    assert_eq!(texts.iter().filter(|text| text.contains(CANARY)).count(), 1, "{editor}: {texts:?}");
    assert!(texts.iter().all(|text| text.contains("First words") && !text.contains("throughline:mark")));
    practice.nowhere_in_the_clear(CANARY);
}

#[test]
fn unsaved_text_in_vim_becomes_a_draft_when_its_terminal_is_closed() {
    for editor in ["vim", "nvim"] {
        require(editor);
        for (leaving, code) in [("\\033:q!\\r", 0), ("\\033ZQ", 0), ("\\033:cq\\r", 6)] {
            rescues(editor, "Go", true, (&format!("send -- \"{leaving}\""), code));
        }
    }
}

#[test]
fn unsaved_text_in_emacs_becomes_a_draft_when_its_terminal_is_closed() {
    require("emacs");
    let leaving = "send -- \"\\030\\003\"\nawait {Save file}\nsend -- \"n\"\nawait {exit anyway}\nsend -- \"yes\\r\"";
    rescues("emacs -nw", "\\033>", false, (leaving, 0));
}

#[test]
fn unsaved_text_in_nano_becomes_a_draft_when_its_terminal_is_closed() {
    require("nano");
    let leaving = "send -- \"\\030\"\nawait {Save modified}\nsend -- \"n\"";
    rescues("nano", "\\033/", false, (leaving, 0));
}

//! A random word goes through everything that writes or shows notes; then every disk is searched for it.
//!
//! The word itself is handed over by pipes, the environment and memory, so that no file of the test holds it.

use crate::desk_run::DeskRun;
use crate::disk_search::{Disks, in_memory};
use crate::hand::ids;
use crate::practice::{Practice, Ran, require};
use crate::served::{Served, canary, lives, signal, until};
use crate::spill::Spill;
use std::fs;
use std::path::{Path, PathBuf};

/// A practice with a session, and what watches over it.
struct Watched {
    practice: Practice,
    word: String,
    id: String,
    disks: Disks,
}

impl Watched {
    fn new() -> Self {
        let practice = Practice::with_client();
        let disks = Disks::since_now(&practice);
        let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
        Self { practice, word: canary(), id, disks }
    }

    /// A script that gets the file to edit as `"$1"` and the word as `$CANARY`.
    fn edit_with(&self, script: &str, arguments: &[&str]) -> Ran {
        let editor = self.practice.script("editor", script);
        let mut command = self.practice.command();
        command.args(arguments).arg("--editor").arg(editor).env("CANARY", &self.word);
        Ran::of(command.output().expect("the program runs"))
    }

    /// The number of notes that hold the word.
    fn notes_with_it(&self) -> usize {
        let listed = self.practice.list(["a7"]);
        ids(&listed).iter().filter(|id| self.practice.raw(id).contains(&self.word)).count()
    }

    #[track_caller]
    fn nowhere_on_a_disk(&self) {
        assert_eq!(self.disks.holding(&self.word), Vec::<PathBuf>::new(), "on a disk");
    }

    /// After all has ended: not on a disk, and not in memory either.
    #[track_caller]
    fn nowhere(&self) {
        self.nowhere_on_a_disk();
        assert_eq!(in_memory(&self.word), Vec::<PathBuf>::new(), "in memory");
        assert!(!self.practice.memory().exists(), "the folder for clear text is still there");
    }
}

/// Ways in which editors save.
const SAVES: [(&str, &str); 4] = [
    ("in place", "printf '%s\\n' \"$CANARY\" >> \"$1\""),
    ("beside and renamed over", "(cat \"$1\"; echo \"$CANARY\") > \"$1.new\"; mv -f \"$1.new\" \"$1\""),
    ("the old one moved away first", "mv \"$1\" \"$1~\"; (cat \"$1~\"; echo \"$CANARY\") > \"$1\"; rm \"$1~\""),
    ("emptied and written", "text=$(cat \"$1\"); : > \"$1\"; printf '%s\\n%s\\n' \"$text\" \"$CANARY\" > \"$1\""),
];

#[test]
fn a_word_that_any_command_wrote_or_showed_is_on_no_disk() {
    let watched = Watched::new();
    let practice = &watched.practice;
    let note = |day: u32| format!("---\nclient: a7\ndate: 2026-04-{day:02}\ntitle: {}\n---\n{0}\n", watched.word);
    practice.note(&note(1));
    for (how, script) in SAVES {
        let ran = watched.edit_with(script, &["new", "a7"]);
        assert_eq!((ran.code, how), (0, how), "{}", ran.err);
    }
    watched.edit_with(SAVES[1].1, &["edit", &watched.id]).expect(0);
    // What is brought in lies in memory: where its owner keeps it is not ours.
    let from = tempfile::tempdir_in("/dev/shm").unwrap();
    fs::write(from.path().join("one.md"), note(2)).unwrap();
    practice.run(["import".as_ref(), "markdown".as_ref(), from.path().as_os_str()]).expect(0);
    drop(from);
    fs::write(practice.drafts().join("draft.md"), note(3)).unwrap();
    fs::write(practice.vault().join("clients/a7/clear.md"), note(4)).unwrap();
    practice.run(["seal"]).expect(0);
    assert_eq!(watched.notes_with_it(), 1 + SAVES.len() + 1 + 1 + 2);
    practice.run(["check"]);
    watched.nowhere();
}

#[test]
fn a_word_on_a_page_that_is_served_is_on_no_disk() {
    let watched = Watched::new();
    let id = watched.practice.note(&format!("---\ndate: 2026-03-03\ntitle: {}\n---\n{0}\n", watched.word));
    let mut served = Served::practice(&watched.practice);
    for page in [format!("/notes/{id}/"), "/clients/a7/".to_owned(), "/".to_owned()] {
        served.page(&page);
    }
    assert!(served.page(&format!("/notes/{id}/")).contains(&watched.word));
    watched.edit_with(SAVES[0].1, &["edit", &watched.id]).expect(0);
    served.page_until(&format!("/notes/{}/", watched.id), "the edited note", |page| page.contains(&watched.word));
    watched.nowhere_on_a_disk();
    served.signal("TERM");
    served.ended();
    watched.nowhere();
}

#[test]
fn a_killed_program_leaves_its_word_in_memory_alone_until_the_next_run_has_sealed_it() {
    let watched = Watched::new();
    for arguments in [&["new", "a7"][..], &["edit", &watched.id]] {
        let killing = format!("{}; kill -9 $PPID", SAVES[1].1);
        assert_ne!(watched.edit_with(&killing, arguments).code, 0);
        assert!(!in_memory(&watched.word).is_empty(), "what was typed is still there");
        watched.nowhere_on_a_disk();
        watched.practice.run(["new", "a7", "--editor", "true"]).expect(0);
    }
    assert_eq!(watched.notes_with_it(), 2);
    watched.nowhere();
}

#[test]
fn a_word_saved_on_the_desk_is_on_no_disk_whether_the_desk_is_closed_or_killed() {
    let watched = Watched::new();
    let practice = &watched.practice;
    let desk = DeskRun::start(practice, &[]);
    desk.add("a7/2026-03-02-1.md", &watched.word);
    until("the save is sealed", || (watched.notes_with_it() == 1).then_some(()));
    watched.nowhere_on_a_disk();
    desk.end("INT");
    watched.nowhere();
    let mut desk = DeskRun::start(practice, &[]);
    let keeper = desk.keeper().expect("a process with the keys");
    // Stopped first, so that neither tidies up after the other.
    signal(desk.parent(), "STOP");
    signal(keeper, "STOP");
    desk.add("a7/2026-03-02-1.md", &format!("again {}", watched.word));
    signal(keeper, "KILL");
    signal(desk.parent(), "KILL");
    until("both have ended", || (!desk.still_runs() && !lives(keeper)).then_some(()));
    assert!(!in_memory(&watched.word).is_empty(), "what was saved is still there");
    watched.nowhere_on_a_disk();
    practice.run(["desk", "--for", "1s"]).expect(0);
    let texts: Vec<String> = ids(&practice.list(["a7"])).iter().map(|id| practice.raw(id)).collect();
    assert!(texts.iter().any(|text| text.contains("again")), "what was saved before the kill is sealed: {texts:?}");
    watched.nowhere();
}

/// An editor on a terminal: its command, and how to go to the end, type, save, wait until that is done, and end.
struct Terminal {
    tool: &'static str,
    command: &'static str,
    save: &'static str,
    end: &'static str,
}

const TERMINALS: [Terminal; 4] = [
    Terminal {
        tool: "vim",
        command: "vim",
        save: "send -- \"Go$env(CANARY)\\033\"; send -- \":w\\r\"; await written",
        end: "send -- \":q\\r\"",
    },
    Terminal {
        tool: "nvim",
        command: "nvim",
        save: "send -- \"Go$env(CANARY)\\033\"; send -- \":w\\r\"; await written",
        end: "send -- \":q\\r\"",
    },
    Terminal {
        tool: "nano",
        command: "nano",
        save: "send -- \"\\033/\"; send -- \"$env(CANARY)\\r\"; send -- \"\\023\"; await Wrote",
        end: "send -- \"\\030\"",
    },
    Terminal {
        tool: "emacs",
        command: "emacs -nw",
        save: "send -- \"\\033>\"; send -- \"$env(CANARY)\\r\"; send -- \"\\030\\023\"; await Wrote",
        end: "send -- \"\\030\\003\"",
    },
];

impl Terminal {
    fn of(tool: &str) -> &'static Self {
        require(tool);
        TERMINALS.iter().find(|terminal| terminal.tool == tool).expect("an editor of that name")
    }

    /// Edits the note on a terminal. `before` stands before the program's name.
    fn edit(&self, watched: &Watched, before: &str, end: &str) -> Ran {
        let shell =
            format!("echo $$ > pid; exec {before} \"$PROGRAM\" edit {} --editor '{}'", watched.id, self.command);
        let dialogue = format!("await {{First words}}\n{}\n{end}", self.save);
        watched.practice.on_terminal_with(&shell, &dialogue, &[("CANARY", &watched.word)])
    }
}

/// The editor with all its calls watched, then once more and the program killed while it is open.
fn on_a_terminal(tool: &str) {
    let watched = Watched::new();
    let terminal = Terminal::of(tool);
    let spill = Spill::new();
    terminal.edit(&watched, &spill.strace(), terminal.end).expect(0);
    assert_eq!(spill.found(&watched.word), Vec::<String>::new(), "written to a disk, if only for a moment");
    drop(spill);
    assert_eq!(watched.notes_with_it(), 1);
    watched.nowhere();
    terminal.edit(&watched, "", "exec kill -9 [exec cat pid]");
    until("the editor has ended with its terminal", || nobody_has(&watched.practice.memory()).then_some(()));
    assert!(!in_memory(&watched.word).is_empty(), "what was saved is still there");
    watched.nowhere_on_a_disk();
    watched.practice.run(["new", "a7", "--editor", "true"]).expect(0);
    assert_eq!(watched.notes_with_it(), 2, "what was saved before the kill is a note");
    watched.nowhere();
}

/// Whether no process names a folder in its arguments.
fn nobody_has(folder: &Path) -> bool {
    let folder = folder.to_string_lossy();
    let processes = fs::read_dir("/proc").expect("/proc").flatten();
    let mut arguments = processes.filter_map(|entry| fs::read(entry.path().join("cmdline")).ok());
    !arguments.any(|arguments| String::from_utf8_lossy(&arguments).contains(&*folder))
}

#[test]
fn vim_on_a_terminal_killed_or_not_leaves_no_word_on_a_disk() {
    on_a_terminal("vim");
}

#[test]
fn neovim_on_a_terminal_killed_or_not_leaves_no_word_on_a_disk() {
    on_a_terminal("nvim");
}

#[test]
fn nano_on_a_terminal_killed_or_not_leaves_no_word_on_a_disk() {
    on_a_terminal("nano");
}

#[test]
fn emacs_on_a_terminal_killed_or_not_leaves_no_word_on_a_disk() {
    on_a_terminal("emacs");
}

#[test]
fn no_command_writes_the_word_to_a_disk_even_for_a_moment() {
    let watched = Watched::new();
    let practice = &watched.practice;
    let from = tempfile::tempdir_in("/dev/shm").unwrap();
    fs::write(from.path().join("one.md"), format!("---\nclient: a7\n---\n{}\n", watched.word)).unwrap();
    let from = from.path().to_string_lossy().into_owned();
    let editor = practice.script("editor", SAVES[1].1).to_string_lossy().into_owned();
    let commands: [&[&str]; 5] = [
        &["new", "a7", "--editor", &editor],
        &["edit", &watched.id, "--editor", &editor],
        &["import", "markdown", &from, "--client", "a7"],
        &["seal", &from],
        &["show", &watched.id],
    ];
    for arguments in commands {
        let spill = Spill::new();
        let mut command = practice.tool("sh");
        command.args(["-c", &format!("exec {} \"$PROGRAM\" \"$@\"", spill.strace()), "sh"]).args(arguments);
        command.env("PROGRAM", env!("CARGO_BIN_EXE_throughline")).env("CANARY", &watched.word);
        Ran::of(command.output().unwrap()).expect(0);
        assert_eq!(spill.found(&watched.word), Vec::<String>::new(), "{arguments:?}");
        assert!(spill.saw_writes(), "{arguments:?}: the calls were seen");
    }
}

/// The controls: the same searches find what does leak.
#[test]
fn vim_without_the_switches_is_found_by_both_searches() {
    require("vim");
    let watched = Watched::new();
    let home = watched.practice.home();
    for folder in ["backup", "undo", "swap"] {
        fs::create_dir(home.join(folder)).unwrap();
    }
    let settings = "set nocompatible backup writebackup undofile swapfile viminfo='100,n~/.viminfo\n\
                    set backupdir=~/backup undodir=~/undo directory=~/swap updatecount=1\n";
    fs::write(home.join(".vimrc"), settings).unwrap();
    // As `edit` would call it, but by a name that the switches are not known for.
    let leaky = "exec vim -c \"normal Go$CANARY\" -c w -c \"normal Gddo$CANARY\" -c wq \"$1\"";
    let spill = Spill::new();
    let editor = watched.practice.script("leaky", leaky);
    let mut command = watched.practice.tool("sh");
    let edit = format!("exec {} \"$PROGRAM\" edit {} --editor {}", spill.strace(), watched.id, editor.display());
    command.args(["-c", &edit]).env("PROGRAM", env!("CARGO_BIN_EXE_throughline")).env("CANARY", &watched.word);
    let ran = Ran::of(command.output().unwrap());
    let found = watched.disks.holding(&watched.word);
    for folder in ["backup", "undo"] {
        assert!(found.iter().any(|path| path.starts_with(home.join(folder))), "{folder}: {found:?}\n{}", ran.err);
    }
    let written = spill.found(&watched.word);
    assert!(written.iter().any(|path| path.contains("/swap/")), "the swap file is gone, and was seen: {written:?}");
}

#[test]
fn an_editor_that_keeps_copies_is_found_by_both_searches() {
    let watched = Watched::new();
    let backup = watched.practice.home().join("backup");
    fs::create_dir(&backup).unwrap();
    let wide = "iconv -t UTF-16LE \"$1\" > ~/backup/wide";
    let script = format!("{}; cp \"$1\" ~/backup/copy; {wide}; : > ~/backup/\"$CANARY\"", SAVES[0].1);
    watched.edit_with(&script, &["edit", &watched.id]);
    let found = watched.disks.holding(&watched.word);
    for name in ["copy", "wide", &watched.word] {
        assert!(found.contains(&backup.join(name)), "{name}: {found:?}");
    }
}

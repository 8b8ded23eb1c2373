//! Commands that write, each a row: how to begin, what to run, and what must be found whatever happened to it.
//!
//! A row is played on a fresh copy of one practice for every call that is harmed. The vault is looked at through the
//! library, which needs no second program to open forty notes.

use crate::practice::{Practice, Ran, full};
use crate::tracing::Tracing;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use throughline::vault::{Identities, SealedFile, Vault};

/// Where the text that a command writes comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// There is none.
    Nothing,
    /// Whoever gives it knows from the exit code whether it was taken.
    Given,
    /// It lies in memory-backed storage until it is sealed.
    Editor,
    /// Clear files that stay until they are sealed.
    Files,
}

/// A command that writes.
#[derive(Clone, Copy)]
pub struct Row {
    pub name: &'static str,
    /// Makes what the command needs beside the practice.
    pub prepare: fn(&Scene),
    pub arguments: fn(&Scene) -> Vec<String>,
    pub source: Source,
    /// A word of each text that is written. The words of the notes that are there are [`OLD`].
    pub written: fn() -> Vec<String>,
    /// Which of the notes that are there it takes away, so that it may be found in its history alone.
    pub removes: Option<usize>,
    /// Whether it seals on other threads than its first.
    pub threads: bool,
    /// Exit codes of a run that failed because a call did.
    pub failed: &'static [i32],
}

/// A word of each note that is there before.
pub const OLD: [&str; 3] = ["oldone", "oldtwo", "oldthree"];

/// What the editor of the rows types.
pub const TYPED: &str = "typedword";

/// All commands that are swept. A new one is a new row.
pub const ROWS: [Row; 8] = [
    Row {
        name: "new --from-stdin",
        prepare: |scene| scene.file("input", "---\ndate: 2026-04-01\n---\nstdinword\n"),
        arguments: |_| words("new a7 --from-stdin"),
        source: Source::Given,
        written: || words("stdinword"),
        removes: None,
        threads: false,
        failed: &[6],
    },
    Row {
        name: "new",
        prepare: Scene::editor,
        arguments: |scene| words("new a7 --editor").into_iter().chain([scene.editor_path()]).collect(),
        source: Source::Editor,
        written: || words(TYPED),
        removes: None,
        threads: false,
        failed: &[6],
    },
    Row {
        name: "edit",
        prepare: Scene::editor,
        arguments: |scene| vec!["edit".into(), scene.notes[1].clone(), "--editor".into(), scene.editor_path()],
        source: Source::Editor,
        written: || words(TYPED),
        removes: None,
        threads: false,
        failed: &[6],
    },
    Row {
        name: "seal",
        prepare: |scene| {
            let drafts = scene.practice.drafts();
            fs::write(drafts.join("one.md"), "---\nclient: a7\ndate: 2026-04-01\n---\ndraftone\n").unwrap();
            fs::write(drafts.join("two.md"), "---\nclient: a7\ndate: 2026-04-02\n---\ndrafttwo\n").unwrap();
            let clear = scene.practice.vault().join("clients/a7/three.md");
            fs::write(clear, "---\ndate: 2026-04-03\n---\nclearthree\n").unwrap();
        },
        arguments: |_| words("seal"),
        source: Source::Files,
        written: || words("draftone drafttwo clearthree"),
        removes: None,
        threads: false,
        // It goes on with the other files, and says of each that stays.
        failed: &[1, 6],
    },
    Row {
        name: "import",
        prepare: |scene| {
            for (at, word) in imported().iter().enumerate() {
                scene.file(&format!("from/{at}.md"), &format!("---\ndate: 2026-04-{:02}\n---\n{word}\n", at % 28 + 1));
            }
        },
        arguments: |_| words("import markdown from --client a7"),
        source: Source::Files,
        written: imported,
        removes: None,
        threads: true,
        failed: &[6],
    },
    Row {
        name: "missed",
        prepare: |_| {},
        arguments: |_| words("missed a7 2026-04-01"),
        source: Source::Given,
        written: || words("no-show"),
        removes: None,
        threads: false,
        failed: &[6],
    },
    Row {
        name: "rm",
        prepare: |_| {},
        arguments: |scene| vec!["rm".into(), scene.notes[0].clone()],
        source: Source::Nothing,
        written: Vec::new,
        removes: Some(0),
        threads: false,
        failed: &[6],
    },
    Row {
        name: "client add",
        prepare: |_| {},
        arguments: |_| words("client add b2"),
        source: Source::Nothing,
        written: Vec::new,
        removes: None,
        threads: false,
        failed: &[6],
    },
];

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

/// A word of each file that is imported. Many, since only what the second thread does later than the first has done as
/// often can be harmed alone.
fn imported() -> Vec<String> {
    (0..if full() { 80 } else { 12 }).map(|at| format!("imported{at:02}")).collect()
}

/// A row by its name.
pub fn row(name: &str) -> Row {
    *ROWS.iter().find(|row| row.name == name).expect("a row of that name")
}

/// A practice in which a row is played once.
pub struct Scene {
    pub practice: Practice,
    /// Ids of the notes that are there, in the order of [`OLD`].
    pub notes: Vec<String>,
    /// Memory-backed storage of its own, so that two scenes of one vault do not meet.
    memory: TempDir,
}

impl Scene {
    /// A practice with three notes.
    pub fn first() -> Self {
        let practice = Practice::with_client();
        let note = |(at, word): (usize, &&str)| {
            practice.note(&format!("---\ndate: 2026-03-0{}\nattendance: attended\n---\n{word}\n", at + 1))
        };
        let notes = OLD.iter().enumerate().map(note).collect();
        Self { practice, notes, memory: memory() }
    }

    /// The same before anything was done to it.
    pub fn again(&self) -> Self {
        Self { practice: self.practice.copy(), notes: self.notes.clone(), memory: memory() }
    }

    /// A copy that is ready for the row's command.
    pub fn ready(&self, row: &Row) -> Self {
        let scene = self.again();
        (row.prepare)(&scene);
        scene
    }

    /// The row's command, to be traced.
    pub fn tracing(&self, row: &Row) -> Tracing<'_> {
        let input = self.practice.home().join("input");
        Tracing {
            program: env!("CARGO_BIN_EXE_throughline").into(),
            arguments: (row.arguments)(self).into_iter().map(OsString::from).collect(),
            input: input.exists().then_some(input),
            set: vec![("XDG_RUNTIME_DIR", self.memory.path().into())],
            follow: row.threads,
            practice: &self.practice,
            places: vec![(self.practice.home().to_owned(), "~"), (self.memory.path().to_owned(), "MEMORY")],
            notes: memory(),
        }
    }

    /// Runs the program here.
    pub fn run(&self, arguments: &str) -> Ran {
        let mut command = self.practice.command();
        command.env("XDG_RUNTIME_DIR", self.memory.path()).args(words(arguments));
        Ran::of(command.output().expect("the program runs"))
    }

    /// A file in the home.
    pub fn file(&self, name: &str, text: &str) {
        let path = self.practice.home().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// An editor that types [`TYPED`] and then says that it has. The word stands in no file before: the script puts it
    /// together.
    fn editor(&self) {
        let (begin, end) = TYPED.split_at(4);
        self.practice.script("editor", &format!("printf '%s%s\\n' {begin} {end} >> \"$1\"; : > typed"));
    }

    fn editor_path(&self) -> String {
        self.practice.home().join("editor").to_string_lossy().into_owned()
    }

    /// Opens every sealed note.
    pub fn look(&self) -> Seen<'_> {
        let vault = Vault::at(&self.practice.vault(), &self.practice.state()).expect("the vault");
        let scan = vault.scan().expect("a list of files");
        let open = vault.open(Identities::load(&[self.practice.identity()], None).expect("keys")).expect("it opens");
        let text = |file: &SealedFile| match open.read(file) {
            Ok(plain) => Ok(String::from_utf8_lossy(plain.reveal()).into_owned()),
            Err(error) => Err(error.to_string()),
        };
        let opened = scan.notes.iter().map(|file| (file.path.clone(), text(file))).collect();
        let history = |path: String| SealedFile { path, ..scan.notes[0].clone() };
        let kept = self.kept().into_iter().map(|path| (path.clone(), text(&history(path)))).collect();
        Seen { scene: self, opened, kept }
    }

    /// Paths of earlier versions.
    fn kept(&self) -> Vec<String> {
        let root = self.practice.vault();
        let files = self.practice.files(&root.join("clients/a7/history")).into_iter();
        files.filter_map(|(path, _)| Some(path.strip_prefix(&root).ok()?.to_string_lossy().into_owned())).collect()
    }

    /// Whether the editor got so far.
    pub fn was_typed(&self) -> bool {
        self.practice.home().join("typed").exists()
    }

    /// Files that only a run that was cut short leaves.
    pub fn unfinished(&self) -> Vec<String> {
        let home = self.practice.home();
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_unfinished = |path: &PathBuf| {
            let below_intents = path.parent().is_some_and(|folder| folder.ends_with("intents"));
            below_intents || name(path).starts_with(".tmp-") || name(path).ends_with(".tmp")
        };
        let files = self.practice.files(home).into_iter().map(|(path, _)| path).filter(is_unfinished);
        files.map(|path| path.strip_prefix(home).unwrap_or(&path).display().to_string()).collect()
    }

    /// Memory-backed storage of this scene.
    pub fn memory(&self) -> &Path {
        self.memory.path()
    }

    /// What is left in memory-backed storage.
    pub fn left_in_memory(&self) -> Vec<PathBuf> {
        fs::read_dir(self.memory.path()).expect("memory").flatten().map(|entry| entry.path()).collect()
    }
}

/// What lies in a scene's vault at one moment.
pub struct Seen<'a> {
    scene: &'a Scene,
    /// Every sealed note by its path, with its text or why it will not open.
    opened: BTreeMap<String, Result<String, String>>,
    /// The same of every earlier version.
    kept: BTreeMap<String, Result<String, String>>,
}

impl Seen<'_> {
    /// What is lost of the notes that were there: each must open under its name, in its old or its new version; one that
    /// is taken away may be in its history instead.
    pub fn lost_notes(&self, row: &Row) -> Vec<String> {
        let opens = |text: &Result<String, String>, word: &str| text.as_ref().is_ok_and(|text| text.contains(word));
        let is_lost = |(at, (word, id)): &(usize, (&&str, &String))| {
            let there = self.opened.get(&format!("clients/a7/{id}.md.age")).is_some_and(|text| opens(text, word));
            let history = format!("clients/a7/history/{id}/");
            let kept = self.kept.iter().any(|(path, text)| path.starts_with(&history) && opens(text, word));
            !(there || row.removes == Some(*at) && kept)
        };
        let lost = OLD.iter().zip(&self.scene.notes).enumerate().filter(is_lost);
        let lost = lost.map(|(_, (word, _))| format!("the note with {word} is there in no version"));
        let all = self.opened.iter().chain(&self.kept);
        let broken = all.filter_map(|(path, text)| match text {
            Ok(text) if text.contains('\0') => Some(format!("{path} holds bytes that nobody wrote")),
            Ok(_) => None,
            Err(why) => Some(format!("{path}: {why}")),
        });
        lost.chain(broken).collect()
    }

    /// What is lost of the texts that were being written, when the program ended with this code.
    pub fn lost_texts(&self, row: &Row, code: i32) -> Vec<String> {
        let lies = |word: &str| match row.source {
            Source::Nothing => true,
            Source::Given => code != 0,
            Source::Files => holds(self.scene.practice.home(), word),
            Source::Editor => !self.scene.was_typed() || holds(self.scene.memory.path(), word),
        };
        let lost = (row.written)().into_iter().filter(|word| !self.is_sealed(word) && !lies(word));
        lost.map(|word| format!("the text with {word} is neither sealed nor where it came from")).collect()
    }

    /// Whether all that was written is sealed.
    pub fn all_sealed(&self, row: &Row) -> bool {
        (row.written)().iter().all(|word| self.is_sealed(word))
    }

    fn is_sealed(&self, word: &str) -> bool {
        self.opened.values().flatten().any(|text| text.contains(word))
    }
}

fn memory() -> TempDir {
    tempfile::Builder::new().prefix("throughline-test-").tempdir_in("/dev/shm").expect("memory-backed storage")
}

/// Whether a word stands in the clear in a file below a folder.
fn holds(folder: &Path, word: &str) -> bool {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if crate::served::count(&fs::read(&path).unwrap_or_default(), word.as_bytes()) > 0 {
                return true;
            }
        }
    }
    false
}

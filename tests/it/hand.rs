//! What a person does by hand in a practice: stock `age`, a terminal through `expect`, an editor that is a script.

use crate::practice::{Practice, Ran, require};
use serde_json::Value;
use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Everything a refused command could have changed.
pub type Everything = Vec<(PathBuf, Vec<u8>)>;

impl Ran {
    /// A run of another program.
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Fails unless the run was refused as said: one sentence that holds `words`, and a hint where there is one.
    #[track_caller]
    pub fn refused(self, code: i32, words: &[&str]) -> Self {
        let ran = self.expect(code);
        let errors = ran.err.lines().filter(|line| line.starts_with("error:")).count();
        assert_eq!(errors, 1, "one sentence: {}", ran.err);
        for word in words {
            assert!(ran.err.contains(word), "`{word}` is not in: {}", ran.err);
        }
        assert!(!ran.err.contains("panicked") && !ran.err.contains("os error"), "{}", ran.err);
        ran
    }

    /// As [`Ran::refused`], and it says what to do.
    #[track_caller]
    pub fn refused_with_hint(self, code: i32, words: &[&str]) -> Self {
        let ran = self.refused(code, words);
        assert!(ran.err.lines().any(|line| line.starts_with("hint: ")), "no hint: {}", ran.err);
        ran
    }
}

impl Practice {
    /// Vault, identity, config, state and drafts with their bytes. The pid in the lock file is no one's promise.
    pub fn everything(&self) -> Everything {
        let mut files = self.files(self.home());
        files.retain(|(path, _)| path.file_name() != Some(OsStr::new("lock")));
        files
    }

    /// The vault's id.
    pub fn vault_id(&self) -> String {
        let text = std::fs::read_to_string(self.vault().join("throughline.toml")).unwrap();
        let marker: toml::Table = text.parse().unwrap();
        let id = marker.iter().find(|(key, _)| key.contains("id")).expect("a vault id").1;
        id.as_str().expect("an id that is text").to_owned()
    }

    /// This vault's own state folder.
    pub fn vault_state(&self) -> PathBuf {
        self.state().join(self.vault_id())
    }

    /// Where clear text of this vault may be while it is edited.
    pub fn memory(&self) -> PathBuf {
        PathBuf::from(format!("/dev/shm/throughline-{}", self.vault_id()))
    }

    /// The drafts folder, made.
    pub fn drafts(&self) -> PathBuf {
        let folder = self.home().join("data/throughline").join(self.vault_id()).join("drafts");
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// Fails when a word lies in the clear in any file of the home or in memory-backed storage.
    #[track_caller]
    pub fn nowhere_in_the_clear(&self, canary: &str) {
        let memory = self.memory();
        assert!(!memory.exists(), "{} is still there", memory.display());
        for (path, bytes) in self.files(self.home()) {
            let found = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
            assert!(!found, "`{canary}` lies in the clear in {}", path.display());
        }
    }

    /// Notes as `list --json` gives them.
    #[track_caller]
    pub fn list<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Vec<Value> {
        let all: Vec<std::ffi::OsString> = ["list".into(), "--json".into()]
            .into_iter()
            .chain(arguments.into_iter().map(|argument| argument.as_ref().to_owned()))
            .collect();
        self.run(all).expect(0).json().as_array().expect("an array").clone()
    }

    /// The text of a note as it was sealed.
    #[track_caller]
    pub fn raw(&self, id: &str) -> String {
        self.run(["show", "--raw", id]).expect(0).out
    }

    /// The identity lies elsewhere: what needs it must fail, what needs none must not notice.
    pub fn without_identity(&self) {
        std::fs::rename(self.identity(), self.home().join("identity-elsewhere")).unwrap();
    }

    /// Opens a sealed file with stock `age`.
    pub fn age_open(&self, identity: &Path, sealed: &Path) -> Ran {
        require("age");
        Ran::of(self.tool("age").arg("-d").arg("-i").arg(identity).arg(sealed).output().unwrap())
    }

    /// Opens a folder's private key with stock `age`, and gives where it lies now.
    #[track_caller]
    pub fn age_key(&self, identity: &Path, folder: &str) -> PathBuf {
        let key = self.age_open(identity, &self.key_file(folder)).expect(0);
        let clear = self.home().join(format!("key-of-{}", folder.replace('/', "-")));
        std::fs::write(&clear, key.out).unwrap();
        clear
    }

    /// The sealed private key of a folder.
    #[track_caller]
    pub fn key_file(&self, folder: &str) -> PathBuf {
        let entries = std::fs::read_dir(self.vault().join(folder)).unwrap();
        let is_key = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with("key-");
        entries.flatten().map(|entry| entry.path()).find(is_key).expect("a key file")
    }

    /// Seals a text with stock `age` to the keys in a recipients file.
    #[track_caller]
    pub fn age_seal(&self, recipients: &Path, text: &str, to: &Path) {
        require("age");
        let clear = self.home().join("by-hand.txt");
        std::fs::write(&clear, text).unwrap();
        Ran::of(self.tool("age").arg("-R").arg(recipients).arg("-o").arg(to).arg(&clear).output().unwrap()).expect(0);
        std::fs::remove_file(clear).unwrap();
    }

    /// A key of somebody else, made with `age-keygen`: the file, and the public key.
    pub fn stranger(&self) -> (PathBuf, String) {
        require("age-keygen");
        let file = self.home().join("stranger.txt");
        Ran::of(self.tool("age-keygen").arg("-o").arg(&file).output().unwrap()).expect(0);
        let public = Ran::of(self.tool("age-keygen").arg("-y").arg(&file).output().unwrap()).expect(0);
        (file, public.out.trim().to_owned())
    }

    /// A shell script in the home; the text to edit is `"$1"`.
    pub fn script(&self, name: &str, body: &str) -> PathBuf {
        let path = self.home().join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    /// The program with an editor that appends `$CANARY`, which therefore stands in no file of the home.
    pub fn editing<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>, canary: &str) -> Ran {
        let editor = self.script("editor", "printf '%s\\n' \"$CANARY\" >> \"$1\"");
        let output = self.command().args(arguments).env("EDITOR", editor).env("CANARY", canary).output();
        Ran::of(output.unwrap())
    }

    /// Runs a shell command on a terminal, answering as `dialogue` says, in expect's language. What the terminal showed
    /// is on `out`.
    pub fn on_terminal(&self, shell: &str, dialogue: &str) -> Ran {
        self.on_terminal_with(shell, dialogue, &[])
    }

    /// As [`Practice::on_terminal`], with more in the environment: what stands there stands in no file.
    pub fn on_terminal_with(&self, shell: &str, dialogue: &str, set: &[(&str, &str)]) -> Ran {
        require("expect");
        let script = self.home().join("dialogue.exp");
        let text = format!(
            "set timeout 90\n\
             proc gone {{}} {{ puts \"\\nNOT SEEN\"; exit 99 }}\n\
             proc await {{what}} {{ expect -ex $what {{}} timeout {{ gone }} eof {{ gone }} }}\n\
             proc answer {{what with}} {{ await $what; send -- \"$with\\r\" }}\n\
             spawn -noecho sh -c $env(SHELL_COMMAND)\n\
             {dialogue}\n\
             expect eof {{}} timeout {{ gone }}\n\
             exit [lindex [wait] 3]\n"
        );
        std::fs::write(&script, text).unwrap();
        let mut command: Command = self.tool("expect");
        command.env("SHELL_COMMAND", shell).env("TERM", "xterm").env("PROGRAM", env!("CARGO_BIN_EXE_throughline"));
        command.envs(set.iter().copied());
        let ran = Ran::of(command.arg("-f").arg(&script).output().unwrap());
        std::fs::remove_file(script).unwrap();
        ran
    }
}

/// The ids of listed notes.
pub fn ids(notes: &[Value]) -> Vec<&str> {
    notes.iter().map(|note| note["id"].as_str().unwrap()).collect()
}

/// The dates of listed notes.
pub fn dates(notes: &[Value]) -> Vec<&str> {
    notes.iter().map(|note| note["date"].as_str().unwrap()).collect()
}

//! The editor that the user chose, started so that it waits and leaves no copies.
//!
//! In goes the command as the user set it, out comes a command with the switches of its family. What the user wrote is
//! never taken out. Nothing is ever read from a vault.

use super::editor_family::{Family, Runs, of_program};
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

/// Names that stand for whatever editor the machine has.
const ALIASES: [&str; 6] = ["vi", "view", "ex", "editor", "sensible-editor", "pico"];

/// An editor's command.
#[derive(Debug, Clone)]
pub struct Editor {
    /// `env NAME=value` and the like, before the editor itself.
    before: Vec<String>,
    program: String,
    arguments: Vec<String>,
    family: Option<&'static Family>,
}

/// The editor could not be used.
#[derive(Debug, thiserror::Error)]
pub enum EditorFault {
    /// The command cannot be cut into words.
    #[error("cannot read the editor's command: a quotation mark is not closed")]
    Command,
    /// There is no command in it.
    #[error("cannot read the editor's command: it names no program")]
    NoProgram,
    /// The program does not start.
    #[error("cannot start the editor `{program}`: {}", said(cause))]
    Start {
        /// Its name.
        program: String,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// It ended with a failure.
    #[error("the editor `{program}` ended with {status}, so the note was not sealed")]
    Failed {
        /// Its name.
        program: String,
        /// Its exit status.
        status: ExitStatus,
    },
}

/// What the system said, without its number.
fn said(cause: &std::io::Error) -> String {
    let said = cause.to_string();
    said.split(" (os error").next().unwrap_or(&said).to_lowercase()
}

impl Editor {
    /// Reads a command such as `vim` or `code --wait`. `search` are the folders that programs are found in.
    ///
    /// # Errors
    /// When it cannot be cut into words or is empty.
    pub fn parse(command: &str, search: &[PathBuf]) -> Result<Self, EditorFault> {
        let words = shlex::split(command).ok_or(EditorFault::Command)?;
        let is_env = words.first().is_some_and(|first| file_name(first) == "env");
        let skipped = if is_env { 1 + words.iter().skip(1).take_while(|word| word.contains('=')).count() } else { 0 };
        let mut words = words.into_iter();
        let before = words.by_ref().take(skipped).collect();
        let program = words.next().filter(|program| !program.is_empty()).ok_or(EditorFault::NoProgram)?;
        let family = family_of(&program, search);
        Ok(Self { before, program, arguments: words.collect(), family })
    }

    /// The program as the user wrote it.
    pub fn program(&self) -> &str {
        &self.program
    }

    /// What is known about it.
    pub fn family(&self) -> Option<&'static Family> {
        self.family
    }

    /// Whether its end is the end of writing for certain.
    pub fn runs_in_terminal(&self) -> bool {
        self.family.is_some_and(|family| family.runs == Runs::InTerminal)
    }

    /// The whole command for some files. Temporary files and settings go to the workshop, which must exist.
    ///
    /// # Errors
    /// When the workshop cannot be written to.
    pub fn command(&self, files: &[PathBuf], workshop: &Path) -> std::io::Result<Command> {
        for seed in self.family.map_or(&[][..], |family| family.seeds) {
            write_seed(&workshop.join(seed.path), seed.text)?;
        }
        let mut words = self.before.iter().chain([&self.program]);
        let mut command = Command::new(words.next().map_or("", String::as_str));
        command.args(words);
        // Before the user's own arguments: `vim -c wq` would be gone before it came to these.
        command.args(self.switches(workshop)).args(&self.arguments).args(files);
        // Filters and spelling checks hand the whole text on in temporary files. A program with a window may outlive
        // the workshop, and then it must not depend on it.
        if self.family.is_none_or(|family| family.runs == Runs::InTerminal && family.name != "emacsclient") {
            command.env("TMPDIR", workshop);
        }
        Ok(command)
    }

    /// The family's switches without those that the user gave.
    fn switches(&self, workshop: &Path) -> Vec<String> {
        let given = |word: &&'static str| word.starts_with("-") && self.arguments.iter().any(|own| own == *word);
        let switches = self.family.map_or(&[][..], |family| family.switches).iter().filter(|switch| {
            let is_flag = switch.arguments.len() == 1;
            !(is_flag && switch.arguments.iter().chain(switch.also).any(given))
        });
        let bench = workshop.parent().unwrap_or(workshop).to_string_lossy();
        let workshop = workshop.to_string_lossy();
        let filled = |word: &&str| word.replace("{workshop}", &workshop).replace("{bench}", &bench);
        switches.flat_map(|switch| switch.arguments).map(filled).collect()
    }
}

/// The row of a program. What an alias stands for is looked up, since other programs take other switches.
fn family_of(program: &str, search: &[PathBuf]) -> Option<&'static Family> {
    let name = file_name(program);
    if !ALIASES.contains(&name) {
        return of_program(name);
    }
    let path = if program.contains('/') {
        Some(PathBuf::from(program))
    } else {
        search.iter().map(|folder| folder.join(program)).find(|path| path.is_file())
    };
    let real = path.and_then(|path| path.canonicalize().ok());
    let real = real.as_deref().and_then(Path::file_name).and_then(|name| name.to_str());
    of_program(real.unwrap_or(name))
}

fn file_name(program: &str) -> &str {
    Path::new(program).file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn write_seed(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // Open to the user alone, as everything beside a note is; an editor that is started again finds its own file.
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn words(command: &str) -> Vec<String> {
        let workshop = tempfile::tempdir().unwrap();
        let command = Editor::parse(command, &[]).unwrap().command(&[PathBuf::from("/m/a7.md")], workshop.path());
        let command = command.unwrap();
        let all = [command.get_program()].into_iter().chain(command.get_args());
        all.map(|word| word.to_str().unwrap().replace(workshop.path().to_str().unwrap(), "W")).collect()
    }

    #[test]
    fn a_wait_flag_is_added_unless_the_user_gave_it_in_any_spelling() {
        assert_eq!(words("kate"), ["kate", "--block", "--new", "/m/a7.md"]);
        assert_eq!(words("kate -b"), ["kate", "--new", "-b", "/m/a7.md"]);
        assert_eq!(words("gvim --nofork").iter().filter(|word| *word == "-f").count(), 0);
        assert_eq!(words("zed --wait"), ["zed", "--wait", "/m/a7.md"]);
    }

    #[test]
    fn the_users_own_arguments_come_after_the_switches_and_before_the_files() {
        let words = words("'/opt/my editors/vim' -c wq");
        assert_eq!(words[0], "/opt/my editors/vim");
        assert_eq!(words[1..4], ["-n", "-i", "NONE"]);
        assert_eq!(words[words.len() - 3..], ["-c", "wq", "/m/a7.md"]);
    }

    #[test]
    fn an_editor_behind_env_gets_its_switches_and_an_unknown_one_none() {
        assert_eq!(words("env TERM=xterm nano"), ["env", "TERM=xterm", "nano", "-I", "/m/a7.md"]);
        assert_eq!(words("sed -i s/a/b/"), ["sed", "-i", "s/a/b/", "/m/a7.md"]);
    }

    #[test]
    fn settings_that_no_switch_sets_are_put_into_the_workshop() {
        let workshop = tempfile::tempdir().unwrap();
        Editor::parse("code", &[]).unwrap().command(&[], workshop.path()).unwrap();
        let settings = std::fs::read_to_string(workshop.path().join("code/User/settings.json")).unwrap();
        let settings: serde_json::Value = serde_json::from_str(&settings).unwrap();
        assert_eq!(settings["workbench.localHistory.enabled"], false);
        assert!(words("micro").contains(&"W/micro".to_owned()));
    }

    #[test]
    fn an_alias_gets_the_switches_of_what_it_stands_for() {
        let folder = tempfile::tempdir().unwrap();
        let search = [folder.path().to_owned()];
        for (real, family) in [("nvim", "Neovim"), ("vim.basic", "Vim"), ("busybox", "BusyBox vi"), ("vi", "Vim")] {
            std::fs::write(folder.path().join(real), "").unwrap();
            if real != "vi" {
                std::os::unix::fs::symlink(real, folder.path().join("vi")).unwrap();
            }
            assert_eq!(Editor::parse("vi", &search).unwrap().family().map(|family| family.name), Some(family));
            std::fs::remove_file(folder.path().join("vi")).unwrap();
        }
    }
}

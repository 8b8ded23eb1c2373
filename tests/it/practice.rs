//! A practice of its own for each test: a home folder, a vault, an identity, and the built program to run in it.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;
use throughline::vault::PaperKey;

/// A home folder with a vault in it. The identity lies in the clear, so that tests need no seconds of scrypt.
pub struct Practice {
    home: TempDir,
}

/// How a run ended.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Fails the test unless the run ended as said.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.out))
    }
}

impl Practice {
    /// A home folder with nothing in it.
    pub fn empty() -> Self {
        let home = tempfile::Builder::new().prefix("throughline-test-").tempdir().expect("a folder for the test");
        for folder in ["config/throughline", "state", "data", "cache", "run"] {
            std::fs::create_dir_all(home.path().join(folder)).expect("a folder of the home");
        }
        Self { home }
    }

    /// A home folder with a clear identity and no vault yet.
    pub fn with_identity() -> Self {
        let practice = Self::empty();
        std::fs::write(practice.identity(), format!("{}\n", PaperKey::generate().reveal())).expect("an identity");
        practice
    }

    /// A vault in `practice/` with a clear identity.
    pub fn new() -> Self {
        let practice = Self::with_identity();
        practice.run(["init", practice.vault().to_str().expect("a path that is text")]).expect(0);
        practice
    }

    /// A vault with one client, `a7`.
    pub fn with_client() -> Self {
        let practice = Self::new();
        practice.run(["client", "add", "a7"]).expect(0);
        practice
    }

    /// The same practice in a home of its own: same vault id, same keys, same notes.
    pub fn copy(&self) -> Self {
        let copy = Self::empty();
        let all = self.home().join(".");
        let copied = Command::new("cp").arg("-a").arg(all).arg(copy.home()).status().expect("cp runs");
        assert!(copied.success(), "the practice could not be copied");
        // The only file that names the home.
        let config = copy.home().join("config/throughline/config.toml");
        let text = std::fs::read_to_string(&config).expect("a config");
        let [from, to] = [self.home(), copy.home()].map(|home| home.to_str().expect("a path that is text"));
        std::fs::write(config, text.replace(from, to)).expect("a config of the copy");
        copy
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn vault(&self) -> PathBuf {
        self.home().join("practice")
    }

    pub fn identity(&self) -> PathBuf {
        self.home().join("config/throughline/identity.age")
    }

    pub fn state(&self) -> PathBuf {
        self.home().join("state/throughline")
    }

    /// Adds lines to the user's configuration.
    pub fn configure(&self, lines: &str) {
        let config = self.home().join("config/throughline/config.toml");
        let before = std::fs::read_to_string(&config).unwrap_or_default();
        std::fs::write(config, format!("{before}{lines}")).expect("a config");
    }

    /// The program with this home and nothing of the tester's own environment that it would read.
    pub fn command(&self) -> Command {
        self.tool(env!("CARGO_BIN_EXE_throughline"))
    }

    /// Another program in the same home.
    pub fn tool(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.home())
            .env("HOME", self.home())
            .env("XDG_CONFIG_HOME", self.home().join("config"))
            .env("XDG_STATE_HOME", self.home().join("state"))
            .env("XDG_DATA_HOME", self.home().join("data"))
            .env("XDG_CACHE_HOME", self.home().join("cache"))
            .env_remove("XDG_RUNTIME_DIR")
            .env_remove("THROUGHLINE_VAULT")
            .env_remove("THROUGHLINE_IDENTITY")
            .env_remove("THROUGHLINE_PASSPHRASE_FILE")
            .env_remove("PINENTRY_PROGRAM")
            .env_remove("VISUAL")
            .env_remove("EDITOR")
            .env("NO_COLOR", "1")
            .stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        ran(self.command().args(arguments).output().expect("the program runs"))
    }

    /// Runs the program to its end with something on standard input.
    pub fn run_with<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>, input: &[u8]) -> Ran {
        let mut command = self.command();
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let input = input.to_vec();
        let writer = std::thread::spawn(move || {
            // A program that refuses early closes the pipe.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().expect("the program ends");
        writer.join().expect("the writer ends");
        ran(output)
    }

    /// Seals a note of client `a7` and gives its id.
    #[track_caller]
    pub fn note(&self, text: &str) -> String {
        let ran = self.run_with(["new", "a7", "--from-stdin"], text.as_bytes()).expect(0);
        ran.out.trim().to_owned()
    }

    /// The sealed file of a note of client `a7`.
    pub fn sealed(&self, id: &str) -> PathBuf {
        self.vault().join(format!("clients/a7/{id}.md.age"))
    }

    /// Every file below a folder with its bytes, for comparing before and after.
    pub fn files(&self, folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    folders.push(path);
                } else {
                    let bytes = std::fs::read(&path).unwrap_or_default();
                    found.push((path, bytes));
                }
            }
        }
        found.sort();
        found
    }
}

fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Whether the long forms of the sweeps are wanted: `./tests/run --full`.
pub fn full() -> bool {
    std::env::var_os("THROUGHLINE_FULL").is_some_and(|set| set == "1")
}

/// Fails with how to install a tool that is missing; a promise that cannot be tried must not look kept.
#[track_caller]
pub fn require(tool: &str) {
    let found =
        std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(tool).is_file()));
    assert!(found, "`{tool}` is missing: run ./tests/run, which installs it, or `apt-get install {tool}`");
}

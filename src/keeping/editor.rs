//! The editor, and the switches that keep it from leaving copies.
//!
//! In goes the editor's command as the user set it, out comes a command that waits until the text is done. The switches
//! are added to what the user set; nothing is ever read from the vault.

use std::path::Path;
use std::process::Command;

/// An editor's command.
#[derive(Debug, Clone)]
pub struct Editor {
    program: String,
    arguments: Vec<String>,
}

/// The editor could not be used.
#[derive(Debug, thiserror::Error)]
pub enum EditorFault {
    /// The command cannot be cut into words.
    #[error("cannot read the editor's command: a quotation mark is not closed")]
    Command,
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
    #[error("the editor `{program}` ended with {status}, so nothing was sealed")]
    Failed {
        /// Its name.
        program: String,
        /// Its exit status.
        status: std::process::ExitStatus,
    },
}

/// What the system said, without its number.
fn said(cause: &std::io::Error) -> String {
    let said = cause.to_string();
    said.split(" (os error").next().unwrap_or(&said).to_lowercase()
}

/// Switches of one family of editors, and what each keeps away.
struct Hardening {
    names: &'static [&'static str],
    arguments: &'static [&'static str],
}

/// One row a family.
const HARDENINGS: [Hardening; 6] = [
    // No swap file, no viminfo, and, after the user's own settings, no backup, undo or swap file either.
    Hardening {
        names: &["vim", "vi", "gvim", "mvim", "view"],
        arguments: &["-n", "-i", "NONE", "-c", "set nobackup nowritebackup noundofile noswapfile viminfo="],
    },
    // The same; neovim's shada takes the place of viminfo.
    Hardening {
        names: &["nvim"],
        arguments: &["-n", "-i", "NONE", "-c", "set nobackup nowritebackup noundofile noswapfile shada="],
    },
    // No auto-save, backup or lock files.
    Hardening {
        names: &["emacs"],
        arguments: &["--eval", "(setq make-backup-files nil auto-save-default nil create-lockfiles nil)"],
    },
    // No history of searches and positions.
    Hardening { names: &["nano"], arguments: &["--ignorercfiles"] },
    // Wait for the window to close; no extensions, which may send or copy text.
    Hardening { names: &["code", "codium", "code-insiders"], arguments: &["--wait", "--disable-extensions"] },
    // Wait for the window to close.
    Hardening { names: &["subl", "gedit", "kate", "mate", "zed"], arguments: &["--wait"] },
];

impl Editor {
    /// Reads a command such as `vim` or `code --wait`.
    ///
    /// # Errors
    /// When it cannot be cut into words or is empty.
    pub fn parse(command: &str) -> Result<Self, EditorFault> {
        let mut words = shlex::split(command).ok_or(EditorFault::Command)?;
        if words.is_empty() {
            return Err(EditorFault::Command);
        }
        let program = words.remove(0);
        Ok(Self { program, arguments: words })
    }

    /// Opens a file and waits until the editor is done.
    ///
    /// # Errors
    /// When the editor does not start or fails.
    pub fn edit(&self, file: &Path) -> Result<(), EditorFault> {
        let start = |cause| EditorFault::Start { program: self.program.clone(), cause };
        let mut command = Command::new(&self.program);
        // Before the user's own arguments: `vim -c wq` would be gone before it came to these.
        command.args(self.hardening()).args(&self.arguments).arg(file);
        let status = command.status().map_err(start)?;
        if status.success() { Ok(()) } else { Err(EditorFault::Failed { program: self.program.clone(), status }) }
    }

    fn hardening(&self) -> impl Iterator<Item = &'static str> {
        let name = Path::new(&self.program).file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let family = HARDENINGS.iter().find(|family| family.names.contains(&name));
        let arguments = family.map_or(&[][..], |family| family.arguments);
        // A flag the user set is not given twice.
        arguments
            .iter()
            .copied()
            .filter(|argument| !(argument.starts_with("--") && self.arguments.iter().any(|own| own == argument)))
    }
}

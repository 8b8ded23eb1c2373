//! Who else can read or write what should be its owner's alone.
//!
//! In go paths and how much it matters when others read them; out come findings with the command that mends each.
//! Nothing is changed and no link is followed.

use super::advice::{Advice, Severity, Topic};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A file or folder that is guarded by its mode.
#[derive(Debug, Clone)]
pub struct Guarded {
    /// Where it is.
    pub path: PathBuf,
    /// What it is to the user: "the drafts folder".
    pub what: &'static str,
    /// How much it matters when others can read it. That others can write it is always a problem.
    pub readable: Severity,
}

/// Permission bits of the group and of all others, for reading and for writing.
const READ: u32 = 0o044;
const WRITE: u32 = 0o022;

/// Looks at each; what is not there is passed over.
pub fn modes(guarded: &[Guarded]) -> Vec<Advice> {
    guarded.iter().filter_map(look).collect()
}

fn look(guarded: &Guarded) -> Option<Advice> {
    let metadata = std::fs::symlink_metadata(&guarded.path).ok().filter(|found| !found.is_symlink())?;
    // A folder that can be listed but not entered shows its names all the same.
    let (writable, readable) = (metadata.mode() & WRITE != 0, metadata.mode() & READ != 0);
    let (verb, severity) = match (writable, readable) {
        (true, _) => ("write to", Severity::Problem),
        (false, true) => ("read", guarded.readable),
        (false, false) => return None,
    };
    let (what, path) = (guarded.what, guarded.path.display());
    Some(Advice {
        topic: Topic::Modes,
        severity,
        what: format!("{what} {path} has mode {:o}, so other users can {verb} it", metadata.mode() & 0o777),
        remedy: format!("`chmod {} {}`", if metadata.is_dir() { "700" } else { "600" }, quoted(&guarded.path)),
    })
}

/// A path as a shell reads it.
pub(super) fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    shlex::try_quote(&path).map_or_else(|_| path.to_string(), |quoted| quoted.into_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{Guarded, Severity, modes};
    use std::fs::{Permissions, create_dir, set_permissions, write};
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn what_others_can_read_or_write_is_told_with_the_command_that_mends_it() {
        let home = tempfile::tempdir().unwrap();
        let (file, folder) = (home.path().join("identity of mine"), home.path().join("vault"));
        write(&file, "x").unwrap();
        create_dir(&folder).unwrap();
        let guarded = |readable| {
            vec![
                Guarded { path: file.clone(), what: "the identity", readable: Severity::Problem },
                Guarded { path: folder.clone(), what: "the vault", readable },
                Guarded { path: home.path().join("gone"), what: "the drafts folder", readable },
            ]
        };
        let set = |file_mode, folder_mode| {
            set_permissions(&file, Permissions::from_mode(file_mode)).unwrap();
            set_permissions(&folder, Permissions::from_mode(folder_mode)).unwrap();
        };
        set(0o600, 0o700);
        assert_eq!(modes(&guarded(Severity::Note)), []);
        set(0o640, 0o755);
        let found = modes(&guarded(Severity::Note));
        let severities: Vec<Severity> = found.iter().map(|advice| advice.severity).collect();
        assert_eq!(severities, [Severity::Problem, Severity::Note]);
        assert!(found[0].what.contains("mode 640") && found[0].what.ends_with("read it"), "{found:?}");
        assert!(found[0].remedy.starts_with("`chmod 600 ") && found[0].remedy.contains(['\'', '"']), "{found:?}");
        set(0o600, 0o770);
        let found = modes(&guarded(Severity::Note));
        assert_eq!((found.len(), found[0].severity), (1, Severity::Problem));
        assert!(found[0].what.ends_with("write to it") && found[0].remedy.contains("chmod 700"), "{found:?}");
    }
}

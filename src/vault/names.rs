//! What a file's name says it is.
//!
//! In goes a name, without its folder; out comes what the vault does with such a file. Nothing is opened.

use crate::domain::NoteId;

/// How sealed notes end.
pub(super) const SEALED: &str = ".md.age";
/// How clear notes end. Not `.txt`: age's own identities end like that, and sealed to itself one would be lost.
pub(super) const CLEAR: &str = ".md";
/// How our own unfinished files begin.
pub(super) const TEMP: &str = ".tmp-";
/// The public keys that a folder's notes are sealed to.
pub(super) const RECIPIENTS: &str = ".age-recipients";
/// Who else a folder's private key is sealed to.
pub(super) const KEY_RECIPIENTS: &str = ".key-recipients";
/// Who may open process notes; in the vault's own folder.
pub(super) const PROCESS_RECIPIENTS: &str = ".process-recipients";
/// What makes a folder a vault.
pub(super) const MARKER: &str = "throughline.toml";
/// Earlier versions of notes.
pub(super) const HISTORY: &str = "history";
/// Sealed files that belong to notes.
pub(super) const ATTACHMENTS: &str = "attachments";
/// Who changed what and when.
pub(super) const LEDGER: &str = "ledger";

/// What the vault does with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameKind {
    /// A sealed note; with its id where the name is one.
    Sealed(Option<NoteId>),
    /// A note in clear text.
    Clear,
    /// A sealed private key.
    Key,
    /// A copy that a sync program made of two versions.
    Conflict,
    /// Dot files, editors' leftovers, the vault's own files.
    Ignored,
    /// Nothing the vault knows.
    Foreign,
}

/// Reads a name.
pub(super) fn kind_of(name: &str) -> NameKind {
    if is_leftover(name) || name == MARKER {
        NameKind::Ignored
    } else if is_key(name) {
        NameKind::Key
    } else if (name.ends_with(SEALED) || name.ends_with(CLEAR)) && is_conflict(name) {
        NameKind::Conflict
    } else if let Some(stem) = name.strip_suffix(SEALED) {
        NameKind::Sealed(NoteId::parse(stem).ok())
    } else if name.ends_with(CLEAR) {
        NameKind::Clear
    } else {
        NameKind::Foreign
    }
}

/// Whether a file is a private key of a folder; conflict copies of one are keys too.
pub(super) fn is_key(name: &str) -> bool {
    name.starts_with("key-") && name.ends_with(".age") && !name.ends_with(SEALED)
}

/// Dot files, and what editors leave beside the files they write.
pub fn is_leftover(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || name == "4913"
        || (name.starts_with('#') && name.ends_with('#'))
        || [".swp", ".swo", ".swx", ".tmp", ".part", ".crdownload"].iter().any(|end| name.ends_with(end))
}

/// Syncthing, Dropbox and Nextcloud.
fn is_conflict(name: &str) -> bool {
    name.contains(".sync-conflict-") || name.contains("conflicted copy")
}

/// The name that `X 2.md.age` would be a copy of, as iCloud makes them: a conflict only when that file is there too,
/// since "Week 2.md" may be a name somebody gave.
pub(super) fn original_of_numbered(name: &str) -> Option<String> {
    let end = [SEALED, CLEAR].into_iter().find(|end| name.ends_with(end))?;
    let (before, number) = name.strip_suffix(end)?.rsplit_once(' ')?;
    let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    numbered.then(|| format!("{before}{end}"))
}

#[cfg(test)]
mod tests {
    use super::{NameKind, kind_of, original_of_numbered};
    use crate::domain::NoteId;

    #[test]
    fn a_name_says_what_the_vault_does_with_the_file() {
        let id = NoteId::parse("3k9x2m7q4d1w").ok();
        for (name, kind) in [
            ("3k9x2m7q4d1w.md.age", NameKind::Sealed(id)),
            ("first session.md.age", NameKind::Sealed(None)),
            ("Week 2.md.age", NameKind::Sealed(None)),
            ("draft.md", NameKind::Clear),
            ("draft.txt", NameKind::Foreign),
            ("key-3f9k2m7q.age", NameKind::Key),
            ("key-3f9k2m7q.sync-conflict-20260302-1.age", NameKind::Key),
            ("key-points.md.age", NameKind::Sealed(None)),
            ("3k9x2m7q4d1w.sync-conflict-20260302-101112-ABC.md.age", NameKind::Conflict),
            ("3k9x2m7q4d1w (Ann's conflicted copy 2026-03-02).md.age", NameKind::Conflict),
            ("throughline.toml", NameKind::Ignored),
            (".age-recipients", NameKind::Ignored),
            (".tmp-3k9x2m7q4d1w", NameKind::Ignored),
            (".3k9x2m7q4d1w.md.age.swp", NameKind::Ignored),
            ("3k9x2m7q4d1w.md.age~", NameKind::Ignored),
            ("#draft.md#", NameKind::Ignored),
            ("4913", NameKind::Ignored),
            ("photo.jpg", NameKind::Foreign),
        ] {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }

    #[test]
    fn a_numbered_name_points_to_what_it_may_be_a_copy_of() {
        assert_eq!(original_of_numbered("3k9x2m7q4d1w 2.md.age").as_deref(), Some("3k9x2m7q4d1w.md.age"));
        assert_eq!(original_of_numbered("Week two.md"), None);
    }
}

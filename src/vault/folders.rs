//! The folders of a vault, histories and attachments too.
//!
//! In goes a vault; out come the paths of its folders. Nothing is opened, no link is followed, and what belongs to other
//! programs (`.git`, `.obsidian`) is not looked into.

use super::error::Error;
use super::shelf::join;
use super::store::Vault;

/// Folders below folders, at most.
const DEEPEST: usize = 32;

impl Vault {
    /// All folders, the vault's own (the empty path) first, the rest sorted. None for a vault inside the binary.
    ///
    /// # Errors
    /// [`super::ErrorKind::Io`] when the vault's own folder cannot be listed; one inside it that cannot is passed over:
    /// a scan names it.
    pub(super) fn folders(&self) -> Result<Vec<String>, Error> {
        let Some(root) = self.root() else { return Ok(Vec::new()) };
        std::fs::read_dir(root).map_err(|e| Error::io("list", root, e))?;
        let mut found = vec![String::new()];
        let mut at = 0;
        while let Some(folder) = found.get(at).cloned() {
            at += 1;
            if folder.matches('/').count() >= DEEPEST {
                continue;
            }
            let entries = std::fs::read_dir(root.join(&folder)).into_iter().flatten().flatten();
            // `file_type` does not follow links and costs nothing beside the listing.
            let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
            let names = folders.filter_map(|entry| entry.file_name().into_string().ok());
            found.extend(names.filter(|name| !name.starts_with('.')).map(|name| join(&folder, &name)));
        }
        found.sort_unstable();
        Ok(found)
    }
}

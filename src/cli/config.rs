//! `config.toml`: the default vault, the editor, the drafts folder, how pages behave. Nothing that runs is ever read from a vault.

use super::failure::Failure;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What the file may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    pub(super) default_vault: Option<PathBuf>,
    pub(super) editor: Option<String>,
    pub(super) drafts: Option<PathBuf>,
    /// Whether pages show clients' labels; they do unless this says no.
    pub(super) labels: Option<bool>,
    /// Whether pages answer to single keys; they do unless this says no.
    pub(super) keys: Option<bool>,
}

impl Config {
    /// Reads the file; none is an empty one.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(cause) => return Err(Failure::file("read", path, &cause)),
        };
        toml::from_str(&text).map_err(|cause| {
            let line = cause.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            Failure::usage(format!("cannot read {} at line {line}: {}", path.display(), cause.message()))
                .hint("it may hold `default_vault`, `editor`, `drafts`, and `labels = false` and `keys = false` for the pages")
        })
    }

    /// Notes the default vault in the file, when it names none yet. Everything else in the file stays.
    pub(super) fn set_default_vault(path: &Path, vault: &Path) -> Result<(), Failure> {
        let before = std::fs::read_to_string(path).unwrap_or_default();
        let line = toml::Value::String(vault.display().to_string());
        let after = format!("default_vault = {line}\n{before}");
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|cause| Failure::file("make", folder, &cause))?;
        }
        std::fs::write(path, after).map_err(|cause| Failure::file("write", path, &cause))
    }
}

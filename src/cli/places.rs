//! Folders by the XDG rules, and which vault is meant.

use super::config::Config;
use super::failure::Failure;
use super::options::Common;
use crate::machine::leak_places::Surroundings;
use crate::vault::{Vault, VaultId};
use std::path::{Path, PathBuf};

/// Where things are for this user.
#[derive(Debug, Clone)]
pub(super) struct Places {
    config: PathBuf,
    state: PathBuf,
    data: PathBuf,
    cache: PathBuf,
    home: PathBuf,
}

impl Places {
    /// By `XDG_CONFIG_HOME`, `XDG_STATE_HOME`, `XDG_DATA_HOME` and `HOME`. Relative values do not count.
    pub(super) fn of_user() -> Self {
        let set = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = set("HOME").unwrap_or_else(|| PathBuf::from("/"));
        let base = |name: &str, fallback: &str| set(name).unwrap_or_else(|| home.join(fallback));
        Self {
            config: base("XDG_CONFIG_HOME", ".config").join("throughline"),
            state: base("XDG_STATE_HOME", ".local/state").join("throughline"),
            data: base("XDG_DATA_HOME", ".local/share").join("throughline"),
            cache: base("XDG_CACHE_HOME", ".cache"),
            home,
        }
    }

    pub(super) fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The identity that is used when none is named.
    pub(super) fn identity(&self) -> PathBuf {
        self.config.join("identity.age")
    }

    /// Folder of the state folders of all vaults.
    pub(super) fn state(&self) -> &Path {
        &self.state
    }

    /// Folder of `config.toml` and the identity.
    pub(super) fn config(&self) -> &Path {
        &self.config
    }

    /// `$XDG_CONFIG_HOME` and `$XDG_DATA_HOME`, where other programs keep theirs.
    pub(super) fn bases(&self) -> (PathBuf, PathBuf) {
        let base = |own: &Path| own.parent().unwrap_or(&self.home).to_owned();
        (base(&self.config), base(&self.data))
    }

    pub(super) fn home(&self) -> &Path {
        &self.home
    }

    /// The drafts folder of a vault.
    pub(super) fn drafts(&self, config: &Config, vault: &VaultId) -> PathBuf {
        config
            .drafts
            .clone()
            .map_or_else(|| self.data.join(vault.as_str()).join("drafts"), |drafts| self.expanded(&drafts))
    }

    /// Memory-backed folders to try for clear text, in order.
    pub(super) fn memory_candidates() -> Vec<PathBuf> {
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute());
        runtime.into_iter().chain([PathBuf::from("/dev/shm")]).collect()
    }

    /// The folders in which editors leave copies. `around` is what the writing had to do with.
    pub(super) fn surroundings(&self, mut around: Vec<PathBuf>) -> Surroundings {
        let above = |folder: &Path| folder.parent().map(Path::to_owned).unwrap_or_default();
        around.extend(std::env::current_dir());
        Surroundings {
            home: self.home.clone(),
            config: above(&self.config),
            data: above(&self.data),
            state: above(&self.state),
            cache: self.cache.clone(),
            temp: vec![std::env::temp_dir(), PathBuf::from("/tmp"), PathBuf::from("/var/tmp")],
            around,
        }
    }

    /// `~/…` as people write it in a config file.
    pub(super) fn expanded(&self, path: &Path) -> PathBuf {
        path.strip_prefix("~").map_or_else(|_| path.to_owned(), |rest| self.home.join(rest))
    }

    /// The vault's folder: `--vault`, `THROUGHLINE_VAULT`, the nearest upwards, `default_vault`.
    pub(super) fn vault_root(&self, common: &Common, config: &Config) -> Option<PathBuf> {
        let named = common
            .vault
            .clone()
            .or_else(|| std::env::var_os("THROUGHLINE_VAULT").filter(|v| !v.is_empty()).map(PathBuf::from));
        let upwards = || std::env::current_dir().ok().and_then(|here| Vault::find_upwards(&here));
        named.or_else(upwards).or_else(|| config.default_vault.as_ref().map(|path| self.expanded(path)))
    }

    /// The vault that is meant.
    pub(super) fn vault(&self, common: &Common, config: &Config) -> Result<Vault, Failure> {
        let Some(root) = self.vault_root(common, config) else {
            return Err(Failure::not_found("cannot find a vault: there is none in this folder or above it")
                .hint("`throughline init` makes one; `--vault DIR` names one; `throughline demo` shows an example"));
        };
        Ok(Vault::at(&root, self.state())?)
    }
}

//! Where editors and desktops are known to leave copies of what they opened: one table, one row a place.
//!
//! In go the folders of a user, out come places to search, each with what to do about a copy found there. Nothing is
//! looked at here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The folders of one user. All of them are given by the caller.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The home folder.
    pub home: PathBuf,
    /// Folder of settings, as `~/.config`.
    pub config: PathBuf,
    /// Folder of data, as `~/.local/share`.
    pub data: PathBuf,
    /// Folder of state, as `~/.local/state`.
    pub state: PathBuf,
    /// Folder of caches, as `~/.cache`.
    pub cache: PathBuf,
    /// Folders of temporary files.
    pub temp: Vec<PathBuf>,
    /// Folders that the writing had to do with: the current one, the vault, the desk.
    pub around: Vec<PathBuf>,
}

/// How much of a place is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// All of it.
    Whole,
    /// Its upper levels, and folders below whose names tell of copies.
    Upper,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeakPlace {
    /// What it is.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// How much of it is searched.
    pub depth: Depth,
    /// How to keep copies from coming there again.
    pub advice: &'static str,
}

#[derive(Clone, Copy)]
enum Base {
    Home,
    Config,
    Data,
    State,
    Cache,
}
use Base::{Cache, Config, Data, Home, State};

const VIM: &str =
    "start Vim by its own name, so that it gets its switches, or `set nobackup noundofile noswapfile viminfo=`";
const EMACS: &str = "start Emacs by its own name, so that it gets its switches";
const NANO: &str =
    "start nano by its own name, or take `set backup`, `set historylog` and `set positionlog` out of nanorc";
const MICRO: &str = "start micro by its own name, or set `backup`, `saveundo`, `savecursor` and `savehistory` to false";
const CODE: &str =
    "start it through `throughline` by its own name, or turn off `workbench.localHistory.enabled` and `files.hotExit`";
const SUBLIME: &str = "set `hot_exit` and `remember_open_files` to false";
const JETBRAINS: &str = "its Local History cannot be turned off; use another editor for notes";
const DRAFTS: &str = "turn the editor's session restore, backups and swap files off";
const RECENT: &str = "turn recent files off in the desktop's privacy settings";
const INDEX: &str = "take the folder out of the desktop's search index";
const TRASH: &str = "empty the trash";
const OBSIDIAN: &str = "close the vault in Obsidian before the desk ends, and remove what it kept";
const ZED: &str = "set `restore_unsaved_buffers` to false";
const COPY: &str = "a setting of the editor, or a program beside it, keeps copies there; turn that off";

/// Base, path, name, advice.
const KNOWN: &[(Base, &str, &str, &str)] = &[
    (Home, ".viminfo", "vim: registers and marks", VIM),
    (Home, ".vim", "vim: swap, backup, undo, sessions", VIM),
    (Home, "vimfiles", "vim: swap, backup, undo, sessions", VIM),
    (Config, "vim", "vim: swap, backup, undo, sessions", VIM),
    (Cache, "vim", "vim: swap, backup, undo", VIM),
    (Data, "vim", "vim: swap, backup, undo", VIM),
    (State, "vim", "vim: swap, backup, undo", VIM),
    (State, "nvim", "neovim: shada, swap, undo", VIM),
    (Data, "nvim", "neovim: shada, swap, undo, sessions", VIM),
    (Cache, "nvim", "neovim: caches", VIM),
    (Config, "nvim", "neovim: sessions", VIM),
    (Home, ".emacs.d", "emacs: auto-saves, backups, lists", EMACS),
    (Config, "emacs", "emacs: auto-saves, backups, lists", EMACS),
    (Cache, "emacs", "emacs: auto-saves, backups, lists", EMACS),
    (Home, ".recentf", "emacs: recent files", EMACS),
    (Home, ".nano", "nano: backups, searches", NANO),
    (Data, "nano", "nano: searches, positions", NANO),
    (Config, "micro", "micro: backups, undo", MICRO),
    (Data, "kak", "kakoune: data", DRAFTS),
    (Cache, "helix", "helix: log", DRAFTS),
    (Home, ".joe_state", "joe: searches, yanked text", DRAFTS),
    (Data, "mc", "mcedit: positions, copied text", DRAFTS),
    (Cache, "mc", "mcedit: caches", DRAFTS),
    (Config, "sublime-text", "Sublime Text: session", SUBLIME),
    (Config, "sublime-text-3", "Sublime Text: session", SUBLIME),
    (Home, "Library/Application Support/Sublime Text", "Sublime Text: session", SUBLIME),
    (Cache, "JetBrains", "JetBrains: local history", JETBRAINS),
    (Home, "Library/Caches/JetBrains", "JetBrains: local history", JETBRAINS),
    (Data, "zed", "Zed: unsaved text", ZED),
    (Home, "Library/Application Support/Zed", "Zed: unsaved text", ZED),
    (Home, ".vscode-server/data", "VS Code server: history", CODE),
    (Home, ".vscodium-server/data", "VSCodium server: history", CODE),
    (Home, ".cursor-server/data", "Cursor server: history", CODE),
    (Config, "obsidian", "Obsidian: recent files", OBSIDIAN),
    (Home, ".var/app/md.obsidian.Obsidian", "Obsidian: recent files", OBSIDIAN),
    (Data, "org.gnome.TextEditor", "Text Editor: drafts", DRAFTS),
    (Data, "gedit", "gedit: session", DRAFTS),
    (Data, "kate", "Kate: sessions, swap", DRAFTS),
    (Data, "kwrite", "KWrite: sessions, swap", DRAFTS),
    (Data, "stashes", "Kate: unsaved text", DRAFTS),
    (Config, "katerc", "Kate: recent files", DRAFTS),
    (Config, "geany", "Geany: recent files, instant saves", DRAFTS),
    (Config, "ghostwriter", "ghostwriter: drafts", DRAFTS),
    (Data, "ghostwriter", "ghostwriter: drafts", DRAFTS),
    (Config, "Typora", "Typora: drafts", DRAFTS),
    (Data, "Notepadqq", "Notepadqq: backups", DRAFTS),
    (Config, "Notepadqq", "Notepadqq: session", DRAFTS),
    (Config, "featherpad", "FeatherPad: recent files", DRAFTS),
    (Data, "recently-used.xbel", "the desktop's recent files", RECENT),
    (Data, "RecentDocuments", "the desktop's recent files", RECENT),
    (Home, "Library/Application Support/com.apple.sharedfilelist", "the desktop's recent files", RECENT),
    (Data, "Trash", "trash", TRASH),
    (Home, ".Trash", "trash", TRASH),
    (Cache, "thumbnails", "thumbnails", INDEX),
    (Cache, "tracker3", "search index", INDEX),
    (Data, "baloo", "search index", INDEX),
    (Data, "zeitgeist", "activity log", RECENT),
    (Home, "Library/Autosave Information", "unsaved text", DRAFTS),
];

/// Folders of the VS Code family, under `~/.config` or `Library/Application Support`.
const CODE_FAMILY: [&str; 7] = ["Code", "Code - Insiders", "Code - OSS", "VSCodium", "Cursor", "Windsurf", "Positron"];

/// All places for one user.
pub fn of(surroundings: &Surroundings) -> Vec<LeakPlace> {
    let base = |base: Base| match base {
        Home => &surroundings.home,
        Config => &surroundings.config,
        Data => &surroundings.data,
        State => &surroundings.state,
        Cache => &surroundings.cache,
    };
    let whole = |name: String, path: PathBuf, advice| LeakPlace { name, path, depth: Depth::Whole, advice };
    let mut places: Vec<LeakPlace> =
        KNOWN.iter().map(|(at, path, name, advice)| whole((*name).to_owned(), base(*at).join(path), advice)).collect();
    for program in CODE_FAMILY {
        let support = surroundings.home.join("Library/Application Support");
        for folder in [&surroundings.config, &support] {
            places.push(whole(format!("{program}: history, backups, logs"), folder.join(program), CODE));
        }
    }
    let above: BTreeSet<&Path> = surroundings.around.iter().flat_map(|path| path.ancestors()).collect();
    for folder in above {
        let path = folder.join(".obsidian");
        if path.is_dir() {
            places.push(whole("Obsidian: workspace".to_owned(), path, OBSIDIAN));
        }
    }
    let upper = |name: &str, path: &PathBuf| LeakPlace {
        name: name.to_owned(),
        path: path.clone(),
        depth: Depth::Upper,
        advice: COPY,
    };
    places.extend(surroundings.around.iter().map(|path| upper("the folder that was written from", path)));
    places.extend(surroundings.temp.iter().map(|path| upper("temporary files", path)));
    places.push(upper("the home folder", &surroundings.home));
    let mut seen = BTreeSet::new();
    places.retain(|place| seen.insert(place.path.clone()));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_named_once_and_says_what_to_do() {
        let home = PathBuf::from("/home/u");
        let at = |path: &str| home.join(path);
        let places = of(&Surroundings {
            home: home.clone(),
            config: at(".config"),
            data: at(".local/share"),
            state: at(".local/state"),
            cache: at(".cache"),
            temp: vec!["/tmp".into(), "/var/tmp".into(), "/tmp".into()],
            around: vec![at("practice")],
        });
        assert!(places.len() > 60, "{}", places.len());
        let paths: BTreeSet<&Path> = places.iter().map(|place| place.path.as_path()).collect();
        assert_eq!(paths.len(), places.len());
        assert!(places.iter().all(|place| !place.name.is_empty() && !place.advice.is_empty()));
    }
}

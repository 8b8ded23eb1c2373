//! Where writing assistants are installed: the table that [`super::assistants()`] looks through.
//!
//! One row a kind of place. A pattern is relative to the folder that its base names; `*` stands for any one name. Nothing
//! is decided here.

/// What a pattern is relative to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// The home folder.
    Home,
    /// `$XDG_CONFIG_HOME`.
    Config,
    /// `$XDG_DATA_HOME`.
    Data,
}

/// Folders whose entries are plugins of an editor.
pub(super) struct PluginFolders {
    /// What the user calls it.
    pub(super) editor: &'static str,
    /// Programs that load plugins from here.
    pub(super) programs: &'static [&'static str],
    /// Where they are.
    pub(super) patterns: &'static [(Base, &'static str)],
    /// What to do about one.
    pub(super) remedy: &'static str,
}

const VS_CODE: &[&str] = &["code", "code-insiders", "code-oss", "codium", "vscodium", "cursor", "windsurf"];

/// Where editors keep plugins.
pub(super) const PLUGIN_FOLDERS: [PluginFolders; 6] = [
    PluginFolders {
        editor: "VS Code and its relatives",
        programs: VS_CODE,
        patterns: &[
            (Base::Home, ".vscode/extensions/*"),
            (Base::Home, ".vscode-insiders/extensions/*"),
            (Base::Home, ".vscode-oss/extensions/*"),
            (Base::Home, ".vscode-server/extensions/*"),
            (Base::Home, ".vscodium-server/extensions/*"),
            (Base::Home, ".cursor/extensions/*"),
            (Base::Home, ".windsurf/extensions/*"),
        ],
        remedy: "uninstall it, or start the editor with `--disable-extensions` and close its windows before",
    },
    PluginFolders {
        editor: "vim",
        programs: &["vim", "vi", "gvim", "mvim", "view"],
        patterns: &[
            (Base::Home, ".vim/pack/*/start/*"),
            (Base::Home, ".vim/pack/*/opt/*"),
            (Base::Home, ".vim/plugged/*"),
            (Base::Home, ".vim/bundle/*"),
            (Base::Config, "vim/pack/*/start/*"),
            (Base::Config, "vim/pack/*/opt/*"),
        ],
        remedy: "remove it, or write notes with `vim --clean` as the editor",
    },
    PluginFolders {
        editor: "neovim",
        programs: &["nvim", "neovide"],
        patterns: &[
            (Base::Data, "nvim/lazy/*"),
            (Base::Data, "nvim/plugged/*"),
            (Base::Data, "nvim/site/pack/*/start/*"),
            (Base::Data, "nvim/site/pack/*/opt/*"),
            (Base::Config, "nvim/pack/*/start/*"),
            (Base::Config, "nvim/pack/*/opt/*"),
        ],
        remedy: "remove it, or write notes with `nvim --clean` as the editor",
    },
    PluginFolders {
        editor: "emacs",
        programs: &["emacs", "emacsclient"],
        patterns: &[
            (Base::Home, ".emacs.d/elpa/*"),
            (Base::Home, ".emacs.d/straight/repos/*"),
            (Base::Config, "emacs/elpa/*"),
            (Base::Config, "emacs/straight/repos/*"),
        ],
        remedy: "remove it, or write notes with `emacs -Q` as the editor",
    },
    PluginFolders {
        editor: "Sublime Text",
        programs: &["subl", "sublime_text"],
        patterns: &[
            (Base::Config, "sublime-text/Installed Packages/*"),
            (Base::Config, "sublime-text/Packages/*"),
            (Base::Config, "sublime-text-3/Installed Packages/*"),
            (Base::Config, "sublime-text-3/Packages/*"),
            (Base::Home, "Library/Application Support/Sublime Text/Installed Packages/*"),
        ],
        remedy: "remove the package, or write notes in another editor",
    },
    PluginFolders {
        editor: "JetBrains programs",
        programs: &["idea", "pycharm", "webstorm", "clion", "goland", "rubymine", "phpstorm", "rustrover"],
        patterns: &[
            (Base::Data, "JetBrains/*/*"),
            (Base::Config, "JetBrains/*/plugins/*"),
            (Base::Home, "Library/Application Support/JetBrains/*/plugins/*"),
        ],
        remedy: "disable the plugin, or write notes in another editor",
    },
];

/// Words in the name of a plugin that sends what is written to somebody else's machine: assistants, grammar services,
/// shared editing, and those that report which files are open.
pub(super) const SENDING: [&str; 39] = [
    "amazon-q",
    "amazonq",
    "augment",
    "avante",
    "blackbox",
    "chatgpt",
    "claude",
    "cline",
    "codeium",
    "codecompanion",
    "codewhisperer",
    "cody",
    "continue",
    "copilot",
    "deepl",
    "gemini",
    "gen.nvim",
    "github-copilot",
    "gp.nvim",
    "gptel",
    "grammarly",
    "languagetool",
    "liveshare",
    "llm",
    "minuet",
    "ml-llm",
    "neoai",
    "openai",
    "quillbot",
    "roo-cline",
    "sg.nvim",
    "sourcery",
    "supermaven",
    "tabby",
    "tabnine",
    "vsliveshare",
    "wakatime",
    "windsurf",
    "zencoder",
];

/// Programs that are assistants themselves, or watch what is typed in any window.
pub(super) struct AssistantProgram {
    /// What it is called.
    pub(super) name: &'static str,
    /// Programs that it is started as; none for one that watches every window.
    pub(super) programs: &'static [&'static str],
    /// Where it shows that it is installed.
    pub(super) patterns: &'static [(Base, &'static str)],
    /// What to do about it.
    pub(super) remedy: &'static str,
}

/// Programs that are assistants themselves.
pub(super) const PROGRAMS: [AssistantProgram; 4] = [
    AssistantProgram {
        name: "Cursor",
        programs: &["cursor"],
        patterns: &[
            (Base::Config, "Cursor"),
            (Base::Home, ".cursor"),
            (Base::Home, "Library/Application Support/Cursor"),
        ],
        remedy: "do not open notes in it: it sends the open file to its service while you write",
    },
    AssistantProgram {
        name: "Windsurf",
        programs: &["windsurf"],
        patterns: &[
            (Base::Config, "Windsurf"),
            (Base::Home, ".codeium/windsurf"),
            (Base::Home, "Library/Application Support/Windsurf"),
        ],
        remedy: "do not open notes in it: it sends the open file to its service while you write",
    },
    AssistantProgram {
        name: "Grammarly",
        programs: &[],
        patterns: &[
            (Base::Config, "Grammarly"),
            (Base::Home, "Library/Application Support/com.grammarly.ProjectLlama"),
            (Base::Home, "Applications/Grammarly Desktop.app"),
        ],
        remedy: "end it while notes are written, or block it for your editor and terminal: it reads every text field",
    },
    AssistantProgram {
        name: "LanguageTool",
        programs: &[],
        patterns: &[
            (Base::Home, "Library/Application Support/LanguageTool for Desktop"),
            (Base::Home, "Applications/LanguageTool for Desktop.app"),
        ],
        remedy: "end it while notes are written, or point it to a server on this machine: it reads every text field",
    },
];

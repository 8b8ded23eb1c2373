//! What is known about editors: one table, one row a family.
//!
//! In goes an editor's name, out comes its row: the switches it is started with and what each of them keeps away, whether
//! it runs in the terminal or in a window of its own, and what no switch can keep away. `{bench}` in an argument is
//! the folder that the note lies in, `{workshop}` one in it for the editor's own files; both are wiped.

/// Where an editor shows the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runs {
    /// In the terminal: when its program ends, the writing has ended.
    InTerminal,
    /// In a window of its own, perhaps of a program that runs already and stays.
    InWindow,
    /// Nowhere: it opens folders, and no single file.
    NotForOneFile,
}

/// Arguments that belong together, and what they are for.
#[derive(Debug)]
pub struct Switch {
    /// What is put on the command line.
    pub arguments: &'static [&'static str],
    /// Other spellings of the first argument: where the user wrote one of them, nothing is added.
    pub also: &'static [&'static str],
    /// What the switch keeps away, or what would go wrong without it.
    pub reason: &'static str,
}

/// A file that is put into the workshop before the editor starts.
#[derive(Debug)]
pub struct Seed {
    /// Its path in the workshop.
    pub path: &'static str,
    /// What is in it.
    pub text: &'static str,
}

/// Editors that take the same switches.
#[derive(Debug)]
pub struct Family {
    /// What people call it.
    pub name: &'static str,
    /// Names of its programs.
    pub programs: &'static [&'static str],
    /// Where it runs.
    pub runs: Runs,
    /// What it is started with.
    pub switches: &'static [Switch],
    /// Settings that no switch sets.
    pub seeds: &'static [Seed],
    /// What no switch keeps away, and what to do about it.
    pub advice: Option<&'static str>,
}

/// The row of a program, by the name of its file.
pub fn of_program(name: &str) -> Option<&'static Family> {
    let name = name.to_lowercase();
    let known = |name: &str| FAMILIES.iter().find(|family| family.programs.contains(&name));
    // `vim.basic` and `emacs-nox` are what distributions call them.
    let short = |at: char| name.split(at).next().and_then(known);
    known(&name).or_else(|| short('.')).or_else(|| short('-'))
}

const fn switch(arguments: &'static [&'static str], reason: &'static str) -> Switch {
    Switch { arguments, also: &[], reason }
}

const WAIT_REASON: &str = "the command waits until the window is closed; text typed later would not be kept";

const fn wait(arguments: &'static [&'static str], also: &'static [&'static str]) -> Switch {
    Switch { arguments, also, reason: WAIT_REASON }
}

const fn in_terminal(name: &'static str, programs: &'static [&'static str], switches: &'static [Switch]) -> Family {
    Family { name, programs, runs: Runs::InTerminal, switches, seeds: &[], advice: None }
}

const fn in_window(name: &'static str, programs: &'static [&'static str], switches: &'static [Switch]) -> Family {
    Family { name, programs, runs: Runs::InWindow, switches, seeds: &[], advice: None }
}

const fn advised(family: Family, advice: &'static str) -> Family {
    Family { advice: Some(advice), ..family }
}

/// What Vim and Neovim must not do, as options.
macro_rules! vim_options {
    () => {
        "set nobackup nowritebackup backupskip=* noundofile undodir= noswapfile directory= updatecount=0 viminfo= nomodeline"
    };
}

/// Puts the options' own autocommands last again, behind those of settings and plugins that were read meanwhile.
macro_rules! vim_guard {
    () => {
        concat!(
            "autocmd! throughline BufReadPre,BufNewFile,BufReadPost,BufEnter,BufWinEnter,InsertEnter,InsertLeave,",
            "CursorHold,BufWritePre,FileWritePre,VimLeavePre * ",
            vim_options!()
        )
    };
}

const GVIM_SWITCHES: &[Switch] = &[
    wait(&["-f"], &["--nofork"]),
    switch(&["-n"], "no swap file from the first moment on"),
    switch(&["-i", "NONE"], "no viminfo or shada file: registers, searches and marks hold words of the note"),
    switch(
        &["--cmd", "augroup throughline|augroup END"],
        "a group of its own, which no `autocmd!` of the user empties",
    ),
    switch(
        &["--cmd", concat!("autocmd throughline SourcePost,VimEnter,CmdlineEnter * ", vim_options!())],
        "no backup, undo or swap file, whatever the settings say that were just read",
    ),
    switch(
        &["--cmd", concat!("autocmd throughline SourcePost,VimEnter,CmdlineEnter * ", vim_guard!())],
        "autocommands of the user's settings that turn them on again come before these, and so lose",
    ),
    switch(&["--cmd", vim_guard!()], "the same where no settings are read"),
    switch(
        &[
            "--cmd",
            "autocmd throughline TextChanged,TextChangedI {bench}/*.md \
             silent! unlet g:throughline_left | silent! call writefile(getline(1, '$'), expand('%:p') . '.save')",
        ],
        "in place of a swap file, unsaved text in memory: a closed terminal or a crash loses none of it",
    ),
    switch(
        &["--cmd", "autocmd throughline BufWritePost {bench}/*.md silent! call delete(expand('%:p') . '.save')"],
        "what is saved needs no second copy",
    ),
    switch(
        &[
            "--cmd",
            "autocmd throughline ExitPre,CmdlineLeave * if getcmdtype() == '' || getcmdline() =~# '^\\s*cq' | \
             let g:throughline_left = 1 | endif",
        ],
        "tells leaving, and giving up by `:cq`, from being cut off",
    ),
    switch(
        &[
            "--cmd",
            "autocmd throughline VimLeave * \
             if !v:dying && (exists('g:throughline_left') || bufloaded('%')) | silent! call map(glob('{bench}/*.save', 0, 1), 'delete(v:val)') | endif",
        ],
        "what the user let go of is not brought back; of a text that was cut off no buffer is left",
    ),
    switch(&["-c", vim_options!()], "the same for versions that know no `SourcePost`"),
];

/// In the terminal it waits by itself.
const VIM_SWITCHES: &[Switch] = GVIM_SWITCHES.split_at(1).1;

/// Variables can be set again by hooks that run after every argument; functions that do nothing stay so.
const EMACS_QUIET: &str = concat!(
    "(progn (setq make-backup-files nil auto-save-default nil create-lockfiles nil",
    " auto-save-list-file-prefix nil auto-save-list-file-name nil)",
    " (mapc (lambda (f) (advice-add f :override (function ignore)))",
    " '(backup-buffer auto-save-mode recentf-save-list savehist-save savehist-autosave",
    " save-place-alist-to-file save-places-to-alist desktop-save bookmark-save undo-tree-save-history",
    " undo-tree-save-history-from-hook undo-fu-session-save session-save-session))",
    " (defvar throughline-leaving nil) (advice-add 'save-buffers-kill-emacs :around",
    " (lambda (leave &rest all) (let ((throughline-leaving t)) (apply leave all))))",
    " (add-hook 'kill-emacs-hook (lambda () (unless throughline-leaving (dolist (b (buffer-list))",
    " (with-current-buffer b (when (and buffer-file-name (buffer-modified-p)",
    " (string-prefix-p \"{bench}/\" buffer-file-name))",
    " (write-region nil nil (concat buffer-file-name \".save\") nil 'quiet)))))))",
    ")"
);

const CODE_SWITCHES: &[Switch] = &[
    wait(&["--wait"], &["-w"]),
    switch(
        &["--user-data-dir", "{workshop}/code"],
        "local history, unsaved buffers, recent files and logs lie in memory and are wiped",
    ),
    switch(&["--new-window"], "a window that holds nothing but the note"),
    switch(&["--disable-extensions"], "extensions may copy text or send it somewhere"),
];

const CODE_SETTINGS: &[Seed] = &[Seed {
    path: "code/User/settings.json",
    text: concat!(
        "{\"workbench.localHistory.enabled\": false, \"files.hotExit\": \"off\", \"files.autoSave\": \"off\", ",
        "\"telemetry.telemetryLevel\": \"off\", \"update.mode\": \"none\", \"chat.disableAIFeatures\": true, ",
        "\"workbench.startupEditor\": \"none\", \"workbench.enableExperiments\": false}"
    ),
}];

const MICRO_SETTINGS: &[Seed] = &[Seed {
    path: "micro/settings.json",
    text: concat!(
        "{\"backup\": false, \"permbackup\": false, \"savecursor\": false, \"saveundo\": false, ",
        "\"savehistory\": false}"
    ),
}];

const NO_SWITCH: &str = "it has no switch that keeps recent files and unsaved text off the disk; \
                         turn both off in its settings, or use an editor in the terminal";
const HANDS_OVER: &str = "a window that is open already takes the file over and the command returns at once; \
                          close the program first";

/// One row a family.
pub const FAMILIES: &[Family] = &[
    in_terminal("Vim", &["vim", "vi", "view", "vimdiff", "rvim", "rview", "ex"], VIM_SWITCHES),
    in_window("GVim", &["gvim", "mvim", "gview", "evim"], GVIM_SWITCHES),
    in_terminal("Neovim", &["nvim"], VIM_SWITCHES),
    advised(
        in_window(
            "Neovide",
            &["neovide"],
            &[
                wait(&["--no-fork"], &["--nofork"]),
                switch(&["--", "-n", "-i", "NONE", "-c", vim_options!()], "no swap, shada, backup or undo file"),
            ],
        ),
        "autocommands of its settings can turn backups on again; nvim in the terminal is guarded against them",
    ),
    in_terminal(
        "nvi",
        &["nvi", "bsd-vi", "nex", "nview"],
        &[switch(&["-c", "set recdir=/dev/null"], "no recovery copy; its working copy goes to the workshop")],
    ),
    in_terminal("BusyBox vi", &["busybox"], &[]),
    in_terminal(
        "Emacs",
        &["emacs", "xemacs"],
        &[switch(
            &["--eval", EMACS_QUIET],
            "no backup, auto-save or lock file, no lists of recent files, places, searches or undo, whatever init.el says; \
             unsaved text goes to a file in memory when the terminal is closed",
        )],
    ),
    advised(
        in_terminal("emacsclient", &["emacsclient"], &[]),
        "it uses an Emacs that runs already, whose backups, auto-saves and lists cannot be turned off from here; \
         use `emacs`",
    ),
    in_terminal(
        "nano",
        &["nano", "pico", "rnano"],
        &[Switch {
            arguments: &["-I"],
            also: &["--ignorercfiles"],
            reason: "no backup, position or search file: no switch takes `set backup` back, so its settings stay unread",
        }],
    ),
    Family {
        seeds: MICRO_SETTINGS,
        ..in_terminal(
            "micro",
            &["micro"],
            &[switch(
                &["-config-dir", "{workshop}/micro"],
                "no backup, undo, cursor or history file: settings for *.md win over switches, so they stay unread",
            )],
        )
    },
    in_terminal("Helix", &["hx", "helix"], &[]),
    in_terminal("Kakoune", &["kak"], &[]),
    in_terminal("ed", &["ed", "red"], &[]),
    in_terminal(
        "JOE",
        &["joe", "jmacs", "jstar", "jpico", "rjoe"],
        &[
            switch(&["-nobackups"], "no backup, also where the settings name a folder for them"),
            switch(&["-nodeadjoe"], "no DEADJOE file in the current folder when the terminal closes"),
            switch(&["--joe_state"], "no file of searches and yanked text"),
        ],
    ),
    in_terminal("jed", &["jed"], &[]),
    in_terminal("ne", &["ne"], &[]),
    advised(
        in_terminal("mcedit", &["mcedit", "mc"], &[]),
        "it keeps positions, searches and copied text under ~/.local/share/mc; turn `Save file position` off",
    ),
    Family {
        seeds: CODE_SETTINGS,
        ..in_window(
            "VS Code",
            &["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "code-oss", "positron"],
            CODE_SWITCHES,
        )
    },
    advised(
        in_window(
            "Sublime Text",
            &["subl", "sublime_text", "sublime-text", "smerge"],
            &[wait(&["--wait"], &["-w"]), switch(&["--new-window"], "a window that holds nothing but the note")],
        ),
        "set `hot_exit` and `remember_open_files` to false in its settings: its session file keeps unsaved text",
    ),
    advised(
        in_window("Zed", &["zed", "zeditor", "zedit"], &[wait(&["--wait"], &["-w"])]),
        "it keeps unsaved text in a database; set `restore_unsaved_buffers` to false under `session` in its settings",
    ),
    advised(in_window("TextMate", &["mate"], &[wait(&["--wait"], &["-w"])]), NO_SWITCH),
    advised(in_window("BBEdit", &["bbedit"], &[wait(&["--wait"], &["-w"])]), NO_SWITCH),
    advised(
        in_window(
            "open",
            &["open"],
            &[wait(&["-W"], &["--wait-apps"]), switch(&["-n"], "a program of its own, whose end can be waited for")],
        ),
        "macOS keeps versions of what its own editors save; turn `Ask to keep changes` on, or use an editor in the terminal",
    ),
    advised(in_window("Lapce", &["lapce"], &[wait(&["--wait"], &["-w"])]), NO_SWITCH),
    advised(
        in_window(
            "JetBrains",
            &["idea", "pycharm", "webstorm", "clion", "goland", "phpstorm", "rider", "rubymine", "rustrover"],
            &[wait(&["--wait"], &[])],
        ),
        "its Local History keeps every save and cannot be turned off; use another editor for notes",
    ),
    advised(
        in_window(
            "gedit",
            &["gedit", "xed"],
            &[
                wait(&["--wait"], &["-w"]),
                switch(&["--standalone"], "a program of its own, which the command can wait for"),
            ],
        ),
        "it adds the file's name to the desktop's recent files; turn those off in the desktop's privacy settings",
    ),
    advised(
        in_window(
            "Text Editor",
            &["gnome-text-editor"],
            &[
                wait(&["--standalone"], &["-s"]),
                switch(&["--ignore-session"], "it does not open what an earlier session held"),
            ],
        ),
        "turn `Restore session` off in its settings: it keeps drafts of unsaved text",
    ),
    advised(
        in_window("Kate", &["kate"], &[wait(&["--block"], &["-b"]), switch(&["--new"], "a window of its own")]),
        "turn swap files off in its settings (Open/Save, Advanced); they are on by default",
    ),
    advised(
        in_window("KWrite", &["kwrite"], &[]),
        "turn swap files off in its settings (Open/Save, Advanced); they are on by default",
    ),
    in_window("Mousepad", &["mousepad"], &[wait(&["--disable-server"], &[])]),
    in_window("FeatherPad", &["featherpad", "fpad"], &[wait(&["--standalone"], &["-s"])]),
    in_window("Geany", &["geany"], &[wait(&["--new-instance"], &["-i"])]),
    in_window("Leafpad", &["leafpad", "l3afpad"], &[]),
    advised(in_window("pluma", &["pluma"], &[]), HANDS_OVER),
    advised(in_window("Notepadqq", &["notepadqq"], &[]), HANDS_OVER),
    advised(in_window("ghostwriter", &["ghostwriter"], &[]), NO_SWITCH),
    advised(in_window("Apostrophe", &["apostrophe"], &[]), HANDS_OVER),
    advised(in_window("Typora", &["typora"], &[]), NO_SWITCH),
    Family {
        runs: Runs::NotForOneFile,
        advice: Some("`throughline desk` gives a folder that it can open as a vault"),
        ..in_window("Obsidian", &["obsidian"], &[])
    },
];

#[cfg(test)]
mod tests {
    use super::{FAMILIES, of_program};

    #[test]
    fn every_program_stands_in_one_row_and_every_switch_says_why() {
        let mut names: Vec<&str> = FAMILIES.iter().flat_map(|family| family.programs.iter().copied()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        for family in FAMILIES {
            assert!(!family.programs.is_empty() && !family.name.is_empty());
            for switch in family.switches {
                assert!(!switch.reason.is_empty() && !switch.arguments.is_empty(), "{}", family.name);
            }
        }
    }

    #[test]
    fn a_program_is_known_by_the_names_that_distributions_give_it() {
        let name = |program: &str| of_program(program).map(|family| family.name);
        assert_eq!(name("vim.basic"), Some("Vim"));
        assert_eq!(name("emacs-nox"), Some("Emacs"));
        assert_eq!(name("code-insiders"), Some("VS Code"));
        assert_eq!(name("sed"), None);
    }
}

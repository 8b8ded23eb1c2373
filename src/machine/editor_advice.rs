//! What to know about an editor before a note is written in it.
//!
//! In goes the name of its program; out comes advice, or none for an editor that this program knows how to keep from
//! leaving copies. Nothing is started.

use super::advice::{Advice, Topic};

/// Terminal editors that get switches against every copy they would leave.
const KEPT_IN_HAND: [&str; 9] = ["vim", "vi", "gvim", "mvim", "view", "nvim", "emacs", "nano", "micro"];

/// Editors that note files for later by design; switches cannot take all of that away.
const NOTES_HISTORY: [&str; 12] = [
    "code",
    "code-insiders",
    "code-oss",
    "codium",
    "vscodium",
    "cursor",
    "windsurf",
    "subl",
    "sublime_text",
    "zed",
    "zeditor",
    "emacsclient",
];

/// Programs that keep notes in a store of their own and cannot be handed one file.
const STORES: [&str; 5] = ["obsidian", "logseq", "joplin", "notion", "evernote"];

/// What to know about the editor that would be used.
pub fn editor_advice(program: &str) -> Option<Advice> {
    let name = program.rsplit('/').next().unwrap_or(program);
    if KEPT_IN_HAND.contains(&name) {
        return None;
    }
    if STORES.contains(&name) {
        return Some(Advice::problem(
            Topic::Editor,
            format!("the editor `{name}` keeps notes in a store of its own and cannot be handed one file"),
            "name another with `editor` in config.toml, such as `editor = \"vim\"`",
        ));
    }
    if NOTES_HISTORY.contains(&name) {
        return Some(Advice::note(
            Topic::Editor,
            format!(
                "the editor `{name}` keeps a history of files, and a window that is open already keeps its settings"
            ),
            "turn its local history, session restore and extensions off, or close its windows first",
        ));
    }
    Some(Advice::note(
        Topic::Editor,
        format!("no switches are known that keep the editor `{name}` from leaving copies"),
        "look whether it keeps backups, swap files or a history, and turn that off",
    ))
}

#[cfg(test)]
mod tests {
    use super::editor_advice;
    use crate::machine::Severity;

    #[test]
    fn an_editor_that_is_kept_in_hand_needs_no_advice_and_the_others_get_theirs() {
        for name in ["vi", "/usr/bin/vim", "nvim", "nano"] {
            assert_eq!(editor_advice(name), None, "{name}");
        }
        for (name, severity) in [("obsidian", Severity::Problem), ("code", Severity::Note), ("ed9", Severity::Note)] {
            assert_eq!(editor_advice(name).map(|advice| advice.severity), Some(severity), "{name}");
        }
    }
}

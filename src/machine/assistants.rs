//! Editors with writing assistants or cloud features, found by the folders they are installed in.
//!
//! In go the user's folders and the editor that would be used; out comes each assistant with what to do about it. One in
//! the editor that would be used, or one that watches every window, is a problem; one elsewhere is good to know. Only
//! names are looked at, and for Zed its settings.

use super::advice::{Advice, Severity, Topic};
use super::assistant_places::{Base, PLUGIN_FOLDERS, PROGRAMS, SENDING};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The user's folders.
#[derive(Debug, Clone)]
pub struct AssistantPlaces {
    /// The home folder.
    pub home: PathBuf,
    /// `$XDG_CONFIG_HOME`.
    pub config: PathBuf,
    /// `$XDG_DATA_HOME`.
    pub data: PathBuf,
}

/// Looks for assistants. `editor` is the program that notes would be written in.
pub fn assistants(places: &AssistantPlaces, editor: &str) -> Vec<Advice> {
    let editor = editor.rsplit('/').next().unwrap_or(editor);
    let mut found = plugins(places, editor);
    found.extend(programs(places, editor));
    found.extend(zed(places, editor));
    found
}

fn plugins(places: &AssistantPlaces, editor: &str) -> Vec<Advice> {
    let mut found = Vec::new();
    for folders in &PLUGIN_FOLDERS {
        let entries = folders.patterns.iter().flat_map(|(base, pattern)| places.matching(*base, pattern));
        // One plugin lies in several folders at times, and in several versions.
        let sending: BTreeSet<(&str, PathBuf)> =
            entries.filter_map(|path| Some((sending_word(&path)?, path.parent()?.to_owned()))).collect();
        let severity = if folders.programs.contains(&editor) { Severity::Problem } else { Severity::Note };
        found.extend(sending.into_iter().map(|(word, folder)| Advice {
            topic: Topic::Assistants,
            severity,
            what: format!(
                "a plugin named after `{word}` is installed for {} in {}; such plugins send what is written elsewhere",
                folders.editor,
                folder.display()
            ),
            remedy: folders.remedy.to_owned(),
        }));
    }
    found
}

fn programs(places: &AssistantPlaces, editor: &str) -> Vec<Advice> {
    let installed = PROGRAMS.iter().filter_map(|program| {
        let place = program.patterns.iter().flat_map(|(base, pattern)| places.matching(*base, pattern)).next()?;
        let everywhere = program.programs.is_empty();
        let severity =
            if everywhere || program.programs.contains(&editor) { Severity::Problem } else { Severity::Note };
        Some(Advice {
            topic: Topic::Assistants,
            severity,
            what: format!("{} is installed ({})", program.name, place.display()),
            remedy: program.remedy.to_owned(),
        })
    });
    installed.collect()
}

/// Zed brings its assistants along; one setting turns them all off.
fn zed(places: &AssistantPlaces, editor: &str) -> Option<Advice> {
    let settings = places.config.join("zed/settings.json");
    let is_editor = ["zed", "zeditor"].contains(&editor);
    let text = match std::fs::read_to_string(&settings) {
        Ok(text) => text,
        Err(_) if is_editor => String::new(),
        Err(_) => return None,
    };
    // The file may hold comments, so it is not read as JSON.
    let bare: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(str::chars)
        .filter(|c| !c.is_whitespace())
        .collect();
    if bare.contains("\"disable_ai\":true") {
        return None;
    }
    Some(Advice {
        topic: Topic::Assistants,
        severity: if is_editor { Severity::Problem } else { Severity::Note },
        what: "Zed's assistants are not turned off; they send what is written elsewhere".to_owned(),
        remedy: format!("put `\"disable_ai\": true` into {}", settings.display()),
    })
}

/// The word in a plugin's name that says that it sends text, if there is one.
pub(super) fn sending_word(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_str()?.to_lowercase();
    // Whole words: `llm` is not in `hallmark`. Longer words first, so that the plugin is called by its full name.
    let parts = |c: char| !c.is_alphanumeric();
    let mut known: Vec<&'static str> = SENDING.to_vec();
    known.sort_by_key(|word| std::cmp::Reverse(word.len()));
    known.into_iter().find(|word| {
        if word.contains(parts) {
            name.contains(word)
        } else {
            name.split(parts).any(|part| part == *word || (word.len() > 4 && part.starts_with(word)))
        }
    })
}

impl AssistantPlaces {
    /// What there is for a pattern, sorted.
    fn matching(&self, base: Base, pattern: &str) -> Vec<PathBuf> {
        let base = match base {
            Base::Home => &self.home,
            Base::Config => &self.config,
            Base::Data => &self.data,
        };
        let mut found = vec![base.clone()];
        for part in pattern.split('/') {
            found = if part == "*" {
                let entries = found.iter().flat_map(|folder| std::fs::read_dir(folder).into_iter().flatten().flatten());
                entries.map(|entry| entry.path()).collect()
            } else {
                found.into_iter().map(|folder| folder.join(part)).filter(|path| path.exists()).collect()
            };
        }
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn home(folders: &[&str]) -> (tempfile::TempDir, AssistantPlaces) {
        let home = tempfile::tempdir().unwrap();
        for folder in folders {
            std::fs::create_dir_all(home.path().join(folder)).unwrap();
        }
        let at = |name: &str| home.path().join(name);
        let places = AssistantPlaces { home: at(""), config: at(".config"), data: at(".local/share") };
        (home, places)
    }

    #[test]
    fn an_assistant_in_the_editor_that_would_be_used_is_a_problem_and_elsewhere_a_note() {
        for (folder, programs, word) in [
            (".vscode/extensions/github.copilot-1.2.3", ["code", "codium"], "copilot"),
            (".vscode-oss/extensions/continue.continue-0.9", ["code", "codium"], "continue"),
            (".cursor/extensions/tabnine.tabnine-vscode-3", ["code", "cursor"], "tabnine"),
            (".vim/pack/github/start/copilot.vim", ["vim", "/usr/bin/vi"], "copilot"),
            (".vim/plugged/codeium.vim", ["vim", "vi"], "codeium"),
            (".local/share/nvim/lazy/supermaven-nvim", ["nvim", "nvim"], "supermaven"),
            (".emacs.d/elpa/gptel-20260101", ["emacs", "emacs"], "gptel"),
            (".local/share/JetBrains/PyCharm2026.1/ml-llm", ["pycharm", "idea"], "ml-llm"),
            (".config/sublime-text/Packages/LSP-copilot", ["subl", "subl"], "copilot"),
        ] {
            let (_home, places) = home(&[folder]);
            let severities = |editor: &str| {
                let plugins = assistants(&places, editor).into_iter().filter(|advice| advice.what.contains("a plugin"));
                plugins.map(|advice| (advice.severity, advice.what.contains(word))).collect::<Vec<_>>()
            };
            for program in programs {
                assert_eq!(severities(program), [(Severity::Problem, true)], "{folder} in {program}");
            }
            assert_eq!(severities("ed"), [(Severity::Note, true)], "{folder}");
        }
    }

    #[test]
    fn other_plugins_are_none() {
        for name in ["rust-lang.rust-analyzer-1", "vim-surround", "hallmark", "llvm-mode", "evil-1.15", "vim-tabular"] {
            assert_eq!(sending_word(Path::new(name)), None, "{name}");
        }
    }

    #[test]
    fn programs_that_watch_every_window_are_a_problem_whatever_the_editor_is() {
        let (_home, places) = home(&["Library/Application Support/com.grammarly.ProjectLlama", ".config/Cursor"]);
        let found = assistants(&places, "vi");
        let told: Vec<(Severity, &str)> =
            found.iter().map(|advice| (advice.severity, advice.what.split(' ').next().unwrap())).collect();
        assert_eq!(told, [(Severity::Note, "Cursor"), (Severity::Problem, "Grammarly")]);
        assert_eq!(assistants(&places, "cursor")[0].severity, Severity::Problem);
    }

    #[test]
    fn zed_is_told_until_its_assistants_are_turned_off() {
        let (_home, places) = home(&[".config/zed"]);
        let settings = places.config.join("zed/settings.json");
        assert_eq!(assistants(&places, "vi"), []);
        assert_eq!(assistants(&places, "zed")[0].severity, Severity::Problem);
        for (text, told) in [
            ("{\n  // \"disable_ai\": true\n  \"theme\": \"One\"\n}", 1),
            ("{ \"disable_ai\": false }", 1),
            ("{\n  // all off\n  \"disable_ai\" : true,\n}", 0),
        ] {
            std::fs::write(&settings, text).unwrap();
            assert_eq!(assistants(&places, "zed").len(), told, "{text}");
        }
    }
}

//! Obsidian opened on a folder of notes: what its settings there send or keep elsewhere.
//!
//! In goes a folder that may hold clear notes; out comes advice when it, or one above it, is an Obsidian vault with sync,
//! publishing or sending plugins. Only Obsidian's own lists of plugins are read.

use super::advice::{Advice, Severity, Topic};
use super::assistants::sending_word;
use serde_json::Value;
use std::path::Path;

/// Plugins that ship with Obsidian and take text elsewhere, with what each does.
const CORE: [(&str, Severity, &str); 3] = [
    ("sync", Severity::Problem, "copies every file there to Obsidian's servers"),
    ("publish", Severity::Problem, "can put files there on a public site"),
    ("file-recovery", Severity::Note, "keeps clear copies of files there in Obsidian's own store for days"),
];

/// Words in the names of community plugins that copy files elsewhere; assistants are known by their own words.
const COPYING: [&str; 6] =
    ["obsidian-git", "remotely-save", "livesync", "smart-connections", "text-generator", "webdav"];

/// Looks at a folder and those above it, up to `home` and not further.
pub fn obsidian(folder: &Path, home: &Path) -> Vec<Advice> {
    let above = folder.ancestors().take_while(|at| at.starts_with(home) || *at == folder);
    let Some(vault) = above.into_iter().find(|at| at.join(".obsidian").is_dir()) else { return Vec::new() };
    let settings = vault.join(".obsidian");
    let mut found: Vec<Advice> = enabled(&settings.join("core-plugins.json"))
        .iter()
        .filter_map(|name| CORE.iter().find(|(core, ..)| core == name))
        .map(|(name, severity, does)| Advice {
            severity: *severity,
            ..told(vault, &format!("its core plugin `{name}` {does}"))
        })
        .collect();
    for name in enabled(&settings.join("community-plugins.json")) {
        let copying = COPYING.iter().find(|word| name.to_lowercase().contains(**word)).copied();
        if let Some(word) = copying.or_else(|| sending_word(Path::new(&name))) {
            found.push(told(vault, &format!("its plugin named after `{word}` sends what is written there elsewhere")));
        }
    }
    found
}

fn told(vault: &Path, what: &str) -> Advice {
    Advice::problem(
        Topic::Assistants,
        format!("Obsidian uses {}: {what}", vault.display()),
        "turn it off in Obsidian's settings, or keep clear notes out of Obsidian",
    )
}

/// The plugins that a list turns on: an array of names, or an object of names and whether they are on.
fn enabled(list: &Path) -> Vec<String> {
    let read = std::fs::read_to_string(list).ok().and_then(|text| serde_json::from_str(&text).ok());
    match read {
        Some(Value::Array(names)) => names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
        Some(Value::Object(names)) => {
            names.into_iter().filter(|(_, on)| on == &Value::Bool(true)).map(|(name, _)| name).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn told_for(core: &str, community: &str) -> Vec<(Severity, String)> {
        let home = tempfile::tempdir().unwrap();
        let drafts = home.path().join("brain/drafts");
        std::fs::create_dir_all(&drafts).unwrap();
        let settings = home.path().join("brain/.obsidian");
        std::fs::create_dir(&settings).unwrap();
        std::fs::write(settings.join("core-plugins.json"), core).unwrap();
        std::fs::write(settings.join("community-plugins.json"), community).unwrap();
        let found = obsidian(&drafts, home.path());
        found.into_iter().map(|advice| (advice.severity, advice.what.split('`').nth(1).unwrap().to_owned())).collect()
    }

    #[test]
    fn sync_and_sending_plugins_are_problems_in_both_forms_of_the_list() {
        let problem = |name: &str| (Severity::Problem, name.to_owned());
        assert_eq!(told_for(r#"["file-explorer", "sync"]"#, "[]"), [problem("sync")]);
        assert_eq!(told_for(r#"{"sync": true, "publish": false, "graph": true}"#, "[]"), [problem("sync")]);
        assert_eq!(
            told_for("{}", r#"["dataview", "obsidian-git", "github-copilot", "calendar"]"#),
            [problem("obsidian-git"), problem("github-copilot")]
        );
        assert_eq!(told_for(r#"{"file-recovery": true}"#, "not json")[0].0, Severity::Note);
        assert_eq!(told_for(r#"{"sync": false}"#, r#"["dataview"]"#), []);
    }

    #[test]
    fn a_folder_that_obsidian_does_not_use_is_none() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(obsidian(home.path(), home.path()), []);
    }
}

//! The layers, held by a test: imports point down, outside crates stay where they are named, every module says what it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which layers each layer may import. Nothing else, and no cycle can be written in this table.
const LAYERS: [(&str, &[&str]); 14] = [
    ("domain", &[]),
    ("notes", &["domain"]),
    ("vault", &["domain"]),
    ("machine", &["domain"]),
    ("casebook", &["domain", "notes"]),
    ("insight", &["domain", "notes", "casebook"]),
    ("records", &["domain", "notes", "casebook"]),
    ("brief", &["domain", "notes", "casebook", "insight", "records"]),
    ("site", &["domain", "notes", "casebook", "insight", "records", "brief"]),
    ("publish", &["domain", "notes", "vault", "casebook", "insight", "records", "site"]),
    ("gate", &["domain"]),
    ("serve", &["domain", "casebook", "site", "publish", "vault"]),
    ("keeping", &["domain", "notes", "vault", "casebook", "machine"]),
    (
        "cli",
        &[
            "domain", "notes", "vault", "casebook", "insight", "records", "site", "publish", "gate", "serve",
            "keeping", "machine", "brief",
        ],
    ),
];

/// Where outside crates may be named: a path prefix under `src`.
const PLACES: [(&str, &[&str]); 9] = [
    ("age", &["vault/seal.rs", "vault/keys.rs", "vault/public_key.rs"]),
    ("age_core", &["vault/seal.rs"]),
    ("notify", &["vault/watch.rs"]),
    ("tera", &["site/templates.rs"]),
    ("pulldown_cmark", &["notes/marks.rs", "site/markdown.rs"]),
    ("tiny_http", &["serve/responder.rs"]),
    ("clap", &["cli/"]),
    ("rayon", &["vault/", "publish/"]),
    ("httparse", &["gate/"]),
];

/// What a pure layer never names.
const IMPURE: [&str; 9] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "Local::now",
    "Utc::now",
    "getrandom",
];
const PURE: [&str; 7] = ["domain", "notes", "casebook", "insight", "records", "brief", "site"];

struct Source {
    path: String,
    layer: String,
    text: String,
}

/// All files of the library without their tests, which may reach further.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    let mut sources: Vec<Source> = files
        .into_iter()
        .map(|file| {
            let path = file.strip_prefix(&root).expect("below src").to_string_lossy().into_owned();
            let text = fs::read_to_string(&file).expect("a source file");
            let layer = path.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
            Source { path, layer, text }
        })
        .collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(sources.len() > 60, "the sources were found");
    sources
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn is_test(source: &Source) -> bool {
    source.path.contains("/tests/") || source.path.ends_with("/tests.rs") || source.path.ends_with("promises.rs")
}

/// Lines of code with their numbers: no comments, nothing after an inline test module.
fn code(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    let lines = source.text.lines().enumerate().take_while(|(_, line)| !line.trim_start().starts_with("#[cfg(test)]"));
    lines
        .map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()))
        .filter(|(_, line)| !line.trim().is_empty())
}

/// Layers a line imports: `crate::x`, and `crate::{x, y}`.
fn imported(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in line.split("crate::").skip(1) {
        let names = part.strip_prefix('{').map_or(part, |list| list.split('}').next().unwrap_or(list));
        for name in if part.starts_with('{') { names.split(',').collect::<Vec<_>>() } else { vec![names] } {
            let name: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.push(name);
        }
    }
    found
}

#[test]
fn imports_point_down() {
    let allowed: BTreeMap<&str, &[&str]> = LAYERS.into_iter().collect();
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !matches!(source.layer.as_str(), "lib" | "main")) {
        let below = allowed.get(source.layer.as_str());
        let Some(below) = below else {
            wrong.push(format!("src/{}: stands in no layer", source.path));
            continue;
        };
        for (number, line) in code(source) {
            for name in imported(line).into_iter().filter(|name| allowed.contains_key(name.as_str())) {
                if name != source.layer && !below.contains(&name.as_str()) && !is_test(source) {
                    wrong.push(format!("src/{}:{number}: {} imports {name}", source.path, source.layer));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports that point up or across:\n{}", wrong.join("\n"));
}

#[test]
fn files_form_no_cycle_beyond_a_folder_and_its_own_files() {
    let sources = sources();
    let modules: BTreeSet<String> =
        sources.iter().filter(|source| !is_test(source)).map(|s| module_of(&s.path)).collect();
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources.iter().filter(|source| !is_test(source) && !source.path.ends_with("mod.rs")) {
        let from = module_of(&source.path);
        let text: String = code(source).map(|(_, line)| format!("{line} ")).collect();
        let to = named_paths(&from, &text).into_iter().filter_map(|path| {
            let parts: Vec<&str> = path.split("::").collect();
            (1..=parts.len()).rev().map(|end| parts[..end].join("::")).find(|prefix| modules.contains(prefix))
        });
        let is_folder =
            |module: &String| sources.iter().any(|s| module_of(&s.path) == *module && s.path.ends_with("mod.rs"));
        edges.insert(from.clone(), to.filter(|to| *to != from && !is_folder(to)).collect());
    }
    assert!(edges.values().flatten().count() > 200, "imports were read");
    let wrong: Vec<&String> = edges.keys().filter(|from| reaches(&edges, from, from)).collect();
    assert!(wrong.is_empty(), "files that reach themselves: {wrong:?}");
}

/// `vault/seal.rs` is `vault::seal`, `vault/mod.rs` is `vault`.
fn module_of(path: &str) -> String {
    path.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::")
}

/// Full paths of what a file names by `crate::` and `super::`, groups taken apart.
fn named_paths(from: &str, text: &str) -> Vec<String> {
    let parent = from.rsplit_once("::").map_or("", |(parent, _)| parent);
    let mut found = Vec::new();
    for (word, base) in [("crate::", ""), ("super::", parent)] {
        for (at, _) in text.match_indices(word) {
            if text[..at].ends_with("::") {
                continue;
            }
            let (mut base, mut rest) = (base.to_owned(), &text[at + word.len()..]);
            while let Some(further) = rest.strip_prefix("super::") {
                base = base.rsplit_once("::").map_or(String::new(), |(parent, _)| parent.to_owned());
                rest = further;
            }
            let name = |text: &str| {
                text.trim().chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect::<String>()
            };
            let names: Vec<String> = match rest.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap_or_default().split(',').map(name).collect(),
                None => vec![name(rest)],
            };
            let join = |name: String| if base.is_empty() { name } else { format!("{base}::{name}") };
            found.extend(names.into_iter().filter(|name| !name.is_empty()).map(join));
        }
    }
    found
}

fn reaches(edges: &BTreeMap<String, BTreeSet<String>>, from: &str, goal: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut next: Vec<&String> = edges.get(from).into_iter().flatten().collect();
    while let Some(name) = next.pop() {
        if name == goal {
            return true;
        }
        if seen.insert(name) {
            next.extend(edges.get(name).into_iter().flatten());
        }
    }
    false
}

#[test]
fn outside_crates_stay_where_they_are_named() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| !is_test(source)) {
        for (number, line) in code(source) {
            for (name, places) in PLACES {
                let named = line.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
                let mut named = named
                    .filter(|word| word.starts_with(&format!("{name}::")) || word.starts_with(&format!("::{name}::")));
                if named.next().is_some() && !places.iter().any(|place| source.path.starts_with(place)) {
                    wrong.push(format!("src/{}:{number}: names {name}", source.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "outside crates out of their place:\n{}", wrong.join("\n"));
}

#[test]
fn pure_layers_name_no_file_clock_thread_environment_or_randomness() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| PURE.contains(&source.layer.as_str()) && !is_test(source)) {
        for (number, line) in code(source) {
            for name in IMPURE.iter().filter(|name| line.contains(**name)) {
                wrong.push(format!("src/{}:{number}: names {name}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "impure code in a pure layer:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_opens_with_what_it_is() {
    let missing: Vec<String> =
        sources().into_iter().filter(|source| !source.text.starts_with("//! ")).map(|source| source.path).collect();
    assert!(missing.is_empty(), "modules without an opening `//!`: {missing:?}");
}

#[test]
fn only_the_command_line_reads_the_environment_or_prints() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !matches!(s.layer.as_str(), "cli" | "main") && !is_test(s)) {
        for (number, line) in code(source) {
            for name in
                ["std::env::", "io::stdout", "io::stderr", "io::stdin", "process::exit", "println!", "eprintln!"]
            {
                // `env!` is read when the program is built.
                if line.contains(name) && !line.contains("env!(") {
                    wrong.push(format!("src/{}:{number}: {name}", source.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "terminal or environment outside cli:\n{}", wrong.join("\n"));
}

#[test]
fn the_process_with_the_socket_imports_nothing_that_holds_a_key() {
    for source in sources().iter().filter(|source| source.layer == "gate" && !is_test(source)) {
        for (number, line) in code(source) {
            let up: Vec<String> =
                imported(line).into_iter().filter(|name| name == "vault" || name == "publish").collect();
            assert!(up.is_empty(), "src/{}:{number} imports {up:?}", source.path);
        }
    }
}

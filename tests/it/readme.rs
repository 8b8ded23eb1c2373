//! What the README shows works as it is shown.

use crate::practice::{Practice, require};
use std::path::Path;

const README: &str = include_str!("../../README.md");

/// The lines of the first console block.
fn transcript() -> Vec<&'static str> {
    let block = README.split("```console\n").nth(1).expect("a console block");
    block.split("```").next().expect("its end").lines().collect()
}

/// Ids are random: each stands for itself.
fn without_ids(line: &str) -> String {
    let is_id = |word: &str| throughline::domain::NoteId::parse(word).is_ok();
    line.split(' ').map(|word| if is_id(word) { "ID" } else { word }).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_transcript_prints_what_it_shows() {
    let practice = Practice::with_identity();
    let mut shown: Vec<String> = Vec::new();
    let mut printed: Vec<String> = Vec::new();
    let bin = Path::new(env!("CARGO_BIN_EXE_throughline")).parent().expect("a folder");
    for line in transcript() {
        let Some(command) = line.strip_prefix("$ ") else {
            shown.push(without_ids(line));
            continue;
        };
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
        let output = practice.tool("sh").args(["-c", command]).env("PATH", path).output().expect("sh runs");
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        printed.extend(String::from_utf8_lossy(&output.stdout).lines().map(without_ids));
    }
    assert!(shown.len() >= 2, "the transcript shows output");
    assert_eq!(printed, shown);
}

#[test]
fn stock_age_opens_a_note_by_the_three_commands_shown() {
    require("age");
    require("expect");
    let practice = Practice::empty();
    let passphrase = "correct horse battery staple";
    std::fs::write(practice.home().join("passphrase"), passphrase).expect("a passphrase");
    practice.run(["--passphrase-file", "passphrase", "init"]).expect(0);
    practice.run(["client", "add", "a7"]).expect(0);
    let id = practice.note("Slept badly. #canary\n");
    let block = README.split("```console\n").find(|block| block.contains("age -d identity.age")).expect("the block");
    let commands = block.split("```").next().expect("its end").replace("$ ", "").replace("kd6qx1m80tzc", &id);
    let script = format!("cp {} identity.age\n{commands}", practice.identity().display());
    std::fs::write(practice.home().join("by-hand.sh"), script).expect("a script");
    let asked = format!("spawn sh -e by-hand.sh\nexpect \"assphrase\"\nsend \"{passphrase}\\r\"\nexpect eof\n");
    let output = practice.tool("expect").args(["-c", &asked]).output().expect("expect runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains("Slept badly. #canary"), "{printed}");
}

#[test]
fn every_file_the_readme_links_to_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let targets = README.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for target in targets.filter(|target| !target.starts_with("http")) {
        assert!(root.join(target).exists(), "{target}");
    }
}

#[test]
fn every_command_the_readme_names_has_help() {
    let practice = Practice::empty();
    for word in README.split("throughline ").skip(1).filter_map(|rest| rest.split([' ', '`', '\n']).next()) {
        let is_command = !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
        if is_command
            && README.contains(&format!("`throughline {word}")) | README.contains(&format!("$ throughline {word}"))
        {
            practice.run([word, "--help"]).expect(0);
        }
    }
}

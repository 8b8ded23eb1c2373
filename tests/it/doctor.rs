//! `doctor`: what it finds in a home and a vault, what it says to do, and that it changes nothing.

use crate::practice::Practice;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// A finding: topic, severity, what is so and what to do.
#[derive(Debug)]
struct Finding {
    topic: String,
    severity: String,
    what: String,
    remedy: String,
}

/// What `doctor` finds, with its exit code held against it. Swap is the machine's own affair and left out.
#[track_caller]
fn findings(practice: &Practice) -> Vec<Finding> {
    let ran = practice.command().arg("doctor").env("EDITOR", "vi").output().unwrap();
    let out = String::from_utf8(ran.stdout).unwrap();
    let (mut found, mut topic) = (Vec::<Finding>::new(), String::new());
    for line in out.lines().filter(|line| !line.is_empty() && !line.starts_with("looked at: ")) {
        if let Some(remedy) = line.strip_prefix("    ") {
            found.last_mut().expect("a finding before its remedy").remedy = remedy.to_owned();
        } else if let Some(finding) = line.strip_prefix("  ") {
            let (severity, what) = finding.split_once(": ").unwrap();
            let (severity, what) = (severity.to_owned(), what.to_owned());
            found.push(Finding { topic: topic.clone(), severity, what, remedy: String::new() });
        } else {
            topic = line.to_owned();
        }
    }
    let problems = found.iter().any(|finding| finding.severity == "problem");
    assert_eq!(ran.status.code(), Some(i32::from(problems)), "{out}");
    assert!(found.iter().all(|finding| !finding.remedy.is_empty()), "each with what to do: {out}");
    let said = format!("{out}{}", String::from_utf8_lossy(&ran.stderr)).to_lowercase();
    assert!(!["is clean", "are clean", "is safe", "are safe"].iter().any(|claim| said.contains(claim)), "{said}");
    found.retain(|finding| finding.topic != "swap");
    found
}

/// The one finding that is about a thing.
#[track_caller]
fn about<'a>(found: &'a [Finding], word: &str) -> &'a Finding {
    let mut about = found.iter().filter(|finding| finding.what.contains(word));
    let one = about.next().unwrap_or_else(|| panic!("nothing about `{word}` in {found:#?}"));
    assert!(about.next().is_none(), "more than one about `{word}` in {found:#?}");
    one
}

/// A practice as `init` makes one: identity sealed with a passphrase, folders for their owner alone.
fn in_order() -> Practice {
    let practice = Practice::with_client();
    // Only its header is looked at: it says that a passphrase opens it.
    let sealed = format!(
        "age-encryption.org/v1\n-> scrypt {} 10\n{body}\n--- {body}\n{}",
        "A".repeat(22),
        "x".repeat(64),
        body = "A".repeat(43)
    );
    fs::write(practice.identity(), sealed).unwrap();
    close(&practice.identity(), 0o600);
    for folder in ["config/throughline", "state/throughline"] {
        close(&practice.home().join(folder), 0o700);
    }
    close(&practice.home().join("config/throughline/config.toml"), 0o600);
    close(&practice.drafts(), 0o700);
    practice
}

fn close(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn a_home_in_order_has_no_findings_and_what_was_looked_at_is_said() {
    let practice = in_order();
    let before = practice.everything();
    let found = findings(&practice);
    assert!(found.is_empty(), "{found:#?}");
    let out = practice.run(["doctor"]).out;
    let looked =
        "looked at: swap, memory-backed folder, editor, modes, identity, leftovers, conflict copies, assistants";
    assert_eq!(out.lines().last(), Some(looked), "{out}");
    assert_eq!(practice.everything(), before, "looking changes nothing");
}

#[test]
fn it_works_without_a_vault_and_says_what_it_could_not_look_at() {
    let practice = Practice::empty();
    let ran = practice.run(["doctor"]);
    let last = ran.out.lines().last().unwrap();
    assert!(last.starts_with("looked at: swap, ") && !last.contains("leftovers"), "{}", ran.out);
    assert!(ran.err.contains("no vault"), "{}", ran.err);
    assert!(ran.out.contains("there is no identity"), "{}", ran.out);
}

#[test]
fn an_identity_without_passphrase_or_inside_the_vault_is_a_problem() {
    let practice = in_order();
    fs::write(practice.identity(), "AGE-SECRET-KEY-1ZANZIBAR\n").unwrap();
    fs::copy(practice.identity(), practice.vault().join("mine.txt")).unwrap();
    let found = findings(&practice);
    let clear = about(&found, "not sealed with a passphrase");
    assert_eq!((clear.topic.as_str(), clear.severity.as_str()), ("identity", "problem"));
    assert!(clear.remedy.contains("age -p"), "{clear:?}");
    assert!(about(&found, "inside the vault").what.contains("mine.txt"));
    assert!(found.iter().all(|finding| !finding.what.contains("ZANZIBAR")));
    let named = practice.command().args(["doctor", "--identity", "practice/mine.txt"]).output().unwrap();
    let out = String::from_utf8_lossy(&named.stdout).into_owned();
    assert_eq!(out.matches("inside the vault").count(), 1, "named twice, told once: {out}");
}

#[test]
fn what_others_can_write_or_read_is_told_with_the_command_that_mends_it() {
    let practice = in_order();
    close(&practice.identity(), 0o644);
    close(&practice.home().join("config/throughline"), 0o777);
    close(&practice.home().join("state/throughline"), 0o755);
    close(&practice.vault(), 0o775);
    close(&practice.drafts(), 0o755);
    let found = findings(&practice);
    assert_eq!(found.len(), 5, "{found:#?}");
    for (what, severity) in [
        ("the identity", "problem"),
        ("the settings' folder", "problem"),
        ("the state folder", "note"),
        ("the vault", "problem"),
        ("the drafts folder", "problem"),
    ] {
        let finding = about(&found, what);
        assert_eq!((finding.topic.as_str(), finding.severity.as_str()), ("modes", severity), "{finding:?}");
        let command = finding.remedy.trim_matches('`');
        let mended = practice.tool("sh").args(["-c", command]).status().unwrap();
        assert!(mended.success(), "{command}");
    }
    let found = findings(&practice);
    assert!(found.is_empty(), "the commands mend it: {found:#?}");
}

#[test]
fn clear_files_editor_copies_and_half_done_writes_are_leftovers() {
    let practice = in_order();
    let shelf = practice.vault().join("clients/a7");
    write(&shelf.join("draft.md"), "Clear.");
    write(&shelf.join(".draft.md.swp"), "Clear.");
    write(&shelf.join(".tmp-0123456789ab"), "half");
    write(&practice.drafts().join("later.md"), "Clear.");
    write(&practice.drafts().join("later.md~"), "Clear.");
    let found = findings(&practice);
    assert!(found.iter().all(|finding| finding.topic == "leftovers"), "{found:#?}");
    for (word, severity) in [
        ("clients/a7/draft.md", "problem"),
        (".draft.md.swp", "problem"),
        (".tmp-0123456789ab", "problem"),
        ("waiting to be sealed", "note"),
        ("later.md~", "problem"),
    ] {
        assert_eq!(about(&found, word).severity, severity, "{word}");
    }
}

#[test]
fn what_a_killed_edit_left_in_memory_is_told_and_an_edit_that_goes_on_is_not() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
    let program = env!("CARGO_BIN_EXE_throughline");
    let looking = practice.script("looking", &format!("\"{program}\" doctor > while-editing; true"));
    practice.run(["edit", &id, "--editor", looking.to_str().unwrap()]).expect(0);
    let during = fs::read_to_string(practice.home().join("while-editing")).unwrap();
    assert!(during.contains("looked at: ") && !during.contains("in memory"), "{during}");
    let killing = practice.script("killing", "kill -9 $PPID");
    practice.run(["edit", &id, "--editor", killing.to_str().unwrap()]);
    let left = findings(&practice);
    assert_eq!(about(&left, "with clear text in memory").topic, "leftovers");
    practice.editing(["edit", &id], "More.").expect(0);
    let found = findings(&practice);
    assert!(!found.iter().any(|finding| finding.what.contains("in memory")), "{found:#?}");
}

#[test]
fn copies_that_a_sync_program_made_are_told() {
    let practice = in_order();
    write(&practice.sealed("3k9x2m7q4d1w.sync-conflict-20260302-101112-ABC"), "x");
    let found = findings(&practice);
    assert_eq!(about(&found, "sync-conflict").topic, "conflict copies");
}

#[test]
fn assistants_are_told_with_what_to_do() {
    let practice = in_order();
    write(&practice.home().join(".vscode/extensions/github.copilot-1.2/package.json"), "{}");
    write(&practice.home().join(".vim/pack/x/start/codeium.vim/plugin.vim"), "");
    write(&practice.home().join("config/zed/settings.json"), "{}");
    write(&practice.home().join("data/nvim/lazy/copilot.lua/x"), "");
    write(&practice.vault().join(".obsidian/core-plugins.json"), "{\"sync\": true}");
    let found = findings(&practice);
    assert!(found.iter().all(|finding| finding.topic == "assistants"), "{found:#?}");
    for (word, severity) in
        [(".vscode", "note"), ("codeium", "problem"), ("Zed", "note"), ("neovim", "note"), ("Obsidian", "problem")]
    {
        assert_eq!(about(&found, word).severity, severity, "{word}: vi is the editor here");
    }
}

#[test]
fn an_editor_that_is_not_there_or_not_known_is_told() {
    let practice = in_order();
    let told = |editor: &str| {
        let ran = practice.command().arg("doctor").env("EDITOR", editor).output().unwrap();
        String::from_utf8(ran.stdout).unwrap()
    };
    assert!(told("no-such-editor --wait").contains("problem: the editor `no-such-editor` is not installed"));
    let own = practice.script("scribble", "true");
    assert!(told(own.to_str().unwrap()).contains("note: no switches are known"));
    assert!(told("obsidian").contains("problem: the editor `obsidian` opens no single file"));
}

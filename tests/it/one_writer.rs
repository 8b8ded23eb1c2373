//! One writer at a time, and a killed one: nothing is lost, nothing is left, nobody waits for ever.

use crate::hand::ids;
use crate::practice::{Practice, Ran};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const MANY: usize = 300;

/// Three hundred files to import.
fn many(practice: &Practice) {
    let folder = practice.home().join("from");
    fs::create_dir(&folder).unwrap();
    for at in 0..MANY {
        let text = format!(
            "---\ndate: 2026-01-{:02}\nattendance: attended\n---\nBody {at:03}. {}\n",
            at % 28 + 1,
            "x ".repeat(2000)
        );
        fs::write(folder.join(format!("{at:03}.md")), text).unwrap();
    }
}

fn import(practice: &Practice) -> Command {
    let mut command = practice.command();
    command.args(["import", "markdown", "from", "--client", "a7"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Files of client a7's folder whose names end or begin as said.
fn there(folder: &Path, fits: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(|entry| fits(&entry.file_name().to_string_lossy())).map(|entry| entry.path()).collect()
}

fn sealed(practice: &Practice) -> Vec<PathBuf> {
    there(&practice.vault().join("clients/a7"), |name| name.ends_with(".md.age"))
}

fn unfinished(practice: &Practice) -> Vec<PathBuf> {
    let mut found = there(&practice.vault().join("clients/a7"), |name| name.starts_with(".tmp-"));
    found.extend(there(&practice.vault_state().join("intents"), |_| true));
    found
}

/// Looks again and again until something is so or the child has ended.
fn until(child: &mut Child, so: impl Fn() -> bool) {
    while !so() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

#[test]
fn notes_written_at_once_are_all_kept() {
    let practice = Practice::with_client();
    let mut children = Vec::new();
    for at in 0..6 {
        let file = practice.home().join(format!("{at}.txt"));
        fs::write(&file, format!("---\ndate: 2026-03-0{}\n---\nNote {at}.\n", at + 1)).unwrap();
        let mut command = practice.command();
        command.args(["new", "a7", "--from-stdin"]).stdin(fs::File::open(file).unwrap()).stdout(Stdio::piped());
        children.push(command.stderr(Stdio::piped()).spawn().unwrap());
    }
    let mut written: Vec<String> = children
        .into_iter()
        .map(|child| Ran::of(child.wait_with_output().unwrap()).expect(0).out.trim().to_owned())
        .collect();
    let listed = practice.list(["a7"]);
    let mut listed = ids(&listed);
    written.sort();
    listed.sort_unstable();
    assert_eq!(listed, written);
}

#[test]
fn a_writer_that_holds_the_lock_is_waited_for_and_then_named() {
    let practice = Practice::with_client();
    many(&practice);
    let mut importing = import(&practice).spawn().unwrap();
    let stopped = || !sealed(&practice).is_empty() || !unfinished(&practice).is_empty();
    until(&mut importing, stopped);
    signal(&importing, "STOP");
    let refused = practice.run_with(["new", "a7", "--from-stdin"], b"Text.");
    refused.refused_with_hint(6, &["writing", &importing.id().to_string(), "throughline"]);
    practice.run(["list", "a7"]).expect(0);
    // One that is still waiting gets its turn.
    let mut command = practice.command();
    command.args(["client", "add", "b2"]).stdout(Stdio::null()).stderr(Stdio::null());
    let mut waiting = command.spawn().unwrap();
    signal(&importing, "CONT");
    assert!(waiting.wait().unwrap().success());
    Ran::of(importing.wait_with_output().unwrap()).expect(0);
    assert_eq!(sealed(&practice).len(), MANY, "what was refused was not written");
}

#[test]
fn a_lock_of_another_process_is_named_though_nothing_is_known_of_it() {
    let practice = Practice::with_client();
    let lock = fs::File::options().write(true).create(true).truncate(true).open(practice.vault_state().join("lock"));
    let lock = lock.unwrap();
    lock.lock().unwrap();
    practice.run_with(["new", "a7", "--from-stdin"], b"Text.").refused_with_hint(6, &["another process"]);
    drop(lock);
    practice.run_with(["new", "a7", "--from-stdin"], b"Text.").expect(0);
}

/// Kills an import when so many of its notes are in place, and finds everything whole.
fn killed_after(placed: usize) {
    let practice = Practice::with_client();
    many(&practice);
    let mut importing = import(&practice).spawn().unwrap();
    until(&mut importing, || {
        if placed == 0 { !unfinished(&practice).is_empty() } else { sealed(&practice).len() >= placed }
    });
    importing.kill().unwrap();
    importing.wait().unwrap();
    let key = practice.age_key(&practice.identity(), "clients/a7");
    for file in sealed(&practice) {
        assert!(practice.age_open(&key, &file).expect(0).out.contains("Body "), "{}", file.display());
    }
    practice.run(["list", "a7"]).expect(0);
    let again = Ran::of(import(&practice).output().unwrap()).expect(0);
    assert_eq!(unfinished(&practice), Vec::<PathBuf>::new(), "{}", again.err);
    let mut bodies: Vec<String> = sealed(&practice)
        .iter()
        .map(|file| practice.age_open(&key, file).expect(0).out.split("Body ").nth(1).unwrap()[..3].to_owned())
        .collect();
    bodies.sort();
    let wanted: Vec<String> = (0..MANY).map(|at| format!("{at:03}")).collect();
    assert_eq!(bodies, wanted, "each note is there once");
    practice.run(["check"]).expect(0);
}

#[test]
fn an_import_killed_at_its_first_write_is_finished_by_the_next() {
    killed_after(0);
}

#[test]
fn an_import_killed_at_its_first_note_is_finished_by_the_next() {
    killed_after(1);
}

#[test]
fn an_import_killed_half_way_is_finished_by_the_next() {
    killed_after(MANY / 2);
}

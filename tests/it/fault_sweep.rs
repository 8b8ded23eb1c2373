//! Every single call that changes a file fails once: full disk, broken disk, read-only, no right. The program says so, the
//! notes that were there stay, and the text is still somewhere.

use crate::crash_sweep::mended;
use crate::practice::full;
use crate::sweep::{Row, Scene, row};
use crate::tracing::{Call, Harm, most_were_hit, spread};

/// What the system says when it refuses.
const FAULTS: [&str; 4] = ["ENOSPC", "EIO", "EROFS", "EACCES"];

/// How many points of one command the short form tries, each with one of the faults.
const SHORT: usize = 12;

/// How many the long form tries, each with all faults: an import makes the same calls for every file.
const LONG: usize = 60;

/// Calls whose failure changes nothing that anybody relies on, so that nothing is said: how the call begins, what it
/// works on, why.
const COURTESIES: [(&str, &str, &str); 8] = [
    ("ftruncate(", "/lock>", "who holds the lock is told to those who wait; the lock holds without it"),
    ("write(", "/lock>", "who holds the lock is told to those who wait; the lock holds without it"),
    ("linkat(", "/history/", "where there are no links the earlier version is kept as a copy, read back and flushed"),
    // The text is sealed by then, and what is left is memory, which the next run empties.
    ("openat(", "MEMORY/", "the text is wiped before it is removed; it is removed without that too"),
    ("chmod(", "MEMORY/", "a file is made writable before it is wiped; it is removed without that too"),
    ("write(", "MEMORY/", "the text is wiped before it is removed; it is removed without that too"),
    ("unlink", "MEMORY/", "what could not be removed is found by the next run"),
    ("rmdir(", "MEMORY/", "what could not be removed is found by the next run"),
];

/// Lets each call of the row's command fail, and fails with all that was wrong.
fn sweep(row: &Row) {
    let first = Scene::first();
    let listed = first.ready(row).tracing(row).list(Harm::Error(FAULTS[0]));
    listed.ran.expect(0);
    let number = listed.calls.len();
    let points: Vec<(Call, &str)> = if full() {
        spread(listed.calls, LONG).iter().flat_map(|call| FAULTS.map(|fault| (call.clone(), fault))).collect()
    } else {
        spread(listed.calls, SHORT).into_iter().zip(FAULTS.into_iter().cycle()).collect()
    };
    let (mut wrong, mut hits) = (Vec::new(), 0);
    for (call, fault) in &points {
        let at = |what: String| format!("{fault} at {}: {what}", call.shape);
        if let Some(found) = failed_at(&first.ready(row), row, call, fault) {
            wrong.extend(found.into_iter().map(at));
            hits += 1;
        }
    }
    let (name, beyond, tried) = (row.name, listed.beyond_reach, points.len());
    eprintln!("{name}: {hits} faults at {number} calls, {beyond} more beyond reach, {} wrong", wrong.len());
    most_were_hit(hits, tried);
    assert!(wrong.is_empty(), "{name}\n{}", wrong.join("\n"));
}

/// What is wrong after a call failed; none when it was another call.
fn failed_at(scene: &Scene, row: &Row, call: &Call, fault: &'static str) -> Option<Vec<String>> {
    let (ran, hit) = scene.tracing(row).harm(call, Harm::Error(fault));
    if !hit {
        return None;
    }
    let seen = scene.look();
    let mut wrong = seen.lost_notes(row);
    let errors = ran.err.lines().filter(|line| line.starts_with("error:")).count();
    match ran.code {
        0 if !seen.all_sealed(row) => wrong.push("exit 0, and the new text is not there".to_owned()),
        0 if !is_courtesy(call) => wrong.push(format!("exit 0, and nothing was said: {}", ran.err)),
        0 => {}
        code if !row.failed.contains(&code) => wrong.push(format!("exit {code}: {}", ran.err)),
        _ if errors != 1 => wrong.push(format!("{errors} sentences: {}", ran.err)),
        _ => {}
    }
    if ran.err.contains("os error") || ran.err.contains("panicked") {
        wrong.push(format!("not said in plain words: {}", ran.err));
    }
    wrong.extend(seen.lost_texts(row, ran.code));
    wrong.extend(mended(scene, row, ran.code));
    Some(wrong)
}

fn is_courtesy(call: &Call) -> bool {
    COURTESIES.iter().any(|(begin, file, _)| call.shape.starts_with(begin) && call.shape.contains(file))
}

#[test]
fn a_note_from_a_script_is_sealed_or_refused_whichever_call_fails() {
    sweep(&row("new --from-stdin"));
}

#[test]
fn the_text_of_a_new_note_stays_reachable_whichever_call_fails() {
    sweep(&row("new"));
}

#[test]
fn the_text_of_an_edit_stays_reachable_whichever_call_fails() {
    sweep(&row("edit"));
}

#[test]
fn a_draft_stays_until_it_is_sealed_whichever_call_fails() {
    sweep(&row("seal"));
}

#[test]
fn an_import_is_whole_or_taken_back_whichever_call_fails() {
    sweep(&row("import"));
}

#[test]
fn a_client_is_added_or_refused_whichever_call_fails() {
    sweep(&row("client add"));
}

#[test]
fn a_missed_session_is_noted_or_refused_whichever_call_fails() {
    sweep(&row("missed"));
}

#[test]
fn a_note_is_removed_or_stays_whichever_call_fails() {
    sweep(&row("rm"));
}

//! Killed at every single call that changes a file: no note is lost, no text is lost, and the next run makes good.

use crate::practice::full;
use crate::sweep::{Row, Scene, Source, row};
use crate::tracing::{Call, Harm, Tracing, most_were_hit, spread};

/// Whether `check` names what was half done. One line to switch on.
const CHECK_NAMES_WHAT_WAS_HALF_DONE: bool = true;

/// How many points of one command the short form tries.
const SHORT: usize = 14;

/// Kills the row's command at each point, and fails with all that was lost.
fn sweep(row: &Row) {
    let first = Scene::first();
    let whole = first.ready(row);
    let listed = whole.tracing(row).list(Harm::Kill);
    listed.ran.expect(0);
    let seen = whole.look();
    assert!(seen.all_sealed(row) && seen.lost_notes(row).is_empty(), "{}: the last of all states", row.name);
    let number = listed.calls.len();
    let points = if full() { listed.calls } else { spread(listed.calls, SHORT) };
    let tried = points.len();
    let (mut lost, mut hits) = (Vec::new(), 0);
    for point in &points {
        let at = |what: String| format!("{}: {what}", point.shape);
        let (found, hit) = killed_at(&first.ready(row), row, point);
        lost.extend(found.into_iter().map(at));
        hits += usize::from(hit);
    }
    let (name, beyond) = (row.name, listed.beyond_reach);
    eprintln!("{name}: {hits} of {number} kill points, {beyond} more beyond reach, {} losses", lost.len());
    most_were_hit(hits, tried);
    assert!(lost.is_empty(), "{name}, killed before\n{}", lost.join("\n"));
}

/// What is lost when the command is killed before a call, and whether it was that call.
fn killed_at(scene: &Scene, row: &Row, point: &Call) -> (Vec<String>, bool) {
    let (ran, hit) = scene.tracing(row).harm(point, Harm::Kill);
    let mut lost = scene.look().lost_notes(row);
    // A list of intents or pins that was never whole was never acted on: there is nothing to name.
    let unfinished: Vec<String> = scene.unfinished().into_iter().filter(|file| !file.ends_with(".tmp")).collect();
    if CHECK_NAMES_WHAT_WAS_HALF_DONE && !unfinished.is_empty() {
        let checked = scene.run("check --json");
        if !checked.out.contains("\"interrupted-write\"") {
            lost.push(format!("check does not name {unfinished:?}"));
        }
    }
    lost.extend(mended(scene, row, ran.code));
    (lost, hit)
}

/// What is still wrong after the next command that writes.
pub fn mended(scene: &Scene, row: &Row, code: i32) -> Vec<String> {
    let mut wrong = Vec::new();
    let next = scene.run("client add zz");
    if next.code != 0 {
        wrong.push(format!("the next command fails: {}", next.err));
    }
    let seen = scene.look();
    wrong.extend(seen.lost_notes(row));
    wrong.extend(seen.lost_texts(row, code));
    if row.source == Source::Editor {
        // It writes nothing of its own, and finds what was left.
        let next = scene.run("new a7 --editor true");
        if next.code != 0 {
            wrong.push(format!("the next editor fails: {}", next.err));
        }
        if scene.was_typed() && !scene.look().all_sealed(row) {
            wrong.push("what was typed is not sealed by the next command with an editor".to_owned());
        }
        wrong.extend(scene.left_in_memory().iter().map(|path| format!("{} is left", path.display())));
    }
    wrong.extend(scene.unfinished().iter().map(|file| format!("{file} is left")));
    wrong
}

#[test]
fn a_note_from_a_script_is_whole_or_absent_wherever_it_is_killed() {
    sweep(&row("new --from-stdin"));
}

#[test]
fn a_new_note_in_the_editor_survives_a_kill_at_every_call() {
    sweep(&row("new"));
}

#[test]
fn an_edit_survives_a_kill_at_every_call() {
    sweep(&row("edit"));
}

#[test]
fn sealing_drafts_survives_a_kill_at_every_call() {
    sweep(&row("seal"));
}

#[test]
fn an_import_survives_a_kill_at_every_call() {
    sweep(&row("import"));
}

#[test]
fn adding_a_client_survives_a_kill_at_every_call() {
    sweep(&row("client add"));
}

#[test]
fn a_missed_session_is_whole_or_absent_wherever_it_is_killed() {
    sweep(&row("missed"));
}

#[test]
fn a_note_that_is_removed_is_in_its_place_or_in_its_history_wherever_that_is_killed() {
    sweep(&row("rm"));
}

/// The control: the steps of a replacement in the wrong order, with real tools. The note goes to the history first.
const WRONG: Row = Row {
    name: "a wrong order of steps",
    prepare: |scene| {
        let folder = scene.practice.vault().join("clients/a7");
        let sealed = scene.practice.home().join("sealed");
        scene.practice.age_seal(&folder.join(".age-recipients"), "oldone, and more\n", &sealed);
        let (folder, sealed, note) = (folder.display(), sealed.display(), &scene.notes[0]);
        let steps = format!(
            "set -e\nmkdir -p '{folder}/history'\nmv '{folder}/{note}.md.age' '{folder}/history/'\n\
             cp '{sealed}' '{folder}/{note}.md.age'"
        );
        scene.practice.script("wrong", &steps);
    },
    arguments: |_| Vec::new(),
    source: Source::Nothing,
    written: Vec::new,
    removes: None,
    threads: true,
    failed: &[],
};

#[test]
fn the_same_sweep_finds_a_wrong_order_of_steps() {
    let first = Scene::first();
    let whole = first.ready(&WRONG);
    let listed = wrong(&whole).list(Harm::Kill);
    listed.ran.expect(0);
    assert_eq!(whole.look().lost_notes(&WRONG), Vec::<String>::new(), "done to its end it loses nothing");
    let mut lost = 0;
    for point in &listed.calls {
        let scene = first.ready(&WRONG);
        wrong(&scene).harm(point, Harm::Kill);
        scene.run("client add zz").expect(0);
        lost += usize::from(!scene.look().lost_notes(&WRONG).is_empty());
    }
    eprintln!("{}: {} kill points, {lost} notes lost", WRONG.name, listed.calls.len());
    assert!(lost > 0, "nothing was found: {:?}", listed.calls);
}

fn wrong(scene: &Scene) -> Tracing<'_> {
    Tracing { program: scene.practice.home().join("wrong"), ..scene.tracing(&WRONG) }
}

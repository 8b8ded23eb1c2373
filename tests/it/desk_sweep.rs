//! A desk whose process with the keys is killed, or met by a failing disk, at every call that changes a file after a
//! save: the note is there in its old or its new version, and what was saved is sealed in the end.

use crate::practice::full;
use crate::served::{children_of, signal, until};
use crate::sweep::{Row, Scene, Source, TYPED};
use crate::tracing::{Call, Harm, Tracing, most_were_hit, spread};
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Stdio};

/// What is swept: a save on the desk, its sealing, and the closing.
const DESK: Row = Row {
    name: "desk",
    prepare: |_| {},
    arguments: |_| vec!["desk".to_owned(), "a7".to_owned()],
    source: Source::Editor,
    written: || vec![TYPED.to_owned()],
    removes: None,
    threads: true,
    failed: &[],
};

/// How many points the short form tries; a save is sealed within a second, and that is waited for.
const SHORT: usize = 6;

/// A desk that is open.
struct Desk {
    child: Child,
    keeper: u32,
    file: PathBuf,
}

impl Desk {
    fn open(scene: &Scene, tracing: &Tracing<'_>) -> Self {
        let mut command = scene.practice.command();
        command.args(&tracing.arguments).envs(tracing.set.iter().map(|(name, value)| (name, value)));
        // One thread for what is done in parallel, so that the order is the same each time.
        command.env("RAYON_NUM_THREADS", "1").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let desk = scene.memory().join(format!("throughline-{}/desk", scene.practice.vault_id()));
        let said = std::io::BufReader::new(child.stdout.take().expect("a pipe"));
        let first = std::io::BufRead::lines(said).next().expect("a line").expect("a line of text");
        assert_eq!(PathBuf::from(first), desk, "the desk is open");
        let keeper = children_of(child.id()).into_iter().next().expect("a process with the keys");
        Self { child, keeper, file: desk.join("a7/2026-03-02-2.md") }
    }

    /// Saves a word to the second note, waits until it is sealed or cannot be any more, and closes the desk.
    fn save_and_close(mut self, scene: &Scene, tracing: &Tracing<'_>) {
        let mut file = fs::File::options().append(true).open(&self.file).expect("a file on the desk");
        writeln!(file, "{TYPED}").expect("saved");
        drop(file);
        scene.file("typed", "");
        // Killed, the other process seals what it finds; a disk that failed is tried again when the desk closes.
        until("the save is sealed, or its keeper is gone", || {
            let sealed = scene.look().all_sealed(&DESK);
            (sealed || !crate::served::lives(self.keeper) || tracing.has_failed()).then_some(())
        });
        signal(self.child.id(), "INT");
        until("the desk is closed", || self.child.try_wait().expect("a process"));
    }
}

/// All calls from a save on.
fn points(first: &Scene, harm: Harm) -> (Vec<Call>, usize) {
    let scene = first.ready(&DESK);
    let tracing = scene.tracing(&DESK);
    let desk = Desk::open(&scene, &tracing);
    let attached = tracing.attach(desk.keeper, None);
    desk.save_and_close(&scene, &tracing);
    let seen = tracing.seen(attached, harm);
    assert!(scene.look().all_sealed(&DESK) && scene.look().lost_notes(&DESK).is_empty(), "the last of all states");
    seen
}

/// Harms one call, and says what is wrong afterwards; whether it was harmed too.
fn harmed_at(first: &Scene, call: &Call, harm: Harm) -> (Vec<String>, bool) {
    let scene = first.ready(&DESK);
    let tracing = scene.tracing(&DESK);
    let desk = Desk::open(&scene, &tracing);
    let attached = tracing.attach(desk.keeper, Some((call, harm)));
    desk.save_and_close(&scene, &tracing);
    let hit = tracing.has_hit(attached, call, harm);
    let seen = scene.look();
    let mut wrong = seen.lost_notes(&DESK);
    wrong.extend(seen.lost_texts(&DESK, -1));
    // The next desk finds what the last could not seal.
    let next = scene.run("desk a7 --for 1s");
    if next.code != 0 {
        wrong.push(format!("the next desk ends with {}: {}", next.code, next.err));
    }
    let seen = scene.look();
    wrong.extend(seen.lost_notes(&DESK));
    if !seen.all_sealed(&DESK) {
        wrong.push("what was saved is not sealed after the next desk".to_owned());
    }
    wrong.extend(scene.unfinished().iter().map(|file| format!("{file} is left")));
    wrong.extend(scene.left_in_memory().iter().map(|path| format!("{} is left", path.display())));
    let at = |what| format!("{harm:?} at {}: {what}", call.shape);
    (wrong.into_iter().map(at).collect(), hit)
}

fn sweep(harms: &[Harm]) {
    let first = Scene::first();
    let (calls, beyond) = points(&first, harms[0]);
    let number = calls.len();
    let points = if full() { calls } else { spread(calls, SHORT) };
    let (mut wrong, mut hits) = (Vec::new(), 0);
    for (call, harm) in points.iter().zip(harms.iter().cycle()) {
        let (found, hit) = harmed_at(&first, call, *harm);
        wrong.extend(found);
        hits += usize::from(hit);
    }
    eprintln!(
        "desk: {hits} of {} points of {number} harmed, {beyond} more beyond reach, {} wrong",
        points.len(),
        wrong.len()
    );
    most_were_hit(hits, points.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_desk_survives_a_kill_at_every_call_after_a_save() {
    sweep(&[Harm::Kill]);
}

#[test]
fn a_save_on_the_desk_stays_reachable_whichever_call_fails() {
    sweep(&[Harm::Error("ENOSPC"), Harm::Error("EIO"), Harm::Error("EROFS"), Harm::Error("EACCES")]);
}

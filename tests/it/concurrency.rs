//! Many writers at once: every note is there once and opens, and nobody leaves a lock, an intent or half a file.

use crate::hand::ids;
use crate::practice::{Practice, Ran, full};
use crate::served::until;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};

const WRITERS: usize = 8;

/// Fails when a writer left something behind.
#[track_caller]
fn nothing_left(practice: &Practice) {
    let unfinished = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        path.parent().is_some_and(|folder| folder.ends_with("intents")) || name.contains(".tmp")
    };
    let left: Vec<_> = practice.files(practice.home()).into_iter().map(|(path, _)| path).collect();
    let left: Vec<_> = left.into_iter().filter(|path| unfinished(path)).collect();
    assert_eq!(left, Vec::<std::path::PathBuf>::new());
    let lock = fs::File::open(practice.vault_state().join("lock")).expect("the lock's file");
    assert!(lock.try_lock().is_ok(), "somebody holds the lock");
}

#[test]
fn eight_writers_at_once_lose_no_note_and_leave_no_lock() {
    let practice = Practice::with_client();
    let each = if full() { 100 } else { 10 };
    let mut written: Vec<(String, String)> = std::thread::scope(|scope| {
        let write = |writer: usize| {
            let practice = &practice;
            move || -> Vec<(String, String)> {
                let one = |number: usize| {
                    let word = format!("writer{writer}number{number}end");
                    let head = format!("date: 2026-01-{:02}\nattendance: attended", number % 28 + 1);
                    let text = format!("---\n{head}\n---\n{word}\n");
                    (practice.note(&text), word)
                };
                (0..each).map(one).collect()
            }
        };
        let threads: Vec<_> = (0..WRITERS).map(|writer| scope.spawn(write(writer))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a writer")).collect()
    });
    let listed = practice.list(["a7"]);
    let mut listed = ids(&listed);
    assert_eq!(listed.len(), WRITERS * each);
    listed.sort_unstable();
    written.sort();
    assert_eq!(written.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), listed, "each id once");
    assert_eq!(written.iter().map(|(_, word)| word).collect::<BTreeSet<_>>().len(), listed.len());
    // Stock age opens them; the words are those that were written under that id.
    let key = practice.age_key(&practice.identity(), "clients/a7");
    for (id, word) in written.iter().step_by(if full() { 1 } else { 5 }) {
        let text = practice.age_open(&key, &practice.sealed(id)).expect(0).out;
        assert!(text.contains(word), "{id} holds another text");
    }
    eprintln!("{} notes by {WRITERS} writers, none lost", listed.len());
    practice.run(["check"]).expect(0);
    nothing_left(&practice);
}

/// An `edit` whose editor adds a word and is done when the other's editor is open too.
fn editing(practice: &Practice, id: &str, me: &str, other: &str) -> Child {
    let wait = format!(
        ": > open-{me}\nwhile [ ! -e open-{other} ] && [ ! -e enough ]; do sleep 0.02; done\necho word-of-{me} >> \"$1\""
    );
    let editor = practice.script(&format!("editor-{me}"), &wait);
    let mut command = practice.command();
    command.args(["edit", id, "--editor"]).arg(editor).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the program starts")
}

#[test]
fn two_edits_of_one_note_at_once_are_both_kept() {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\nattendance: attended\n---\nFirst words.\n");
    let mut children = [editing(&practice, &id, "one", "two"), editing(&practice, &id, "two", "one")];
    // One that is refused never opens its editor; the other must not wait for it for ever.
    until("both have ended", || {
        let ended = children.iter_mut().filter_map(|child| child.try_wait().unwrap()).collect::<Vec<_>>();
        if ended.iter().any(|status| status.code() == Some(6)) {
            fs::write(practice.home().join("enough"), "").unwrap();
        }
        (ended.len() == children.len()).then_some(())
    });
    let mut ran = children.map(|child| Ran::of(child.wait_with_output().unwrap()));
    ran.sort_by_key(|ran| ran.code);
    let [first, second] = ran;
    first.expect(0);
    let second = second.expect(1);
    assert!(second.err.contains("changed meanwhile"), "{}", second.err);
    let listed = practice.list(["a7"]);
    let texts: Vec<String> = ids(&listed).iter().map(|id| practice.raw(id)).collect();
    assert_eq!(texts.len(), 2, "both versions are notes");
    for word in ["word-of-one", "word-of-two"] {
        assert_eq!(texts.iter().filter(|text| text.contains(word)).count(), 1, "{word}: {texts:?}");
    }
    assert!(texts.iter().all(|text| text.contains("First words.")), "{texts:?}");
    nothing_left(&practice);
    assert!(!practice.memory().exists(), "nothing is left in memory");
}

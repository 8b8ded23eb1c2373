//! A lock is the end of the process that held the notes; unlocking starts another.

use crate::practice::Practice;
use crate::served::{Served, at_home, lives, until};
use std::process::Command;
use std::time::{Duration, Instant};

pub const PASSPHRASE: &str = "seven brown herons wading upstream";

fn with_note() -> (Practice, String) {
    let practice = Practice::with_client();
    let id = practice.note("---\ndate: 2026-03-02\n---\nWords behind the lock.\n");
    (practice, id)
}

/// A practice whose identity is sealed with [`PASSPHRASE`].
pub fn sealed() -> Practice {
    let practice = Practice::empty();
    practice.run(["init", "practice", "--passphrase-file", file_with_passphrase(&practice).as_str()]).expect(0);
    practice.run(["client", "add", "a7"]).expect(0);
    practice
}

fn file_with_passphrase(practice: &Practice) -> String {
    let file = practice.home().join("passphrase");
    std::fs::write(&file, format!("{PASSPHRASE}\n")).expect("a file");
    file.to_string_lossy().into_owned()
}

/// Locked: the process with the notes is gone, and every address says the same.
#[track_caller]
fn assert_locked(served: &Served, keeper: u32) {
    until("the process with the notes is gone", || (!lives(keeper)).then_some(()));
    // The address that was asked for stands in the page, so that it can lead back there, and nothing else differs.
    let page = |path: &str| served.get(path).expect(423).text().replace(&format!("value=\"{path}\""), "value=\"\"");
    let first = page("/");
    for path in ["/clients/", "/clients/a7/", "/nothing/", "/pulse", "/assets/site.css", "/about/"] {
        assert_eq!(page(path), first, "{path}");
    }
    assert!(!first.contains("a7"));
    served.send("GET", "/", "", "").expect(403);
}

#[test]
fn the_lock_button_ends_the_process_with_the_notes_and_locks_every_address() {
    let (practice, _) = with_note();
    let mut served = Served::in_terminal(&practice, &["serve"], None).logged_in();
    let keeper = served.keeper().expect("a process with the notes");
    served.page("/clients/a7/");
    let fields = format!("Cookie: {}\r\nContent-Length: 0\r\n", served.cookie());
    served.send("POST", "/lock", &format!("{fields}Origin: http://evil.example\r\n"), "").expect(403);
    served.send("POST", "/lock", "Content-Length: 0\r\n", "").expect(403);
    assert_eq!(served.get("/lock").status, 404, "a link does not lock");
    served.page("/");
    assert_eq!(served.post("/lock").expect(303).fields("Location"), ["/"]);
    assert_locked(&served, keeper);
    assert!(served.still_runs());
}

#[test]
fn a_signal_locks() {
    let (practice, _) = with_note();
    let served = Served::in_terminal(&practice, &["serve"], None).logged_in();
    let keeper = served.keeper().expect("a process with the notes");
    served.signal("USR1");
    assert_locked(&served, keeper);
    until("it is said", || served.said().contains("Enter unlocks").then_some(()));
}

#[test]
fn after_idleness_it_locks_although_the_page_keeps_asking_for_news() {
    let (practice, _) = with_note();
    let served = Served::in_terminal(&practice, &["serve", "--lock-after", "5s"], None).logged_in();
    let keeper = served.keeper().expect("a process with the notes");
    until("the page's own asking finds it locked", || (served.get("/pulse").status == 423).then_some(()));
    assert_locked(&served, keeper);
}

#[test]
fn after_idleness_it_locks_with_nobody_asking_at_all() {
    let (practice, _) = with_note();
    let served = Served::in_terminal(&practice, &["serve", "--lock-after", "5s"], None).logged_in();
    let keeper = served.keeper().expect("a process with the notes");
    until("the process with the notes is gone", || (!lives(keeper)).then_some(()));
    assert_locked(&served, keeper);
}

/// A limit that a busy machine does not reach between two signs of work, and a time beyond it.
const LIMIT: &str = "20s";
const BEYOND: Duration = Duration::from_secs(22);

#[test]
fn who_reads_is_not_locked_out() {
    let (practice, id) = with_note();
    let served = Served::in_terminal(&practice, &["serve", "--lock-after", LIMIT], None).logged_in();
    let keeper = served.keeper().expect("a process with the notes");
    let end = Instant::now() + BEYOND;
    until("time passes", || {
        served.page(&format!("/notes/{id}/"));
        (Instant::now() > end).then_some(())
    });
    assert_eq!(served.keeper(), Some(keeper));
}

#[test]
fn who_presses_enter_is_not_locked_out_and_finds_the_fresh_address_open() {
    let (practice, _) = with_note();
    let mut served = Served::in_terminal(&practice, &["serve", "--lock-after", LIMIT], None);
    let keeper = served.keeper().expect("a process with the notes");
    let begun = Instant::now();
    let mut typed = 0;
    until("time passes", || {
        if begun.elapsed() > Duration::from_secs(2) * typed {
            served.type_in("\n");
            typed += 1;
        }
        (begun.elapsed() > BEYOND).then_some(())
    });
    let wanted = 1 + typed as usize;
    let addresses = until("an address for each", || Some(served.entries()).filter(|all| all.len() == wanted));
    served.log_in(&addresses[wanted - 1]);
    served.page("/");
    assert_eq!(served.keeper(), Some(keeper));
    assert!(!served.said().contains("Locked"), "{}", served.said());
}

#[test]
fn enter_after_standing_still_for_longer_than_the_limit_does_not_keep_it_open() {
    let (practice, _) = with_note();
    let mut served = Served::in_terminal(&practice, &["serve", "--lock-after", "5s"], None);
    let keeper = served.keeper().expect("a process with the notes");
    // As when the machine sleeps.
    served.signal("STOP");
    let since = Instant::now();
    until("the limit passes", || (since.elapsed() > Duration::from_secs(6)).then_some(()));
    served.type_in("\n");
    served.go_on();
    until("it has been locked, and Enter has opened it again", || {
        served.keeper().filter(|now| *now != keeper && served.entries().len() == 2)
    });
    assert!(served.said().contains("Locked. Enter unlocks."), "{}", served.said());
    assert!(!lives(keeper));
}

#[test]
fn enter_makes_a_new_address_and_unlocks_after_a_lock() {
    let (practice, id) = with_note();
    let mut served = Served::in_terminal(&practice, &["serve"], None);
    served.type_in("\n");
    let addresses = until("another address", || Some(served.entries()).filter(|all| all.len() == 2));
    served.send("GET", &addresses[0], "", "").expect(403);
    served.log_in(&addresses[1]);
    let keeper = served.keeper().expect("a process with the notes");
    served.post("/lock").expect(303);
    assert_locked(&served, keeper);
    served.type_in("\n");
    served.page_until(&format!("/notes/{id}/"), "the page is back", |page| page.contains("behind the lock"));
    let again = served.keeper().expect("another process with the notes");
    assert_ne!(again, keeper);
    let addresses = until("a third address", || Some(served.entries()).filter(|all| all.len() == 3));
    served.log_in(&addresses[2]);
    served.page("/");
}

#[test]
fn a_sealed_identity_asks_for_the_passphrase_again_and_a_wrong_one_stays_locked() {
    let practice = sealed();
    let mut served = Served::in_terminal(&practice, &["serve"], Some(PASSPHRASE)).logged_in();
    served.page("/clients/a7/");
    let keeper = served.keeper().expect("a process with the notes");
    served.post("/lock").expect(303);
    assert_locked(&served, keeper);
    let asked = |served: &Served| served.said().matches("Passphrase:").count();
    served.type_in("\n");
    until("the passphrase is asked for", || (asked(&served) == 2).then_some(()));
    served.type_in("not the passphrase\n");
    until("it is refused", || served.said().contains("Still locked").then_some(()));
    assert!(served.entries().len() == 1, "no new address: {}", served.said());
    assert_locked(&served, keeper);
    served.type_in("\n");
    until("the passphrase is asked for again", || (asked(&served) == 3).then_some(()));
    served.type_in(&format!("{PASSPHRASE}\n"));
    until("the page is back, or it asks once more", || {
        (served.get("/clients/a7/").status == 200 || asked(&served) > 3).then_some(())
    });
    assert_eq!(served.get("/clients/a7/").status, 200, "the passphrase went elsewhere: {}", served.said());
    assert!(!served.said().contains(PASSPHRASE), "what is typed is not shown");
}

#[test]
fn without_a_terminal_a_lock_ends_the_program() {
    let practice = sealed();
    let file = file_with_passphrase(&practice);
    for way in ["button", "signal"] {
        let mut served = Served::with(&practice, ["serve", "--passphrase-file", &file]);
        let keeper = served.keeper().expect("a process with the notes");
        match way {
            "button" => drop(served.post("/lock").expect(303)),
            _ => served.signal("USR1"),
        }
        assert_eq!(served.ended().code(), Some(0), "{way}: {}", served.said());
        until("the process with the notes is gone", || (!lives(keeper)).then_some(()));
    }
}

#[test]
fn without_a_terminal_idleness_ends_the_program() {
    let practice = sealed();
    let file = file_with_passphrase(&practice);
    let mut served = Served::with(&practice, ["serve", "--passphrase-file", &file, "--lock-after", "5s"]);
    assert_eq!(served.ended().code(), Some(0), "{}", served.said());
}

#[test]
fn without_a_terminal_a_lock_ends_the_program_also_when_no_passphrase_is_needed() {
    let (practice, _) = with_note();
    let mut served = Served::practice(&practice);
    served.post("/lock").expect(303);
    assert_eq!(served.ended().code(), Some(0), "{}", served.said());
}

#[test]
fn without_a_terminal_a_passphrase_that_nobody_gives_is_refused_in_one_sentence() {
    let practice = sealed();
    let output = at_home(&practice).arg("serve").output().expect("the program runs");
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("cannot unlock") && said.contains("--passphrase-file"), "{said}");
    assert!(output.stdout.is_empty(), "no address");
}

#[test]
fn a_wrong_passphrase_prints_no_address_and_leaves_no_process() {
    let practice = sealed();
    let wrong = practice.home().join("wrong");
    std::fs::write(&wrong, "not it\n").expect("a file");
    let mut command: Command = at_home(&practice);
    let output = command.args(["serve", "--passphrase-file"]).arg(&wrong).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty(), "no address");
    let left: Vec<_> = std::fs::read_dir(practice.home().join("tmp")).expect("a folder").flatten().collect();
    assert!(left.is_empty(), "{left:?}");
}

/// A program that speaks as a pinentry does: it notes that it was asked, and says what stands in a file, or else does what
/// is said here.
pub fn pinentry(practice: &Practice, or_else: &str) -> std::path::PathBuf {
    let script = practice.home().join("pinentry");
    let text = format!(
        "#!/bin/sh\necho OK ready\nwhile read -r order rest; do\n  case $order in\n    GETPIN) echo $$ >> '{home}/asked'\n      \
         if [ -s '{home}/pin' ]; then printf 'D %s\\n' \"$(cat '{home}/pin')\"; echo OK; else {or_else}; fi;;\n    \
         *) echo OK;;\n  esac\ndone\n",
        home = practice.home().display()
    );
    std::fs::write(&script, text).expect("a script");
    std::fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o700)).expect("a mode");
    script
}

#[test]
fn the_page_unlocks_through_the_window_that_asks_and_leads_back_without_a_terminal() {
    let practice = sealed();
    let pin = practice.home().join("pin");
    std::fs::write(&pin, PASSPHRASE).expect("a file");
    let window = pinentry(&practice, "echo 'ERR 83886179 cancelled'");
    let mut command = at_home(&practice);
    command.arg("serve").env("PINENTRY_PROGRAM", &window);
    let mut served = Served::start(command).logged_in();
    let keeper = served.keeper().expect("a process with the notes");
    served.page("/clients/a7/");
    served.post("/lock").expect(303);
    assert_locked(&served, keeper);
    assert!(served.still_runs(), "the window can unlock it");
    let asked = || std::fs::read_to_string(practice.home().join("asked")).unwrap_or_default().lines().count();
    assert_eq!(asked(), 1);
    // The window is closed without an answer: still locked, and the page may ask again.
    std::fs::write(&pin, "").expect("a file");
    let unlock = || served.post_form("/unlock", "at=%2Fclients%2Fa7%2F").expect(303);
    assert_eq!(unlock().fields("Location"), ["/clients/a7/"]);
    until("the window was asked", || (asked() == 2).then_some(()));
    until("the button is there again", || served.get("/").text().contains("<form").then_some(()));
    std::fs::write(&pin, PASSPHRASE).expect("a file");
    unlock();
    until("the page is back", || (served.get("/clients/a7/").status == 200).then_some(()));
    assert_eq!(asked(), 3);
}

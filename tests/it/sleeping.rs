//! A machine that slept, and a clock that was set: the wall clock jumps while the monotonic one stands still, as the two
//! processes see them. A time namespace cannot do that, and setting the machine's clock would disturb everybody on it; so a
//! few lines of C stand between the program and the C library's clock.

use crate::practice::Practice;
use crate::served::{Served, at_home, lives, until};
use std::path::PathBuf;
use std::process::Command;

/// Adds the seconds that stand in a file to the wall clock, and to no other.
const CLOCK: &str = r#"
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
    long done = syscall(SYS_clock_gettime, clock, now);
    const char *name = getenv("WALL_CLOCK_JUMP");
    char text[32] = {0};
    if (done != 0 || clock != CLOCK_REALTIME || !name) return done;
    int file = open(name, O_RDONLY | O_CLOEXEC);
    if (file < 0) return done;
    if (read(file, text, sizeof text - 1) > 0) now->tv_sec += atol(text);
    close(file);
    return done;
}
"#;

/// A practice served by processes whose wall clock can be made to jump.
struct Sleeper {
    _practice: Practice,
    served: Served,
    jump: PathBuf,
}

impl Sleeper {
    fn served(lock_after: &str) -> Self {
        let practice = Practice::with_client();
        let [source, library, jump] = ["clock.c", "clock.so", "jump"].map(|name| practice.home().join(name));
        std::fs::write(&source, CLOCK).expect("a file");
        crate::practice::require("cc");
        let built = Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).output();
        let built = built.expect("cc starts");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let mut command = at_home(&practice);
        command.args(["serve", "--lock-after", lock_after]).env("LD_PRELOAD", &library).env("WALL_CLOCK_JUMP", &jump);
        // With somebody who can be asked to unlock, a lock is not the end of it.
        command.env("PINENTRY_PROGRAM", "false");
        let served = Served::start(command);
        Self { _practice: practice, served, jump }
    }

    fn jumps(&self, seconds: i64) {
        let new = self.jump.with_extension("new");
        std::fs::write(&new, seconds.to_string()).expect("a file");
        std::fs::rename(&new, &self.jump).expect("renamed");
    }
}

const EIGHT_HOURS: i64 = 8 * 3600;
const FIFTY_YEARS: i64 = 50 * 365 * 24 * 3600;

#[test]
fn after_a_night_of_sleep_the_first_request_finds_it_locked() {
    let mut sleeper = Sleeper::served("2h");
    let entry = sleeper.served.entry.clone();
    sleeper.served.log_in(&entry);
    sleeper.served.page("/clients/a7/");
    let keeper = sleeper.served.keeper().expect("a process with the notes");
    sleeper.jumps(EIGHT_HOURS);
    sleeper.served.get("/clients/a7/").expect(423);
    until("the process with the notes is gone", || (!lives(keeper)).then_some(()));
}

#[test]
fn after_a_night_of_sleep_an_entry_address_from_before_opens_nothing() {
    let sleeper = Sleeper::served("48h");
    sleeper.jumps(EIGHT_HOURS);
    sleeper.served.send("GET", &sleeper.served.entry, "", "").expect(403);
}

#[test]
fn a_clock_that_is_set_back_does_not_lock() {
    let mut sleeper = Sleeper::served("2h");
    let entry = sleeper.served.entry.clone();
    sleeper.jumps(-FIFTY_YEARS);
    sleeper.served.log_in(&entry);
    sleeper.served.page("/clients/a7/");
}

#[test]
fn a_clock_that_is_set_back_does_not_keep_it_open() {
    let sleeper = Sleeper::served("5s");
    let keeper = sleeper.served.keeper().expect("a process with the notes");
    sleeper.jumps(-FIFTY_YEARS);
    until("the limit passes all the same", || (!lives(keeper)).then_some(()));
}

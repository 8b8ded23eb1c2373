//! How soon a reader is served while a crowd means harm to the server.
//!
//! `cargo bench --bench hostile [-- SECONDS [WORD]]`; each attack goes on for eight seconds when nothing is said, and a word
//! picks those that have it in their names. For each attack of the tests: the reader's usual time for a page (the median of
//! a hundred before any attack), the median and the slowest while it goes on, what was turned away with "too many" or hung
//! up on, and by how much the process with the socket has grown after it. A figure to look at; nothing here fails.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a measurement prints, and stops where it cannot go on"
)]

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/hostile_crowd.rs"]
mod hostile_crowd;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/practice.rs"]
mod practice;
#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/served.rs"]
mod served;

use hostile_crowd::{ATTACKS, Crowd, Held, Reading, Target, read};
use practice::Practice;
use served::{Served, at_home};
use std::time::{Duration, Instant};

const PAGES: [&str; 2] = ["/", "/clients/a7/"];

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let seconds = arguments.next().map_or(8, |seconds| seconds.parse().expect("a number of seconds"));
    let word = arguments.next().unwrap_or_default();
    let home = Practice::empty();
    let mut command = at_home(&home);
    command.arg("demo");
    let served = Served::start(command).logged_in();
    for path in PAGES.repeat(10) {
        read(&served, path);
    }
    println!("{:<48} {:>9} {:>9} {:>6} {:>6} {:>7} {:>9}", "", "median", "slowest", "reads", "503", "hung up", "grown");
    let calm = readings(&served, |at| at < 100);
    line("nobody else", &calm, 0);
    for (name, attackers, wave) in ATTACKS.into_iter().filter(|(name, ..)| name.contains(&word)) {
        let held = Held::by(&served);
        let crowd = Crowd::attack(&Target::of(&served), attackers, wave);
        let end = Instant::now() + Duration::from_secs(seconds);
        let during = readings(&served, |_| Instant::now() < end);
        drop(crowd);
        read(&served, "/");
        line(name, &during, held.growth()[0]);
    }
}

/// Reads page after page; how each ended and how long it took.
fn readings(served: &Served, go_on: impl Fn(usize) -> bool) -> Vec<(Reading, Duration)> {
    let mut all = Vec::new();
    while go_on(all.len()) {
        let since = Instant::now();
        let reading = read(served, PAGES[all.len() % PAGES.len()]);
        all.push((reading, since.elapsed()));
    }
    all
}

fn line(name: &str, all: &[(Reading, Duration)], grown: u64) {
    let mut times: Vec<Duration> =
        all.iter().filter(|(reading, _)| *reading == Reading::Served).map(|(_, time)| *time).collect();
    times.sort();
    let milliseconds = |time: Option<&Duration>| time.map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0);
    let ended = |how: Reading| all.iter().filter(|(reading, _)| *reading == how).count();
    println!(
        "{name:<48} {:>6.1} ms {:>6.1} ms {:>6} {:>6} {:>7} {:>5} KiB",
        milliseconds(times.get(times.len() / 2)),
        milliseconds(times.last()),
        times.len(),
        ended(Reading::TooMany),
        ended(Reading::Nothing),
        grown
    );
}

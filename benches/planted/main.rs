//! How much of what was planted in made-up histories is found, and how much is found where nothing was planted.
//!
//! `cargo bench --bench planted [-- --seed N --per-kind K --nulls M]`: twelve clients of each kind and a hundred without a
//! pattern when nothing is said. It prints one table for what readers are told stands out and one with what may be chance,
//! and then how long a history of 200 sessions takes. A plateau and what was missed after a theme are never told to stand
//! out, so that the first table finds none of them. The same seed gives the same table. Figures of one seed vary; pool
//! several, and judge on seeds that nothing was tuned on.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a measurement prints, and stops where it cannot go on"
)]

mod planting;
mod scoring;

use planting::truth::Strength;
use planting::{KINDS, Planted, of_length, planted};
use scoring::{OfKind, Score, share};
use std::time::Instant;
use throughline::insight::{Finding, Level, Patterns, patterns};

/// What is asked for.
struct Wanted {
    seed: u64,
    per_kind: usize,
    nulls: usize,
}

fn main() {
    let Some(Wanted { seed, per_kind, nulls }) = wanted() else {
        println!("usage: cargo bench --bench planted -- [--seed N] [--per-kind K] [--nulls M]");
        return;
    };
    let clients = planted(seed, per_kind, nulls);
    let found = all_patterns(&clients);
    for (title, level) in [("stands out", Level::Clear), ("with what may be chance", Level::Weak)] {
        let mut score = Score::default();
        for (client, found) in clients.iter().zip(&found) {
            score.add(client, found.told_up_to(level));
        }
        table(title, &score);
    }
    speed();
}

/// Reads `--name number`; whatever else the bench runner hands on is passed over.
fn wanted() -> Option<Wanted> {
    let mut wanted = Wanted { seed: 1, per_kind: 12, nulls: 100 };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next()?.parse::<u64>().ok();
        match argument.as_str() {
            "--seed" => wanted.seed = number()?,
            "--per-kind" => wanted.per_kind = usize::try_from(number()?).ok()?,
            "--nulls" => wanted.nulls = usize::try_from(number()?).ok()?,
            "--bench" => {}
            _ => return None,
        }
    }
    Some(wanted)
}

/// The findings of each client, on all cores.
fn all_patterns(clients: &[Planted]) -> Vec<Patterns> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let part = clients.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let running: Vec<_> = clients
            .chunks(part)
            .map(|part| scope.spawn(|| part.iter().map(Planted::patterns).collect::<Vec<Patterns>>()))
            .collect();
        running.into_iter().flat_map(|thread| thread.join().expect("a thread ends")).collect()
    })
}

fn table(title: &str, score: &Score) {
    let Score { clients, nulls, right, wrong, neutral, .. } = score;
    println!("\n== {title}");
    println!(
        "{clients} clients, {nulls} without a pattern; found {right}, false {wrong}, neutral {neutral}; precision {:.3}, \
         macro recall {:.3}",
        score.precision(),
        score.macro_recall(),
    );
    if *nulls > 0 {
        let per_null = share((score.wrong_in_nulls, *nulls));
        let hit = 100.0 * share((score.nulls_hit, *nulls));
        println!("without a pattern: {per_null:.3} false findings each, {hit:.1} % of them have any");
    }
    println!(
        "{:16} {:>5} {:>7} {:>9} {:>6} {:>7} {:>6} {:>6} {:>6} {:>10}",
        "kind", "n", "found", "anywhere", "easy", "medium", "hard", "off", "false", "of nulls"
    );
    for (kind, of) in &score.kinds {
        line(kind.word(), of);
    }
    let easy: Vec<f64> =
        KINDS.iter().filter_map(|kind| Some(share(score.kinds.get(kind)?.of(Strength::Easy)))).collect();
    println!("easy ones: {:.3} on average over the kinds", easy.iter().sum::<f64>() / easy.len().max(1) as f64);
}

fn line(kind: &str, of: &OfKind) {
    let recall = of.recall();
    let written = |strength: Strength| match of.of(strength) {
        (_, 0) => "-".to_owned(),
        counts => format!("{:.2}", share(counts)),
    };
    println!(
        "{kind:16} {:>5} {:>7.2} {:>9.2} {:>6} {:>7} {:>6} {:>6} {:>6} {:>10}",
        recall.1,
        share(recall),
        of.anywhere(),
        written(Strength::Easy),
        written(Strength::Medium),
        written(Strength::Hard),
        of.error().map_or_else(|| "-".to_owned(), |error| error.to_string()),
        of.wrong,
        of.wrong_in_nulls,
    );
}

/// How long the findings of one long history take, and whether they are the same again.
fn speed() {
    println!("\n== 200 sessions");
    for seed in 1..=5 {
        let file = of_length(seed, 218).file();
        let since = Instant::now();
        let first = patterns(&file, planting::TODAY);
        let time = since.elapsed();
        let again = patterns(&file, planting::TODAY);
        println!(
            "{} sessions, {} tests of chance: {:.0} ms; {} again",
            file.sessions_held(),
            first.tests.values().sum::<usize>(),
            time.as_secs_f64() * 1_000.0,
            if said(&first) == said(&again) { "the same" } else { "NOT the same" },
        );
    }
}

/// Everything that is said, with its numbers.
fn said(patterns: &Patterns) -> Vec<String> {
    let findings = patterns.findings.iter().map(|finding| {
        let Finding { level, p, q, statement, evidence, against, .. } = finding;
        format!("{level:?} {p:?} {q:?} {} {evidence:?} {against:?}", statement.reveal())
    });
    findings.chain(patterns.observations.iter().map(|seen| seen.statement.reveal().to_owned())).collect()
}

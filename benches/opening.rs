//! How long it takes to seal, walk and open many notes, to change one, and to make pages of them.
//!
//! `cargo bench --bench opening [-- NOTES]`; 2,000 notes of about 3 KB in 40 clients when nothing is said. Each figure is
//! the median of five runs (sealing is one run). Quote ratios: machines differ.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement prints, and stops where it cannot go on")]

use std::time::{Duration, Instant};
use throughline::casebook::Query;
use throughline::casebook::search::{Order, Search};
use throughline::domain::{ClientCode, Confidential};
use throughline::publish::{Publisher, Scope, Today};
use throughline::site::{Templates, answer};
use throughline::vault::{Identities, PaperKey, Shelf, Vault};

fn main() {
    let notes: usize = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(2_000);
    let home = tempfile::tempdir().unwrap();
    let (root, state) = (home.path().join("practice"), home.path().join("state"));
    let key = PaperKey::generate();
    let vault = Vault::create(&root, &state, std::slice::from_ref(key.public_key())).unwrap();
    let lock = vault.lock(Duration::from_secs(1)).unwrap();
    let codes: Vec<ClientCode> = (0..40).map(|at| ClientCode::parse(&format!("c{at}")).unwrap()).collect();
    for code in &codes {
        vault.add_client(&lock, code).unwrap();
    }
    let batch: Vec<(Shelf, _, Confidential)> =
        (0..notes).map(|at| (Shelf::Client(codes[at % 40].clone()), vault.new_id(), note(at))).collect();

    println!("{notes} notes");
    let since = Instant::now();
    vault.seal_batch(&lock, &batch, &|_| ()).unwrap();
    say("seal, flush and read back", since.elapsed());
    say("walk the folder", median(|| drop(vault.scan().unwrap())));
    drop(lock);

    let open = || {
        let identities = Identities::from_text(key.reveal()).unwrap();
        let vault = Vault::at(&root, &state).unwrap().open(identities).unwrap();
        Publisher::open(vault, Scope::default(), Today::Local, &|_| ()).unwrap()
    };
    say("open and read everything", median(|| drop(open())));
    let mut publisher = open();
    say(
        "look for changes, none there",
        median(|| {
            publisher.refresh(&|_| ()).unwrap();
        }),
    );
    let lock = publisher.vault().vault().lock(Duration::from_secs(1)).unwrap();
    let mut number = notes;
    let change = median(|| {
        number += 1;
        let vault = publisher.vault().vault();
        vault.seal_new(&lock, &Shelf::Client(codes[0].clone()), vault.new_id(), &note(number)).unwrap();
        publisher.refresh(&|_| ()).unwrap();
    });
    say("seal one note and see it", change);
    let (edition, templates) = (publisher.edition(None), Templates::built_in().unwrap());
    let fresh = open();
    let since = Instant::now();
    fresh.read_words();
    say("read the words of all notes", since.elapsed());
    publisher.read_words();
    for query in ["rain", "letter -mother", "\"the letter that is\"", "th*", "theme:sleep phq9:>10"] {
        let search = Search::parse(query).unwrap();
        let time = median(|| drop(search.run(&edition.casebook, &Query::default(), Order::Newest)));
        say(&format!("search {query}"), time);
    }
    for page in ["/", "/clients/", "/clients/c0/", "/themes/"] {
        say(&format!("make page {page}"), median(|| drop(answer(page, &edition, &templates))));
    }
}

/// A note of about 3 KB with a date, a score and themes of its own.
fn note(at: usize) -> Confidential {
    let (year, month, day) = (2010 + at / 40 % 15, at / 600 % 12 + 1, at / 40 % 28 + 1);
    let themes = ["sleep", "work", "mother", "grief", "boundaries"];
    let prose =
        "She came in from the rain and talked about the week, then about the letter that is still unread. ".repeat(28);
    Confidential::new(format!(
        "---\ndate: {year}-{month:02}-{day:02}\nattendance: attended\nphq9: {}\n---\n{prose}\n#{} and #{}\n",
        at % 28,
        themes[at % 5],
        themes[at / 5 % 5]
    ))
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let since = Instant::now();
            work();
            since.elapsed()
        })
        .collect();
    times.sort();
    times[2]
}

fn say(what: &str, time: Duration) {
    println!("{what:<32} {:>10.2} ms", time.as_secs_f64() * 1000.0);
}

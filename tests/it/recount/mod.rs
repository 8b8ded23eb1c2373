//! Every number in every sentence, counted again from the notes that are cited for it.
//!
//! Nothing of the finders is called: sentences are taken apart by their shapes, and what they say is counted from the
//! front matter of the notes. A sentence with a shape unknown here fails, so that none goes unchecked.

mod of_caveats;
mod of_scores;
mod of_themes;
mod of_visits;
mod seen;
mod shape;

use crate::planting::{Planted, planted};
use seen::{Said, Seen};
use shape::Held;
use std::collections::BTreeMap;
use throughline::casebook::CaseFile;
use throughline::domain::Confidential;
use throughline::insight::{Finding, Observation, patterns};
use throughline::publish::{DEMO_TODAY, Publisher, Scope, Today, demo_identity, demo_vault};

/// Counts what stands in the holes of a shape.
type Count = fn(&Seen<'_>, &Said<'_>, &[&str]) -> Held;

/// Every shape of a finding's sentence, by its kind.
const FINDINGS: [(&str, &str, Count); 17] = [
    ("reliable_change", "{} went from {} ({}) to {} ({}): score reliably {}, {}.", of_scores::reliable),
    ("sudden_", "Sudden drop in score: {} dropped {} between {} and {} and stayed lower.", of_scores::sudden),
    ("sudden_", "Sudden rise in score: {} rose {} between {} and {} and stayed higher.", of_scores::sudden),
    (
        "level_shift",
        "{} stands at a {} level from about session {}: {} on average in {}, {} in the {} before.",
        of_scores::level,
    ),
    ("score_trend", "{} tends {}: about {} a month (likely range {} to {}), in {}.", of_scores::trend),
    ("plateau", "{} scores have stayed around {} since session {} after the earlier {} ({}).", of_scores::plateau),
    ("theme_emerging", "{} was {} in {} of the last {} sessions, and in {} of the {} before.", of_themes::emerging),
    ("theme_fading", "{} was {} in {} of the first {} sessions, and in {} of the {} since.", of_themes::fading),
    (
        "theme_burst",
        "{} was {} often between sessions {} and {}: in {} of those {}, and in {} of the other {}.",
        of_themes::burst,
    ),
    (
        "missed_cluster",
        "{} of {} appointments between {} and {} were missed; {} of the other {}.",
        of_visits::missed_cluster,
    ),
    (
        "anniversary",
        "{} was {} around {} in {} different years: in {} of {} sessions within 30 days of it, and in {} of the other {}.",
        of_themes::season,
    ),
    (
        "theme_score",
        "{} was about {} {} in sessions with {} ({}) than in neighbouring sessions without ({}).",
        of_themes::beside_scores,
    ),
    (
        "missed_after",
        "{} of {} appointments after sessions about {} were missed; {} of {} otherwise.",
        of_visits::missed_after,
    ),
    (
        "keyword_shift",
        "The word {} stands in {} of the last {} sessions, and in {} of the {} before.",
        of_themes::words,
    ),
    (
        "keyword_shift",
        "The words {} stand in {} of the last {} sessions, and in {} of the {} before.",
        of_themes::words,
    ),
    (
        "theme_pair",
        "{} and {} tend to be noted in the same session: together in {} of the {} sessions with {}.",
        of_themes::pair,
    ),
    (
        "phase_effect",
        "{} scores after {} began (session {}) were {} than before in {} % of pairs ({} before, {} since).",
        of_scores::phase,
    ),
];

/// Every shape of an observation's sentence, by its kind.
const OBSERVATIONS: [(&str, &str, Count); 14] = [
    (
        "year_words",
        "The word “{}” stands in {} of the {} sessions of {}, and in {} of the {} before; {} of the {} {}.",
        of_themes::year_words,
    ),
    (
        "returning",
        "{} is back since session {} ({}): in {} of {} sessions from there, after {} sessions without it since session {} ({}).",
        of_themes::returning,
    ),
    ("core", "{} was noted in {} of {} sessions, and in every third of them.", of_themes::core),
    (
        "same_time_of_year",
        "{} was {} around {} in two years: the same time last year, in {} of {} sessions near it.",
        of_themes::same_time,
    ),
    ("not_written_about", "Risk was {} as {} and not looked at again since session {} ({}): {}.", of_visits::risk),
    ("not_written_about", "The goal “{}” was not written about since session {} ({}): {}.", of_visits::goal),
    ("not_written_about", "“{}” is open and was not written about since session {} ({}): {}.", of_visits::promise),
    ("not_written_about", "{}: not written about since session {} ({}): {}; in {} before.", of_visits::person_or_theme),
    ("alliance", "Alliance was rated {} on {}, after {} on {}.", of_visits::alliance),
    ("rupture", "Rupture noted {}; no repair noted since.", of_visits::rupture),
    ("latest_score", "{}: latest score only, {} {} than at the start; wait for the next one.", of_scores::latest),
    (
        "worsening",
        "{}: the last {} scores stand at {}, {} than the best {} so far at {} (threshold {}).",
        of_scores::worsening,
    ),
    ("no_movement_yet", "{}: no reliable movement yet in {} since {}.", of_scores::no_movement),
    (
        "unusual_score",
        "{}: {} on {} lies outside this client's own range of the {} scores before ({} to {}).",
        of_scores::unusual,
    ),
];

/// Counts one sentence again.
fn recount(file: &CaseFile, kind: &str, said: &Said<'_>, shapes: &[(&str, &str, Count)]) -> Held {
    let cited = said.evidence.first().or(said.against.first()).ok_or("nothing is cited")?;
    let seen = Seen::around(file, *cited).ok_or("a note of no episode is cited")?;
    let twice = said.evidence.iter().any(|id| said.against.contains(id));
    shape::holds("a note stands on one side only", !twice)?;
    let of_kind = shapes.iter().filter(|(of, ..)| kind.starts_with(of));
    let mut fitting = of_kind.filter_map(|(_, shape, count)| Some((shape::holes(shape, said.sentence)?, count)));
    let (holes, count) = fitting.next().ok_or("a shape that is not known")?;
    count(&seen, said, &holes)
}

fn of_finding(finding: &Finding) -> Said<'_> {
    Said {
        sentence: finding.statement.reveal(),
        caveat: finding.caveat.as_ref().map(Confidential::reveal),
        subject: finding.subject.reveal(),
        object: finding.object.as_ref().map(Confidential::reveal),
        evidence: finding.evidence.clone(),
        against: finding.against.clone(),
    }
}

fn of_observation(seen: &Observation) -> Said<'_> {
    Said {
        sentence: seen.statement.reveal(),
        caveat: None,
        subject: seen.subject.reveal(),
        object: None,
        evidence: seen.evidence.clone(),
        against: Vec::new(),
    }
}

/// Counts every sentence of a file again; gives how many of each kind held, and what did not.
fn recounted(file: &CaseFile, today: chrono::NaiveDate) -> (BTreeMap<&'static str, usize>, Vec<String>) {
    let found = patterns(file, today);
    let findings = found.findings.iter().map(|finding| (finding.kind.word(), of_finding(finding), &FINDINGS[..]));
    let seen = found.observations.iter().map(|seen| (seen.kind, of_observation(seen), &OBSERVATIONS[..]));
    let (mut held, mut wrong) = (BTreeMap::new(), Vec::new());
    for (kind, said, shapes) in findings.chain(seen) {
        match recount(file, kind, &said, shapes) {
            Ok(()) => *held.entry(kind).or_default() += 1,
            Err(error) => wrong.push(format!("{} {kind}: {}\n    {error}", file.code, said.sentence)),
        }
    }
    (held, wrong)
}

#[track_caller]
fn all_hold(counts: Vec<(BTreeMap<&'static str, usize>, Vec<String>)>) -> BTreeMap<&'static str, usize> {
    let mut held: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (of_one, other) in counts {
        wrong.extend(other);
        of_one.into_iter().for_each(|(kind, count)| *held.entry(kind).or_default() += count);
    }
    assert!(wrong.is_empty(), "{} sentences are not borne out:\n{}", wrong.len(), wrong.join("\n"));
    held
}

#[test]
fn every_number_said_of_the_example_vault_is_borne_out_by_the_notes_it_cites() {
    let vault = demo_vault().unwrap().open(demo_identity().unwrap()).unwrap();
    let today = chrono::NaiveDate::parse_from_str(DEMO_TODAY, "%Y-%m-%d").unwrap();
    let publisher = Publisher::open(vault, Scope::default(), Today::Pinned(today), &|_| ()).unwrap();
    let held = all_hold(publisher.casebook().clients().map(|file| recounted(file, today)).collect());
    assert!(held.values().sum::<usize>() >= 10, "{held:?}");
}

#[test]
fn every_number_said_of_a_hundred_made_up_clients_is_borne_out_by_the_notes_they_cite() {
    let clients = planted(5, 6, 10);
    assert_eq!(clients.len(), 100);
    let count = |part: &[Planted]| -> Vec<_> {
        part.iter().map(|client| recounted(&client.file(), crate::planting::TODAY)).collect()
    };
    let (one, other) = clients.split_at(clients.len() / 2);
    let counts = std::thread::scope(|scope| {
        let second = scope.spawn(|| count(other));
        let mut counts = count(one);
        counts.extend(second.join().unwrap());
        counts
    });
    let held = all_hold(counts);
    let unheard: Vec<&str> =
        FINDINGS.iter().map(|(kind, ..)| *kind).filter(|kind| !held.keys().any(|of| of.starts_with(kind))).collect();
    assert!(unheard.is_empty(), "no sentence of {unheard:?} in {held:?}");
}

#[test]
fn a_sentence_with_any_other_number_is_noticed() {
    let mut unnoticed = Vec::new();
    for client in planted(6, 1, 0) {
        let file = client.file();
        let found = patterns(&file, crate::planting::TODAY);
        let findings = found.findings.iter().map(|finding| (finding.kind.word(), of_finding(finding), &FINDINGS[..]));
        let seen = found.observations.iter().map(|seen| (seen.kind, of_observation(seen), &OBSERVATIONS[..]));
        for (kind, said, shapes) in findings.chain(seen) {
            for other in with_other_numbers(said.sentence) {
                if recount(&file, kind, &Said { sentence: &other, ..said.clone() }, shapes).is_ok() {
                    unnoticed.push(format!("{kind}: {other}\n    for: {}", said.sentence));
                }
            }
        }
    }
    assert!(unnoticed.is_empty(), "{} of them:\n{}", unnoticed.len(), unnoticed.join("\n"));
}

/// The sentence as often as it has numbers, each time with one of them larger by three. Not the likely range of a trend:
/// it is held to be a range, and another one may be one too.
fn with_other_numbers(sentence: &str) -> Vec<String> {
    let is_digit = |at: usize| sentence.as_bytes()[at].is_ascii_digit();
    let range = sentence.find("(likely range").map_or(0..0, |from| from..sentence.rfind(')').unwrap());
    let starts = (0..sentence.len()).filter(|at| is_digit(*at) && (*at == 0 || !is_digit(at - 1)));
    let starts = starts.filter(|at| !range.contains(at));
    let changed = starts.map(|from| {
        let to = (from..sentence.len()).find(|at| !is_digit(*at)).unwrap_or(sentence.len());
        let number: u64 = sentence[from..to].parse().unwrap();
        format!("{}{}{}", &sentence[..from], number + 3, &sentence[to..])
    });
    changed.collect()
}

//! Pictures say what their sentences say: of every kind of finding one is made, and each number that is drawn is held
//! against the sentence, the place and the size.

mod of_scores;
mod of_sessions;

use super::*;
use crate::casebook::{Casebook, Changes};
use crate::domain::{Class, ClientCode};
use crate::insight::finding::Level;
use crate::insight::patterns::patterns;
use crate::notes::{self, Source};
use std::fmt::Write;
use std::sync::Arc;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 31).unwrap()
}

/// A Monday, and so many weeks after it.
fn week(at: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 6).unwrap() + chrono::Days::new(at * 7)
}

/// What one note says.
#[derive(Default)]
struct Said<'a> {
    missed: bool,
    phq9: Option<i32>,
    themes: Vec<&'a str>,
    tried: Option<&'a str>,
    body: &'a str,
    /// A score between sessions, not a session.
    measure: bool,
}

fn note_text(day: NaiveDate, said: &Said<'_>) -> String {
    let mut text = format!("---\ndate: {day}\n");
    let kind = match (said.measure, said.missed) {
        (true, _) => "kind: measure\n",
        (false, true) => "attendance: no-show\n",
        (false, false) => "attendance: attended\n",
    };
    text.push_str(kind);
    let _ = said.phq9.map(|score| writeln!(text, "phq9: {score}"));
    let _ = said.tried.map(|tried| writeln!(text, "interventions: [{tried}]"));
    let body = if said.body.is_empty() { "A plain week." } else { said.body };
    let _ = write!(text, "themes: [{}]\n---\n{body}\n", said.themes.join(", "));
    text
}

/// One client's file, of notes in their order.
fn file_of<'a>(notes: impl IntoIterator<Item = (NaiveDate, Said<'a>)>) -> Arc<CaseFile> {
    file_with("", notes)
}

/// The same in a practice with word lists.
fn file_with<'a>(lists: &str, written: impl IntoIterator<Item = (NaiveDate, Said<'a>)>) -> Arc<CaseFile> {
    let code = ClientCode::parse("a7").unwrap();
    let note = |(at, (day, said)): (usize, (NaiveDate, Said<'_>))| {
        let id = NoteId::from_bits([at as u8 + 1, 0, 0, 0, 0, 0, (at >> 8) as u8, at as u8]);
        let source = Source { id, class: Class::Record, client: Some(&code), file_name: None, written: today() };
        Arc::new(notes::read(note_text(day, &said).as_bytes(), &source))
    };
    let mut read: Vec<_> = written.into_iter().enumerate().map(note).collect();
    let id = NoteId::from_bits([255; 8]);
    let source = Source { id, class: Class::Practice, client: None, file_name: None, written: today() };
    read.extend((!lists.is_empty()).then(|| Arc::new(notes::read(lists.as_bytes(), &source))));
    let book = Casebook::default().next(Changes { read, removed: Vec::new(), clients: vec![code.clone()] });
    book.client(&code).unwrap().clone()
}

/// The first finding of a kind in a file, with its picture.
fn first(file: &CaseFile, kind: FindingKind) -> (Finding, Picture) {
    first_of(patterns(file, today()), file, kind)
}

fn first_of(mut found: Patterns, file: &CaseFile, kind: FindingKind) -> (Finding, Picture) {
    let mut drawn = pictures(file, &found, today());
    let kinds: Vec<FindingKind> = found.findings.iter().map(|finding| finding.kind).collect();
    let at = kinds.iter().position(|of| *of == kind).unwrap_or_else(|| panic!("no {kind:?} among {kinds:?}"));
    let picture = drawn.remove(at).unwrap_or_else(|| panic!("no picture: {}", found.findings[at].statement.reveal()));
    (found.findings.remove(at), picture)
}

/// Holds words that were made of a picture's numbers against the sentence.
#[track_caller]
fn says(finding: &Finding, words: &str) {
    let said = finding.statement.reveal();
    assert!(said.contains(words), "“{words}” is drawn and not said: {said}");
}

#[track_caller]
fn is_effect(finding: &Finding, drawn: f64) {
    assert!((finding.effect.value - drawn).abs() < 1e-9, "{drawn} is drawn, {:?} is the size", finding.effect);
}

/// Weekly sessions with many things in them: scores that fall, a theme that comes up, one of a stretch, two that keep
/// together, missed appointments in a row and after a theme, something tried, words that are new.
pub(in crate::insight) fn story() -> Arc<CaseFile> {
    let note = |at: u64| {
        let missed = (70..76).contains(&at) || (at % 9 == 5 && at < 50);
        if missed {
            return (week(at), Said { missed, ..Said::default() });
        }
        let mut themes = vec!["work"];
        themes.extend((at >= 40 && at % 4 != 3).then_some("grief"));
        themes.extend((12..20).contains(&at).then_some("letter"));
        themes.extend(at.is_multiple_of(3).then_some("shame"));
        themes.extend(at.is_multiple_of(6).then_some("drink"));
        themes.extend((at % 9 == 4).then_some("father"));
        let score = if at < 40 { 18 } else { 8 } + [0, 1, -1, 0, 2, -2, 1][(at % 7) as usize];
        let phq9 = Some(score + if at.is_multiple_of(3) { 2 } else { 0 });
        let body = if at >= 60 { "The harbour again." } else { "A plain week." };
        (week(at), Said { phq9, themes, tried: (at >= 40).then_some("two-chair"), body, ..Said::default() })
    };
    file_of((0..90).map(note))
}

#[test]
fn every_finding_of_a_full_history_has_its_picture() {
    let file = story();
    let found = patterns(&file, today());
    assert!(found.findings.len() >= 6);
    for (finding, picture) in found.findings.iter().zip(pictures(&file, &found, today())) {
        assert!(picture.is_some(), "{}", finding.statement.reveal());
    }
}

#[test]
fn every_kind_is_held_against_its_sentence_by_a_test() {
    let tests = [include_str!("of_scores.rs"), include_str!("of_sessions.rs")].concat();
    for kind in FindingKind::ALL {
        assert!(tests.contains(&format!("FindingKind::{kind:?}")), "{kind:?}");
    }
}

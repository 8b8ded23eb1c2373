//! Pictures say what their sentences say: every number that is drawn is counted again and looked for in the sentence.

use super::*;
use crate::casebook::{Casebook, Changes};
use crate::domain::{Class, ClientCode};
use crate::insight::patterns::patterns;
use crate::insight::wording::number;
use crate::notes::{self, Source};
use std::collections::BTreeSet;
use std::sync::Arc;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 31).unwrap()
}

/// Weekly sessions with a story in every kind: scores that fall, a theme that comes up, one of a stretch, two that keep
/// together, missed appointments in a row and after a theme, something tried, words that are new.
pub(in crate::insight) fn story() -> Arc<CaseFile> {
    let code = ClientCode::parse("a7").unwrap();
    let first = NaiveDate::from_ymd_opt(2025, 1, 6).unwrap();
    let note = |at: u64| {
        let day = first + chrono::Days::new(at * 7);
        let missed = (70..76).contains(&at) || (at % 9 == 5 && at < 50);
        let attendance = if missed { "no-show" } else { "attended" };
        let mut themes = vec!["work"];
        themes.extend((at >= 40 && at % 4 != 3).then_some("grief"));
        themes.extend((12..20).contains(&at).then_some("letter"));
        themes.extend(at.is_multiple_of(3).then_some("shame"));
        themes.extend(at.is_multiple_of(6).then_some("drink"));
        themes.extend((at % 9 == 4).then_some("father"));
        let score = if at < 40 { 18 } else { 8 } + [0, 1, -1, 0, 2, -2, 1][(at % 7) as usize];
        let score = score + if at.is_multiple_of(3) { 2 } else { 0 };
        let tried = if at >= 40 { "interventions: [two-chair]\n" } else { "" };
        let body = if at >= 60 { "The harbour again." } else { "A plain week." };
        let scores =
            if missed { String::new() } else { format!("phq9: {score}\n{tried}themes: [{}]\n", themes.join(", ")) };
        let text = format!("---\ndate: {day}\nattendance: {attendance}\n{scores}---\n{body}\n");
        let id = NoteId::from_bits([at as u8 + 1, 0, 0, 0, 0, 0, 0, at as u8]);
        let source = Source { id, class: Class::Record, client: Some(&code), file_name: None, written: today() };
        Arc::new(notes::read(text.as_bytes(), &source))
    };
    let read = (0..90).map(note).collect();
    let book = Casebook::default().next(Changes { read, removed: Vec::new(), clients: vec![code.clone()] });
    book.client(&code).unwrap().clone()
}

fn among(marks: &[Mark]) -> (usize, usize) {
    (marks.iter().filter(|mark| mark.here).count(), marks.len())
}

/// Numbers that the picture shows and the sentence must name.
fn shown(picture: &Picture) -> Vec<String> {
    match picture {
        Picture::Strip(strip) => {
            let (of, all) = among(&strip.marks[strip.stretch.clone()]);
            vec![of.to_string(), all.to_string()]
        }
        Picture::Scores(plot) => {
            let levels = if plot.lines.len() == 2 {
                plot.lines.iter().map(|line| number(line.end)).collect()
            } else {
                Vec::new()
            };
            let named = plot.named.iter().map(|at| plot.points[*at].value).map(number);
            if plot.named.len() == 2 && plot.lines.is_empty() { named.collect() } else { levels }
        }
        Picture::Shares(shares) => vec![shares.with.of.to_string(), shares.with.all.to_string()],
        Picture::Beside(beside) => vec![
            number((beside.means.0 - beside.means.1).abs()),
            beside.with.len().to_string(),
            beside.without.len().to_string(),
        ],
        Picture::Seasons(_) => Vec::new(),
    }
}

#[test]
fn every_finding_has_a_picture_of_the_numbers_in_its_sentence() {
    let file = story();
    let found = patterns(&file, today());
    let drawn = pictures(&file, &found, today());
    let kinds: BTreeSet<FindingKind> = found.findings.iter().map(|finding| finding.kind).collect();
    for wanted in [FindingKind::ReliableChange, FindingKind::LevelShift, FindingKind::ThemeEmerging] {
        assert!(kinds.contains(&wanted), "{wanted:?} is not among {kinds:?}");
    }
    assert!(kinds.len() >= 6, "{kinds:?}");
    for (finding, picture) in found.findings.iter().zip(&drawn) {
        let said = finding.statement.reveal();
        let picture = picture.as_ref().unwrap_or_else(|| panic!("no picture: {said}"));
        // A sudden change and phases are told by their difference and their share of pairs.
        if matches!(finding.kind, FindingKind::SuddenGain | FindingKind::SuddenLoss | FindingKind::PhaseEffect) {
            continue;
        }
        let words: Vec<&str> =
            said.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|w| w.trim_matches('.')).collect();
        for number in shown(picture) {
            assert!(words.contains(&number.as_str()), "{number} is drawn and not said: {said}");
        }
    }
}

#[test]
fn the_evidence_is_what_is_drawn_inside() {
    let file = story();
    let found = patterns(&file, today());
    for (finding, picture) in found.findings.iter().zip(pictures(&file, &found, today())) {
        let Some(Picture::Strip(strip)) = picture else { continue };
        let inside = strip.marks[strip.stretch.clone()].iter().filter(|mark| mark.here).map(|mark| mark.note);
        let outside = strip.marks.iter().enumerate().filter(|(at, mark)| mark.here && !strip.stretch.contains(at));
        assert_eq!(inside.collect::<Vec<_>>(), finding.evidence, "{}", finding.statement.reveal());
        assert!(outside.map(|(_, mark)| mark.note).all(|note| finding.against.contains(&note)));
    }
}

#[test]
fn a_place_that_is_drawn_is_the_one_that_is_said() {
    let file = story();
    let found = patterns(&file, today());
    let shifts = found.findings.iter().zip(pictures(&file, &found, today()));
    let mut seen = 0;
    for (finding, picture) in shifts.filter(|(finding, _)| finding.kind == FindingKind::LevelShift) {
        let Some(Picture::Scores(plot)) = picture else { panic!("a plot") };
        let (from, until) = plot.place.unwrap();
        let session = |at: usize| plot.points[at].moment.number;
        let said = finding.statement.reveal();
        assert!(said.contains(&format!("session {}", session(plot.begins.unwrap()))), "{said}");
        let between = format!("(somewhere between {} and {})", session(from), session(until));
        assert!(from == until || said.contains(&between), "{said}");
        seen += 1;
    }
    assert!(seen > 0);
}

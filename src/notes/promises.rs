//! What reading promises, tried on generated and on awkward notes.

use super::*;
use crate::domain::{Attendance, DatedBy, NoteFormat, RiskLevel, Severity};
use proptest::prelude::*;

fn source(id: NoteId) -> Source<'static> {
    let written = NaiveDate::from_ymd_opt(2026, 3, 10).unwrap_or_default();
    Source { id, class: Class::Record, client: None, file_name: None, written }
}

fn note(text: &str) -> Note {
    read(text.as_bytes(), &source(NoteId::from_bits([1; 8])))
}

fn rules(note: &Note) -> Vec<(&'static str, u32)> {
    note.problems.iter().map(|p| (p.rule, p.place.map_or(0, |place| place.line))).collect()
}

#[test]
fn a_note_of_two_lines_and_prose_is_understood() {
    let note = note(
        "---\ndate: 2026-03-02\nattendance: attended\n---\nSlept badly. #boundaries with @sister.\nphq9:: 11\n\n- [ ] me: ask\n",
    );
    assert!(note.problems.is_empty(), "{:?}", note.problems);
    assert_eq!(note.date.to_string(), "2026-03-02");
    assert_eq!(note.session().and_then(|s| s.attendance), Some(Attendance::Attended));
    assert_eq!(note.scores.iter().map(|s| (s.scale.as_str(), s.value)).collect::<Vec<_>>(), [("phq9", 11.0)]);
    assert_eq!(note.themes.iter().map(|m| m.theme.key()).collect::<Vec<_>>(), ["boundaries"]);
    assert_eq!(note.people.iter().map(|p| p.key()).collect::<Vec<_>>(), ["sister"]);
    assert_eq!(note.tasks.len(), 1);
}

#[test]
fn every_key_of_a_session_is_typed() {
    let note = note(concat!(
        "---\nclient: a7\nkind: session\ndate: 2026-03-02T10:00+01:00\nnumber: 12\nattendance: attended\nduration: 50\n",
        "modality: in-person\nformat: dap\nthemes: {sleep: 4, mother: 2}\ninterventions: [grounding, two-chair]\n",
        "goals: {g1: 6, g2: 3}\nmeasures: {phq9: 11, gad7: 8}\nhomework: [{task: sleep diary, status: partly}]\nrisk: low\n",
        "next: 2026-03-09\nalliance: 7\nrupture: withdrawal\nrepair: full\n---\n## Data\n## Assessment\n## Plan\n",
    ));
    assert!(note.problems.is_empty(), "{:?}", note.problems);
    let session = note.session().unwrap_or_else(|| panic!("a session"));
    assert_eq!((session.number, session.duration, session.format), (Some(12), Some(50), Some(NoteFormat::Dap)));
    assert_eq!(session.risk, Some(RiskLevel::Low));
    assert_eq!(session.goals.len() + session.interventions.len() + session.homework.len(), 5);
    assert_eq!(session.next.map(|d| d.to_string()).as_deref(), Some("2026-03-09"));
    assert_eq!(note.themes[0].intensity, Some(4));
    assert_eq!(note.scores.len(), 2);
    assert!(note.other.is_empty());
}

#[test]
fn each_mistake_is_reported_at_its_line_and_never_in_the_notes_words() {
    for (text, rule, line) in [
        ("---\ndate: 03/02/2026\n---\n", "date-ambiguous", 2),
        ("---\ndate: 2026-13-40\n---\n", "date", 2),
        ("---\ndate: 2026-03-02\nphq9: 99\n---\n", "score-range", 3),
        ("---\ndate: 2026-03-02\nmeasures: {gad7: lots}\n---\n", "score", 3),
        ("---\ndate: 2026-03-02\natendance: attended\n---\n", "key-typo", 3),
        ("---\ndate: 2026-03-02\nattendance: perhaps\n---\n", "key-value", 3),
        ("---\ndate: 2026-03-02\nrisk: low\nrisk: high\n---\n", "duplicate-key", 4),
        ("---\ndate: 2026-03-02\nsecretword: [\n---\n", "front-matter-entry", 3),
        ("---\ndate: 2026-03-02\nthemes:\n\t- secretword\n---\n", "yaml-tab", 4),
        ("---\ndate: 2026-03-02\nfoo: *secretword\n---\n", "front-matter-entry", 3),
        ("---\ndate: 2026-03-02\nattendance: attended\n\nsecretword\n", "front-matter-unclosed", 1),
        ("—\ndate: 2026-03-02\n—\nsecretword\n", "front-matter-rule", 1),
        ("---\ndate: 2026-03-02\nid: secretword\n---\n", "id-differs", 3),
    ] {
        let note = note(text);
        assert!(rules(&note).contains(&(rule, line)), "{text:?} gave {:?}", note.problems);
        for problem in &note.problems {
            let said = format!("{problem:?}");
            assert!(!said.contains("secretword") && !said.contains("99"), "{said}");
        }
        assert!(note.text.reveal() == text, "the text is kept");
        let sure = !matches!(rule, "date" | "date-ambiguous");
        assert!(!sure || note.date.to_string() == "2026-03-02", "what can be read is read: {text:?}");
    }
}

#[test]
fn a_bare_note_is_dated_by_its_name_then_its_heading_then_its_file() {
    let id = NoteId::from_bits([1; 8]);
    let read = |text: &str, name: Option<&str>| {
        let note = read(text.as_bytes(), &Source { file_name: name, ..source(id) });
        (note.date.to_string(), note.dated_by)
    };
    assert_eq!(read("Prose", Some("2025-02-18.md")), ("2025-02-18".to_owned(), DatedBy::FileName));
    assert_eq!(read("# Tuesday 18 February 2025\nProse", Some("x.md")), ("2025-02-18".to_owned(), DatedBy::Heading));
    assert_eq!(read("Prose", None), ("2026-03-10".to_owned(), DatedBy::FileTime));
    assert_eq!(
        read("---\nkind: consent\ngiven_on: 2025-01-07\n---\n", None),
        ("2025-01-07".to_owned(), DatedBy::KindKey)
    );
}

#[test]
fn a_missing_heading_is_information_only() {
    let note = note("---\ndate: 2026-03-02\nformat: soap\n---\nSubjective: tired\n\n## Plan\n");
    assert_eq!(note.problems.iter().map(|p| p.severity).collect::<Vec<_>>(), [Severity::Info]);
}

#[test]
fn a_line_of_ten_megabytes_and_ten_thousand_brackets_are_read_as_text() {
    for text in [
        "x".repeat(10_000_000),
        format!("---\na: {}\n---\nB", "[".repeat(10_000)),
        format!("{}\n", "> ".repeat(10_000)),
    ] {
        assert!(note(&text).text.reveal() == text);
    }
}

proptest! {
    #[test]
    fn reading_never_fails_and_keeps_the_text(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let note = read(&bytes, &source(NoteId::from_bits([3; 8])));
        prop_assert!(note.body_at <= note.text.len());
    }

    #[test]
    fn reading_never_fails_on_what_looks_like_a_note(
        lines in proptest::collection::vec("(---|\\+\\+\\+|[a-z]{1,8}: ?[\\[{\"'&*#:a-z0-9 ,-]{0,12}|- \\[[ xX?-]\\] [a-z:]{0,9}|> \\[![a-z]{0,6}\\]|[#@][a-zé/]{0,5} ::|`{1,3}|\\t[a-zé ]{0,5})", 0..14)
    ) {
        let text = lines.join("\n");
        let note = note(&text);
        prop_assert!(note.text.reveal() == text);
        let _ = note.body();
    }

    #[test]
    fn writing_then_reading_gives_the_same_note(
        body in "[a-zA-Z0-9 #@:\\[\\]\n>!é-]{0,200}",
        bits in any::<[u8; 8]>(),
        rev in 1u64..1_000_000,
        score in 0u32..28,
    ) {
        let id = NoteId::from_bits(bits);
        let text = format!("---\ndate: 2026-03-02\nphq9: {score}\nnote: \"kept: as it is\"\n---\n{body}");
        let before = read(text.as_bytes(), &source(id));
        let sealed = with_identity(&text, &Identity { id, client: None, rev });
        let after = read(sealed.reveal().as_bytes(), &source(id));
        prop_assert_eq!(after.rev, Some(rev));
        prop_assert!(!after.problems.iter().any(|p| p.rule == "id-differs"));
        prop_assert!(after.body() == before.body());
        prop_assert!(after.themes.len() == before.themes.len() && after.scores.len() == before.scores.len());
        prop_assert!(after.other.len() == before.other.len() && after.tasks.len() == before.tasks.len());
    }
}

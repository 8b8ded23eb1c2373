//! What the casebook promises, tried on notes that were really read.

use super::*;
use crate::domain::{Attendance, Owner, ThemeSource};
use crate::notes::{self, Source};
use crate::records::{Due, deadlines};
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(text: &str) -> ClientCode {
    ClientCode::parse(text).unwrap()
}

/// A note of a client with an id of its own.
fn note(number: u8, client: &str, text: &str) -> Arc<Note> {
    let client = code(client);
    let id = NoteId::from_bits([number; 8]);
    let class = if text.contains("kind: process") { Class::Process } else { Class::Record };
    let source = Source { id, class, client: Some(&client), file_name: None, written: day("2026-03-10") };
    Arc::new(notes::read(text.as_bytes(), &source))
}

fn words(number: u8, text: &str) -> Arc<Note> {
    let id = NoteId::from_bits([number; 8]);
    let source = Source { id, class: Class::Practice, client: None, file_name: None, written: day("2026-03-10") };
    Arc::new(notes::read(text.as_bytes(), &source))
}

fn book(read: Vec<Arc<Note>>) -> Casebook {
    Casebook::default().next(Changes { read, ..Changes::default() })
}

fn session(number: u8, client: &str, date: &str, rest: &str) -> Arc<Note> {
    note(number, client, &format!("---\ndate: {date}\nattendance: attended\n{rest}"))
}

#[test]
fn a_changed_note_rebuilds_its_client_and_shares_all_others() {
    let first = book(vec![session(1, "a7", "2026-03-02", "---\n#sleep"), session(2, "b3", "2026-03-02", "---\n")]);
    let next = first.next(Changes { read: vec![session(1, "a7", "2026-03-02", "---\n#work")], ..Changes::default() });
    let same = |code: &ClientCode| Arc::ptr_eq(first.client(code).unwrap(), next.client(code).unwrap());
    assert!(!same(&code("a7")) && same(&code("b3")));
    assert_eq!(next.client(&code("a7")).unwrap().themes[0].theme.key(), "work");
    let gone = next.next(Changes { removed: vec![NoteId::from_bits([2; 8])], ..Changes::default() });
    assert!(gone.client(&code("b3")).is_none() && gone.len() == 1);
}

#[test]
fn a_note_that_moves_to_another_client_leaves_the_first() {
    let first = book(vec![session(1, "a7", "2026-03-02", "---\n"), session(2, "a7", "2026-03-09", "---\n")]);
    let next = first.next(Changes { read: vec![session(1, "b3", "2026-03-02", "---\n")], ..Changes::default() });
    assert_eq!(next.client(&code("a7")).unwrap().notes.len(), 1);
    assert_eq!(next.client(&code("b3")).unwrap().notes.len(), 1);
}

#[test]
fn appointments_are_numbered_by_order_with_missed_ones_counted() {
    let book = book(vec![
        session(3, "a7", "2026-03-16", "number: 12\n---\n"),
        session(1, "a7", "2026-03-02", "---\n"),
        note(2, "a7", "---\ndate: 2026-03-09\nattendance: no-show\n---\n"),
    ]);
    let file = book.client(&code("a7")).unwrap();
    let numbers: Vec<_> = file.appointments.iter().map(|a| (a.number, a.attendance)).collect();
    let attended = Some(Attendance::Attended);
    assert_eq!(numbers, [(1, attended), (2, Some(Attendance::NoShow)), (12, attended)]);
    assert_eq!(file.sessions_held(), 2);
}

#[test]
fn open_items_are_closed_or_dropped_by_a_later_line_of_the_same_text() {
    let book = book(vec![
        session(1, "a7", "2026-03-02", "---\n- [ ] me: ask the clinic\n- [ ] client: diary\n- [ ] later\n"),
        session(2, "a7", "2026-03-09", "---\n- [x] Me:  Ask  the clinic\n- [-] later\n- [ ] client: diary\n"),
    ]);
    let file = book.client(&code("a7")).unwrap();
    let open: Vec<_> = file.open_items.iter().map(|item| (item.owner, item.since)).collect();
    assert_eq!(open, [(Owner::Client, day("2026-03-02"))]);
}

#[test]
fn a_session_after_a_termination_begins_an_episode() {
    let book = book(vec![
        note(1, "a7", "---\nkind: intake\ndate: 2024-03-14\n---\n"),
        session(2, "a7", "2024-04-01", "---\n"),
        note(3, "a7", "---\nkind: termination\ndate: 2024-09-19\nreason: done\n---\n"),
        note(4, "a7", "---\nkind: letter\ndate: 2024-10-01\n---\n"),
        note(5, "a7", "---\nkind: intake\ndate: 2025-10-09\n---\n"),
    ]);
    let file = book.client(&code("a7")).unwrap();
    let episodes: Vec<_> = file.episodes.iter().map(|e| (e.from, e.until)).collect();
    assert_eq!(episodes, [(day("2024-03-14"), Some(day("2024-09-19"))), (day("2025-10-09"), None)]);
    assert!(!file.is_closed(day("2026-03-10")));
}

#[test]
fn scores_out_of_range_stay_out_of_the_series() {
    let book = book(vec![
        session(1, "a7", "2026-03-02", "phq9: 31\n---\n"),
        session(2, "a7", "2026-03-09", "phq9: 11\n---\n"),
    ]);
    let series = &book.client(&code("a7")).unwrap().measures[0];
    assert_eq!(series.readings.iter().map(|r| r.value).collect::<Vec<_>>(), [11.0]);
}

#[test]
fn process_notes_feed_nothing_of_the_chart() {
    let book = book(vec![note(1, "a7", "---\nkind: process\ndate: 2026-03-02\n---\n#sleep\n- [ ] me: x\n")]);
    let file = book.client(&code("a7")).unwrap();
    assert_eq!((file.process.len(), file.notes.len(), file.themes.len(), file.open_items.len()), (1, 0, 0, 0));
}

#[test]
fn word_lists_find_mentions_apart_from_tags_and_never_for_risk() {
    let list = words(9, "---\nkind: words\nwords: {sleep: [slept, 'nightmare*', 'woke up'], risk: [denies]}\n---\n");
    let book = book(vec![
        session(1, "a7", "2026-03-02", "---\nSlept badly.\n"),
        session(2, "a7", "2026-03-09", "---\nNightmares; denies thoughts. #sleep\n"),
        session(3, "a7", "2026-03-16", "---\nOverslept.\n"),
    ]);
    assert!(book.client(&code("a7")).unwrap().themes.len() == 1);
    let next = book.next(Changes { read: vec![list], ..Changes::default() });
    let file = next.client(&code("a7")).unwrap();
    let marks: Vec<_> = file.themes[0].at.iter().map(|mark| (mark.note, mark.source)).collect();
    assert_eq!(marks, [(0, ThemeSource::Mentioned), (1, ThemeSource::Tagged)]);
    assert_eq!(file.themes.len(), 1);
}

#[test]
fn the_next_appointment_is_the_latest_written_one_that_is_not_past() {
    let book = book(vec![
        session(1, "a7", "2026-03-02", "next: 2026-03-09\n---\n"),
        session(2, "a7", "2026-03-09", "next: 2026-03-16T10:00\n---\n"),
    ]);
    let next = book.client(&code("a7")).unwrap().next_session();
    assert_eq!(next.map(|date| date.to_string()).as_deref(), Some("2026-03-16T10:00"));
}

#[test]
fn deadlines_are_met_replaced_or_ended_with_their_episode() {
    let book = book(vec![
        note(1, "a7", "---\nkind: release\nsigned_on: 2024-01-01\nexpires: 2024-12-01\n---\n"),
        note(2, "a7", "---\nkind: termination\ndate: 2024-09-19\nreason: done\n---\n"),
        note(3, "a7", "---\nkind: intake\ndate: 2025-10-09\n---\n"),
        note(4, "a7", "---\nkind: plan\ndate: 2025-10-20\nreview_by: 2026-01-20\n---\n"),
        note(5, "a7", "---\nkind: plan\ndate: 2026-01-22\nreview_by: 2026-04-22\n---\n"),
        note(6, "a7", "---\nkind: recording\ndate: 2026-02-01\ndelete_by: 2026-03-06\n---\n"),
        note(7, "a7", "---\nkind: risk\ndate: 2026-02-01\nreassess_by: 2026-02-08\n---\n"),
        session(8, "a7", "2026-02-08", "risk: none\n---\n"),
    ]);
    let due: Vec<_> = deadlines(book.client(&code("a7")).unwrap()).iter().map(|d| (d.due, d.day)).collect();
    assert_eq!(due, [(Due::RecordingDeletion, day("2026-03-06")), (Due::PlanReview, day("2026-04-22"))]);
}

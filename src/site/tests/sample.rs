//! A small invented practice, built by hand.

use crate::casebook::{Casebook, Changes};
use crate::domain::*;
use crate::site::{About, Edition, Unreadable};
use chrono::{Duration, NaiveDate, NaiveTime};
use std::sync::Arc;

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub(super) fn words(text: &str) -> Confidential {
    Confidential::new(text)
}

pub(super) fn code(text: &str) -> ClientCode {
    ClientCode::parse(text).unwrap()
}

/// A note with nothing in it; ids follow from a number.
pub(super) fn note(number: u64, client: Option<&str>, kind: Kind, day: NaiveDate, body: &str) -> Note {
    Note {
        id: NoteId::from_bits((number.wrapping_mul(0x9E37_79B9_7F4A_7C15)).to_be_bytes()),
        rev: Some(1),
        client: client.map(code),
        class: kind.class(),
        kind,
        date: NoteDate::day(day),
        dated_by: DatedBy::FrontMatter,
        title: None,
        author: None,
        written: None,
        status: Status::Signed,
        signature: None,
        amends: None,
        participants: Vec::new(),
        themes: Vec::new(),
        people: Vec::new(),
        events: Vec::new(),
        scores: Vec::new(),
        tasks: Vec::new(),
        callouts: Vec::new(),
        legal_hold: false,
        imported: None,
        late_save: None,
        details: Details::Nothing,
        other: Vec::new(),
        text: words(body),
        body_at: 0,
        problems: Vec::new(),
    }
}

/// A session that was attended.
pub(super) fn session(number: u64, client: &str, day: NaiveDate, body: &str) -> Note {
    let session = Session { attendance: Some(Attendance::Attended), duration: Some(50), ..Session::default() };
    Note { details: Details::Session(Box::new(session)), ..note(number, Some(client), Kind::Session, day, body) }
}

pub(super) fn session_of(note: &mut Note) -> &mut Session {
    match &mut note.details {
        Details::Session(session) => session,
        _ => panic!("no session"),
    }
}

pub(super) fn theme(name: &str, source: ThemeSource) -> ThemeMark {
    ThemeMark { theme: Theme::new(name).unwrap(), intensity: None, source }
}

fn task(owner: Owner, text: &str) -> Task {
    Task { owner, text: words(text), state: TaskState::Open, place: Place::new(9, 1) }
}

pub(super) fn event_of(written: &str, what: &str) -> Event {
    Event { date: RoughDate::parse(written).unwrap(), written: words(written), what: words(what) }
}

pub(super) fn edition(notes: Vec<Note>, today: NaiveDate) -> Edition {
    let clients = if notes.is_empty() { Vec::new() } else { vec![code("new-one")] };
    let read = notes.into_iter().map(Arc::new).collect::<Vec<_>>();
    let about = About {
        version: "0.1.0",
        vault: "practice".to_owned(),
        opened_at: "17 March 2026, 08:51".to_owned(),
        notes: read.len(),
        demo: false,
    };
    let casebook = Casebook::default().next(Changes { read, removed: Vec::new(), clients });
    Edition {
        casebook: Arc::new(casebook),
        today,
        unreadable: Vec::new(),
        remarks: Vec::new(),
        stale: None,
        as_of: None,
        stamp: 41,
        about,
        seen: Arc::default(),
        news: crate::site::News::default(),
        show_labels: true,
        keys: true,
    }
}

const PROSE: [&str; 6] = [
    "Slept through twice this week. Told her #sister no about the weekend and waited for the sky to fall; it did not. \
     Wants to look at what the old voice says when she rests.",
    "The flat is quiet and she does not trust it yet. Two-chair with the part that keeps the lights on all night. Left \
     with the letter unread, on purpose.",
    "Came in tired and said so. We stayed with #sleep and what the nights are for. @mother rang during the week; she let \
     it ring, then rang back when she had eaten.",
    "Work has been loud. She noticed the #self-criticism before it had finished its first sentence, and laughed.",
    "A short one. She had little to say about the week and more about being here at all.",
    "We went back to the kitchen in the old house. She can stand in the doorway now. #grief, and under it something \
     like relief, which she did not want to call by its name.",
];

/// A small deterministic stand-in for chance.
fn chance(seed: u64) -> f64 {
    let mixed = (seed ^ 0x5bd1_e995).wrapping_mul(0x2545_F491_4F6C_DD1D);
    ((mixed ^ (mixed >> 29)) % 1000) as f64 / 1000.0
}

/// A theme, with how likely it is at a share of the way.
type Likely = (&'static str, fn(f64) -> f64);

const THEMES: [Likely; 6] = [
    ("sleep", |_| 0.55),
    ("self-criticism", |t| 0.75 - 0.6 * t),
    ("mother", |t| if t > 0.55 { 0.6 } else { 0.2 }),
    ("work", |_| 0.4),
    ("boundaries", |t| if t > 0.62 { 0.65 } else { 0.07 }),
    ("grief", |t| if (0.28..0.45).contains(&t) { 0.7 } else { 0.06 }),
];

fn a7_session(number: u64, ordinal: usize, on: NaiveDate) -> Note {
    let share = ordinal as f64 / 51.0;
    let mut note = session(number, "a7", on, PROSE[ordinal % PROSE.len()]);
    note.date.time = NaiveTime::from_hms_opt(10, 0, 0);
    let attendance = match ordinal {
        9 | 31 | 33 => Attendance::NoShow,
        17 => Attendance::CancelledClient,
        40 => Attendance::CancelledCounselor,
        22 => Attendance::Late,
        _ => Attendance::Attended,
    };
    session_of(&mut note).attendance = Some(attendance);
    if !attendance.took_place() {
        note.text = words("");
        return note;
    }
    for (at, (name, likely)) in THEMES.iter().enumerate() {
        let drawn = chance(number * 31 + at as u64 * 977);
        if drawn < likely(share) {
            note.themes.push(theme(name, ThemeSource::Tagged));
        } else if drawn < likely(share) * 1.2 {
            note.themes.push(theme(name, ThemeSource::Mentioned));
        }
    }
    let drop = if on > day(2025, 10, 1) { 7.0 } else { 0.0 };
    let phq = 19.0 - 4.0 * (share * 2.0).min(1.0) - drop + (chance(number * 7) - 0.5) * 4.0;
    note.scores.push(Score { scale: "phq9".to_owned(), value: phq.round().clamp(2.0, 27.0), place: None });
    if ordinal.is_multiple_of(3) {
        let value = (phq * 0.7 + chance(number)).round();
        note.scores.push(Score { scale: "gad7".to_owned(), value, place: None });
    }
    if ordinal % 8 == 2 {
        session_of(&mut note).risk = Some(if ordinal == 18 { RiskLevel::Moderate } else { RiskLevel::Low });
    }
    let tried = if (4..27).contains(&ordinal) { Some("thought record") } else { (ordinal > 29).then_some("two-chair") };
    session_of(&mut note).interventions.extend(tried.map(words));
    session_of(&mut note).goals =
        vec![(words("g1"), (2.0 + share * 6.0).round()), (words("g2"), (3.0 + share * 2.0).round())];
    if ordinal.is_multiple_of(4) {
        note.people.push(Person::new("sister").unwrap());
    }
    note
}

fn a7() -> Vec<Note> {
    let mut notes = Vec::new();
    let (mut on, mut ordinal) = (day(2025, 1, 6), 0);
    while on <= day(2026, 3, 10) {
        if !(day(2025, 7, 20)..day(2025, 8, 28)).contains(&on) {
            ordinal += 1;
            notes.push(a7_session(100 + ordinal as u64, ordinal, on));
        }
        on += Duration::days(7);
    }
    if let Some(first) = notes.first_mut() {
        first.events = vec![event_of("spring 2011", "parents parted"), event_of("age 9", "moved to the coast")];
        first.tasks = vec![task(Owner::Client, "read the letter, or not")];
    }
    notes[15].events = vec![event_of("2025-04-28", "grandmother died")];
    notes[29].events = vec![event_of("2025-09-01", "new job"), event_of("September 2025", "sister came back")];
    notes[47].events = vec![event_of("2026-01-20", "moved out")];
    if let Some(last) = notes.last_mut() {
        last.tasks = vec![task(Owner::Counselor, "ask the clinic about the group"), task(Owner::Client, "sleep diary")];
        let quote = "I said no and nothing fell down. I keep checking the ceiling.";
        let plan = "Back to the letter; ask how the weekend without her was.";
        last.callouts = vec![
            Callout { kind: CalloutKind::Quote, text: words(quote) },
            Callout { kind: CalloutKind::Plan, text: words(plan) },
        ];
        last.text = words(&format!(
            "{}\n\n> [!quote]\n> {quote}\n\nphq9:: 6\n\n> [!plan]\n> {plan}\n\n- [ ] me: ask the clinic about the group\n\
             - [ ] client: sleep diary\n- [x] me: write to the GP\n\n| night | hours |\n|---|---|\n| Mon | 6 |\n| Tue | 7.5 |\n",
            PROSE[0]
        ));
        let next = NoteDate { day: day(2026, 3, 17), time: NaiveTime::from_hms_opt(10, 0, 0), offset: None };
        session_of(last).next = Some(next);
    }
    notes.extend(a7_papers());
    notes
}

fn a7_papers() -> Vec<Note> {
    let profile = ClientProfile {
        opened: Some(NoteDate::day(day(2025, 1, 2))),
        born: Some(RoughDate::Year { year: 1990, unsure: false }),
        label: Some(words("Tuesday, the baker")),
        name: Some(words("SECRET NAME")),
        ..ClientProfile::default()
    };
    let goal = |id: &str, text: &str| Goal {
        id: words(id),
        text: words(text),
        target: None,
        status: Some(GoalStatus::Active),
    };
    let plan = Plan {
        goals: vec![goal("g1", "Sleeps through four nights of seven"), goal("g2", "Says no without a week of dread")],
        review_by: Some(NoteDate::day(day(2026, 3, 2))),
        ..Plan::default()
    };
    let release = Release {
        expires: Some(NoteDate::day(day(2026, 4, 1))),
        recipient: Some(words("Dr Example")),
        ..Release::default()
    };
    vec![
        Note { details: Details::Client(Box::new(profile)), ..note(1, Some("a7"), Kind::Client, day(2025, 1, 2), "") },
        Note { details: Details::Consent(Box::default()), ..note(2, Some("a7"), Kind::Consent, day(2025, 1, 6), "") },
        Note {
            details: Details::Plan(Box::new(plan)),
            ..note(3, Some("a7"), Kind::Plan, day(2025, 2, 3), "Agreed together.")
        },
        Note {
            details: Details::Release(Box::new(release)),
            ..note(4, Some("a7"), Kind::Release, day(2025, 4, 1), "")
        },
        note(5, Some("a7"), Kind::Letter, day(2025, 10, 14), "Dear colleague,\n\nthank you for seeing her."),
        note(6, Some("a7"), Kind::Process, day(2025, 10, 14), "I felt small beside her."),
    ]
}

/// Weekly or fortnightly sessions of a client with little in them.
fn plain_client(base: u64, client: &str, label: &str, from: NaiveDate, every: i64, last: NaiveDate) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut on = from;
    while on <= last {
        let number = base + notes.len() as u64;
        let mut one = session(number, client, on, PROSE[number as usize % PROSE.len()]);
        if chance(number) < 0.1 {
            session_of(&mut one).attendance = Some(Attendance::NoShow);
        }
        if chance(number + 5) < 0.5 {
            one.themes.push(theme(THEMES[number as usize % 6].0, ThemeSource::Tagged));
        }
        let value = (14.0 - notes.len() as f64 / 3.0 + chance(number * 3) * 4.0).round().max(1.0);
        one.scores.push(Score { scale: "gad7".to_owned(), value, place: None });
        notes.push(one);
        on += Duration::days(every);
    }
    let profile = ClientProfile { label: Some(words(label)), ..ClientProfile::default() };
    notes.push(Note {
        details: Details::Client(Box::new(profile)),
        ..note(base - 1, Some(client), Kind::Client, from, "")
    });
    notes
}

fn plans_next(notes: &mut [Note], next: NaiveDate, hour: u32) {
    if let Some(last) = notes.iter_mut().rfind(|note| note.kind == Kind::Session) {
        let next = NoteDate { day: next, time: NaiveTime::from_hms_opt(hour, 0, 0), offset: None };
        session_of(last).next = Some(next);
    }
}

/// The whole practice on 17 March 2026.
pub(super) fn practice() -> Edition {
    let mut notes = a7();
    let mut b3 = plain_client(1000, "b3", "Monday, the violin", day(2025, 9, 1), 7, day(2026, 3, 9));
    plans_next(&mut b3, day(2026, 3, 16), 14);
    let mut c12 = plain_client(2000, "c12", "the pilot", day(2025, 6, 3), 14, day(2026, 3, 10));
    plans_next(&mut c12, day(2026, 3, 17), 9);
    let mut e1 = plain_client(3000, "e1", "Thursday evening", day(2026, 1, 8), 7, day(2026, 3, 12));
    plans_next(&mut e1, day(2026, 3, 19), 18);
    let mut d4 = plain_client(4000, "d4", "came back", day(2024, 2, 1), 7, day(2024, 7, 1));
    let ending = Termination {
        reason: Some(words("a new post in another town")),
        progress: Some(words("Sleeps; the panic has not come back since May. What helped: writing the night down.")),
        ..Termination::default()
    };
    d4.push(Note {
        details: Details::Termination(Box::new(ending)),
        ..note(4990, Some("d4"), Kind::Termination, day(2024, 7, 8), "")
    });
    d4.extend(plain_client(4200, "d4", "came back", day(2025, 11, 3), 7, day(2026, 3, 2)));
    let mut f9 = plain_client(5000, "f9", "autumn group", day(2025, 3, 3), 7, day(2025, 8, 1));
    f9.push(note(5990, Some("f9"), Kind::Termination, day(2025, 8, 8), "Ended as planned."));
    notes.extend(b3.into_iter().chain(c12).chain(e1).chain(d4).chain(f9));
    notes.push(note(6000, None, Kind::Supervision, day(2026, 2, 20), "About endings."));
    let mut edition = edition(notes, day(2026, 3, 17));
    edition.unreadable.push(Unreadable {
        path: "clients/b3/0j3k9x2m7q4d.md.age".to_owned(),
        client: Some(code("b3")),
        why: "it was damaged or cut off after it was sealed".to_owned(),
    });
    edition.remarks.push("1 clear file lies in the vault: seal it with `throughline seal`.".to_owned());
    edition
}

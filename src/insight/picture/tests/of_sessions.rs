//! Kinds that are drawn over sessions, and as shares.

use super::*;
use crate::insight::wording::{day, day_of_year};
use chrono::Datelike;

/// Weekly sessions with themes.
fn themed<'a>(count: u64, themes: impl Fn(u64) -> Vec<&'a str>) -> Arc<CaseFile> {
    file_of((0..count).map(|at| (week(at), Said { themes: themes(at), ..Said::default() })))
}

fn when(here: bool, name: &str) -> Vec<&str> {
    if here { vec![name] } else { Vec::new() }
}

/// With the theme, and all.
type Count = (usize, usize);

fn rate((of, all): Count) -> f64 {
    of as f64 / all as f64
}

fn among(marks: &[Mark]) -> Count {
    (marks.iter().filter(|mark| mark.here).count(), marks.len())
}

/// A strip with the counts of its stretch and of the rest. The notes for the finding are those drawn inside.
#[track_caller]
fn strip(file: &CaseFile, kind: FindingKind) -> (Finding, Strip, Count, Count) {
    strip_of(patterns(file, today()), file, kind)
}

#[track_caller]
fn strip_of(found: Patterns, file: &CaseFile, kind: FindingKind) -> (Finding, Strip, Count, Count) {
    let (finding, picture) = first_of(found, file, kind);
    let Picture::Strip(strip) = picture else { panic!("{picture:?}") };
    let inside = among(&strip.marks[strip.stretch.clone()]);
    let whole = among(&strip.marks);
    let noted = strip.marks[strip.stretch.clone()].iter().filter(|mark| mark.here).map(|mark| mark.note);
    assert_eq!(noted.collect::<Vec<_>>(), finding.evidence);
    let outside = strip.marks.iter().enumerate().filter(|(at, mark)| mark.here && !strip.stretch.contains(at));
    assert!(outside.map(|(_, mark)| mark.note).all(|note| finding.against.contains(&note)));
    (finding, strip, inside, (whole.0 - inside.0, whole.1 - inside.1))
}

#[test]
fn a_theme_that_comes_up_is_drawn_from_its_first_session_on() {
    let file = themed(40, |at| when(at == 3 || (at >= 22 && at % 4 != 3), "grief"));
    let (finding, strip, later, earlier) = strip(&file, FindingKind::ThemeEmerging);
    let words =
        format!("in {} of the last {} sessions, and in {} of the {} before.", later.0, later.1, earlier.0, earlier.1);
    says(&finding, &words);
    assert_eq!(strip.stretch.end, strip.marks.len());
    let begins = strip.marks[strip.stretch.clone()].iter().find(|mark| mark.here).unwrap();
    assert_eq!(finding.at, Some(begins.moment));
    is_effect(&finding, rate(later) - rate(earlier));
}

#[test]
fn a_theme_that_fades_is_drawn_up_to_its_last_session() {
    let file = themed(40, |at| when(at == 33 || (at < 18 && at % 4 != 3), "shame"));
    let (finding, strip, earlier, later) = strip(&file, FindingKind::ThemeFading);
    let words =
        format!("in {} of the first {} sessions, and in {} of the {} since.", earlier.0, earlier.1, later.0, later.1);
    says(&finding, &words);
    assert_eq!(strip.stretch.start, 0);
    let ends = strip.marks[strip.stretch.clone()].iter().rfind(|mark| mark.here).unwrap();
    assert_eq!(finding.at, Some(ends.moment));
    is_effect(&finding, rate(later) - rate(earlier));
}

#[test]
fn a_theme_of_one_stretch_is_drawn_between_its_sessions() {
    let file = themed(60, |at| when(at == 5 || at == 50 || ((24..33).contains(&at) && at != 27), "letter"));
    let (finding, strip, inside, outside) = strip(&file, FindingKind::ThemeBurst);
    let ends = [strip.stretch.start, strip.stretch.end - 1].map(|at| strip.marks[at].moment);
    let words = format!(
        "between sessions {} and {}: in {} of those {}, and in {} of the other {}.",
        ends[0].number, ends[1].number, inside.0, inside.1, outside.0, outside.1
    );
    says(&finding, &words);
    assert_eq!((finding.at, finding.until), (Some(ends[0]), Some(ends[1])));
    is_effect(&finding, rate(inside) - rate(outside));
}

#[test]
fn a_theme_that_was_mentioned_is_not_drawn_with_the_sessions_in_which_it_was_tagged() {
    // Two parts of a whole are tagged and two others mentioned, these only in sessions that have a tag of the whole too.
    let said = |at: u64| {
        let late = at >= 22;
        let mut themes = when(late || at.is_multiple_of(2), "family/mother");
        themes.extend((at % 9 == 4).then_some("family/sister"));
        let body = if !late || at % 4 == 3 { "A plain week." } else { "Dad rang." };
        Said { themes, body: if at.is_multiple_of(8) && late { "Uncle came." } else { body }, ..Said::default() }
    };
    let lists = "---\nkind: words\nwords: {family/father: [dad], family/uncle: [uncle]}\n---\n";
    let file = file_with(lists, (0..40).map(|at| (week(at), said(at))));
    let mut found = patterns(&file, today());
    found.findings.retain(|finding| finding.subject.reveal() == "family");
    let (finding, strip, later, earlier) = strip_of(found, &file, FindingKind::ThemeEmerging);
    says(&finding, "Family was mentioned");
    let words =
        format!("in {} of the last {} sessions, and in {} of the {} before.", later.0, later.1, earlier.0, earlier.1);
    says(&finding, &words);
    assert_eq!(among(&strip.marks).0, 13);
}

#[test]
fn words_of_recent_sessions_are_drawn_where_they_stand() {
    let said = |at: u64| Said {
        body: if at == 4 || (at >= 26 && at % 5 != 1) { "The harbour again." } else { "A plain week." },
        ..Said::default()
    };
    let file = file_of((0..40).map(|at| (week(at), said(at))));
    let (finding, strip, recent, earlier) = strip(&file, FindingKind::KeywordShift);
    let words =
        format!("in {} of the last {} sessions, and in {} of the {} before.", recent.0, recent.1, earlier.0, earlier.1);
    says(&finding, &words);
    assert_eq!(finding.at, Some(strip.marks[strip.stretch.start].moment));
    assert_eq!(strip.stretch.end, strip.marks.len());
    assert_eq!(finding.effect.name, "log_odds_z");
    assert!(finding.effect.value > 0.0 && rate(recent) > rate(earlier));
}

#[test]
fn missed_appointments_are_drawn_between_the_first_and_the_last_of_them() {
    let missed = |at: u64| at == 6 || [30, 31, 33, 34].contains(&at);
    let file = file_of((0..50).map(|at| (week(at), Said { missed: missed(at), ..Said::default() })));
    let (finding, strip, inside, outside) = strip(&file, FindingKind::MissedCluster);
    assert!(strip.appointments);
    let ends = [strip.stretch.start, strip.stretch.end - 1].map(|at| strip.marks[at].moment);
    let words = format!(
        "{} of {} appointments between {} and {} were missed; {} of the other {}.",
        inside.0,
        inside.1,
        day(ends[0].day),
        day(ends[1].day),
        outside.0,
        outside.1
    );
    says(&finding, &words);
    assert_eq!((finding.at, finding.until), (Some(ends[0]), Some(ends[1])));
    is_effect(&finding, rate(inside) - rate(outside));
}

#[test]
fn a_season_is_drawn_around_the_day_that_is_said() {
    let first_day = NaiveDate::from_ymd_opt(2021, 1, 4).unwrap();
    let note = |at: u64| {
        let day = first_day + chrono::Days::new(at * 10);
        let here = (day.month() == 10 && day.day() > 5 && day.day() < 28) || at == 60;
        (day, Said { themes: when(here, "father"), ..Said::default() })
    };
    let (finding, picture) = first(&file_of((0..146).map(note)), FindingKind::Anniversary);
    let Picture::Seasons(seasons) = picture else { panic!("{picture:?}") };
    let apart = |mark: &Mark| {
        let days = (f64::from(mark.moment.day.ordinal()) - f64::from(seasons.middle)).abs();
        days.min(365.25 - days)
    };
    let (near, far): (Vec<Mark>, Vec<Mark>) =
        seasons.marks.iter().partition(|mark| apart(mark) <= f64::from(seasons.near));
    let (inside, outside) = (among(&near), among(&far));
    let years: std::collections::BTreeSet<i32> =
        near.iter().filter(|mark| mark.here).map(|mark| mark.moment.day.year()).collect();
    let words = format!(
        "around {} in {} different years: in {} of {} sessions within {} days of it, and in {} of the other {}.",
        day_of_year(seasons.middle),
        years.len(),
        inside.0,
        inside.1,
        seasons.near,
        outside.0,
        outside.1
    );
    says(&finding, &words);
    assert_eq!(finding.evidence, near.iter().filter(|mark| mark.here).map(|mark| mark.note).collect::<Vec<_>>());
    let turns = seasons.marks.iter().filter(|mark| mark.here);
    let angles: Vec<f64> =
        turns.map(|mark| f64::from(mark.moment.day.ordinal0()) / 365.25 * std::f64::consts::TAU).collect();
    let sums = angles.iter().fold((0.0, 0.0), |(x, y), angle| (x + angle.cos(), y + angle.sin()));
    is_effect(&finding, f64::hypot(sums.0, sums.1) / angles.len() as f64);
}

/// Log odds ratio of two shares, a half added to each count.
fn log_odds(shares: &Shares) -> f64 {
    let odds = |portion: Portion| (portion.of as f64 + 0.5) / ((portion.all - portion.of) as f64 + 0.5);
    (odds(shares.with) / odds(shares.without)).ln()
}

#[test]
fn two_themes_are_drawn_with_the_rarer_of_them_and_without_it() {
    // The rarer one is the second by name in one history and the first in the other.
    for (rarer, usual) in [("shame", "drink"), ("drink", "shame")] {
        let both = |at: u64| at.is_multiple_of(5) && at != 15;
        let themes = |at: u64| {
            let mut themes = when(both(at) || at == 15 || at == 22, rarer);
            themes.extend((both(at) || at % 7 == 3).then_some(usual));
            themes
        };
        let (finding, picture) = first(&themed(60, themes), FindingKind::ThemePair);
        let Picture::Shares(shares) = picture else { panic!("{picture:?}") };
        assert_eq!((shares.theme.reveal(), shares.other.as_ref().map(|other| other.reveal())), (rarer, Some(usual)));
        says(&finding, &format!("together in {} of the {} sessions with {rarer}.", shares.with.of, shares.with.all));
        let without: Vec<u64> = (0..60).filter(|at| !themes(*at).contains(&rarer)).collect();
        let of = without.iter().filter(|at| themes(**at).contains(&usual)).count();
        assert_eq!(shares.without, Portion { of, all: without.len() });
        is_effect(&finding, log_odds(&shares));
    }
}

#[test]
fn appointments_after_a_theme_are_drawn_as_they_are_counted() {
    let missed = |at: u64| at == 20 || (at % 6 == 4 && at != 16);
    let said =
        |at: u64| Said { missed: missed(at), themes: when(at % 6 == 3 && !missed(at), "father"), ..Said::default() };
    let file = file_of((0..60).map(|at| (week(at), said(at))));
    let found = patterns(&file, today());
    let told = |level: Level| found.told_up_to(level).any(|finding| finding.kind == FindingKind::MissedAfter);
    assert_eq!((told(Level::Clear), told(Level::Weak)), (false, true), "it never stands out, however rare by chance");
    let (finding, picture) = first_of(found, &file, FindingKind::MissedAfter);
    assert_eq!(finding.level, Level::Clear);
    let Picture::Shares(shares) = picture else { panic!("{picture:?}") };
    assert_eq!((shares.theme.reveal(), shares.other.is_none()), ("father", true));
    let Shares { with, without, .. } = &shares;
    let words = format!(
        "{} of {} appointments after sessions about father were missed; {} of {} otherwise.",
        with.of, with.all, without.of, without.all
    );
    says(&finding, &words);
    is_effect(&finding, log_odds(&shares));
}

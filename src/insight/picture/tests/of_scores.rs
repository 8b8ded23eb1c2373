//! Kinds that are drawn over scores.

use super::*;
use crate::insight::wording::{counted, day, higher_or_lower, number, points};

/// Weekly sessions with a score each, and with a little unrest where `unrest` says so.
fn scored(levels: impl Iterator<Item = i32>, unrest: bool) -> Arc<CaseFile> {
    let wave = |at: usize| if unrest { [0, 1, -1, 0, 2, -2, 1][at % 7] } else { 0 };
    let said = |(at, level): (usize, i32)| Said { phq9: Some(level + wave(at)), ..Said::default() };
    file_of(levels.enumerate().map(|note| (week(note.0 as u64), said(note))))
}

fn level(at: usize, change: usize, before: i32, after: i32) -> i32 {
    if at < change { before } else { after }
}

#[track_caller]
fn plot(file: &CaseFile, kind: FindingKind) -> (Finding, ScorePlot) {
    let (finding, picture) = first(file, kind);
    let Picture::Scores(plot) = picture else { panic!("{picture:?}") };
    (finding, plot)
}

fn mean(points: &[ScoreMark]) -> f64 {
    points.iter().map(|point| point.value).sum::<f64>() / points.len() as f64
}

/// Two levels, each the mean of the scores it lies over, the second from the one the sentence places.
#[track_caller]
fn two_levels(plot: &ScorePlot) -> (usize, f64, f64) {
    let [before, after] = plot.lines.as_slice() else { panic!("{:?}", plot.lines) };
    assert_eq!((before.from, before.until + 1, after.until + 1), (0, after.from, plot.points.len()));
    let means = (mean(&plot.points[..after.from]), mean(&plot.points[after.from..]));
    for (line, mean) in [(before, means.0), (after, means.1)] {
        assert!((line.start - mean).abs() < 1e-9 && (line.end - mean).abs() < 1e-9, "{line:?} {mean}");
    }
    (after.from, means.0, means.1)
}

#[test]
fn a_reliable_change_names_its_first_and_last_score() {
    let file = scored((0..28).map(|at| level(at, 12, 17, 7)), true);
    let (finding, plot) = plot(&file, FindingKind::ReliableChange);
    let last = plot.points.len() - 1;
    assert_eq!(plot.named, [0, last]);
    let [from, to] = [plot.points[0], plot.points[last]];
    let told = |mark: ScoreMark| format!("{} ({})", number(mark.value), day(mark.moment.day));
    says(&finding, &format!("went from {} to {}:", told(from), told(to)));
    assert_eq!(finding.at, Some(to.moment));
    let mut latest: Vec<f64> = plot.points[last - 2..].iter().map(|point| point.value).collect();
    latest.sort_by(f64::total_cmp);
    is_effect(&finding, latest[1] - mean(&plot.points[..2]));
}

#[test]
fn a_sudden_change_names_the_two_scores_it_lies_between() {
    for (kind, before, after) in [(FindingKind::SuddenGain, 17, 7), (FindingKind::SuddenLoss, 7, 17)] {
        let (finding, plot) = plot(&scored((0..28).map(|at| level(at, 12, before, after)), true), kind);
        let [from, to] = plot.named[..] else { panic!("{:?}", plot.named) };
        assert_eq!((from, to), (11, 12));
        let [from, to] = [plot.points[from], plot.points[to]];
        let moved = to.value - from.value;
        says(&finding, &format!("{} between {} and {}", points(moved), day(from.moment.day), day(to.moment.day)));
        assert_eq!(finding.at, Some(to.moment));
        is_effect(&finding, moved);
    }
}

#[test]
fn a_change_of_level_lies_where_it_is_said_to_lie() {
    for unrest in [false, true] {
        let waves = |at: usize| if unrest && (10..14).contains(&at) { 12 } else { level(at, 12, 17, 7) };
        let (finding, plot) = plot(&scored((0..28).map(waves), true), FindingKind::LevelShift);
        let (at, before, after) = two_levels(&plot);
        assert_eq!(plot.begins, Some(at));
        let session = |at: usize| plot.points[at].moment.number;
        let (from, until) = plot.place.unwrap();
        assert!(from <= at && at <= until);
        let place = format!(" (somewhere between {} and {})", session(from), session(until));
        let place = if from == until { String::new() } else { place };
        let scores = plot.points.len() - at;
        let (number, counted) = (number, counted(scores, "score"));
        let words = format!(
            "{} level from about session {}{place}: {} on average in {counted}, {} in the {at} before.",
            higher_or_lower(after - before),
            session(at),
            number(after),
            number(before),
        );
        says(&finding, &words);
        assert_eq!(finding.at, Some(plot.points[at].moment));
        is_effect(&finding, after - before);
    }
}

#[test]
fn a_trend_has_the_slope_that_is_said() {
    let (finding, plot) = plot(&scored((0..24).map(|at| 23 - at * 3 / 4), true), FindingKind::ScoreTrend);
    let [line] = plot.lines[..] else { panic!("{:?}", plot.lines) };
    let last = plot.points.len() - 1;
    assert_eq!((line.from, line.until), (0, last));
    let days = (plot.points[last].moment.day - plot.points[0].moment.day).num_days() as f64;
    let month = (line.end - line.start) / days * 30.0;
    says(&finding, &format!("about {} a month", points(month)));
    says(&finding, &format!("in {}.", counted(plot.points.len(), "score")));
    assert_eq!(finding.at, None);
    is_effect(&finding, month);
    // As many scores above the line as below it.
    let height = |at: usize| line.start + (plot.points[at].moment.day - week(0)).num_days() as f64 / 30.0 * month;
    let above = (0..=last).filter(|at| plot.points[*at].value > height(*at) + 1e-9).count();
    let below = (0..=last).filter(|at| plot.points[*at].value < height(*at) - 1e-9).count();
    assert!(above.abs_diff(below) <= 1, "{above} {below}");
}

const STAYING: [i32; 18] = [22, 22, 21, 19, 17, 14, 13, 13, 12, 13, 13, 12, 13, 13, 12, 13, 13, 12];

#[track_caller]
fn stays_as_said(file: &CaseFile) {
    let (finding, plot) = plot(file, FindingKind::Plateau);
    let [line] = plot.lines[..] else { panic!("{:?}", plot.lines) };
    assert_eq!(line.until + 1, plot.points.len());
    let stretch = &plot.points[line.from..];
    says(&finding, &format!("stayed around {} since session {}", number(line.end), stretch[0].moment.number));
    says(&finding, &format!("({})", counted(stretch.len(), "score")));
    assert_eq!((finding.at, finding.until), (Some(stretch[0].moment), stretch.last().map(|last| last.moment)));
    assert!((line.start - line.end).abs() < 1e-9);
    is_effect(&finding, line.end);
}

#[test]
fn a_plateau_begins_where_it_is_said_to_begin() {
    stays_as_said(&scored(STAYING.into_iter(), false));
}

/// Something tried from the session after `before` weeks on; `silent` sessions from there have no score.
fn tried(before: u64, silent: u64) -> Arc<CaseFile> {
    let said = |at: u64| {
        let score = level(at as usize, before as usize, 17, 8) + [0, 1, -1, 0, 2, -2, 1][(at % 7) as usize];
        let phq9 = (!(before..before + silent).contains(&at)).then_some(score);
        Said { phq9, tried: (at >= before).then_some("two-chair"), ..Said::default() }
    };
    file_of((0..30).map(|at| (week(at), said(at))))
}

#[test]
fn something_tried_begins_in_its_own_session_also_when_that_has_no_score() {
    for silent in [0, 2] {
        let (finding, plot) = plot(&tried(14, silent), FindingKind::PhaseEffect);
        let began = plot.began.unwrap();
        assert_eq!((finding.at, began.number, began.day), (plot.began, 15, week(14)));
        says(&finding, &format!("began (session {})", began.number));
        let (at, before, after) = two_levels(&plot);
        says(&finding, &format!("were {} than before", higher_or_lower(after - before)));
        says(&finding, &format!("({} before, {} since)", counted(at, "score"), plot.points.len() - at));
        let (earlier, later) = plot.points.split_at(at);
        let pairs = earlier.iter().flat_map(|one| later.iter().map(move |other| (one.value, other.value)));
        let lower: f64 = pairs.map(|(one, other)| if one > other { 1.0 } else { f64::from(one == other) / 2.0 }).sum();
        let share = lower / (earlier.len() * later.len()) as f64;
        says(&finding, &format!("in {} % of pairs", number((share * 100.0).round())));
        is_effect(&finding, share);
    }
}

#[test]
fn scores_of_the_day_on_which_something_began_are_split_as_the_sentence_counts_them() {
    // Two sessions on the day on which it begins, in the second of them: the first score of the day is of before.
    let mut notes: Vec<(NaiveDate, Said<'_>)> = Vec::new();
    for at in 0..26u64 {
        let score = level(at as usize, 13, 17, 8) + [0, 1, -1, 0, 2, -2, 1][(at % 7) as usize];
        let day = week(if at >= 13 { at - 1 } else { at });
        notes.push((day, Said { phq9: Some(score), tried: (at >= 13).then_some("two-chair"), ..Said::default() }));
    }
    assert_eq!(notes[12].0, notes[13].0);
    let (finding, plot) = plot(&file_of(notes), FindingKind::PhaseEffect);
    let (at, ..) = two_levels(&plot);
    assert_eq!((at, plot.began.map(|began| began.number)), (13, Some(14)));
    says(&finding, &format!("({} before, {} since)", counted(at, "score"), plot.points.len() - at));
}

#[test]
fn of_two_scores_of_one_day_the_one_that_is_meant_is_drawn() {
    // A questionnaire of the same day comes after the session's own score, and the change lies between the two.
    let mut notes: Vec<(NaiveDate, Said<'_>)> = Vec::new();
    for at in 0..28u64 {
        let wave = [0, 1, -1, 0, 2, -2, 1][(at % 7) as usize];
        let said = |score: i32, measure| Said { phq9: Some(score), measure, ..Said::default() };
        notes.push((week(at), said(level(at as usize, 13, 17, 7) + wave, false)));
        if at == 12 {
            notes.push((week(at), said(7, true)));
        }
    }
    let file = file_of(notes);
    let (finding, plot) = plot(&file, FindingKind::SuddenGain);
    let [from, to] = plot.named[..] else { panic!("{:?}", plot.named) };
    assert_eq!((plot.points[12].moment, plot.points[13].moment), (plot.points[to].moment, plot.points[to].moment));
    assert_eq!((from, to), (12, 13));
    is_effect(&finding, plot.points[to].value - plot.points[from].value);

    // The plateau begins with the second score of its day.
    let mut staying: Vec<(NaiveDate, Said<'_>)> = Vec::new();
    for (at, score) in STAYING.into_iter().enumerate() {
        let with = Said { phq9: Some(score), measure: at == 7, ..Said::default() };
        staying.push((week(if at >= 7 { at - 1 } else { at } as u64), with));
    }
    stays_as_said(&file_of(staying));
}

#[test]
fn scores_beside_a_theme_differ_as_much_as_is_said() {
    let said = |at: u64| {
        let with = at % 3 == 1 || at == 12;
        let score = [10, 12, 11, 9, 13, 10, 11][(at % 7) as usize] + if with { 6 } else { 0 };
        Said { phq9: Some(score), themes: if with { vec!["father"] } else { Vec::new() }, ..Said::default() }
    };
    let (finding, picture) = first(&file_of((0..40).map(|at| (week(at), said(at)))), FindingKind::ThemeScore);
    let Picture::Beside(beside) = picture else { panic!("{picture:?}") };
    assert!(
        (mean(&beside.with) - beside.means.0).abs() < 1e-9 && (mean(&beside.without) - beside.means.1).abs() < 1e-9
    );
    let difference = beside.means.0 - beside.means.1;
    let words = format!(
        "{} was about {} {} in sessions with father ({}) than in neighbouring sessions without ({}).",
        beside.scale.name,
        points(difference),
        higher_or_lower(difference),
        beside.with.len(),
        beside.without.len()
    );
    says(&finding, &words);
    assert!(beside.with.iter().all(|mark| mark.moment.number % 3 == 2 || mark.moment.number == 13));
    is_effect(&finding, difference);
}

//! Pictures over scores: levels, slopes, single steps, and scores beside a theme.

use super::{Beside, Line, ScoreMark, ScorePlot};
use crate::insight::finding::{Finding, FindingKind};
use crate::insight::history::{History, Point, ScoreCourse};
use crate::insight::theil_sen::{self, median};
use crate::insight::{level_shift, step, theme_score};
use std::sync::Arc;

/// Scores of the finding's scale, with what its sentence says about them.
pub(super) fn plot(history: &History<'_>, finding: &Finding) -> Option<ScorePlot> {
    let id = match finding.kind {
        FindingKind::PhaseEffect => finding.object.as_ref()?,
        _ => &finding.subject,
    };
    let scores = history.measures.iter().find(|scores| scores.scale.id == id.reveal())?;
    let empty = ScorePlot {
        scale: Arc::clone(&scores.scale),
        points: scores.points.iter().map(mark).collect(),
        lines: Vec::new(),
        named: Vec::new(),
        place: None,
        begins: None,
    };
    match finding.kind {
        FindingKind::LevelShift => level(scores, finding, empty),
        FindingKind::ScoreTrend => trend(scores, empty),
        FindingKind::Plateau => plateau(scores, finding, empty),
        FindingKind::PhaseEffect => phases(scores, finding, empty),
        FindingKind::SuddenGain | FindingKind::SuddenLoss => sudden(scores, finding, empty),
        _ => Some(ScorePlot { named: vec![0, scores.points.len().checked_sub(1)?], ..empty }),
    }
}

fn mark(point: &Point) -> ScoreMark {
    ScoreMark { note: point.note, moment: point.moment, value: point.value }
}

/// The first score at the place of a finding.
fn place_of(scores: &ScoreCourse, finding: &Finding) -> Option<usize> {
    let at = finding.at?;
    scores.points.iter().position(|point| point.moment == at)
}

/// Two levels from a split.
fn levels(values: &[f64], at: usize) -> Option<Vec<Line>> {
    let last = values.len().checked_sub(1)?;
    if at == 0 || at > last {
        return None;
    }
    let step = step::at(values, at);
    let level = |from, until, height| Line { from, until, start: height, end: height };
    Some(vec![level(0, at - 1, step.before), level(at, last, step.after)])
}

fn level(scores: &ScoreCourse, finding: &Finding, plot: ScorePlot) -> Option<ScorePlot> {
    let values = scores.values();
    let at = finding.at?;
    // Of several scores of one session the one from which the levels differ as much as the sentence says.
    let mut places = (0..values.len()).filter(|place| scores.points[*place].moment == at);
    let (at, lines) = places.find_map(|place| {
        let lines = levels(&values, place)?;
        let difference = lines.last()?.end - lines.first()?.end;
        ((difference - finding.effect.value).abs() < 1e-9).then_some((place, lines))
    })?;
    let place = step::interval(&values, &step::at(&values, at), level_shift::SIDE);
    Some(ScorePlot { lines, place: Some(place), begins: Some(at), ..plot })
}

fn phases(scores: &ScoreCourse, finding: &Finding, plot: ScorePlot) -> Option<ScorePlot> {
    let began = finding.at?;
    let at = scores.points.iter().position(|point| point.moment.day >= began.day)?;
    Some(ScorePlot { lines: levels(&scores.values(), at)?, begins: Some(at), ..plot })
}

/// The slope of the sentence, laid through the middle of what it leaves.
fn trend(scores: &ScoreCourse, plot: ScorePlot) -> Option<ScorePlot> {
    let (values, days) = (scores.values(), scores.days());
    let slope = theil_sen::slope(&days, &values);
    let left: Vec<f64> = values.iter().zip(&days).map(|(value, day)| value - slope * day).collect();
    let height = median(&left)?;
    let until = values.len().checked_sub(1)?;
    let line = Line { from: 0, until, start: height, end: height + slope * days.get(until)? };
    Some(ScorePlot { lines: vec![line], ..plot })
}

fn plateau(scores: &ScoreCourse, finding: &Finding, plot: ScorePlot) -> Option<ScorePlot> {
    let from = place_of(scores, finding)?;
    let until = scores.points.len().checked_sub(1)?;
    let height = finding.effect.value;
    Some(ScorePlot { lines: vec![Line { from, until, start: height, end: height }], ..plot })
}

fn sudden(scores: &ScoreCourse, finding: &Finding, plot: ScorePlot) -> Option<ScorePlot> {
    let after = place_of(scores, finding)?;
    Some(ScorePlot { named: vec![after.checked_sub(1)?, after], ..plot })
}

/// Scores of sessions with the finding's theme, and of those without, less the mean of their block.
pub(super) fn beside(history: &History<'_>, finding: &Finding) -> Option<Beside> {
    let scale = finding.object.as_ref()?.reveal();
    let scores = history.measures.iter().find(|scores| scores.scale.id == scale)?;
    let (points, centred) = theme_score::from_neighbours(scores);
    let key = finding.subject.reveal();
    let sizes = |with: &[bool]| {
        let means = [true, false].map(|wanted| mean(centred.iter().zip(with).filter(|(_, w)| **w == wanted)));
        means[0] - means[1]
    };
    // Tagged and mentioned themes of one name are two findings; the size of the difference says which this is.
    let found = history.themes().filter(|(theme, _)| theme.key == key).find_map(|(theme, _)| {
        let noted = |point: &Point| point.session.and_then(|at| theme.present.get(at).copied()).unwrap_or(false);
        let with: Vec<bool> = points.iter().map(noted).collect();
        ((sizes(&with) - finding.effect.value).abs() < 1e-9).then_some(with)
    })?;
    let marks = |wanted: bool| -> Vec<ScoreMark> {
        let chosen = points.iter().zip(&centred).zip(&found).filter(|(_, with)| **with == wanted);
        chosen.map(|((point, value), _)| ScoreMark { value: *value, ..mark(point) }).collect()
    };
    let average = |marks: &[ScoreMark]| marks.iter().map(|mark| mark.value).sum::<f64>() / marks.len().max(1) as f64;
    let (with, without) = (marks(true), marks(false));
    let means = (average(&with), average(&without));
    Some(Beside { with, without, means })
}

fn mean<'a>(chosen: impl Iterator<Item = (&'a f64, &'a bool)>) -> f64 {
    let (sum, count) = chosen.fold((0.0, 0.0), |(sum, count), (value, _)| (sum + value, count + 1.0));
    sum / f64::max(count, 1.0)
}

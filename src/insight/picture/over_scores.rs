//! Pictures over scores: levels, slopes, single steps, and scores beside a theme.

use super::{Beside, Line, ScoreMark, ScorePlot};
use crate::insight::finding::{Finding, FindingKind};
use crate::insight::history::{History, Point, ScoreCourse};
use crate::insight::theme_score::Aligned;
use crate::insight::{level_shift, phase_effect, score_trend, step};
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
        began: None,
    };
    match finding.kind {
        FindingKind::LevelShift => level(scores, finding, empty),
        FindingKind::ScoreTrend => trend(scores, finding, empty),
        FindingKind::Plateau => plateau(scores, finding, empty),
        FindingKind::PhaseEffect => phases(history, scores, finding, empty),
        FindingKind::SuddenGain | FindingKind::SuddenLoss => sudden(scores, finding, empty),
        _ => Some(ScorePlot { named: vec![0, scores.points.len().checked_sub(1)?], ..empty }),
    }
}

fn mark(point: &Point) -> ScoreMark {
    ScoreMark { note: point.note, moment: point.moment, value: point.value }
}

/// Of the scores at the place of a finding the first that fits its size: one day and session may have several.
fn place_of(scores: &ScoreCourse, finding: &Finding, fits: impl Fn(usize) -> bool) -> Option<usize> {
    let at = finding.at?;
    (0..scores.points.len()).find(|place| scores.points[*place].moment == at && fits(*place))
}

fn is_size(finding: &Finding, drawn: f64) -> bool {
    (drawn - finding.effect.value).abs() < 1e-9
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
    let difference = |at: usize| {
        let step = step::at(&values, at);
        step.after - step.before
    };
    let at = place_of(scores, finding, |at| at > 0 && is_size(finding, difference(at)))?;
    let place = step::interval(&values, &step::at(&values, at), level_shift::SIDE);
    Some(ScorePlot { lines: levels(&values, at)?, place: Some(place), begins: Some(at), ..plot })
}

/// Scores before and from the session on in which it began, split as the finder splits them.
fn phases(history: &History<'_>, scores: &ScoreCourse, finding: &Finding, plot: ScorePlot) -> Option<ScorePlot> {
    let began = finding.at?;
    let start = history.sessions.iter().position(|sitting| sitting.moment == began)?;
    let at = phase_effect::scores_before(history, scores, start);
    Some(ScorePlot { lines: levels(&scores.values(), at)?, began: Some(began), ..plot })
}

/// The slope of the sentence, laid through the middle of what it leaves.
fn trend(scores: &ScoreCourse, finding: &Finding, plot: ScorePlot) -> Option<ScorePlot> {
    let slope = finding.effect.value / score_trend::MONTH;
    let (_, height) = score_trend::left_by(scores, slope);
    let until = scores.points.len().checked_sub(1)?;
    let line = Line { from: 0, until, start: height, end: height + slope * scores.days().get(until)? };
    Some(ScorePlot { lines: vec![line], ..plot })
}

fn plateau(scores: &ScoreCourse, finding: &Finding, plot: ScorePlot) -> Option<ScorePlot> {
    let count = scores.points.len();
    let from = place_of(scores, finding, |from| count - from == finding.n)?;
    let until = count.checked_sub(1)?;
    let height = finding.effect.value;
    Some(ScorePlot { lines: vec![Line { from, until, start: height, end: height }], ..plot })
}

fn sudden(scores: &ScoreCourse, finding: &Finding, plot: ScorePlot) -> Option<ScorePlot> {
    let moved = |at: usize| at > 0 && is_size(finding, scores.points[at].value - scores.points[at - 1].value);
    let after = place_of(scores, finding, moved)?;
    Some(ScorePlot { named: vec![after - 1, after], ..plot })
}

/// Scores of sessions with the finding's theme, and of those without, less the mean of their block.
pub(super) fn beside(history: &History<'_>, finding: &Finding) -> Option<Beside> {
    let scale = finding.object.as_ref()?.reveal();
    let scores = history.measures.iter().find(|scores| scores.scale.id == scale)?;
    let aligned = Aligned::of(scores);
    let with = aligned.noted(super::over_sessions::course(history, finding)?);
    let marks = |wanted: bool| -> Vec<ScoreMark> {
        let chosen = aligned.points.iter().zip(&aligned.centred).zip(&with).filter(|(_, with)| **with == wanted);
        chosen.map(|((point, value), _)| ScoreMark { value: *value, ..mark(point) }).collect()
    };
    let means = (aligned.mean(&with, true), aligned.mean(&with, false));
    Some(Beside { scale: Arc::clone(&scores.scale), with: marks(true), without: marks(false), means })
}

//! Where findings that stand out have their place: marks that lead to the patterns page.
//!
//! In goes what was seen in a file; out come marks in a lane of their own, and for each scale the places at which its
//! level changes or something that was tried began. They are the numbers of the sentences: nothing is looked for here.

use super::bars::{Rows, text_width};
use super::{Axis, RIGHT, Stack, WIDTH, tenth};
use crate::casebook::CaseFile;
use crate::insight::{Finding, FindingKind, Level, Picture, ScorePlot, Seen};
use crate::site::shown::Shown;
use crate::site::view::patterns::{Names, Told};
use crate::site::wording;
use chrono::NaiveDate;
use serde::Serialize;

/// Most rows of marks; what finds none stands on the patterns page only.
const ROWS: usize = 3;
/// Height of a row.
const ROW: f64 = 13.0;

/// Where a finding begins, and the stretch it spans.
#[derive(Serialize)]
pub(crate) struct PlaceMark {
    x: f64,
    y: f64,
    /// Nothing for a finding without an end.
    width: f64,
    href: String,
    title: Shown,
}

/// A change of level, or the beginning of something tried, in the lane of a scale.
#[derive(Serialize)]
pub(crate) struct ScorePlace {
    x: f64,
    /// Left edge and width of where the change may lie; no width for what has a day of its own.
    from: f64,
    width: f64,
    label: Option<Shown>,
    label_x: f64,
    anchor: &'static str,
    href: String,
    title: Shown,
}

/// What stands out in a file, with its address.
pub(super) struct Standing<'a> {
    seen: &'a Seen,
    told: Told<'a>,
}

impl<'a> Standing<'a> {
    pub(super) fn new(file: &'a CaseFile, seen: &'a Seen) -> Self {
        Self { seen, told: Told::of(&file.code, &Names::of(file), seen) }
    }

    fn href(&self, at: usize) -> String {
        self.told.address(at)
    }

    /// The lane of marks.
    pub(super) fn marks(&self, axis: &Axis, stack: &mut Stack) -> Vec<PlaceMark> {
        let mut rows = Rows::new(ROWS);
        let top = stack.y + 2.0;
        let mut placed: Vec<(usize, &Finding)> = self.seen.found.told_as(Level::Clear).collect();
        placed.retain(|(_, finding)| finding.at.is_some_and(|at| axis.holds(at.day)));
        placed.sort_by_key(|(_, finding)| finding.at.map(|at| at.day));
        let mut marks = Vec::new();
        for (at, finding) in placed {
            let Some(from) = finding.at.map(|at| axis.x(at.day)) else { continue };
            let until = finding.until.map_or(from, |until| axis.x(until.day.min(axis.until)));
            let Some(row) = rows.place(from - 5.0, until + 5.0) else { continue };
            marks.push(PlaceMark {
                x: from,
                y: tenth(top + row as f64 * ROW),
                width: tenth(until - from),
                href: self.href(at),
                title: Shown::new(finding.statement.reveal()),
            });
        }
        if rows.len() > 0 {
            stack.lane("Stands out", None, 12.0, 0.0);
            stack.y = top + rows.len() as f64 * ROW + 6.0;
        }
        marks
    }

    /// Changes of level and beginnings in the lane of a scale.
    pub(super) fn in_scores(&self, scale: &str, axis: &Axis) -> Vec<ScorePlace> {
        let all = self.seen.found.told_as(Level::Clear);
        let found = all.filter_map(|(at, finding)| {
            let Some(Some(Picture::Scores(plot))) = self.seen.pictures.get(at) else { return None };
            if plot.scale.id != scale {
                return None;
            }
            match finding.kind {
                FindingKind::LevelShift => self.level(at, finding, plot, axis),
                FindingKind::PhaseEffect => self.beginning(at, finding, axis),
                _ => None,
            }
        });
        found.collect()
    }

    fn level(&self, at: usize, finding: &Finding, plot: &ScorePlot, axis: &Axis) -> Option<ScorePlace> {
        let day = |place: usize| plot.points.get(place).map(|point| point.moment.day).filter(|day| axis.holds(*day));
        let begins = plot.begins?;
        let (from, until) = plot.place?;
        let (from, until) = (day(from).unwrap_or(axis.from), day(until).unwrap_or(axis.until));
        let words = if finding.effect.value > 0.0 { "higher" } else { "lower" };
        let number = plot.points.get(begins)?.moment.number;
        let label = format!("{words} from about session {number}");
        let place = placed(day(begins)?, axis, &label);
        Some(ScorePlace {
            from: tenth(axis.x(from) - 2.0),
            width: tenth(axis.x(until) - axis.x(from) + 4.0),
            href: self.href(at),
            title: Shown::new(finding.statement.reveal()),
            label: Some(Shown::new(&label)),
            ..place
        })
    }

    fn beginning(&self, at: usize, finding: &Finding, axis: &Axis) -> Option<ScorePlace> {
        let day = finding.at?.day;
        let title = format!("{} began {}", finding.subject.reveal(), wording::short_day(day));
        let place = axis.holds(day).then(|| placed(day, axis, ""))?;
        Some(ScorePlace { href: self.href(at), title: Shown::new(&title), ..place })
    }
}

/// A line on a day, with room for a label at its right, else at its left.
fn placed(day: NaiveDate, axis: &Axis, label: &str) -> ScorePlace {
    let x = axis.x(day);
    let fits = x + 6.0 + text_width(label) < WIDTH - RIGHT;
    ScorePlace {
        x,
        from: x,
        width: 0.0,
        label: None,
        label_x: tenth(if fits { x + 6.0 } else { x - 6.0 }),
        anchor: if fits { "start" } else { "end" },
        href: String::new(),
        title: Shown::new(""),
    }
}

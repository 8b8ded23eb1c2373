//! Risk as recorded, and the papers: consents, releases, letters and what else is not a session.

use super::{Axis, Stack, tenth, titled};
use crate::casebook::CaseFile;
use crate::domain::{Kind, RiskLevel};
use crate::site::wording;
use serde::Serialize;

/// Height of the lane of risk.
const RISK: f64 = 14.0;

/// Risk on one day.
#[derive(Serialize)]
pub(crate) struct RiskMark {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    level: &'static str,
    href: String,
    title: String,
}

/// A paper on one day.
#[derive(Serialize)]
pub(crate) struct PaperMark {
    x: f64,
    y: f64,
    /// `consent` for consents and releases, `turn` for beginnings, plans and endings, `paper` for the rest.
    look: &'static str,
    href: String,
    title: String,
}

impl PaperMark {
    /// Which sign it is drawn as.
    pub(super) fn look(&self) -> &'static str {
        self.look
    }
}

/// Risk entries as bars: their height is the level, so that nothing rests on colour.
pub(super) fn risk_marks(file: &CaseFile, axis: &Axis, stack: &mut Stack, mark: f64) -> Vec<RiskMark> {
    if !file.risk.iter().any(|entry| axis.holds(entry.day)) {
        return Vec::new();
    }
    let top = stack.lane("Risk recorded", None, RISK, 9.0);
    let width = tenth((mark * 0.6).clamp(1.2, 5.0));
    let shown = file.risk.iter().filter(|entry| axis.holds(entry.day));
    shown
        .filter_map(|entry| {
            let (name, href) = titled(file, entry.note)?;
            let height = match entry.level {
                RiskLevel::None => 2.0,
                RiskLevel::Low => 5.0,
                RiskLevel::Moderate => 9.5,
                RiskLevel::High => RISK,
                RiskLevel::NotAssessed => 4.0,
            };
            Some(RiskMark {
                x: tenth(axis.x(entry.day) - width / 2.0),
                y: tenth(top + RISK - height),
                width,
                height,
                level: entry.level.word(),
                href,
                title: format!("Risk {} · {name}", wording::risk(entry.level)),
            })
        })
        .collect()
}

/// Everything of the record that is neither a session nor the client sheet.
pub(super) fn paper_marks(file: &CaseFile, axis: &Axis, stack: &mut Stack) -> Vec<PaperMark> {
    let shown: Vec<(usize, &'static str)> = file
        .notes
        .iter()
        .enumerate()
        .filter(|(_, note)| axis.holds(note.date.day))
        .filter_map(|(at, note)| look(&note.kind).map(|look| (at, look)))
        .collect();
    if shown.is_empty() {
        return Vec::new();
    }
    let top = stack.lane("Papers", None, 12.0, 8.0);
    let marks = shown.into_iter().filter_map(|(at, look)| {
        let (title, href) = titled(file, at)?;
        Some(PaperMark { x: axis.x(file.notes.get(at)?.date.day), y: top, look, href, title })
    });
    marks.collect()
}

fn look(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Client | Kind::Session | Kind::Measure | Kind::Risk => None,
        Kind::Consent | Kind::Release => Some("consent"),
        Kind::Intake | Kind::Plan | Kind::Termination => Some("turn"),
        _ => Some("paper"),
    }
}

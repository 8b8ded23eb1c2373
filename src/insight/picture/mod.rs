//! What a finding looks like: the numbers its sentence was made of, laid out for a small drawing.
//!
//! In go a client's file and its findings; out comes for each what there is to draw: marks in order, levels, a line, the
//! stretch that stands against the rest. Where scores are split, and what slopes, means and shares come to, is computed by
//! the finder's own functions. Coordinates, colours and words are not its business, and a finding whose numbers cannot be
//! laid out has no picture.

mod over_scores;
mod over_sessions;
mod shares;
#[cfg(test)]
pub(super) mod tests;

use super::finding::{Finding, FindingKind, Moment, Patterns};
use super::history::History;
use super::recent_words;
use crate::casebook::{CaseFile, Episode};
use crate::domain::{Confidential, NoteId, Scale};
use chrono::NaiveDate;
use std::ops::Range;
use std::sync::Arc;

/// A session or an appointment, with or without what the finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Its note.
    pub note: NoteId,
    /// Its number and day.
    pub moment: Moment,
    /// Whether the theme was noted, the word stands there, or the appointment was missed.
    pub here: bool,
}

/// One score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoreMark {
    /// Its note.
    pub note: NoteId,
    /// The session it belongs to or follows, and its own day.
    pub moment: Moment,
    /// In points of the scale.
    pub value: f64,
}

/// Marks in order, of which one stretch is set against the rest.
#[derive(Debug, PartialEq, Eq)]
pub struct Strip {
    /// Oldest first.
    pub marks: Vec<Mark>,
    /// The stretch the sentence speaks of.
    pub stretch: Range<usize>,
    /// Whether appointments are drawn, missed ones too, and not only sessions that took place.
    pub appointments: bool,
}

impl Strip {
    /// How many have it inside the stretch, and how many of the others.
    pub fn shares(&self) -> (Portion, Portion) {
        let among = |marks: &[Mark]| (marks.iter().filter(|mark| mark.here).count(), marks.len());
        let whole = among(&self.marks);
        let (of, all) = among(self.marks.get(self.stretch.clone()).unwrap_or_default());
        (Portion { of, all }, Portion { of: whole.0 - of, all: whole.1 - all })
    }
}

/// A straight line over scores, from one of them to another, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// First score.
    pub from: usize,
    /// Last score.
    pub until: usize,
    /// Height at the first.
    pub start: f64,
    /// Height at the last.
    pub end: f64,
}

/// Scores, with what the sentence says about them.
#[derive(Debug)]
pub struct ScorePlot {
    /// Which scale.
    pub scale: Arc<Scale>,
    /// Oldest first.
    pub points: Vec<ScoreMark>,
    /// Levels, or the slope.
    pub lines: Vec<Line>,
    /// Scores that the sentence names.
    pub named: Vec<usize>,
    /// Where the change may lie: the first score after it, at the earliest and at the latest.
    pub place: Option<(usize, usize)>,
    /// The first score of the later level, where a change of level is what was found.
    pub begins: Option<usize>,
    /// The session in which something that was tried began; it may have no score of its own.
    pub began: Option<Moment>,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Portion {
    /// That have it.
    pub of: usize,
    /// That were looked at.
    pub all: usize,
}

/// Two shares side by side.
#[derive(Debug, PartialEq, Eq)]
pub struct Shares {
    /// The theme that the sessions have or lack, as it is written: of two themes the rarer one.
    pub theme: Confidential,
    /// The other theme, where there are two.
    pub other: Option<Confidential>,
    /// In sessions with the theme, or after them.
    pub with: Portion,
    /// In the others.
    pub without: Portion,
}

/// Scores of sessions with a theme beside those without, each as its distance from the mean of its neighbours.
#[derive(Debug)]
pub struct Beside {
    /// Which scale.
    pub scale: Arc<Scale>,
    /// Sessions with the theme.
    pub with: Vec<ScoreMark>,
    /// Sessions without.
    pub without: Vec<ScoreMark>,
    /// The mean of each.
    pub means: (f64, f64),
}

/// Sessions by day of the year, around one day of it.
#[derive(Debug)]
pub struct Seasons {
    /// Oldest first.
    pub marks: Vec<Mark>,
    /// The middle, as a day of the year from 1.
    pub middle: u32,
    /// Days to either side that count as near.
    pub near: u32,
}

/// What there is to draw.
#[derive(Debug)]
pub enum Picture {
    /// Sessions with and without.
    Strip(Strip),
    /// Scores with levels or a line.
    Scores(ScorePlot),
    /// Two shares.
    Shares(Shares),
    /// Scores with and without a theme.
    Beside(Beside),
    /// The year, one row each.
    Seasons(Seasons),
}

/// One picture a finding, in their order.
pub(super) fn pictures(file: &CaseFile, patterns: &Patterns, today: NaiveDate) -> Vec<Option<Picture>> {
    let mut histories: Vec<(Episode, History<'_>)> = Vec::new();
    let of = |finding: &Finding| {
        let episode = *episode_of(file, finding)?;
        let at = match histories.iter().position(|(known, _)| *known == episode) {
            Some(at) => at,
            None => {
                histories.push((episode, History::of(file, &episode, today)));
                histories.len() - 1
            }
        };
        picture(&histories.get(at)?.1, finding)
    };
    patterns.findings.iter().map(of).collect()
}

/// The episode whose notes a finding rests on: findings never run across two.
fn episode_of<'a>(file: &'a CaseFile, finding: &Finding) -> Option<&'a Episode> {
    let first = finding.evidence.first()?;
    let at = file.notes.iter().position(|note| note.id == *first)?;
    file.episodes.iter().find(|episode| (episode.first..=episode.last).contains(&at))
}

fn picture(history: &History<'_>, finding: &Finding) -> Option<Picture> {
    match finding.kind {
        FindingKind::ReliableChange
        | FindingKind::SuddenGain
        | FindingKind::SuddenLoss
        | FindingKind::LevelShift
        | FindingKind::ScoreTrend
        | FindingKind::Plateau
        | FindingKind::PhaseEffect => over_scores::plot(history, finding).map(Picture::Scores),
        FindingKind::ThemeEmerging | FindingKind::ThemeFading | FindingKind::ThemeBurst => {
            over_sessions::theme(history, finding).map(Picture::Strip)
        }
        FindingKind::KeywordShift => {
            over_sessions::words(history, recent_words::table(history), finding).map(Picture::Strip)
        }
        FindingKind::MissedCluster => over_sessions::missed(history, finding).map(Picture::Strip),
        FindingKind::Anniversary => over_sessions::seasons(history, finding).map(Picture::Seasons),
        FindingKind::ThemeScore => over_scores::beside(history, finding).map(Picture::Beside),
        FindingKind::ThemePair => shares::together(history, finding).map(Picture::Shares),
        FindingKind::MissedAfter => shares::missed_after(history, finding).map(Picture::Shares),
    }
}

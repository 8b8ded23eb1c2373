//! How findings are computed, in a sentence or two for each kind, and the least data each asks for.
//!
//! In goes a kind; out come fixed words. They stand behind a fold beside each finding and together on the page about
//! the program, so that nobody has to read code to know what a number rests on.

use crate::insight::FindingKind;
use serde::Serialize;

/// What is said about a kind.
#[derive(Serialize)]
pub(crate) struct Method {
    /// What it is called.
    pub(crate) name: &'static str,
    /// How it is computed.
    pub(crate) how: &'static str,
    /// The least data.
    pub(crate) least: &'static str,
}

/// All kinds in the order of the page, those that share a method once.
pub(crate) fn methods() -> Vec<Method> {
    let shared = [FindingKind::SuddenLoss, FindingKind::ThemeFading];
    FindingKind::ALL.iter().filter(|kind| !shared.contains(kind)).map(|kind| method(*kind)).collect()
}

/// One kind.
pub(crate) fn method(kind: FindingKind) -> Method {
    let (name, how, least) = match kind {
        FindingKind::ReliableChange => (
            "Reliable change",
            "A rule, not a test (Jacobson and Truax 1991, confirmed): the last score lies further from the first than the \
             scale’s measurement error usually explains, and so do the middle of the last three and the mean of the first two.",
            "4 scores",
        ),
        FindingKind::SuddenGain | FindingKind::SuddenLoss => (
            "Sudden rise or drop in score",
            "The criteria of Tang and DeRubeis (1999), which alone are often met by chance. So the change must also last, \
             outweigh the usual ups and downs, fit better than a straight line, and be rare in simulated scores of this unrest.",
            "5 scores, 2 on each side",
        ),
        FindingKind::LevelShift => (
            "Change of level",
            "Every place is tried at which the scores could split into two levels; the best split is held against the best \
             splits of simulated scores whose neighbours are as alike. The place is given with its likely range.",
            "8 scores",
        ),
        FindingKind::ScoreTrend => (
            "Trend",
            "Whether later scores tend to be higher or lower (Mann and Kendall), with neighbours that are alike taken into \
             account; the slope is the middle of the slopes between any two scores (Theil and Sen), on their real dates.",
            "8 scores",
        ),
        FindingKind::Plateau => (
            "Scores that stay where they are",
            "A rule, not a test: after an earlier change the scores stay together for eight scores and six weeks, still on \
             the clinical side of the usual cutoff.",
            "12 scores",
        ),
        FindingKind::ThemeEmerging | FindingKind::ThemeFading => (
            "A theme that comes up or fades",
            "Every place is tried at which the sessions could be cut into a part with the theme more often and a part with it \
             less often. Chance is counted out, with themes that linger from one session to the next taken into account.",
            "10 sessions, 4 with the theme and 4 without",
        ),
        FindingKind::ThemeBurst => (
            "A theme of one stretch",
            "Every stretch of sessions is tried that the theme may fill; chance is simulated with as many sessions that \
             have it and as much lingering.",
            "10 sessions, 4 with the theme and 4 without",
        ),
        FindingKind::MissedCluster => (
            "Missed appointments close together",
            "Every stretch of appointments is tried; chance is simulated with as many missed ones. What the service cancelled \
             or moved is left out. No reason is known or looked for.",
            "12 appointments, 3 missed",
        ),
        FindingKind::Anniversary => (
            "The same time of year",
            "How closely the days with the theme stand together in the year, among the client’s own session days. From two \
             years on it is counted; only from three on it is tested.",
            "500 days, 20 sessions, 4 with the theme",
        ),
        FindingKind::ThemeScore => (
            "A score beside a theme",
            "Scores of sessions with the theme are compared with those of neighbouring sessions without it, within blocks of \
             about ten; chance is simulated by dealing the sessions with the theme anew within each block.",
            "12 scored sessions, 4 with the theme and 4 without",
        ),
        FindingKind::MissedAfter => (
            "Missed after a theme",
            "Fisher’s exact test: how many appointments were missed directly after sessions with the theme, and after others. \
             It never stands out on these pages: a missed session has no meaning by itself.",
            "15 appointments, 4 missed",
        ),
        FindingKind::KeywordShift => (
            "Words of recent sessions",
            "In how many of the last third of the sessions a word stands, against those before (exact). Names and words of \
             tags are left out; words that always stand together are one.",
            "12 sessions",
        ),
        FindingKind::ThemePair => (
            "Themes together",
            "An exact test of how often two themes fall into one session, within blocks of about fourteen sessions, so that \
             themes which were frequent at the same time do not count as a pair.",
            "12 sessions, 5 with each theme",
        ),
        FindingKind::PhaseEffect => (
            "Scores before and after something was tried",
            "In how many pairs of an earlier and a later score the later one lies to one side, held against simulated scores. \
             It cannot tell what made the difference.",
            "5 scores on each side",
        ),
    };
    Method { name, how, least }
}

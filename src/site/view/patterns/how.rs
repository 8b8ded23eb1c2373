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

/// Every method under the first of the kinds that share it, in the order of the page.
const METHODS: [(FindingKind, Method); 14] = [
    (
        FindingKind::ReliableChange,
        Method {
            name: "Reliable change",
            how: "A rule, not a test (Jacobson and Truax 1991, confirmed): the last score lies further from the first than the \
             scale’s measurement error usually explains, and so do the middle of the last three and the mean of the first two. \
             From eight scores on, all of them together must also show a tendency or a step.",
            least: "4 scores",
        },
    ),
    (
        FindingKind::SuddenGain,
        Method {
            name: "Sudden rise or drop in score",
            how: "The criteria of Tang and DeRubeis (1999), which alone are often met by chance. So the change must also last, \
             outweigh the usual ups and downs, fit better than a straight line, and be rare in simulated scores of this unrest.",
            least: "5 scores, 2 on each side",
        },
    ),
    (
        FindingKind::LevelShift,
        Method {
            name: "Change of level",
            how: "Every place is tried at which the scores could split into two levels; the best split is held against the best \
             splits of simulated scores whose neighbours are as alike. The place is given with its likely range.",
            least: "8 scores",
        },
    ),
    (
        FindingKind::ScoreTrend,
        Method {
            name: "Trend",
            how: "Whether later scores tend to be higher or lower (Mann and Kendall), with neighbours that are alike taken into \
             account; the slope is the middle of the slopes between any two scores (Theil and Sen), on their real dates.",
            least: "8 scores",
        },
    ),
    (
        FindingKind::Plateau,
        Method {
            name: "Scores that stay where they are",
            how: "A rule, not a test: after an earlier change the scores stay together for eight scores and six weeks, still on \
             the clinical side of the usual cutoff.",
            least: "12 scores",
        },
    ),
    (
        FindingKind::ThemeEmerging,
        Method {
            name: "A theme that comes up or fades",
            how: "Every place is tried at which the sessions could be cut into a part with the theme more often and a part with it \
             less often. Chance is counted out, with themes that linger from one session to the next taken into account.",
            least: "10 sessions, 4 with the theme and 4 without",
        },
    ),
    (
        FindingKind::ThemeBurst,
        Method {
            name: "A theme of one stretch",
            how: "Every stretch of sessions is tried that the theme may fill, and the evidence of all of them is averaged; chance \
             is simulated with as many sessions that have it and as much lingering.",
            least: "10 sessions, 4 with the theme and 4 without",
        },
    ),
    (
        FindingKind::MissedCluster,
        Method {
            name: "Missed appointments close together",
            how: "Every stretch of appointments is tried; chance is simulated with as many missed ones. What the service cancelled \
             or moved is left out. No reason is known or looked for.",
            least: "12 appointments, 3 missed",
        },
    ),
    (
        FindingKind::Anniversary,
        Method {
            name: "The same time of year",
            how: "How closely the days with the theme stand together in the year, among the client’s own session days. From two \
             years on it is counted; only from three on it is tested.",
            least: "500 days, 20 sessions, 4 with the theme",
        },
    ),
    (
        FindingKind::ThemeScore,
        Method {
            name: "A score beside a theme",
            how: "Scores of sessions with the theme are compared with those of neighbouring sessions without it, within blocks of \
             about ten (Student’s t), after what a score carries over from the one before has been taken out of both.",
            least: "12 scored sessions, 4 with the theme and 4 without",
        },
    ),
    (
        FindingKind::MissedAfter,
        Method {
            name: "Missed after a theme",
            how: "Fisher’s exact test: how many appointments were missed directly after sessions with the theme, and after others. \
             It never stands out on these pages: a missed session has no meaning by itself.",
            least: "15 appointments, 4 missed",
        },
    ),
    (
        FindingKind::KeywordShift,
        Method {
            name: "Words of recent sessions",
            how: "In how many of the last third of the sessions a word stands, against those before (exact). Names and words of \
             tags are left out; words that always stand together are one.",
            least: "12 sessions",
        },
    ),
    (
        FindingKind::ThemePair,
        Method {
            name: "Themes together",
            how: "An exact test of how often two themes fall into one session, within blocks of about fourteen sessions, so that \
             themes which were frequent at the same time do not count as a pair.",
            least: "12 sessions, 5 with each theme",
        },
    ),
    (
        FindingKind::PhaseEffect,
        Method {
            name: "Scores before and after something was tried",
            how: "In how many pairs of an earlier and a later score the later one lies to one side, held against simulated scores. \
             It cannot tell what made the difference.",
            least: "5 scores on each side",
        },
    ),
];

/// All methods.
pub(crate) fn methods() -> Vec<Method> {
    METHODS.map(|(_, method)| method).into()
}

/// The method of one kind.
pub(crate) fn method(kind: FindingKind) -> Method {
    let first = match kind {
        FindingKind::SuddenLoss => FindingKind::SuddenGain,
        FindingKind::ThemeFading => FindingKind::ThemeEmerging,
        kind => kind,
    };
    let found = METHODS.into_iter().find(|(kind, _)| *kind == first);
    found.map_or(Method { name: kind.word(), how: "", least: "" }, |(_, method)| method)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_says_how_it_is_computed() {
        for kind in FindingKind::ALL {
            assert!(!method(*kind).how.is_empty(), "{}", kind.word());
        }
    }
}

//! Themes beside themes: those that tend to be noted in the same session.
//!
//! Tagged themes only. A theme and its own part (`family` and `family/mother`) are one thing, not a pair.

use super::candidate::{Candidate, Found, Shown};
use super::finding::{Effect, FindingKind, Level};
use super::history::{History, ThemeCourse};
use super::presence::Need;
use super::theme_pair::{Pair, theme_pair};
use super::wording::capital;

/// Looks at each pair of themes.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    for (at, one) in history.tagged.iter().enumerate() {
        for other in history.tagged.iter().skip(at + 1).filter(|other| !is_part(one, other) && !is_part(other, one)) {
            match theme_pair(&one.present, &other.present) {
                Ok(looked) => {
                    let shown = looked.found.map(|pair| shown(history, one, other, &pair));
                    found.candidates.push(Candidate::test(FindingKind::ThemePair, looked.tested, shown));
                }
                Err(lack) if lack.need == Need::Sessions => {
                    let statement = format!("Themes of one session: {} sessions, {} are needed", lack.have, lack.asked);
                    found.lacks(FindingKind::ThemePair, "themes", lack.have, statement);
                    return;
                }
                Err(_) => {}
            }
        }
    }
}

fn is_part(whole: &ThemeCourse, part: &ThemeCourse) -> bool {
    part.key.strip_prefix(&whole.key).is_some_and(|rest| rest.starts_with('/'))
}

fn shown(history: &History<'_>, one: &ThemeCourse, other: &ThemeCourse, pair: &Pair) -> Shown {
    let rarer = if pair.first_is_rarer { one } else { other };
    let statement = format!(
        "{} and {} tend to be noted in the same session: together in {} of the {} sessions with {}.",
        capital(&one.shown),
        other.shown,
        pair.together.of,
        pair.together.all,
        rarer.shown,
    );
    let notes = |which: &[usize]| which.iter().filter_map(|at| Some(history.sessions.get(*at)?.note.id)).collect();
    Shown {
        subject: one.key.clone(),
        object: Some(other.key.clone()),
        words: Vec::new(),
        direction: None,
        at: None,
        until: None,
        effect: Effect { name: "log_odds", value: pair.log_odds, interval: None },
        n: one.present.len(),
        statement,
        caveat: None,
        evidence: notes(&pair.cited.fitting),
        against: notes(&pair.cited.unfitting),
        at_most: Level::Clear,
        few: false,
        mentioned: false,
    }
}

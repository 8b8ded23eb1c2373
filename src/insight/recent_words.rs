//! Words of recent sessions against earlier ones, with their sentences. Names and words of tags are left out: they have
//! findings of their own.

use super::candidate::{Candidate, Found, Shown};
use super::finding::{Course, Effect, FindingKind, Level};
use super::history::History;
use super::keyword_shift::{Shift, keyword_shift};
use super::words::WordTable;
use crate::domain::{Confidential, NoteId};
use std::collections::BTreeSet;

/// Words of a group that are named in its sentence.
const NAMED: usize = 3;

/// Looks at the words of all sessions that took place.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    let table = table(history);
    match keyword_shift(table) {
        Ok(groups) => {
            for looked in groups {
                let shown = looked.found.map(|shift| shown(history, table, &shift));
                found.candidates.push(Candidate::test(FindingKind::KeywordShift, looked.tested, shown));
            }
        }
        Err(lack) => {
            let statement = format!("Words of recent sessions: {} sessions, {} are needed", lack.have, lack.asked);
            found.lacks(FindingKind::KeywordShift, "words", lack.have, statement);
        }
    }
}

/// The words of all sessions that took place, as the test counts them.
pub(super) fn table<'h>(history: &'h History<'_>) -> &'h WordTable {
    let bodies = || history.sessions.iter().map(|sitting| sitting.note.body());
    history.words.get_or_init(|| WordTable::of(bodies(), &left_out(history)))
}

/// In which sessions a word stands. `None` for a word that is in no session.
pub(super) fn stands_in(table: &WordTable, word: &str) -> Option<Vec<bool>> {
    let at = table.lines.binary_search_by(|line| line.word.reveal().cmp(word)).ok()?;
    Some(table.lines.get(at)?.times.iter().map(|times| *times > 0).collect())
}

/// Parts of theme names and of people's names.
fn left_out(history: &History<'_>) -> BTreeSet<String> {
    let themes = history.themes().map(|(theme, _)| theme.key.as_str());
    let people = history.file.people.iter().map(|line| line.person.key());
    let label = history.file.label().map(str::to_lowercase);
    let names = themes.chain(people).chain(label.as_deref());
    names.flat_map(|name| name.split(|c: char| !c.is_alphanumeric() && c != '\'')).map(str::to_owned).collect()
}

fn shown(history: &History<'_>, table: &WordTable, shift: &Shift) -> Shown {
    let words: Vec<&str> = shift.words.iter().filter_map(|at| Some(table.lines.get(*at)?.word.reveal())).collect();
    let named: Vec<String> = words.iter().take(NAMED).map(|word| format!("“{word}”")).collect();
    let (noun, verb) = if words.len() == 1 { ("word", "stands") } else { ("words", "stand") };
    let statement = format!(
        "The {noun} {} {verb} in {} of the last {} sessions, and in {} of the {} before.",
        named.join(", "),
        shift.recent.of,
        shift.recent.all,
        shift.earlier.of,
        shift.earlier.all,
    );
    let notes = |which: &[usize]| -> Vec<NoteId> {
        which.iter().filter_map(|at| Some(history.sessions.get(*at)?.note.id)).collect()
    };
    Shown {
        subject: words.first().copied().unwrap_or_default().to_owned(),
        object: None,
        words: words.iter().map(|word| Confidential::new(*word)).collect(),
        direction: Some(Course::Recent),
        at: history.sessions.get(shift.place).map(|sitting| sitting.moment),
        until: None,
        effect: Effect { name: "log_odds_z", value: shift.log_odds, interval: None },
        n: table.lengths.len(),
        statement,
        caveat: None,
        evidence: notes(&shift.cited.fitting),
        against: notes(&shift.cited.unfitting),
        at_most: Level::Clear,
        few: false,
        mentioned: false,
    }
}

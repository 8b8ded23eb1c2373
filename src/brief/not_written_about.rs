//! What used to be written about and is not lately: people, themes, homework. Counted, without a test of chance.
//!
//! The rules, within the present episode and its sessions that took place: a theme counts when it was tagged in at least
//! four sessions and in half of those up to its last one; a person when noted in at least three; either is named once
//! absent from the last five sessions and from a sixth of all. That something is not written does not mean that it was
//! not spoken of.

use super::homework::carried;
use super::promised::LATELY;
use super::{Item, Sight};
use crate::domain::{ThemeSource, wording};

const THEME_SESSIONS: usize = 4;
const PERSON_SESSIONS: usize = 3;
const ABSENT: usize = 5;

/// What is absent, most written about first; homework last.
pub(super) fn not_written_about(sight: &Sight<'_>) -> Vec<Item> {
    let mut found: Vec<(usize, Item)> = Vec::new();
    for line in &sight.file.themes {
        let tagged = line.at.iter().filter(|mark| mark.source == ThemeSource::Tagged).map(|mark| mark.note);
        // A word list that found it since is enough for it to have been written about.
        let absence = absence(sight, tagged, line.at.iter().map(|mark| mark.note));
        let core = absence.filter(|a| a.noted >= THEME_SESSIONS && a.noted * 2 >= a.before);
        found.extend(core.and_then(|a| Some((a.noted, item(sight, &format!("#{}", line.theme.shown()), &a)?))));
    }
    for line in &sight.file.people {
        let absence = absence(sight, line.notes.iter().copied(), line.notes.iter().copied());
        let known = absence.filter(|a| a.noted >= PERSON_SESSIONS);
        found.extend(known.and_then(|a| Some((a.noted, item(sight, &format!("@{}", line.person.shown()), &a)?))));
    }
    found.sort_by_key(|(noted, _)| std::cmp::Reverse(*noted));
    let homework = carried(sight).into_iter().filter_map(|homework| {
        let since = sight.held_after(homework.at);
        let status = homework.status.unwrap_or_else(|| "no status".to_owned());
        let text = format!("homework: {} ({status}), in none of the {since} sessions since", homework.task);
        (since > LATELY).then(|| Item::of(homework.note, text))
    });
    found.into_iter().map(|(_, item)| item).chain(homework).collect()
}

/// A subject that was there and is not lately, in numbers of sessions.
struct Absence {
    noted: usize,
    before: usize,
    since: usize,
    last: usize,
}

fn absence(
    sight: &Sight<'_>,
    counted: impl Iterator<Item = usize>,
    written: impl Iterator<Item = usize>,
) -> Option<Absence> {
    let place = |note: usize| sight.held.binary_search_by_key(&note, |appointment| appointment.note).ok();
    let noted = counted.filter_map(place).count();
    let at = written.filter_map(place).max()?;
    let since = sight.held.len() - at - 1;
    let long = since >= ABSENT && since * 6 >= sight.held.len();
    long.then(|| Absence { noted, before: at + 1, since, last: sight.held[at].note })
}

fn item(sight: &Sight<'_>, name: &str, absence: &Absence) -> Option<Item> {
    let note = sight.note(absence.last)?;
    let (noted, before) = (absence.noted, wording::count(absence.before, "session"));
    let text = format!("{name}: in {noted} of the first {before}, in none of the {} since", absence.since);
    Some(Item::of(note, text))
}

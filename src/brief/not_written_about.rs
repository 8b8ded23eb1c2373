//! What used to be written about and is not lately: themes and people, as the findings count them, and homework.
//!
//! Goals, promises and risk have sections of their own. That something is not written does not mean that it was not
//! spoken of.

use super::homework::carried;
use super::promised::LATELY;
use super::{Item, Sight};
use crate::domain::wording;
use crate::insight::{Subject, silences};

/// What is absent, the longest known first; homework last.
pub(super) fn not_written_about(sight: &Sight<'_>) -> Vec<Item> {
    let named = silences(sight.file, sight.today);
    let mut named: Vec<_> =
        named.into_iter().filter(|(subject, _)| matches!(subject, Subject::Theme | Subject::Person)).collect();
    named.sort_by_key(|(_, seen)| std::cmp::Reverse(seen.evidence.len()));
    let items = named.into_iter().filter_map(|(_, seen)| {
        let last = *seen.evidence.last()?;
        let note = sight.newest_first().map(|(_, note)| note).find(|note| note.id == last)?;
        Some(Item::of(note, seen.statement.reveal()))
    });
    let homework = carried(sight).into_iter().filter_map(|homework| {
        let since = sight.held_after(homework.at);
        let status = homework.status.unwrap_or_else(|| "no status".to_owned());
        let sessions = wording::count(since, "session");
        let text = format!("homework: {} ({status}), in none of the {sessions} since", homework.task);
        (since > LATELY).then(|| Item::of(homework.note, text))
    });
    items.chain(homework).collect()
}

//! What is promised and open: lines with a box, follow-ups of sessions, homework.

use super::homework::carried;
use super::prose::one_line;
use super::{Item, Sight};
use crate::domain::{Owner, wording};

/// Homework not written about for more sessions than this stands with what is not written about.
pub(super) const LATELY: usize = 3;

/// Mine, the client's, and nobody's by name; newest first. When nothing at all is open, that is said among mine.
pub(super) fn promised(sight: &Sight<'_>) -> (Vec<Item>, Vec<Item>, Vec<Item>) {
    let mut mine = open(sight, Owner::Counselor);
    mine.extend(follow_ups(sight));
    mine.sort_by_key(|item| std::cmp::Reverse(item.source.map(|(_, day)| day)));
    let mut theirs = open(sight, Owner::Client);
    theirs.extend(homework(sight));
    let nobodys = open(sight, Owner::Unsaid);
    if mine.is_empty() && theirs.is_empty() && nobodys.is_empty() {
        mine.push(Item::unwritten("Nothing promised is open, by me or by the client."));
    }
    (mine, theirs, nobodys)
}

fn open(sight: &Sight<'_>, owner: Owner) -> Vec<Item> {
    let items = sight.file.open_items.iter().rev().filter(|item| item.owner == owner && item.since <= sight.today);
    items
        .filter_map(|item| {
            let text = one_line(item.task(&sight.file.notes)?.text.reveal());
            Some(Item::of(sight.note(item.note)?, text))
        })
        .collect()
}

/// Follow-ups that no later session says are done.
fn follow_ups(sight: &Sight<'_>) -> Vec<Item> {
    let mut open: Vec<(String, Item)> = Vec::new();
    for (at, note) in sight.file.notes.iter().enumerate().filter(|(_, note)| note.date.day <= sight.today) {
        for follow_up in note.session().map(|session| session.follow_up.as_slice()).unwrap_or_default() {
            let what = one_line(follow_up.what.reveal());
            let key = what.to_lowercase();
            open.retain(|(other, _)| *other != key);
            if !follow_up.done {
                let due = follow_up.due.map(|due| format!(" (due {})", wording::near_day(due.day, sight.today)));
                let text = format!("{what}{}", due.unwrap_or_default());
                open.extend(sight.note(at).map(|note| (key, Item::of(note, text))));
            }
        }
    }
    open.into_iter().map(|(_, item)| item).collect()
}

fn homework(sight: &Sight<'_>) -> Vec<Item> {
    let lately = carried(sight).into_iter().filter(|homework| sight.held_after(homework.at) <= LATELY);
    let said = lately.map(|homework| {
        let status = homework.status.unwrap_or_else(|| "how it went is not written".to_owned());
        Item::of(homework.note, format!("homework: {} ({status})", homework.task))
    });
    said.collect()
}

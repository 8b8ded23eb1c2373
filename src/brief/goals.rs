//! Goals of the present episode that no late session rates.

use super::prose::one_line;
use super::{Item, Sight};
use crate::domain::{GoalStatus, wording};

/// A goal that none of so many last sessions rates is named.
const LATELY: usize = 3;

/// Goals not rated in the last three sessions, longest ago first; or that no goals are written.
pub(super) fn goals(sight: &Sight<'_>) -> Vec<Item> {
    let first = sight.first();
    let present =
        sight.file.goals.iter().filter(|line| line.stated_in.0 >= first && sight.note(line.stated_in.0).is_some());
    let mut untouched: Vec<(usize, Item)> = Vec::new();
    let mut stated = 0;
    for line in present {
        let Some(goal) = line.goal(&sight.file.notes) else { continue };
        stated += 1;
        let rated = line.progress.iter().rfind(|progress| sight.note(progress.note).is_some());
        let since = sight.held_after(rated.map_or(line.stated_in.0, |rated| rated.note));
        let open = goal.status.is_none_or(|status| status == GoalStatus::Active || status == GoalStatus::Revised);
        if !open || since < LATELY {
            continue;
        }
        let name = one_line(&format!("{}, {}", goal.id.reveal(), goal.text.reveal()));
        let sessions = wording::count(since, "session");
        let item = match rated.and_then(|rated| Some((rated, sight.note(rated.note)?))) {
            Some((rated, note)) => {
                let value = wording::points(rated.value);
                Some(Item::of(note, format!("{name}: last rated {value} of 10, not in the {sessions} since")))
            }
            None => sight
                .note(line.stated_in.0)
                .map(|note| Item::of(note, format!("{name}: not rated in the {sessions} since it was written"))),
        };
        untouched.extend(item.map(|item| (since, item)));
    }
    if stated == 0 {
        return vec![Item::unwritten("No plan with goals is written for this work.")];
    }
    untouched.sort_by_key(|(since, _)| std::cmp::Reverse(*since));
    untouched.into_iter().map(|(_, item)| item).collect()
}

//! Which findings stand on the patterns page of one client, in which order, and how one is addressed.
//!
//! In go the findings of a client; out come places among them, those of the present work first, and addresses. Of a very
//! long history there may be hundreds of findings: what is not on the page is addressed by the page alone.

use super::finding::anchor;
use super::names::Names;
use crate::domain::ClientCode;
use crate::insight::{Level, Seen};
use crate::site::address::Route;

/// Most findings of one level on the page.
const MOST: usize = 24;

/// The findings of one client as they stand on the page.
pub(crate) struct Told<'a> {
    code: &'a ClientCode,
    seen: &'a Seen,
    standing_out: Vec<usize>,
    perhaps: Vec<usize>,
}

impl<'a> Told<'a> {
    /// Puts the findings of a client in their order.
    pub(crate) fn of(code: &'a ClientCode, names: &Names<'_>, seen: &'a Seen) -> Self {
        let in_order = |level| {
            let mut found: Vec<_> = seen.found.told_as(level).collect();
            // What is of the present work comes first, and is the last to be left out.
            found.sort_by_key(|(_, finding)| names.ended_work(&finding.evidence).is_some());
            found.into_iter().map(|(at, _)| at).collect()
        };
        Self { code, seen, standing_out: in_order(Level::Clear), perhaps: in_order(Level::Weak) }
    }

    fn all(&self, level: Level) -> &[usize] {
        match level {
            Level::Clear => &self.standing_out,
            Level::Weak => &self.perhaps,
        }
    }

    /// The findings of a level that stand on the page, in its order.
    pub(super) fn shown(&self, level: Level) -> &[usize] {
        let all = self.all(level);
        all.get(..MOST).unwrap_or(all)
    }

    /// How many of a level do not.
    pub(super) fn more(&self, level: Level) -> usize {
        self.all(level).len().saturating_sub(MOST)
    }

    /// The address of a finding: its place on the page, or the page where it is not on it.
    pub(crate) fn address(&self, at: usize) -> String {
        let page = Route::Patterns(self.code.clone());
        let is_shown = [Level::Clear, Level::Weak].into_iter().any(|level| self.shown(level).contains(&at));
        if is_shown { format!("{page}#{}", anchor(self.seen, at)) } else { page.to_string() }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]
mod tests {
    use super::*;
    use crate::casebook::{Casebook, Changes};
    use crate::domain::{Confidential, FindingKey};
    use crate::insight::{Effect, Finding, FindingKind, Findings, Patterns};
    use std::collections::BTreeMap;

    fn finding() -> Finding {
        Finding {
            kind: FindingKind::ThemeEmerging,
            level: Level::Clear,
            subject: Confidential::new("grief"),
            object: None,
            words: Vec::new(),
            direction: None,
            at: None,
            until: None,
            effect: Effect { name: "difference_of_shares", value: 0.5, interval: None },
            p: Some(0.001),
            q: Some(0.001),
            n: 20,
            statement: Confidential::new("Grief was noted."),
            caveat: None,
            evidence: Vec::new(),
            against: Vec::new(),
            mentioned: false,
        }
    }

    #[test]
    fn a_finding_that_is_not_on_the_page_is_addressed_by_the_page_alone() {
        let code = ClientCode::parse("a7").unwrap();
        let changes = Changes { read: Vec::new(), removed: Vec::new(), clients: vec![code.clone()] };
        let book = Casebook::default().next(changes);
        let names = Names::of(book.client(&code).unwrap());
        let count = MOST + 6;
        let findings = (0..count).map(|_| finding()).collect();
        let patterns = Patterns {
            client: code.clone(),
            findings,
            observations: Vec::new(),
            too_little: Vec::new(),
            tests: BTreeMap::new(),
        };
        let keys = (0..count).map(|at| FindingKey::of_hash(&[at as u8; 32])).collect();
        // One was set aside, so that one more has a place.
        let set_aside = (0..count).map(|at| at == 2).collect();
        let found = Findings { patterns, keys, set_aside };
        let seen = Seen { found, pictures: (0..count).map(|_| None).collect(), new: Vec::new() };
        let told = Told::of(&code, &names, &seen);
        assert_eq!((told.shown(Level::Clear).len(), told.more(Level::Clear)), (MOST, 5));
        let is_placed = |at: usize| told.address(at) == format!("/clients/a7/patterns/#{}", anchor(&seen, at));
        assert!(is_placed(0) && is_placed(MOST) && !is_placed(2) && !is_placed(MOST + 1));
        assert_eq!(told.address(MOST + 1), "/clients/a7/patterns/");
    }
}

//! Everything that may be said about one client on a day: the findings with their pictures, which of them are new, and
//! which were set aside.
//!
//! In go a file and a day; the same file and day always give the same. Computing it takes a while, so what was computed
//! for a file stays as long as that file is the same ([`SeenSoFar`]); nothing of it is ever written down.

use super::finding::{Finding, FindingKind, Level, Patterns};
use super::patterns::patterns;
use super::picture::{Picture, pictures};
use super::set_aside::finding_key;
use crate::casebook::CaseFile;
use crate::domain::{ClientCode, FindingKey};
use chrono::{Days, NaiveDate};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

/// Kinds that are never called new: they say least about the next session.
const NEVER_NEW: [FindingKind; 3] = [FindingKind::KeywordShift, FindingKind::ThemePair, FindingKind::PhaseEffect];

/// Findings with what they are known by, and which of them were set aside.
#[derive(Debug)]
pub struct Findings {
    /// All findings, and what is counted without a test.
    pub patterns: Patterns,
    /// One a finding: what it is known by as long as it stays the same.
    pub keys: Vec<FindingKey>,
    /// One a finding: whether it was set aside and has not changed since.
    pub set_aside: Vec<bool>,
}

impl Findings {
    /// Looks at one client's file.
    pub fn of(file: &CaseFile, today: NaiveDate) -> Self {
        let patterns = patterns(file, today);
        let keys: Vec<FindingKey> =
            patterns.findings.iter().map(|finding| finding_key(&patterns.client, finding)).collect();
        let set_aside = keys.iter().map(|key| file.set_aside.contains(key)).collect();
        Self { patterns, keys, set_aside }
    }

    /// Findings of a level that were not set aside, with their places.
    pub fn told_as(&self, level: Level) -> impl Iterator<Item = (usize, &Finding)> {
        let found = self.patterns.findings.iter().enumerate();
        found.filter(move |(at, finding)| finding.told_as() == level && !self.set_aside[*at])
    }
}

/// What may be said about one client on one day.
#[derive(Debug)]
pub struct Seen {
    /// What was found.
    pub found: Findings,
    /// One a finding, where its numbers can be laid out.
    pub pictures: Vec<Option<Picture>>,
    /// Findings that stand out and did not before the last session, by their place.
    pub new: Vec<usize>,
}

impl Seen {
    /// Looks at one client's file.
    pub fn of(file: &CaseFile, today: NaiveDate) -> Self {
        let found = Findings::of(file, today);
        let new = new_since_last_session(file, today, &found.patterns);
        let new = new.into_iter().filter(|at| !found.set_aside[*at]).collect();
        Self { pictures: pictures(file, &found.patterns, today), found, new }
    }
}

/// Findings that stand out now and did not on the day before the last session, as the notes are today.
fn new_since_last_session(file: &CaseFile, today: NaiveDate, now: &Patterns) -> Vec<usize> {
    let stands_out = |finding: &Finding| finding.told_as() == Level::Clear;
    let may_be_new = |finding: &Finding| stands_out(finding) && !NEVER_NEW.contains(&finding.kind);
    let places = || now.findings.iter().enumerate().filter(|(_, finding)| may_be_new(finding));
    let before = file.last_session(today).and_then(|session| session.day.checked_sub_days(Days::new(1)));
    let Some(before) = before.filter(|_| places().next().is_some()) else { return Vec::new() };
    let before = patterns(file, before);
    let known = |finding: &Finding| before.findings.iter().any(|old| stands_out(old) && is_same(finding, old));
    places().filter(|(_, finding)| !known(finding)).map(|(at, _)| at).collect()
}

/// Whether two findings of different days say the same: of one kind, about one thing, one way, and from some of the
/// same notes, so that what was found in an earlier episode does not hide what is new in this one.
fn is_same(one: &Finding, other: &Finding) -> bool {
    one.kind == other.kind
        && one.subject == other.subject
        && one.object == other.object
        && one.direction == other.direction
        && one.evidence.iter().any(|note| other.evidence.contains(note))
}

/// What was computed for files so far.
#[derive(Debug, Default)]
pub struct SeenSoFar {
    kept: Mutex<HashMap<ClientCode, Arc<Kept>>>,
}

/// What is kept for one state of a file.
#[derive(Debug)]
struct Kept {
    file: Weak<CaseFile>,
    day: NaiveDate,
    seen: OnceLock<Arc<Seen>>,
}

impl SeenSoFar {
    /// What may be said about a client, computed if it was not yet. Others who ask for the same client meanwhile wait.
    pub fn of(&self, file: &Arc<CaseFile>, today: NaiveDate) -> Arc<Seen> {
        let today = last_day(file, today);
        let kept = {
            let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            let found = all.get(&file.code).filter(|kept| kept.is_for(file, today)).cloned();
            found.unwrap_or_else(|| {
                let kept = Arc::new(Kept { file: Arc::downgrade(file), day: today, seen: OnceLock::new() });
                all.insert(file.code.clone(), Arc::clone(&kept));
                kept
            })
        };
        Arc::clone(kept.seen.get_or_init(|| Arc::new(Seen::of(file, today))))
    }

    /// The same, when it was computed already.
    pub fn known(&self, file: &Arc<CaseFile>, today: NaiveDate) -> Option<Arc<Seen>> {
        let today = last_day(file, today);
        let all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&file.code).filter(|kept| kept.is_for(file, today))?.seen.get().cloned()
    }
}

/// The last day on which something is written, up to a day. What comes after it changes nothing, so that nothing has to
/// be computed again at midnight.
fn last_day(file: &CaseFile, today: NaiveDate) -> NaiveDate {
    file.notes.last().map_or(today, |note| today.min(note.date.day))
}

impl Kept {
    /// Whether it is for this very state of the file. A weak pointer keeps the place from being used again.
    fn is_for(&self, file: &Arc<CaseFile>, today: NaiveDate) -> bool {
        self.day == today && std::ptr::eq(self.file.as_ptr(), Arc::as_ptr(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::picture::tests::story;

    /// The days of the story's sessions.
    fn days(file: &CaseFile) -> Vec<NaiveDate> {
        file.appointments.iter().map(|appointment| appointment.day).collect()
    }

    #[test]
    fn a_finding_is_new_once_from_the_session_with_which_it_stands_out() {
        let file = story();
        let emerges = |day: NaiveDate| {
            let seen = Seen::of(&file, day);
            let kind = |at: &usize| seen.found.patterns.findings[*at].kind;
            let there = seen.found.told_as(Level::Clear).any(|(at, _)| kind(&at) == FindingKind::ThemeEmerging);
            (there, seen.new.iter().any(|at| kind(at) == FindingKind::ThemeEmerging))
        };
        let days = days(&file);
        let told: Vec<(bool, bool)> = days[44..60].iter().map(|day| emerges(*day)).collect();
        let first = told.iter().position(|(there, _)| *there).unwrap_or_else(|| panic!("{told:?}"));
        assert_eq!(told[first], (true, true), "{told:?}");
        assert_eq!(told[first + 1], (true, false), "{told:?}");
    }

    #[test]
    fn what_was_computed_is_kept_for_the_same_file_and_day_only() {
        let (kept, file, other) = (SeenSoFar::default(), story(), story());
        let day = days(&file)[12];
        assert!(kept.known(&file, day).is_none());
        let seen = kept.of(&file, day);
        assert!(Arc::ptr_eq(&seen, &kept.of(&file, day)));
        assert!(kept.known(&file, day.succ_opt().unwrap()).is_none());
        let last = days(&file)[89];
        let at_the_end = kept.of(&file, last);
        assert!(Arc::ptr_eq(&at_the_end, &kept.of(&file, last + chrono::Duration::days(9))), "no midnight undoes it");
        let seen = kept.of(&file, day);
        assert!(kept.known(&other, day).is_none(), "the same notes, read again, are another file");
        assert_eq!(seen.found.keys, kept.of(&other, day).found.keys, "and say the same");
    }
}

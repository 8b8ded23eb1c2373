//! Two themes across clients: how often they were tagged in the same session, beside how often chance alone would do it.
//!
//! The exact test of the pair finder, with the sessions of each client and each stretch of work as blocks of their own:
//! nothing is compared between clients, their chances are only added up. Counts for a page about a theme; no finding.

use super::history::{History, ThemeCourse};
use super::hypergeometric::Overlap;
use super::presence::Share;
use super::theme_pair::{both, by_blocks};
use crate::casebook::CaseFile;
use crate::domain::Theme;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Another theme beside one.
#[derive(Debug)]
pub struct PairAcross {
    /// Its name as it is compared.
    pub key: String,
    /// Sessions with both.
    pub together: usize,
    /// Sessions with the one that was asked for, of clients who have both.
    pub this: usize,
    /// Sessions with this other one, of clients who have both.
    pub other: usize,
    /// Clients who have both.
    pub clients: usize,
    /// Sessions with both to be expected by chance.
    pub expected: f64,
    /// How often chance alone gives as many or more.
    pub p: f64,
}

/// Sums over clients.
#[derive(Default)]
struct Sum {
    counts: [usize; 3],
    clients: usize,
    overlap: Option<Overlap>,
}

/// Every theme that was tagged in the same session as one, by its name.
pub fn pairs_across<'a>(
    files: impl Iterator<Item = &'a Arc<CaseFile>>,
    theme: &Theme,
    today: NaiveDate,
) -> Vec<PairAcross> {
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    for file in files.filter(|file| file.themes.iter().any(|line| line.theme == *theme && line.tagged() > 0)) {
        let mut met = BTreeSet::new();
        for episode in &file.episodes {
            let history = History::of(file, episode, today);
            let Some(one) = history.tagged.iter().find(|course| course.key == theme.key()) else { continue };
            for other in history.tagged.iter().filter(|other| !kin(one, other)) {
                let sum = sums.entry(other.key.clone()).or_default();
                sum.add(one, other);
                sum.clients += usize::from(met.insert(other.key.clone()));
            }
        }
    }
    sums.into_iter().filter_map(|(key, sum)| sum.pair(key)).collect()
}

impl Sum {
    fn add(&mut self, one: &ThemeCourse, other: &ThemeCourse) {
        let (first, second) = (Share::among(&one.present), Share::among(&other.present));
        let adds = [both(&one.present, &other.present), first.of, second.of];
        self.counts.iter_mut().zip(adds).for_each(|(sum, add)| *sum += add);
        let overlap = by_blocks(&one.present, &other.present);
        self.overlap = Some(match self.overlap.take() {
            Some(before) => before.and(&overlap),
            None => overlap,
        });
    }

    fn pair(self, key: String) -> Option<PairAcross> {
        let [together, this, other] = self.counts;
        let overlap = self.overlap.filter(|_| together > 0)?;
        let (expected, p) = (overlap.expected, overlap.at_least(together));
        Some(PairAcross { key, together, this, other, clients: self.clients, expected, p })
    }
}

/// The theme itself, a part of it, or what it is a part of.
fn kin(one: &ThemeCourse, other: &ThemeCourse) -> bool {
    let part =
        |part: &str, of: &str| part.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    part(&one.key, &other.key) || part(&other.key, &one.key)
}

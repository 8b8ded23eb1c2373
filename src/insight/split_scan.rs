//! The best cut of a history into an early part with little of a theme and a later part with much of it: how likely is
//! one this good by chance?
//!
//! In goes a table that scores every cut by how many sessions lie before it and how many of those have the theme. Out
//! comes the best cut and the exact chance of one at least as good. A walk over (sessions so far, sessions with the theme
//! so far) carries the weight of all arrangements and drops those that reach the score on the way; no random numbers, no
//! list of arrangements. Fading is the same question asked of the history read backwards.

use super::persistence::{Chain, Persistence};
use super::tested::{Law, Tested};

/// Beyond this many cells a test can give so many different values that listing them changes nothing.
const CELLS_TO_LIST: usize = 1_000;
/// Attainable values are listed up to here; above, a finding is out of reach and steps of a fiftieth stand for them.
const LISTED_UP_TO: f64 = 0.02;

/// Scores for every cut of a history of given length and count.
#[derive(Debug, Clone)]
pub(super) struct SplitScan {
    sessions: usize,
    with: usize,
    first: usize,
    last: usize,
    /// By sessions before the cut, then by how many of those have the theme. Minus infinity: no such cut is looked at.
    scores: Vec<f64>,
}

/// The best cut of one history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BestSplit {
    /// Sessions before the cut.
    pub(super) before: usize,
    /// Its score.
    pub(super) score: f64,
}

impl SplitScan {
    /// Scores the cuts that leave at least `edge` sessions on both sides.
    pub(super) fn new(sessions: usize, with: usize, edge: usize, score: impl Fn(usize, usize) -> Option<f64>) -> Self {
        let (first, last) = (edge, sessions.saturating_sub(edge));
        let mut scores = vec![f64::NEG_INFINITY; (sessions + 1) * (with + 1)];
        for before in first..=last {
            let fewest = (before + with).saturating_sub(sessions);
            for early in fewest..=before.min(with) {
                scores[before * (with + 1) + early] = score(before, early).unwrap_or(f64::NEG_INFINITY);
            }
        }
        Self { sessions, with, first, last, scores }
    }

    fn score(&self, before: usize, early: usize) -> f64 {
        self.scores.get(before * (self.with + 1) + early).copied().unwrap_or(f64::NEG_INFINITY)
    }

    /// The best cut of a history; the earliest of equals. `None` when no cut is worth a score.
    pub(super) fn best(&self, present: &[bool]) -> Option<BestSplit> {
        let mut best: Option<BestSplit> = None;
        let mut early = 0;
        for (at, here) in present.iter().enumerate() {
            early += usize::from(*here);
            let score = self.score(at + 1, early);
            if score > best.map_or(f64::NEG_INFINITY, |best| best.score) {
                best = Some(BestSplit { before: at + 1, score });
            }
        }
        best
    }

    /// The chance of a cut that scores at least `score`.
    pub(super) fn chance(&self, score: f64, persistence: &Persistence) -> f64 {
        self.chance_among(score, &self.chains(persistence))
    }

    /// The likely chains, each with its weight and the weight of all its arrangements.
    fn chains(&self, persistence: &Persistence) -> Vec<(Chain, f64, f64)> {
        let ready = |(correlation, weight): &(f64, f64)| {
            let chain = Chain::new(self.sessions, self.with, *correlation);
            (chain, *weight, self.weight_below(chain, f64::INFINITY))
        };
        persistence.likely.iter().map(ready).collect()
    }

    fn chance_among(&self, score: f64, chains: &[(Chain, f64, f64)]) -> f64 {
        let share =
            |(chain, weight, all): &(Chain, f64, f64)| weight * (1.0 - self.weight_below(*chain, score - 1e-12) / all);
        chains.iter().map(share).sum::<f64>().clamp(0.0, 1.0)
    }

    /// The test of the best cut, and which values it could have given.
    pub(super) fn tested(&self, best: Option<BestSplit>, persistence: &Persistence) -> Tested {
        let p = best.map_or(1.0, |best| self.chance(best.score, persistence));
        Tested { p, law: self.law(persistence) }
    }

    /// Weight of all arrangements none of whose cuts reaches a score.
    fn weight_below(&self, chain: Chain, score: f64) -> f64 {
        let mut absent = vec![0.0; self.with + 1];
        let mut present = vec![0.0; self.with + 1];
        absent[0] = 1.0 - chain.rate;
        if let Some(one) = present.get_mut(1) {
            *one = chain.rate;
        }
        for session in 2..=self.sessions {
            // Downwards, so that each count still reads what the session before left.
            for count in (0..=self.with).rev() {
                let (from_absent, from_present) =
                    if count == 0 { (0.0, 0.0) } else { (absent[count - 1], present[count - 1]) };
                absent[count] =
                    absent[count] * (1.0 - chain.after_absent) + present[count] * (1.0 - chain.after_present);
                present[count] = from_absent * chain.after_absent + from_present * chain.after_present;
            }
            if score.is_finite() && (self.first..=self.last).contains(&session) {
                for count in 0..=self.with.min(session) {
                    if self.score(session, count) >= score {
                        (absent[count], present[count]) = (0.0, 0.0);
                    }
                }
            }
        }
        absent[self.with] + present[self.with]
    }

    /// The values the test could have given in a history of this length and count.
    fn law(&self, persistence: &Persistence) -> Law {
        if self.sessions * (self.with + 1) > CELLS_TO_LIST {
            return Law::Continuous;
        }
        let mut scores: Vec<f64> = self.scores.iter().copied().filter(|score| score.is_finite()).collect();
        scores.sort_by(|a, b| b.total_cmp(a));
        scores.dedup_by(|next, kept| *kept - *next < 1e-12);
        let chains = self.chains(persistence);
        let mut values = Vec::new();
        for score in scores {
            let chance = self.chance_among(score, &chains);
            values.push(chance);
            if chance > LISTED_UP_TO {
                break;
            }
        }
        let mut next = values.last().copied().unwrap_or(1.0);
        if next > LISTED_UP_TO {
            while next < 1.0 {
                next *= 1.02;
                values.push(next.min(1.0));
            }
        }
        Law::Discrete(values)
    }
}

/// Sessions with and without, written as ones and zeros.
#[cfg(test)]
pub(super) fn marks(text: &str) -> Vec<bool> {
    text.chars().map(|mark| mark == '1').collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::presence::Share;
    use crate::insight::two_rates::likelihood_ratio;

    /// Which cuts are better, the later part having more.
    fn ratio(sessions: usize, with: usize) -> SplitScan {
        let whole = Share { of: with, all: sessions };
        SplitScan::new(sessions, with, 4, move |before, early| {
            let one = Share { of: early, all: before };
            let other = one.rest_of(whole);
            (other.of * one.all > one.of * other.all).then(|| likelihood_ratio(one, other))
        })
    }

    /// Best cut, log likelihood ratio and exact p of a split scan over exchangeable sessions, cuts from 4 to n - 4.
    /// Computed with the same recursion in Python and, up to 18 sessions, by listing every arrangement. For fading the
    /// sequence is read backwards, so the place counts from its end.
    const SCANS: [(&str, usize, f64, f64); 9] = [
        ("0000000001011101", 9, 5.749494872787121, 0.006868131868131511),
        ("000000000000111011", 12, 7.931793179762657, 0.0007002801120448154),
        ("0000000000110111", 10, 7.234014739686094, 0.0013736263736260357),
        ("010010010010010010", 4, 0.08332259441425549, 0.7580801551389786),
        ("00000010000000110111", 14, 5.911457820286401, 0.0061403508771928905),
        ("000000000000000000111111", 18, 13.496043470851399, 7.429641296963219e-06),
        ("000100000000010110111010", 13, 4.540578676616216, 0.020652071937574457),
        ("1011101000000000", 4, 0.0, 1.0),
        ("110111000000000000", 4, 0.0, 1.0),
    ];

    #[test]
    fn the_published_scans_come_out_to_their_digits() {
        for (text, place, expected, p) in SCANS {
            let present = marks(text);
            let with = Share::among(&present).of;
            let scan = ratio(present.len(), with);
            let best = scan.best(&present);
            if expected == 0.0 {
                assert_eq!(best, None, "{text}");
                continue;
            }
            let best = best.expect("a cut");
            assert_eq!(best.before, place, "{text}");
            assert!((best.score - expected).abs() < 1e-12, "{text}: {}", best.score);
            let chance = scan.chance(best.score, &Persistence::none());
            assert!((chance - p).abs() < 1e-12, "{text}: {chance}");
        }
    }

    /// Every arrangement with its weight in a chain.
    fn listed(sessions: usize, with: usize, chain: Chain) -> Vec<(Vec<bool>, f64)> {
        let all = (0..1_u32 << sessions).filter(|mask| mask.count_ones() as usize == with);
        all.map(|mask| {
            let present: Vec<bool> = (0..sessions).map(|at| mask >> at & 1 == 1).collect();
            let mut weight = if present[0] { chain.rate } else { 1.0 - chain.rate };
            for pair in present.windows(2) {
                let likely = if pair[0] { chain.after_present } else { chain.after_absent };
                weight *= if pair[1] { likely } else { 1.0 - likely };
            }
            (present, weight)
        })
        .collect()
    }

    #[test]
    fn the_walk_gives_what_listing_every_arrangement_gives() {
        for (text, correlation) in [("000000001011", 0.0), ("000100001101", 0.2), ("0000100101101", 0.45)] {
            let present = marks(text);
            let (sessions, with) = (present.len(), Share::among(&present).of);
            let scan = ratio(sessions, with);
            let best = scan.best(&present).expect("a cut");
            let listed = listed(sessions, with, Chain::new(sessions, with, correlation));
            let all: f64 = listed.iter().map(|(_, weight)| weight).sum();
            let reaching = listed
                .iter()
                .filter(|(present, _)| scan.best(present).is_some_and(|other| other.score >= best.score - 1e-12));
            let expected = reaching.map(|(_, weight)| weight).sum::<f64>() / all;
            let chance = scan.chance(best.score, &Persistence { likely: vec![(correlation, 1.0)] });
            assert!((chance - expected).abs() < 1e-12, "{text}: {chance} {expected}");
        }
    }
}

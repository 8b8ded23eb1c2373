//! Fisher's exact test of a two-by-two table.
//!
//! In go four counts, out come chances and the log odds ratio. Nothing is approximated.

use super::hypergeometric::Overlap;

/// Counts: rows are with and without, columns are yes and no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Table {
    /// With, yes.
    pub(super) with_yes: usize,
    /// With, no.
    pub(super) with_no: usize,
    /// Without, yes.
    pub(super) without_yes: usize,
    /// Without, no.
    pub(super) without_no: usize,
}

impl Table {
    /// What the first count would be by chance.
    pub(super) fn overlap(self) -> Overlap {
        let with = self.with_yes + self.with_no;
        let yes = self.with_yes + self.without_yes;
        Overlap::new(with + self.without_yes + self.without_no, with, yes)
    }

    /// Chance of as many or more.
    pub(super) fn greater(self) -> f64 {
        self.overlap().at_least(self.with_yes)
    }

    /// Log odds ratio with a half added to each count, so that an empty one does not make it endless.
    pub(super) fn log_odds(self) -> f64 {
        let half = |count: usize| count as f64 + 0.5;
        (half(self.with_yes) * half(self.without_no) / (half(self.with_no) * half(self.without_yes))).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    /// Table, two-sided p, p greater, p less, log odds. scipy 1.17 `fisher_exact`; the first is Fisher's tea tasting, with
    /// its published .4857 and .2429.
    const CASES: [([usize; 4], [f64; 4]); 7] = [
        ([3, 1, 1, 3], [0.48571428571428565, 0.24285714285714283, 0.9857142857142858, 1.6945957207744073]),
        ([8, 2, 1, 5], [0.034965034965034975, 0.024475524475524483, 0.9991258741258742, 2.5230584157523768]),
        ([1, 9, 11, 3], [0.0027594561852200836, 0.9999663480953022, 0.0013797280926100418, -3.0354107573721674]),
        ([0, 6, 5, 4], [0.04395604395604395, 1.0, 0.04195804195804195, -2.765620052923688]),
        ([10, 0, 0, 8], [2.2852964029434616e-05, 2.2852964029434616e-05, 1.0, 5.877735781779639]),
        ([2, 3, 4, 30], [0.16135452977558237, 0.16135452977558237, 0.9807887702624545, 1.5771770502158788]),
        ([6, 6, 6, 6], [1.0, 0.657863673545461, 0.657863673545461, 0.0]),
    ];

    #[test]
    fn the_reference_tables_come_out_to_their_digits() {
        for (counts, [two_sided, greater, less, log_odds]) in CASES {
            let [with_yes, with_no, without_yes, without_no] = counts;
            let table = Table { with_yes, with_no, without_yes, without_no };
            let overlap = table.overlap();
            let near = |ours: f64, theirs: f64| (ours - theirs).abs() < 1e-12;
            assert!(near(overlap.no_more_likely_than(with_yes), two_sided), "{counts:?}");
            assert!(near(table.greater(), greater), "{counts:?}");
            assert!(near(overlap.at_most(with_yes), less), "{counts:?}");
            assert!(near(table.log_odds(), log_odds), "{counts:?}");
        }
    }
}

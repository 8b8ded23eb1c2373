//! Two-by-two counts in blocks of time, and the multiplicity of tests, against recomputed values.

use super::near;
use crate::insight::hypergeometric::Overlap;
use crate::insight::presence::Share;
use crate::insight::split_scan::marks;

/// Two themes, number of blocks, sessions together, chance of as many, smallest attainable chance, two-sided chance.
type Case = (&'static str, &'static str, usize, usize, [f64; 3]);

/// Computed in Python with the hypergeometric law of scipy 1.17, blocks convolved.
const CASES: [Case; 3] = [
    (
        "00011101100100001001",
        "00011000010100000001",
        1,
        4,
        [0.057791537667698664, 0.0036119711042311665, 0.11558307533539733],
    ),
    (
        "001100011010101001000010100101",
        "001000000000101001100000000101",
        2,
        6,
        [0.0072696534234995775, 0.0002817695125387433, 0.014539306846999155],
    ),
    (
        "001010010101111000000101000001111111001100",
        "001010100001011000100000000100100010111101",
        3,
        9,
        [0.2757553097789785, 3.022797535976665e-07, 0.551510619557957],
    ),
];

#[test]
fn pairs_in_blocks_come_out_on_both_sides() {
    for (one, other, blocks, together, [upper, smallest, two_sided]) in CASES {
        let (one, other) = (marks(one), marks(other));
        let both = one.iter().zip(&other).filter(|(one, other)| **one && **other).count();
        assert_eq!(both, together);
        let law = (0..blocks).map(|block| {
            let within = block * one.len() / blocks..(block + 1) * one.len() / blocks;
            let count = |present: &[bool]| Share::among(&present[within.clone()]).of;
            Overlap::new(within.len(), count(&one), count(&other))
        });
        let law = law.reduce(|sum, block| sum.and(&block)).expect("a block");
        near(law.at_least(together), upper);
        near(law.attainable()[0], smallest);
        near((2.0 * law.at_least(together).min(law.at_most(together))).min(1.0), two_sided);
        assert!(together as f64 > law.expected);
    }
}

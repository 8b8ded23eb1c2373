//! Reliable and clinically significant change in its published form: the index, the three cutoffs, the classes.
//!
//! The product takes thresholds and cutoffs from its scales and asks for confirmation besides; the arithmetic behind
//! them is compared here.

use super::{near, rounded};
use crate::domain::Scales;

/// The standard normal value that 5 % lie above: the 90 % level.
const NINETY: f64 = 1.644_853_626_951_472_2;

/// A group of people: mean and standard deviation.
type Group = (f64, f64);

/// Jacobson and Truax 1991.
struct Instrument {
    clinical: Group,
    functional: Group,
    reliability: f64,
    higher_is_better: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Recovered,
    Improved,
    Unchanged,
    Deteriorated,
}

fn standard_error(deviation: f64, reliability: f64) -> f64 {
    deviation * (1.0 - reliability).sqrt()
}

fn of_difference(deviation: f64, reliability: f64) -> f64 {
    std::f64::consts::SQRT_2 * standard_error(deviation, reliability)
}

impl Instrument {
    fn index(&self, before: f64, after: f64) -> f64 {
        (after - before) / of_difference(self.clinical.1, self.reliability)
    }

    /// Two standard deviations beyond the clinical group, two within the functional one, and halfway by their spread.
    fn cutoffs(&self) -> [f64; 3] {
        let better = if self.higher_is_better { 1.0 } else { -1.0 };
        let ((ill, wide), (well, narrow)) = (self.clinical, self.functional);
        let halfway = (narrow * ill + wide * well) / (narrow + wide);
        [ill + better * 2.0 * wide, well - better * 2.0 * narrow, halfway]
    }

    fn class(&self, before: f64, after: f64) -> Class {
        let better = if self.higher_is_better { 1.0 } else { -1.0 };
        let cutoff = self.cutoffs()[2] * better;
        class(self.index(before, after) * better, 1.96, before * better < cutoff && after * better > cutoff)
    }
}

/// `moved` counts towards better; the threshold itself is reliable.
fn class(moved: f64, threshold: f64, crossed: bool) -> Class {
    if moved <= -threshold {
        Class::Deteriorated
    } else if moved < threshold {
        Class::Unchanged
    } else if crossed {
        Class::Recovered
    } else {
        Class::Improved
    }
}

#[test]
fn the_hypothetical_client_of_the_article_comes_out() {
    // Jacobson and Truax 1991; group values confirmed in clinicalsignificance tests/testthat/test-calc_cutoff.R.
    let article =
        Instrument { clinical: (40.0, 7.5), functional: (60.0, 7.5), reliability: 0.8, higher_is_better: true };
    assert_eq!(article.cutoffs(), [55.0, 45.0, 50.0]);
    rounded(standard_error(7.5, 0.8), 3.354102);
    let difference = of_difference(7.5, 0.8);
    rounded(difference, 4.743416);
    rounded(1.96 * difference, 9.297096);
    rounded(NINETY * difference, 7.802226);
    rounded(article.index(32.5, 47.5), 3.162278);
    assert_eq!(format!("{:.2}", article.index(32.5, 47.5)), "3.16", "as printed in the article");
    assert_eq!(article.class(32.5, 47.5), Class::Improved);
    rounded(article.index(32.5, 52.5), 4.21637);
    assert_eq!(article.class(32.5, 52.5), Class::Recovered);
}

#[test]
fn unequal_groups_weigh_the_cutoff_by_the_spread_of_the_other() {
    let unequal =
        Instrument { clinical: (30.0, 6.0), functional: (10.0, 4.0), reliability: 0.85, higher_is_better: false };
    assert_eq!(unequal.cutoffs(), [18.0, 18.0, 18.0]);
    rounded(standard_error(6.0, 0.85), 2.32379);
    let difference = of_difference(6.0, 0.85);
    rounded(difference, 3.286335);
    rounded(1.96 * difference, 6.441217);
    rounded(NINETY * difference, 5.405541);
    rounded(unequal.index(28.0, 12.0), -4.868645);
    assert_eq!(unequal.class(28.0, 12.0), Class::Recovered);
    // suddengains (R, MIT) tests/testthat/test-define_crit1_cutoff.R.
    rounded(standard_error(10.5, 0.961), 2.073584);
    rounded(of_difference(10.5, 0.961), 2.93249);
    rounded(1.96 * of_difference(10.5, 0.961), 5.747681);
}

#[test]
fn six_points_of_phq9_are_reliable_and_ten_is_still_on_the_clinical_side() {
    let phq9 = Scales::shipped().find("phq9").expect("the scale");
    let threshold = phq9.reliable_change.as_ref().expect("a threshold").points;
    let cutoff = phq9.clinical_cutoff.as_ref().expect("a cutoff");
    assert_eq!((threshold, cutoff.value), (6.0, 10.0));
    let cases = [
        (16.0, 10.0, Class::Improved),
        (16.0, 11.0, Class::Unchanged),
        (10.0, 16.0, Class::Deteriorated),
        (10.0, 15.0, Class::Unchanged),
        (16.0, 9.0, Class::Recovered),
    ];
    for (before, after, expected) in cases {
        let crossed = cutoff.is_clinical(before) && !cutoff.is_clinical(after);
        assert_eq!(class(before - after, threshold, crossed), expected, "{before} {after}");
    }
}

/// Dyadic adjustment of thirty couples before and after, the index and the class of each.
type Couple = (f64, f64, f64, Class);

/// Scores printed in Jacobson and Truax 1991 (of Jacobson and others 1989), as carried by the R package
/// `clinicalsignificance`; index and class computed in Python with the published formulas.
fn couples() -> [Couple; 30] {
    use Class::{Deteriorated, Improved, Recovered, Unchanged};
    [
        (90.5, 97.0, 1.1219727288074721, Unchanged),
        (74.0, 124.0, 8.63055945236517, Recovered),
        (97.0, 97.5, 0.0863055945236517, Unchanged),
        (73.5, 88.0, 2.502862241185899, Improved),
        (61.0, 96.5, 6.127697211179271, Recovered),
        (66.5, 62.5, -0.6904447561892136, Unchanged),
        (68.5, 112.5, 7.5948923180813495, Recovered),
        (86.5, 103.5, 2.934390213804158, Recovered),
        (88.5, 90.0, 0.2589167835709551, Unchanged),
        (68.5, 82.5, 2.4165566466622477, Improved),
        (98.0, 105.0, 1.2082783233311238, Unchanged),
        (80.5, 99.5, 3.2796125918987644, Recovered),
        (89.5, 112.5, 3.970057348087978, Recovered),
        (91.5, 101.0, 1.6398062959493822, Unchanged),
        (83.5, 99.5, 2.7617790247568546, Recovered),
        (60.5, 79.5, 3.2796125918987644, Improved),
        (83.0, 88.0, 0.863055945236517, Unchanged),
        (88.0, 100.5, 2.1576398630912923, Recovered),
        (98.5, 119.0, 3.53852937546972, Improved),
        (78.5, 116.0, 6.472919589273878, Recovered),
        (99.5, 116.0, 2.848084619280506, Improved),
        (79.5, 129.0, 8.544253857841518, Recovered),
        (84.5, 113.0, 4.919418887848147, Recovered),
        (92.5, 118.0, 4.4015853207062365, Recovered),
        (93.0, 92.0, -0.1726111890473034, Unchanged),
        (85.0, 114.0, 5.005724482371798, Recovered),
        (64.0, 68.0, 0.6904447561892136, Unchanged),
        (61.0, 52.0, -1.5535007014257305, Unchanged),
        (80.0, 60.5, -3.3659181864224164, Deteriorated),
        (82.5, 104.5, 3.7974461590406747, Recovered),
    ]
}

#[test]
fn the_thirty_couples_fall_into_the_computed_classes() {
    let couples = couples();
    let n = couples.len() as f64;
    let mean = couples.iter().map(|couple| couple.0).sum::<f64>() / n;
    let deviation = (couples.iter().map(|couple| (couple.0 - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    near(mean, 81.58333333333333);
    near(deviation, 11.825661265562113);
    let scale = Instrument {
        clinical: (mean, deviation),
        functional: (114.8, 17.8),
        reliability: 0.88,
        higher_is_better: true,
    };
    near(scale.cutoffs()[2], 94.8424145349301);
    near(of_difference(deviation, 0.88), 5.793367194324547);
    for (before, after, index, class) in couples {
        near(scale.index(before, after), index);
        assert_eq!(scale.class(before, after), class, "{before} {after}");
    }
    let count = |of: Class| couples.iter().filter(|couple| couple.3 == of).count();
    let counts = [Class::Unchanged, Class::Recovered, Class::Improved, Class::Deteriorated].map(count);
    assert_eq!(counts, [10, 14, 5, 1]);
}

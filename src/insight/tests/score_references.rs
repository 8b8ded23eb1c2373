//! Reference values of the score statistics, each with its source.

use crate::insight::{kendall, nonoverlap, step, sudden_change, theil_sen};

#[track_caller]
fn near(ours: f64, reference: f64) {
    let scale = reference.abs().max(1e-9);
    assert!((ours - reference).abs() <= 1e-9 * scale, "{ours} is not {reference}");
}

/// A series with its S, variance, p in the normal form, τ, τ_b, Sen's slope, and the exact p where there is one.
type Small = (&'static [f64], i64, f64, f64, f64, f64, f64, Option<f64>);

#[test]
fn mann_kendall_and_theil_sen_agree_on_short_series() {
    // scipy 1.17, pymannkendall 1.4.3 and full enumeration.
    let cases: [Small; 5] = [
        (
            &[16.0, 15.0, 15.0, 12.0, 11.0, 9.0, 10.0, 7.0],
            -25,
            64.33333333333333,
            0.0027695851547209216,
            -0.8928571428571429,
            -0.9092412093166349,
            -1.3095238095238095,
            Some(0.0006944444444444445),
        ),
        (&[12.0, 14.0, 11.0, 15.0, 13.0, 12.0], 0, 27.333333333333332, 1.0, 0.0, 0.0, 0.0, Some(1.0)),
        (&[5.0, 4.0, 3.0, 2.0, 1.0], -10, 16.666666666666668, 0.0274863361115103, -1.0, -1.0, -1.0, Some(1.0 / 60.0)),
        (
            &[8.0, 8.0, 8.0, 8.0, 7.0, 7.0],
            -8,
            18.666666666666668,
            0.10519250512004152,
            -0.5333333333333333,
            -0.7302967433402213,
            -0.2,
            Some(0.13333333333333333),
        ),
        (
            &[10.0, 11.0, 10.0, 12.0, 11.0, 13.0, 12.0, 14.0, 13.0, 15.0],
            33,
            121.0,
            0.00362481438520601,
            0.7333333333333333,
            0.768273325346536,
            0.5,
            None,
        ),
    ];
    for (values, s, variance, normal, tau, tau_b, slope, exact) in cases {
        let order: Vec<f64> = (0..values.len()).map(|at| at as f64).collect();
        assert_eq!(kendall::score(values), s);
        near(kendall::variance(values), variance);
        near(super::super::normal::two_sided(kendall::z(s, kendall::variance(values))), normal);
        near(kendall::tau(values), tau);
        near(kendall::tau_b(&order, values), tau_b);
        near(theil_sen::slope(&order, values), slope);
        near(kendall::p_value(values, 1.0), exact.unwrap_or(normal));
    }
    // Twelve values without ties, counted exactly though the product takes the normal form from eleven on.
    let twelve = [20.0, 18.0, 19.0, 17.0, 15.0, 16.0, 13.0, 12.0, 14.0, 10.0, 9.0, 11.0];
    assert_eq!(kendall::score(&twelve), -54);
    near(2.0 * kendall::exact_at_least(12, 54), 4.412928892095558e-05);
    near(kendall::p_value(&twelve, 1.0), 0.0002786876842340025);
}

#[test]
fn the_exact_law_of_s_agrees_with_the_textbook_table() {
    // Kendall's table in its usual three digits (n 4, 5, 6, 8, 10), recomputed to six.
    let table = [
        (4, 6, 0.041667),
        (5, 8, 0.041667),
        (5, 10, 0.008333),
        (6, 11, 0.027778),
        (6, 15, 0.001389),
        (7, 13, 0.034524),
        (8, 16, 0.030506),
        (9, 20, 0.022308),
        (10, 23, 0.023311),
    ];
    for (n, s, p) in table {
        assert!((kendall::exact_at_least(n, s) - p).abs() < 5e-7, "{n} {s}");
    }
}

#[test]
fn mann_kendall_agrees_on_three_hundred_and_sixty_values_with_gaps() {
    // pyMannKendall tests/test_pymannkendall.py (MIT), itself checked against R.
    let text = include_str!("three_hundred_and_sixty.txt");
    let all: Vec<Option<f64>> = text.split_whitespace().map(|word| word.parse().ok()).collect();
    assert_eq!(all.len(), 360);
    let known: Vec<(f64, f64)> =
        all.iter().enumerate().filter_map(|(at, value)| Some((at as f64, (*value)?))).collect();
    let (times, values): (Vec<f64>, Vec<f64>) = known.into_iter().unzip();
    assert_eq!(kendall::score(&values), -1959);
    near(kendall::variance(&values), 4889800.333333333);
    near(kendall::z(-1959, kendall::variance(&values)), -0.8854562842589916);
    near(kendall::p_value(&values, 1.0), 0.37591058740506833);
    near(kendall::tau(&values), -0.03153167653875869);
    near(theil_sen::slope(&times, &values), -0.006369426751592357);
}

#[test]
fn two_phases_lie_apart_as_published() {
    // Parker, Vannest and Davis 2011; Parker, Vannest, Davis and Sauber 2011; Tarlow 2017; scan's nap() example, turned.
    let first = ([20.0, 20.0, 26.0, 25.0, 22.0, 23.0], [28.0, 25.0, 24.0, 27.0, 30.0, 30.0, 29.0]);
    near(nonoverlap::nap(&first.0, &first.1), 0.9166666666666666);
    near(nonoverlap::pnd(&first.0, &first.1), 0.7142857142857143);
    near(2.0 * nonoverlap::nap(&[3.0, 3.0, 4.0, 5.0], &[4.0, 5.0, 6.0, 7.0, 7.0]) - 1.0, 0.8);
    let line = ([1.0, 2.0, 3.0, 4.0, 5.0], [6.0, 7.0, 8.0, 9.0, 10.0]);
    near(nonoverlap::nap(&line.0, &line.1), 1.0);
    // Complete separation, and nothing beyond the trend that was there before.
    near(nonoverlap::baseline_corrected_tau(&line.0, &line.1), 0.0);
    near(nonoverlap::nap(&[-12.0, -14.0, -9.0, -10.0], &[-10.0, -6.0, -4.0, -5.0, -3.0, -4.0]), 0.9375);
}

/// Scores of six sessions, and whether each of the changes 2 to 3, 3 to 4 and 4 to 5 is a sudden gain.
type Gains = ([f64; 6], [bool; 3]);

#[test]
fn sudden_gains_agree_with_the_published_cells() {
    // suddengains (R, MIT) tests/testthat/test-identify_sg.R, rows without missing scores: threshold 7, 25 %, pooled SD.
    let cases: [Gains; 11] = [
        ([28.0, 19.0, 23.0, 12.0, 13.0, f64::NAN], [false, false, false]),
        ([28.0, 19.0, 23.0, 11.0, 12.0, f64::NAN], [false, true, false]),
        ([28.0, 19.0, 23.0, 12.0, 14.0, f64::NAN], [false, false, false]),
        ([28.0, 25.0, 28.0, 11.0, 12.0, f64::NAN], [false, true, false]),
        ([28.0, 26.0, 28.0, 11.0, 12.0, f64::NAN], [false, true, false]),
        ([35.0, 37.0, 23.0, 23.0, 24.0, 21.0], [true, false, false]),
        ([35.0, 37.0, 34.0, 24.0, 24.0, 21.0], [false, true, false]),
        ([35.0, 37.0, 34.0, 34.0, 24.0, 21.0], [false, false, true]),
        ([35.0, 37.0, 34.0, 37.0, 37.0, 37.0], [false, false, false]),
        ([28.0, 19.0, 23.0, 12.0, 13.0, f64::NAN], [false, false, false]),
        ([28.0, 19.0, 23.0, 11.0, 12.0, f64::NAN], [false, true, false]),
    ];
    for (scores, gains) in cases {
        let given: Vec<f64> = scores.into_iter().filter(|score| score.is_finite()).collect();
        let drops = sudden_change::drops(&given, 7.0, true);
        assert_eq!([1, 2, 3].map(|at| drops.contains(&at)), gains, "{given:?}");
    }
}

/// Annual flow of the Nile, 1871 to 1970 (Durbin and Koopman; public domain).
const NILE: [f64; 100] = [
    1120.0, 1160.0, 963.0, 1210.0, 1160.0, 1160.0, 813.0, 1230.0, 1370.0, 1140.0, 995.0, 935.0, 1110.0, 994.0, 1020.0,
    960.0, 1180.0, 799.0, 958.0, 1140.0, 1100.0, 1210.0, 1150.0, 1250.0, 1260.0, 1220.0, 1030.0, 1100.0, 774.0, 840.0,
    874.0, 694.0, 940.0, 833.0, 701.0, 916.0, 692.0, 1020.0, 1050.0, 969.0, 831.0, 726.0, 456.0, 824.0, 702.0, 1120.0,
    1100.0, 832.0, 764.0, 821.0, 768.0, 845.0, 864.0, 862.0, 698.0, 845.0, 744.0, 796.0, 1040.0, 759.0, 781.0, 865.0,
    845.0, 944.0, 984.0, 897.0, 822.0, 1010.0, 771.0, 676.0, 649.0, 846.0, 812.0, 742.0, 801.0, 1040.0, 860.0, 874.0,
    848.0, 890.0, 744.0, 749.0, 838.0, 1050.0, 918.0, 986.0, 797.0, 923.0, 975.0, 815.0, 1020.0, 906.0, 901.0, 1170.0,
    912.0, 746.0, 919.0, 718.0, 714.0, 740.0,
];

#[test]
fn the_nile_fell_after_1898() {
    // The textbook answer, and that of ruptures 1.1.10 (exact search and binary segmentation): 28 years before.
    assert_eq!(step::best(&NILE, 2).map(|step| step.at), Some(28));
}

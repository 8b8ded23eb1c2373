//! Trends: Mann–Kendall and Theil–Sen against published and recomputed values.

use super::{near, rounded};
use crate::insight::{kendall, normal, theil_sen};

/// A series with its S, variance, z, p in the normal form, τ, τ_b, Sen's slope, and the exact p where there is one.
type Small = (&'static [f64], i64, [f64; 6], Option<f64>);

/// scipy 1.17, pymannkendall 1.4.3 and full enumeration.
const SHORT: [Small; 5] = [
    (
        &[16.0, 15.0, 15.0, 12.0, 11.0, 9.0, 10.0, 7.0],
        -25,
        [
            64.33333333333333,
            -2.992217885724178,
            0.0027695851547209216,
            -0.8928571428571429,
            -0.9092412093166349,
            -1.3095238095238095,
        ],
        Some(0.0006944444444444445),
    ),
    (&[12.0, 14.0, 11.0, 15.0, 13.0, 12.0], 0, [27.333333333333332, 0.0, 1.0, 0.0, 0.0, 0.0], Some(1.0)),
    (
        &[5.0, 4.0, 3.0, 2.0, 1.0],
        -10,
        [16.666666666666668, -2.2045407685048604, 0.0274863361115103, -1.0, -0.9999999999999999, -1.0],
        Some(0.016666666666666666),
    ),
    (
        &[8.0, 8.0, 8.0, 8.0, 7.0, 7.0],
        -8,
        [18.666666666666668, -1.6201851746019649, 0.10519250512004152, -0.5333333333333333, -0.7302967433402213, -0.2],
        Some(0.13333333333333333),
    ),
    (
        &[10.0, 11.0, 10.0, 12.0, 11.0, 13.0, 12.0, 14.0, 13.0, 15.0],
        33,
        [121.0, 2.909090909090909, 0.00362481438520601, 0.7333333333333333, 0.768273325346536, 0.5],
        None,
    ),
];

#[test]
fn mann_kendall_and_theil_sen_agree_on_short_series() {
    for (values, s, [variance, z, normal, tau, tau_b, slope], exact) in SHORT {
        let order: Vec<f64> = (0..values.len()).map(|at| at as f64).collect();
        assert_eq!(kendall::score(values), s);
        near(kendall::variance(values), variance);
        near(kendall::z(s, variance), z);
        near(normal::two_sided(kendall::z(s, kendall::variance(values))), normal);
        near(kendall::tau(values), tau);
        near(kendall::tau_b(&order, values), tau_b);
        near(theil_sen::slope(&order, values), slope);
        near(kendall::p_value(values, 1.0), exact.unwrap_or(normal));
    }
    // Twelve values without ties, counted exactly though the product takes the normal form from eleven on.
    let twelve = [20.0, 18.0, 19.0, 17.0, 15.0, 16.0, 13.0, 12.0, 14.0, 10.0, 9.0, 11.0];
    let order: Vec<f64> = (0..12).map(f64::from).collect();
    assert_eq!(kendall::score(&twelve), -54);
    near(kendall::variance(&twelve), 212.66666666666666);
    near(kendall::z(-54, kendall::variance(&twelve)), -3.634345051015831);
    near(kendall::tau(&twelve), -0.8181818181818182);
    near(kendall::tau_b(&order, &twelve), -0.8181818181818181);
    near(theil_sen::slope(&order, &twelve), -1.0);
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
        rounded(kendall::exact_at_least(n, s), p);
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
    let slope = theil_sen::slope(&times, &values);
    near(slope, -0.006369426751592357);
    // Sen's line goes through the medians of values and times.
    let middle = |of: &[f64]| theil_sen::median(of).expect("values");
    near(middle(&values) - slope * middle(&times), 96.15286624203821);
}

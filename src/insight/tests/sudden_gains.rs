//! Sudden gains: the cells that the R package `suddengains` (MIT) publishes in tests/testthat/test-identify_sg.R.

use crate::insight::{student, sudden_change};
use std::collections::{BTreeMap, BTreeSet};

/// Scores of six sessions, and whether each of the changes 2 to 3, 3 to 4 and 4 to 5 is a sudden gain; `None` where the
/// scores around it are too few to say.
type Row = ([Option<f64>; 6], [Option<bool>; 3]);

const NO: Option<bool> = Some(false);
const YES: Option<bool> = Some(true);

fn row(scores: [f64; 6], gains: [Option<bool>; 3]) -> Row {
    (scores.map(|score| score.is_finite().then_some(score)), gains)
}

/// Table A with missing scores, then table B without.
fn rows() -> [Row; 14] {
    let x = f64::NAN;
    [
        row([28.0, 19.0, 23.0, 12.0, 13.0, x], [NO, NO, None]),
        row([28.0, 19.0, 23.0, 11.0, 12.0, x], [NO, YES, None]),
        row([28.0, 19.0, x, 12.0, 13.0, x], [None; 3]),
        row([28.0, 19.0, 23.0, 12.0, 13.0, x], [NO, NO, None]),
        row([28.0, 19.0, 23.0, 12.0, 14.0, x], [NO, NO, None]),
        row([28.0, 19.0, x, 12.0, 13.0, x], [None; 3]),
        row([28.0, 19.0, 23.0, 11.0, 12.0, x], [NO, YES, None]),
        row([28.0, 25.0, 28.0, 11.0, 12.0, x], [NO, YES, None]),
        row([28.0, 26.0, 28.0, 11.0, 12.0, x], [NO, YES, None]),
        row([x, 26.0, 28.0, x, 12.0, 11.0], [None; 3]),
        row([35.0, 37.0, 23.0, 23.0, 24.0, 21.0], [YES, NO, NO]),
        row([35.0, 37.0, 34.0, 24.0, 24.0, 21.0], [NO, YES, NO]),
        row([35.0, 37.0, 34.0, 34.0, 24.0, 21.0], [NO, NO, YES]),
        row([35.0, 37.0, 34.0, 37.0, 37.0, 37.0], [NO, NO, NO]),
    ]
}

/// The scores that are there among three on each side of a change. `None` when the one right before or right after is
/// missing, or fewer than two are there on a side.
fn around(scores: &[Option<f64>], at: usize) -> Option<(Vec<f64>, Vec<f64>)> {
    scores[at].and(*scores.get(at + 1)?)?;
    let known = |part: &[Option<f64>]| part.iter().flatten().copied().collect::<Vec<f64>>();
    let before = known(&scores[(at + 1).saturating_sub(3)..=at]);
    let after = known(&scores[at + 1..scores.len().min(at + 4)]);
    (before.len() >= 2 && after.len() >= 2).then_some((before, after))
}

/// The three criteria of the product at one change: a drop of 7, a quarter, and the pooled standard deviation.
fn is_gain((before, after): (Vec<f64>, Vec<f64>)) -> bool {
    let last = before.len() - 1;
    let scores = [before, after].concat();
    sudden_change::drops(&scores, 7.0, true).contains(&last)
}

/// The first two criteria as above and a true t test for the third.
fn is_gain_by_t_test((before, after): (Vec<f64>, Vec<f64>)) -> bool {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let squares = |values: &[f64]| values.iter().map(|value| (value - mean(values)).powi(2)).sum::<f64>();
    let [m, n] = [before.len() as f64, after.len() as f64];
    let pooled = ((squares(&before) + squares(&after)) / (m + n - 2.0)).sqrt();
    let limit = student::critical(0.025, m + n - 2.0) * pooled * (1.0 / m + 1.0 / n).sqrt();
    let drop = before[before.len() - 1] - after[0];
    drop >= 7.0 && drop >= 0.25 * before[before.len() - 1] && mean(&before) - mean(&after) > limit
}

#[test]
fn every_published_cell_comes_out_also_where_scores_are_missing() {
    for (at, (scores, gains)) in rows().into_iter().enumerate() {
        let ours = [1, 2, 3].map(|change| around(&scores, change).map(is_gain));
        assert_eq!(ours, gains, "row {at}");
    }
}

#[test]
fn the_form_with_a_t_test_differs_in_two_cells_so_the_product_has_to_name_its_own() {
    let mut differ = Vec::new();
    for (at, (scores, gains)) in rows().into_iter().enumerate().take(10) {
        let by_t = [1, 2, 3].map(|change| around(&scores, change).map(is_gain_by_t_test));
        differ.extend((0..3).filter(|change| by_t[*change] != gains[*change]).map(|change| (at + 1, change)));
    }
    assert_eq!(differ, [(1, 1), (4, 1)]);
}

/// BDI scores by client: sessions 0 to 12, then two follow-ups.
fn depression_scores() -> BTreeMap<&'static str, [Option<f64>; 15]> {
    let mut clients: BTreeMap<&str, [Option<f64>; 15]> = BTreeMap::new();
    for line in include_str!("sudden_gains.csv").lines().filter(|line| line.starts_with("sg")) {
        let [client, session, measure, score] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("four columns: {line}")
        };
        if measure == "BDI" {
            let session: usize = session.parse().expect("a session");
            clients.entry(client).or_default()[session] = score.parse().ok();
        }
    }
    clients
}

/// Client, session before, score before, score after, of each gain by the three criteria alone in sessions 1 to 12: what
/// the package's tutorial describes with 24 gains in 15 of 43 people, 11 points on average.
const GAINS: [(&str, usize, f64, f64); 24] = [
    ("sg01", 3, 34.0, 23.0),
    ("sg01", 7, 29.0, 17.0),
    ("sg03", 8, 35.0, 26.0),
    ("sg04", 3, 32.0, 22.0),
    ("sg05", 3, 36.0, 26.0),
    ("sg05", 8, 19.0, 6.0),
    ("sg09", 3, 32.0, 23.0),
    ("sg10", 2, 35.0, 25.0),
    ("sg10", 4, 25.0, 17.0),
    ("sg12", 3, 31.0, 23.0),
    ("sg13", 3, 36.0, 23.0),
    ("sg13", 8, 18.0, 10.0),
    ("sg14", 2, 37.0, 23.0),
    ("sg18", 3, 35.0, 24.0),
    ("sg39", 3, 33.0, 24.0),
    ("sg40", 2, 31.0, 23.0),
    ("sg40", 5, 21.0, 10.0),
    ("sg40", 8, 11.0, 1.0),
    ("sg41", 6, 26.0, 15.0),
    ("sg41", 9, 11.0, 3.0),
    ("sg42", 5, 39.0, 15.0),
    ("sg42", 8, 10.0, 1.0),
    ("sg43", 5, 35.0, 21.0),
    ("sg43", 7, 19.0, 5.0),
];

#[test]
fn the_three_criteria_alone_give_the_published_gains_of_the_example_data() {
    let clients = depression_scores();
    let known = clients.values().flatten().flatten().count();
    assert_eq!((clients.len(), known), (43, 563));
    let mut found = Vec::new();
    for (client, scores) in &clients {
        let treated = &scores[1..=12];
        for at in (0..12).filter(|at| around(treated, *at).is_some_and(is_gain)) {
            found.push((*client, at + 1, treated[at].expect("a score"), treated[at + 1].expect("a score")));
        }
    }
    assert_eq!(found, GAINS);
    let people: BTreeSet<&str> = found.iter().map(|gain| gain.0).collect();
    assert_eq!(people.len(), 15);
    let size: f64 = found.iter().map(|(.., before, after)| before - after).sum::<f64>() / 24.0;
    assert_eq!(size.round(), 11.0);
}

//! Kendall's S against time, its variance and p-value (Mann 1945, Kendall 1975), and τ.
//!
//! In go values in order, out comes how often a later one is higher. Exact where that can be counted, else normal with
//! the continuity correction. It never looks at the dates: an order is an order.

use super::normal;

/// Pairs in which the later value is higher, less those in which it is lower.
pub(super) fn score(values: &[f64]) -> i64 {
    let rises = |(at, value): (usize, &f64)| {
        values[at + 1..].iter().map(|later| i64::from(later > value) - i64::from(later < value)).sum::<i64>()
    };
    values.iter().enumerate().map(rises).sum()
}

/// Variance of S when order means nothing, with the term for ties.
pub(super) fn variance(values: &[f64]) -> f64 {
    let term = |n: f64| n * (n - 1.0) * (2.0 * n + 5.0);
    (term(values.len() as f64) - ties(values).into_iter().map(|size| term(size as f64)).sum::<f64>()) / 18.0
}

/// Sizes of groups of equal values.
fn ties(values: &[f64]) -> Vec<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.chunk_by(|a, b| a == b).map(<[f64]>::len).collect()
}

/// S over the number of pairs.
pub(super) fn tau(values: &[f64]) -> f64 {
    score(values) as f64 / pairs(values.len())
}

/// τ_b of two sequences: pairs that agree less those that disagree, with ties in either taken out.
pub(super) fn tau_b(x: &[f64], y: &[f64]) -> f64 {
    let mut agreement = 0.0;
    for at in 0..x.len() {
        for later in at + 1..x.len() {
            agreement += sign(x[later] - x[at]) * sign(y[later] - y[at]);
        }
    }
    let untied = |values: &[f64]| pairs(values.len()) - ties(values).into_iter().map(pairs).sum::<f64>();
    let scale = (untied(x) * untied(y)).sqrt();
    if scale > 0.0 { agreement / scale } else { 0.0 }
}

/// Two-sided p-value. `inflation` widens the variance for scores that resemble their neighbours.
pub(super) fn p_value(values: &[f64], inflation: f64) -> f64 {
    let (n, s) = (values.len(), score(values));
    if inflation <= 1.0 {
        let tied = ties(values).len() < n;
        if !tied && n <= 10 {
            return exact(n, s);
        }
        if tied && n <= 8 {
            return by_permutation(values);
        }
    }
    let variance = variance(values) * inflation;
    if variance <= 0.0 { 1.0 } else { normal::two_sided(z(s, variance)) }
}

/// S in standard deviations, one pair closer to nought for continuity.
pub(super) fn z(s: i64, variance: f64) -> f64 {
    (s - s.signum()) as f64 / variance.sqrt()
}

/// Chance of an S at least this high for `n` different values: orders counted by their inversions.
pub(super) fn exact_at_least(n: usize, s: i64) -> f64 {
    // The number of pairs out of order, for which S = pairs − 2·inversions.
    let most = n * n.saturating_sub(1) / 2;
    let mut chance = vec![0.0; most + 1];
    chance[0] = 1.0;
    for size in 2..=n {
        let mut next = vec![0.0; most + 1];
        for (inversions, p) in chance.iter().enumerate().filter(|(_, p)| **p > 0.0) {
            for more in 0..size {
                next[inversions + more] += p / size as f64;
            }
        }
        chance = next;
    }
    chance.iter().enumerate().filter(|(inversions, _)| most as i64 - 2 * *inversions as i64 >= s).map(|(_, p)| p).sum()
}

fn exact(n: usize, s: i64) -> f64 {
    (2.0 * exact_at_least(n, s.abs())).min(1.0)
}

/// Every order of up to eight values (Heap's algorithm).
fn by_permutation(values: &[f64]) -> f64 {
    let observed = score(values).abs();
    let mut order = values.to_vec();
    let mut counters = vec![0; order.len()];
    let (mut extreme, mut total) = (1u32, 1u32);
    let mut at = 1;
    while at < order.len() {
        if counters[at] < at {
            let other = if at % 2 == 0 { 0 } else { counters[at] };
            order.swap(other, at);
            extreme += u32::from(score(&order).abs() >= observed);
            total += 1;
            counters[at] += 1;
            at = 1;
        } else {
            counters[at] = 0;
            at += 1;
        }
    }
    f64::from(extreme) / f64::from(total)
}

fn pairs(n: usize) -> f64 {
    let n = n as f64;
    n * (n - 1.0) / 2.0
}

fn sign(value: f64) -> f64 {
    if value == 0.0 { 0.0 } else { value.signum() }
}

//! The median of all slopes between two points (Theil 1950, Sen 1968), and its interval.

/// A slope with the interval that Kendall's variance gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slope {
    /// Per unit of time.
    pub(super) value: f64,
    /// Lower end of the interval.
    pub(super) low: f64,
    /// Upper end.
    pub(super) high: f64,
}

/// Slopes of all pairs of points at different times, in no order.
fn slopes(times: &[f64], values: &[f64]) -> Vec<f64> {
    let mut found = Vec::with_capacity(times.len() * times.len() / 2);
    for at in 0..times.len() {
        for later in at + 1..times.len() {
            if times[later] != times[at] {
                found.push((values[later] - values[at]) / (times[later] - times[at]));
            }
        }
    }
    found
}

/// The slope alone; nought when no two points differ in time.
pub(super) fn slope(times: &[f64], values: &[f64]) -> f64 {
    middle(&mut slopes(times, values)).unwrap_or(0.0)
}

/// The slope with an interval of about 95 %: the slopes that stand 1.96 standard deviations of S away from the middle.
pub(super) fn with_interval(times: &[f64], values: &[f64], variance_of_s: f64) -> Slope {
    let mut slopes = slopes(times, values);
    let Some(value) = middle(&mut slopes) else { return Slope { value: 0.0, low: 0.0, high: 0.0 } };
    let count = slopes.len() as f64;
    let reach = 1.96 * variance_of_s.max(0.0).sqrt();
    let mut rank = |at: f64| {
        let at = (at.max(0.0) as usize).min(slopes.len() - 1);
        *slopes.select_nth_unstable_by(at, f64::total_cmp).1
    };
    Slope { value, low: rank(((count - reach) / 2.0).floor()), high: rank(((count + reach) / 2.0).ceil()) }
}

/// The middle value; the mean of two when there are two.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    middle(&mut values.to_vec())
}

/// The middle value, found without putting all others in order.
fn middle(values: &mut [f64]) -> Option<f64> {
    let at = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    let odd = values.len() % 2 == 1;
    let (below, upper, _) = values.select_nth_unstable_by(at, f64::total_cmp);
    let upper = *upper;
    let lower = below.iter().copied().max_by(f64::total_cmp).filter(|_| !odd);
    Some(lower.map_or(upper, |lower| (lower + upper) / 2.0))
}

//! Where a series splits best into two levels, how sure that place is, and whether a step or a line fits better.
//!
//! In go values in order; out comes the split with the largest |t|. It says nothing about chance: that is the business
//! of whoever simulates.

/// χ²(.95, 1): splits that leave this many variances more than the best one may still be the place.
pub(super) const PLACE_IS_SURE: f64 = 3.841_458_820_694_124;

/// The best split.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    /// How many values come before it.
    pub(super) at: usize,
    /// Student's t of the two means, positive when the later one is higher.
    pub(super) t: f64,
    /// Mean before.
    pub(super) before: f64,
    /// Mean after.
    pub(super) after: f64,
}

/// Values squared and summed once, so that each split costs nothing.
struct Sums {
    plain: Vec<f64>,
    square: f64,
}

impl Sums {
    fn of(values: &[f64]) -> Self {
        let mut plain = Vec::with_capacity(values.len() + 1);
        let mut sum = 0.0;
        plain.push(0.0);
        plain.extend(values.iter().map(|value| {
            sum += value;
            sum
        }));
        Self { plain, square: values.iter().map(|value| value * value).sum() }
    }

    /// Means before and after a split, and what is left unexplained.
    fn split(&self, at: usize) -> (f64, f64, f64) {
        let n = self.plain.len() - 1;
        let (first, all) = (self.plain[at], self.plain[n]);
        let (before, after) = (first / at as f64, (all - first) / (n - at) as f64);
        let left = self.square - first * before - (all - first) * after;
        (before, after, left.max(1e-9))
    }
}

/// The split with the largest |t| that leaves at least `least` values on both sides.
pub(super) fn best(values: &[f64], least: usize) -> Option<Step> {
    let n = values.len();
    if least == 0 || n < 2 * least || n < 3 {
        return None;
    }
    let sums = Sums::of(values);
    let mut found: Option<Step> = None;
    for at in least..=n - least {
        let (before, after, left) = sums.split(at);
        let t = t_of(before, after, left, at, n);
        if found.is_none_or(|best| t.abs() > best.t.abs()) {
            found = Some(Step { at, t, before, after });
        }
    }
    found
}

/// t of a split at a place that was given, not looked for.
pub(super) fn at(values: &[f64], at: usize) -> Step {
    let (before, after, left) = Sums::of(values).split(at);
    Step { at, t: t_of(before, after, left, at, values.len()), before, after }
}

fn t_of(before: f64, after: f64, left: f64, at: usize, n: usize) -> f64 {
    let (k, m) = (at as f64, (n - at) as f64);
    (after - before) / (left / (n as f64 - 2.0) * (1.0 / k + 1.0 / m)).sqrt()
}

/// What is left of each value when the two levels are taken out.
pub(super) fn residuals(values: &[f64], step: &Step) -> Vec<f64> {
    let level = |at: usize| if at < step.at { step.before } else { step.after };
    values.iter().enumerate().map(|(at, value)| value - level(at)).collect()
}

/// First and last split that fit about as well as the best: within σ²·χ²(.95, 1) of what it leaves.
pub(super) fn interval(values: &[f64], step: &Step, least: usize) -> (usize, usize) {
    let sums = Sums::of(values);
    let best = sums.split(step.at).2;
    let limit = best + best / (values.len() as f64 - 2.0) * PLACE_IS_SURE;
    let fits = |at: &usize| sums.split(*at).2 <= limit;
    let range = least..=values.len() - least;
    (range.clone().find(fits).unwrap_or(step.at), range.rev().find(fits).unwrap_or(step.at))
}

/// BIC of a line less BIC of a step: above nought when the step fits better. The step pays for its place.
pub(super) fn advantage_over_line(values: &[f64], step: &Step) -> f64 {
    let n = values.len() as f64;
    let left = Sums::of(values).split(step.at).2;
    n * (line_left(values) / left).ln() - n.ln()
}

/// Sum of squares that the best straight line through equally spaced values leaves.
pub(super) fn line_left(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let (middle, mean) = ((n - 1.0) / 2.0, values.iter().sum::<f64>() / n);
    let (mut joint, mut spread, mut total) = (0.0, 0.0, 0.0);
    for (at, value) in values.iter().enumerate() {
        let x = at as f64 - middle;
        joint += x * (value - mean);
        spread += x * x;
        total += (value - mean).powi(2);
    }
    (total - joint * joint / spread.max(1e-9)).max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::{advantage_over_line, best, interval};

    #[test]
    fn a_clean_step_is_found_at_its_place_and_beats_a_line() {
        let values: Vec<f64> = (0..20).map(|at| if at < 12 { 15.0 } else { 8.0 } + f64::from(at % 2)).collect();
        let step = best(&values, 4);
        assert!(step.is_some_and(|step| step.at == 12 && step.t < -10.0), "{step:?}");
        let step = step.unwrap();
        assert_eq!(interval(&values, &step, 4), (12, 12));
        assert!(advantage_over_line(&values, &step) > 2.0);
    }

    #[test]
    fn a_straight_line_is_no_step() {
        let values: Vec<f64> = (0..20).map(|at| f64::from(at) + f64::from(at % 3) / 3.0).collect();
        assert!(advantage_over_line(&values, &best(&values, 4).unwrap()) < 0.0);
    }
}

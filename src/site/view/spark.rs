//! A line as small as a word, for progress towards a goal.

use super::lanes::tenth;
use serde::Serialize;

const WIDTH: f64 = 84.0;
const HEIGHT: f64 = 18.0;

/// A small line.
#[derive(Serialize)]
pub(crate) struct Spark {
    path: String,
    x: f64,
    y: f64,
}

/// Draws values on a range from left to right. `None` for fewer than two.
pub(crate) fn spark(values: &[f64], low: f64, high: f64) -> Option<Spark> {
    let last = values.len().checked_sub(1).filter(|last| *last > 0)?;
    let x = |at: usize| tenth(3.0 + (WIDTH - 6.0) * at as f64 / last as f64);
    let y = |value: f64| tenth(3.0 + (HEIGHT - 6.0) * (1.0 - ((value - low) / (high - low)).clamp(0.0, 1.0)));
    let points: Vec<String> = values.iter().enumerate().map(|(at, value)| format!("{} {}", x(at), y(*value))).collect();
    Some(Spark { path: format!("M{}", points.join("L")), x: x(last), y: y(values[last]) })
}

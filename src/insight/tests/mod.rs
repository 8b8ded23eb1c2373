//! The statistics against published and recomputed values, each with its source.
//!
//! What exists only to be compared (Tau-U, PELT, a class of clinically significant change) is computed here and nowhere
//! else; what the product uses is called as the product calls it.

mod change_points;
mod clinical_change;
mod counts;
mod directions;
mod nonoverlap;
mod sudden_gains;
mod themes;
mod trends;
mod words;

/// Holds a value to the digits of its reference.
#[track_caller]
fn near(ours: f64, reference: f64) {
    let scale = reference.abs().max(1e-3);
    assert!((ours - reference).abs() <= 1e-12 * scale, "{ours} is not {reference}");
}

/// Holds a value to a reference that was rounded to six digits after the point.
#[track_caller]
fn rounded(ours: f64, reference: f64) {
    assert!((ours - reference).abs() <= 5.000_001e-7, "{ours} is not {reference}");
}

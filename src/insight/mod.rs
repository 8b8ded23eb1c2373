//! What runs through a history.
//!
//! In goes one client's file; out come plain statements with the sessions they rest on. Nothing here is a verdict: for
//! now it holds only what is counted or compared directly, without a test of chance. The finders stand beside it later.

mod latest_change;
#[allow(dead_code)]
mod persistence;
#[allow(dead_code)]
mod presence;
#[allow(dead_code)]
mod split_scan;
#[allow(dead_code)]
mod tested;
#[allow(dead_code)]
mod theme_course;
#[allow(dead_code)]
mod two_rates;

pub use latest_change::{Change, LatestChange, latest_change};

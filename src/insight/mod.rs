//! What runs through a history.
//!
//! In goes one client's file; out come plain statements with the sessions they rest on. Nothing here is a verdict: for
//! now it holds only what is counted or compared directly, without a test of chance. The finders stand beside it later.

#[allow(dead_code)]
mod anniversary;
#[allow(dead_code)]
mod burst;
#[allow(dead_code)]
mod circular;
#[allow(dead_code)]
mod fisher;
#[allow(dead_code)]
mod hypergeometric;
#[allow(dead_code)]
mod interval_scan;
#[allow(dead_code)]
mod keyness;
#[allow(dead_code)]
mod keyword_shift;
mod latest_change;
#[allow(dead_code)]
mod missed_after;
#[allow(dead_code)]
mod missed_cluster;
#[allow(dead_code)]
mod monte_carlo;
#[allow(dead_code)]
mod not_written_about;
#[allow(dead_code)]
mod persistence;
#[allow(dead_code)]
mod presence;
#[allow(dead_code)]
mod random;
#[allow(dead_code)]
mod returning;
#[allow(dead_code)]
mod split_scan;
#[allow(dead_code)]
mod stop_words;
#[allow(dead_code)]
mod tested;
#[allow(dead_code)]
mod theme_course;
#[allow(dead_code)]
mod theme_pair;
#[allow(dead_code)]
mod two_rates;
#[allow(dead_code)]
mod words;

pub use latest_change::{Change, LatestChange, latest_change};

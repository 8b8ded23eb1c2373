//! What runs through a history: findings with the notes they rest on, their uncertainty, and what does not fit.
//!
//! In goes one client's file and a day; out come plain statements. A finder is one file: it looks, counts, and tests
//! against chance; `multiplicity` then adjusts for everything that was tried. Nothing here is a verdict, a cause or a
//! forecast, and that nothing was found never means that nothing is there.

mod anniversary;
mod attendance;
mod autocorrelation;
mod burst;
mod candidate;
mod circular;
mod finding;
mod fisher;
mod history;
mod hypergeometric;
mod interval_scan;
mod kendall;
mod latest_change;
mod level_shift;
mod missed_after;
mod missed_cluster;
mod monte_carlo;
mod multiplicity;
mod nonoverlap;
mod normal;
mod patterns;
mod persistence;
mod phase_effect;
mod plateau;
mod presence;
mod random;
mod reliable_change;
mod score_trend;
mod split_scan;
mod step;
mod student;
mod sudden_change;
mod tested;
mod theil_sen;
mod theme_beside;
mod theme_course;
mod theme_pair;
mod theme_score;
mod theme_time;
mod two_rates;
mod wording;

pub use finding::{Course, Effect, Finding, FindingKind, Level, Moment, Observation, Patterns, TooLittle};
pub use latest_change::{Change, LatestChange, latest_change};
pub use patterns::patterns;

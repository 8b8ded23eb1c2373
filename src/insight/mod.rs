//! What runs through a history: findings with the notes they rest on, their uncertainty, and what does not fit.
//!
//! In goes one client's file and a day; out come plain statements. A finder is one file: it looks, counts, and tests
//! against chance; `multiplicity` then adjusts for everything that was tried. Nothing here is a verdict, a cause or a
//! forecast, and that nothing was found never means that nothing is there.

mod autocorrelation;
mod candidate;
mod finding;
mod history;
mod kendall;
mod latest_change;
mod level_shift;
mod monte_carlo;
mod multiplicity;
mod nonoverlap;
mod normal;
mod patterns;
mod phase_effect;
mod plateau;
mod random;
mod reliable_change;
mod score_trend;
mod step;
mod student;
mod sudden_change;
mod tested;
mod theil_sen;
mod theme_score;
mod wording;

pub use finding::{Course, Effect, Finding, FindingKind, Level, Moment, Observation, Patterns, TooLittle};
pub use latest_change::{Change, LatestChange, latest_change};
pub use patterns::patterns;

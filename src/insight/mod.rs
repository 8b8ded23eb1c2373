//! What runs through a history: findings with the notes they rest on, their uncertainty, and what does not fit.
//!
//! In goes one client's file and a day; out come plain statements. A finder is one file: it looks, counts, and tests
//! against chance; `multiplicity` then adjusts it for everything of its kind that was tried. Nothing here is a verdict, a cause or a
//! forecast, and that nothing was found never means that nothing is there.

mod alliance;
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
mod keyness;
mod keyword_shift;
mod latest_change;
mod level_shift;
mod missed_after;
mod missed_cluster;
mod monte_carlo;
mod multiplicity;
mod nonoverlap;
mod normal;
mod not_written_about;
mod pairs_across;
mod patterns;
mod persistence;
mod phase_effect;
mod picture;
mod plateau;
mod presence;
mod random;
mod recent_words;
mod reliable_change;
mod returning;
mod score_alert;
mod score_trend;
mod seen;
mod set_aside;
mod silences;
mod split_scan;
mod step;
mod stop_words;
mod student;
mod sudden_change;
mod tested;
#[cfg(test)]
mod tests;
mod theil_sen;
mod theme_beside;
mod theme_counted;
mod theme_course;
mod theme_pair;
mod theme_score;
mod theme_time;
mod two_rates;
mod wording;
mod words;
mod year_words;

pub use finding::{Course, Effect, Finding, FindingKind, Level, Moment, Observation, Patterns, TooLittle};
pub use latest_change::{Change, LatestChange, latest_change};
pub use not_written_about::Subject;
pub use pairs_across::{PairAcross, pairs_across};
pub use patterns::patterns;
pub use picture::{Beside, Line, Mark, Picture, Portion, ScoreMark, ScorePlot, Seasons, Shares, Strip};
pub use seen::{Findings, Seen, SeenSoFar};
pub use set_aside::finding_key;
pub use silences::silences;

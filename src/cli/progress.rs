//! Progress for what takes longer than a second, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// A counter that shows itself after a second.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    since: Instant,
}

impl Progress {
    /// Counts something, such as "opening notes".
    pub(super) fn new(what: &str, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_message(what.to_owned());
        if let Ok(style) = ProgressStyle::with_template("{msg} {pos} ({elapsed})") {
            bar.set_style(style);
        }
        let progress = Self { bar, since: Instant::now() };
        if quiet || !std::io::stderr().is_terminal() {
            progress.bar.finish();
        }
        progress
    }

    /// Says how many are done.
    pub(super) fn at(&self, done: usize) {
        if self.bar.is_finished() {
            return;
        }
        if self.bar.is_hidden() && self.since.elapsed() > Duration::from_secs(1) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
        self.bar.set_position(done as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

//! A point in time that can be asked how long ago it was, also after the machine slept.
//!
//! In: nothing but the two clocks. Out: [`Moment`]. It never waits.

use std::time::{Duration, Instant, SystemTime};

/// A point in time on two clocks.
///
/// The monotonic clock stands still while the machine sleeps; the wall clock goes on but can be set. The longer of the
/// two answers is taken: a doubt makes a login or an idle limit end sooner, never later.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    monotonic: Instant,
    wall: SystemTime,
}

impl Moment {
    /// This moment.
    pub fn now() -> Self {
        Self { monotonic: Instant::now(), wall: SystemTime::now() }
    }

    /// How long ago it was.
    pub fn elapsed(&self) -> Duration {
        // An error means that the wall clock was set back, which then says nothing.
        let wall = self.wall.elapsed().unwrap_or(Duration::ZERO);
        self.monotonic.elapsed().max(wall)
    }
}

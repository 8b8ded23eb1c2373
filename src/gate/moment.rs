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
        self.until(&Self::now())
    }

    /// How long it is from here to a later moment.
    fn until(&self, later: &Self) -> Duration {
        // An error means that the wall clock was set back, which then says nothing.
        let wall = later.wall.duration_since(self.wall).unwrap_or(Duration::ZERO);
        later.monotonic.saturating_duration_since(self.monotonic).max(wall)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);
    const FIFTY_YEARS: Duration = Duration::from_secs(50 * 365 * 24 * 3600);

    #[test]
    fn sleep_counts_though_the_monotonic_clock_stood_still() {
        let before = Moment::now();
        let after = Moment { wall: before.wall + 8 * 60 * MINUTE, ..before };
        assert_eq!(before.until(&after), 8 * 60 * MINUTE);
    }

    #[test]
    fn a_wall_clock_that_is_set_back_takes_nothing_away() {
        let before = Moment::now();
        let after = Moment { monotonic: before.monotonic + MINUTE, wall: before.wall - FIFTY_YEARS };
        assert_eq!(before.until(&after), MINUTE);
    }

    #[test]
    fn a_wall_clock_that_is_set_forward_ends_things_sooner() {
        let before = Moment::now();
        let after = Moment { monotonic: before.monotonic + MINUTE, wall: before.wall + FIFTY_YEARS };
        assert_eq!(before.until(&after), FIFTY_YEARS);
        assert_eq!(after.until(&before), Duration::ZERO, "nothing is owed to the past");
    }
}

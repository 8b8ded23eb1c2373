//! When to warn, when to lock, when to end.
//!
//! In go times of work; out comes what is due. Time the machine slept counts. Nothing here waits.

use crate::gate::Moment;
use std::time::Duration;

/// How long before the end of something it is said.
const WARNING: Duration = Duration::from_secs(60);

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// The end that was set.
    End,
    /// A lock: nobody has worked for long.
    Lock,
    /// The end is so far away.
    WarnOfEnd(Duration),
    /// The lock is so far away.
    WarnOfLock(Duration),
}

/// The time of one opening.
#[derive(Debug)]
pub(super) struct Clock {
    begun: Moment,
    active: Moment,
    lock_after: Duration,
    ends_after: Option<Duration>,
    warned_of_end: bool,
    warned_of_lock: bool,
}

impl Clock {
    /// Begins now.
    pub(super) fn new(lock_after: Duration, ends_after: Option<Duration>) -> Self {
        let now = Moment::now();
        Self { begun: now, active: now, lock_after, ends_after, warned_of_end: false, warned_of_lock: false }
    }

    pub(super) fn lock_after(&self) -> Duration {
        self.lock_after
    }

    /// Whether the end that was set has come.
    pub(super) fn is_up(&self) -> bool {
        self.ends_after.is_some_and(|end| self.begun.elapsed() >= end)
    }

    /// Somebody is at work.
    pub(super) fn touch(&mut self) {
        self.active = Moment::now();
        self.warned_of_lock = false;
    }

    /// What is due now, each thing once. `pages` is how long the pages were idle, where there are any.
    pub(super) fn due(&mut self, open: bool, pages: Option<Duration>) -> Option<Due> {
        if let Some(left) = self.ends_after.map(|end| end.saturating_sub(self.begun.elapsed())) {
            if left.is_zero() {
                return Some(Due::End);
            }
            if left <= WARNING && !self.warned_of_end {
                self.warned_of_end = true;
                return Some(Due::WarnOfEnd(left));
            }
        }
        let idle = pages.map_or_else(|| self.active.elapsed(), |pages| pages.min(self.active.elapsed()));
        let left = self.lock_after.saturating_sub(idle);
        if !open {
            return None;
        }
        if left.is_zero() {
            return Some(Due::Lock);
        }
        if left > WARNING {
            // Pages were looked at since.
            self.warned_of_lock = false;
        } else if !self.warned_of_lock {
            self.warned_of_lock = true;
            return Some(Due::WarnOfLock(left));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_warning_comes_once_before_what_it_warns_of_and_work_puts_the_lock_off() {
        let mut clock = Clock::new(Duration::from_secs(50), Some(Duration::from_secs(55)));
        assert!(matches!(clock.due(true, None), Some(Due::WarnOfEnd(_))));
        assert!(matches!(clock.due(true, None), Some(Due::WarnOfLock(_))));
        assert_eq!(clock.due(true, None), None);
        clock.touch();
        assert!(matches!(clock.due(true, Some(Duration::from_secs(9))), Some(Due::WarnOfLock(_))));
        assert_eq!(clock.due(false, None), None, "what is locked is not locked again");
        let mut clock = Clock::new(Duration::ZERO, None);
        assert_eq!(clock.due(true, None), Some(Due::Lock));
        assert!(!clock.is_up(), "without an end");
        let mut clock = Clock::new(Duration::from_secs(3600), Some(Duration::ZERO));
        assert_eq!(clock.due(false, None), Some(Due::End));
        assert!(clock.is_up());
    }
}

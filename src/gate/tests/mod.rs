//! What the gate promises, asked over real sockets with an invented child behind it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod child;
mod hostile;
mod keeper;
mod lock;
mod login;
mod overload;
mod relay;
mod slow;
mod visitor;

/// Times short enough for tests, long enough for a busy machine.
fn short_limits() -> super::Limits {
    use std::time::Duration;
    super::Limits {
        head: Duration::from_millis(300),
        body: Duration::from_millis(300),
        stall: Duration::from_millis(400),
        connection: Duration::from_secs(20),
        child: Duration::from_millis(500),
        farewell: Duration::from_millis(300),
        ..super::Limits::default()
    }
}

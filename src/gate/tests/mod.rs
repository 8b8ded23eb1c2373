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

/// Longer than a busy machine needs for anything. Who waits longer waits in vain.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

/// Limits that no test reaches, except for the one that it is about.
fn patient() -> super::Limits {
    let ages = 100 * PATIENCE;
    super::Limits {
        head: ages,
        body: ages,
        stall: ages,
        connection: ages,
        child: ages,
        farewell: ages,
        entry: ages,
        ..super::Limits::default()
    }
}

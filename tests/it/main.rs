//! The promises, tried on the built program with the real tools: `age`, `git`, vim, Chromium, sockets, killed processes.
//!
//! Each module is one part of what users rely on; each test says in its name what is promised. Vaults and notes come
//! from [`practice`] alone, running servers from [`served`], and pages in Chromium from [`browser`].
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    unreachable_pub,
    reason = "a test that meets the unexpected has failed and says where"
)]

mod architecture;
mod browser;
mod ending;
mod entry;
mod hostile_notes;
mod in_browser;
mod live;
mod locking;
mod markup;
mod nothing_on_disk;
mod pages;
mod practice;
mod served;
mod two_processes;

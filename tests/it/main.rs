//! The promises, tried on the built program with the real tools: `age`, `git`, vim, Chromium, sockets, killed processes.
//!
//! Each module is one part of what users rely on; each test says in its name what is promised. Vaults and notes come
//! from [`practice`] alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "a test fails by panicking"
)]

mod architecture;
mod bad_input;
mod checking;
mod editor;
mod example_vault;
mod foreign_files;
mod hand;
mod importing;
mod init;
mod listing;
mod one_writer;
mod pins;
mod practice;
mod readme;
mod sealing;
mod writing;

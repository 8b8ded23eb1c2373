//! The promises, tried on the built program with the real tools: `age`, `git`, vim, Chromium, sockets, killed processes.
//!
//! Each module is one part of what users rely on; each test says in its name what is promised. Vaults and notes come
//! from [`practice`] alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub,
    reason = "a test that meets the unexpected has failed and says where"
)]

mod accessible;
mod architecture;
mod bad_input;
mod browser;
mod canary;
mod checking;
mod comfort;
mod concurrency;
mod crash_sweep;
mod desk;
mod desk_clients;
mod desk_run;
mod desk_sweep;
mod disk_search;
mod doctor;
mod drafting;
mod editor;
mod editors;
mod ending;
mod entry;
mod example_vault;
mod fault_sweep;
mod foreign_files;
mod hand;
mod history;
mod hostile_asking;
mod hostile_corpus;
mod hostile_crowd;
mod hostile_load;
mod hostile_notes;
mod hostile_origin;
mod hostile_page;
mod hostile_requests;
mod hostile_scope;
mod hostile_vault;
mod importing;
mod in_browser;
mod init;
mod known_then;
mod leaks;
mod listing;
mod live;
mod locking;
mod markup;
mod missed;
mod nothing_on_disk;
mod one_writer;
mod open_all;
mod outcomes;
mod own_scales;
mod pages;
mod patterns;
mod pickup;
mod pins;
/// Made-up histories.
#[allow(dead_code, reason = "the measurement of findings uses more of them")]
#[path = "../../benches/planted/planting/mod.rs"]
mod planting;
mod practice;
mod preparing;
mod printing;
mod readme;
mod recount;
mod sealing;
mod searching;
mod served;
mod setting_aside;
mod sleeping;
mod spill;
mod sweep;
mod themes;
mod tracing;
mod two_processes;
mod unanswered;
mod writing;

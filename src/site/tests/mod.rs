//! The site as a whole: every address answers, nothing of a note acts, equal days stand at equal places.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

mod client_pages;
mod drawn;
mod hostile;
mod patterns_page;
mod sample;
mod walk;

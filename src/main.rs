//! Hands the arguments to [`throughline::cli::run`] and returns its exit code; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    throughline::cli::run(std::env::args_os())
}

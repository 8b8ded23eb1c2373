//! Arguments, terminal, exit codes: the only code that prints, asks, or reads the environment.
//!
//! In go the arguments, out comes an exit code. A command is a file under `commands`: its arguments, their help, and one
//! function. Messages go to standard error and data to standard output; nothing asks a question without a terminal.

mod arguments;
mod brief_screen;
mod commands;
mod config;
mod copies;
mod counted;
mod drafts;
mod editing;
mod exit;
mod failure;
mod filters;
mod half_done;
mod health;
mod help;
mod holding;
mod json;
mod note_reference;
mod opening;
mod options;
mod output;
mod patterns_json;
mod pinentry;
mod places;
mod prefill;
mod progress;
mod reading;
mod session;
mod spoken_date;
mod terminal;
mod unlock;
mod versions;
mod visible;
mod writing;

pub use exit::Exit;

use arguments::{Arguments, Command};
use clap::{CommandFactory, FromArgMatches};
use failure::Failure;
use session::Session;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program with its arguments, the first being its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    commands::harden_process();
    let parsed = help::grouped(Arguments::command()).try_get_matches_from(arguments);
    let parsed = parsed.and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(refused) => {
            // Help asked for is data; anything else is a message. Either may meet a closed pipe, which is no fault.
            let _ = refused.print();
            return ExitCode::from(if refused.use_stderr() { Exit::Usage.code() } else { Exit::Done.code() });
        }
    };
    let session = Session::new(&arguments.common);
    let result = dispatch(&session, arguments.command);
    match result {
        Ok(exit) => ExitCode::from(exit.code()),
        Err(failure) => {
            session.messages.failure(&failure);
            ExitCode::from(failure.exit.code())
        }
    }
}

fn dispatch(session: &Session, command: Option<Command>) -> Result<Exit, Failure> {
    match command {
        None => commands::overview::run(session),
        Some(Command::New(arguments)) => commands::new::run(session, arguments),
        Some(Command::Missed(arguments)) => commands::missed::run(session, &arguments),
        Some(Command::Prepare(arguments)) => commands::prepare::run(session, arguments),
        Some(Command::Init(arguments)) => commands::init::run(session, arguments),
        Some(Command::Demo(arguments)) => commands::serve::run_demo(session, arguments),
        Some(Command::Client(arguments)) => commands::client::run(session, arguments),
        Some(Command::Edit(arguments)) => commands::edit::run(session, arguments),
        Some(Command::History(arguments)) => commands::history::run(session, arguments),
        Some(Command::Rm(arguments)) => commands::rm::run(session, arguments),
        Some(Command::Show(arguments)) => commands::show::run(session, arguments),
        Some(Command::List(arguments)) => commands::list::run(session, arguments),
        Some(Command::Search(arguments)) => commands::search::run(session, arguments),
        Some(Command::Seal(arguments)) => commands::seal::run(session, arguments),
        Some(Command::Import(arguments)) => commands::import::run(session, arguments),
        Some(Command::Patterns(arguments)) => commands::patterns::run(session, arguments),
        Some(Command::Check(arguments)) => commands::check::run(session, arguments),
        Some(Command::Doctor) => commands::doctor::run(session),
        Some(Command::Serve(arguments)) => commands::serve::run(session, arguments),
        Some(Command::Desk(arguments)) => commands::desk::run(session, arguments),
        Some(Command::Open(arguments)) => commands::open::run(session, arguments),
        Some(Command::KeepOpen) => holding::run(),
    }
}

//! The commands, one file each: arguments, their help, one function.

pub(super) mod check;
pub(super) mod client;
pub(super) mod desk;
pub(super) mod doctor;
pub(super) mod edit;
pub(super) mod history;
pub(super) mod import;
pub(super) mod init;
pub(super) mod list;
pub(super) mod missed;
pub(super) mod new;
pub(super) mod open;
pub(super) mod overview;
pub(super) mod patterns;
pub(super) mod prepare;
pub(super) mod rm;
pub(super) mod seal;
pub(super) mod search;
pub(super) mod serve;
pub(super) mod show;

use crate::domain::ClientCode;
use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit, umask};
use std::time::Duration;

/// No core dumps, no reading of this process's memory by others of the same user, new files closed to others.
///
/// Done first, before anything is opened. What the system refuses is left as it was: a program that cannot protect
/// itself better than the system lets it must still open the notes.
pub(super) fn harden_process() {
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    umask(rustix::fs::Mode::from_bits_retain(0o077));
}

/// A client's code, for clap.
fn client_code(text: &str) -> Result<ClientCode, String> {
    ClientCode::parse(text).map_err(|fault| format!("{fault}; a code is made of a-z, 0-9 and hyphens, such as a7"))
}

/// `90s`, `60m`, `2h`.
fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let seconds = match unit {
        "s" => 1,
        "m" | "" => 60,
        "h" => 3600,
        _ => return Err("write 90s, 60m or 2h".to_owned()),
    };
    let number: u64 = number.parse().map_err(|_| "write 90s, 60m or 2h".to_owned())?;
    if number == 0 || number > 1_000_000 {
        return Err("between one second and a few days".to_owned());
    }
    Ok(Duration::from_secs(number * seconds))
}

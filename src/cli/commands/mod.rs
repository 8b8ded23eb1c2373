//! The commands, one file each: arguments, their help, one function.

pub(super) mod check;
pub(super) mod client;
pub(super) mod doctor;
pub(super) mod edit;
pub(super) mod history;
pub(super) mod import;
pub(super) mod init;
pub(super) mod keep_open;
pub(super) mod list;
pub(super) mod missed;
pub(super) mod new;
pub(super) mod overview;
pub(super) mod rm;
pub(super) mod seal;
pub(super) mod serve;
pub(super) mod show;

use crate::domain::ClientCode;
use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit, umask};

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

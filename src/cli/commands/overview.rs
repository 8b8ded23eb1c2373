//! No command at all: what to do first, or today's clients and the commands of every day.

use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::{Exit, unlock};
use crate::publish::{Scope, Today};

const FIRST: &str = "There is no vault here yet.

  throughline init    makes one: a folder for sealed notes and a passphrase-protected identity
  throughline demo    shows the timeline with an example, nothing to set up
";

const EVERY_DAY: &str = "Every day:
  throughline serve        the timeline, in the browser
  throughline new a7       a note after the session, in the editor
  throughline prepare a7   what to know before a session, on one screen
  throughline check        problems in notes
";

/// Says where one stands.
pub(in crate::cli) fn run(session: &Session) -> Result<Exit, Failure> {
    let Some(root) = session.places.vault_root(&session.common, session.config()?) else {
        session.output.text(FIRST)?;
        return Ok(Exit::Done);
    };
    session.vault()?;
    session.output.text(&format!("Vault: {}\n\n", root.display()))?;
    if can_open_quietly(session)? {
        todays_clients(session)?;
    }
    session.output.text(EVERY_DAY)?;
    Ok(Exit::Done)
}

/// Whether the vault can be opened without asking: nobody who types one word wants a question back.
fn can_open_quietly(session: &Session) -> Result<bool, Failure> {
    let Ok(files) = unlock::identity_files(session) else { return Ok(false) };
    let given = session.common.passphrase_file.is_some() || std::env::var_os("THROUGHLINE_PASSPHRASE_FILE").is_some();
    Ok(given || !unlock::needs_passphrase(&files)?)
}

fn todays_clients(session: &Session) -> Result<(), Failure> {
    let publisher = session.read(Scope::default(), Today::Local)?;
    let today = Today::Local.day();
    let mut lines = String::new();
    for file in publisher.casebook().clients() {
        if let Some(next) = file.next_session().filter(|next| next.day == today) {
            let time = next.time.map(|time| time.format("%H:%M  ").to_string()).unwrap_or_default();
            lines.push_str(&format!("  {time}{}  {}\n", file.code, file.label().unwrap_or_default()));
        }
    }
    let heading = if lines.is_empty() { "Nobody is noted for today.\n".to_owned() } else { format!("Today:\n{lines}") };
    session.output.text(&format!("{heading}\n"))
}

//! What a new note begins with when the client's notes can be opened: open items and the last plan.
//!
//! Nobody must unlock anything to write: without a passphrase the note begins without them.

use super::failure::Failure;
use super::session::Session;
use super::{terminal, unlock};
use crate::casebook::CaseFile;
use crate::domain::{CalloutKind, ClientCode, Confidential, Owner};
use crate::publish::{Scope, Today};
use crate::vault::OpenVault;

/// What is known from earlier notes.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Lines of open items, each a task.
    pub(super) open_items: Vec<Confidential>,
    /// The newest plan.
    pub(super) last_plan: Option<Confidential>,
}

/// Reads the client's notes, if they can be opened.
pub(super) fn known_before(session: &Session, code: &ClientCode) -> Result<Known, Failure> {
    let Some(vault) = opened(session)? else { return Ok(Known::default()) };
    let publisher = session.read_from(vault, Scope::client(code.clone()), Today::Local)?;
    let file = publisher.casebook().client(code);
    Ok(file.map(|file| Known { open_items: open_items(file), last_plan: last_plan(file) }).unwrap_or_default())
}

/// The vault opened; none where there is no identity, nobody to ask, or an empty answer.
fn opened(session: &Session) -> Result<Option<OpenVault>, Failure> {
    let Ok(files) = unlock::identity_files(session) else { return Ok(None) };
    let mut passphrase = None;
    if unlock::needs_passphrase(&files)? {
        passphrase = match unlock::given(session)? {
            Some(given) => Some(given),
            None if !terminal::can_ask() => return Ok(None),
            None => Some(unlock::passphrase(session, "Passphrase (empty: begin without open items and last plan):")?),
        };
        if passphrase.as_ref().is_some_and(|passphrase| passphrase.is_empty()) {
            return Ok(None);
        }
    }
    let identities = unlock::load(session, &files, passphrase.as_ref())?;
    unlock::open_with(session, session.vault()?, identities).map(Some)
}

fn open_items(file: &CaseFile) -> Vec<Confidential> {
    let lines = file.open_items.iter().filter_map(|item| item.task(&file.notes)).map(|task| {
        let owner = match task.owner {
            Owner::Unsaid => String::new(),
            owner => format!("{}: ", owner.word()),
        };
        Confidential::new(format!("- [ ] {owner}{}", task.text.reveal()))
    });
    lines.collect()
}

/// The newest plan callout, or the newest session's `plan`.
fn last_plan(file: &CaseFile) -> Option<Confidential> {
    file.notes.iter().rev().find_map(|note| {
        let callout = note.callouts.iter().rev().find(|callout| callout.kind == CalloutKind::Plan);
        let plan = callout.map(|callout| &callout.text).or_else(|| note.session()?.plan.as_ref());
        plan.map(|plan| Confidential::new(plan.reveal()))
    })
}

//! What a new note begins with when the client's notes can be opened: open items and the last plan.
//!
//! Nobody must unlock anything to write: without a passphrase the note begins without them.

use super::failure::Failure;
use super::session::Session;
use super::unlock;
use crate::casebook::CaseFile;
use crate::domain::{CalloutKind, ClientCode, Confidential, Owner};
use crate::publish::{Scope, Today};

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
    let question = "Passphrase (empty: begin without open items and last plan):";
    let Some(vault) = unlock::open_if_given(session, question)? else { return Ok(Known::default()) };
    let publisher = session.read_from(vault, Scope::client(code.clone()), Today::Local)?;
    let file = publisher.casebook().client(code);
    Ok(file.map(|file| Known { open_items: open_items(file), last_plan: last_plan(file) }).unwrap_or_default())
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

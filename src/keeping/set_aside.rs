//! Findings set aside until they change, and taken back.
//!
//! In goes a key; out comes the client's own small note of such keys, sealed like every other, with its earlier version
//! in `history/`. Two devices may each have made one: what stands in any of them counts. No reason is asked for or kept,
//! and nothing here knows what a finding says.

use super::{Error, NewNote, keep_edited};
use crate::domain::{ClientCode, Details, FindingKey, Kind, Note};
use crate::notes::with_line;
use crate::vault::{OpenVault, SealedFile, WriteLock};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What the note says to somebody who opens it by hand.
const BODY: &str = "Findings that were set aside until they change. The digits say nothing by themselves.\n";

/// A note of keys with its file.
pub type KeysNote<'a> = (&'a SealedFile, &'a Note);

/// Adds a key to the first of a client's notes of keys, or begins one.
///
/// # Errors
/// When the vault refuses or the disk fails; the old state stays.
pub fn set_aside(
    vault: &OpenVault,
    lock: &WriteLock,
    client: &ClientCode,
    there: &[KeysNote<'_>],
    key: &FindingKey,
    today: NaiveDate,
) -> Result<(), Error> {
    let Some(note) = there.first() else {
        let text = format!("---\ndate: {today}\nfindings: {}\n---\n{BODY}", written(&BTreeSet::from([key])));
        let fresh = NewNote { client: Some(client.clone()), kind: Some(Kind::SetAside), ..NewNote::default() };
        fresh.prepare(vault.vault(), text.as_bytes(), today)?.keep(vault.vault(), lock)?;
        return Ok(());
    };
    let mut keys: BTreeSet<&FindingKey> = keys_of(note.1).iter().collect();
    if keys.insert(key) { rewrite(vault, lock, *note, &keys) } else { Ok(()) }
}

/// Takes a key out of every note that holds it.
///
/// # Errors
/// As for [`set_aside`].
pub fn take_back(vault: &OpenVault, lock: &WriteLock, there: &[KeysNote<'_>], key: &FindingKey) -> Result<(), Error> {
    for note in there {
        let mut keys: BTreeSet<&FindingKey> = keys_of(note.1).iter().collect();
        if keys.remove(key) {
            rewrite(vault, lock, *note, &keys)?;
        }
    }
    Ok(())
}

fn rewrite(
    vault: &OpenVault,
    lock: &WriteLock,
    (file, note): KeysNote<'_>,
    keys: &BTreeSet<&FindingKey>,
) -> Result<(), Error> {
    let text = with_line(note.text.reveal(), "findings", Some(&written(keys)));
    keep_edited(vault, lock, file, note, text.reveal().as_bytes()).map(|_| ())
}

fn keys_of(note: &Note) -> &[FindingKey] {
    match &note.details {
        Details::SetAside(keys) => keys,
        _ => &[],
    }
}

fn written(keys: &BTreeSet<&FindingKey>) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| format!("\"{key}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

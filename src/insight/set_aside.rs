//! What a finding is known by, so that it can be set aside until it changes.
//!
//! In goes a finding; out comes a hash over what it says and the notes that show it. When one of those notes goes or
//! another comes, the key is another and the finding is back. The key says nothing by itself; why a finding was set
//! aside is not kept, and no test ever hears of it.

use super::finding::Finding;
use crate::domain::{ClientCode, FindingKey};
use sha2::{Digest, Sha256};

/// The key of a finding of a client.
pub fn finding_key(client: &ClientCode, finding: &Finding) -> FindingKey {
    let mut hash = Sha256::new();
    hash.update(b"throughline finding\0");
    let object = finding.object.as_ref().map_or("", |object| object.reveal());
    let direction = finding.direction.map_or("", |direction| direction.word());
    for part in [client.as_str(), finding.kind.word(), finding.subject.reveal(), object, direction] {
        hash.update(part.as_bytes());
        hash.update(b"\0");
    }
    let mut notes: Vec<String> = finding.evidence.iter().map(ToString::to_string).collect();
    notes.sort_unstable();
    notes.iter().for_each(|note| hash.update(note.as_bytes()));
    FindingKey::of_hash(&hash.finalize())
}

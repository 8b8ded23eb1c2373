//! Keys of notes that belong to no client's record.

use crate::domain::{Confidential, Incident, Meeting, Placement, ProfessionalWill, Theme, WordList};
use crate::notes::fields::Fields;
use crate::notes::node::{Entry, Node, Value};

pub(super) fn meeting(fields: &Fields<'_>) -> Meeting {
    Meeting {
        with: fields.text("with"),
        minutes: fields.whole("minutes"),
        clients: fields.clients("clients"),
        identified: fields.yes("identified").unwrap_or(false),
        topics: fields.texts("topics"),
        recommendations: fields.texts("recommendations"),
        actions: fields.texts("actions"),
    }
}

pub(super) fn incident(fields: &Fields<'_>) -> Incident {
    Incident {
        discovered_on: fields.date("discovered_on"),
        what: fields.text("what"),
        clients_affected: fields.clients("clients_affected"),
        notified_on: fields.date("notified_on"),
    }
}

pub(super) fn placement(fields: &Fields<'_>) -> Placement {
    Placement {
        site: fields.text("site"),
        supervisor: fields.text("supervisor"),
        starts: fields.date("starts"),
        ends: fields.date("ends"),
    }
}

pub(super) fn will(fields: &Fields<'_>) -> ProfessionalWill {
    ProfessionalWill {
        executor: fields.text("executor"),
        backup: fields.text("backup"),
        records_location: fields.text("records_location").or_else(|| fields.text("records")),
        key_location: fields.text("key_location").or_else(|| fields.text("keys")),
        reviewed_on: fields.date("reviewed_on"),
    }
}

/// Word lists under `words:`, as keys of their own, or as lines `sleep: slept, insomnia` of the body.
pub(super) fn words(fields: &Fields<'_>, body: &str) -> Vec<WordList> {
    let mut lists: Vec<WordList> = fields.map("words").iter().filter_map(from_entry).collect();
    for line in body.lines() {
        let line = line.trim_start_matches(['-', '*', ' ']);
        let Some((theme, words)) = line.split_once(':') else { continue };
        if theme.split_whitespace().count() <= 3 && words.contains(',') {
            lists.extend(list(theme, words.split(',').map(str::to_owned)));
        }
    }
    lists
}

fn from_entry(entry: &Entry) -> Option<WordList> {
    let words: Vec<String> = match &entry.node.value {
        Value::List(items) => items.iter().map(Node::in_one_line).collect(),
        _ => entry.node.in_one_line().split(',').map(str::to_owned).collect(),
    };
    list(&entry.key, words.into_iter())
}

fn list(theme: &str, words: impl Iterator<Item = String>) -> Option<WordList> {
    let words: Vec<Confidential> =
        words.map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty()).map(Confidential::new).collect();
    Some(WordList { theme: Theme::new(theme)?, words })
}

//! Themes found in untagged prose by the practice's own word lists (`kind: words`).
//!
//! In go the lists and a body, out come the themes whose words stand in it. A hit is a mention, never a tag, and is drawn
//! apart. Lists for risk are not used: "denies suicidal thoughts" would be a hit.

use crate::domain::{Confidential, Details, Kind, Note, Theme};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Word lists, ready for looking up.
#[derive(Default)]
pub(super) struct Mentions {
    themes: Vec<Theme>,
    exact: HashMap<String, Vec<usize>>,
    beginnings: Vec<(Confidential, usize)>,
    phrases: Vec<(Confidential, usize)>,
}

/// Themes that begin like this are about risk.
const RISK: [&str; 5] = ["risk", "suicid", "self-harm", "selfharm", "harm"];

impl std::fmt::Debug for Mentions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mentions(..)")
    }
}

impl Mentions {
    /// Reads the lists of all `words` notes.
    pub(super) fn of<'a>(notes: impl Iterator<Item = &'a Arc<Note>>) -> Self {
        let mut mentions = Self::default();
        let mut notes: Vec<&Arc<Note>> = notes.filter(|note| note.kind == Kind::Words).collect();
        notes.sort_by_key(|note| note.id);
        let lists = notes.into_iter().filter_map(|note| match &note.details {
            Details::Words(lists) => Some(lists),
            _ => None,
        });
        for list in lists.flatten().filter(|list| !RISK.iter().any(|risk| list.theme.key().starts_with(risk))) {
            let known = mentions.themes.iter().position(|theme| *theme == list.theme);
            let at = known.unwrap_or(mentions.themes.len());
            if known.is_none() {
                mentions.themes.push(list.theme.clone());
            }
            list.words.iter().for_each(|word| mentions.add(word.reveal(), at));
        }
        mentions
    }

    fn add(&mut self, word: &str, theme: usize) {
        match word.strip_suffix('*') {
            _ if word.contains(' ') => self.phrases.push((Confidential::new(word), theme)),
            Some("") => {}
            Some(beginning) => self.beginnings.push((Confidential::new(beginning), theme)),
            None => self.exact.entry(word.to_owned()).or_default().push(theme),
        }
    }

    /// Themes whose words stand in a text, in the order of the lists.
    pub(super) fn themes_in(&self, text: &str) -> Vec<&Theme> {
        if self.themes.is_empty() {
            return Vec::new();
        }
        let text = text.to_lowercase();
        let mut found = BTreeSet::new();
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty())
        {
            found.extend(self.exact.get(word).into_iter().flatten().copied());
            found.extend(
                self.beginnings.iter().filter(|(begin, _)| word.starts_with(begin.reveal())).map(|(_, at)| *at),
            );
        }
        found.extend(self.phrases.iter().filter(|(phrase, _)| text.contains(phrase.reveal())).map(|(_, at)| *at));
        found.into_iter().filter_map(|at| self.themes.get(at)).collect()
    }
}

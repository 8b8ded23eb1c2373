//! Themes found in untagged prose by the practice's own word lists (`kind: words`).
//!
//! In go the lists and a body, out come the themes whose words stand in it. A hit is a mention, never a tag, and is drawn
//! apart. Lists for risk are not used: "denies suicidal thoughts" would be a hit.

use crate::domain::{Confidential, Details, Kind, Note, Theme};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
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

/// Whether a theme is about risk.
pub(super) fn is_of_risk(theme: &Theme) -> bool {
    RISK.iter().any(|risk| theme.key().starts_with(risk))
}

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
        for list in lists.flatten().filter(|list| !is_of_risk(&list.theme)) {
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

    /// Where the first word of a theme's list stands in a text.
    pub(super) fn place_of(&self, text: &str, theme: &Theme) -> Option<Range<usize>> {
        let at = self.themes.iter().position(|known| known == theme)?;
        let is_of = |word: &str| {
            let word = word.to_lowercase();
            self.exact.get(&word).is_some_and(|themes| themes.contains(&at))
                || self.beginnings.iter().any(|(begin, of)| *of == at && word.starts_with(begin.reveal()))
        };
        let mut from = 0;
        let word = words(text).find_map(|word| {
            // Each word is the next one after the last that was looked at.
            let start = from + text.get(from..)?.find(word)?;
            from = start + word.len();
            is_of(word).then_some(start..from)
        });
        // Lower case keeps the length of almost every text; where it does not, the place is given up, not guessed.
        let lower = text.to_lowercase();
        let phrases = self.phrases.iter().filter(|(_, of)| *of == at && lower.len() == text.len());
        let phrase = phrases.filter_map(|(phrase, _)| {
            let from = lower.find(phrase.reveal())?;
            Some(from..from + phrase.len()).filter(|range| text.get(range.clone()).is_some())
        });
        word.into_iter().chain(phrase).min_by_key(|range| range.start)
    }

    /// Themes whose words stand in a text, in the order of the lists.
    pub(super) fn themes_in(&self, text: &str) -> Vec<&Theme> {
        if self.themes.is_empty() {
            return Vec::new();
        }
        let text = text.to_lowercase();
        let mut found = BTreeSet::new();
        for word in words(&text) {
            found.extend(self.exact.get(word).into_iter().flatten().copied());
            found.extend(
                self.beginnings.iter().filter(|(begin, _)| word.starts_with(begin.reveal())).map(|(_, at)| *at),
            );
        }
        found.extend(self.phrases.iter().filter(|(phrase, _)| text.contains(phrase.reveal())).map(|(_, at)| *at));
        found.into_iter().filter_map(|at| self.themes.get(at)).collect()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty())
}

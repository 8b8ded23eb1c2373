//! Themes and people along one client's notes.

use super::mentions::Mentions;
use crate::domain::{Kind, Note, Person, Theme, ThemeSource};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One theme in one note.
#[derive(Debug, Clone, Copy)]
pub struct ThemeAt {
    /// Index into [`super::CaseFile::notes`].
    pub note: usize,
    /// 0 to 5, when the note says so.
    pub intensity: Option<u8>,
    /// Tagged or merely mentioned.
    pub source: ThemeSource,
}

/// One theme along the notes, oldest first.
#[derive(Debug)]
pub struct ThemeLine {
    /// Which theme.
    pub theme: Theme,
    /// Where it was noted; at most once a note.
    pub at: Vec<ThemeAt>,
}

impl ThemeLine {
    /// In how many notes the counselor tagged it.
    pub fn tagged(&self) -> usize {
        self.at.iter().filter(|mark| mark.source == ThemeSource::Tagged).count()
    }
}

/// One person along the notes, oldest first.
#[derive(Debug)]
pub struct PersonLine {
    /// Who.
    pub person: Person,
    /// Indices into [`super::CaseFile::notes`].
    pub notes: Vec<usize>,
}

/// Themes of one client, most tagged first, then most mentioned, then by name.
pub(super) fn theme_lines(notes: &[Arc<Note>], mentions: &Mentions) -> Vec<ThemeLine> {
    let mut lines: BTreeMap<Theme, Vec<ThemeAt>> = BTreeMap::new();
    for (at, note) in notes.iter().enumerate() {
        for mark in &note.themes {
            let line = lines.entry(mark.theme.clone()).or_default();
            line.push(ThemeAt { note: at, intensity: mark.intensity, source: mark.source });
        }
        // Only what a session was about is looked for: a letter or a form mentions words for other reasons.
        let mentioned = if note.kind == Kind::Session { mentions.themes_in(note.body()) } else { Vec::new() };
        for theme in mentioned.into_iter().filter(|theme| !note.themes.iter().any(|mark| mark.theme == **theme)) {
            let line = lines.entry(theme.clone()).or_default();
            line.push(ThemeAt { note: at, intensity: None, source: ThemeSource::Mentioned });
        }
    }
    let mut lines: Vec<ThemeLine> = lines.into_iter().map(|(theme, at)| ThemeLine { theme, at }).collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.tagged(), line.at.len())));
    lines
}

/// People of one client, most noted first, then by name.
pub(super) fn person_lines(notes: &[Arc<Note>]) -> Vec<PersonLine> {
    let mut lines: BTreeMap<Person, Vec<usize>> = BTreeMap::new();
    for (at, note) in notes.iter().enumerate() {
        for person in &note.people {
            lines.entry(person.clone()).or_default().push(at);
        }
    }
    let mut lines: Vec<PersonLine> = lines.into_iter().map(|(person, notes)| PersonLine { person, notes }).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.notes.len()));
    lines
}

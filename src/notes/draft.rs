//! The text a new note begins with.
//!
//! In goes what is known; out comes front matter and, when the client's file could be read, open items as live tasks and
//! the last plan as a comment. Risk, scores and attendance are never filled in: blank means not assessed.

use super::identity_lines::yaml_value;
use crate::domain::{ClientCode, Confidential, Kind, NoteFormat};
use std::fmt::Write;
use zeroize::Zeroizing;

/// What a draft is made of.
#[derive(Debug, Default)]
pub struct Draft<'a> {
    /// Whose note, unless it is the practice's.
    pub client: Option<&'a ClientCode>,
    /// What sort of note; a session when nothing is said.
    pub kind: Option<&'a Kind>,
    /// The day, as it will be written.
    pub date: String,
    /// Headings to write under.
    pub format: Option<NoteFormat>,
    /// More keys, as given on the command line.
    pub keys: Vec<(String, String)>,
    /// Lines of open items to carry over, each `- [ ] me: …`.
    pub open_items: Vec<Confidential>,
    /// The last plan, shown as a comment.
    pub last_plan: Option<Confidential>,
}

/// Writes a draft.
pub fn draft(draft: &Draft<'_>) -> Confidential {
    let mut text = Zeroizing::new(String::with_capacity(1024));
    let kind = draft.kind.unwrap_or(&Kind::Session);
    text.push_str("---\n");
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(text, "{key}: {value}");
    };
    if let Some(client) = draft.client {
        line("client", client.as_str());
    }
    if *kind != Kind::Session {
        line("kind", kind.word());
    }
    line("date", &draft.date);
    if *kind == Kind::Session && !draft.keys.iter().any(|(key, _)| key == "attendance") {
        line("attendance", "");
    }
    if let Some(format) = draft.format {
        line("format", format.word());
    }
    for (key, value) in &draft.keys {
        line(key, &yaml_value(key, value));
    }
    text.push_str("---\n");
    for heading in draft.format.map_or(&[][..], NoteFormat::headings) {
        let _ = write!(text, "\n## {heading}\n\n");
    }
    if let Some(plan) = &draft.last_plan {
        // A comment that holds `-->` would end early and let its rest into the note.
        let _ = write!(text, "\n<!-- last plan:\n{}\n-->\n", plan.reveal().replace("--", "- -"));
    }
    if !draft.open_items.is_empty() {
        text.push('\n');
    }
    for item in &draft.open_items {
        let _ = writeln!(text, "{}", item.reveal());
    }
    Confidential::new(std::mem::take(&mut *text))
}

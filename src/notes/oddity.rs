//! What is unusual in a Markdown file from elsewhere: for the report of an import.
//!
//! In go the bytes and name of a file; out come names of oddities. They are information: the file is taken as it is.

use super::identity_lines::sets;
use super::node::{Entry, Value};
use super::{encoding, fields, front_matter};
use crate::domain::NoteDate;

/// One sort of oddity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "`words` says what each is")]
pub enum Oddity {
    NoFrontMatter,
    EmptyFrontMatter,
    BrokenFrontMatter,
    TomlFrontMatter,
    OtherFrontMatter,
    ClosedByDots,
    Placeholder,
    EmptyValue,
    FlowList,
    NestedMap,
    UpperCaseKey,
    DateMissing,
    DateUnreadable,
    DateEmpty,
    DateInName,
    LinkInFrontMatter,
    WikiLink,
    Embed,
    NotUtf8,
    ByteOrderMark,
    ForeignLineEnds,
    NoFinalNewline,
    RuleInBody,
    TaskList,
    SpaceInPath,
}

impl Oddity {
    /// In words, for a report.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoFrontMatter => "no front matter",
            Self::EmptyFrontMatter => "empty front matter",
            Self::BrokenFrontMatter => "front matter that can only be read in part",
            Self::TomlFrontMatter => "TOML front matter",
            Self::OtherFrontMatter => "front matter in another language, kept as text",
            Self::ClosedByDots => "front matter closed by ...",
            Self::Placeholder => "a template's placeholder in front matter",
            Self::EmptyValue => "a key without a value",
            Self::FlowList => "a list in brackets",
            Self::NestedMap => "a mapping inside front matter",
            Self::UpperCaseKey => "keys in capitals",
            Self::DateMissing => "no date key",
            Self::DateUnreadable => "a date that cannot be read",
            Self::DateEmpty => "a date key without a value",
            Self::DateInName => "a date in the file's name",
            Self::LinkInFrontMatter => "[[links]] in front matter, kept as text",
            Self::WikiLink => "[[links]] to files that were not brought in",
            Self::Embed => "![[embeds]] of files that were not brought in",
            Self::NotUtf8 => "text that is not UTF-8",
            Self::ByteOrderMark => "a byte order mark",
            Self::ForeignLineEnds => "line ends other than \\n",
            Self::NoFinalNewline => "no newline at the end",
            Self::RuleInBody => "a --- rule in the body",
            Self::TaskList => "a task list",
            Self::SpaceInPath => "a space in the path",
        }
    }
}

/// Looks one file over.
pub fn oddities(bytes: &[u8], path: &str) -> Vec<Oddity> {
    let (text, reading) = encoding::decode(bytes);
    let mut problems = Vec::new();
    let head = front_matter::read(&text, &mut problems);
    let body = text.get(head.body_at..).unwrap_or_default();
    let mut found = Vec::new();
    let mut note = |oddity: Oddity, there: bool| {
        if there {
            found.push(oddity);
        }
    };
    note(Oddity::SpaceInPath, path.contains(' '));
    note(Oddity::NotUtf8, reading.iter().any(|problem| problem.rule == "encoding"));
    note(Oddity::ByteOrderMark, bytes.starts_with(b"\xef\xbb\xbf"));
    note(Oddity::ForeignLineEnds, bytes.contains(&b'\r'));
    note(Oddity::NoFinalNewline, !text.is_empty() && !text.ends_with('\n'));
    note(Oddity::OtherFrontMatter, problems.iter().any(|problem| problem.rule == "front-matter-json"));
    note(Oddity::NoFrontMatter, !head.present);
    note(Oddity::EmptyFrontMatter, head.present && head.entries.is_empty() && problems.is_empty());
    note(Oddity::TomlFrontMatter, head.present && text.starts_with("+++"));
    let raw = &text[..head.body_at];
    note(Oddity::ClosedByDots, raw.lines().next_back().is_some_and(|line| line.trim() == "..."));
    note(Oddity::Placeholder, raw.contains("{{") || raw.contains("<%"));
    let broken = |rule: &str| {
        matches!(rule, "front-matter" | "front-matter-entry" | "front-matter-shape" | "front-matter-unclosed")
    };
    note(Oddity::BrokenFrontMatter, problems.iter().any(|problem| broken(problem.rule)));
    note(Oddity::EmptyValue, head.entries.iter().any(|entry| entry.node.is_blank()));
    note(
        Oddity::FlowList,
        raw.lines().any(|line| line.contains(": [") && !line.contains("[[") || line.contains(": [\"[[")),
    );
    note(Oddity::NestedMap, head.entries.iter().any(|entry| matches!(entry.node.value, Value::Map(_))));
    note(Oddity::UpperCaseKey, head.entries.iter().any(|entry| entry.key.chars().any(char::is_uppercase)));
    note(Oddity::LinkInFrontMatter, raw.contains("[["));
    dates(&head.entries, raw, path, &mut note);
    let embeds = body.matches("![[").count();
    note(Oddity::Embed, embeds > 0);
    note(Oddity::WikiLink, body.matches("[[").count() > embeds);
    note(Oddity::RuleInBody, body.lines().any(|line| line.trim_end() == "---"));
    note(Oddity::TaskList, body.lines().any(|line| line.trim_start().starts_with("- [")));
    found
}

/// Date keys people use, in the order in which they count.
const DATE_KEYS: [&str; 2] = ["date", "created"];

fn dates(entries: &[Entry], raw: &str, path: &str, note: &mut impl FnMut(Oddity, bool)) {
    let dated: Vec<&Entry> =
        entries.iter().filter(|entry| DATE_KEYS.contains(&fields::folded(&entry.key).as_str())).collect();
    let name = path.rsplit('/').next().unwrap_or(path);
    // An entry that could not be read stands in the raw text only.
    let broken = dated.is_empty() && DATE_KEYS.iter().any(|key| raw.lines().any(|line| sets(line, key)));
    note(Oddity::DateMissing, dated.is_empty() && !broken);
    note(Oddity::DateEmpty, dated.iter().any(|entry| entry.node.is_blank()));
    note(
        Oddity::DateUnreadable,
        broken
            || dated.iter().any(|entry| {
                !entry.node.is_blank() && entry.node.scalar().is_none_or(|text| NoteDate::parse(text).is_err())
            }),
    );
    note(Oddity::DateInName, NoteDate::find_in(name).is_some());
}

//! Where front matter ends and the body begins, and the tree of what stands between.
//!
//! In goes a note's text, out come entries with places, the offset of the body, and problems. Broken front matter is
//! read as far as that is certain: an entry that cannot be read is left out and reported, the others count. The text
//! itself is never changed.

use super::node::{Entry, Node, Value};
use super::{toml_tree, yaml};
use crate::domain::{Place, Problem};

/// Larger front matter is not read: it is not written by hand.
const LARGEST: usize = 64 * 1024;

/// How often an unreadable entry is left out before the rest is given up.
const TRIES: usize = 24;

/// What stands at the head of a note.
pub(super) struct FrontMatter {
    /// Keys in order.
    pub(super) entries: Vec<Entry>,
    /// Byte offset of the body in the text.
    pub(super) body_at: usize,
    /// Whether there is front matter at all, readable or not.
    pub(super) present: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Language {
    Yaml,
    Toml,
}

/// Cuts and reads the head of a note.
pub(super) fn read(text: &str, problems: &mut Vec<Problem>) -> FrontMatter {
    let Some(cut) = cut(text, problems) else {
        return FrontMatter { entries: Vec::new(), body_at: 0, present: false };
    };
    let inner = &text[cut.from..cut.until];
    let first_line = Place::of_offset(text, cut.from).line;
    let entries = if inner.len() > LARGEST {
        problems.push(
            Problem::error("front-matter-size", "the front matter is larger than 64 KiB and was not read")
                .at(Place::new(1, 1))
                .fix("keep text in the body"),
        );
        Vec::new()
    } else {
        entries(inner, first_line, cut.language, problems)
    };
    FrontMatter { entries, body_at: cut.body_at, present: true }
}

struct Cut {
    language: Language,
    from: usize,
    until: usize,
    body_at: usize,
}

fn cut(text: &str, problems: &mut Vec<Problem>) -> Option<Cut> {
    let first = text.lines().next()?;
    let (language, plain) = match first.trim_end() {
        "---" => (Language::Yaml, true),
        "+++" => (Language::Toml, true),
        line if is_typographic_rule(line) => (Language::Yaml, false),
        "{" => {
            let message = "front matter in JSON is not read; the whole text counts as the body";
            problems.push(
                Problem::warning("front-matter-json", message)
                    .at(Place::new(1, 1))
                    .fix("write YAML between `---` lines"),
            );
            return None;
        }
        _ => return None,
    };
    let from = (first.len() + 1).min(text.len());
    let closes = |line: &str| match (language, line.trim_end()) {
        (Language::Yaml, "---" | "...") | (Language::Toml, "+++") => true,
        (Language::Yaml, line) => is_typographic_rule(line),
        _ => false,
    };
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if closes(line) {
            if !plain {
                let message = "the line above the front matter is a dash, not three hyphens; it was read as `---`";
                problems.push(Problem::warning("front-matter-rule", message).at(Place::new(1, 1)).fix("write `---`"));
            }
            return Some(Cut { language, from, until: at, body_at: at + line.len() });
        }
        at += line.len();
    }
    unclosed(text, from, language, problems)
}

/// `—`, `–--` and the like: what word processors make of `---`.
fn is_typographic_rule(line: &str) -> bool {
    let line = line.trim();
    let dashes = line.chars().all(|c| matches!(c, '—' | '–' | '-' | '−'));
    dashes && (1..=3).contains(&line.chars().count()) && line.contains(['—', '–', '−'])
}

/// Front matter that nothing closes: lines that look like keys count as such, up to the first that does not.
fn unclosed(text: &str, from: usize, language: Language, problems: &mut Vec<Problem>) -> Option<Cut> {
    let mut until = from;
    for line in text[from..].split_inclusive('\n') {
        let is_key =
            key_of(line).is_some() || (until > from && line.starts_with([' ', '\t', '-']) && !line.trim().is_empty());
        if !is_key {
            break;
        }
        until += line.len();
    }
    if until == from {
        return None;
    }
    problems.push(
        Problem::error(
            "front-matter-unclosed",
            "the front matter is never closed; the lines at the top that look like keys were read",
        )
        .at(Place::new(1, 1))
        .fix(if language == Language::Yaml {
            "add a line `---` below the last key"
        } else {
            "add a line `+++` below the last key"
        }),
    );
    Some(Cut { language, from, until, body_at: until })
}

/// The key a line at the outermost level begins with.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':').or_else(|| line.split_once('='))?;
    let key = key.trim_end();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let begins = key.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_');
    (begins && key.len() <= 64 && key.chars().all(plain)).then_some(key)
}

fn entries(inner: &str, first_line: u32, language: Language, problems: &mut Vec<Problem>) -> Vec<Entry> {
    let parse = match language {
        Language::Yaml => yaml::parse,
        Language::Toml => toml_tree::parse,
    };
    let mut text = zeroize::Zeroizing::new(inner.to_owned());
    for _ in 0..TRIES {
        match parse(&text, first_line) {
            Ok(Node { value: Value::Map(entries), .. }) => return entries,
            Ok(node) if node.is_blank() => return Vec::new(),
            Ok(node) => {
                let message = "the front matter holds no keys; it was left unread";
                problems.push(
                    Problem::error("front-matter-shape", message)
                        .at(node.place)
                        .fix("write lines such as `date: 2026-03-02`"),
                );
                return Vec::new();
            }
            Err(place) => {
                if language == Language::Yaml && untab(&mut text) {
                    let message = "a tab indents this line; it was read as two spaces";
                    problems.push(Problem::warning("yaml-tab", message).at(place).fix("indent with spaces"));
                    continue;
                }
                let Some((line, reason)) = blank_out(&mut text, (place.line - first_line) as usize) else { break };
                let place = Place::new(first_line + line as u32, 1);
                problems.push(Problem::error("front-matter-entry", reason.0).at(place).fix(reason.1));
            }
        }
    }
    problems.push(Problem::error("front-matter", "the front matter cannot be read").at(Place::new(first_line, 1)));
    Vec::new()
}

/// Turns tabs that indent into spaces. False when there are none.
fn untab(text: &mut zeroize::Zeroizing<String>) -> bool {
    let indented = |line: &str| line.chars().take_while(|c| c.is_whitespace()).any(|c| c == '\t');
    if !text.lines().any(indented) {
        return false;
    }
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            let body = line.trim_start();
            line[..line.len() - body.len()].replace('\t', "  ") + body
        })
        .collect();
    *text = zeroize::Zeroizing::new(lines.join("\n") + "\n");
    true
}

/// Empties the outermost entry at or before a line, keeping the count of lines. Returns its line and what is wrong.
fn blank_out(text: &mut zeroize::Zeroizing<String>, near: usize) -> Option<(usize, (&'static str, &'static str))> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let begins = |line: &str| !line.trim().is_empty() && !line.starts_with([' ', '\t', '#', '-', ']', '}']);
    let last = near.min(lines.len().checked_sub(1)?);
    let start = (0..=last)
        .rev()
        .find(|&at| begins(&lines[at]))
        .or_else(|| lines.iter().position(|line| !line.trim().is_empty()))?;
    let end = (start + 1..lines.len()).find(|&at| begins(&lines[at])).unwrap_or(lines.len());
    let reason = diagnosis(&lines[start..end]);
    for line in &mut lines[start..end] {
        zeroize::Zeroize::zeroize(line);
    }
    *text = zeroize::Zeroizing::new(lines.join("\n") + "\n");
    Some((start, reason))
}

/// Why lines are no YAML, in words that do not repeat them, and what would be right.
fn diagnosis(lines: &[String]) -> (&'static str, &'static str) {
    let text = lines.join("\n");
    let value = text.split_once(':').map_or("", |(_, value)| value).trim();
    let count = |c: char| text.matches(c).count();
    if text.contains("{{") || text.contains("<%") {
        ("a template's placeholder was never filled in here", "write the value in place of the placeholder")
    } else if value.starts_with(['&', '*']) {
        ("anchors and aliases are not read", "write the value out, or put it in quotation marks")
    } else if count('[') != count(']') || count('{') != count('}') {
        ("a bracket is opened here and never closed", "close the bracket")
    } else if count('"') % 2 == 1 || (value.starts_with('\'') && count('\'') % 2 == 1) {
        ("a quotation mark is opened here and never closed", "close the quotation mark")
    } else if value.contains(": ") || value.starts_with(['@', '`', '%', '!', '|', '>']) {
        ("this value wants quotation marks", "put the value in quotation marks")
    } else if !text.contains(':') {
        ("this line has no `key: value`", "write `key: value`, or move the line to the body")
    } else {
        ("this entry cannot be read", "write `key: value`, with the value in quotation marks where it holds signs")
    }
}

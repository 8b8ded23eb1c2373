//! The lines by which a note says which note it is: `id`, `client`, `rev`.
//!
//! In goes a note's text, out comes the same text with these lines set. Every other byte of the front matter and the
//! body stays as it was, comments and broken lines too.

use super::front_matter;
use crate::domain::{ClientCode, Confidential, NoteId};
use zeroize::Zeroizing;

/// What a sealed note repeats inside, since a file's name can be changed by anybody who holds it.
#[derive(Debug, Clone)]
pub struct Identity<'a> {
    /// The note's id.
    pub id: NoteId,
    /// The client whose folder it stands in.
    pub client: Option<&'a ClientCode>,
    /// Counts replacements, from 1.
    pub rev: u64,
}

/// Sets the identity lines.
pub fn with_identity(text: &str, identity: &Identity<'_>) -> Confidential {
    let text = with_line(text, "rev", Some(&identity.rev.to_string()));
    let text = with_line(text.reveal(), "client", identity.client.map(ClientCode::as_str));
    with_line(text.reveal(), "id", Some(identity.id.as_str()))
}

/// The text as a note that nobody signed: a copy of a signed note is not signed.
pub fn as_draft(text: &str) -> Confidential {
    let signed = front_matter::read(text, &mut Vec::new());
    let says = |key: &str| signed.entries.iter().any(|entry| entry.key.trim().eq_ignore_ascii_case(key));
    let mut text = Confidential::new(text);
    for key in ["signed_at", "status"].into_iter().filter(|key| says(key)) {
        text = with_line(text.reveal(), key, None);
    }
    text
}

/// Sets one key, or takes it out. A new key becomes the first line; what the key held before goes, on all its lines.
///
/// The value is written as it is where that is certain, else in quotation marks; `[…]` and `{…}` stay lists and mappings.
pub fn with_line(text: &str, key: &str, value: Option<&str>) -> Confidential {
    let head = front_matter::read(text, &mut Vec::new());
    let mut out = Zeroizing::new(String::with_capacity(text.len() + 64));
    if !head.present {
        if let Some(value) = value {
            out.push_str(&format!("---\n{key}: {}\n---\n", yaml_value(key, value)));
        }
        out.push_str(text);
        return Confidential::new(std::mem::take(&mut *out));
    }
    let is_toml = text.starts_with("+++");
    let mut lines = text[..head.body_at].split_inclusive('\n');
    out.push_str(lines.next().unwrap_or("---\n"));
    match value {
        Some(value) if is_toml => out.push_str(&format!("{key} = {}\n", toml_value(key, value))),
        Some(value) => out.push_str(&format!("{key}: {}\n", yaml_value(key, value))),
        None => {}
    }
    let (mut in_table, mut goes) = (false, false);
    for line in lines {
        in_table |= is_toml && line.trim_start().starts_with('[');
        let goes_on = goes && line.starts_with([' ', '\t', '-', ']', '}']) && !closes(line);
        goes = goes_on || (!in_table && sets(line, key));
        if !goes {
            out.push_str(line);
        }
    }
    if !out.ends_with('\n') && !text[head.body_at..].is_empty() {
        out.push('\n');
    }
    out.push_str(&text[head.body_at..]);
    Confidential::new(std::mem::take(&mut *out))
}

/// Whether a line ends the front matter; it begins with a hyphen, as list items do.
fn closes(line: &str) -> bool {
    matches!(line.trim_end(), "---" | "...")
}

/// A value as YAML.
pub(super) fn yaml_value(key: &str, value: &str) -> String {
    let flow = (value.starts_with('[') && value.ends_with(']')) || (value.starts_with('{') && value.ends_with('}'));
    if flow || is_plain(key, value) { value.to_owned() } else { quoted(value) }
}

/// A value as TOML.
fn toml_value(key: &str, value: &str) -> String {
    let bare = value.starts_with('[') || value.parse::<i64>().is_ok() || matches!(value, "true" | "false");
    if bare && !is_name(key) { value.to_owned() } else { quoted(value) }
}

/// Whether YAML reads a value as the text it is.
fn is_plain(key: &str, value: &str) -> bool {
    let safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.' | '/' | '+' | ':');
    // An id such as `120e45678901` would be a number to other readers.
    let numberlike = value.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'e' | b'E' | b'x' | b'_' | b'.'));
    !value.is_empty()
        && value.trim() == value
        && value.chars().all(safe)
        && !value.contains(": ")
        && !value.ends_with(':')
        && !value.starts_with(['-', ':', '.', '+'])
        && !(is_name(key) && numberlike)
}

/// Keys whose values are names, even where they look like numbers.
fn is_name(key: &str) -> bool {
    matches!(key, "id" | "client" | "imported_hash" | "imported_client")
}

/// In quotation marks, in a form that YAML and TOML share.
fn quoted(value: &str) -> String {
    let clean: String = value.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", clean.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether a line at the outermost level sets a key.
pub(super) fn sets(line: &str, key: &str) -> bool {
    let Some((name, _)) = line.split_once([':', '=']) else { return false };
    !line.starts_with([' ', '\t']) && name.trim().trim_matches(['"', '\'']).eq_ignore_ascii_case(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> String {
        let client = ClientCode::parse("a7").ok();
        let id = NoteId::from_bits([7; 8]);
        let first = with_identity(text, &Identity { id, client: client.as_ref(), rev: 1 });
        let second = with_identity(first.reveal(), &Identity { id, client: client.as_ref(), rev: 2 });
        assert!(second.reveal().replace("rev: 2", "rev: 1").replace("rev = 2", "rev = 1") == first.reveal());
        first.reveal().to_owned()
    }

    #[test]
    fn identity_lines_are_set_once_and_nothing_else_changes() {
        let id = NoteId::from_bits([7; 8]);
        let lines = format!("id: {id}\nclient: a7\nrev: 1\n");
        assert_eq!(set("Prose.\n"), format!("---\n{lines}---\nProse.\n"));
        assert_eq!(
            set("---\n# c\ndate: x\nclient: b\nrev: 9\n---\nB\n---\n"),
            format!("---\n{lines}# c\ndate: x\n---\nB\n---\n")
        );
        assert_eq!(
            set("+++\ndate = 2026-03-02\n+++\nB"),
            format!("+++\nid = \"{id}\"\nclient = \"a7\"\nrev = 1\ndate = 2026-03-02\n+++\nB")
        );
        assert_eq!(set("---\nphq9: [\n---\nB\n"), format!("---\n{lines}phq9: [\n---\nB\n"));
    }
}

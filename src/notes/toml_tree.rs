//! TOML front matter to the same tree as YAML.

use super::node::{Entry, Node, Value};
use crate::domain::Place;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads front matter. `first_line` is the line of the note on which `text` begins.
///
/// # Errors
/// The place in the note at which the parser gave up.
pub(super) fn parse(text: &str, first_line: u32) -> Result<Node, Place> {
    match DeTable::parse(text) {
        Ok(table) => Ok(Node { place: Place::new(first_line, 1), value: map(table.get_ref(), text, first_line) }),
        Err(error) => Err(place(text, error.span().map_or(0, |span| span.start), first_line)),
    }
}

fn map(table: &DeTable<'_>, text: &str, first_line: u32) -> Value {
    let mut entries: Vec<(usize, Entry)> = table
        .iter()
        .map(|(key, value)| {
            let entry = Entry {
                key: key.get_ref().to_string(),
                place: place(text, key.span().start, first_line),
                node: node(value, text, first_line),
            };
            (key.span().start, entry)
        })
        .collect();
    entries.sort_by_key(|(at, _)| *at);
    Value::Map(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn node(value: &Spanned<DeValue<'_>>, text: &str, first_line: u32) -> Node {
    let at = place(text, value.span().start, first_line);
    let value = match value.get_ref() {
        DeValue::String(string) => Value::Scalar(string.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| node(item, text, first_line)).collect()),
        DeValue::Table(table) => map(table, text, first_line),
        _ => Value::Scalar(text.get(value.span()).unwrap_or_default().trim().to_owned()),
    };
    Node { place: at, value }
}

fn place(text: &str, offset: usize, first_line: u32) -> Place {
    let within = Place::of_offset(text, offset);
    Place::new(first_line + within.line - 1, within.column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_reads_into_the_same_tree() {
        let node = parse("date = 2026-03-02\nthemes = ['sleep', 'work']\n[measures]\nphq9 = 11\n", 2);
        let Ok(Node { value: Value::Map(entries), .. }) = node else { panic!("{node:?}") };
        let shown: Vec<String> = entries.iter().map(|e| format!("{}={}", e.key, e.node.in_one_line())).collect();
        assert_eq!(shown, ["date=2026-03-02", "themes=sleep, work", "measures=phq9: 11"]);
        assert_eq!(entries[1].node.place, Place::new(3, 10));
    }
}

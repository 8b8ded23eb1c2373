//! YAML front matter to a tree.
//!
//! In goes the text between the `---` lines, out comes a tree with places, or the place of the first thing that is no
//! YAML. Anchors and aliases are refused (they can blow up a page of text into gigabytes), and so is anything deeper or
//! larger than front matter needs. Errors of the parser are never passed on: they quote the text.

use super::node::{Entry, Node, Value};
use crate::domain::Place;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, MergeKeyPolicy, Spanned};
use std::fmt;

/// Reads front matter. `first_line` is the line of the note on which `text` begins.
///
/// # Errors
/// The place in the note at which the parser gave up.
pub(super) fn parse(text: &str, first_line: u32) -> Result<Node, Place> {
    let options = serde_saphyr::options! {
        with_snippet: false,
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        strict_booleans: true,
        budget: serde_saphyr::budget! { max_depth: 16, max_nodes: 20_000, max_aliases: 0, max_anchors: 0 },
    };
    match serde_saphyr::from_str_with_options::<Raw>(text, options) {
        Ok(raw) => Ok(raw.resolve(text, first_line)),
        Err(error) => {
            let at = error.without_snippet().location();
            let (line, column) = at.map_or((1, 1), |at| (at.line() as u32, at.column() as u32));
            Err(Place::new(first_line + line.max(1) - 1, column.max(1)))
        }
    }
}

/// A value as serde hands it over, with the parser's own places.
struct Raw(Spanned<RawValue>);

enum RawValue {
    Null,
    /// A text, or another scalar whose spelling is looked up in the source.
    Text(String),
    Spelled(String),
    List(Vec<Raw>),
    Map(Vec<(Spanned<String>, Raw)>),
}

impl Raw {
    fn resolve(self, text: &str, first_line: u32) -> Node {
        let place = place(&self.0.referenced, first_line);
        let span = self.0.referenced.span();
        let source = span
            .byte_offset()
            .zip(span.byte_len())
            .and_then(|(from, len)| text.get(from as usize..(from + len) as usize))
            .map(str::trim);
        let value = match self.0.value {
            RawValue::Null => Value::Null,
            RawValue::Text(text) => Value::Scalar(text),
            RawValue::Spelled(read) => Value::Scalar(source.filter(|s| !s.is_empty()).map_or(read, str::to_owned)),
            RawValue::List(items) => {
                Value::List(items.into_iter().map(|item| item.resolve(text, first_line)).collect())
            }
            RawValue::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, node)| Entry {
                        place: self::place(&key.referenced, first_line),
                        key: key.value,
                        node: node.resolve(text, first_line),
                    })
                    .collect(),
            ),
        };
        Node { place, value }
    }
}

fn place(at: &serde_saphyr::Location, first_line: u32) -> Place {
    Place::new(first_line + (at.line() as u32).max(1) - 1, (at.column() as u32).max(1))
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }
    fn visit_none<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawValue, D::Error> {
        RawValue::deserialize(deserializer)
    }
    fn visit_bool<E>(self, value: bool) -> Result<RawValue, E> {
        Ok(RawValue::Spelled(value.to_string()))
    }
    fn visit_i64<E>(self, value: i64) -> Result<RawValue, E> {
        Ok(RawValue::Spelled(value.to_string()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<RawValue, E> {
        Ok(RawValue::Spelled(value.to_string()))
    }
    fn visit_i128<E>(self, value: i128) -> Result<RawValue, E> {
        Ok(RawValue::Spelled(value.to_string()))
    }
    fn visit_u128<E>(self, value: u128) -> Result<RawValue, E> {
        Ok(RawValue::Spelled(value.to_string()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<RawValue, E> {
        Ok(RawValue::Spelled(value.to_string()))
    }
    fn visit_str<E>(self, value: &str) -> Result<RawValue, E> {
        Ok(RawValue::Text(value.to_owned()))
    }
    fn visit_bytes<E>(self, value: &[u8]) -> Result<RawValue, E> {
        Ok(RawValue::Text(String::from_utf8_lossy(value).into_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<RawValue, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(RawValue::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<RawValue, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key()? {
            entries.push((key, access.next_value()?));
        }
        Ok(RawValue::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_keep_their_spelling_and_their_place() {
        let node = parse("phone: 0044\nok: no\ndate: 2026-03-02\nn: {a: 1.50}\nq: \"x: y\"\n", 2);
        let Ok(Node { value: Value::Map(entries), .. }) = node else { panic!("{node:?}") };
        let shown: Vec<String> = entries.iter().map(|e| format!("{}={}", e.key, e.node.in_one_line())).collect();
        assert_eq!(shown, ["phone=0044", "ok=no", "date=2026-03-02", "n=a: 1.50", "q=x: y"]);
        assert_eq!(entries[2].place, Place::new(4, 1));
        assert_eq!(entries[2].node.place, Place::new(4, 7));
    }

    #[test]
    fn alias_bombs_and_deep_nesting_are_refused_quickly() {
        assert!(parse("a: &a [x]\nb: [*a, *a]\n", 1).is_err());
        assert!(parse(&"[".repeat(100_000), 1).is_err());
    }
}

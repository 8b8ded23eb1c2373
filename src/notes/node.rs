//! Front matter as a tree with places: what YAML and TOML have in common.
//!
//! Scalars keep the spelling of the source, so that `0044` stays a telephone number and `2026-03-02` a date.

use crate::domain::Place;

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) value: Value,
}

/// A value.
pub(super) enum Value {
    /// Nothing, or `~`.
    Null,
    /// A scalar as spelled, without quotation marks.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping in order; the same key may come twice.
    Map(Vec<Entry>),
}

/// One key with its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) place: Place,
    pub(super) node: Node,
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Scalar(_) => "Scalar(..)",
            Self::List(_) => "List(..)",
            Self::Map(_) => "Map(..)",
        })
    }
}

impl Node {
    /// The scalar's text; lists and mappings have none.
    pub(super) fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text.trim()),
            _ => None,
        }
    }

    /// Whether nothing is there.
    pub(super) fn is_blank(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Scalar(text) => text.trim().is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(entries) => entries.is_empty(),
        }
    }

    /// The value in one line, for showing keys that are not known.
    pub(super) fn in_one_line(&self) -> String {
        match &self.value {
            Value::Null => String::new(),
            Value::Scalar(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Value::List(items) => items.iter().map(Self::in_one_line).collect::<Vec<_>>().join(", "),
            Value::Map(entries) => {
                entries.iter().map(|e| format!("{}: {}", e.key, e.node.in_one_line())).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

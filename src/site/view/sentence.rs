//! Sentences of this program, in which commands and keys stand between backticks.
//!
//! In goes a message; out come its parts, so that a page can set what is to be typed apart from what is said.

use crate::site::shown::visible;
use serde::Serialize;

/// A stretch of a sentence.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Part {
    text: String,
    typed: bool,
}

/// Cuts a sentence at its backticks. An odd one is left as it is.
pub(crate) fn sentence(text: &str) -> Vec<Part> {
    let text = visible(text);
    if !text.matches('`').count().is_multiple_of(2) {
        return vec![Part { text: text.into_owned(), typed: false }];
    }
    let parts = text.split('`').enumerate().map(|(at, part)| Part { text: part.to_owned(), typed: at % 2 == 1 });
    parts.filter(|part| !part.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_set_apart() {
        let said = |text: &str, typed| Part { text: text.to_owned(), typed };
        assert_eq!(
            sentence("seal it with `x y`."),
            [said("seal it with ", false), said("x y", true), said(".", false)]
        );
        assert_eq!(sentence("odd ` one"), [said("odd ` one", false)]);
    }
}

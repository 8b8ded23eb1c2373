//! `#theme` and `@person` in running text, for showing.
//!
//! In goes a stretch of plain text; out come its pieces in order, which joined give the text again. What counts as a
//! theme of a note was decided when the note was read; this only finds where the eye should land.

/// A stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Ordinary words.
    Words(&'a str),
    /// `#theme`, with its sign.
    Theme(&'a str),
    /// `@person`, with its sign.
    Person(&'a str),
}

/// Cuts a text into pieces.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut before = None;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let opens = matches!(c, '#' | '@')
            && before.is_none_or(|b: char| b.is_whitespace() || matches!(b, '(' | '[' | '"' | '“' | '/' | '>'));
        before = Some(c);
        if !opens {
            continue;
        }
        let end = at + 1 + name_length(&text[at + 1..]);
        if end == at + 1 {
            continue;
        }
        if from < at {
            found.push(Piece::Words(&text[from..at]));
        }
        found.push(if c == '#' { Piece::Theme(&text[at..end]) } else { Piece::Person(&text[at..end]) });
        from = end;
        while rest.peek().is_some_and(|(next, _)| *next < end) {
            before = rest.next().map(|(_, c)| c);
        }
    }
    if from < text.len() {
        found.push(Piece::Words(&text[from..]));
    }
    found
}

/// The text without the signs of its marks, for reading in one line.
pub(crate) fn without_signs(text: &str) -> String {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Theme(mark) => &mark[1..],
            // A person stays marked: `@sister` at the head of a sentence reads as a name, `sister` as a slip.
            Piece::Words(words) | Piece::Person(words) => words,
        })
        .collect()
}

/// Bytes of a name at the start: letters, digits, `_`, `-` and `/`, with at least one letter, not ending in `-` or `/`.
fn name_length(text: &str) -> usize {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '/'))).unwrap_or(text.len());
    let name = text[..end].trim_end_matches(['-', '/']);
    if name.chars().any(char::is_alphabetic) { name.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_where_they_stand_alone() {
        use Piece::*;
        assert_eq!(
            pieces("no #boundaries with @sister."),
            [Words("no "), Theme("#boundaries"), Words(" with "), Person("@sister"), Words(".")]
        );
        assert_eq!(pieces("a#b c@d #1 # @"), [Words("a#b c@d #1 # @")]);
        assert_eq!(pieces("#a#b"), [Theme("#a"), Words("#b")]);
        assert_eq!(without_signs("(#é/é) @o"), "(é/é) @o");
    }
}

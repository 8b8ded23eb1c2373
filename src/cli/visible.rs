//! Control and direction characters made visible.
//!
//! In goes text that may hold words of a note, out comes text that cannot drive a terminal. Nothing is lost: each
//! character is replaced by one that stands for it.

/// Makes control and direction characters visible: notes must not drive a terminal.
pub(super) fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{61c}' => '\u{fffd}',
        other => other,
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn no_note_can_drive_the_terminal() {
        assert_eq!(visible("a\x1b[31mb\x07\u{202e}c\n\td"), "a␛[31mb␇\u{fffd}c\n\td");
    }
}

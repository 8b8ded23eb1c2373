//! Which spellings are one word: case and diacritics do not count.
//!
//! In goes a word, out comes its folded form: decomposed, without accents, in lower case. `Séance`, `seance` and
//! `SÉANCE` are one word; `ß` is `ss`. Marks that make another letter (the dots of kana, vowel signs of Indic scripts)
//! stay.

use unicode_normalization::UnicodeNormalization;

/// Puts the folded form of a word into `folded`, which is emptied first.
pub(crate) fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        folded.push_str(word);
        folded.make_ascii_lowercase();
        return;
    }
    // Lower case first and again: folding may free capitals (ligatures), and lower case may bring marks (İ).
    for c in word.nfkd().flat_map(char::to_lowercase).nfkd().filter(|c| !is_accent(*c)) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            '\u{ad}' | '\u{200c}' | '\u{200d}' => {}
            other => folded.push(other),
        }
    }
}

/// Accents of alphabets, Hebrew points, Arabic vowel signs.
fn is_accent(c: char) -> bool {
    matches!(
        c,
        '\u{0300}'..='\u{036f}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe20}'..='\u{fe2f}'
            | '\u{0591}'..='\u{05bd}'
            | '\u{05bf}'..='\u{05c7}'
            | '\u{0610}'..='\u{061a}'
            | '\u{0640}'
            | '\u{064b}'..='\u{065f}'
            | '\u{0670}'
    )
}

#[cfg(test)]
mod tests {
    use super::fold_into;

    fn fold(word: &str) -> String {
        let mut folded = "left over".to_owned();
        fold_into(word, &mut folded);
        folded
    }

    #[test]
    fn case_and_diacritics_do_not_count() {
        for (written, folded) in [
            ("PLAGUE", "plague"),
            ("Séance", "seance"),
            ("se\u{301}ance", "seance"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("Łódź", "lodz"),
            ("Smørrebrød", "smorrebrod"),
            ("ﬁne", "fine"),
            ("İstanbul", "istanbul"),
            ("Ａ１", "a1"),
            ("schlaf\u{ad}los", "schlaflos"),
            ("שָׁלוֹם", "שלום"),
            ("ΟΔΟΣ", "οδοσ"),
            ("Ѐлка", "елка"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
        assert_ne!(fold("が"), fold("か"), "dots that make another letter stay");
    }
}

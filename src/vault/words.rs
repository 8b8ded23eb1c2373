//! Passphrases that are drawn, not thought of.
//!
//! In goes randomness; out come eight words of the BIP-39 English list: 88 bits, easy to type. Nothing is kept.

use super::error::{Error, ErrorKind};
use super::secret::Passphrase;
use zeroize::Zeroizing;

/// 2048 words each, so 11 bits a word.
const WORDS: usize = 8;

/// Draws a passphrase of eight words with single spaces between.
///
/// # Errors
/// [`ErrorKind::Io`] when the system gives no randomness.
pub fn generate_passphrase() -> Result<Passphrase, Error> {
    let mut bytes = Zeroizing::new([0u8; WORDS * 2]);
    getrandom::fill(&mut *bytes)
        .map_err(|_| Error::new(ErrorKind::Io, "draw", "a passphrase", "the system gives no randomness"))?;
    let list = bip39::Language::English.word_list();
    // The longest word has 8 letters: never grows, leaves no copy.
    let mut text = String::with_capacity(WORDS * 9);
    for pair in bytes.chunks_exact(2) {
        // 65536 is a multiple of 2048, so cutting the number down favours no word.
        let at = usize::from(u16::from_be_bytes([pair[0], pair[1]])) % list.len();
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(list[at]);
    }
    Ok(Passphrase::new(text))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::generate_passphrase;

    #[test]
    fn a_drawn_passphrase_has_eight_words_and_is_never_the_same() {
        let (one, two) = (generate_passphrase().unwrap(), generate_passphrase().unwrap());
        assert_eq!(one.reveal().split(' ').count(), 8);
        assert_ne!(one.reveal(), two.reveal());
        assert_eq!(format!("{one:?}"), "Passphrase(..)");
    }
}

//! Padding: a sealed note's size says only how many 4 KiB blocks it fills.
//!
//! In goes a note's text; out comes the text, exactly one newline, and more newlines up to `k * 4096 - 1024` bytes. The
//! missing 1024 leave room for age's header, so that the sealed file fills whole blocks and costs no disk. Newlines are
//! harmless to whoever opens the file by hand with `age`.

use zeroize::Zeroizing;

const BLOCK: usize = 4096;
const HEADER_ROOM: usize = 1024;

/// The text with its padding, in one allocation so that no copy is left behind by growth.
pub(super) fn pad(text: &str) -> Zeroizing<Vec<u8>> {
    let body = text.trim_end_matches('\n').as_bytes();
    let size = padded_size(body.len() + 1);
    let mut padded = Zeroizing::new(Vec::with_capacity(size));
    padded.extend_from_slice(body);
    padded.resize(size, b'\n');
    padded
}

/// Takes the padding off in place: a run of newlines at the end becomes one. Text without one stays as it is.
pub(super) fn unpad(bytes: &mut Vec<u8>) {
    let kept = bytes.iter().rposition(|b| *b != b'\n').map_or(0, |last| last + 1);
    bytes.truncate(bytes.len().min(kept + 1));
}

fn padded_size(length: usize) -> usize {
    (length + HEADER_ROOM).div_ceil(BLOCK) * BLOCK - HEADER_ROOM
}

#[cfg(test)]
mod tests {
    use super::{pad, unpad};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn padding_hides_the_length_and_comes_off_again(text in "[a-zé\n]{0,9000}") {
            let mut padded = pad(&text);
            prop_assert_eq!((padded.len() + 1024) % 4096, 0);
            prop_assert!(padded.len() < text.len() + 1 + 4096);
            unpad(&mut padded);
            let read = format!("{}\n", text.trim_end_matches('\n'));
            prop_assert_eq!(&padded[..], read.as_bytes());
        }
    }

    #[test]
    fn a_block_is_begun_only_when_the_last_is_full() {
        for (length, size) in [(0, 3072), (3071, 3072), (3072, 7168), (7167, 7168)] {
            assert_eq!(pad(&"x".repeat(length)).len(), size, "{length}");
        }
    }

    #[test]
    fn text_that_was_sealed_by_hand_keeps_its_end() {
        for (written, read) in [("", ""), ("a", "a"), ("a\n", "a\n"), ("a\n\n\n", "a\n"), ("\n\n", "\n")] {
            let mut bytes = written.as_bytes().to_vec();
            unpad(&mut bytes);
            assert_eq!(bytes, read.as_bytes(), "{written:?}");
        }
    }
}

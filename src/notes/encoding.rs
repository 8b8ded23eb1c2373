//! Bytes to text.
//!
//! In go the bytes of a note, out comes UTF-8 with `\n` line ends and what had to be changed to get there. Never fails:
//! bytes that are no UTF-8 are read as Windows-1252, of which Latin-1 text is a part.

use crate::domain::Problem;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use zeroize::Zeroizing;

/// Reads bytes as text.
pub(super) fn decode(bytes: &[u8]) -> (Zeroizing<String>, Vec<Problem>) {
    let mut problems = Vec::new();
    let text = Zeroizing::new(to_utf8(bytes, &mut problems));
    if !text.contains(['\r', '\0']) {
        return (text, problems);
    }
    if text.contains('\0') {
        problems
            .push(Problem::warning("nul-character", "NUL characters in the text are shown as replacement characters"));
    }
    let mut clean = Zeroizing::new(String::with_capacity(text.len()));
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                clean.push('\n');
                chars.next_if_eq(&'\n');
            }
            '\0' => clean.push('\u{fffd}'),
            other => clean.push(other),
        }
    }
    (clean, problems)
}

fn to_utf8(bytes: &[u8], problems: &mut Vec<Problem>) -> String {
    let utf16 = match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [first, 0, third, 0, ..] if *first != 0 && *third != 0 => Some(UTF_16LE),
        [0, second, 0, fourth, ..] if *second != 0 && *fourth != 0 => Some(UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = utf16 {
        problems.push(Problem::info("encoding", "the text is UTF-16; it becomes UTF-8 when it is sealed again"));
        let (text, _, broken) = encoding.decode(bytes);
        if broken {
            problems.push(Problem::warning("encoding", "some characters could not be read and are shown as �"));
        }
        return text.into_owned();
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            problems.push(
                Problem::info("encoding", "the text is not UTF-8 and was read as Windows-1252 (Latin-1)")
                    .fix("save it as UTF-8; it becomes UTF-8 when it is sealed again"),
            );
            WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn every_usual_encoding_and_line_end_reads_as_the_same_text() {
        let utf16 = |big: bool| -> Vec<u8> {
            let mut bytes = if big { vec![0xfe, 0xff] } else { vec![0xff, 0xfe] };
            for unit in "é\nb".encode_utf16() {
                bytes.extend(if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
            }
            bytes
        };
        for bytes in [
            "é\nb".as_bytes().to_vec(),
            "\u{feff}é\r\nb".as_bytes().to_vec(),
            "é\rb".as_bytes().to_vec(),
            b"\xe9\nb".to_vec(),
            utf16(false),
            utf16(true),
        ] {
            assert_eq!(decode(&bytes).0.as_str(), "é\nb");
        }
    }
}

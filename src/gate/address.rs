//! Whether an address may be passed on to the child.
//!
//! In: an address. Out: yes or no. The child looks addresses up in a map of rendered pages, so no path can leave it; this
//! keeps every address that only makes sense as an attempt from ever getting there. It never decodes for anyone else.

/// Whether the path of `target` is made of plain segments: absolute, no empty segment but the last, no `.` or `..`, no
/// backslash, no control character, in the clear or percent-encoded.
pub(super) fn is_plain(target: &str) -> bool {
    let path = target.split_once('?').map_or(target, |(path, _)| path);
    let Some(segments) = path.strip_prefix('/') else { return false };
    target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#')
        && !path.contains("//")
        && segments.split('/').all(is_plain_segment)
}

/// Whether an address may be repeated on a page or in a field: no sign in it means anything anywhere.
pub(super) fn is_repeatable(target: &str) -> bool {
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.');
    target.len() <= 200 && target.bytes().all(harmless) && is_plain(target)
}

fn is_plain_segment(segment: &str) -> bool {
    let Some(decoded) = decode(segment) else { return false };
    // `..;x` is `..` to readers that know path parameters.
    let name = decoded.split(|byte| *byte == b';').next().unwrap_or_default();
    // A percent sign after decoding is an address encoded twice.
    let odd = |byte: &u8| byte.is_ascii_control() || matches!(byte, b'/' | b'\\' | b'%');
    name != b"." && name != b".." && !decoded.iter().any(odd)
}

fn decode(segment: &str) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(segment.len());
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let high = char::from(bytes.next()?).to_digit(16)?;
        let low = char::from(bytes.next()?).to_digit(16)?;
        decoded.push(u8::try_from(high * 16 + low).ok()?);
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn plain_addresses_pass() {
        for address in
            ["/", "/clients/", "/clients/K7/", "/assets/site.css?v=1", "/themes/%C3%A9/", "/search/?next=//x"]
        {
            assert!(is_plain(address), "{address}");
        }
    }

    #[test]
    fn addresses_that_climb_or_hide_something_do_not_pass() {
        for address in [
            "",
            "x",
            "//",
            "//x/",
            "/a//b",
            "/..",
            "/../x",
            "/a/../b",
            "/a/.",
            "/./a",
            "/%2e%2e/x",
            "/%2E./x",
            "/.%2e",
            "/a%2fb",
            "/a%5cb",
            "/a\\b",
            "/%00",
            "/a%0d%0ab",
            "/%7f",
            "/%",
            "/%4",
            "/%zz",
            "/%252e%252e/",
            "/..;/x",
            "/a b",
            "/a#b",
            "/é",
            "/%-1",
        ] {
            assert!(!is_plain(address), "{address}");
        }
    }
}

//! Public keys, and the files that list them.
//!
//! In goes text (a line of `.age-recipients`, an argument); out come keys that sealing can use, or the line that is
//! none. Only native X25519 keys are taken: a post-quantum key cannot be mixed with them in one file, and a plugin's
//! would have this program run another.

use super::error::{Error, ErrorKind};
use age::x25519;
use std::fmt;
use std::str::FromStr;

/// An age public key, `age1…`, in its canonical spelling.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublicKey(String);

impl PublicKey {
    /// Checks a key.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with the reason; public keys are not secret, but the text is not repeated, since it may be a
    /// secret key that was pasted by mistake.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::check(text.trim()).map_err(|why| Error::new(ErrorKind::Input, "use", "the public key", why))
    }

    fn check(text: &str) -> Result<Self, &'static str> {
        // First: one in a thousand ordinary keys begins with `age1pq` by chance.
        if let Some(key) = canonical_key(text) {
            return Ok(Self(key));
        }
        let lower = text.to_ascii_lowercase();
        Err(if lower.starts_with("age-secret-key-") {
            "this is a secret key; the public one begins with age1"
        } else if lower.starts_with("age1pq") || lower.starts_with("age1tag") {
            "post-quantum and hardware keys are not supported; use an X25519 key of 62 characters"
        } else if lower.starts_with("ssh-") {
            "SSH keys are not supported; make an age key"
        } else {
            "it is no age key of the form age1… with 62 characters"
        })
    }

    /// A key that `age` itself wrote.
    pub(super) fn made(text: String) -> Self {
        Self(text)
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last 8 characters: what a key file is named by.
    pub(super) fn tail(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(8)..).unwrap_or(&self.0)
    }
}

/// The canonical spelling of an X25519 public key.
fn canonical_key(text: &str) -> Option<String> {
    x25519::Recipient::from_str(text).ok().map(|key| key.to_string())
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads a list of keys: one a line, `#` comments and empty lines aside, in the order of the file and without doubles.
/// The order matters: stanzas are tried in it, so the owner's own key comes first.
pub(super) fn read_keys(file: &str, bytes: &[u8]) -> Result<Vec<PublicKey>, Error> {
    let refuse = |cause: String| Error::new(ErrorKind::Input, "use the recipients in", file, cause);
    let text = std::str::from_utf8(bytes).map_err(|_| refuse("it is not UTF-8 text".to_owned()))?;
    let mut keys = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let key = PublicKey::check(line).map_err(|why| refuse(format!("line {}: {why}", at + 1)))?;
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(keys)
}

/// The text of a recipients file.
pub(super) fn write_keys(comment: &str, keys: &[PublicKey]) -> String {
    let lines: String = keys.iter().map(|key| format!("{key}\n")).collect();
    format!("# {comment}\n{lines}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{PublicKey, read_keys};

    const KEY: &str = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";

    #[test]
    fn a_recipients_file_gives_its_keys_in_order_and_names_the_line_that_is_none() {
        let text = format!("# owner\r\n\n{KEY}\n  {KEY}  \n");
        assert_eq!(read_keys(".age-recipients", text.as_bytes()).unwrap(), [PublicKey::made(KEY.to_owned())]);
        let error = read_keys(".age-recipients", format!("{KEY}\nssh-ed25519 AAAA\n").as_bytes()).unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
    }

    #[test]
    fn a_secret_key_pasted_by_mistake_is_refused_and_not_repeated() {
        let secret = "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33";
        let error = PublicKey::parse(secret).unwrap_err();
        assert!(!error.to_string().contains("GQ9778"), "{error}");
        for bad in ["", "age1", "age1pq1qqq", "age1tag1qqq", &KEY[..61]] {
            assert!(PublicKey::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_ordinary_key_that_begins_like_another_kind_by_chance_is_taken() {
        let drawn = || crate::vault::keys::NewKey::generate().public;
        let key = std::iter::repeat_with(drawn).find(|key| key.as_str().starts_with("age1pq")).unwrap();
        assert_eq!(PublicKey::parse(key.as_str()).unwrap(), key);
    }
}

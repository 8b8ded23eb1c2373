//! A client's code: the name of a folder, a part of an address, never a person's name.
//!
//! [`ClientCode::parse`] is the only way to get one, so that the vault can put it in a path and the site in an
//! address with no further cleaning.

use std::fmt;

/// `[a-z0-9][a-z0-9-]{0,31}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientCode(String);

/// Why a text is no client code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClientCodeFault {
    /// There is nothing.
    #[error("it is empty")]
    Empty,
    /// More than 32 characters.
    #[error("it is longer than 32 characters")]
    TooLong,
    /// Begins with a hyphen.
    #[error("it begins with a hyphen")]
    LeadingHyphen,
    /// Capitals, spaces, slashes and the like.
    #[error("it holds something other than a to z, 0 to 9 and hyphens")]
    Character,
}

impl ClientCode {
    /// Checks a code.
    ///
    /// # Errors
    /// The first rule of the pattern that the text breaks.
    pub fn parse(text: &str) -> Result<Self, ClientCodeFault> {
        if text.is_empty() {
            return Err(ClientCodeFault::Empty);
        }
        if text.chars().count() > 32 {
            return Err(ClientCodeFault::TooLong);
        }
        if !text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-')) {
            return Err(ClientCodeFault::Character);
        }
        if text.starts_with('-') {
            return Err(ClientCodeFault::LeadingHyphen);
        }
        Ok(Self(text.to_owned()))
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClientCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{ClientCode, ClientCodeFault::*};

    #[test]
    fn a_code_fits_a_path_and_an_address_or_is_refused_with_the_reason() {
        for good in ["a7", "7", "pm-d1c01", &"a".repeat(32)] {
            assert!(ClientCode::parse(good).is_ok(), "{good}");
        }
        for (bad, why) in [
            ("", Empty),
            ("-a", LeadingHyphen),
            ("Ann Smith", Character),
            ("../x", Character),
            ("a/b", Character),
            ("é", Character),
            (&*"a".repeat(33), TooLong),
        ] {
            assert_eq!(ClientCode::parse(bad), Err(why), "{bad}");
        }
    }
}

//! Names of themes and people, as they are compared and as they are shown.
//!
//! Two spellings are one name when they agree after NFC and lower case, with spaces written as hyphens. `#family/mother`
//! is part of `#family`. Names are words of a note: they have no `Display` and no `Serialize`.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use unicode_normalization::UnicodeNormalization;

macro_rules! folded_name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name {
            key: String,
            shown: String,
        }

        impl $name {
            /// Takes a name as written; `None` when nothing is left of it.
            pub fn new(written: &str) -> Option<Self> {
                let shown: String = written.trim().nfc().filter(|c| !c.is_control()).collect();
                let key = fold(&shown);
                (!key.is_empty()).then_some(Self { key, shown })
            }

            /// What is compared: lower case, NFC, hyphens for spaces.
            pub fn key(&self) -> &str {
                &self.key
            }

            /// The name as it was written.
            pub fn shown(&self) -> &str {
                &self.shown
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.key == other.key
            }
        }
        impl Eq for $name {}
        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.key.cmp(&other.key)
            }
        }
        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.key.hash(state);
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

folded_name! {
    /// Something a session was about, such as `sleep` or `family/mother`.
    Theme
}
folded_name! {
    /// Somebody in the client's life, such as `sister`.
    Person
}

fn fold(shown: &str) -> String {
    let lower = shown.to_lowercase().nfc().collect::<String>();
    lower.split_whitespace().collect::<Vec<_>>().join("-").trim_matches('/').to_owned()
}

/// Where a theme was noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThemeSource {
    /// By the counselor: `themes:`, `tags:` or `#theme`.
    Tagged,
    /// By a word of the practice's own lists in untagged prose.
    Mentioned,
}

/// One theme of one note.
#[derive(Debug, Clone)]
pub struct ThemeMark {
    /// Which theme.
    pub theme: Theme,
    /// How strong, 0 to 5, when the note says so.
    pub intensity: Option<u8>,
    /// Tagged or merely mentioned.
    pub source: ThemeSource,
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn spellings_of_one_theme_are_one_theme() {
        let a = Theme::new("Self Criticism").map(|t| t.key().to_owned());
        assert_eq!(a.as_deref(), Some("self-criticism"));
        assert!(Theme::new("Séance") == Theme::new("se\u{301}ance"));
        assert!(Theme::new(" \u{7} ").is_none());
    }
}

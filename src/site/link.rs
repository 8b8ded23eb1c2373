//! Where a link of a note may lead.
//!
//! In goes a destination as it was written; out comes what a page may do with it. Web and mail addresses lead outside,
//! pages of this site that exist lead inside, everything else stays text. Nothing here fetches or resolves a name.

use super::address::Route;
use super::shown::visible;
use crate::casebook::Casebook;
use crate::domain::NoteId;

/// What may be done with a destination.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Out of the site: the address, and where it leads in a few characters.
    Outside {
        /// The address as written.
        address: String,
        /// Host or mailbox, made visible.
        place: String,
    },
    /// A page of this site.
    Inside(String),
    /// Not to be followed.
    Nowhere,
}

impl Destination {
    /// Judges a destination.
    pub(crate) fn of(written: &str, casebook: &Casebook) -> Self {
        let address = written.trim();
        let hidden =
            address.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') || visible(address) != address;
        if hidden || address.is_empty() {
            return Self::Nowhere;
        }
        if address.starts_with('/') {
            return Self::inside(address, casebook);
        }
        let Some((scheme, rest)) = address.split_once(':') else { return Self::Nowhere };
        let place = match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => rest.strip_prefix("//").map(host),
            "mailto" => Some(rest.split('?').next().unwrap_or_default()),
            _ => None,
        };
        match place.filter(|place| !place.is_empty()) {
            Some(place) => Self::Outside { address: address.to_owned(), place: place.to_owned() },
            None => Self::Nowhere,
        }
    }

    fn inside(path: &str, casebook: &Casebook) -> Self {
        let exists = match Route::parse(path) {
            Some(Route::Today | Route::Clients(_, 1) | Route::Themes | Route::About) => true,
            Some(Route::Client(code) | Route::Prepare(code) | Route::Course(code, _)) => {
                casebook.client(&code).is_some()
            }
            Some(Route::Note(id)) => casebook.note(id).is_some(),
            _ => false,
        };
        if exists { Self::Inside(path.to_owned()) } else { Self::Nowhere }
    }
}

/// The address of the note that a `[[link]]` names by its id, when there is one.
pub(crate) fn linked_note(written: &str, casebook: &Casebook) -> Option<String> {
    let id = NoteId::parse(written.trim()).ok()?;
    casebook.note(id).map(|note| Route::Note(note.id).to_string())
}

/// From where a picture would have been loaded, in a few words.
pub(crate) fn picture_source(written: &str) -> String {
    let written = written.trim();
    let lower = written.to_ascii_lowercase();
    let rest = ["https://", "http://", "//"]
        .iter()
        .find_map(|start| lower.starts_with(start).then(|| &written[start.len()..]));
    match rest.map(authority).filter(|host| !host.is_empty()) {
        Some(host) => visible(host).chars().take(80).collect(),
        None if lower.starts_with("data:") => "inside the note".to_owned(),
        None => "a file beside the note".to_owned(),
    }
}

/// Host of what follows `//`. User names before `@` are a known trick to hide it, so such an address leads nowhere.
fn host(rest: &str) -> &str {
    let authority = authority(rest);
    if authority.contains('@') { "" } else { authority }
}

fn authority(rest: &str) -> &str {
    rest.split(['/', '?', '#', '\\']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_mail_and_pages_that_exist_are_links() {
        let book = Casebook::default();
        let judge = |text| Destination::of(text, &book);
        assert!(
            matches!(judge("https://example.org/x?y#z"), Destination::Outside { place, .. } if place == "example.org")
        );
        assert!(
            matches!(judge("MAILTO:a@example.org?subject=x"), Destination::Outside { place, .. } if place == "a@example.org")
        );
        assert_eq!(judge("/about/"), Destination::Inside("/about/".to_owned()));
        for bad in [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\tscript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc",
            "//example.org/",
            "/\\example.org",
            "\\\\example.org",
            "/notes/000000000000/",
            "/clients/a7/",
            "/pulse",
            "https://user@example.org/",
            "https:example.org",
            "https://",
            "relative.md",
            "#top",
            "",
            "\u{202E}https://x",
        ] {
            assert_eq!(judge(bad), Destination::Nowhere, "{bad}");
        }
    }

    #[test]
    fn a_picture_is_named_by_its_host() {
        assert_eq!(picture_source("https://pixel.example/p.gif?id=1"), "pixel.example");
        assert_eq!(picture_source("//pixel.example"), "pixel.example");
        assert_eq!(picture_source("data:image/png;base64,AA"), "inside the note");
        assert_eq!(picture_source("drawing.png"), "a file beside the note");
    }
}

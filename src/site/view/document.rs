//! What stands round every page: title, navigation, and what all pages must say.

use crate::site::edition::Edition;
use serde::Serialize;

/// The frame of a page.
#[derive(Serialize)]
pub(crate) struct Document {
    /// Fixed words and at most a client's code: titles end in the browser's history.
    pub(crate) title: String,
    /// Which entry of the navigation is current.
    pub(crate) section: &'static str,
    /// The page itself, rendered.
    pub(crate) main: String,
    /// Whether the page asks for itself again where no script does. Not where only words are typed in: they would be
    /// lost, and no word of a note stands there.
    refreshes: bool,
    stale: Option<String>,
    as_of: Option<String>,
    demo: bool,
    keys: bool,
    stamp: String,
}

impl Document {
    /// Puts a rendered page into its frame.
    pub(crate) fn new(edition: &Edition, title: String, section: &'static str, main: String) -> Self {
        Self {
            title,
            refreshes: section != "search-form",
            section,
            main,
            stale: edition.stale.clone(),
            as_of: edition.as_of.clone(),
            demo: edition.about.demo,
            keys: edition.keys,
            stamp: edition.stamp.to_string(),
        }
    }
}

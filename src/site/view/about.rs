//! What is open, what a reader without a key sees, what would not open, and what the site never does.

use super::client::UnreadableRow;
use super::patterns::{Method, methods};
use super::sentence::{Part, sentence};
use crate::site::edition::Edition;
use crate::site::shown::Shown;
use crate::site::wording;
use serde::Serialize;

/// The page.
#[derive(Serialize)]
pub(crate) struct AboutView {
    version: &'static str,
    vault: Shown,
    opened_at: Shown,
    notes: String,
    clients: String,
    demo: bool,
    unreadable: Vec<UnreadableRow>,
    remarks: Vec<Vec<Part>>,
    methods: Vec<Method>,
}

impl AboutView {
    /// Makes the page.
    pub(crate) fn new(edition: &Edition) -> Self {
        let about = &edition.about;
        Self {
            version: about.version,
            vault: Shown::new(&about.vault),
            opened_at: Shown::new(&about.opened_at),
            notes: wording::count(about.notes, "note"),
            clients: wording::count(edition.casebook.clients().count(), "client"),
            demo: about.demo,
            unreadable: edition.unreadable.iter().map(UnreadableRow::of).collect(),
            methods: methods(),
            remarks: edition.remarks.iter().map(|remark| sentence(remark)).collect(),
        }
    }
}

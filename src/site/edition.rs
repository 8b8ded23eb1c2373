//! Everything a page is a function of.
//!
//! An edition is made by whoever read the vault and is never changed. It holds the casebook and today's date, and beside
//! them what a reader must be told: files that would not open, remarks, and whether the last refresh failed.

use crate::casebook::{CaseFile, Casebook};
use crate::domain::ClientCode;
use crate::insight::SeenSoFar;
use crate::site::shown::Shown;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One state of the practice, ready to be shown.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The notes and what runs along them.
    pub casebook: Arc<Casebook>,
    /// The reader's day.
    pub today: NaiveDate,
    /// Sealed files that would not open. Each is a visible row, never an absent one.
    pub unreadable: Vec<Unreadable>,
    /// What else the reader should know, one sentence each; shown on Today and About.
    pub remarks: Vec<String>,
    /// Why the last refresh failed, when it did: every page says so.
    pub stale: Option<String>,
    /// That this is an earlier state of knowledge, and what is left out: every page says so.
    pub as_of: Option<String>,
    /// An opaque counter that differs between editions, for live refresh.
    pub stamp: u64,
    /// What is open.
    pub about: About,
    /// What was found in clients' files so far. It makes pages come sooner and never different.
    pub seen: Arc<SeenSoFar>,
    /// For whom something is new, as far as it was looked at.
    pub news: News,
    /// Whether page bodies show the label of a client beside the code.
    pub show_labels: bool,
    /// Whether pages answer to single keys. Who speaks instead of typing turns them off (WCAG 2.2, 2.1.4).
    pub keys: bool,
}

/// Most letters of a label.
const LABEL: usize = 60;

impl Edition {
    /// The label of a client as it stands beside the code; nothing where labels are hidden.
    pub(crate) fn label_of(&self, file: &CaseFile) -> Option<Shown> {
        file.label().filter(|_| self.show_labels).map(|label| Shown::short(label, LABEL))
    }
}

/// Clients for whom a finding is new since their last session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// Whose.
    pub clients: BTreeSet<ClientCode>,
    /// How many clients were not looked at yet.
    pub waiting: usize,
}

/// A sealed file that would not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it lies in the vault.
    pub path: String,
    /// Whose folder it lies in.
    pub client: Option<ClientCode>,
    /// Why it would not open, in one sentence.
    pub why: String,
}

/// What the program can say about itself and the open vault.
#[derive(Debug, Clone)]
pub struct About {
    /// Version of the program.
    pub version: &'static str,
    /// Which vault.
    pub vault: String,
    /// Since when it is open, in words.
    pub opened_at: String,
    /// How many notes are open.
    pub notes: usize,
    /// Whether this is the demonstration with invented clients.
    pub demo: bool,
}

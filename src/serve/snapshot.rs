//! The edition on show, and the pages rendered of it so far.
//!
//! One `Arc` is swapped when files changed. A request keeps the snapshot it started with. Pages are rendered when they
//! are first asked for and kept with their snapshot, so that nothing old outlives it.

use crate::site::{self, Answer, Edition, Templates};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Pages kept of one snapshot at most: a long walk must not fill the memory.
const MOST_PAGES: usize = 400;

/// An edition with its rendered pages.
struct Snapshot {
    edition: Edition,
    pages: Mutex<HashMap<String, Arc<Answer>>>,
}

/// What is on show.
pub struct Shown {
    current: RwLock<Arc<Snapshot>>,
    templates: Templates,
}

impl Shown {
    /// Shows a first edition.
    pub fn new(edition: Edition, templates: Templates) -> Self {
        Self { current: RwLock::new(Arc::new(Snapshot::of(edition))), templates }
    }

    /// Shows another edition from the next request on.
    pub fn replace(&self, edition: Edition) {
        let snapshot = Arc::new(Snapshot::of(edition));
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
    }

    /// The answer to a path.
    pub fn answer(&self, path: &str) -> Arc<Answer> {
        // What follows a `?` is for the gate; the page is the same.
        let path = path.split('?').next().unwrap_or_default();
        let snapshot = Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner));
        if let Some(page) = snapshot.pages.lock().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Arc::clone(page);
        }
        let answer = Arc::new(site::answer(path, &snapshot.edition, &self.templates));
        let mut pages = snapshot.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if answer.status == 200 && pages.len() < MOST_PAGES {
            pages.insert(path.to_owned(), Arc::clone(&answer));
        }
        answer
    }
}

impl Snapshot {
    fn of(edition: Edition) -> Self {
        Self { edition, pages: Mutex::default() }
    }
}

//! The edition on show, and the pages rendered of it so far.
//!
//! One `Arc` is swapped when files changed. A request keeps the snapshot it started with. Pages are rendered when they
//! are first asked for and kept with their snapshot, so that nothing old outlives it.

use super::searches::Searches;
use crate::site::{self, Answer, Asked, Edition, Templates};
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
    searches: Searches,
}

impl Shown {
    /// Shows a first edition.
    pub fn new(edition: Edition, templates: Templates) -> Self {
        Self { current: RwLock::new(Arc::new(Snapshot::of(edition))), templates, searches: Searches::default() }
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
        let answer = Arc::new(self.make(path, &snapshot.edition));
        let mut pages = snapshot.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if answer.status == 200 && pages.len() < MOST_PAGES {
            pages.insert(path.to_owned(), Arc::clone(&answer));
        }
        answer
    }

    fn make(&self, path: &str, edition: &Edition) -> Answer {
        let asked = site::found_at(path).and_then(|(token, page)| Some((self.searches.find(&token)?, token, page)));
        match asked {
            Some((asked, token, page)) => site::answer_found(&asked, &token, page, edition, &self.templates),
            None => site::answer(path, edition, &self.templates),
        }
    }

    /// The answer to a search form: on to what was found. `None` when there is no randomness for its address.
    pub fn search(&self, form: &[u8]) -> Option<Answer> {
        let asked = Asked::read(form);
        if asked.is_empty() {
            return Some(Answer { location: Some("/search/".to_owned()), ..site::answer_search("") });
        }
        self.searches.keep(asked).map(|token| site::answer_search(&token))
    }
}

impl Snapshot {
    fn of(edition: Edition) -> Self {
        Self { edition, pages: Mutex::default() }
    }
}

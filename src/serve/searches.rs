//! What readers asked for lately, each under a random name.
//!
//! In goes what was asked, out comes a name for addresses; and back. The words are in memory only, the oldest make room
//! for the newest, and all go with the process: a lock forgets them.

use crate::site::Asked;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many are kept: enough for going back through a long day.
const MOST: usize = 200;

/// Searches by name.
#[derive(Default)]
pub(super) struct Searches {
    kept: Mutex<VecDeque<(String, Arc<Asked>)>>,
}

impl Searches {
    /// Keeps what was asked; gives its name. `None` when the system gives no randomness.
    pub(super) fn keep(&self, asked: Asked) -> Option<String> {
        let mut bytes = [0u8; 8];
        getrandom::fill(&mut bytes).ok()?;
        let token: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.truncate(MOST - 1);
        kept.push_front((token.clone(), Arc::new(asked)));
        Some(token)
    }

    /// What was asked under a name.
    pub(super) fn find(&self, token: &str) -> Option<Arc<Asked>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(name, _)| name == token).map(|(_, asked)| Arc::clone(asked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_kept_under_names_that_tell_nothing() {
        let searches = Searches::default();
        let names: Vec<String> = (0..MOST + 5).filter_map(|_| searches.keep(Asked::read(b"q=plague"))).collect();
        assert!(searches.find(&names[4]).is_none() && searches.find(&names[5]).is_some());
        let last = names.last().map_or("", String::as_str);
        assert!(crate::site::found_at(&format!("/search/{last}/")).is_some() && !last.contains("plague"));
    }
}

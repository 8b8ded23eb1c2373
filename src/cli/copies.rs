//! The leak sentinel: after notes were written in an editor, known places are searched for copies it may have left, and
//! the result is said in one line.

use super::session::Session;
use crate::machine::leak_places;
use crate::machine::leak_search::{LeakReport, Needle, search_except};
use std::path::Path;
use std::time::SystemTime;

impl Session {
    /// Searches, says what was found, and warns of each copy. `within` is where the notes were meant to be.
    pub(super) fn look_for_copies(
        &self,
        vault: Option<&Path>,
        needles: &[Needle],
        since: SystemTime,
        within: &Path,
    ) -> LeakReport {
        let around = vault.map(Path::to_owned).into_iter().collect();
        let places = leak_places::of(&self.places.surroundings(around));
        let report = search_except(&places, needles, since, &[within]);
        self.messages.say(&report.sentence());
        for leak in &report.leaks {
            self.messages.warn(&leak.sentence());
        }
        report
    }
}

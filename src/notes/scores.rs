//! Scores: `measures: {phq9: 11}`, flat `phq9: 11`, inline `phq9:: 11`.
//!
//! In go fields, out come totals with their places, and a problem at its line for each that its scale cannot reach.
//! Totals are taken as written: nothing is rescaled or guessed.

use super::fields::{Fields, decimal, folded};
use super::node::Entry;
use crate::domain::{Problem, Scale, Scales, Score};

/// Takes all scores. The same scale twice counts once; different totals are reported and the first counts.
pub(super) fn read(fields: &Fields<'_>) -> Vec<Score> {
    let mut scores: Vec<Score> = Vec::new();
    let mut add = |entry: &Entry, scale: Option<&Scale>| {
        let name = scale.map_or_else(|| "this measure".to_owned(), |scale| scale.name.clone());
        let Some(value) = entry.node.scalar().and_then(decimal) else {
            if !entry.node.is_blank() {
                fields.report(Problem::error("score", format!("{name} should be a number")).at(entry.node.place));
            }
            return;
        };
        if let Some(scale) = scale.filter(|scale| !scale.holds(value)) {
            let message = format!("{name} goes from {} to {}; this total lies outside", scale.min, scale.max);
            fields.report(Problem::error("score-range", message).at(entry.node.place).fix("look the total up again"));
        }
        let key = scale.map_or_else(|| folded(&entry.key), |scale| scale.id.clone());
        match scores.iter().find(|score| score.scale == key) {
            Some(first) if first.value != value => {
                let message = format!("{name} is given twice with different totals; the first counts");
                fields.report(Problem::warning("score-twice", message).at(entry.node.place).fix("keep one of them"));
            }
            Some(_) => {}
            None => scores.push(Score { scale: key, value, place: Some(entry.node.place) }),
        }
    };
    for entry in fields.map("measures") {
        add(entry, Scales::shipped().find(&entry.key).or_else(|| Scales::shipped().find(&folded(&entry.key))));
    }
    let flat: Vec<(usize, &Entry)> = fields.untaken().collect();
    for (at, entry) in flat {
        if let Some(scale) =
            Scales::shipped().find(entry.key.trim()).or_else(|| Scales::shipped().find(&folded(&entry.key)))
        {
            fields.mark_taken(at);
            add(entry, Some(scale));
        }
    }
    scores
}

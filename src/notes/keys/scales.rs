//! Keys of a practice's own scales.
//!
//! In go the entries under `scales:`, a mapping of keys to what is said about each; out come [`OwnScale`]s, with a problem
//! for each entry that cannot be understood.
//!
//! ```yaml
//! scales:
//!   calm: {name: Calm today, range: 0-10, higher_is: better, bands: {low: 0-3, fair: 4-6, good: 7-10}, sd: 2.1, reliability: 0.8}
//!   phq9: {reliable_change: 5, source: clinic manual 2026}
//! ```

use super::super::fields::{Fields, decimal, folded};
use super::super::node::{Entry, Node};
use crate::domain::{Band, Cutoff, CutoffRule, Direction, OwnScale, Problem, ReliableChange, Scales};
use std::cell::RefCell;

/// A scale at most so many steps wide, so that a slip of the keyboard shows.
const WIDEST: f64 = 100_000.0;

const KEYS: &str =
    "the keys are name, range, higher_is, bands, cutoff, reliable_change, sd, reliability, step, tested and source";

/// What is said about each scale.
pub(super) fn scales(fields: &Fields<'_>) -> Vec<OwnScale> {
    fields.map("scales").iter().filter_map(|entry| scale(fields, entry)).collect()
}

fn scale(fields: &Fields<'_>, entry: &Entry) -> Option<OwnScale> {
    let inner = fields.inner(&entry.node);
    let known = Scales::shipped().find(&entry.key).or_else(|| Scales::shipped().find(&folded(&entry.key)));
    let higher_is = inner.word("higher_is", direction, &["worse", "better"]);
    let own = OwnScale {
        key: known.map_or_else(|| folded(&entry.key), |scale| scale.id.clone()),
        name: inner.text("name").map(|name| name.reveal().to_owned()),
        range: stretch_of(&inner, "range").filter(|(low, high)| high > low && high - low <= WIDEST),
        higher_is,
        bands: bands(&inner),
        cutoff: cutoff(&inner, higher_is.or(known.map(|scale| scale.higher_is))),
        reliable_change: reliable_change(&inner),
        tested: inner.yes("tested"),
        source: inner.text("source").map(|source| source.reveal().to_owned()),
    };
    for (unknown, _) in inner.left_over() {
        let message = "this is no key of a scale";
        fields.report(Problem::warning("scale", message).at(unknown.place).fix(KEYS));
    }
    if known.is_some() && (own.range.is_some() || higher_is.is_some() || !own.bands.is_empty()) {
        let message = "this scale's range, direction and bands are known and stay as they are";
        let example = "leave out range, higher_is and bands, or give your scale a key of its own";
        fields.report(Problem::warning("scale", message).at(entry.place).fix(example));
    }
    if known.is_none() && (own.range.is_none() || own.higher_is.is_none()) {
        let message = "a scale of your own needs its lowest and highest total and which end is worse";
        let example = "write `range: 0-10` and `higher_is: worse` or `higher_is: better`";
        fields.report(Problem::error("scale", message).at(entry.place).fix(example));
        return None;
    }
    if is_taken(&own.key) {
        let message = "sessions have a key of this name already, which is no score";
        let example = "write its totals under `measures:`, or choose another key";
        fields.report(Problem::warning("scale", message).at(entry.place).fix(example));
    }
    Some(own)
}

/// Whether a session reads this key as something else.
fn is_taken(key: &str) -> bool {
    let problems = RefCell::default();
    let none = Fields::new(&[], &problems);
    super::session::session(&none);
    none.asked_for(key)
}

fn direction(word: &str) -> Option<Direction> {
    match word {
        "worse" => Some(Direction::Worse),
        "better" => Some(Direction::Better),
        _ => None,
    }
}

/// `0-10`, `0 to 10` or `[0, 10]`.
fn stretch(node: &Node) -> Option<(f64, f64)> {
    let text = node.in_one_line();
    let (low, high) = [" to ", "–", ", ", ".."].iter().find_map(|between| text.split_once(between)).or_else(|| {
        // A minus sign may stand before the first number.
        let at = text.char_indices().skip(1).find(|(_, sign)| *sign == '-')?.0;
        Some((text.get(..at)?, text.get(at + 1..)?))
    })?;
    Some((decimal(low)?, decimal(high)?)).filter(|(low, high)| low <= high)
}

fn stretch_of(inner: &Fields<'_>, key: &'static str) -> Option<(f64, f64)> {
    let node = inner.take(key)?;
    let found = stretch(node);
    if found.is_none() {
        let message = format!("`{key}` should be two numbers, the lower one first");
        inner.report(Problem::error("key-value", message).at(node.place).fix("write for example `0-10`"));
    }
    found
}

fn bands(inner: &Fields<'_>) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for entry in inner.map("bands") {
        match stretch(&entry.node) {
            Some((from, to)) => bands.push(Band { from, to, label: entry.key.trim().to_owned() }),
            None => {
                let message = "a band should be two numbers, the lower one first";
                let example = "write for example `mild: 5-9`";
                inner.report(Problem::error("key-value", message).at(entry.node.place).fix(example));
            }
        }
    }
    bands.sort_by(|a, b| a.from.total_cmp(&b.from));
    bands
}

/// `>= 10`, `< 25`, or a number, which then belongs to the clinical side.
fn cutoff(inner: &Fields<'_>, higher_is: Option<Direction>) -> Option<Cutoff> {
    let node = inner.take("cutoff")?;
    let text = node.in_one_line();
    let rules = [
        (">=", CutoffRule::AtLeast),
        ("≥", CutoffRule::AtLeast),
        ("<=", CutoffRule::AtMost),
        ("≤", CutoffRule::AtMost),
        (">", CutoffRule::Above),
        ("<", CutoffRule::Below),
    ];
    let signed = rules.into_iter().find_map(|(sign, rule)| Some((text.strip_prefix(sign)?, rule)));
    let plain = if higher_is == Some(Direction::Better) { CutoffRule::AtMost } else { CutoffRule::AtLeast };
    let (number, rule) = signed.unwrap_or((&text, plain));
    let found = decimal(number).map(|value| Cutoff { value, rule, note: String::new() });
    if found.is_none() {
        let message = "`cutoff` should be a number, perhaps with a sign before it";
        inner.report(Problem::error("key-value", message).at(node.place).fix("write for example `\">= 10\"`"));
    }
    found
}

/// The threshold as it is written, else what follows from `sd` and `reliability`.
fn reliable_change(inner: &Fields<'_>) -> Option<ReliableChange> {
    let written = inner.between("reliable_change", 0.0, WIDEST).filter(|points| *points > 0.0);
    let sd = inner.between("sd", 0.0, WIDEST);
    let reliability = inner.between("reliability", 0.0, 1.0);
    let step = inner.between("step", 0.0, WIDEST).unwrap_or(1.0);
    written.map(OwnScale::own_threshold).or_else(|| ReliableChange::from_reliability(sd?, reliability?, step))
}

#[cfg(test)]
mod tests {
    use crate::domain::{Class, CutoffRule, Details, NoteId, OwnScale};
    use crate::notes::{Source, read};

    fn own(scales: &str) -> (Vec<OwnScale>, Vec<&'static str>) {
        let source = Source {
            id: NoteId::from_bits([1; 8]),
            class: Class::Practice,
            client: None,
            file_name: None,
            written: chrono::NaiveDate::default(),
        };
        let text = format!("---\nkind: scales\ndate: 2026-03-02\nscales:\n{scales}---\n");
        let note = read(text.as_bytes(), &source);
        let problems = note.problems.iter().map(|problem| problem.rule).collect();
        match note.details {
            Details::Scales(scales) => (scales, problems),
            _ => (Vec::new(), problems),
        }
    }

    #[test]
    fn a_scale_of_ones_own_is_read_with_range_bands_cutoff_and_threshold() {
        let (scales, problems) = own(
            "  Mood Today: {name: Mood, range: 0-10, higher_is: better, cutoff: 3, sd: 2, reliability: 0.8,\n    bands: {good: 7-10, low: 0-3, fair: 4 to 6}}\n",
        );
        assert!(problems.is_empty(), "{problems:?}");
        let [mood] = scales.as_slice() else { panic!("one scale") };
        assert_eq!((mood.key.as_str(), mood.range), ("mood_today", Some((0.0, 10.0))));
        let bands: Vec<_> = mood.bands.iter().map(|band| (band.label.as_str(), band.from, band.to)).collect();
        assert_eq!(bands, [("low", 0.0, 3.0), ("fair", 4.0, 6.0), ("good", 7.0, 10.0)]);
        let cutoff = mood.cutoff.as_ref().map(|cutoff| (cutoff.value, cutoff.rule));
        assert_eq!(cutoff, Some((3.0, CutoffRule::AtMost)));
        // 1.96 · √2 · 2 · √0.2 = 2.479, and a total changes by whole points.
        assert_eq!(mood.reliable_change.as_ref().map(|change| change.points), Some(3.0));
    }

    #[test]
    fn a_key_that_sessions_read_as_something_else_is_pointed_out() {
        let (scales, problems) = own("  mood: {range: 0-10, higher_is: better, colour: red}\n");
        assert_eq!((scales.len(), problems), (1, vec!["scale", "scale"]));
    }

    #[test]
    fn what_is_missing_or_no_number_is_a_problem_at_its_line() {
        let (scales, problems) = own("  mood: {higher_is: better}\n  calm: {range: ten, higher_is: up}\n");
        assert!(scales.is_empty());
        assert_eq!(problems, ["scale", "scale", "key-value", "key-value"]);
        let (_, problems) = own("  phq9: {range: 0-30, reliable_change: 5}\n");
        assert_eq!(problems, ["scale"]);
        let (scales, problems) = own("  phq9: {reliable_change: 5}\n  temperature: {range: -5-5, higher_is: worse}\n");
        assert_eq!((scales.len(), problems.len()), (2, 0));
        assert_eq!(scales.iter().find(|s| s.key == "temperature").and_then(|s| s.range), Some((-5.0, 5.0)));
    }
}

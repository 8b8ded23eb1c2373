//! The scales this program knows: range, direction, severity bands, usual cutoff and reliable change.
//!
//! In goes the embedded data file `scales.json`, which names the source of each figure and how well it was verified. No
//! questionnaire item is in it. Nothing here scores or diagnoses.

use super::{Note, OwnScale, Problem, Score};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// Which end of a scale is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Higher totals mean more trouble.
    Worse,
    /// Higher totals mean less trouble.
    Better,
}

/// A named stretch of a scale, both ends included, in points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Band {
    /// Lowest total of the band.
    pub from: f64,
    /// Highest total of the band.
    pub to: f64,
    /// The published word for it.
    pub label: String,
}

/// Which side of a cutoff is the clinical one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum CutoffRule {
    /// At or above it.
    #[serde(rename = ">=")]
    AtLeast,
    /// Above it.
    #[serde(rename = ">")]
    Above,
    /// At or below it.
    #[serde(rename = "<=")]
    AtMost,
    /// Below it.
    #[serde(rename = "<")]
    Below,
}

/// The usual cutoff between the clinical range and the rest.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Cutoff {
    /// In points.
    pub value: f64,
    /// Which side is clinical.
    pub rule: CutoffRule,
    /// Other cutoffs in use.
    #[serde(default)]
    pub note: String,
}

impl Cutoff {
    /// Whether a total lies on the clinical side.
    pub fn is_clinical(&self, total: f64) -> bool {
        match self.rule {
            CutoffRule::AtLeast => total >= self.value,
            CutoffRule::Above => total > self.value,
            CutoffRule::AtMost => total <= self.value,
            CutoffRule::Below => total < self.value,
        }
    }
}

/// What a change threshold rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// Measurement error, at the 95 % level.
    Reliability,
    /// Measurement error, at the 90 % level only.
    #[serde(rename = "reliability-90")]
    Reliability90,
    /// What is customarily called an important change; it does not come from measurement error.
    ImportantChange,
}

/// How many points two totals must differ before the difference is more than usual error.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ReliableChange {
    /// The threshold: a change of this many points or more counts.
    pub points: f64,
    /// What it rests on.
    pub kind: ChangeKind,
    /// Where it comes from.
    pub basis: String,
    /// The threshold at the 95 % level, when `points` is not.
    #[serde(default)]
    pub points_95: Option<f64>,
}

impl ReliableChange {
    /// The threshold that follows from a scale's spread and reliability: 1.96 · √2 · SD · √(1 − r), at the 95 % level
    /// (Jacobson and Truax 1991, J Consult Clin Psychol 59:12–19), rounded up to the next step a total can change by.
    /// `None` unless SD and step are above 0 and the reliability lies from 0 up to, not including, 1.
    pub fn from_reliability(sd: f64, reliability: f64, step: f64) -> Option<Self> {
        let usable = sd > 0.0 && step > 0.0 && (0.0..1.0).contains(&reliability);
        let least = 1.96 * 2.0_f64.sqrt() * sd * (1.0 - reliability).sqrt();
        usable.then(|| Self {
            points: (least / step - 1e-9).ceil() * step,
            kind: ChangeKind::Reliability,
            basis: format!("from a standard deviation of {sd} and a reliability of {reliability}"),
            points_95: None,
        })
    }
}

/// One scale.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Scale {
    /// Key in notes, such as `phq9`.
    pub id: String,
    /// Name as people write it, such as `PHQ-9`.
    pub name: String,
    /// Other spellings of the key.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Lowest possible total.
    pub min: f64,
    /// Highest possible total.
    pub max: f64,
    /// Which end is worse.
    #[serde(rename = "higher_is")]
    pub higher_is: Direction,
    /// Severity bands from low to high; empty when none are published.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// The usual cutoff, where one is published.
    #[serde(default)]
    pub clinical_cutoff: Option<Cutoff>,
    /// The reliable change, where a value is known.
    #[serde(default)]
    pub reliable_change: Option<ReliableChange>,
    /// Why its totals are shown and never tested, when that is so.
    #[serde(default)]
    pub never_tested: Option<String>,
    /// Where range and bands come from.
    pub source: String,
    /// How well that was verified.
    pub verified: String,
    /// What a reader of the score should know.
    #[serde(default)]
    pub note: String,
}

impl Scale {
    /// Whether a total is possible.
    pub fn holds(&self, value: f64) -> bool {
        value >= self.min && value <= self.max
    }

    /// The band a total falls into. Totals between two whole-number bands belong to the lower one.
    pub fn band(&self, value: f64) -> Option<&Band> {
        self.bands.iter().rev().find(|band| value >= band.from).filter(|_| self.holds(value))
    }
}

/// All scales by key and alias.
#[derive(Debug)]
pub struct Scales {
    list: Vec<Arc<Scale>>,
    by_key: BTreeMap<String, usize>,
}

static SHIPPED: LazyLock<Scales> =
    LazyLock::new(|| Scales::read(include_str!("scales.json")).unwrap_or_else(|_| Scales::none()));

impl Scales {
    /// The scales that come with the program.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads a data file in the form of `scales.json`.
    ///
    /// # Errors
    /// What serde says about the first thing that does not fit.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let list: Vec<Scale> = serde_json::from_str(json)?;
        Ok(Self::of(list.into_iter().map(Arc::new).collect()))
    }

    fn of(list: Vec<Arc<Scale>>) -> Self {
        let mut by_key = BTreeMap::new();
        for (at, scale) in list.iter().enumerate() {
            for key in std::iter::once(&scale.id).chain(&scale.aliases) {
                by_key.insert(key.to_lowercase(), at);
            }
        }
        Self { list, by_key }
    }

    /// These scales with a practice's own among them: new ones, and its own figures for those that are known.
    #[must_use]
    pub fn with<'a>(&self, own: impl Iterator<Item = &'a OwnScale>) -> Self {
        let mut next = Self::of(self.list.clone());
        for own in own {
            let known = next.by_key.get(&own.key).copied();
            match own.scale(known.and_then(|at| next.list.get(at)).map(AsRef::as_ref)) {
                None => {}
                Some(scale) => match known.and_then(|at| next.list.get_mut(at)) {
                    Some(place) => *place = Arc::new(scale),
                    None => {
                        next.by_key.insert(own.key.clone(), next.list.len());
                        next.list.push(Arc::new(scale));
                    }
                },
            }
        }
        next
    }

    /// The totals of a note, each of a scale once: those under `measures`, and those whose key is a practice's own
    /// scale, which a note that is read by itself cannot know.
    pub fn scores_of(&self, note: &Note) -> Vec<Score> {
        let mut scores = note.scores.clone();
        for other in &note.other {
            let Some(scale) = self.find(other.key.reveal()) else { continue };
            let value = other.value.reveal().trim().replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite());
            if let (Some(value), true) = (value, scores.iter().all(|score| score.scale != scale.id)) {
                scores.push(Score { scale: scale.id.clone(), value, place: other.place });
            }
        }
        scores
    }

    /// Totals that lie outside the range of a practice's own scale. (Those of a shipped scale are found on reading.)
    pub fn out_of_own_range(&self, note: &Note) -> Vec<Problem> {
        let outside = |score: &Score| {
            let scale = self.find(&score.scale).filter(|scale| !scale.holds(score.value))?;
            let own = SHIPPED.find(&score.scale).is_none();
            let message = format!("this total lies outside its scale, which goes from {} to {}", scale.min, scale.max);
            let problem = Problem::error("score-range", message).fix("look the total up again");
            own.then_some(Problem { place: score.place, ..problem })
        };
        self.scores_of(note).iter().filter_map(outside).collect()
    }

    /// The name to show for a scale's key: its own, else the key.
    pub fn name<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).map_or(key, |scale| scale.name.as_str())
    }

    /// The scale a key names, whatever its case.
    pub fn find(&self, key: &str) -> Option<&Scale> {
        self.place_of(key).map(AsRef::as_ref)
    }

    /// The same, to keep.
    pub fn shared(&self, key: &str) -> Option<Arc<Scale>> {
        self.place_of(key).cloned()
    }

    fn place_of(&self, key: &str) -> Option<&Arc<Scale>> {
        self.by_key.get(&key.to_lowercase()).and_then(|at| self.list.get(*at))
    }

    /// All scales in the order of the data file.
    pub fn iter(&self) -> impl Iterator<Item = &Scale> {
        self.list.iter().map(AsRef::as_ref)
    }

    fn none() -> Self {
        Self { list: Vec::new(), by_key: BTreeMap::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::Scales;

    #[test]
    fn the_shipped_data_file_reads_and_its_bands_cover_each_scale_without_gaps() {
        let scales = Scales::read(include_str!("scales.json")).map_err(|e| e.to_string());
        let scales = scales.as_ref().map_err(String::as_str);
        assert!(scales.is_ok(), "{scales:?}");
        for scale in Scales::shipped().iter() {
            assert!(scale.min < scale.max, "{}", scale.id);
            assert!(scale.clinical_cutoff.as_ref().is_none_or(|cutoff| scale.holds(cutoff.value)), "{}", scale.id);
            let change = scale.reliable_change.as_ref();
            assert!(change.is_none_or(|c| c.points > 0.0 && !c.basis.is_empty()), "{}", scale.id);
            if let (Some(first), Some(last)) = (scale.bands.first(), scale.bands.last()) {
                assert_eq!((first.from, last.to), (scale.min, scale.max), "{}", scale.id);
            }
            for pair in scale.bands.windows(2) {
                assert_eq!(pair[0].to + 1.0, pair[1].from, "{}", scale.id);
            }
        }
    }

    #[test]
    fn a_cutoff_says_which_side_is_clinical() {
        let clinical = |scale: &str, total: f64| {
            let scale = Scales::shipped().find(scale);
            scale.and_then(|s| s.clinical_cutoff.as_ref()).map(|cutoff| cutoff.is_clinical(total))
        };
        // The PHQ-9's rule is ">= 10": a 10 is still a case. The ORS turns round, and its rule is "< 25".
        assert_eq!((clinical("phq9", 10.0), clinical("phq9", 9.0)), (Some(true), Some(false)));
        assert_eq!((clinical("ors", 25.0), clinical("ors", 24.0)), (Some(false), Some(true)));
    }

    #[test]
    fn a_total_finds_its_band_by_any_spelling_of_the_key() {
        let phq9 = Scales::shipped().find("PHQ-9");
        assert_eq!(phq9.and_then(|s| s.band(14.0)).map(|b| b.label.as_str()), Some("moderate"));
        assert_eq!(phq9.and_then(|s| s.band(28.0)), None);
    }
}

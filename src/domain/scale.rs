//! The scales this program knows: range, direction and severity bands.
//!
//! In goes the embedded data file `scales.json`, which names the source of each figure and how well it was verified. No
//! questionnaire item is in it. Nothing here scores or diagnoses.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

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
    list: Vec<Scale>,
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
        let mut by_key = BTreeMap::new();
        for (at, scale) in list.iter().enumerate() {
            for key in std::iter::once(&scale.id).chain(&scale.aliases) {
                by_key.insert(key.to_lowercase(), at);
            }
        }
        Ok(Self { list, by_key })
    }

    /// The scale a key names, whatever its case.
    pub fn find(&self, key: &str) -> Option<&Scale> {
        self.by_key.get(&key.to_lowercase()).and_then(|at| self.list.get(*at))
    }

    /// All scales in the order of the data file.
    pub fn iter(&self) -> impl Iterator<Item = &Scale> {
        self.list.iter()
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
            if let (Some(first), Some(last)) = (scale.bands.first(), scale.bands.last()) {
                assert_eq!((first.from, last.to), (scale.min, scale.max), "{}", scale.id);
            }
            for pair in scale.bands.windows(2) {
                assert_eq!(pair[0].to + 1.0, pair[1].from, "{}", scale.id);
            }
        }
    }

    #[test]
    fn a_total_finds_its_band_by_any_spelling_of_the_key() {
        let phq9 = Scales::shipped().find("PHQ-9");
        assert_eq!(phq9.and_then(|s| s.band(14.0)).map(|b| b.label.as_str()), Some("moderate"));
        assert_eq!(phq9.and_then(|s| s.band(28.0)), None);
    }
}

//! A scale of the practice's own, or its own figures for a known one (`kind: scales`).
//!
//! In goes what the note says; out comes a [`Scale`] like those that ship. The range of a published scale stays as
//! published: only what is made of its totals can be changed.

use super::{Band, ChangeKind, Cutoff, Direction, ReliableChange, Scale};

/// What a practice says about one scale. Everything left out stays as it is known.
#[derive(Clone, Default)]
pub struct OwnScale {
    /// Key in notes, in lower case.
    pub key: String,
    /// Name to show.
    pub name: Option<String>,
    /// Lowest and highest total.
    pub range: Option<(f64, f64)>,
    /// Which end is worse.
    pub higher_is: Option<Direction>,
    /// Bands from low to high.
    pub bands: Vec<Band>,
    /// Where the clinical range begins.
    pub cutoff: Option<Cutoff>,
    /// The smallest change that counts, and what it rests on.
    pub reliable_change: Option<ReliableChange>,
    /// Whether its totals may be tested; a risk item must not be.
    pub tested: Option<bool>,
    /// Where the figures come from.
    pub source: Option<String>,
}

impl std::fmt::Debug for OwnScale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnScale(..)")
    }
}

impl OwnScale {
    /// The scale, made of a known one where there is one. `None` for a new scale without range or direction.
    pub(super) fn scale(&self, known: Option<&Scale>) -> Option<Scale> {
        let mut scale = match known {
            Some(known) => known.clone(),
            None => self.made()?,
        };
        if let Some(name) = &self.name {
            scale.name.clone_from(name);
        }
        if self.cutoff.is_some() {
            scale.clinical_cutoff.clone_from(&self.cutoff);
        }
        if let Some(change) = &self.reliable_change {
            let basis = self.source.as_ref().unwrap_or(&change.basis);
            scale.reliable_change = Some(ReliableChange { basis: basis.clone(), ..change.clone() });
        }
        if self.tested == Some(false) {
            scale.never_tested = Some("the practice asks for its totals to be shown only".to_owned());
        }
        Some(scale)
    }

    fn made(&self) -> Option<Scale> {
        let (min, max) = self.range?;
        Some(Scale {
            id: self.key.clone(),
            name: self.key.clone(),
            aliases: Vec::new(),
            min,
            max,
            higher_is: self.higher_is?,
            bands: self.bands.clone(),
            clinical_cutoff: None,
            reliable_change: None,
            never_tested: None,
            source: self.source.clone().unwrap_or_else(|| "the practice's own scale".to_owned()),
            verified: "by the practice".to_owned(),
            note: String::new(),
        })
    }

    /// A threshold that was written as a number: the practice's own figure.
    pub fn own_threshold(points: f64) -> ReliableChange {
        let basis = "the practice's own figure".to_owned();
        ReliableChange { points, kind: ChangeKind::Reliability, basis, points_95: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Scales;

    fn mood() -> OwnScale {
        OwnScale {
            key: "mood".to_owned(),
            name: Some("Mood today".to_owned()),
            range: Some((0.0, 10.0)),
            higher_is: Some(Direction::Better),
            ..OwnScale::default()
        }
    }

    #[test]
    fn an_own_scale_stands_beside_the_shipped_ones() {
        let scales = Scales::shipped().with([mood()].iter());
        let found = scales.find("Mood").map(|scale| (scale.name.as_str(), scale.min, scale.max));
        assert_eq!(found, Some(("Mood today", 0.0, 10.0)));
        assert!(scales.find("phq9").is_some());
        assert!(Scales::shipped().find("mood").is_none());
    }

    #[test]
    fn own_figures_for_a_published_scale_leave_its_range() {
        let own = OwnScale {
            key: "phq9".to_owned(),
            range: Some((0.0, 9.0)),
            reliable_change: Some(OwnScale::own_threshold(5.0)),
            source: Some("clinic manual".to_owned()),
            ..OwnScale::default()
        };
        let scales = Scales::shipped().with([own].iter());
        for spelling in ["phq9", "PHQ-9"] {
            let phq9 = scales.find(spelling);
            assert_eq!(phq9.map(|scale| scale.max), Some(27.0));
            let change = phq9.and_then(|scale| scale.reliable_change.as_ref());
            assert_eq!(change.map(|c| (c.points, c.basis.as_str())), Some((5.0, "clinic manual")));
        }
    }

    #[test]
    fn a_scale_without_range_or_direction_is_none() {
        let scales = Scales::shipped().with([OwnScale { range: None, ..mood() }].iter());
        assert!(scales.find("mood").is_none());
    }

    #[test]
    fn a_threshold_from_spread_and_reliability_is_rounded_up_to_a_step() {
        // Jacobson and Truax 1991: SD 7.5, r .80 give an S_diff of 4.74, so 9.2963 points are 1.96 of them.
        let points = |sd, r, step| ReliableChange::from_reliability(sd, r, step).map(|change| change.points);
        assert_eq!(points(7.5, 0.80, 1.0), Some(10.0));
        assert_eq!(points(7.5, 0.80, 0.5), Some(9.5));
        assert_eq!(points(0.0, 0.80, 1.0), None);
        assert_eq!(points(7.5, 1.0, 1.0), None);
    }
}

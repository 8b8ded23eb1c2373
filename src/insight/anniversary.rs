//! A theme that was noted at the same time of year, in several years.
//!
//! In go the dates of the attended sessions and whether the theme was tagged in each. Out come the middle of the season,
//! the counts near it and far from it, the years, and two chances: of so much agreement among arrangements that linger as
//! much (sessions themselves are not spread evenly, so their own dates are kept), and when every year's sessions are
//! turned round by a random amount, which keeps the clusters and loosens only the season. What happened then is not known.

use super::circular::{Mean, apart, mean};
use super::interval_scan::chance;
use super::monte_carlo;
use super::persistence::Persistence;
use super::presence::{Cited, Lacking, Looked, Need, Share};
use super::random::Random;
use super::tested::{Law, Tested};
use chrono::{Datelike, NaiveDate};
use std::f64::consts::TAU;

const SESSIONS: usize = 20;
const DAYS: usize = 500;
const WITH: usize = 4;
/// No more than a third of the sessions have the theme.
const RARE: usize = 3;
/// Days around the middle of the season.
pub(super) const NEAR: f64 = 30.0;
const YEAR: f64 = 365.25;
/// Occurrences this far apart belong to different years.
const APART: i64 = 180;
/// Share of the occurrences that stand near, and share of the sessions near that have the theme.
const OF_THEME: f64 = 0.6;
const OF_SESSIONS: f64 = 0.35;
/// From so many years on it may be called a pattern and is tested; from two it is shown as the same time last year.
const YEARS: usize = 3;
const TWICE: usize = 2;
/// The second chance is a gate, not a test: with few years it cannot be small.
const TURNED: f64 = 0.15;
const TURNS: u32 = 1_999;

/// A theme near one day of the year.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Season {
    /// The middle, as a day of the year from 1.
    pub(super) day_of_year: u32,
    /// Sessions within thirty days of it that have the theme.
    pub(super) near: Share,
    /// The other sessions that have it.
    pub(super) far: Share,
    /// In how many different years it was noted near. With two the p-value is 1: it is an observation.
    pub(super) years: usize,
    /// How closely the dates agree, from 0 to 1.
    pub(super) agreement: f64,
    /// Chance when each year is turned round by itself.
    pub(super) turned: f64,
    /// Sessions for and against.
    pub(super) cited: Cited,
}

/// Looks for the time of year at which a theme was noted. `None` when the theme is too frequent to have one.
///
/// # Errors
/// [`Lacking`] when the history is too short or the theme too rare.
pub(super) fn anniversary(
    days: &[NaiveDate],
    present: &[bool],
    random: &mut Random,
) -> Result<Option<Looked<Season>>, Lacking> {
    let whole = Share::among(present);
    Need::Sessions.at_least(SESSIONS, whole.all.min(days.len()))?;
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(None) };
    Need::Days.at_least(DAYS, usize::try_from((*last - *first).num_days()).unwrap_or(0))?;
    Need::With.at_least(WITH, whole.of)?;
    if whole.of * RARE > whole.all {
        return Ok(None);
    }
    let angles: Vec<f64> = days.iter().map(|day| f64::from(day.ordinal0()) / YEAR * TAU).collect();
    let Some(agreed) = of_theme(&angles, present) else { return Ok(None) };
    let agrees = |other: Mean| other.length >= agreed.length - 1e-12;
    let season = season(days, present, &angles, agreed);
    let p = match &season {
        // What would be a pattern is held against what else would be one: as close, and in as many years as it takes.
        Some(season) if season.years >= YEARS => chance(whole, &lingering(present, &angles, agreed), random, |other| {
            of_theme(&angles, other).is_some_and(|mean| agrees(mean) && years_near(days, other, &angles, mean) >= YEARS)
        }),
        _ => 1.0,
    };
    let found = season.and_then(|season| {
        let turned = turned(days, present, random, |other| of_theme(&angles, other).is_some_and(agrees));
        (turned <= TURNED).then_some(Season { turned, ..season })
    });
    Ok(Some(Looked { tested: Tested { p, law: Law::Continuous }, found }))
}

/// The middle of the days with the theme, as a day of the year from 1.
pub(super) fn middle(days: &[NaiveDate], present: &[bool]) -> Option<u32> {
    let angles: Vec<f64> = days.iter().map(|day| f64::from(day.ordinal0()) / YEAR * TAU).collect();
    of_theme(&angles, present).map(|agreed| day_of(agreed.direction))
}

/// A direction as a day of the year from 1.
fn day_of(direction: f64) -> u32 {
    (direction / TAU * YEAR) as u32 + 1
}

/// In how many different years a theme stands near a season, when most of it stands there and it is frequent there;
/// otherwise none.
fn years_near(days: &[NaiveDate], present: &[bool], angles: &[f64], season: Mean) -> usize {
    let (mut years, mut inside, mut with) = (0, Share { of: 0, all: 0 }, 0);
    let mut before: Option<NaiveDate> = None;
    for ((day, here), angle) in days.iter().zip(present).zip(angles) {
        let near = is_near(*angle, season);
        with += usize::from(*here);
        inside.all += usize::from(near);
        if near && *here {
            inside.of += 1;
            years += usize::from(before.is_none_or(|before| (*day - before).num_days() >= APART));
            before = Some(*day);
        }
    }
    let most_near = inside.of as f64 >= OF_THEME * with as f64;
    if most_near && inside.rate() >= OF_SESSIONS { years } else { 0 }
}

fn of_theme(angles: &[f64], present: &[bool]) -> Option<Mean> {
    mean(angles.iter().zip(present).filter(|(_, here)| **here).map(|(angle, _)| *angle))
}

fn is_near(angle: f64, season: Mean) -> bool {
    apart(angle, season.direction) <= NEAR / YEAR * TAU
}

/// How much the theme lingers apart from its season: the rates near it and far from it are taken away.
fn lingering(present: &[bool], angles: &[f64], season: Mean) -> Persistence {
    let near: Vec<bool> = angles.iter().map(|angle| is_near(*angle, season)).collect();
    let cuts: Vec<usize> = (1..near.len()).filter(|at| near[*at] != near[at - 1]).collect();
    Persistence::beside(present, &cuts)
}

fn season(days: &[NaiveDate], present: &[bool], angles: &[f64], agreed: Mean) -> Option<Season> {
    let near: Vec<bool> = angles.iter().map(|angle| is_near(*angle, agreed)).collect();
    let years = years_near(days, present, angles, agreed);
    let mut cited = Cited::default();
    for at in 0..present.len() {
        match (near[at], present[at]) {
            (true, true) => cited.fitting.push(at),
            (false, false) => {}
            _ => cited.unfitting.push(at),
        }
    }
    let inside: Vec<bool> = near.iter().zip(present).filter(|(near, _)| **near).map(|(_, here)| *here).collect();
    let near = Share::among(&inside);
    let day_of_year = day_of(agreed.direction);
    (years >= TWICE).then_some(Season {
        day_of_year,
        near,
        far: near.rest_of(Share::among(present)),
        years,
        agreement: agreed.length,
        turned: 1.0,
        cited,
    })
}

/// The chance of as much agreement when the sessions of each year from the first are turned round by themselves.
fn turned(days: &[NaiveDate], present: &[bool], random: &mut Random, as_much: impl Fn(&[bool]) -> bool) -> f64 {
    let Some(first) = days.first() else { return 1.0 };
    let year = |day: &NaiveDate| (*day - *first).num_days() / 365;
    let starts: Vec<usize> = (0..days.len()).filter(|at| *at == 0 || year(&days[*at]) != year(&days[at - 1])).collect();
    let mut drawn = present.to_vec();
    monte_carlo::p_value(TURNS, random, |random| {
        for (at, start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(days.len());
            drawn[*start..end].copy_from_slice(&present[*start..end]);
            drawn[*start..end].rotate_left(random.below(end - start));
        }
        as_much(&drawn)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sessions every ten days from the beginning of 2021.
    fn days(count: u64) -> Vec<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(2021, 1, 4).expect("a day");
        (0..count).map(|at| first + chrono::Days::new(at * 10)).collect()
    }

    #[test]
    fn a_theme_of_three_octobers_is_found_with_its_years() {
        let days = days(120);
        let present: Vec<bool> = days.iter().map(|day| day.month() == 10 && day.day() > 5).collect();
        let looked = anniversary(&days, &present, &mut Random::seeded(&[b"season"])).expect("enough").expect("rare");
        let season = looked.found.expect("a season");
        assert_eq!(season.years, 3);
        assert!((280..300).contains(&season.day_of_year), "{}", season.day_of_year);
        assert_eq!(season.near.of, present.iter().filter(|here| **here).count());
        assert_eq!(season.far.of, 0);
        assert!(looked.tested.p < 0.001 && season.turned < TURNED, "{} {}", looked.tested.p, season.turned);
    }

    #[test]
    fn one_long_stretch_is_no_season() {
        let days = days(120);
        let present: Vec<bool> = (0..120).map(|at| (30..36).contains(&at)).collect();
        let looked = anniversary(&days, &present, &mut Random::seeded(&[b"season"])).expect("enough").expect("rare");
        assert_eq!(looked.found, None);
    }

    #[test]
    fn a_year_and_a_quarter_is_too_short() {
        let days = days(45);
        let lacking = anniversary(&days, &[true; 45], &mut Random::seeded(&[])).expect_err("short");
        assert_eq!(lacking, Lacking { need: Need::Days, have: 440, asked: 500 });
    }
}

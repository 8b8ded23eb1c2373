//! Themes along the sessions: emerging, fading, filling one stretch, or coming at the same time of year.
//!
//! In goes a history; out come tests and sentences. The counting and the chance are the business of `theme_course`,
//! `burst` and `anniversary`; here they get their names, sessions and words.

use super::anniversary::{Season, anniversary};
use super::burst::{Burst, theme_burst};
use super::candidate::{Candidate, Found, Shown};
use super::finding::{Effect, FindingKind, Level, Observation};
use super::history::{History, ThemeCourse};
use super::presence::{Cited, Lacking, Looked, Need, Share};
use super::random::Random;
use super::theme_course::{Course, Way, theme_course};
use super::wording::{capital, day_of_year};
use crate::domain::Confidential;
use chrono::NaiveDate;

/// Years from which the same time of year may be called a pattern.
const YEARS: usize = 3;

/// Looks at each theme, tagged ones and mentioned ones by themselves.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    let days: Vec<NaiveDate> = history.sessions.iter().map(|sitting| sitting.moment.day).collect();
    let mut lacking: Vec<(FindingKind, Lacking)> = Vec::new();
    for (theme, tagged) in history.themes() {
        let noted = Noted { history, theme, tagged };
        for way in [Way::Emerging, Way::Fading] {
            match theme_course(&theme.present, way) {
                Ok(looked) => found.candidates.push(noted.course(looked, way)),
                Err(lack) => lacking.push((kind_of(way), lack)),
            }
        }
        match theme_burst(&theme.present, &mut noted.random("burst")) {
            Ok(looked) => found.candidates.push(noted.burst(looked)),
            Err(lack) => lacking.push((FindingKind::ThemeBurst, lack)),
        }
        match anniversary(&days, &theme.present, &mut noted.random("season")) {
            Ok(Some(looked)) => noted.season(looked, found),
            Ok(None) => {}
            Err(lack) => lacking.push((FindingKind::Anniversary, lack)),
        }
    }
    too_short(&lacking, found);
}

/// A history that is too short is said once a kind; a theme that is too rare is not worth a line.
fn too_short(lacking: &[(FindingKind, Lacking)], found: &mut Found) {
    for kind in
        [FindingKind::ThemeEmerging, FindingKind::ThemeFading, FindingKind::ThemeBurst, FindingKind::Anniversary]
    {
        let short = lacking.iter().find(|(of, lack)| *of == kind && matches!(lack.need, Need::Sessions | Need::Days));
        let Some((_, lack)) = short else { continue };
        let unit = if lack.need == Need::Days { "days" } else { "sessions" };
        let looked_for = match kind {
            FindingKind::ThemeEmerging => "themes that come up",
            FindingKind::ThemeFading => "themes that fade",
            FindingKind::ThemeBurst => "themes of one stretch",
            _ => "themes of a time of year",
        };
        let statement = format!("{}: {} {unit}, {} are needed", capital(looked_for), lack.have, lack.asked);
        found.lacks(kind, "themes", lack.have, statement);
    }
}

fn kind_of(way: Way) -> FindingKind {
    match way {
        Way::Emerging => FindingKind::ThemeEmerging,
        Way::Fading => FindingKind::ThemeFading,
    }
}

/// One theme of a history.
struct Noted<'a> {
    history: &'a History<'a>,
    theme: &'a ThemeCourse,
    tagged: bool,
}

impl Noted<'_> {
    fn random(&self, test: &str) -> Random {
        let present: Vec<u8> = self.theme.present.iter().map(|noted| u8::from(*noted)).collect();
        Random::seeded(&[test.as_bytes(), self.history.client.as_bytes(), self.theme.key.as_bytes(), &present])
    }

    fn shown(&self, statement: String, effect: Effect, cited: &Cited) -> Shown {
        let notes =
            |which: &[usize]| which.iter().filter_map(|at| Some(self.history.sessions.get(*at)?.note.id)).collect();
        Shown {
            subject: self.theme.key.clone(),
            object: None,
            words: Vec::new(),
            direction: None,
            at: None,
            until: None,
            effect,
            n: self.theme.present.len(),
            statement,
            caveat: (!self.tagged).then(|| "Found by words of the practice's own lists, not by tags.".to_owned()),
            evidence: notes(&cited.fitting),
            against: notes(&cited.unfitting),
            at_most: Level::Clear,
            few: false,
            mentioned: !self.tagged,
        }
    }

    /// `Grief was noted` or `Grief was mentioned`.
    fn was(&self) -> String {
        format!("{} was {}", capital(&self.theme.shown), if self.tagged { "noted" } else { "mentioned" })
    }

    fn course(&self, looked: Looked<Course>, way: Way) -> Candidate {
        let shown = looked.found.map(|course| {
            let Course { earlier, later, .. } = course;
            let statement = match way {
                Way::Emerging => format!(
                    "{} in {} of the last {} sessions, and in {} of the {} before.",
                    self.was(),
                    later.of,
                    later.all,
                    earlier.of,
                    earlier.all
                ),
                Way::Fading => format!(
                    "{} in {} of the first {} sessions, and in {} of the {} since.",
                    self.was(),
                    earlier.of,
                    earlier.all,
                    later.of,
                    later.all
                ),
            };
            let mut shown = self.shown(statement, rates(later.rate() - earlier.rate()), &course.cited);
            shown.at = self.history.sessions.get(course.place).map(|sitting| sitting.moment);
            shown
        });
        Candidate::test(kind_of(way), looked.tested, shown)
    }

    fn burst(&self, looked: Looked<Burst>) -> Candidate {
        let shown = looked.found.and_then(|burst| {
            let from = self.history.sessions.get(burst.stretch.start)?.moment;
            let until = self.history.sessions.get(burst.stretch.end.checked_sub(1)?)?.moment;
            let statement = format!(
                "{} often between sessions {} and {}: in {} of those {}, and in {} of the other {}.",
                self.was(),
                from.number,
                until.number,
                burst.inside.of,
                burst.inside.all,
                burst.outside.of,
                burst.outside.all
            );
            let mut shown = self.shown(statement, rates(burst.inside.rate() - burst.outside.rate()), &burst.cited);
            (shown.at, shown.until) = (Some(from), Some(until));
            Some(shown)
        });
        Candidate::test(FindingKind::ThemeBurst, looked.tested, shown)
    }

    fn season(&self, looked: Looked<Season>, found: &mut Found) {
        let shown = looked.found.as_ref().map(|season| {
            let Share { of, all } = season.near;
            let when = day_of_year(season.day_of_year);
            let statement = if season.years < YEARS {
                format!("{} around {when} in two years: the same time last year, in {of} of {all} sessions near it.", self.was())
            } else {
                format!(
                    "{} around {when} in {} different years: in {of} of {all} sessions within 30 days of it, and in {} of the other {}.",
                    self.was(),
                    season.years,
                    season.far.of,
                    season.far.all
                )
            };
            self.shown(statement, Effect { name: "agreement", value: season.agreement, interval: None }, &season.cited)
        });
        match (looked.found, shown) {
            (Some(season), Some(shown)) if season.years < YEARS => found.observations.push(Observation {
                kind: "same_time_of_year",
                subject: Confidential::new(shown.subject),
                at: None,
                n: shown.n,
                statement: Confidential::new(shown.statement),
                evidence: shown.evidence,
            }),
            (_, shown) => found.candidates.push(Candidate::test(FindingKind::Anniversary, looked.tested, shown)),
        }
    }
}

fn rates(difference: f64) -> Effect {
    Effect { name: "difference_of_shares", value: difference, interval: None }
}

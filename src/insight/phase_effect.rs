//! Scores before and after an intervention was first noted.
//!
//! It compares; it cannot tell what made the difference, and says what else began at that time. When the scores split
//! clearly better at many other places, it claims less and names the best one.

use super::autocorrelation::{shrunk, simulate};
use super::candidate::{Candidate, Found, Shown};
use super::finding::{Effect, FindingKind, Level};
use super::history::{History, InterventionCourse, Point, ScoreCourse};
use super::level_shift::seeded;
use super::step::{self, Step};
use super::tested::{Law, Tested};
use super::wording::{counted, course, higher_or_lower, number};
use super::{autocorrelation, kendall, monte_carlo, nonoverlap};

/// Sessions and scores needed on each side, for a finding and for one that stands out.
const LEAST: (usize, usize) = (5, 8);
/// Share of later sessions in which it must be used.
const USED: f64 = 0.5;
/// Simulated series at most.
const DRAWS: u32 = 9_999;
/// The least distance of NAP from one half.
const LEAST_NAP: f64 = 0.2;
/// Share of other places that may split the scores clearly better.
const BETTER_PLACES: f64 = 0.2;

/// One intervention beside one scale.
struct Phases<'a> {
    scores: &'a ScoreCourse,
    tried: &'a InterventionCourse,
    values: Vec<f64>,
    /// Session in which it was first noted.
    start: usize,
    step: Step,
}

/// Looks at each intervention beside each scale.
pub(super) fn find(history: &History<'_>, found: &mut Found) {
    for tried in &history.interventions {
        let Some(start) = start_of(tried) else { continue };
        for scores in &history.measures {
            let values = scores.values();
            let before = scores_before(history, scores, start);
            if before < LEAST.0 || values.len() - before < LEAST.0 {
                continue;
            }
            let step = step::at(&values, before);
            let phases = Phases { scores, tried, values, start, step };
            let tested = Tested { p: p_value(history.client, &phases), law: Law::Continuous };
            let shown = is_large(&phases).then(|| shown(history, &phases));
            found.candidates.push(Candidate::test(FindingKind::PhaseEffect, tested, shown));
        }
    }
}

/// How many scores were taken before a session: those of earlier sessions, and those between sessions of earlier days.
pub(super) fn scores_before(history: &History<'_>, scores: &ScoreCourse, session: usize) -> usize {
    let Some(sitting) = history.sessions.get(session) else { return 0 };
    let earlier = |point: &&Point| point.session.map_or(point.moment.day < sitting.moment.day, |at| at < session);
    scores.points.iter().filter(earlier).count()
}

/// The session in which it was first noted, if it was used enough since and there are enough sessions around.
fn start_of(tried: &InterventionCourse) -> Option<usize> {
    let start = tried.used.iter().position(|used| *used)?;
    let later = &tried.used[start..];
    let used = later.iter().filter(|used| **used).count() as f64 / later.len() as f64;
    (start >= LEAST.0 && later.len() >= LEAST.0 && used >= USED).then_some(start)
}

fn p_value(client: &str, phases: &Phases<'_>) -> f64 {
    let alike = shrunk(&step::residuals(&phases.values, &phases.step), 2);
    let mut random = seeded(&phases.tried.name, client, phases.scores, &phases.values);
    let mut series = vec![0.0; phases.values.len()];
    monte_carlo::p_value(DRAWS, &mut random, |random| {
        simulate(&mut series, alike, random);
        step::at(&series, phases.step.at).t.abs() >= phases.step.t.abs()
    })
}

/// Scores before and after, turned so that higher is better.
fn turned(phases: &Phases<'_>) -> (Vec<f64>, Vec<f64>) {
    let mut before: Vec<f64> = phases.values.iter().map(|value| -value * phases.scores.trouble()).collect();
    let after = before.split_off(phases.step.at);
    (before, after)
}

fn is_large(phases: &Phases<'_>) -> bool {
    let (before, after) = turned(phases);
    (nonoverlap::nap(&before, &after) - 0.5).abs() >= LEAST_NAP
}

/// Share of admissible places at which the scores split clearly better than where it began, and the best of them.
fn better_places(phases: &Phases<'_>) -> (f64, usize) {
    let n = phases.values.len();
    let left = |at: usize| {
        let step = step::at(&phases.values, at);
        step::residuals(&phases.values, &step).iter().map(|residual| residual * residual).sum::<f64>()
    };
    let own = left(phases.step.at);
    let places: Vec<f64> = (LEAST.0..=n - LEAST.0).map(left).collect();
    // Better by more than the place of a step is uncertain anyway: neighbours of the place do not count as others.
    let better = places.iter().filter(|other| **other < own - step::PLACE_IS_SURE * own / (n as f64 - 2.0)).count();
    let best = places.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(at, _)| at + LEAST.0);
    (better as f64 / places.len().max(1) as f64, best)
}

fn shown(history: &History<'_>, phases: &Phases<'_>) -> Shown {
    let Phases { scores, tried, values, start, step } = phases;
    let (before, after) = turned(phases);
    let nap = nonoverlap::nap(&before, &after);
    let difference = step.after - step.before;
    let share = if nap < 0.5 { 1.0 - nap } else { nap };
    let moment = history.sessions[*start].moment;
    let statement = format!(
        "{} scores after {} began (session {}) were {} than before in {} % of pairs ({} before, {} since).",
        scores.scale.name,
        tried.name,
        moment.number,
        higher_or_lower(difference),
        number((share * 100.0).round()),
        counted(before.len(), "score"),
        after.len(),
    );
    let (better, best) = better_places(phases);
    let mut caveat = "Other things also changed then; this cannot tell what made the difference.".to_owned();
    if better > BETTER_PLACES {
        let place = scores.points.get(best).map_or(0, |point| point.moment.number);
        caveat.push_str(&format!(" The scores also split as well around session {place}."));
    }
    if trends_before(&before) {
        let tau = nonoverlap::baseline_corrected_tau(&before, &after);
        caveat.push_str(&format!(" Scores already moved before it began; with that taken out, Tau is {tau:.2}."));
    }
    let others = began_with(history, tried, *start);
    if !others.is_empty() {
        caveat.push_str(&format!(" Also first noted within two sessions of it: {}.", others.join(", ")));
    }
    let middle = (step.before + step.after) / 2.0;
    let fits = |at: &usize| ((values[*at] - middle) * difference > 0.0) == (*at >= step.at);
    let (evidence, against): (Vec<usize>, Vec<usize>) = (0..values.len()).partition(fits);
    let notes = |which: Vec<usize>| which.into_iter().map(|at| scores.points[at].note).collect();
    let few = before.len() < LEAST.1 || after.len() < LEAST.1;
    Shown {
        subject: tried.name.clone(),
        object: Some(scores.scale.id.clone()),
        words: Vec::new(),
        direction: Some(course(scores, difference)),
        at: Some(moment),
        until: None,
        effect: Effect { name: "nap", value: share, interval: None },
        n: values.len(),
        statement,
        caveat: Some(caveat),
        evidence: notes(evidence),
        against: notes(against),
        at_most: if better > BETTER_PLACES { Level::Weak } else { Level::Clear },
        few,
        mentioned: false,
    }
}

/// Whether the scores before it already tended one way.
fn trends_before(before: &[f64]) -> bool {
    let alike = autocorrelation::inflation(before.len(), 0.0);
    kendall::p_value(before, alike) <= 0.05
}

/// Themes and interventions first noted within two sessions of a start.
fn began_with(history: &History<'_>, tried: &InterventionCourse, start: usize) -> Vec<String> {
    let near = |first: Option<usize>| first.is_some_and(|first| first > 1 && first.abs_diff(start) <= 2);
    let themes = history.tagged.iter().filter(|theme| near(theme.present.iter().position(|noted| *noted)));
    let others = history.interventions.iter().filter(|other| other.name != tried.name);
    let others = others.filter(|other| near(other.used.iter().position(|used| *used)));
    themes.map(|theme| theme.shown.clone()).chain(others.map(|other| other.name.clone())).collect()
}

//! Patterns planted in scores.

use super::chance::Chance;
use super::draft::Draft;
use super::themes::tolerance;
use super::truth::{Pattern, Strength, Truth};
use throughline::insight::{Course, FindingKind};

/// Mostly improving, else worsening: the sign of the trouble added.
fn way(chance: &mut Chance, ways: [f64; 3]) -> f64 {
    chance.pick(&ways)
}

fn course(sign: f64) -> Course {
    if sign < 0.0 { Course::Improving } else { Course::Worsening }
}

/// Who gets worse begins with less trouble, so that there is room above.
fn make_room(draft: &mut Draft, sign: f64, points: f64) {
    if sign > 0.0 {
        draft.scores[0].add(-0.7 * points, |_| 1.0);
    }
}

/// What else a course of scores makes true of the first scale.
fn told(draft: &Draft, pattern: Pattern, strength: Strength, also: &[FindingKind]) -> Truth {
    let scale = draft.scores[0].scale.id.as_str();
    let mut implied: Vec<Pattern> = also.iter().map(|kind| Pattern::new(*kind, scale)).collect();
    // Whatever began or was noted meanwhile goes with the scores.
    for kind in [FindingKind::PhaseEffect, FindingKind::ThemeScore] {
        implied.push(Pattern::new(kind, "").with(scale).any());
    }
    Truth { planted: Some((pattern, strength)), implied }
}

fn first(draft: &Draft) -> &'static str {
    draft.scores[0].scale.id.as_str()
}

/// A slow straight course.
pub fn trend(strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    let n = draft.visits() as f64;
    let points = strength.of([4.2, 3.2, 2.4]) * draft.scores[0].unrest;
    let sign = way(chance, [-1.0, -1.0, 1.0]);
    make_room(draft, sign, points);
    draft.scores[0].add(sign * points, |at| at as f64 / (n - 1.0));
    let pattern = Pattern::new(FindingKind::ScoreTrend, first(draft)).towards(course(sign));
    let also = [FindingKind::ReliableChange, FindingKind::LevelShift, FindingKind::Plateau];
    told(draft, pattern, strength, &also)
}

/// A change that comes quickly at first and then levels out.
pub fn reliable(strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    let n = draft.visits() as f64;
    let points = strength.of([2.2, 1.75, 1.4]) * draft.scores[0].reliable();
    let sign = way(chance, [-1.0, -1.0, 1.0]);
    make_room(draft, sign, points);
    draft.scores[0].add(sign * points, |at| 1.0 - (-(at as f64) / (0.35 * n)).exp());
    let pattern = Pattern::new(FindingKind::ReliableChange, first(draft)).towards(course(sign));
    told(draft, pattern, strength, &[FindingKind::ScoreTrend, FindingKind::LevelShift, FindingKind::Plateau])
}

/// A drop of trouble from one session to the next.
pub fn sudden_gain(strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    let n = draft.visits();
    let points = strength.of([2.0, 1.65, 1.35]) * draft.scores[0].reliable();
    let before = chance.whole(4, n - 5);
    for number in before - 2..=(before + 3).min(n) {
        draft.missed[number - 1] = false;
    }
    draft.all_scored = Some((before - 2, before + 4));
    draft.scores[0].add(-points, |at| f64::from(u8::from(at >= before)));
    let pattern = Pattern::new(FindingKind::SuddenGain, first(draft)).towards(Course::Improving);
    let also = [FindingKind::ScoreTrend, FindingKind::ReliableChange, FindingKind::LevelShift, FindingKind::Plateau];
    told(draft, pattern.at(before + 1, before + 1, 1), strength, &also)
}

/// A level that changes within three sessions.
pub fn level(strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    let n = draft.visits();
    let points = strength.of([1.6, 1.25, 1.0]) * draft.scores[0].reliable();
    let sign = way(chance, [1.0, 1.0, -1.0]);
    make_room(draft, sign, points);
    let number = chance.whole((0.3 * n as f64) as usize, (0.7 * n as f64) as usize);
    draft.scores[0].add(sign * points, |at| from(at, number, 3.0));
    let pattern = Pattern::new(FindingKind::LevelShift, first(draft)).towards(course(sign));
    let also = [
        FindingKind::ScoreTrend,
        FindingKind::ReliableChange,
        FindingKind::Plateau,
        FindingKind::SuddenGain,
        FindingKind::SuddenLoss,
    ];
    told(draft, pattern.at(number, number, 4.max(tolerance(n))), strength, &also)
}

/// Nought before a number, then in equal steps to one.
fn from(at: usize, number: usize, steps: f64) -> f64 {
    if at + 1 < number { 0.0 } else { ((at + 2 - number) as f64 / steps).min(1.0) }
}

/// A fall that ends, and quiet after it, still in trouble.
pub fn plateau(strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    let n = draft.visits();
    let number = 6.max((chance.between(0.3, 0.5) * n as f64) as usize);
    let score = &mut draft.scores[0];
    let points = strength.of([2.2, 1.9, 1.6]) * score.reliable();
    let room = if score.scale.id == "ors" { 0.6 } else { 0.9 };
    score.add(room * points, |_| 1.0);
    score.add(-points, |at| (at as f64 / (number as f64 - 1.0)).min(1.0));
    let later = &mut score.values[number..];
    let mean = later.iter().sum::<f64>() / later.len().max(1) as f64;
    let quiet = strength.of([0.5, 0.7, 0.9]);
    later.iter_mut().for_each(|value| *value = mean + (*value - mean) * quiet);
    let pattern = Pattern::new(FindingKind::Plateau, first(draft)).at(number, number, 5.max(n / 5));
    told(draft, pattern, strength, &[FindingKind::ScoreTrend, FindingKind::ReliableChange, FindingKind::LevelShift])
}

/// Scores that are lower once something was begun.
pub fn phase(strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    let n = draft.visits();
    let third = 7.max((0.3 * n as f64) as usize);
    draft.tried_from = chance.whole(third, n - third);
    draft.missed[draft.tried_from - 1] = false;
    let number = draft.tried_from;
    let points = strength.of([1.7, 1.35, 1.05]) * draft.scores[0].reliable();
    draft.scores[0].add(-points, |at| from(at, number, 4.0));
    let pattern = Pattern::new(FindingKind::PhaseEffect, draft.tried[1]).with(first(draft));
    let also = [
        FindingKind::ScoreTrend,
        FindingKind::ReliableChange,
        FindingKind::LevelShift,
        FindingKind::Plateau,
        FindingKind::SuddenGain,
    ];
    let mut truth = told(draft, pattern.towards(Course::Improving).at(number, number, 3), strength, &also);
    // Another thing that was tried is not implied: only the one that was begun goes with the scores.
    truth.implied.retain(|pattern| pattern.kind != FindingKind::PhaseEffect);
    truth
}

/// Scores that are worse, or better, in sessions with a theme.
pub fn beside_theme(strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    let rate = chance.between(0.28, 0.45);
    draft.themes[0].there = chance.lingering(draft.visits(), rate, 0.1);
    let there = draft.themes[0].there.clone();
    let score = &mut draft.scores[0];
    let sign = chance.pick(&[1.0, 1.0, -1.0]);
    score.add(sign * strength.of([2.4, 1.8, 1.35]) * score.unrest, |at| f64::from(u8::from(there[at])));
    let worse = if sign > 0.0 { Course::Worse } else { Course::Better };
    let pattern = Pattern::new(FindingKind::ThemeScore, draft.themes[0].name).with(first(draft)).towards(worse);
    Truth { planted: Some((pattern, strength)), implied: Vec::new() }
}

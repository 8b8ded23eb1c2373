//! Patterns planted in themes, words and missed appointments.

use super::chance::Chance;
use super::draft::Draft;
use super::truth::{Pattern, Strength, Truth};
use chrono::{Datelike, NaiveDate};
use throughline::insight::{Course, FindingKind};

/// How often a rare theme is noted all the same.
const RARE: [f64; 3] = [0.0, 0.02, 0.04];

/// A theme that comes up, or leaves off, at some appointment.
pub fn turning(kind: FindingKind, strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    let n = draft.visits();
    let comes = kind == FindingKind::ThemeEmerging;
    let share = |of: f64| (of * n as f64) as usize;
    let last = n - if comes { 6.max(share(0.22)) } else { 7.max(share(0.25)) };
    let number = chance.whole(7.max(share(0.3)), last);
    let (often, seldom) = (strength.of([0.85, 0.65, 0.45]), chance.pick(&RARE));
    let theme = &mut draft.themes[0];
    for at in 0..n {
        let inside = if comes { at + 1 >= number } else { at < number };
        theme.there[at] = chance.happens(if inside { often } else { seldom }) || at + 1 == number;
    }
    let implied = [FindingKind::ThemeBurst, FindingKind::KeywordShift];
    Truth {
        planted: Some((Pattern::new(kind, theme.name).at(number, number, tolerance(n)), strength)),
        implied: implied.map(|kind| Pattern::new(kind, theme.name)).to_vec(),
    }
}

/// A tenth of the history, and three appointments at least.
pub fn tolerance(visits: usize) -> usize {
    3.max((visits as f64 / 10.0).round() as usize)
}

/// A theme that fills one stretch.
pub fn burst(strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    let n = draft.visits();
    let length = chance.whole(6, 10);
    let from = chance.whole(n / 5, n - length - n / 5);
    let often = strength.of([0.95, 0.8, 0.65]);
    let theme = &mut draft.themes[0];
    for at in 0..n {
        let inside = (from..from + length).contains(&(at + 1));
        theme.there[at] = chance.happens(if inside { often } else { 0.05 });
    }
    let implied =
        [FindingKind::ThemeEmerging, FindingKind::ThemeFading, FindingKind::KeywordShift, FindingKind::Anniversary];
    let pattern = Pattern::new(FindingKind::ThemeBurst, theme.name).at(from, from + length - 1, 4);
    Truth { planted: Some((pattern, strength)), implied: implied.map(|kind| Pattern::new(kind, theme.name)).to_vec() }
}

/// Two themes that come together.
pub fn pair(strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    let rate = chance.between(0.3, 0.45);
    let (beside, alone) = (strength.of([0.88, 0.74, 0.62]), strength.of([0.06, 0.1, 0.15]));
    draft.themes[0].there = chance.lingering(draft.visits(), rate, 0.15);
    for at in 0..draft.visits() {
        let likely = if draft.themes[0].there[at] { beside } else { alone };
        draft.themes[1].there[at] = chance.happens(likely);
    }
    let pattern = Pattern::new(FindingKind::ThemePair, draft.themes[0].name).with(draft.themes[1].name);
    Truth { planted: Some((pattern, strength)), implied: Vec::new() }
}

/// Appointments missed close together.
pub fn missed_cluster(strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    const LENGTH: usize = 6;
    let n = draft.visits();
    let from = chance.whole(5, n - LENGTH - 3);
    let inside: Vec<usize> = (from - 1..from - 1 + LENGTH).collect();
    for at in 0..n {
        let ends = at == 0 || at + 1 == n;
        draft.missed[at] = chance.happens(0.05) && !ends && !inside.contains(&at);
    }
    for at in chance.some(&inside, strength.of([5, 4, 3])) {
        draft.missed[at] = true;
    }
    let pattern = Pattern::new(FindingKind::MissedCluster, "attendance").at(from, from + LENGTH - 1, 3);
    Truth { planted: Some((pattern, strength)), implied: Vec::new() }
}

/// Appointments missed after a theme.
pub fn missed_after(strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    let rate = chance.between(0.25, 0.35);
    draft.themes[0].there = chance.lingering(draft.visits(), rate, 0.0);
    let often = strength.of([0.75, 0.6, 0.48]);
    draft.missed[0] = false;
    for at in 1..draft.visits() {
        let after = draft.themes[0].there[at - 1] && !draft.missed[at - 1];
        draft.missed[at] = chance.happens(if after { often } else { 0.05 });
    }
    Truth {
        planted: Some((Pattern::new(FindingKind::MissedAfter, draft.themes[0].name), strength)),
        implied: vec![Pattern::new(FindingKind::MissedCluster, "attendance")],
    }
}

/// A theme at the same time of year, in three years at least; the first scale is a little worse then.
pub fn anniversary(strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    const NEAR: i64 = 21;
    let (Some(first), Some(last)) = (draft.days.first().copied(), draft.days.last().copied()) else {
        return Truth::default();
    };
    let of_year = |year: i32, ordinal: u32| NaiveDate::from_yo_opt(year, ordinal);
    let whole = |ordinal: u32| {
        let days = (first.year()..=last.year()).filter_map(|year| of_year(year, ordinal));
        days.filter(|day| (*day - first).num_days() >= NEAR && (last - *day).num_days() >= NEAR).count() >= 3
    };
    let fitting: Vec<u32> = (1..=365).filter(|ordinal| whole(*ordinal)).collect();
    let ordinal = chance.pick(if fitting.is_empty() { &[180] } else { &fitting });
    let near: Vec<bool> = draft
        .days
        .iter()
        .map(|day| {
            let mut years = (day.year() - 1..=day.year() + 1).filter_map(|year| of_year(year, ordinal));
            years.any(|middle| (*day - middle).num_days().abs() <= NEAR)
        })
        .collect();
    let often = strength.of([0.95, 0.85, 0.7]);
    for (at, near) in near.iter().enumerate() {
        draft.themes[0].there[at] = chance.happens(if *near { often } else { 0.03 });
        draft.missed[at] &= !near;
    }
    let score = &mut draft.scores[0];
    score.add(1.4 * score.unrest, |at| f64::from(u8::from(near[at])));
    let (theme, scale) = (draft.themes[0].name, draft.scores[0].scale.id.as_str());
    let mut implied: Vec<Pattern> =
        [FindingKind::ThemeBurst, FindingKind::ThemeEmerging, FindingKind::ThemeFading, FindingKind::KeywordShift]
            .map(|kind| Pattern::new(kind, theme))
            .to_vec();
    implied.push(Pattern::new(FindingKind::ThemeScore, theme).with(scale));
    implied.push(Pattern::new(FindingKind::Anniversary, scale));
    Truth { planted: Some((Pattern::new(FindingKind::Anniversary, theme), strength)), implied }
}

/// A word of recent sessions.
pub fn word(strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    let n = draft.visits();
    let from = n - 6.max((0.35 * n as f64) as usize) + 1;
    let often = strength.of([0.85, 0.68, 0.52]);
    let thing = &mut draft.things[0];
    for at in 0..n {
        thing.there[at] = chance.happens(if at + 1 >= from { often } else { 0.04 });
    }
    let pattern = Pattern::new(FindingKind::KeywordShift, thing.name).towards(Course::Recent).at(from, from, n);
    Truth { planted: Some((pattern, strength)), implied: Vec::new() }
}

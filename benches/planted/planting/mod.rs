//! Made-up histories with one pattern planted in each, and histories without any.
//!
//! In go a seed and how many; out come notes in Markdown and what is true of them. The same seed always gives the same.
//! All of it is fiction.

mod chance;
mod draft;
mod fiction;
mod notes;
mod reading;
mod scores;
mod themes;
pub mod truth;

pub use reading::TODAY;
use truth::{Strength, Truth};

use chance::Chance;
use draft::{Draft, Length};
use throughline::insight::FindingKind;

/// What can be planted.
pub const KINDS: [FindingKind; 15] = [
    FindingKind::ThemeEmerging,
    FindingKind::ThemeFading,
    FindingKind::ThemeBurst,
    FindingKind::ThemePair,
    FindingKind::ThemeScore,
    FindingKind::ScoreTrend,
    FindingKind::ReliableChange,
    FindingKind::SuddenGain,
    FindingKind::LevelShift,
    FindingKind::Plateau,
    FindingKind::MissedCluster,
    FindingKind::MissedAfter,
    FindingKind::Anniversary,
    FindingKind::PhaseEffect,
    FindingKind::KeywordShift,
];

/// One made-up client.
#[derive(Debug)]
pub struct Planted {
    /// The client's code.
    pub code: String,
    /// The notes, oldest first.
    pub notes: Vec<String>,
    /// What is true of them.
    pub truth: Truth,
}

/// So many clients of each kind, easy, medium and hard in turn, and so many without a pattern.
pub fn planted(seed: u64, per_kind: usize, nulls: usize) -> Vec<Planted> {
    let mut chance = Chance::seeded(seed);
    let turns = KINDS
        .into_iter()
        .flat_map(|kind| (0..per_kind).map(move |turn| Some((kind, Strength::ALL[turn % Strength::ALL.len()]))));
    let mut wanted: Vec<Option<(FindingKind, Strength)>> = turns.chain(std::iter::repeat_n(None, nulls)).collect();
    chance.shuffle(&mut wanted);
    let client = |(at, wanted): (usize, Option<(FindingKind, Strength)>)| {
        let mut own = Chance::seeded(chance.seed());
        let mut draft = Draft::of(length(wanted.map(|(kind, _)| kind), &mut own), &mut own);
        let truth = wanted.map_or_else(Truth::default, |(kind, strength)| plant(kind, strength, &mut draft, &mut own));
        Planted { code: format!("m{seed}-{}", at + 1), notes: notes::written(&draft, &mut own), truth }
    };
    wanted.into_iter().enumerate().map(client).collect()
}

/// A history without a pattern of a given length; for measuring.
pub fn of_length(seed: u64, visits: usize) -> Planted {
    let mut chance = Chance::seeded(seed);
    let draft = Draft::of(Length { visits, days_apart: 7 }, &mut chance);
    Planted { code: format!("m{seed}"), notes: notes::written(&draft, &mut chance), truth: Truth::default() }
}

/// How long a history has to be for its pattern; without one it may have any length.
fn length(kind: Option<FindingKind>, chance: &mut Chance) -> Length {
    let weekly = [7, 7, 7, 14];
    match kind {
        Some(FindingKind::Anniversary) => {
            let days_apart = chance.pick(&[10, 11, 12, 14]);
            let three_years = (3.4 * 365.0 / days_apart as f64) as usize;
            Length { visits: chance.whole(64, 110).max(three_years), days_apart }
        }
        Some(
            FindingKind::MissedAfter | FindingKind::MissedCluster | FindingKind::ThemePair | FindingKind::ThemeBurst,
        ) => Length { visits: chance.whole(28, 70), days_apart: chance.pick(&weekly) },
        Some(_) => Length { visits: chance.whole(16, 56), days_apart: chance.pick(&weekly) },
        None => {
            let (least, most) = chance.pick(&[(8, 14), (15, 30), (31, 60), (61, 110)]);
            Length { visits: chance.whole(least, most), days_apart: chance.pick(&[7, 7, 14]) }
        }
    }
}

fn plant(kind: FindingKind, strength: Strength, draft: &mut Draft, chance: &mut Chance) -> Truth {
    match kind {
        FindingKind::ThemeEmerging | FindingKind::ThemeFading => themes::turning(kind, strength, draft, chance),
        FindingKind::ThemeBurst => themes::burst(strength, draft, chance),
        FindingKind::ThemePair => themes::pair(strength, draft, chance),
        FindingKind::MissedCluster => themes::missed_cluster(strength, draft, chance),
        FindingKind::MissedAfter => themes::missed_after(strength, draft, chance),
        FindingKind::Anniversary => themes::anniversary(strength, draft, chance),
        FindingKind::KeywordShift => themes::word(strength, draft, chance),
        FindingKind::ThemeScore => scores::beside_theme(strength, draft, chance),
        FindingKind::ScoreTrend => scores::trend(strength, draft, chance),
        FindingKind::ReliableChange => scores::reliable(strength, draft, chance),
        FindingKind::SuddenGain => scores::sudden_gain(strength, draft, chance),
        FindingKind::LevelShift => scores::level(strength, draft, chance),
        FindingKind::Plateau => scores::plateau(strength, draft, chance),
        FindingKind::PhaseEffect => scores::phase(strength, draft, chance),
        FindingKind::SuddenLoss => Truth::default(),
    }
}

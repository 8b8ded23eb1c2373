//! One finding as it is told: a sentence, a picture, the sessions against it, and its numbers behind a fold.
//!
//! In goes a finding; out come words and links. The wording keeps to what was counted; how likely chance is stands with
//! its condition ("if nothing were going on"), never as how likely the finding is true.

use super::how::method;
use super::names::{Named, Names};
use super::pictures::drawing;
use crate::insight::{Finding, FindingKind, Level, Picture, Portion, Seen, Shares};
use crate::site::shown::Shown;
use crate::site::view::drawing::Drawing;
use crate::site::wording;
use serde::Serialize;

/// Sessions against a finding that stand beside its sentence; more of them only in the fold.
const BESIDE: usize = 8;
/// Most sessions listed in the fold; the command line names all.
const LISTED: usize = 120;

/// One finding.
#[derive(Serialize)]
pub(crate) struct FindingView {
    id: String,
    number: usize,
    sentence: Shown,
    caveat: Option<Shown>,
    new: bool,
    /// Where it is of work that has ended.
    earlier: Option<String>,
    picture: Option<Drawing>,
    rests_on: String,
    does_not_fit: String,
    against_beside: Vec<Named>,
    fitting: Vec<Named>,
    more_fitting: usize,
    against: Vec<Named>,
    more_against: usize,
    facts: Vec<Fact>,
}

#[derive(Serialize)]
struct Fact {
    name: &'static str,
    text: Shown,
}

/// What stands for a finding in an address: it leads to its place on the patterns page.
pub(crate) fn anchor(seen: &Seen, at: usize) -> String {
    let key = seen.found.keys.get(at).map_or("", |key| key.as_str());
    format!("f-{}", key.get(..12).unwrap_or_default())
}

/// Makes the view of the finding at a place.
pub(super) fn finding_view(names: &Names<'_>, seen: &Seen, at: usize) -> Option<FindingView> {
    let finding = seen.found.patterns.findings.get(at)?;
    let picture: Option<&Picture> = seen.pictures.get(at).and_then(Option::as_ref);
    let (mut fitting, mut against) = (names.list(&finding.evidence), names.list(&finding.against));
    let (all_fitting, all_against) = (fitting.len(), against.len());
    let few = all_against <= BESIDE;
    fitting.truncate(LISTED);
    against.truncate(LISTED);
    Some(FindingView {
        id: anchor(seen, at),
        number: at + 1,
        sentence: Shown::new(finding.statement.reveal()),
        caveat: finding.caveat.as_ref().map(|caveat| Shown::new(caveat.reveal())),
        new: seen.new.contains(&at),
        earlier: names.ended_work(&finding.evidence).map(|day| format!("in the work that ended {}", wording::day(day))),
        picture: picture.map(|picture| drawing(names, finding, picture)),
        rests_on: format!("{} for it", wording::grouped(all_fitting)),
        does_not_fit: match all_against {
            0 => "none against".to_owned(),
            1 => "1 does not fit".to_owned(),
            more => format!("{} do not fit", wording::grouped(more)),
        },
        against_beside: if few { names.list(&finding.against) } else { Vec::new() },
        more_fitting: all_fitting - fitting.len(),
        more_against: all_against - against.len(),
        fitting,
        against,
        facts: facts(seen, finding, picture),
    })
}

fn facts(seen: &Seen, finding: &Finding, picture: Option<&Picture>) -> Vec<Fact> {
    let method = method(finding.kind);
    let fact = |name, text: &str| Fact { name, text: Shown::new(text) };
    let mut facts = vec![fact("How", method.how), fact("Size", &size(finding, picture))];
    match (finding.p, finding.q) {
        (Some(p), Some(q)) => {
            let tests = seen.found.patterns.tests.get(&finding.kind).copied().unwrap_or_default();
            facts.push(fact(
                "Chance",
                &format!("If nothing were going on, this much or more would come up {}.", odds(p)),
            ));
            facts.push(fact("Adjusted", &adjusted(finding.kind, q, tests)));
        }
        _ => facts.push(fact("Chance", "A rule that is met; no test of chance.")),
    }
    facts.push(fact("Rests on", &rests_on(finding)));
    facts.push(fact("Least data", method.least));
    facts
}

/// What q is: it is adjusted for the tests of one kind, with the room that the kind has.
fn adjusted(kind: FindingKind, q: f64, tests: usize) -> String {
    let among = match tests {
        0 | 1 => "from the one test of its kind run for this client".to_owned(),
        tests => format!("among the {} of its kind run for this client", wording::count(tests, "test")),
    };
    let clear = match kind.at_most() {
        Level::Clear => format!(
            "up to {} it may stand out, with little more than the least data up to {}; ",
            Level::Clear.limit(),
            Level::CLEAR_OF_FEW
        ),
        Level::Weak => String::new(),
    };
    format!(
        "{} (q): how many findings as rare as this one chance alone would bring {among}, weighed with what is allowed for \
         the kind: {clear}up to {} it may be chance.",
        small(q),
        Level::Weak.limit(),
    )
}

fn rests_on(finding: &Finding) -> String {
    use FindingKind::*;
    let unit = match finding.kind {
        ReliableChange | SuddenGain | SuddenLoss | LevelShift | ScoreTrend | Plateau | PhaseEffect => "score",
        ThemeScore => "scored session",
        MissedCluster | MissedAfter => "appointment",
        _ => "session",
    };
    wording::count(finding.n, unit)
}

/// "in about 4 of 1,000 such histories (p 0.0042)".
fn odds(p: f64) -> String {
    let written = small(p);
    let of = [10.0, 100.0, 1_000.0, 10_000.0].into_iter().find(|of| p * of >= 1.0);
    match of {
        Some(of) => {
            let times = (p * of).round();
            let of = wording::grouped(of as usize);
            format!("in about {times:.0} of {of} such histories (p {written})")
        }
        None => format!("in fewer than 1 of 10,000 such histories (p {written})"),
    }
}

/// A probability with as many digits as mean something.
fn small(value: f64) -> String {
    if value < 0.0001 {
        "below 0.0001".to_owned()
    } else if value < 0.01 {
        format!("{value:.4}")
    } else {
        format!("{value:.2}")
    }
}

/// How large, in plain units.
fn size(finding: &Finding, picture: Option<&Picture>) -> String {
    let effect = &finding.effect;
    let one = |value: f64| wording::points((value * 100.0).round() / 100.0).replace('-', "−");
    let range = effect.interval.map(|(low, high)| format!(" (likely range {} to {})", one(low), one(high)));
    let range = range.unwrap_or_default();
    let value = one(effect.value);
    let share = format!("{:.0}", effect.value * 100.0).replace('-', "−");
    match (effect.name, finding.kind) {
        ("points", FindingKind::ReliableChange) => {
            format!("{value} points from the mean of the first two scores to the middle of the last three")
        }
        ("points", _) => format!("{value} points{range}"),
        ("points_per_30_days", _) => format!("{value} points in 30 days{range}"),
        ("level", _) => format!("around {value} points{range}"),
        ("difference_of_shares", _) => format!("{share} percentage points between the two shares"),
        ("nap", _) => format!("{share} % of pairs"),
        ("log_odds" | "log_odds_z", _) => two_shares(picture),
        ("agreement", _) => format!("agreement of the days {value} (0 none, 1 all on one day)"),
        (other, _) => format!("{} {value}", other.replace('_', " ")),
    }
}

/// Where the size is a ratio of odds, which says nothing to most readers: the two shares it is made of.
fn two_shares(picture: Option<&Picture>) -> String {
    let of = |portion: &Portion| format!("{} of {}", portion.of, portion.all);
    match picture {
        Some(Picture::Shares(Shares { theme, other: Some(other), with, without })) => {
            let (theme, other) = (theme.reveal(), other.reveal());
            format!("{other} in {} sessions with {theme}, and in {} without", of(with), of(without))
        }
        Some(Picture::Shares(Shares { theme, other: None, with, without })) => {
            format!(
                "{} appointments missed after sessions with {}, and {} otherwise",
                of(with),
                theme.reveal(),
                of(without)
            )
        }
        Some(Picture::Strip(strip)) => {
            let (inside, others) = strip.shares();
            format!("in {} of the recent sessions, and in {} before", of(&inside), of(&others))
        }
        _ => "the shares that the sentence names".to_owned(),
    }
}

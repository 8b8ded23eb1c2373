//! A history written down: one Markdown note an appointment, as a counselor would keep it.

use super::chance::Chance;
use super::draft::Draft;
use super::fiction::{ABOUT, NOBODY, OF, PLAIN};

/// The notes of a history, oldest first.
pub fn written(draft: &Draft, chance: &mut Chance) -> Vec<String> {
    (0..draft.visits())
        .map(|at| if draft.missed[at] { missed(draft, at, chance) } else { held(draft, at, chance) })
        .collect()
}

fn missed(draft: &Draft, at: usize, chance: &mut Chance) -> String {
    let how = chance.pick(&["no-show", "no-show", "cancelled-client"]);
    let (day, number, text) = (draft.days[at], at + 1, chance.pick(&NOBODY));
    format!("---\ndate: {day}\nnumber: {number}\nattendance: {how}\n---\n{text}\n")
}

fn held(draft: &Draft, at: usize, chance: &mut Chance) -> String {
    let mut themes: Vec<&str> = draft.themes.iter().filter(|theme| theme.there[at]).map(|theme| theme.name).collect();
    chance.shuffle(&mut themes);
    let mut tried = Vec::new();
    if chance.happens(0.6) {
        tried.push(draft.tried[0]);
    }
    let number = at + 1;
    if number == draft.tried_from || number > draft.tried_from && chance.happens(0.8) {
        tried.push(draft.tried[1]);
    }
    let mut scores = Vec::new();
    for score in &draft.scores {
        let kept = draft.all_scored.is_some_and(|(from, to)| (from..=to).contains(&number));
        if chance.happens(0.93) || at == 0 || kept {
            let value = score.values[at].round().clamp(score.scale.min, score.scale.max);
            scores.push(format!("{}: {value}", score.scale.id));
        }
    }
    let risk = chance.pick(&["none", "none", "none", "none", "none", "none", "none", "none", "low"]);
    format!(
        "---\ndate: {}\nnumber: {number}\nattendance: attended\nthemes: [{}]\ninterventions: [{}]\nmeasures: {{{}}}\n\
         risk: {risk}\n---\n\n# Meeting {number}\n\n{}\n",
        draft.days[at],
        themes.join(", "),
        tried.join(", "),
        scores.join(", "),
        prose(draft, at, &themes, chance),
    )
}

/// Plain sentences, most of the themes, and the things of the day, in no order.
fn prose(draft: &Draft, at: usize, themes: &[&str], chance: &mut Chance) -> String {
    let count = chance.whole(3, 5);
    let mut sentences: Vec<String> = chance.some(&PLAIN, count).into_iter().map(str::to_owned).collect();
    for theme in themes {
        if chance.happens(0.7) {
            sentences.push(format!("{} {}.", chance.pick(&ABOUT), theme.replace('-', " ")));
        }
    }
    for thing in draft.things.iter().filter(|thing| thing.there[at]) {
        sentences.push(format!("{} {}.", chance.pick(&OF), thing.name));
    }
    chance.shuffle(&mut sentences);
    sentences.join(" ")
}

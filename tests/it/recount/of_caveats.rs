//! What stands behind a comparison of phases, counted again.

use super::of_scores::{best_split, corrected_tau};
use super::seen::{Point, Said, Seen};
use super::shape::{Held, count, holds, same};
use throughline::domain::{Direction, Scale};

/// `Other things also changed then; this cannot tell what made the difference.`, and perhaps more.
pub fn phase(seen: &Seen<'_>, said: &Said<'_>, scale: &Scale, all: &[Point], start: usize, before: usize) -> Held {
    let caveat = said.caveat.ok_or("a comparison of phases has a caveat")?;
    let plain = "Other things also changed then; this cannot tell what made the difference.";
    let mut rest = caveat.strip_prefix(plain).ok_or("the caveat begins in its own words")?;
    if let Some(after) = rest.strip_prefix(" The scores also split as well around session ") {
        let (number, after) = after.split_once('.').ok_or("an unknown caveat")?;
        same("the other place", count(number)?, all[best_split(all, 5)].number)?;
        rest = after;
    }
    if let Some(after) = rest.strip_prefix(" Scores already moved before it began; with that taken out, Tau is ") {
        let (tau, after) = after.split_at(after.find(". ").unwrap_or(after.len() - 1));
        let better = if scale.higher_is == Direction::Worse { -1.0 } else { 1.0 };
        same("Tau", tau, &format!("{:.2}", corrected_tau(all, before, better)))?;
        rest = after.strip_prefix('.').unwrap_or(after);
    }
    if let Some(after) = rest.strip_prefix(" Also first noted within two sessions of it: ") {
        let names = after.strip_suffix('.').ok_or("an unknown caveat")?;
        for name in names.split(", ") {
            let first = first_noted(seen, name).ok_or_else(|| format!("{name} was never noted"))?;
            holds(&format!("{name} began near it"), first > 1 && first.abs_diff(start) <= 2)?;
        }
        rest = "";
    }
    same("more of the caveat", rest, "")
}

/// In which session a theme or an intervention was first noted.
fn first_noted(seen: &Seen<'_>, name: &str) -> Option<usize> {
    let theme = seen.with_theme(&name.to_lowercase(), true);
    seen.sessions().iter().position(|session| {
        let mut tried = session.note.session().into_iter().flat_map(|session| &session.interventions);
        theme.contains(&session.note.id) || tried.any(|tried| tried.reveal().trim().eq_ignore_ascii_case(name))
    })
}

//! Pictures of two shares: together with a theme and without it, missed after a theme and otherwise.

use super::{Portion, Shares};
use crate::insight::finding::Finding;
use crate::insight::history::History;
use crate::insight::presence::Share;

/// How many of the sessions with the rarer theme have the other one too, and how many of those without it.
pub(super) fn together(history: &History<'_>, finding: &Finding) -> Option<Shares> {
    let object = finding.object.as_ref()?.reveal();
    let named = |key: &str| history.tagged.iter().find(|theme| theme.key == key).map(|theme| theme.present.as_slice());
    let (one, other) = (named(finding.subject.reveal())?, named(object)?);
    let (rarer, usual) = if Share::among(one).of <= Share::among(other).of { (one, other) } else { (other, one) };
    let among = |wanted: bool| {
        let chosen: Vec<bool> = rarer.iter().zip(usual).filter(|(with, _)| **with == wanted).map(|(_, u)| *u).collect();
        portion(Share::among(&chosen))
    };
    Some(Shares { with: among(true), without: among(false) })
}

/// How many appointments were missed after sessions with the theme, and how many after others.
pub(super) fn missed_after(history: &History<'_>, finding: &Finding) -> Option<Shares> {
    let theme = history.tagged.iter().find(|theme| theme.key == finding.subject.reveal())?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for pair in history.visits.windows(2) {
        let Some(session) = pair[0].session else { continue };
        let noted = theme.present.get(session) == Some(&true);
        if noted { &mut with } else { &mut without }.push(pair[1].missed);
    }
    Some(Shares { with: portion(Share::among(&with)), without: portion(Share::among(&without)) })
}

fn portion(share: Share) -> Portion {
    Portion { of: share.of, all: share.all }
}

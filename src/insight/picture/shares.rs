//! Pictures of two shares: together with a theme and without it, missed after a theme and otherwise.

use super::over_sessions::course;
use super::{Portion, Shares};
use crate::domain::Confidential;
use crate::insight::finding::Finding;
use crate::insight::history::{History, ThemeCourse};
use crate::insight::presence::Share;
use crate::insight::{attendance, missed_after, theme_pair};

/// How many of the sessions with the rarer theme have the other one too, and how many of those without it.
pub(super) fn together(history: &History<'_>, finding: &Finding) -> Option<Shares> {
    let object = finding.object.as_ref()?.reveal();
    let (one, other) = (course(history, finding)?, history.tagged.iter().find(|theme| theme.key == object)?);
    let beside = theme_pair::beside(&one.present, &other.present);
    let (rarer, usual) = if beside.first_is_rarer { (one, other) } else { (other, one) };
    Some(Shares {
        theme: name(rarer),
        other: Some(name(usual)),
        with: portion(beside.with),
        without: portion(beside.without),
    })
}

/// How many appointments were missed after sessions with the theme, and how many after others.
pub(super) fn missed_after(history: &History<'_>, finding: &Finding) -> Option<Shares> {
    let theme = course(history, finding)?;
    let followed = missed_after::followed(&attendance::missed(history), &attendance::with_theme(history, theme));
    let (with, without) = (portion(followed.after), portion(followed.otherwise));
    Some(Shares { theme: name(theme), other: None, with, without })
}

fn name(theme: &ThemeCourse) -> Confidential {
    Confidential::new(theme.shown.as_str())
}

fn portion(share: Share) -> Portion {
    Portion { of: share.of, all: share.all }
}

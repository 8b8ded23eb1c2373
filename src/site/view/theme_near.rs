//! What stands near a theme: themes noted in the same notes, names that are perhaps the same, words that come with it.
//!
//! Counts only. A comparison with chance belongs to the findings of each client (`insight`); once they speak of pairs,
//! [`Pair`] is where it is said.

use crate::casebook::{CaseFile, Casebook, Likeness, ThemeLine, likeness, theme_words};
use crate::domain::{Theme, ThemeSource};
use crate::site::address::theme_address;
use crate::site::shown::Shown;
use crate::site::wording;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Most pairs of one theme.
const PAIRS: usize = 8;
/// Notes that both must stand in.
const TOGETHER: usize = 2;
/// Most words proposed.
const WORDS: usize = 8;
/// Words of the line that is proposed.
const IN_LINE: usize = 4;
/// Most names compared: all against all.
const NAMES: usize = 600;
/// Most proposals on one page.
const PROPOSALS: usize = 24;

/// Another theme in the same notes.
#[derive(Serialize)]
pub(crate) struct Pair {
    name: Shown,
    href: String,
    together: usize,
    /// Notes with the other theme, of clients who have both.
    other: usize,
    /// Notes with this theme, of clients who have both.
    this: usize,
    clients: usize,
}

/// Themes that stand in the same notes of a client, most often first. Tagged ones only.
pub(crate) fn pairs(casebook: &Casebook, theme: &Theme) -> Vec<Pair> {
    let mut counts: BTreeMap<&Theme, [usize; 4]> = BTreeMap::new();
    for file in casebook.clients() {
        let Some(line) = file.themes.iter().find(|line| line.theme == *theme) else { continue };
        let here = tagged_notes(line);
        for other in file.themes.iter().filter(|other| other.theme != *theme && !kin(&other.theme, theme)) {
            let there = tagged_notes(other);
            let together = here.intersection(&there).count();
            if together > 0 {
                let count = counts.entry(&other.theme).or_default();
                [together, there.len(), here.len(), 1].iter().zip(count).for_each(|(add, sum)| *sum += add);
            }
        }
    }
    let mut found: Vec<(&Theme, [usize; 4])> =
        counts.into_iter().filter(|(_, [together, ..])| *together >= TOGETHER).collect();
    found.sort_by_key(|(_, [together, other, ..])| (std::cmp::Reverse(*together), *other));
    let pair = |(theme, [together, other, this, clients]): (&Theme, [usize; 4])| Pair {
        name: Shown::short(theme.shown(), 60),
        href: theme_address(theme),
        together,
        other,
        this,
        clients,
    };
    found.into_iter().take(PAIRS).map(pair).collect()
}

fn tagged_notes(line: &ThemeLine) -> BTreeSet<usize> {
    line.at.iter().filter(|mark| mark.source == ThemeSource::Tagged).map(|mark| mark.note).collect()
}

/// Whether one theme is a part of the other: they stand together by their names.
fn kin(one: &Theme, other: &Theme) -> bool {
    let part = |part: &str, of: &str| part.strip_prefix(of).is_some_and(|rest| rest.starts_with('/'));
    part(one.key(), other.key()) || part(other.key(), one.key())
}

/// Two names that are perhaps one theme.
#[derive(Serialize)]
pub(crate) struct Proposal {
    /// The one noted more often.
    keep: Name,
    other: Name,
    why: &'static str,
}

#[derive(Serialize)]
struct Name {
    name: Shown,
    href: String,
    notes: String,
}

/// A theme and in how many notes it is tagged.
type Noted<'a> = (&'a Theme, usize);

/// Names that are perhaps one theme, the surest first. With a theme, only those of it.
pub(crate) fn proposals(casebook: &Casebook, of: Option<&Theme>) -> Vec<Proposal> {
    let mut counts: BTreeMap<&Theme, usize> = BTreeMap::new();
    for line in casebook.clients().flat_map(|file: &std::sync::Arc<CaseFile>| &file.themes) {
        *counts.entry(&line.theme).or_default() += line.tagged();
    }
    let mut names: Vec<Noted<'_>> = counts.into_iter().filter(|(_, notes)| *notes > 0).collect();
    names.sort_by_key(|(_, notes)| std::cmp::Reverse(*notes));
    names.truncate(NAMES);
    let mut found: Vec<(Likeness, Noted<'_>, Noted<'_>)> = Vec::new();
    for (at, one) in names.iter().enumerate() {
        let others = names.iter().skip(at + 1);
        let wanted = others.filter(|other| of.is_none_or(|of| one.0 == of || other.0 == of));
        found.extend(wanted.filter_map(|other| Some((likeness(one.0, other.0)?, *one, *other))));
    }
    found.sort_by_key(|(why, one, _)| (*why, std::cmp::Reverse(one.1)));
    let name = |(theme, notes): (&Theme, usize)| Name {
        name: Shown::short(theme.shown(), 60),
        href: theme_address(theme),
        notes: wording::count(notes, "note"),
    };
    let proposal = |(why, keep, other)| Proposal { keep: name(keep), other: name(other), why: reason(why) };
    found.into_iter().take(PROPOSALS).map(proposal).collect()
}

fn reason(why: Likeness) -> &'static str {
    match why {
        Likeness::Spelling => "written differently",
        Likeness::Ending => "another ending",
        Likeness::Letter => "a letter or two apart",
        Likeness::Part => "once by itself, once as a part",
    }
}

/// Words that come with a theme, for the practice's word lists.
#[derive(Serialize)]
pub(crate) struct Suggested {
    words: Vec<SuggestedWord>,
    tagged: usize,
    others: usize,
    /// A line to put under `words:` in a note of kind `words`.
    line: Shown,
}

#[derive(Serialize)]
struct SuggestedWord {
    word: Shown,
    with: usize,
    without: usize,
}

/// The words; nothing where none stands out, or where the theme is of risk.
pub(crate) fn suggested(casebook: &Casebook, theme: &Theme) -> Option<Suggested> {
    if !Casebook::may_be_mentioned(theme) {
        return None;
    }
    let found = theme_words(casebook, theme, WORDS);
    let known = |word: &str| casebook.mentioned_at(word, theme).is_some();
    let fresh = || found.words.iter().filter(|found| !known(found.word.reveal()));
    let list: Vec<&str> = fresh().map(|found| found.word.reveal()).collect();
    let words = fresh().map(|found| SuggestedWord {
        word: Shown::short(found.word.reveal(), 40),
        with: found.with,
        without: found.without,
    });
    (!list.is_empty()).then(|| Suggested {
        words: words.collect(),
        tagged: found.tagged,
        others: found.others,
        line: Shown::new(&format!(
            "{}: [{}]",
            theme.key(),
            list.iter().take(IN_LINE).copied().collect::<Vec<_>>().join(", ")
        )),
    })
}

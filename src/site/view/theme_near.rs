//! What stands near a theme: themes of the same sessions, names that are perhaps the same, words that come with it.
//!
//! Pairs are held against chance by the test of the pair finder; everything else is only counted.

use crate::casebook::{CaseFile, Casebook, Likeness, likeness, theme_words};
use crate::domain::Theme;
use crate::insight::{PairAcross, pairs_across};
use crate::site::address::theme_address;
use crate::site::shown::Shown;
use crate::site::wording;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// Most pairs of one theme.
const PAIRS: usize = 8;
/// Sessions that both must stand in.
const TOGETHER: usize = 2;
/// Most words proposed.
const WORDS: usize = 8;
/// Words of the line that is proposed.
const IN_LINE: usize = 4;
/// Most names compared: all against all.
const NAMES: usize = 600;
/// Most proposals on one page.
const PROPOSALS: usize = 24;

/// Another theme in the same sessions.
#[derive(Serialize)]
pub(crate) struct Pair {
    name: Shown,
    href: String,
    together: usize,
    /// Sessions with the other theme, of clients who have both.
    other: usize,
    /// Sessions with this theme, of clients who have both.
    this: usize,
    clients: usize,
    /// Sessions with both that chance alone would give on average.
    expected: String,
    /// How often chance alone gives as many.
    chance: String,
}

/// Themes that stand in the same sessions of a client, most often first. Tagged ones only.
pub(crate) fn pairs(casebook: &Casebook, theme: &Theme, today: NaiveDate) -> Vec<Pair> {
    let mut found = pairs_across(casebook.clients(), theme, today);
    found.retain(|pair| pair.together >= TOGETHER);
    found.sort_by(|a, b| b.together.cmp(&a.together).then(a.p.total_cmp(&b.p)).then_with(|| a.key.cmp(&b.key)));
    let known: BTreeMap<&str, &Theme> =
        casebook.clients().flat_map(|file| file.themes.iter().map(|line| (line.theme.key(), &line.theme))).collect();
    let pair = |pair: PairAcross| {
        let theme = *known.get(pair.key.as_str())?;
        Some(Pair {
            name: Shown::short(theme.shown(), 60),
            href: theme_address(theme),
            together: pair.together,
            other: pair.other,
            this: pair.this,
            clients: pair.clients,
            expected: format!("{:.1}", pair.expected),
            chance: if pair.p < 0.001 { "below 0.001".to_owned() } else { format!("{:.3}", pair.p) },
        })
    };
    found.into_iter().filter_map(pair).take(PAIRS).collect()
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

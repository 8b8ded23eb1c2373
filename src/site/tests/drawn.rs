//! What is written beside findings: the figures of their pictures, their sizes, and what they were adjusted for.

use super::sample::{day, edition, note, session, session_of, theme, words};
use super::walk::{attributes, templates, text};
use crate::domain::{Details, Direction, Kind, Note, OwnScale, Score, Termination, ThemeSource};
use crate::insight::FindingKind;
use crate::site::{Edition, answer};

fn weekly(at: u64) -> Note {
    session(at + 1, "a7", day(2026, 1, 5) + chrono::Days::new(7 * at), "x")
}

fn scored(at: u64, scale: &str, value: f64) -> Note {
    let mut one = weekly(at);
    one.scores.push(Score { scale: scale.to_owned(), value, place: None });
    one
}

fn practice_of(notes: impl IntoIterator<Item = Note>) -> Edition {
    edition(notes.into_iter().collect(), day(2027, 12, 31))
}

fn page(address: &str, edition: &Edition) -> String {
    let answered = answer(address, edition, &templates());
    assert_eq!(answered.status, 200, "{address}");
    text(&answered)
}

/// The one finding of the patterns page whose sentence holds these words.
fn article(edition: &Edition, said: &str) -> String {
    let page = page("/clients/a7/patterns/", edition);
    let articles = page.split("<article class=\"finding\"").skip(1).filter_map(|rest| rest.split("</article>").next());
    let mut found = articles.filter(|article| article.contains(said));
    found.next().unwrap_or_else(|| panic!("no finding says “{said}” in {page}")).to_owned()
}

/// The words of a drawing by their look, in their order.
fn labels<'a>(article: &'a str, look: &str) -> Vec<&'a str> {
    let opening = format!("<text class=\"{look}\"");
    let texts = article.split(opening.as_str()).skip(1);
    texts.filter_map(|rest| rest.split_once('>')?.1.split('<').next()).collect()
}

fn fact<'a>(article: &'a str, name: &str) -> &'a str {
    let rest = article.split(&format!("<dt>{name}</dt><dd><bdi>")).nth(1).unwrap_or_else(|| panic!("no {name}"));
    rest.split("</bdi>").next().unwrap_or_default()
}

/// A line of a drawing, as its two ends.
fn line(article: &str, look: &str) -> [(f64, f64); 2] {
    let d = article.split(&format!("<path class=\"{look}\" d=\"M")).nth(1).and_then(|rest| rest.split('"').next());
    let ends = d.unwrap_or_else(|| panic!("no {look} in {article}")).split('L').map(|end| {
        let (x, y) = end.split_once(' ').unwrap();
        (x.parse().unwrap(), y.parse().unwrap())
    });
    ends.collect::<Vec<(f64, f64)>>().try_into().unwrap_or_else(|ends| panic!("{ends:?}"))
}

#[test]
fn what_was_tried_is_drawn_at_the_session_in_which_it_began_though_that_has_no_score() {
    let notes = (0..30).map(|at: u64| {
        let level = if at < 14 { 17.0 } else { 8.0 };
        let score = level + [0.0, 1.0, -1.0, 0.0, 2.0, -2.0, 1.0][at as usize % 7];
        let mut one = if (14..16).contains(&at) { weekly(at) } else { scored(at, "phq9", score) };
        session_of(&mut one).interventions.extend((at >= 14).then(|| words("two-chair")));
        one
    });
    let article = article(&practice_of(notes), "after two-chair began (session 15)");
    assert!(labels(&article, "figure").contains(&"session 15"), "{article}");
    // 28 weeks and a day stand for 340 units of width, and it began in the 15th of them.
    let [(x, _), (same, _)] = line(&article, "begins");
    assert!((x - (26.0 + 340.0 * 14.0 / 29.0)).abs() < 0.1 && x == same, "{x}");
}

#[test]
fn a_slope_is_cut_where_it_leaves_the_scale_and_has_no_figure_beyond_it() {
    // It falls to nought and stays there: the line goes on.
    let wave = |at: u64| f64::from([1, 0, 1, -1, 0, -1][at as usize % 6]);
    let notes = (0..27).map(|at: u64| scored(at, "phq9", (19.0 - at as f64 + wave(at)).max(0.0)));
    let edition = practice_of(notes);
    let article = article(&edition, "tends downwards");
    let file = edition.casebook.clients().next().unwrap();
    let seen = edition.seen.of(file, edition.today);
    let trend = seen.found.patterns.findings.iter().find(|finding| finding.kind == FindingKind::ScoreTrend).unwrap();
    let [from, until] = line(&article, "level");
    assert!((until.1 - 84.0).abs() < 0.05 && until.0 < 360.0, "it ends on the rim, before the last score: {until:?}");
    let (weeks, points) = ((until.0 - from.0) / 340.0 * 26.0, (from.1 - until.1) / 76.0 * 27.0);
    let month = points / (weeks * 7.0) * 30.0;
    assert!((month - trend.effect.value).abs() < 0.05, "{month} is drawn, {:?} is said", trend.effect);
    assert!(labels(&article, "figure").is_empty(), "{:?}", labels(&article, "figure"));
}

#[test]
fn a_scale_below_nought_has_figures_with_a_real_minus() {
    let own = OwnScale {
        key: "calm".to_owned(),
        name: Some("Calm".to_owned()),
        range: Some((-10.0, 10.0)),
        higher_is: Some(Direction::Better),
        ..OwnScale::default()
    };
    let mut notes: Vec<Note> = (0..24u64)
        .map(|at| scored(at, "calm", if at < 12 { -6.0 } else { 6.0 } + f64::from(at as u32 % 3) - 1.0))
        .collect();
    notes.push(Note { details: Details::Scales(vec![own]), ..note(99, None, Kind::Scales, day(2026, 1, 1), "") });
    let article = article(&practice_of(notes), "Calm stands at a higher level");
    assert_eq!(labels(&article, "figure")[..3], ["session 13", "−6", "6"], "{:?}", labels(&article, "figure"));
    assert!(labels(&article, "tick").contains(&"−10"));
    assert!(!labels(&article, "figure").concat().contains('-'));
}

fn tagged(at: u64, names: &[(&str, bool)]) -> Note {
    let mut one = weekly(at);
    one.themes.extend(names.iter().filter(|(_, here)| *here).map(|(name, _)| theme(name, ThemeSource::Tagged)));
    one
}

#[test]
fn two_themes_are_named_beside_their_bars_and_in_their_size() {
    let both = |at: u64| at.is_multiple_of(5);
    let notes =
        (0..60).map(|at| tagged(at, &[("shame", both(at)), ("drink", both(at) || at % 7 == 3), ("work", at % 2 == 1)]));
    let article = article(&practice_of(notes), "tend to be noted in the same session");
    let ticks = labels(&article, "tick");
    assert_eq!(ticks, ["with shame", "without shame"]);
    let figures = labels(&article, "figure");
    assert_eq!(figures, ["12 of 12", "7 of 48"]);
    assert_eq!(fact(&article, "Size"), "drink in 12 of 12 sessions with shame, and in 7 of 48 without");
    assert!(article.contains("aria-label=\"drink in sessions with shame, and without\""), "{article}");
    // Three themes are three pairs; other kinds that were tested do not count.
    let adjusted = fact(&article, "Adjusted");
    assert!(adjusted.contains("among the 3 tests of its kind run for this client"), "{adjusted}");
    assert!(adjusted.contains("up to 0.05 it may stand out") && adjusted.contains("up to 0.2 it may be chance"));
}

#[test]
fn words_have_the_two_shares_as_their_size() {
    let notes = (0..40u64).map(|at| {
        let body = if at == 4 || (at >= 26 && at % 5 != 1) { "The harbour again." } else { "A plain week." };
        session(at + 1, "a7", day(2026, 1, 5) + chrono::Days::new(7 * at), body)
    });
    let article = article(&practice_of(notes), "harbour");
    assert!(article.contains("in 11 of the last 14 sessions, and in 1 of the 26 before."), "{article}");
    assert_eq!(fact(&article, "Size"), "in 11 of 14 of the recent sessions, and in 1 of 26 before");
    assert!(!article.contains("log odds"));
}

#[test]
fn a_score_beside_a_theme_is_called_as_its_scale_is_called() {
    let notes = (0..40).map(|at: u64| {
        let with = at % 3 == 1;
        let mut one = tagged(at, &[("father", with)]);
        let value = [10.0, 12.0, 11.0, 9.0, 13.0, 10.0, 11.0][at as usize % 7] + if with { 6.0 } else { 0.0 };
        one.scores.push(Score { scale: "phq9".to_owned(), value, place: None });
        one
    });
    let article = article(&practice_of(notes), "in sessions with father");
    assert!(article.contains(" PHQ-9 from the neighbours’ mean") && !article.contains("phq9"), "{article}");
}

#[test]
fn what_is_of_the_present_work_is_on_the_page_however_much_was_found_before() {
    let names: Vec<String> = (0..26).map(|at| format!("theme{at:02}")).collect();
    let mut notes = Vec::new();
    for at in 0..32u64 {
        let mut one = weekly(at);
        let here = names.iter().filter(|_| at >= 16);
        one.themes.extend(here.map(|name| theme(name, ThemeSource::Tagged)));
        notes.push(one);
    }
    let ended = Details::Termination(Box::<Termination>::default());
    notes.push(Note { details: ended, ..note(900, Some("a7"), Kind::Termination, day(2026, 8, 20), "") });
    for at in 40..70u64 {
        notes.push(tagged(at, &[("harbour", at >= 54 && at != 60)]));
    }
    let edition = practice_of(notes);
    let patterns = page("/clients/a7/patterns/", &edition);
    let sentences: Vec<&str> = patterns.split("<p class=\"sentence\"><bdi>").skip(1).collect();
    assert!(sentences[0].starts_with("Harbour was noted"), "{}", sentences[0]);
    assert!(sentences.len() >= 24 && patterns.contains("more are not shown here"));
    let client = page("/clients/a7/", &edition);
    let aside = client.split("class=\"aside\"").nth(1).unwrap_or(&client);
    let harbour = aside.split("<a ").find(|link| link.contains("Harbour was noted")).unwrap();
    let href = harbour.split('"').nth(1).unwrap_or_default();
    let place = href.split_once('#').unwrap_or_else(|| panic!("{href}")).1;
    assert!(attributes(&patterns, "id").contains(&place), "{href}");
}

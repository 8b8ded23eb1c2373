//! The timeline of one client: lanes on one time axis, laid out for one SVG.
//!
//! In go a client's file and a stretch of days; out come coordinates, words and links. The lanes are stacked from top to
//! bottom here, each by its own module; the template only writes down what it is given.

mod axis;
mod bars;
mod life;
mod marks;
mod places;
mod scores;
mod sessions;
mod table;
mod theme_rows;

pub(crate) use axis::{Axis, Month, tenth};
pub(crate) use life::when;
pub(crate) use table::scores;

use super::note_name::note_name;
use crate::casebook::{CaseFile, Gap};
use crate::insight::Seen;
use crate::site::address::{Route, note_address};
use crate::site::course_range::is_written;
use crate::site::shown::Shown;
use crate::site::wording;
use chrono::NaiveDate;
use places::Standing;
use serde::Serialize;

/// Width of the drawing.
pub(crate) const WIDTH: f64 = 960.0;
/// Room for the names of the lanes.
pub(crate) const LEFT: f64 = 122.0;
/// Room for the names of bands.
pub(crate) const RIGHT: f64 = 130.0;
/// Longest name of a lane, in characters.
const LONGEST_NAME: usize = 17;
/// Where the first lane begins.
const TOP: f64 = 30.0;

/// Everything the drawing needs.
#[derive(Serialize)]
pub(crate) struct Lanes {
    width: f64,
    height: f64,
    left: f64,
    right_edge: f64,
    plot_width: f64,
    bottom: f64,
    /// First and last day of the axis, for choosing a part of it with a pointer.
    from: String,
    until: String,
    /// Where they stand.
    first_x: f64,
    last_x: f64,
    title: String,
    description: String,
    names: Vec<LaneName>,
    months: Vec<axis::Month>,
    breaks: Vec<Break>,
    boundaries: Vec<Boundary>,
    sessions: sessions::SessionLane,
    scores: Vec<scores::ScoreLane>,
    themes: Vec<theme_rows::ThemeRow>,
    more_themes: Vec<theme_rows::FoldedTheme>,
    places: Vec<places::PlaceMark>,
    tried: Vec<bars::Bar>,
    life: Vec<life::Diamond>,
    before: Vec<life::Elsewhere>,
    risk: Vec<marks::RiskMark>,
    papers: Vec<marks::PaperMark>,
    legend: Vec<LegendEntry>,
    table: table::Table,
}

/// A name at the left.
#[derive(Serialize)]
pub(crate) struct LaneName {
    y: f64,
    text: Shown,
    /// The whole name, where it is longer than what is drawn.
    whole: Option<Shown>,
    href: Option<String>,
}

/// A stretch without sessions.
#[derive(Serialize)]
struct Break {
    x: f64,
    width: f64,
    middle: f64,
    title: String,
}

/// Where an episode begins or ends.
#[derive(Serialize)]
struct Boundary {
    x: f64,
    text_x: f64,
    anchor: &'static str,
    words: &'static str,
}

/// One sign and what it means.
#[derive(Serialize)]
struct LegendEntry {
    sign: &'static str,
    words: &'static str,
}

/// Hands out room from top to bottom and keeps the names of what took it.
struct Stack {
    y: f64,
    names: Vec<LaneName>,
}

impl Stack {
    /// The top of a lane of a height, named at its middle; a gap follows it.
    fn lane(&mut self, name: &str, href: Option<String>, height: f64, gap: f64) -> f64 {
        let top = self.y;
        let (whole, text) = (Shown::new(name), Shown::short(name, LONGEST_NAME));
        let whole = Some(whole).filter(|whole| *whole != text);
        self.names.push(LaneName { y: tenth(top + height / 2.0 + 4.0), text, whole, href });
        self.y = top + height + gap;
        top
    }
}

impl Lanes {
    /// Leaves out the list of what came before, for a page that has its own.
    pub(crate) fn without_before(self) -> Self {
        Self { before: Vec::new(), ..self }
    }
}

/// Lays the timeline out, with the places of what was seen, if that is given. `None` when the stretch holds no note.
pub(crate) fn lanes(file: &CaseFile, axis: Axis, today: NaiveDate, seen: Option<&Seen>) -> Option<Lanes> {
    if !file.notes.iter().any(|note| axis.holds(note.date.day)) {
        return None;
    }
    let mut stack = Stack { y: TOP, names: Vec::new() };
    let mark = mark_width(file, &axis);
    let sessions = sessions::session_lane(file, &axis, &mut stack, mark, today);
    let standing = seen.map(|seen| Standing::new(file, seen));
    let scores = scores::score_lanes(file, &axis, &mut stack, mark, standing.as_ref());
    let (themes, more_themes) = theme_rows::theme_rows(file, &axis, &mut stack, mark);
    let places = standing.map_or(Vec::new(), |standing| standing.marks(&axis, &mut stack));
    let tried = bars::bars(file, &axis, &mut stack);
    let (life, before) = life::life(file, &axis, &mut stack);
    let risk = marks::risk_marks(file, &axis, &mut stack, mark);
    let papers = marks::paper_marks(file, &axis, &mut stack);
    let bottom = stack.y - 2.0;
    let mut legend = legend(&sessions, &themes, &tried, &life, (&risk, &papers));
    legend.extend(legend_of_findings(&scores, &places));
    Some(Lanes {
        width: WIDTH,
        height: bottom + 18.0,
        left: LEFT,
        right_edge: WIDTH - RIGHT,
        plot_width: WIDTH - LEFT - RIGHT,
        bottom,
        from: axis.from.to_string(),
        until: axis.until.to_string(),
        first_x: axis.x(axis.from),
        last_x: axis.x(axis.until),
        title: format!("Timeline of {}", file.code),
        description: description(&axis, &sessions, [scores.len(), themes.len(), tried.len(), life.len()]),
        months: ticks(file, &axis),
        breaks: breaks(file, &axis),
        boundaries: boundaries(file, &axis),
        table: table::table(file, &axis),
        names: stack.names,
        sessions,
        scores,
        themes,
        more_themes,
        places,
        tried,
        life,
        before,
        risk,
        papers,
        legend,
    })
}

/// The lines of the axis; a named month or year leads to its own timeline.
fn ticks(file: &CaseFile, axis: &Axis) -> Vec<axis::Month> {
    let mut ticks = axis.ticks();
    for tick in ticks.iter_mut().filter(|tick| tick.name.is_some()) {
        let days = tick.days.filter(|days| is_written(file, *days));
        tick.href = days.map(|(from, until)| Route::ClientDays(file.code.clone(), from, until).to_string());
    }
    ticks
}

/// How wide a mark may be so that neighbours do not touch.
fn mark_width(file: &CaseFile, axis: &Axis) -> f64 {
    let days: Vec<NaiveDate> = file.appointments.iter().map(|a| a.day).filter(|day| axis.holds(*day)).collect();
    let mut between: Vec<i64> =
        days.windows(2).map(|pair| (pair[1] - pair[0]).num_days()).filter(|days| *days > 0).collect();
    between.sort_unstable();
    let usual = between.get(between.len() / 4).copied().unwrap_or(7) as f64;
    tenth((usual * axis.day_width() * 0.82).clamp(1.4, 9.6))
}

fn breaks(file: &CaseFile, axis: &Axis) -> Vec<Break> {
    // Between two episodes the client was not in therapy: that is no break, and its ends carry their own words.
    let ended =
        |gap: &Gap| file.episodes.iter().any(|e| e.until.is_some_and(|day| day >= gap.after && day <= gap.until));
    let inside = file.gaps.iter().filter(|gap| gap.until > axis.from && gap.after < axis.until && !ended(gap));
    inside
        .map(|gap| {
            let edge = (axis.day_width() * 3.0).min(6.0);
            let (from, until) = (axis.x(gap.after.max(axis.from)) + edge, axis.x(gap.until.min(axis.until)) - edge);
            Break {
                x: tenth(from),
                width: tenth((until - from).max(1.0)),
                middle: tenth((from + until) / 2.0),
                title: format!(
                    "No session between {} and {}",
                    wording::short_day(gap.after),
                    wording::short_day(gap.until)
                ),
            }
        })
        .collect()
}

fn boundaries(file: &CaseFile, axis: &Axis) -> Vec<Boundary> {
    let mut found = Vec::new();
    for (at, episode) in file.episodes.iter().enumerate() {
        let begins = (at > 0).then_some((episode.from, "returned"));
        let ends = episode.until.map(|day| (day, "ended"));
        for (day, words) in begins.into_iter().chain(ends).filter(|(day, _)| axis.holds(*day)) {
            let x = axis.x(day);
            let before = words == "ended" || x > WIDTH - RIGHT - 60.0;
            found.push(Boundary {
                x,
                text_x: if before { x - 4.0 } else { x + 4.0 },
                anchor: if before { "end" } else { "start" },
                words,
            });
        }
    }
    found
}

fn legend(
    sessions: &sessions::SessionLane,
    themes: &[theme_rows::ThemeRow],
    tried: &[bars::Bar],
    life: &[life::Diamond],
    (risk, papers): (&[marks::RiskMark], &[marks::PaperMark]),
) -> Vec<LegendEntry> {
    let mut entries: Vec<LegendEntry> =
        sessions.signs().into_iter().map(|(sign, words)| LegendEntry { sign, words }).collect();
    let mut add = |shown: bool, sign, words| {
        if shown {
            entries.push(LegendEntry { sign, words });
        }
    };
    add(themes.iter().any(|row| row.has_tagged()), "■", "theme tagged");
    add(themes.iter().any(|row| row.has_mentioned()), "□", "mentioned only");
    add(!tried.is_empty(), "▬", "tried, first to last mention");
    add(!life.is_empty(), "◆", "life event (◇ roughly dated)");
    add(!risk.is_empty(), "▮", "risk as recorded: taller is higher");
    add(papers.iter().any(|mark| mark.look() == "consent"), "┬", "consent or release");
    add(papers.iter().any(|mark| mark.look() == "turn"), "⚑", "beginning, plan or ending");
    add(papers.iter().any(|mark| mark.look() == "paper"), "|", "other papers");
    entries
}

fn legend_of_findings(scores: &[scores::ScoreLane], places: &[places::PlaceMark]) -> Vec<LegendEntry> {
    let error = scores.iter().any(|lane| lane.has_error());
    let error = error.then_some(("▒", "measurement error: where two bands do not touch, the scores differ reliably"));
    let place = (!places.is_empty()).then_some(("▲", "where a finding has its place"));
    error.into_iter().chain(place).map(|(sign, words)| LegendEntry { sign, words }).collect()
}

/// What is drawn, in words for those who do not see it.
fn description(axis: &Axis, sessions: &sessions::SessionLane, [scales, themes, tried, life]: [usize; 4]) -> String {
    let shown = wording::count(sessions.len(), "appointment");
    let span = format!("from {} to {}", wording::day(axis.from), wording::day(axis.until));
    let parts = [
        wording::count(scales, "scale"),
        wording::count(themes, "theme"),
        wording::count(tried, "intervention"),
        wording::count(life, "life event"),
    ];
    format!("{shown} {span} with attendance, {}. The same as a table below.", wording::list(&parts))
}

/// What a mark's tooltip begins with: "Session 12 · 2 Mar 2026".
fn titled(file: &CaseFile, note: usize) -> Option<(String, String)> {
    let found = file.notes.get(note)?;
    let name = note_name(file, note);
    Some((format!("{} · {}", name.as_str(), wording::short_day(found.date.day)), note_address(found.id)))
}

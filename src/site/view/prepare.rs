//! The brief before a session, on one screen.

use super::client::{UnreadableRow, unreadable_of};
use crate::brief::{Brief, Item, Section, Topic, brief, news};
use crate::casebook::CaseFile;
use crate::site::address::{Route, client_address, note_address};
use crate::site::edition::Edition;
use crate::site::shown::Shown;
use crate::site::wording;
use serde::Serialize;
use std::sync::Arc;

/// Most rows of one section; the others stand behind a fold.
const ROWS: usize = 3;
/// Safety stands whole, as far as that can be.
const SAFETY_ROWS: usize = 10;
/// Longest row, in characters; the note behind it has the rest.
const LONGEST: usize = 150;
/// Longest row of what must be read whole.
const LONGEST_NEEDED: usize = 280;

/// About how many characters stand in a line of a column.
const LINE: usize = 62;

/// The page.
#[derive(Serialize)]
pub(crate) struct PrepareView {
    code: String,
    label: Option<Shown>,
    home: String,
    patterns: String,
    here: String,
    screen: String,
    course: String,
    next: Vec<Row>,
    unreadable: Vec<UnreadableRow>,
    columns: [Vec<SectionView>; 2],
}

#[derive(Serialize)]
struct SectionView {
    heading: &'static str,
    id: &'static str,
    /// Whether the client may read it too, on the screen beside them.
    for_two: bool,
    items: Vec<Row>,
    more: Vec<Row>,
}

/// One line; its note is behind it.
#[derive(Serialize)]
struct Row {
    text: Shown,
    href: Option<String>,
    day: Option<String>,
}

impl PrepareView {
    /// Makes the page.
    pub(crate) fn new(edition: &Edition, file: &Arc<CaseFile>) -> Self {
        let seen = edition.seen.of(file, edition.today);
        let brief = brief(file, edition.today, news(file, &seen));
        Self {
            code: file.code.to_string(),
            label: edition.label_of(file),
            home: client_address(&file.code),
            patterns: Route::Patterns(file.code.clone()).to_string(),
            here: Route::Prepare(file.code.clone()).to_string(),
            screen: Route::Screen(file.code.clone()).to_string(),
            course: Route::Course(file.code.clone(), None).to_string(),
            next: next(edition, &brief),
            unreadable: unreadable_of(edition, file),
            columns: columns(edition, &brief),
        }
    }
}

/// The sections in two columns of about the same height: where we stopped and what is promised at the left, safety at
/// the right, each other section where there is more room.
fn columns(edition: &Edition, brief: &Brief) -> [Vec<SectionView>; 2] {
    let mut columns = [Vec::new(), Vec::new()];
    let mut heights = [0, 0];
    for section in brief.sections.iter().filter(|section| section.topic != Topic::Next) {
        let view = section_view(edition, section);
        let side = match section.topic {
            Topic::Ended | Topic::Stopped | Topic::Mine | Topic::Theirs | Topic::Nobodys => 0,
            Topic::Safety => 1,
            _ => usize::from(heights[1] < heights[0]),
        };
        heights[side] += view.lines();
        columns[side].push(view);
    }
    columns
}

impl SectionView {
    /// About how many lines it takes, its heading and the space after it counted as two.
    fn lines(&self) -> usize {
        let rows: usize = self.items.iter().map(|row| row.text.as_str().chars().count().div_ceil(LINE)).sum();
        2 + rows + usize::from(!self.more.is_empty())
    }
}

/// What marks a section for the style sheet and for a jump from its heading.
fn id(topic: Topic) -> &'static str {
    match topic {
        Topic::Ended => "ended",
        Topic::Stopped => "stopped",
        Topic::Mine => "mine",
        Topic::Theirs => "theirs",
        Topic::Nobodys => "nobodys",
        Topic::Safety => "safety",
        Topic::Scores => "scores",
        Topic::Goals => "goals",
        Topic::NotWrittenAbout => "since",
        Topic::Dates => "dates",
        Topic::Findings => "findings",
        Topic::Next => "next",
    }
}

/// What was agreed or asked together. How the counselor rates risk, what was found and what fell silent are the
/// counselor's own thoughts, and for the counselor's eyes.
fn is_for_two(topic: Topic) -> bool {
    use Topic::*;
    match topic {
        Stopped | Mine | Theirs | Nobodys | Scores | Goals | Dates => true,
        Ended | Safety | NotWrittenAbout | Findings | Next => false,
    }
}

fn next(edition: &Edition, brief: &Brief) -> Vec<Row> {
    let items = brief.sections.iter().filter(|section| section.topic == Topic::Next).flat_map(|section| &section.items);
    items.map(|item| row(edition, item, LONGEST)).collect()
}

fn section_view(edition: &Edition, section: &Section) -> SectionView {
    let (most, longest) = match section.topic {
        Topic::Safety => (SAFETY_ROWS, LONGEST_NEEDED),
        Topic::Stopped => (ROWS, LONGEST_NEEDED),
        _ => (ROWS, LONGEST),
    };
    let mut items: Vec<Row> = section.items.iter().map(|item| row(edition, item, longest)).collect();
    let more = items.split_off(items.len().min(most));
    let for_two = is_for_two(section.topic);
    SectionView { heading: section.topic.heading(), id: id(section.topic), for_two, items, more }
}

fn row(edition: &Edition, item: &Item, longest: usize) -> Row {
    let day = item.source.map(|(_, day)| wording::near_day(day, edition.today));
    Row {
        text: Shown::short(item.text.reveal(), longest),
        href: item.source.map(|(id, _)| note_address(id)),
        // A day that the line itself names is not said twice.
        day: day.filter(|day| !item.text.reveal().contains(day.as_str())),
    }
}

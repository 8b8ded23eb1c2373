//! The brief: what a counselor wants to know in the minutes before a session.
//!
//! In go one client's file, a day, and what the finders have newly found; out come sections of short items, each with the
//! note it comes from. It counts and quotes. It never judges, forecasts or fills a gap: what is not written is said to be
//! not written. Items stand in full and in order of weight; how many fit is for whoever shows them.

mod goals;
mod homework;
mod near_dates;
mod news;
mod not_written_about;
mod promised;
mod prose;
mod safety;
mod scores;
mod sight;
mod stopped;
#[cfg(test)]
mod tests;

pub use news::news;

use crate::casebook::CaseFile;
use crate::domain::{Confidential, Note, NoteId, wording};
use chrono::NaiveDate;
use sight::Sight;

/// Most findings a brief holds.
const FINDINGS: usize = 2;

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// How the work before this ended, for one who returns.
    Ended,
    /// The last session and what was planned in it.
    Stopped,
    /// What the counselor promised.
    Mine,
    /// What the client promised, and homework.
    Theirs,
    /// What somebody promised.
    Nobodys,
    /// Risk as recorded, and whom to call.
    Safety,
    /// Scores beside the ones before.
    Scores,
    /// Goals that were not rated lately.
    Goals,
    /// What used to be written about and is not lately.
    NotWrittenAbout,
    /// Dates near today.
    Dates,
    /// Findings that are new since the last session.
    Findings,
    /// The next appointment.
    Next,
}

impl Topic {
    /// The heading over the section.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Ended => "How the work before this ended",
            Self::Stopped => "Where we stopped",
            Self::Mine => "Promised by me",
            Self::Theirs => "Promised by the client",
            Self::Nobodys => "Promised, nobody named",
            Self::Safety => "Safety, as recorded",
            Self::Scores => "Scores",
            Self::Goals => "Goals not rated lately",
            Self::NotWrittenAbout => "Not written about since",
            Self::Dates => "Dates near today",
            Self::Findings => "New since the last session",
            Self::Next => "Next appointment",
        }
    }
}

/// One line of a brief.
#[derive(Debug)]
pub struct Item {
    /// What it says. May hold words of a note.
    pub text: Confidential,
    /// The note it comes from and that note's day; nothing where no note says anything.
    pub source: Option<(NoteId, NaiveDate)>,
}

impl Item {
    /// An item that stands in a note.
    fn of(note: &Note, text: impl Into<String>) -> Self {
        Self { text: Confidential::new(text), source: Some((note.id, note.date.day)) }
    }

    /// An item about what no note says.
    fn unwritten(text: impl Into<String>) -> Self {
        Self { text: Confidential::new(text), source: None }
    }
}

/// Items under one heading; never empty.
#[derive(Debug)]
pub struct Section {
    /// What it is about.
    pub topic: Topic,
    /// What there is to say, weightiest first.
    pub items: Vec<Item>,
}

/// Everything worth knowing before a session.
#[derive(Debug)]
pub struct Brief {
    /// The sections that have something to say, in the order of reading.
    pub sections: Vec<Section>,
}

/// Writes the brief of one client for a day. Of `new_findings` (statement and the note it rests on most) the first two
/// are taken.
pub fn brief(file: &CaseFile, today: NaiveDate, new_findings: Vec<Item>) -> Brief {
    let sight = Sight::new(file, today);
    let (mine, theirs, nobodys) = promised::promised(&sight);
    let all = [
        (Topic::Ended, stopped::ended(&sight)),
        (Topic::Stopped, stopped::stopped(&sight)),
        (Topic::Mine, mine),
        (Topic::Theirs, theirs),
        (Topic::Nobodys, nobodys),
        (Topic::Safety, safety::safety(&sight)),
        (Topic::Scores, scores::scores(&sight)),
        (Topic::Goals, goals::goals(&sight)),
        (Topic::NotWrittenAbout, not_written_about::not_written_about(&sight)),
        (Topic::Dates, near_dates::near_dates(&sight)),
        (Topic::Findings, new_findings.into_iter().take(FINDINGS).collect()),
        (Topic::Next, next(&sight)),
    ];
    let sections = all.into_iter().filter(|(_, items)| !items.is_empty());
    Brief { sections: sections.map(|(topic, items)| Section { topic, items }).collect() }
}

/// The next appointment, with the note that sets it.
fn next(sight: &Sight<'_>) -> Vec<Item> {
    let (file, today) = (sight.file, sight.today);
    let mut sessions = file.appointments.iter().rev().filter_map(|appointment| file.notes.get(appointment.note));
    let noted_in = sessions.find(|note| note.session().is_some_and(|session| session.next.is_some()));
    let (Some(next), Some(note)) = (file.next_session(), noted_in) else {
        return vec![Item::unwritten("No next appointment is written.")];
    };
    let when = wording::moment(next, today);
    let text = if next.day < today {
        format!("{when} was planned; nothing is written about it.")
    } else {
        format!("{when} ({})", wording::distance(next.day, today))
    };
    vec![Item::of(note, text)]
}

//! One note as it was understood, beside what was not understood.
//!
//! In goes nothing: a note is made by the `notes` layer and never changed afterwards. Its words are [`Confidential`];
//! its problems never repeat them.

use super::{
    Amends, Callout, Class, ClientCode, Confidential, Details, Event, Kind, NoteDate, NoteId, Person, Problem, Score,
    Task, ThemeMark,
};

/// Where a note's date came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatedBy {
    /// `date:` in the front matter.
    FrontMatter,
    /// The kind's own key, such as `opened` or `signed_on`.
    KindKey,
    /// The name of the file it was made from.
    FileName,
    /// Its first heading.
    Heading,
    /// Nothing says it; this is when the file was last written.
    FileTime,
}

/// Whether a note may still be edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Not signed.
    #[default]
    Draft,
    /// Signed; amended, never overwritten.
    Signed,
}

impl Status {
    /// The word written in notes and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Signed => "signed",
        }
    }
}

/// Who signed a note and when.
#[derive(Debug)]
pub struct Signature {
    /// `signed_at`.
    pub at: Option<NoteDate>,
    /// `signed_by`.
    pub by: Option<Confidential>,
}

/// A key this program does not know, kept and shown as it stands.
#[derive(Debug)]
pub struct OtherKey {
    /// The key.
    pub key: Confidential,
    /// The value, written out in one line.
    pub value: Confidential,
    /// Where in the note the value stands.
    pub place: Option<super::Place>,
}

/// Where a note came from that was brought in.
#[derive(Debug, Default)]
pub struct Imported {
    /// Path of the file within what was brought in.
    pub from: Option<Confidential>,
    /// First 16 hex digits of the SHA-256 of the file as it was found.
    pub hash: Option<String>,
    /// The client it named, when it was brought in for another.
    pub client: Option<Confidential>,
}

/// Which note a text is a later save of that came while the vault was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateSave {
    /// The note.
    pub of: NoteId,
    /// Its version when the text was opened.
    pub rev: u64,
}

/// A note, understood as far as it can be.
#[derive(Debug)]
pub struct Note {
    /// Random, or derived from the place of a file made by hand.
    pub id: NoteId,
    /// Counts replacements, from 1.
    pub rev: Option<u64>,
    /// Whose note it is. Practice notes belong to nobody.
    pub client: Option<ClientCode>,
    /// By the folder it stands in.
    pub class: Class,
    /// What sort of note.
    pub kind: Kind,
    /// The local day, perhaps with a time.
    pub date: NoteDate,
    /// Where the date came from.
    pub dated_by: DatedBy,
    /// `title:` or nothing.
    pub title: Option<Confidential>,
    /// `author:`.
    pub author: Option<Confidential>,
    /// When it was written, if later than the service.
    pub written: Option<NoteDate>,
    /// Draft or signed.
    pub status: Status,
    /// Who signed it, when signed.
    pub signature: Option<Signature>,
    /// The note it amends.
    pub amends: Option<Amends>,
    /// Other clients who took part.
    pub participants: Vec<ClientCode>,
    /// Themes from front matter and prose, each once, in order of first mention.
    pub themes: Vec<ThemeMark>,
    /// People from front matter and prose, each once.
    pub people: Vec<Person>,
    /// Life events.
    pub events: Vec<Event>,
    /// Totals of scales, each once.
    pub scores: Vec<Score>,
    /// Lines with a box.
    pub tasks: Vec<Task>,
    /// Callouts.
    pub callouts: Vec<Callout>,
    /// Whether the record must be kept whatever retention says.
    pub legal_hold: bool,
    /// What the kind asks for.
    pub details: Details,
    /// Where it came from, when it was brought in.
    pub imported: Option<Imported>,
    /// Set in a text that was saved while the vault was locked.
    pub late_save: Option<LateSave>,
    /// Keys this program does not know.
    pub other: Vec<OtherKey>,
    /// The whole text: UTF-8, `\n` line ends, no padding.
    pub text: Confidential,
    /// Byte offset in [`Note::text`] at which the Markdown body begins.
    pub body_at: usize,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl Note {
    /// The Markdown after the front matter.
    pub fn body(&self) -> &str {
        self.text.reveal().get(self.body_at..).unwrap_or_default()
    }

    /// The client's session details, when the note is a session.
    pub fn session(&self) -> Option<&super::Session> {
        match &self.details {
            Details::Session(session) => Some(session),
            _ => None,
        }
    }
}

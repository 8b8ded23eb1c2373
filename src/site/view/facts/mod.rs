//! What the front matter of a note says, as a list of names and values.
//!
//! In goes a note; out come facts in the order a reader looks for them: first what its kind holds, then what all notes
//! share, last the keys this program does not know. A client's name and contact are left out: no page shows them.

mod care;
mod paperwork;
mod practice;
mod session;

use crate::casebook::Casebook;
use crate::domain::{ClientCode, Confidential, Details, Note, NoteDate, NoteId, ThemeSource};
use crate::site::address::{client_address, note_address, theme_address};
use crate::site::shown::Shown;
use crate::site::wording;
use serde::Serialize;

/// Longest value, in characters; the note itself holds the rest.
const LONGEST: usize = 600;
/// Most values of one name.
const MOST: usize = 40;

/// A name and its values.
#[derive(Serialize)]
pub(crate) struct Fact {
    name: Shown,
    values: Vec<Value>,
}

/// One value, perhaps a link.
#[derive(Serialize)]
struct Value {
    text: Shown,
    aside: Option<Shown>,
    href: Option<String>,
}

/// Everything the front matter says.
pub(crate) fn facts(note: &Note, casebook: &Casebook) -> Vec<Fact> {
    let mut list = FactList { facts: Vec::new(), casebook };
    match &note.details {
        Details::Session(session) => list.session(session),
        Details::Process(process) => list.process(process),
        Details::Risk(risk) => list.risk(risk),
        Details::Client(profile) => list.client(profile),
        Details::Intake(intake) => list.intake(intake),
        Details::Plan(plan) => list.plan(plan),
        Details::Termination(termination) => list.termination(termination),
        Details::Contact(contact) => list.contact(contact),
        Details::Letter(letter) => list.letter(letter),
        Details::Consent(consent) => list.consent(consent),
        Details::Release(release) => list.release(release),
        Details::Disclosure(disclosure) => list.disclosure(disclosure),
        Details::Recording(recording) => list.recording(recording),
        Details::Request(request) => list.request(request),
        Details::Supervision(meeting) | Details::Consultation(meeting) => list.meeting(meeting),
        Details::Incident(incident) => list.incident(incident),
        Details::Placement(placement) => list.placement(placement),
        Details::Will(will) => list.will(will),
        Details::Words(words) => list.words(words),
        Details::Scales(scales) => list.scales(scales),
        Details::Nothing => {}
    }
    list.shared(note);
    list.facts
}

/// Facts as they are gathered. Empty values leave no fact.
struct FactList<'a> {
    facts: Vec<Fact>,
    casebook: &'a Casebook,
}

impl FactList<'_> {
    fn values(&mut self, name: &str, values: Vec<Value>) {
        if !values.is_empty() {
            self.facts.push(Fact { name: Shown::short(name, 40), values: values.into_iter().take(MOST).collect() });
        }
    }

    /// Words of this program.
    fn fixed(&mut self, name: &str, text: Option<impl ToString>) {
        self.values(name, text.map(|text| plain(&text.to_string())).into_iter().collect());
    }

    /// Words of the note.
    fn words_of(&mut self, name: &str, text: Option<&Confidential>) {
        self.values(name, text.map(|text| plain(text.reveal())).into_iter().collect());
    }

    /// Several words of the note.
    fn list_of(&mut self, name: &str, texts: &[Confidential]) {
        self.values(name, texts.iter().map(|text| plain(text.reveal())).collect());
    }

    fn date(&mut self, name: &str, date: Option<NoteDate>) {
        self.fixed(
            name,
            date.map(|date| match date.time {
                Some(time) => format!("{}, {}", wording::day(date.day), time.format("%H:%M")),
                None => wording::day(date.day),
            }),
        );
    }

    fn yes_or_no(&mut self, name: &str, value: Option<bool>) {
        self.fixed(name, value.map(|yes| if yes { "yes" } else { "no" }));
    }

    fn minutes(&mut self, name: &str, minutes: Option<u32>) {
        self.fixed(name, minutes.map(|minutes| wording::count(minutes as usize, "minute")));
    }

    fn note(&mut self, name: &str, id: Option<NoteId>) {
        let Some(id) = id else { return };
        let href = self.casebook.note(id).map(|note| note_address(note.id));
        let text = if href.is_some() { "the note" } else { "a note that is not here" };
        self.values(name, vec![Value { text: Shown::new(text), aside: Some(Shown::new(id.as_str())), href }]);
    }

    fn clients(&mut self, name: &str, codes: &[ClientCode]) {
        let link = |code: &ClientCode| Value {
            text: Shown::new(code.as_str()),
            aside: None,
            href: self.casebook.client(code).map(|file| client_address(&file.code)),
        };
        let values = codes.iter().map(link).collect();
        self.values(name, values);
    }

    /// What all kinds share.
    fn shared(&mut self, note: &Note) {
        self.scores(note);
        self.themes(note);
        let people = note.people.iter().map(|person| plain(person.shown())).collect();
        self.values("People", people);
        let events = note.events.iter().map(|event| with(event.what.reveal(), Some(event.written.reveal()))).collect();
        self.values("Life events", events);
        self.clients("Others present", &note.participants);
        self.words_of("Author", note.author.as_ref());
        self.date("Written", note.written);
        if let Some(signature) = &note.signature {
            self.date("Signed", signature.at);
            self.words_of("Signed by", signature.by.as_ref());
        }
        if let Some(amends) = &note.amends {
            self.fixed("Amendment", amends.amendment.map(|amendment| amendment.word()));
            self.words_of("Reason", amends.reason.as_ref());
        }
        self.fixed("Legal hold", note.legal_hold.then_some("yes, kept whatever retention says"));
        // A score of the practice's own scale stands among the scores.
        let is_score = |key: &Confidential| self.casebook.scales().find(key.reveal()).is_some();
        for other in note.other.iter().filter(|other| !is_score(&other.key)) {
            self.values(other.key.reveal(), vec![plain(other.value.reveal())]);
        }
    }

    fn scores(&mut self, note: &Note) {
        let scales = self.casebook.scales();
        let value = |score: &crate::domain::Score| {
            let band = scales.find(&score.scale).and_then(|scale| scale.band(score.value));
            let total = format!("{} {}", scales.name(&score.scale), wording::points(score.value));
            with(&total, band.map(|band| band.label.as_str()))
        };
        let values = scales.scores_of(note).iter().map(value).collect();
        self.values("Scores", values);
    }

    fn themes(&mut self, note: &Note) {
        let file = note.client.as_ref().and_then(|code| self.casebook.client(code));
        let has_page =
            |theme: &crate::domain::Theme| file.is_some_and(|file| file.themes.iter().any(|line| line.theme == *theme));
        let value = |mark: &crate::domain::ThemeMark| Value {
            text: Shown::short(mark.theme.shown(), 60),
            aside: match (mark.source, mark.intensity) {
                (ThemeSource::Mentioned, _) => Some(Shown::new("mentioned")),
                (ThemeSource::Tagged, Some(strength)) => Some(Shown::new(&format!("{strength} of 5"))),
                (ThemeSource::Tagged, None) => None,
            },
            href: has_page(&mark.theme).then(|| theme_address(&mark.theme)),
        };
        let values = note.themes.iter().map(value).collect();
        self.values("Themes", values);
    }
}

fn plain(text: &str) -> Value {
    with(text, None)
}

fn with(text: &str, aside: Option<&str>) -> Value {
    Value { text: Shown::short(text, LONGEST), aside: aside.map(|aside| Shown::short(aside, 120)), href: None }
}

//! Keys that every note may have.

use super::Source;
use super::fields::{Fields, decimal};
use super::node::{Entry, Node, Value};
use crate::domain::{
    Amendment, Amends, ClientCode, Confidential, Event, Imported, Kind, LateSave, NoteDate, Person, Place, Problem,
    RoughDate, Signature, Status, Theme, ThemeMark, ThemeSource,
};

/// The values of those keys.
pub(super) struct CommonKeys {
    pub(super) rev: Option<u64>,
    pub(super) client: Option<ClientCode>,
    pub(super) title: Option<Confidential>,
    pub(super) author: Option<Confidential>,
    pub(super) written: Option<NoteDate>,
    pub(super) status: Status,
    pub(super) signature: Option<Signature>,
    pub(super) amends: Option<Amends>,
    pub(super) participants: Vec<ClientCode>,
    pub(super) themes: Vec<ThemeMark>,
    pub(super) people: Vec<Person>,
    pub(super) events: Vec<Event>,
    pub(super) legal_hold: bool,
    pub(super) imported: Option<Imported>,
    pub(super) late_save: Option<LateSave>,
}

/// Takes them. `marks` are the themes and people of the body.
pub(super) fn take(
    fields: &Fields<'_>,
    kind: &Kind,
    source: &Source<'_>,
    marks: (Vec<Theme>, Vec<Person>),
) -> CommonKeys {
    check_id(fields, source);
    let status = fields.word("status", status, &["draft", "signed"]).unwrap_or_default();
    // A release's own `signed_by` names who signed the release, not who signed the note.
    let signed_by = if *kind == Kind::Release { None } else { fields.text("signed_by") };
    let signed_at = fields.date("signed_at");
    let _aliases = fields.texts("aliases");
    CommonKeys {
        rev: fields.whole("rev").map(u64::from),
        client: client(fields, source),
        title: fields.text("title"),
        author: fields.text("author"),
        written: fields.date("written"),
        status,
        signature: (status == Status::Signed).then_some(Signature { at: signed_at, by: signed_by }),
        amends: amends(fields),
        participants: fields.clients("participants"),
        themes: themes(fields, marks.0),
        people: people(fields, marks.1),
        events: fields.list("events").map(|node| event(fields, node)).collect(),
        legal_hold: fields.yes("legal_hold").unwrap_or(false),
        imported: imported(fields),
        late_save: late_save(fields),
    }
}

fn imported(fields: &Fields<'_>) -> Option<Imported> {
    let from = fields.text("imported_from");
    let hash = fields.text("imported_hash").map(|hash| hash.reveal().to_owned());
    let client = fields.text("imported_client");
    let _written = fields.take("imported_written");
    (from.is_some() || hash.is_some()).then_some(Imported { from, hash, client })
}

fn late_save(fields: &Fields<'_>) -> Option<LateSave> {
    let rev = fields.whole("late_save_rev").map(u64::from);
    let place = fields.place_of("late_save_of").unwrap_or(Place::new(1, 1));
    let of = fields.note_id("late_save_of")?;
    fields.report(
        Problem::info("late-save", "this is a later save of another note, made while the vault was locked").at(place).fix(
            "`throughline open` or `desk` puts it in that note's place; if that note changed since, compare both and remove one",
        ),
    );
    Some(LateSave { of, rev: rev? })
}

fn status(word: &str) -> Option<Status> {
    [Status::Draft, Status::Signed].into_iter().find(|status| status.word().eq_ignore_ascii_case(word.trim()))
}

/// Whoever holds a file can rename, swap or return it, so the note repeats its id and a difference is said.
fn check_id(fields: &Fields<'_>, source: &Source<'_>) {
    let place = fields.place_of("id").unwrap_or(Place::new(1, 1));
    let Some(id) = fields.text("id") else { return };
    if id.reveal().trim() != source.id.as_str() {
        fields.report(
            Problem::error(
                "id-differs",
                "the note carries another id than its file's name: the file was renamed, copied or swapped",
            )
            .at(place)
            .fix("compare it with the other copy, or with a backup"),
        );
    }
}

fn client(fields: &Fields<'_>, source: &Source<'_>) -> Option<ClientCode> {
    let place = fields.place_of("client").unwrap_or(Place::new(1, 1));
    let said = fields.client("client");
    let Some(folder) = source.client else { return said };
    if said.is_some_and(|said| said != *folder) {
        fields.report(
            Problem::error(
                "client-differs",
                format!("the note names another client than its folder `{folder}`; the folder counts"),
            )
            .at(place)
            .fix("move the file, or correct `client`"),
        );
    }
    Some(folder.clone())
}

fn amends(fields: &Fields<'_>) -> Option<Amends> {
    let amendment = fields.word("amendment", Amendment::parse, &["addendum", "correction", "late-entry"]);
    let note = fields.note_id("amends")?;
    let reason = fields.text("reason");
    Some(Amends { note, amendment, reason })
}

/// `themes` and `tags`, each a list, words with commas, or a mapping to an intensity; then the marks of the body.
fn themes(fields: &Fields<'_>, marks: Vec<Theme>) -> Vec<ThemeMark> {
    let mut found: Vec<ThemeMark> = Vec::new();
    let mut add = |theme: Theme, intensity: Option<u8>| match found.iter_mut().find(|mark| mark.theme == theme) {
        Some(mark) => mark.intensity = mark.intensity.or(intensity),
        None => found.push(ThemeMark { theme, intensity, source: ThemeSource::Tagged }),
    };
    for key in ["themes", "theme", "tags", "keywords"] {
        match fields.take(key) {
            Some(Node { value: Value::Map(entries), .. }) => {
                for entry in entries {
                    if let Some(theme) = named_theme(&entry.key) {
                        add(theme, intensity(fields, entry));
                    }
                }
            }
            Some(Node { value: Value::List(items), .. }) => {
                items.iter().filter_map(|item| named_theme(item.scalar()?)).for_each(|theme| add(theme, None));
            }
            Some(node) => {
                let words = node.scalar().unwrap_or_default().split(',');
                words.filter_map(named_theme).for_each(|theme| add(theme, None));
            }
            None => {}
        }
    }
    marks.into_iter().for_each(|theme| add(theme, None));
    found
}

/// A theme as written in front matter: perhaps with `#`, perhaps as an Obsidian link.
fn named_theme(written: &str) -> Option<Theme> {
    let name = written.trim().trim_start_matches('#').trim_start_matches("[[").trim_end_matches("]]");
    Theme::new(name.split('|').next_back().unwrap_or(name))
}

fn intensity(fields: &Fields<'_>, entry: &Entry) -> Option<u8> {
    if entry.node.is_blank() {
        return None;
    }
    let value = entry.node.scalar().and_then(decimal).filter(|value| (0.0..=5.0).contains(value));
    if value.is_none() {
        fields.report(
            Problem::error("key-value", "a theme's intensity should be a number from 0 to 5").at(entry.node.place),
        );
    }
    value.map(|value| value.round() as u8)
}

fn people(fields: &Fields<'_>, marks: Vec<Person>) -> Vec<Person> {
    let mut found: Vec<Person> = Vec::new();
    let named = fields.texts("people");
    let named = named.iter().filter_map(|name| {
        Person::new(name.reveal().trim().trim_start_matches('@').trim_start_matches("[[").trim_end_matches("]]"))
    });
    for person in named.chain(marks) {
        if !found.contains(&person) {
            found.push(person);
        }
    }
    found
}

fn event(fields: &Fields<'_>, node: &Node) -> Event {
    let inner = fields.inner(node);
    let (date, written) = inner.rough_date("date").unwrap_or((RoughDate::Unplaced, Confidential::new("")));
    let what = inner.text("what").unwrap_or_else(|| Confidential::new(node.in_one_line()));
    Event { date, written, what }
}

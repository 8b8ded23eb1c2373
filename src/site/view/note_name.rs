//! What a note is called in lists: "Session 56", "Intake", "Letter".

use crate::casebook::CaseFile;
use crate::domain::{Kind, Note};
use crate::site::shown::Shown;
use crate::site::wording;

/// The name of a note of a client's record, by its index.
pub(crate) fn note_name(file: &CaseFile, at: usize) -> Shown {
    let Some(note) = file.notes.get(at) else { return Shown::new("Note") };
    let found = file.appointments.binary_search_by_key(&at, |appointment| appointment.note).ok();
    match found.and_then(|index| file.appointments.get(index)) {
        Some(appointment) => Shown::new(&format!("Session {}", appointment.number)),
        None => kind_name(note),
    }
}

/// The name of a note by its kind alone. An unknown kind is a word of the note.
pub(crate) fn kind_name(note: &Note) -> Shown {
    match (&note.kind, wording::kind(&note.kind)) {
        (_, Some(words)) => Shown::new(words),
        (Kind::Other(word), None) if !word.trim().is_empty() => {
            let mut letters = word.trim().chars();
            let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
            Shown::short(&format!("{first}{}", letters.as_str()), 40)
        }
        _ => Shown::new("Note"),
    }
}

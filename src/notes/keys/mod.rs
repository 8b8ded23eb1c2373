//! The keys of each kind, taken as typed values.
//!
//! In go fields, out come [`Details`]. Each file covers the kinds of the `domain::details` file of the same name.

mod care;
mod paperwork;
mod practice;
mod safety;
mod scales;
mod session;

use super::fields::Fields;
use crate::domain::{Details, Kind};

/// Takes the keys of a kind.
pub(super) fn details(kind: &Kind, fields: &Fields<'_>, body: &str) -> Details {
    match kind {
        Kind::Client => Details::Client(Box::new(care::client(fields))),
        Kind::Intake => Details::Intake(Box::new(care::intake(fields))),
        Kind::Session => Details::Session(Box::new(session::session(fields))),
        Kind::Plan => Details::Plan(Box::new(care::plan(fields))),
        Kind::Risk => Details::Risk(Box::new(safety::risk(fields))),
        Kind::Contact => Details::Contact(Box::new(paperwork::contact(fields))),
        Kind::Letter => Details::Letter(Box::new(paperwork::letter(fields))),
        Kind::Consent => Details::Consent(Box::new(paperwork::consent(fields))),
        Kind::Release => Details::Release(Box::new(paperwork::release(fields))),
        Kind::Disclosure => Details::Disclosure(Box::new(paperwork::disclosure(fields))),
        Kind::Recording => Details::Recording(Box::new(paperwork::recording(fields))),
        Kind::Request => Details::Request(Box::new(paperwork::request(fields))),
        Kind::Supervision => Details::Supervision(Box::new(practice::meeting(fields))),
        Kind::Consultation => Details::Consultation(Box::new(practice::meeting(fields))),
        Kind::Termination => Details::Termination(Box::new(care::termination(fields))),
        Kind::Process => Details::Process(Box::new(session::process(fields))),
        Kind::Incident => Details::Incident(Box::new(practice::incident(fields))),
        Kind::Placement => Details::Placement(Box::new(practice::placement(fields))),
        Kind::Will => Details::Will(Box::new(practice::will(fields))),
        Kind::Words => Details::Words(practice::words(fields, body)),
        Kind::Scales => Details::Scales(scales::scales(fields)),
        Kind::Measure | Kind::Addendum | Kind::Rules | Kind::Other(_) => Details::Nothing,
    }
}

/// The words of a closed list, for messages.
macro_rules! words_of {
    ($type:ty) => {
        &<$type>::ALL.iter().map(|value| value.word()).collect::<Vec<_>>()
    };
}
use words_of;

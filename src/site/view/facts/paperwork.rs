//! Facts of consents, releases, disclosures, contacts, letters, recordings and requests.

use super::FactList;
use crate::domain::{Consent, Contact, Disclosure, Letter, Recording, Release, Request};
use crate::site::wording;

impl FactList<'_> {
    pub(super) fn consent(&mut self, consent: &Consent) {
        let scope: Vec<String> = consent.scope.iter().map(|scope| scope.word().replace('-', " ")).collect();
        self.fixed("For", Some(wording::list(&scope)).filter(|text| !text.is_empty()));
        self.date("Given", consent.given_on);
        self.list_of("By", &consent.given_by);
        self.words_of("Guardian", consent.guardian.as_ref());
        self.words_of("How", consent.method.as_ref());
        self.date("Explained", consent.explained_on);
        self.yes_or_no("Counselor consented", consent.counselor_consented);
        self.date("Ends", consent.expires);
        self.date("Go through it again by", consent.review_by);
        self.date("Withdrawn", consent.withdrawn_on);
        self.words_of("Paper", consent.document.as_ref());
    }

    pub(super) fn release(&mut self, release: &Release) {
        self.words_of("To", release.recipient.as_ref());
        self.words_of("From", release.discloser.as_ref());
        self.list_of("What", &release.information);
        self.words_of("What for", release.purpose.as_ref());
        self.fixed("Direction", release.direction.map(|direction| direction.word()));
        self.date("Signed", release.signed_on);
        self.words_of("Signed by", release.signed_by.as_ref());
        self.words_of("May sign because", release.representative_authority.as_ref());
        self.words_of("How", release.method.as_ref());
        self.date("Ends", release.expires);
        self.words_of("Ends with", release.expires_event.as_ref());
        self.date("Revoked", release.revoked_on);
        self.yes_or_no("Covers process notes", release.process_notes);
        let said = release.statements;
        let statements: Vec<String> =
            [(said.revoke, "revocation"), (said.conditioning, "conditioning"), (said.redisclosure, "redisclosure")]
                .into_iter()
                .filter(|(there, _)| *there)
                .map(|(_, words)| words.to_owned())
                .collect();
        self.fixed("States", Some(wording::list(&statements)).filter(|text| !text.is_empty()));
        self.words_of("Paper", release.document.as_ref());
    }

    pub(super) fn disclosure(&mut self, disclosure: &Disclosure) {
        self.words_of("To", disclosure.recipient.as_ref());
        self.list_of("What", &disclosure.information);
        self.words_of("What for", disclosure.purpose.as_ref());
        self.fixed("On the ground of", disclosure.basis.map(|basis| basis.word().replace('-', " ")));
        self.note("Release", disclosure.release);
        self.words_of("How", disclosure.method.as_ref());
        self.fixed("Client told", disclosure.client_informed.map(|informed| informed.word()));
        self.words_of("Why not told", disclosure.why_not_informed.as_ref());
        self.list_of("Consulted", &disclosure.consulted);
    }

    pub(super) fn contact(&mut self, contact: &Contact) {
        self.words_of("With", contact.with.as_ref());
        self.words_of("Direction", contact.direction.as_ref());
        self.words_of("By", contact.channel.as_ref());
        self.minutes("Lasted", contact.minutes);
        self.words_of("What for", contact.purpose.as_ref());
        self.words_of("In short", contact.summary.as_ref());
        self.note("Release", contact.release);
    }

    pub(super) fn letter(&mut self, letter: &Letter) {
        self.words_of("To", letter.recipient.as_ref());
        self.words_of("What for", letter.purpose.as_ref());
    }

    pub(super) fn recording(&mut self, recording: &Recording) {
        self.words_of("What for", recording.purpose.as_ref());
        self.words_of("Consent", recording.consent.as_ref());
        self.words_of("Medium", recording.medium.as_ref());
        self.words_of("Where", recording.location.as_ref());
        self.date("Delete by", recording.delete_by);
        self.fixed("Delete after", recording.delete_after.map(|event| event.word()));
        self.list_of("Looked at by", &recording.reviewers);
        self.date("Looked at", recording.reviewed_on);
        self.words_of("Placement", recording.placement.as_ref());
        self.date("Deleted", recording.deleted_on);
        self.words_of("How deleted", recording.deletion_method.as_ref());
        self.words_of("Deleted by", recording.deleted_by.as_ref());
    }

    pub(super) fn request(&mut self, request: &Request) {
        self.fixed("Asks for", request.sort.map(|sort| sort.word()));
        self.words_of("From", request.from.as_ref());
        self.date("Received", request.received_on);
        self.date("Answer due", request.due_on);
        self.date("Extended to", request.extended_to);
        self.date("Answered", request.answered_on);
        self.words_of("Outcome", request.outcome.as_ref());
        self.words_of("Rationale", request.rationale.as_ref());
    }
}

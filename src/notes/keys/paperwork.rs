//! Keys of consents, releases, disclosures, contacts, letters, recordings and requests.

use super::words_of;
use crate::domain::{
    Basis, Consent, ConsentScope, Contact, DeleteAfter, Disclosure, Exchange, Informed, Letter, Recording, Release,
    Request, RequestType, Statements,
};
use crate::notes::fields::Fields;
use crate::notes::node::{Node, Value};

pub(super) fn consent(fields: &Fields<'_>) -> Consent {
    Consent {
        scope: fields.words("scope", ConsentScope::parse, words_of!(ConsentScope)),
        given_on: fields.date("given_on"),
        given_by: fields.texts("given_by"),
        method: fields.text("method"),
        explained_on: fields.date("explained_on"),
        counselor_consented: fields.yes("counselor_consented"),
        expires: fields.date("expires"),
        review_by: fields.date("review_by"),
        withdrawn_on: fields.date("withdrawn_on"),
        guardian: fields.text("guardian"),
        document: fields.text("document"),
    }
}

pub(super) fn release(fields: &Fields<'_>) -> Release {
    Release {
        signed_on: fields.date("signed_on"),
        signed_by: fields.text("signed_by"),
        discloser: fields.text("discloser"),
        recipient: fields.text("recipient"),
        information: fields.texts("information"),
        purpose: fields.text("purpose"),
        expires: fields.date("expires"),
        expires_event: fields.text("expires_event"),
        direction: fields.word("direction", Exchange::parse, words_of!(Exchange)),
        method: fields.text("method"),
        representative_authority: fields.text("representative_authority"),
        statements: statements(fields),
        process_notes: fields.yes("process_notes"),
        revoked_on: fields.date("revoked_on"),
        document: fields.text("document"),
    }
}

/// Either a list of words, or a mapping of words to `true`.
fn statements(fields: &Fields<'_>) -> Statements {
    let Some(node) = fields.take("statements") else { return Statements::default() };
    let holds = |word: &str| match &node.value {
        Value::List(items) => {
            items.iter().any(|item| item.scalar().is_some_and(|text| text.eq_ignore_ascii_case(word)))
        }
        Value::Map(entries) => entries.iter().any(|entry| {
            entry.key.trim().eq_ignore_ascii_case(word)
                && entry
                    .node
                    .scalar()
                    .is_some_and(|text| !matches!(text.to_lowercase().as_str(), "false" | "no" | "off"))
        }),
        Value::Scalar(text) => text.split([',', ' ']).any(|part| part.eq_ignore_ascii_case(word)),
        Value::Null => false,
    };
    Statements { revoke: holds("revoke"), conditioning: holds("conditioning"), redisclosure: holds("redisclosure") }
}

pub(super) fn disclosure(fields: &Fields<'_>) -> Disclosure {
    Disclosure {
        recipient: fields.text("recipient"),
        information: fields.texts("information"),
        purpose: fields.text("purpose"),
        basis: fields.word("basis", Basis::parse, words_of!(Basis)),
        release: fields.note_id("release"),
        method: fields.text("method"),
        client_informed: fields.word("client_informed", Informed::parse, words_of!(Informed)),
        why_not_informed: fields.text("why_not_informed"),
        consulted: fields.list("consulted").map(Node::in_one_line).map(crate::domain::Confidential::new).collect(),
    }
}

pub(super) fn contact(fields: &Fields<'_>) -> Contact {
    Contact {
        with: fields.text("with"),
        direction: fields.text("direction"),
        channel: fields.text("channel"),
        release: fields.note_id("release"),
        purpose: fields.text("purpose"),
        summary: fields.text("summary"),
        minutes: fields.whole("minutes"),
    }
}

pub(super) fn letter(fields: &Fields<'_>) -> Letter {
    Letter { recipient: fields.text("recipient"), purpose: fields.text("purpose") }
}

pub(super) fn recording(fields: &Fields<'_>) -> Recording {
    Recording {
        purpose: fields.text("purpose"),
        consent: fields.text("consent"),
        delete_by: fields.date("delete_by"),
        delete_after: fields.word("delete_after", DeleteAfter::parse, words_of!(DeleteAfter)),
        medium: fields.text("medium"),
        location: fields.text("location"),
        reviewers: fields.texts("reviewers"),
        reviewed_on: fields.date("reviewed_on"),
        placement: fields.text("placement"),
        deleted_on: fields.date("deleted_on"),
        deletion_method: fields.text("deletion_method"),
        deleted_by: fields.text("deleted_by"),
    }
}

pub(super) fn request(fields: &Fields<'_>) -> Request {
    Request {
        received_on: fields.date("received_on"),
        sort: fields.word("type", RequestType::parse, words_of!(RequestType)),
        from: fields.text("from"),
        due_on: fields.date("due_on"),
        extended_to: fields.date("extended_to"),
        outcome: fields.text("outcome"),
        answered_on: fields.date("answered_on"),
        rationale: fields.text("rationale"),
    }
}

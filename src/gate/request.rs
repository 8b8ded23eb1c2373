//! A head's bytes as method, address and fields.
//!
//! In: one complete head. Out: [`Request`], borrowing from it. It never judges what the fields say (that is the
//! [`guard`](super::guard)'s), and it never keeps a head whose reading is open to argument.

use super::limits::{MOST_FIELDS, MOST_TARGET};
use super::refusal::Refusal;

/// What a request wants done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// Read.
    Get,
    /// Read, without the body.
    Head,
    /// Send a form.
    Post,
    /// Anything else; methods are case-sensitive.
    Other,
}

/// One parsed head.
#[derive(Debug)]
pub(super) struct Request<'h> {
    /// What it wants done.
    pub(super) method: Method,
    /// The address as sent: printable ASCII, not yet known to be a path.
    pub(super) target: &'h str,
    fields: Vec<(&'h str, &'h [u8])>,
}

impl<'h> Request<'h> {
    /// Parses a complete head.
    pub(super) fn parse(head: &'h [u8]) -> Result<Self, Refusal> {
        let mut space = [httparse::EMPTY_HEADER; MOST_FIELDS];
        let mut parsed = httparse::Request::new(&mut space);
        match parsed.parse(head) {
            Ok(httparse::Status::Complete(length)) if length == head.len() => {}
            Err(httparse::Error::TooManyHeaders) => return Err(Refusal::HeadTooLarge),
            _ => return Err(Refusal::Malformed),
        }
        let (Some(method), Some(target)) = (parsed.method, parsed.path) else { return Err(Refusal::Malformed) };
        if target.len() > MOST_TARGET {
            return Err(Refusal::TargetTooLong);
        }
        // httparse lets UTF-8 through; an address here is ASCII, and a fragment is never sent.
        if !target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') {
            return Err(Refusal::Malformed);
        }
        let method = match method {
            "GET" => Method::Get,
            "HEAD" => Method::Head,
            "POST" => Method::Post,
            _ => Method::Other,
        };
        let fields = parsed.headers.iter().map(|field| (field.name, field.value.trim_ascii())).collect();
        Ok(Self { method, target, fields })
    }

    /// Whether a field is there at all.
    pub(super) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The field's value if it is there once; refused when it is there twice, since it is anyone's guess which one
    /// another reader would take.
    pub(super) fn sole(&self, name: &str) -> Result<Option<&'h [u8]>, Refusal> {
        let mut values = self.all(name);
        let first = values.next();
        if values.next().is_some() { Err(Refusal::Malformed) } else { Ok(first) }
    }

    /// Every value of a field.
    pub(super) fn all<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'h [u8]> + 'r {
        self.fields.iter().filter(move |(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    /// The address without its query.
    pub(super) fn path(&self) -> &'h str {
        self.target.split_once('?').map_or(self.target, |(path, _)| path)
    }

    /// Whether a browser fetches ahead of its user, who has not asked for anything yet.
    pub(super) fn is_prefetch(&self) -> bool {
        ["Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"].into_iter().any(|name| {
            self.all(name).any(|value| {
                let value = value.to_ascii_lowercase();
                [b"prefetch".as_slice(), b"prerender", b"preview"].into_iter().any(|word| value.starts_with(word))
            })
        })
    }
}

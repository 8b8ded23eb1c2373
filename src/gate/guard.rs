//! The checks that come before everything else: is this a request that our own page, or our own user, could have sent?
//!
//! In: a parsed request and the address the gate listens at. Out: the body's length, or why it is turned away.
//! It never looks at what exists, who is logged in or whether the gate is locked, so that its answers tell nothing.

use super::limits::MOST_BODY;
use super::refusal::Refusal;
use super::request::{Method, Request};

/// The addresses that take a POST.
const POSTS: [&str; 3] = ["/search/", "/lock", "/unlock"];

/// Fields of which a second one makes a request ambiguous.
const SINGLE: [&str; 7] =
    ["Host", "Content-Length", "Cookie", "Content-Type", "Origin", "Sec-Fetch-Site", "Service-Worker"];

/// The gate's own name, in the two spellings that requests use.
#[derive(Debug)]
pub(super) struct Own {
    /// `127.0.0.1:PORT`
    pub(super) host: String,
    /// `http://127.0.0.1:PORT`
    pub(super) origin: String,
}

impl Own {
    /// By the port listened at.
    pub(super) fn at(port: u16) -> Self {
        let host = format!("127.0.0.1:{port}");
        Self { origin: format!("http://{host}"), host }
    }
}

/// Checks a request; gives the length of its body.
pub(super) fn check(request: &Request<'_>, own: &Own) -> Result<usize, Refusal> {
    for name in SINGLE {
        request.sole(name)?;
    }
    check_host(request, own)?;
    let length = body_length(request)?;
    check_origin(request, own)?;
    check_method(request)?;
    check_target(request)?;
    match (request.method, length) {
        (Method::Post, None) => Err(Refusal::LengthMissing),
        (Method::Post, Some(length)) => Ok(length),
        (_, None | Some(0)) => Ok(0),
        (_, Some(_)) => Err(Refusal::Malformed),
    }
}

/// A name that merely resolves to this machine is how a foreign page reaches a local server (DNS rebinding), so the
/// name is compared whole: no prefix, no pattern, no `localhost`.
fn check_host(request: &Request<'_>, own: &Own) -> Result<(), Refusal> {
    match request.sole("Host")? {
        None => Err(Refusal::Malformed),
        Some(host) if host == own.host.as_bytes() => Ok(()),
        Some(_) => Err(Refusal::Misdirected),
    }
}

/// Digits only, so that no sign, no hexadecimal, no list and no second coding leaves room for a smuggled request.
fn body_length(request: &Request<'_>) -> Result<Option<usize>, Refusal> {
    if request.has("Transfer-Encoding") {
        return Err(Refusal::Malformed);
    }
    if request.has("Expect") {
        return Err(Refusal::Expectation);
    }
    let Some(digits) = request.sole("Content-Length")? else { return Ok(None) };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Refusal::Malformed);
    }
    let length = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
    match length {
        Some(length) if length <= MOST_BODY => Ok(Some(length)),
        // Too large for the number type is too large as well.
        _ => Err(Refusal::BodyTooLarge),
    }
}

/// `same-site` is refused with the rest: ports do not count as sites, so any other server on this machine is same-site.
fn check_origin(request: &Request<'_>, own: &Own) -> Result<(), Refusal> {
    let site = request.sole("Sec-Fetch-Site")?;
    let same_origin = site == Some(b"same-origin".as_slice());
    let origin_fits = match request.sole("Origin")? {
        None => true,
        // Under `no-referrer` Chromium calls the origin of our own forms `null`; so does a sandboxed foreign frame.
        Some(b"null") => same_origin,
        Some(origin) => origin == own.origin.as_bytes(),
    };
    let site_fits = same_origin || matches!(site, None | Some(b"none"));
    // A service worker would outlive the run and answer in our place.
    let worker = request.has("Service-Worker");
    if origin_fits && site_fits && !worker { Ok(()) } else { Err(Refusal::Foreign) }
}

fn check_method(request: &Request<'_>) -> Result<(), Refusal> {
    match request.method {
        Method::Get | Method::Head => Ok(()),
        Method::Post if POSTS.contains(&request.target) => Ok(()),
        Method::Post | Method::Other => Err(Refusal::Method),
    }
}

/// Only origin-form: an address with a host in it would be a second opinion about the host.
fn check_target(request: &Request<'_>) -> Result<(), Refusal> {
    if request.target.starts_with('/') { Ok(()) } else { Err(Refusal::Malformed) }
}

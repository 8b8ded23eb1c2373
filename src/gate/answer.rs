//! What every answer looks like, and the few answers the gate gives itself.
//!
//! In: what happened. Out: bytes to send. All header values are constants of this file or made by the gate; of a request
//! only its address is ever repeated, to who is logged in, and only when it is made of harmless signs. Answers to
//! strangers are constant, so that they tell nothing.

use zeroize::Zeroizing;

use super::refusal::Refusal;
use super::unlocking::{LockedPage, UnlockBy};
use std::borrow::Cow;

/// On every answer, whoever gave it. No `Server`, no CORS header, no validator. The features are those that Chromium
/// knows on desktops; an unknown one would write an error to the console of every page.
const FIXED: &str = concat!(
    "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; ",
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n",
    "Cache-Control: no-store\r\n",
    "X-Content-Type-Options: nosniff\r\n",
    "X-Frame-Options: DENY\r\n",
    "X-DNS-Prefetch-Control: off\r\n",
    "Referrer-Policy: no-referrer\r\n",
    "Cross-Origin-Opener-Policy: same-origin\r\n",
    "Cross-Origin-Resource-Policy: same-origin\r\n",
    "Permissions-Policy: accelerometer=(), autoplay=(), browsing-topics=(), camera=(), ",
    "clipboard-read=(), clipboard-write=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), ",
    "geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), keyboard-map=(), ",
    "local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), ",
    "publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), ",
    "storage-access=(), sync-xhr=(), usb=(), window-management=(), xr-spatial-tracking=()\r\n",
    "Connection: close\r\n",
);

const TEXT: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

/// A page without style, script or link: the sheet would have to come from the child, which is not there.
macro_rules! page {
    ($heading:literal, $sentence:literal) => {
        concat!(
            "<!doctype html>\n<html lang=\"en\" translate=\"no\">\n<meta charset=\"utf-8\">\n",
            "<meta name=\"viewport\" content=\"width=device-width\">\n",
            "<meta name=\"color-scheme\" content=\"light dark\">\n",
            "<title>throughline</title>\n<main>\n<h1>",
            $heading,
            "</h1>\n<p>",
            $sentence,
            "</p>\n</main>\n</html>\n"
        )
    };
}

/// Nothing can open it: there is no terminal, and no window that could ask.
const LOCKED: &str = page!("Locked", "To open the notes again, end throughline if it still runs, and start it again.");
/// Stands where the address goes that was asked for.
const AT: &str = "{at}";
const LOCKED_BUTTON: &str = page!(
    "Locked",
    "The notes are closed. Opening them asks for the passphrase, never here in the browser.</p>\n\
     <form method=\"post\" action=\"/unlock\">\n<input type=\"hidden\" name=\"at\" value=\"{at}\">\n\
     <button autofocus>Open again</button>\n</form>\n<p>Or press Enter in the terminal where throughline runs, if it has one."
);
const WAITING_FOR_WINDOW: &str = page!("Opening", "A window asks for the passphrase. This page comes back by itself.");
const WAITING_FOR_TERMINAL: &str =
    page!("Locked", "Press Enter in the terminal where throughline runs. This page comes back by itself.");
/// The page that waits looks again by itself, also without scripts.
const LOOK_AGAIN: &str = "Refresh: 2\r\n";
const UNREACHABLE: &str =
    page!("Not ready", "throughline is starting or has ended. The terminal where it runs says which.");
const NOT_FOUND: &str = page!("Not found", "There is no page at this address.");

/// One answer of the gate's own.
pub(super) struct Answer {
    status: u16,
    content_type: &'static str,
    fields: Zeroizing<String>,
    body: Cow<'static, str>,
}

impl Answer {
    /// The one answer to everybody without a login, whatever was asked.
    pub(super) fn forbidden() -> Self {
        Self::text(
            403,
            "Not logged in. For a new address press Enter in the terminal where throughline runs. Without a terminal, \
             start it again.\n",
        )
    }

    /// All seats are taken.
    pub(super) fn overloaded() -> Self {
        Self::text(503, "Too many connections.\n")
    }

    /// The child has no such page, or this is no address at all.
    pub(super) fn not_found() -> Self {
        Self::html(404, NOT_FOUND)
    }

    /// On to the first page.
    pub(super) fn home() -> Self {
        Self::text(303, "").with("Location: /\r\n")
    }

    /// The entry token was right: on to the first page, with the cookie. Another program may have used this port before;
    /// what the browser kept of it (cached scripts, service workers) must not speak for this site.
    pub(super) fn welcome(set_cookie: &str) -> Self {
        let cookie = Zeroizing::new(format!(
            "Location: /\r\nClear-Site-Data: \"cache\", \"storage\"\r\nSet-Cookie: {set_cookie}\r\n"
        ));
        Self::text(303, "").with(&cookie)
    }

    /// Back to where the locked page was.
    pub(super) fn back_to(address: &str) -> Self {
        Self::text(303, "").with(&format!("Location: {address}\r\n"))
    }

    /// The locked page. `at` is the address that was asked for, if it may be repeated.
    pub(super) fn locked(page: LockedPage, at: &str) -> Self {
        match page {
            LockedPage::Plain => Self::html(423, LOCKED),
            LockedPage::Button => Self { body: LOCKED_BUTTON.replace(AT, at).into(), ..Self::html(423, "") },
            LockedPage::Waiting(UnlockBy::Terminal) => Self::html(423, WAITING_FOR_TERMINAL).with(LOOK_AGAIN),
            LockedPage::Waiting(_) => Self::html(423, WAITING_FOR_WINDOW).with(LOOK_AGAIN),
        }
    }

    /// There is no way to the child.
    pub(super) fn unreachable() -> Self {
        Self::html(503, UNREACHABLE)
    }

    /// Turned away by the guard.
    pub(super) fn refused(why: Refusal) -> Self {
        match why {
            Refusal::Malformed => Self::text(400, "Bad request.\n"),
            Refusal::Foreign => Self::forbidden(),
            Refusal::Method => Self::text(405, "Method not allowed.\n").with("Allow: GET, HEAD\r\n"),
            Refusal::Slow => Self::text(408, "Too slow.\n"),
            Refusal::LengthMissing => Self::text(411, "Length missing.\n"),
            Refusal::BodyTooLarge => Self::text(413, "Body too large.\n"),
            Refusal::TargetTooLong => Self::text(414, "Address too long.\n"),
            Refusal::Expectation => Self::text(417, "Send without asking.\n"),
            Refusal::Misdirected => Self::text(421, "Not this host.\n"),
            Refusal::HeadTooLarge => Self::text(431, "Head too large.\n"),
        }
    }

    /// The bytes to send. Without its body the answer is the same, so that HEAD tells no more than GET.
    pub(super) fn bytes(&self, with_body: bool) -> Zeroizing<Vec<u8>> {
        let mut bytes = head(self.status, self.content_type, &self.fields, self.body.len() as u64);
        if with_body {
            bytes.extend_from_slice(self.body.as_bytes());
        }
        bytes
    }

    fn text(status: u16, body: &'static str) -> Self {
        Self { status, content_type: TEXT, fields: Zeroizing::default(), body: body.into() }
    }

    fn html(status: u16, body: &'static str) -> Self {
        Self { status, content_type: HTML, fields: Zeroizing::default(), body: body.into() }
    }

    fn with(mut self, fields: &str) -> Self {
        self.fields = Zeroizing::new(fields.to_owned());
        self
    }
}

/// The head of an answer: `fields` are whole lines with their ends.
pub(super) fn head(status: u16, content_type: &str, fields: &str, length: u64) -> Zeroizing<Vec<u8>> {
    let reason = reason(status);
    let head = format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n{fields}{FIXED}\r\n"
    );
    Zeroizing::new(head.into_bytes())
}

/// The words of RFC 9110 for the statuses that occur; for others none, which it allows.
fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        303 => "See Other",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        411 => "Length Required",
        413 => "Content Too Large",
        414 => "URI Too Long",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        423 => "Locked",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "",
    }
}

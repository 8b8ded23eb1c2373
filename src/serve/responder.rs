//! Answers requests on the private socket.
//!
//! In go requests that the gate has written anew (a method, a clean path, a short body); out come status, content type,
//! location and body. All other headers are the gate's. A request that panics gets a plain 500 and ends nothing.

use super::snapshot::Shown;
use crate::site::Answer;
use std::io::{self, Cursor, Read};
use std::os::unix::fs::PermissionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};
use zeroize::{Zeroize, Zeroizing};

/// How many threads answer. The gate sends no more than four requests at a time.
const THREADS: usize = 2;

/// Longest form, as the gate has it.
const LONGEST_FORM: u64 = 8 * 1024;

/// Answers requests until the process ends.
pub struct Responder {
    server: Arc<Server>,
    shown: Arc<Shown>,
}

/// The private socket could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on the private socket: {0}")]
pub struct ResponderError(String);

impl Responder {
    /// Listens on a socket in a private folder.
    ///
    /// # Errors
    /// When the socket cannot be made or closed to others.
    pub fn bind(socket: &Path, shown: Arc<Shown>) -> Result<Self, ResponderError> {
        let server = Server::http_unix(socket).map_err(|error| ResponderError(error.to_string()))?;
        std::fs::set_permissions(socket, std::fs::Permissions::from_mode(0o600))
            .map_err(|error| ResponderError(error.to_string()))?;
        Ok(Self { server: Arc::new(server), shown })
    }

    /// Starts the answering threads.
    ///
    /// # Errors
    /// When the system has no threads left.
    pub fn start(&self) -> io::Result<()> {
        for number in 0..THREADS {
            let (server, shown) = (Arc::clone(&self.server), Arc::clone(&self.shown));
            std::thread::Builder::new().name(format!("answers-{number}")).spawn(move || {
                while let Ok(request) = server.recv() {
                    answer(request, &shown);
                }
            })?;
        }
        Ok(())
    }
}

fn answer(mut request: Request, shown: &Shown) {
    let method = request.method().clone();
    let path = request.url().to_owned();
    let form = if method == Method::Post { form(&mut request) } else { Zeroizing::default() };
    let answer = catch_unwind(AssertUnwindSafe(|| match method {
        Method::Get | Method::Head => shown.answer(&path),
        Method::Post if path == "/search/" => {
            Arc::new(shown.search(&form).unwrap_or_else(|| plain(500, "The system gives no random numbers.\n")))
        }
        _ => Arc::new(plain(405, "This address only shows pages.\n")),
    }));
    let answer =
        answer.unwrap_or_else(|_| Arc::new(plain(500, "This page could not be made. The notes are not affected.\n")));
    // What fails here is the gate going away; there is nobody to tell.
    let _ = request.respond(response(&answer));
}

/// The body of a form. The gate lets no longer one through; what cannot be read is an empty form.
fn form(request: &mut Request) -> Zeroizing<Vec<u8>> {
    // Room for everything at once: growing would leave copies behind.
    let mut form = Zeroizing::new(Vec::with_capacity(LONGEST_FORM as usize));
    let _ = request.as_reader().take(LONGEST_FORM).read_to_end(&mut form);
    form
}

fn plain(status: u16, text: &str) -> Answer {
    Answer { status, content_type: "text/plain; charset=utf-8", body: text.as_bytes().to_vec(), location: None }
}

fn response(answer: &Answer) -> Response<Wiped> {
    let body = Wiped(Cursor::new(answer.body.clone()));
    let mut headers = Vec::new();
    // Both are this program's own constants and addresses; a value that is none is left out rather than passed on.
    headers.extend(Header::from_bytes("Content-Type", answer.content_type));
    if let Some(location) = answer.location.as_ref().filter(|location| location.bytes().all(|b| b.is_ascii_graphic())) {
        headers.extend(Header::from_bytes("Location", location.as_str()));
    }
    let length = Some(answer.body.len());
    Response::new(StatusCode(answer.status), headers, body, length, None).with_chunked_threshold(usize::MAX)
}

/// A copy of a page on its way out, wiped when it has left.
struct Wiped(Cursor<Vec<u8>>);

impl io::Read for Wiped {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.get_mut().zeroize();
    }
}

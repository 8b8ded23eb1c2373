//! A child that answers what a test tells it to, on a real Unix socket.

use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::thread;

/// What the fake child heard, request by request.
pub(super) type Heard = Arc<Mutex<Vec<String>>>;

/// Starts a child that answers every request by `answer`, given the request as text and the connection.
pub(super) fn answering<F>(answer: F) -> (tempfile::TempDir, PathBuf, Heard)
where
    F: Fn(&str, &mut UnixStream) + Send + Sync + 'static,
{
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("child");
    let listener = UnixListener::bind(&socket).unwrap();
    let heard = Heard::default();
    let (answer, all) = (Arc::new(answer), Arc::clone(&heard));
    thread::spawn(move || {
        for connection in listener.incoming() {
            let (answer, all) = (Arc::clone(&answer), Arc::clone(&all));
            let mut connection = connection.unwrap();
            thread::spawn(move || {
                let request = hear(&mut connection);
                all.lock().unwrap().push(request.clone());
                answer(&request, &mut connection);
            });
        }
    });
    (folder, socket, heard)
}

/// An answer as tiny_http writes it, with fields that must not come through.
pub(super) fn page(status: u16, content_type: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "HTTP/1.1 {status} Whatever\r\nServer: tiny-http (Rust)\r\nDate: Sat, 21 Nov 2026 10:00:00 GMT\r\n\
         Set-Cookie: from=child\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// Writes; a reader that was cut is no matter.
pub(super) fn say(connection: &mut UnixStream, bytes: &[u8]) {
    let _ = connection.write_all(bytes);
}

/// The ordinary child: `/` and `/clients/` exist, nothing else does.
pub(super) fn ordinary(request: &str, connection: &mut UnixStream) {
    let path = request.split(' ').nth(1).unwrap_or_default();
    let mut answer = match path {
        "/" | "/clients/" | "/pulse" | "/assets/site.css" => page(200, "text/html; charset=utf-8", b"<p>a page</p>"),
        "/search/" => b"HTTP/1.1 303 x\r\nLocation: /search/4f2a/\r\nContent-Length: 0\r\n\r\n".to_vec(),
        _ => page(404, "text/html; charset=utf-8", b"<p>nothing here</p>"),
    };
    if request.starts_with("HEAD ") {
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
        answer.truncate(end);
    }
    say(connection, &answer);
}

fn hear(connection: &mut UnixStream) -> String {
    let mut bytes = Vec::new();
    let mut one = [0];
    while !bytes.ends_with(b"\r\n\r\n") && connection.read(&mut one).unwrap_or(0) == 1 {
        bytes.push(one[0]);
    }
    let head = String::from_utf8(bytes).unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).map_or(0, |n| n.parse().unwrap());
    let mut body = vec![0; length];
    connection.read_exact(&mut body).unwrap();
    head + &String::from_utf8(body).unwrap()
}

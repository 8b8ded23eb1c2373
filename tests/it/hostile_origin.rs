//! Somebody else's server on this machine: answers pages that a test makes up, and remembers what was asked.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A server of another port. Its threads end with the test's process.
pub struct Origin {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Origin {
    /// Answers every request with the content type and the body that `answer` has for its path.
    pub fn serving<F>(answer: F) -> Self
    where
        F: Fn(&str) -> (&'static str, String) + Send + Sync + 'static,
    {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let (all, answer) = (Arc::clone(&heard), Arc::new(answer));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (all, answer) = (Arc::clone(&all), Arc::clone(&answer));
                thread::spawn(move || {
                    let head = head(&client);
                    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                    all.lock().expect("not poisoned").push(head);
                    let (kind, body) = answer(&path);
                    reply(client, kind, &body);
                });
            }
        });
        Self { port, heard }
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Heads of all requests so far.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("not poisoned").clone()
    }
}

fn head(client: &TcpStream) -> String {
    let mut head = String::new();
    for line in BufReader::new(client).lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
        head.push_str(&line);
        head.push('\n');
    }
    head
}

/// With everything allowed that a server can allow others.
fn reply(mut client: TcpStream, kind: &str, body: &str) {
    // A browser that has gone away needs no answer.
    let _ = write!(
        client,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nAccess-Control-Allow-Origin: *\r\n\
         Service-Worker-Allowed: /\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
}

//! What the parent hands to the child over a pipe: settings as one line of JSON, then the passphrase as bare bytes.
//!
//! The passphrase never passes through an argument, an environment variable or a JSON text. Nothing here opens anything.

use crate::domain::ClientCode;
use crate::publish::Scope;
use serde::{Deserialize, Serialize};
use std::io::{self, Read};
use std::path::PathBuf;
use zeroize::Zeroizing;

/// What is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// The example vault inside the binary.
    Demo,
    /// A folder.
    Folder {
        /// The vault.
        root: PathBuf,
        /// Where the state folders of vaults are.
        state: PathBuf,
        /// Identity files.
        identities: Vec<PathBuf>,
    },
}

/// A desk to lay out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskPlace {
    /// Its folder, in memory-backed storage.
    pub folder: PathBuf,
    /// What is put into each file, for finding copies that an editor leaves.
    pub marker: Option<String>,
}

/// Settings of the child that holds the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// What is served.
    pub source: Source,
    /// The private socket to answer on; none when no pages are served.
    pub socket: Option<PathBuf>,
    /// The desk to lay out, if one is wanted.
    pub desk: Option<DeskPlace>,
    /// The drafts folder, whose files are sealed as they come.
    pub drafts: Option<PathBuf>,
    /// `--today`, as an ISO day.
    pub today: Option<String>,
    /// `--as-of`, as an ISO day.
    pub as_of: Option<String>,
    /// `--client`, as codes.
    pub clients: Vec<String>,
    /// `--with-process`.
    pub with_process: bool,
    /// Whether pages show clients' labels beside their codes.
    pub labels: bool,
    /// Whether pages answer to single keys.
    pub keys: bool,
    /// Templates that replace built-in ones: name and text.
    pub templates: Vec<(String, String)>,
    /// How many bytes of passphrase follow.
    passphrase_bytes: usize,
}

/// A handover that does not fit.
#[derive(Debug, thiserror::Error)]
pub enum HandoverFault {
    /// The pipe broke.
    #[error("cannot read the settings from the parent process")]
    Pipe(#[from] io::Error),
    /// The settings are not what this version writes.
    #[error("cannot understand the settings from the parent process")]
    Form(#[from] serde_json::Error),
}

/// Longest line of settings. Templates are the only large part.
const LARGEST: usize = 8 * 1024 * 1024;

impl Handover {
    /// A handover without passphrase bytes; [`Handover::to_bytes`] counts them.
    pub fn new(source: Source) -> Self {
        Self {
            source,
            socket: None,
            desk: None,
            drafts: None,
            today: None,
            as_of: None,
            clients: Vec::new(),
            with_process: false,
            labels: true,
            keys: true,
            templates: Vec::new(),
            passphrase_bytes: 0,
        }
    }

    /// The bytes that go through the pipe.
    ///
    /// # Errors
    /// When a path is no text.
    pub fn to_bytes(&self, passphrase: &[u8]) -> Result<Zeroizing<Vec<u8>>, HandoverFault> {
        let line = serde_json::to_vec(&Self { passphrase_bytes: passphrase.len(), ..self.clone() })?;
        // Room for everything at once: growing would leave copies of the passphrase behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(line.len() + 1 + passphrase.len()));
        bytes.extend_from_slice(&line);
        bytes.push(b'\n');
        bytes.extend_from_slice(passphrase);
        Ok(bytes)
    }

    /// Reads a handover from the pipe, byte by byte so that nothing is read beyond it.
    ///
    /// # Errors
    /// [`HandoverFault`] when the pipe closes early or the settings do not fit.
    pub fn read(pipe: &mut impl Read) -> Result<(Self, Zeroizing<Vec<u8>>), HandoverFault> {
        let mut line = Vec::new();
        let mut byte = [0u8];
        loop {
            pipe.read_exact(&mut byte)?;
            if byte[0] == b'\n' || line.len() > LARGEST {
                break;
            }
            line.push(byte[0]);
        }
        let handover: Self = serde_json::from_slice(&line)?;
        let mut passphrase = Zeroizing::new(vec![0; handover.passphrase_bytes.min(LARGEST)]);
        pipe.read_exact(&mut passphrase)?;
        Ok((handover, passphrase))
    }

    /// The scope these settings ask for. Codes that are none ask for nobody, never for everybody.
    pub fn scope(&self) -> Option<Scope> {
        let codes: Result<Vec<ClientCode>, _> = self.clients.iter().map(|code| ClientCode::parse(code)).collect();
        Some(Scope { clients: codes.ok()?, with_process: self.with_process, ..Scope::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_and_passphrase_arrive_as_they_were_sent_and_nothing_more_is_read() {
        let mut sent = Handover::new(Source::Demo);
        sent.clients = vec!["a7".to_owned()];
        let mut bytes = sent.to_bytes(b"four words\nand more").map(|b| b.to_vec()).unwrap_or_default();
        bytes.extend_from_slice(b"later");
        let mut pipe = &bytes[..];
        let Ok((got, passphrase)) = Handover::read(&mut pipe) else { panic!("read") };
        assert_eq!(got.clients, sent.clients);
        assert_eq!(&passphrase[..], b"four words\nand more");
        assert_eq!(pipe, b"later");
    }
}

//! The serving child: holds the vault behind a private socket until its parent goes.
//!
//! Its standard input is a pipe from the parent. When that closes, the process ends, and everything it held with it.

use crate::cli::{Exit, failure::Failure};
use crate::domain::NoteDate;
use crate::publish::{Publisher, Scope, Today, demo_identity, demo_vault};
use crate::serve::{Handover, Reloader, Responder, Shown, Source};
use crate::site::Templates;
use crate::vault::{Identities, OpenVault, Passphrase, Vault};
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::sync::Arc;

/// Serves until the pipe closes. What goes wrong before is told to the parent, which tells the user.
pub(in crate::cli) fn run() -> Result<Exit, Failure> {
    // Not through the standard library's buffer: that would keep the passphrase where nobody wipes it.
    let pipe = std::io::stdin().as_fd().try_clone_to_owned();
    let pipe =
        pipe.map_err(|cause| Failure::new(Exit::InputOutput, format!("cannot read from the parent process: {cause}")));
    let mut pipe = File::from(pipe?);
    match start(&mut pipe) {
        Ok(()) => tell("ready\n"),
        Err(failure) => {
            let hint = failure.hint.map(|hint| format!("\nhint: {hint}")).unwrap_or_default();
            tell(&format!("failed {}\n{}{hint}\n", failure.exit.code(), failure.message));
            return Ok(failure.exit);
        }
    }
    // Nothing more is said over the pipe; the read ends when the parent does.
    let mut rest = [0u8; 64];
    while pipe.read(&mut rest).is_ok_and(|read| read > 0) {}
    Ok(Exit::Done)
}

fn tell(text: &str) {
    let mut out = std::io::stdout().lock();
    // Without a parent to hear it there is nobody to tell.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

fn start(pipe: &mut impl Read) -> Result<(), Failure> {
    let unfit =
        |cause: &dyn std::fmt::Display| Failure::new(Exit::InputOutput, format!("cannot start serving: {cause}"));
    let (handover, passphrase) = Handover::read(pipe).map_err(|fault| unfit(&fault))?;
    let scope = handover.scope().ok_or_else(|| unfit(&"a client's code is none"))?;
    let publisher = publisher(&handover, &passphrase, scope)?;
    drop(passphrase);
    let templates = Templates::with_overrides(handover.templates.clone())?;
    let shown = Arc::new(Shown::new(publisher.edition(None), templates));
    let reloader = Reloader::new(publisher, Arc::clone(&shown));
    let responder = Responder::bind(&handover.socket, shown).map_err(|fault| unfit(&fault))?;
    responder.start().map_err(|fault| unfit(&fault))?;
    let following = std::thread::Builder::new().name("follows".to_owned()).spawn(move || reloader.run());
    following.map(drop).map_err(|fault| unfit(&fault))
}

fn publisher(handover: &Handover, passphrase: &[u8], scope: Scope) -> Result<Publisher, Failure> {
    let vault = opened(handover, passphrase)?;
    let today = match handover.today.as_deref().map(NoteDate::parse) {
        Some(Ok(date)) => Today::Pinned(date.day),
        _ => Today::Local,
    };
    Ok(Publisher::open(vault, scope, today, &|_| ())?)
}

fn opened(handover: &Handover, passphrase: &[u8]) -> Result<OpenVault, Failure> {
    match &handover.source {
        Source::Demo => Ok(demo_vault()?.open(demo_identity()?)?),
        Source::Folder { root, state, identities } => {
            let secret =
                String::from_utf8(passphrase.to_vec()).ok().filter(|text| !text.is_empty()).map(Passphrase::new);
            let identities = Identities::load(identities, secret.as_ref())?;
            Ok(Vault::at(root, state)?.open(identities)?)
        }
    }
}

//! `init`: a vault, an identity, a paper key.

use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::{Exit, terminal, unlock};
use crate::vault::{
    Identities, PaperKey, Passphrase, PublicKey, Vault, create_identity, generate_passphrase, identity_public_keys,
};
use clap::Args;
use std::path::{Path, PathBuf};

/// Make a vault and a passphrase-sealed identity.
///
/// An identity that is already there is unlocked and used. The vault becomes the default if there is none.
#[derive(Debug, Args)]
pub(in crate::cli) struct Arguments {
    /// The vault's folder [default: ~/practice]
    dir: Option<PathBuf>,
    /// Another public key that may open everything; may be given again
    #[arg(long, value_name = "KEY")]
    recipient: Vec<String>,
    /// Where the identity goes [default: identity.age beside config.toml]
    #[arg(long, value_name = "FILE")]
    identity_out: Option<PathBuf>,
    /// The place of practice, for rules that differ by place
    #[arg(long, value_name = "PROFILE", hide = true)]
    place: Option<String>,
}

/// Makes the vault.
pub(in crate::cli) fn run(session: &Session, arguments: Arguments) -> Result<Exit, Failure> {
    if let Some(place) = arguments.place.filter(|place| place != "none") {
        return Err(Failure::usage(format!("cannot set the place of practice to `{place}`"))
            .hint("rules by place are not part of this version; leave --place out"));
    }
    let root = arguments
        .dir
        .or_else(|| session.common.vault.clone())
        .unwrap_or_else(|| session.places.home().join("practice"));
    let root = std::path::absolute(&root).unwrap_or(root);
    if root.join("throughline.toml").exists() {
        return Err(Failure::new(
            Exit::Refused,
            format!("cannot make a vault in {}: there is one already", root.display()),
        )
        .hint("use it with `--vault`, or name another folder"));
    }
    let mut recipients = Vec::new();
    for key in &arguments.recipient {
        recipients.push(PublicKey::parse(key)?);
    }
    let identity = arguments
        .identity_out
        .or_else(|| session.common.identity.first().cloned())
        .unwrap_or_else(|| session.places.identity());
    let (own, identities) = identity_keys(session, &identity)?;
    let mut all = own;
    if let Some(paper) = paper_key(session)? {
        all.push(paper);
    }
    all.extend(recipients);
    let vault = Vault::create(&root, session.places.state(), &all)?;
    // Opened once, so that what was just made is known to open.
    vault.open(identities)?;
    let default = make_default(session, &root)?;
    session.messages.say(&format!("Made a vault in {}.", root.display()));
    session.messages.say(&format!(
        "Identity: {}. Keep a copy of it and of the passphrase: without them nobody can open the notes.",
        identity.display()
    ));
    if default {
        session.messages.say("It is the default vault from now on.");
    }
    session.messages.say("Next: `throughline client add a7`, then `throughline new a7`.");
    Ok(Exit::Done)
}

/// The identity's public keys, making it when there is none.
fn identity_keys(session: &Session, path: &Path) -> Result<(Vec<PublicKey>, Identities), Failure> {
    if path.exists() {
        let files = [path.to_owned()];
        let sealed = Identities::needs_passphrase(path)?;
        let passphrase = if sealed { Some(unlock::passphrase(session, "Passphrase of your identity:")?) } else { None };
        let identities = unlock::load(session, &files, passphrase.as_ref())?;
        session.messages.say(&format!("Using the identity that is at {}.", path.display()));
        return Ok((identity_public_keys(&identities), identities));
    }
    let passphrase = new_passphrase(session)?;
    let key = create_identity(path, &passphrase)?;
    let identities = Identities::load(&[path.to_owned()], Some(&passphrase))?;
    Ok((vec![key], identities))
}

/// A passphrase from a file, or typed twice, or generated and shown once.
fn new_passphrase(session: &Session) -> Result<Passphrase, Failure> {
    if let Some(given) = unlock::given(session)? {
        if given.is_empty() {
            return Err(Failure::usage("cannot make an identity: the passphrase is empty"));
        }
        return Ok(given);
    }
    if !terminal::can_ask() {
        return Err(Failure::new(
            Exit::CannotUnlock,
            "cannot make an identity: there is no terminal to ask for a passphrase",
        )
        .hint("`--passphrase-file FILE` reads it from a file"));
    }
    let asking =
        |cause: std::io::Error| Failure::new(Exit::CannotUnlock, format!("cannot ask for a passphrase: {cause}"));
    loop {
        let first = terminal::ask_secret("A passphrase for your identity (Enter alone: one is made for you):")
            .map_err(asking)?;
        if first.is_empty() {
            return generated(session, asking);
        }
        let again = terminal::ask_secret("Once more:").map_err(asking)?;
        if first.len() < 12 {
            session
                .messages
                .warn("shorter than 12 characters; several words are easier to remember and harder to guess");
        } else if first == again {
            return Ok(unlock::into_passphrase(first));
        } else {
            session.messages.warn("the two differ; try again");
        }
    }
}

fn generated(session: &Session, asking: impl Fn(std::io::Error) -> Failure) -> Result<Passphrase, Failure> {
    let passphrase = generate_passphrase()?;
    session.messages.say("");
    on_terminal(&format!("    {}\n", passphrase.reveal()))?;
    session.messages.say("Write it down now. It is shown once and stored nowhere.");
    loop {
        let again = terminal::ask_secret("Type it to go on:").map_err(&asking)?;
        if again.split_whitespace().eq(passphrase.reveal().split_whitespace()) {
            return Ok(passphrase);
        }
        session.messages.warn("that is not it; try again");
    }
}

/// A paper recovery key, when the user wants one now.
fn paper_key(session: &Session) -> Result<Option<PublicKey>, Failure> {
    if session.common.passphrase_file.is_some() || !terminal::can_ask() {
        return Ok(None);
    }
    let wanted = terminal::ask_yes("Make a paper recovery key now, to be kept in a safe place?", true);
    if !wanted.unwrap_or(false) {
        return Ok(None);
    }
    let paper = PaperKey::generate();
    on_terminal(&format!("\n    {}\n\n", paper.reveal()))?;
    session.messages.say(
        "Write this line on paper. With it alone, `age` can open everything. It is shown once and stored nowhere.",
    );
    let _ = terminal::ask("Press Enter when it is written down.");
    Ok(Some(paper.public_key().clone()))
}

/// A secret goes to the terminal and nowhere else, even when standard error is redirected.
fn on_terminal(text: &str) -> Result<(), Failure> {
    let shown = std::fs::OpenOptions::new().write(true).open("/dev/tty");
    let shown = shown.and_then(|mut terminal| std::io::Write::write_all(&mut terminal, text.as_bytes()));
    shown.map_err(|cause| Failure::file("write to", Path::new("/dev/tty"), &cause))
}

fn make_default(session: &Session, root: &Path) -> Result<bool, Failure> {
    if session.config()?.default_vault.is_some() {
        return Ok(false);
    }
    Config::set_default_vault(&session.places.config_file(), root)?;
    Ok(true)
}

//! Private keys: the counselor's identity, a paper key, and the keys of clients.
//!
//! In go identity files, a passphrase, or randomness; out come identities that open files, and public keys. Secret lines
//! leave through [`PaperKey::reveal`] alone. No identity is ever written in clear, none is overwritten, and every new key
//! is read back and tried before anything is sealed to it: a key file with no key in it has happened to better tools.

use super::disk;
use super::error::{Error, ErrorKind};
use super::public_key::PublicKey;
use super::seal::{self, OpenFault, SealFault};
use super::secret::Passphrase;
use age::secrecy::{ExposeSecret, SecretString};
use age::{scrypt, x25519};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use zeroize::Zeroizing;

/// 2^18 KiB = 256 MiB for each try at a passphrase. Fixed, since the crate's own choice differs from run to run.
const WORK_FACTOR: u8 = 18;
/// 2^22 KiB = 4 GiB: what a file may ask of us.
const MAX_WORK_FACTOR: u8 = 22;
/// An identity file of more bytes than this is something else.
const LARGEST_IDENTITY: u64 = 1024 * 1024;

/// Private keys that open files. Wiped on drop.
pub struct Identities {
    keys: Vec<x25519::Identity>,
    clear: bool,
}

impl Identities {
    /// Reads identity files, sealed with the passphrase or clear.
    ///
    /// # Errors
    /// [`ErrorKind::NeedsPassphrase`], [`ErrorKind::WrongPassphrase`], [`ErrorKind::Damaged`] for a file without a key,
    /// [`ErrorKind::Input`] for a key of a kind that is not supported, [`ErrorKind::NotFound`] and [`ErrorKind::Io`].
    pub fn load(paths: &[PathBuf], passphrase: Option<&Passphrase>) -> Result<Self, Error> {
        let mut all = Self { keys: Vec::new(), clear: false };
        for path in paths {
            let bytes = read_identity(path)?;
            let (text, clear) =
                if seal::is_age(&bytes) { (open_identity(path, &bytes, passphrase)?, false) } else { (bytes, true) };
            all.keys.extend(parse(&path.display().to_string(), &text)?);
            all.clear |= clear;
        }
        if all.keys.is_empty() {
            return Err(Error::new(ErrorKind::Input, "unlock", "the vault", "no identity file was named"));
        }
        Ok(all)
    }

    /// Whether a passphrase must be asked for before [`Identities::load`].
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] and [`ErrorKind::Io`].
    pub fn needs_passphrase(path: &Path) -> Result<bool, Error> {
        Ok(seal::wants_passphrase(&read_identity(path)?))
    }

    /// Reads the text of a clear identity file: for the example vault, whose key is public.
    ///
    /// # Errors
    /// [`ErrorKind::Damaged`] when there is no key in it, [`ErrorKind::Input`] for one that is not supported.
    pub fn from_text(text: &str) -> Result<Self, Error> {
        Ok(Self { keys: parse("the identity", text.as_bytes())?, clear: true })
    }

    /// Whether any of the files was not sealed with a passphrase.
    pub fn is_clear(&self) -> bool {
        self.clear
    }

    /// None at all.
    pub(super) fn none() -> Self {
        Self { keys: Vec::new(), clear: false }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub(super) fn absorb(&mut self, other: Self) {
        self.keys.extend(other.keys);
    }

    /// Opens sealed bytes with whichever key fits.
    pub(super) fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenFault> {
        seal::open(sealed, self.keys.iter().map(|key| key as &dyn age::Identity))
    }
}

impl fmt::Debug for Identities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identities({} keys)", self.keys.len())
    }
}

/// The public halves, in the order of the files.
pub fn identity_public_keys(identities: &Identities) -> Vec<PublicKey> {
    identities.keys.iter().map(public_key).collect()
}

/// Makes an identity, sealed with the passphrase (scrypt, 256 MiB a try), in a new file of mode 0600.
///
/// # Errors
/// [`ErrorKind::Input`] for an empty passphrase or a file that is there already; [`ErrorKind::Io`];
/// [`ErrorKind::Damaged`] when what was written does not read back as that key. Then no file is left.
pub fn create_identity(path: &Path, passphrase: &Passphrase) -> Result<PublicKey, Error> {
    let action = "make the identity";
    if passphrase.is_empty() {
        return Err(Error::new(ErrorKind::Input, action, path.display(), "the passphrase is empty"));
    }
    if path.symlink_metadata().is_ok() {
        return Err(Error::new(ErrorKind::Input, action, path.display(), "a file of that name is there already")
            .hinting("an identity is never overwritten; use the one that is there, or name another file"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    disk::make_folders(folder).map_err(|e| Error::io(action, folder, e))?;
    let key = NewKey::generate();
    let mut recipient = scrypt::Recipient::new(secret(passphrase));
    recipient.set_work_factor(WORK_FACTOR);
    let sealed = seal::seal_to(&key.file_text(), std::iter::once(&recipient as &dyn age::Recipient))
        .map_err(|why| Error::new(ErrorKind::Io, action, path.display(), why))?;
    let temp = folder.join(format!(".tmp-{}", super::vault_id::random_note_id()));
    let made = disk::write_new(&temp, &sealed)
        .map_err(|e| Error::io(action, path, e))
        .and_then(|()| Identities::load(std::slice::from_ref(&temp), Some(passphrase)))
        .and_then(|read| key.check(&read).map_err(|why| Error::new(ErrorKind::Damaged, action, path.display(), why)))
        .and_then(|()| disk::place_new(&temp, path).map_err(|e| Error::io(action, path, e)))
        .and_then(|()| disk::flush_folder(folder).map_err(|e| Error::io(action, path, e)));
    if made.is_err() {
        let _ = std::fs::remove_file(&temp);
    }
    made.map(|()| key.public)
}

/// A second identity that is kept on paper.
pub struct PaperKey {
    secret: Zeroizing<String>,
    public: PublicKey,
}

impl PaperKey {
    /// Draws one. It is nowhere but in this value.
    pub fn generate() -> Self {
        let key = NewKey::generate();
        Self { secret: Zeroizing::new(key.secret.to_string().expose_secret().to_owned()), public: key.public }
    }

    /// The secret line, `AGE-SECRET-KEY-1…`: for a terminal or memory-backed storage, once.
    pub fn reveal(&self) -> &str {
        &self.secret
    }

    /// The public half, for `.age-recipients`.
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }
}

impl fmt::Debug for PaperKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PaperKey({}, ..)", self.public)
    }
}

/// A key that was just drawn and is not written anywhere yet.
pub(super) struct NewKey {
    secret: x25519::Identity,
    /// The public half.
    pub(super) public: PublicKey,
}

impl NewKey {
    /// Draws one.
    pub(super) fn generate() -> Self {
        let secret = x25519::Identity::generate();
        let public = public_key(&secret);
        Self { secret, public }
    }

    /// What a key file holds: a comment with the public key, then the secret line.
    pub(super) fn file_text(&self) -> Zeroizing<Vec<u8>> {
        let secret = self.secret.to_string();
        let mut text = Zeroizing::new(Vec::with_capacity(256));
        for part in ["# public key: ", self.public.as_str(), "\n", secret.expose_secret(), "\n"] {
            text.extend_from_slice(part.as_bytes());
        }
        text
    }

    /// Reads the key out of what a key file was found to hold, and tries it: what is sealed to the public half must open.
    pub(super) fn check_text(&self, text: &[u8]) -> Result<(), &'static str> {
        let keys = parse("the new key", text).map_err(|_| "the new key did not read back")?;
        self.check(&Identities { keys, clear: false })
    }

    fn check(&self, read: &Identities) -> Result<(), &'static str> {
        const PROBE: &[u8] = b"a key is tried before it is used";
        let sealed =
            seal::seal(PROBE, std::slice::from_ref(&self.public)).map_err(|_: SealFault| "the new key fails")?;
        match read.open(&sealed.bytes) {
            Ok(opened) if opened.as_slice() == PROBE => Ok(()),
            _ => Err("the new key, read back, does not open what is sealed to it"),
        }
    }
}

/// Reads the text of a key file that was opened.
pub(super) fn parse_key_file(file: &str, text: &[u8]) -> Result<Identities, Error> {
    Ok(Identities { keys: parse(file, text)?, clear: false })
}

fn public_key(key: &x25519::Identity) -> PublicKey {
    PublicKey::made(key.to_public().to_string())
}

fn secret(passphrase: &Passphrase) -> SecretString {
    SecretString::from(passphrase.reveal().to_owned())
}

/// An identity may be a symbolic link (people keep such files elsewhere), so links are followed here.
fn read_identity(path: &Path) -> Result<Zeroizing<Vec<u8>>, Error> {
    let whole = std::fs::canonicalize(path).and_then(|real| disk::read(&real, LARGEST_IDENTITY));
    whole.map(|(bytes, _)| Zeroizing::new(bytes)).map_err(|e| Error::io("read the identity", path, e))
}

fn open_identity(path: &Path, sealed: &[u8], passphrase: Option<&Passphrase>) -> Result<Zeroizing<Vec<u8>>, Error> {
    let refuse = |kind, cause: &dyn fmt::Display| Error::new(kind, "unlock the identity", path.display(), cause);
    if !seal::wants_passphrase(sealed) {
        return Err(match seal::open(sealed, std::iter::empty()) {
            Err(OpenFault::NotForTheseKeys) | Ok(_) => {
                refuse(ErrorKind::Input, &"it is sealed to a key and not with a passphrase; that is not supported")
            }
            Err(fault) => refuse(ErrorKind::Damaged, &fault),
        });
    }
    let Some(passphrase) = passphrase else {
        return Err(refuse(ErrorKind::NeedsPassphrase, &"it is sealed with a passphrase and none was given"));
    };
    let mut identity = scrypt::Identity::new(secret(passphrase));
    identity.set_max_work_factor(MAX_WORK_FACTOR);
    seal::open(sealed, std::iter::once(&identity as &dyn age::Identity)).map_err(|fault| match fault {
        OpenFault::WrongPassphrase | OpenFault::NotForTheseKeys => {
            refuse(ErrorKind::WrongPassphrase, &OpenFault::WrongPassphrase)
        }
        fault => refuse(ErrorKind::Damaged, &fault),
    })
}

/// Reads secret lines; `#` comments and empty lines aside. Errors give the number of a line, never the line.
fn parse(file: &str, text: &[u8]) -> Result<Vec<x25519::Identity>, Error> {
    let refuse = |kind, cause: String| Error::new(kind, "use the identity", file, cause);
    let text = std::str::from_utf8(text).map_err(|_| refuse(ErrorKind::Damaged, "it is not text".to_owned()))?;
    let mut keys = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let fault = |kind, why: &str| refuse(kind, format!("line {}: {why}", at + 1));
        if line.starts_with("AGE-PLUGIN-") || line.starts_with("AGE-SECRET-KEY-PQ-") {
            return Err(fault(ErrorKind::Input, "hardware and post-quantum keys are not supported"));
        }
        let key = x25519::Identity::from_str(line);
        keys.push(key.map_err(|_| fault(ErrorKind::Damaged, "it is no secret key of age"))?);
    }
    if keys.is_empty() {
        return Err(refuse(ErrorKind::Damaged, "there is no key in it".to_owned()));
    }
    Ok(keys)
}

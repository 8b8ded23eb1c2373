//! Sealing and opening: the only place, beside [`super::keys`], that knows the `age` crate.
//!
//! In go bytes and keys; out come bytes. Nothing here touches a file. What is opened is released only after the last
//! chunk was authenticated, into a buffer that is wiped on drop and never grows. The `age` crate's own error texts are
//! not passed on: one of them can overflow while it is printed, others carry invisible characters.

use super::public_key::PublicKey;
use age::secrecy::ExposeSecret;
use age::{DecryptError, Decryptor, EncryptError, Encryptor, Identity, Recipient, x25519};
use age_core::format::{FileKey, Stanza};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::HashSet;
use std::io::{Read, Write};
use std::str::FromStr;
use zeroize::Zeroizing;

/// How every binary age file begins.
const MAGIC: &[u8] = b"age-encryption.org/";

/// Why bytes did not open. The texts complete "cannot read FILE: …".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum OpenFault {
    /// None of the keys fits.
    #[error("it is not sealed to any key at hand")]
    NotForTheseKeys,
    /// The passphrase does not fit.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The passphrase stanza asks for more work than is reasonable.
    #[error("it asks for more than 4 GiB of memory to try a passphrase")]
    TooMuchWork,
    /// Nothing in the file.
    #[error("it is empty, so what was in it is lost or not copied yet")]
    Empty,
    /// The text form of age.
    #[error("it is ASCII-armored; turn it into a binary age file first")]
    Armored,
    /// No age header.
    #[error("it does not begin like an age file")]
    NotAge,
    /// A later version of age.
    #[error("it is in a newer format of age")]
    NewerAge,
    /// Bad header or header MAC.
    #[error("its header is damaged")]
    Header,
    /// The payload is cut or altered.
    #[error("its contents are cut or altered")]
    Payload,
}

/// Why bytes were not sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum SealFault {
    /// A key that is none, or no key at all.
    #[error("there is no usable key to seal it to")]
    Keys,
    /// `age` failed while it wrote to memory.
    #[error("sealing failed")]
    Failed,
}

/// Sealed bytes, and what it takes to see that they are whole.
pub(super) struct Sealed {
    /// The age file.
    pub(super) bytes: Vec<u8>,
    /// Opens this one file, so that it can be read back without anybody's private key.
    key: FileKey,
    /// SHA-256 of what was sealed.
    plain: [u8; 32],
}

impl Sealed {
    /// Whether what was read back from a disk is these bytes, and they open to what was sealed.
    pub(super) fn is_whole(&self, stored: &[u8]) -> bool {
        let by_key = ByFileKey(&self.key);
        let opened = open(stored, std::iter::once(&by_key as &dyn Identity));
        self.bytes == stored && opened.is_ok_and(|plain| <[u8; 32]>::from(Sha256::digest(&*plain)) == self.plain)
    }
}

/// Seals bytes to keys; the first key opens fastest.
pub(super) fn seal(plain: &[u8], keys: &[PublicKey]) -> Result<Sealed, SealFault> {
    let parsed = keys.iter().map(|key| x25519::Recipient::from_str(key.as_str()));
    let parsed: Vec<x25519::Recipient> = parsed.collect::<Result<_, _>>().map_err(|_| SealFault::Keys)?;
    let witness = Witness { keys: &parsed, seen: RefCell::new(None) };
    let bytes = seal_to(plain, std::iter::once(&witness as &dyn Recipient))?;
    let key = witness.seen.into_inner().ok_or(SealFault::Failed)?;
    Ok(Sealed { bytes, key, plain: Sha256::digest(plain).into() })
}

/// Seals bytes to any recipients `age` knows.
pub(super) fn seal_to<'a>(
    plain: &[u8],
    recipients: impl Iterator<Item = &'a dyn Recipient>,
) -> Result<Vec<u8>, SealFault> {
    let encryptor = Encryptor::with_recipients(recipients).map_err(|_| SealFault::Keys)?;
    let mut sealed = Vec::with_capacity(plain.len() + 1024);
    let mut writer = encryptor.wrap_output(&mut sealed).map_err(|_| SealFault::Failed)?;
    writer.write_all(plain).map_err(|_| SealFault::Failed)?;
    writer.finish().map_err(|_| SealFault::Failed)?;
    Ok(sealed)
}

/// All keys of a file as one recipient, which remembers the file key that it was asked to wrap.
struct Witness<'a> {
    keys: &'a [x25519::Recipient],
    seen: RefCell<Option<FileKey>>,
}

impl Recipient for Witness<'_> {
    fn wrap_file_key(&self, key: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        if self.keys.is_empty() {
            return Err(EncryptError::MissingRecipients);
        }
        let mut stanzas = Vec::with_capacity(self.keys.len());
        for recipient in self.keys {
            stanzas.append(&mut recipient.wrap_file_key(key)?.0);
        }
        *self.seen.borrow_mut() = Some(copy_of(key));
        // X25519 recipients carry no labels.
        Ok((stanzas, HashSet::new()))
    }
}

/// Opens the file whose key it is.
struct ByFileKey<'a>(&'a FileKey);

impl Identity for ByFileKey<'_> {
    fn unwrap_stanza(&self, _: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        Some(Ok(copy_of(self.0)))
    }
}

fn copy_of(key: &FileKey) -> FileKey {
    FileKey::init_with_mut(|copy| copy.copy_from_slice(key.expose_secret()))
}

/// Opens bytes with whichever of the identities fits.
pub(super) fn open<'a>(
    sealed: &[u8],
    identities: impl Iterator<Item = &'a dyn Identity>,
) -> Result<Zeroizing<Vec<u8>>, OpenFault> {
    if sealed.is_empty() {
        return Err(OpenFault::Empty);
    }
    if sealed.starts_with(b"-----BEGIN AGE") {
        return Err(OpenFault::Armored);
    }
    if !is_age(sealed) {
        return Err(OpenFault::NotAge);
    }
    let decryptor = Decryptor::new_buffered(sealed).map_err(|error| fault_of(&error))?;
    let mut reader = decryptor.decrypt(identities).map_err(|error| fault_of(&error))?;
    // As large as the sealed bytes, so that it never grows and leaves no copy behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader.read_to_end(&mut plain).map_err(|_| OpenFault::Payload)?;
    Ok(plain)
}

/// Whether bytes begin like an age file.
pub(super) fn is_age(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Whether bytes are an age file sealed with a passphrase.
pub(super) fn wants_passphrase(bytes: &[u8]) -> bool {
    is_age(bytes) && Decryptor::new_buffered(bytes).is_ok_and(|decryptor| decryptor.is_scrypt())
}

fn fault_of(error: &DecryptError) -> OpenFault {
    match error {
        // First, and never printed: its `Display` can overflow.
        DecryptError::ExcessiveWork { .. } => OpenFault::TooMuchWork,
        DecryptError::NoMatchingKeys => OpenFault::NotForTheseKeys,
        // At the header, only a passphrase stanza fails in this way; the payload fails while it is read.
        DecryptError::KeyDecryptionFailed | DecryptError::DecryptionFailed => OpenFault::WrongPassphrase,
        DecryptError::UnknownFormat => OpenFault::NewerAge,
        // Also what later versions of the crate may add: a header that this one cannot use.
        _ => OpenFault::Header,
    }
}

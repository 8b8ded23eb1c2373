//! The one way in: a one-time entry token that is traded for a session cookie.
//!
//! In: what a request offers. Out: yes or no, in time that does not depend on how much of a guess is right. Everything
//! here lives as long as the gate and nowhere but in its memory. It never says why something was refused.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

use super::moment::Moment;

const SEED: usize = 32;

/// The secrets of one gate.
pub(super) struct Login {
    seed: Zeroizing<[u8; SEED]>,
    cookie_name: Zeroizing<String>,
    cookie_value: Zeroizing<String>,
    entry_life: Duration,
    entry: Mutex<Entry>,
}

#[derive(Default)]
struct Entry {
    made: u64,
    unspent: Option<(Zeroizing<String>, Moment)>,
}

impl Login {
    /// Draws all randomness this gate will ever use, so that its absence is an error at the start and never later.
    pub(super) fn new(entry_life: Duration) -> Result<Self, getrandom::Error> {
        let mut seed = Zeroizing::new([0; SEED]);
        getrandom::fill(seed.as_mut_slice())?;
        // A name of its own keeps apart the cookies of two gates: cookies know no ports. 64 bits are enough for that;
        // the secret is the value.
        let mut cookie_name = derive(&seed, "cookie name", 0);
        cookie_name.truncate(16);
        let cookie_value = derive(&seed, "cookie value", 0);
        Ok(Self { seed, cookie_name, cookie_value, entry_life, entry: Mutex::default() })
    }

    /// Makes a fresh entry token; one that was not spent yet dies.
    pub(super) fn new_token(&self) -> Zeroizing<String> {
        let mut entry = self.entry.lock().unwrap_or_else(PoisonError::into_inner);
        entry.made += 1;
        let token = derive(&self.seed, "entry token", entry.made);
        entry.unspent = Some((token.clone(), Moment::now()));
        token
    }

    /// Spends the token: true once, and only while it is young.
    pub(super) fn spend(&self, offered: &str) -> bool {
        let mut entry = self.entry.lock().unwrap_or_else(PoisonError::into_inner);
        if entry.unspent.as_ref().is_some_and(|(_, made)| made.elapsed() > self.entry_life) {
            entry.unspent = None;
        }
        let right = entry.unspent.as_ref().is_some_and(|(token, _)| same(token.as_bytes(), offered.as_bytes()).into());
        if right {
            entry.unspent = None;
        }
        right
    }

    /// The value of `Set-Cookie`. No lifetime: the cookie goes with the browser's session. No `Secure`: this is
    /// loopback without TLS, where Safari would not keep such a cookie.
    pub(super) fn set_cookie(&self) -> Zeroizing<String> {
        let (name, value) = (self.cookie_name.as_str(), self.cookie_value.as_str());
        Zeroizing::new(format!("{name}={value}; HttpOnly; SameSite=Strict; Path=/"))
    }

    /// Whether a `Cookie` field holds our cookie, exactly once. Cookies of other local servers stand beside it and may
    /// be as odd as they like.
    pub(super) fn knows(&self, cookies: Option<&[u8]>) -> bool {
        let Some(cookies) = cookies else { return false };
        let mut named = 0_usize;
        let mut right = Choice::from(0);
        for pair in cookies.split(|byte| *byte == b';') {
            let pair = pair.trim_ascii();
            let Some(equals) = pair.iter().position(|byte| *byte == b'=') else { continue };
            let (name, value) = (pair.get(..equals).unwrap_or_default(), pair.get(equals + 1..).unwrap_or_default());
            if same(name, self.cookie_name.as_bytes()).into() {
                named += 1;
                right |= same(value, self.cookie_value.as_bytes());
            }
        }
        named == 1 && right.into()
    }
}

/// Equality in time that depends on the lengths alone, which are no secret.
fn same(one: &[u8], other: &[u8]) -> Choice {
    one.ct_eq(other)
}

/// 256 bits in hexadecimal that nobody without the seed can tell from random ones.
fn derive(seed: &[u8; SEED], purpose: &str, number: u64) -> Zeroizing<String> {
    let digest = Sha256::new().chain_update(seed).chain_update(purpose).chain_update(number.to_be_bytes()).finalize();
    // Written in place: a growing string would leave copies behind.
    let mut text = Zeroizing::new(String::with_capacity(2 * digest.len()));
    for nibble in digest.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
        text.extend(char::from_digit(u32::from(nibble), 16));
    }
    text
}

//! What the locked page says and offers, and whether it was asked to open again.
//!
//! In: the way there is, which whoever runs the gate says; the address that was asked for. Out: the page, and where the
//! reader goes after asking. The passphrase never passes through here: a window or the terminal asks for it.

use super::address::is_repeatable;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How a locked vault can be opened again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnlockBy {
    /// By nothing the page could ask for.
    #[default]
    Nothing,
    /// At once, or through a window of its own that asks for the passphrase.
    Asking,
    /// By Enter in the terminal, which then asks for the passphrase.
    Terminal,
}

/// The way, and whether it was asked for.
#[derive(Default)]
pub(super) struct Unlocking {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    way: UnlockBy,
    asked: bool,
}

/// The locked page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LockedPage {
    /// It says that nothing here can open the notes again.
    Plain,
    /// It has a button.
    Button,
    /// It was asked: it looks again by itself.
    Waiting(UnlockBy),
}

impl Unlocking {
    /// Sets the way.
    pub(super) fn by(&self, way: UnlockBy) {
        self.state().way = way;
    }

    /// The page asks; true when nobody was told of it yet.
    pub(super) fn ask(&self) -> bool {
        let mut state = self.state();
        let news = state.way != UnlockBy::Nothing && !state.asked;
        state.asked |= news;
        news
    }

    /// It was dealt with.
    pub(super) fn answered(&self) {
        self.state().asked = false;
    }

    /// The page as it stands.
    pub(super) fn page(&self) -> LockedPage {
        let state = self.state();
        match state.way {
            UnlockBy::Nothing => LockedPage::Plain,
            way if state.asked => LockedPage::Waiting(way),
            _ => LockedPage::Button,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The address in the form that the locked page sends, else the first page.
pub(super) fn returning(form: &[u8]) -> String {
    let written = std::str::from_utf8(form).ok().and_then(|form| form.strip_prefix("at="));
    let address = written.map(|written| written.replace("%2F", "/")).filter(|address| is_repeatable(address));
    address.unwrap_or_else(|| "/".to_owned())
}

/// The address as the locked page may carry it: without its query, which is only how the page asked for itself.
pub(super) fn carried(target: &str) -> &str {
    let path = target.split_once('?').map_or(target, |(path, _)| path);
    if is_repeatable(path) { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::{carried, returning};

    #[test]
    fn only_harmless_addresses_come_back() {
        assert_eq!(returning(b"at=%2Fclients%2Fa7%2Fprepare%2F"), "/clients/a7/prepare/");
        for form in [
            b"".as_slice(),
            b"at=",
            b"at=%2F%2Fevil.example%2F",
            b"at=https:%2F%2Fevil.example",
            b"at=%2Fa%0D%0ASet-Cookie:x",
            b"at=%2F\"><b>",
            b"at=%2F..%2F",
            b"at=/a&at=/b",
            b"x=1&at=/a/",
            b"at=\xff",
        ] {
            assert_eq!(returning(form), "/", "{form:?}");
        }
        assert_eq!((carried("/notes/ab12/"), carried("/?q=<x>"), carried("/a\"b")), ("/notes/ab12/", "/", "/"));
    }

    #[test]
    fn a_page_that_asked_for_itself_is_come_back_to() {
        assert_eq!(carried("/clients/a7/?still"), "/clients/a7/");
        assert_eq!(carried("/clients/a7/?still?\"><b>"), "/clients/a7/");
        assert_eq!(carried("?still"), "/");
        assert_eq!(carried("//evil.example/?still"), "/");
    }
}

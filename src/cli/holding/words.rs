//! What the child tells its parent once it is ready: a line each, never with words of a note.

use std::io::Write;

/// One thing that the child says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Word {
    /// For the user.
    Say(String),
    /// For the user, and probably not what was meant.
    Warn(String),
    /// Somebody is at work on the desk: the idle time begins anew.
    Busy,
}

impl Word {
    /// Reads a line.
    pub(in crate::cli) fn parse(line: &str) -> Option<Self> {
        match line.trim_end().split_once(' ') {
            Some(("say", text)) => Some(Self::Say(text.to_owned())),
            Some(("warn", text)) => Some(Self::Warn(text.to_owned())),
            None if line.trim_end() == "busy" => Some(Self::Busy),
            _ => None,
        }
    }

    /// Says it to the parent.
    pub(super) fn send(&self) {
        // A name may hold anything, and a line is a line.
        let line = |text: &str| text.replace(['\n', '\r'], " ");
        match self {
            Self::Say(text) => tell(&format!("say {}\n", line(text))),
            Self::Warn(text) => tell(&format!("warn {}\n", line(text))),
            Self::Busy => tell("busy\n"),
        }
    }
}

/// Writes to the parent.
pub(super) fn tell(text: &str) {
    let mut out = std::io::stdout().lock();
    // Without a parent to hear it there is nobody to tell.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    use super::Word;

    #[test]
    fn a_line_is_read_as_it_was_meant_and_anything_else_is_nothing() {
        assert_eq!(Word::parse("say a7/x.md is sealed.\n"), Some(Word::Say("a7/x.md is sealed.".to_owned())));
        assert_eq!(Word::parse("busy\n"), Some(Word::Busy));
        assert_eq!(Word::parse("shout x\n"), None);
    }
}

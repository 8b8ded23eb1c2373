//! What to know about an editor before a note is written in it.
//!
//! In goes the name of its program; out comes advice out of the table of editors, or none for an editor whose switches
//! keep every copy away. Nothing is started.

use super::advice::{Advice, Topic};
use super::editor_family::{Runs, of_program};

/// What to know about the editor that would be used.
pub fn editor_advice(program: &str) -> Option<Advice> {
    let name = program.rsplit('/').next().unwrap_or(program);
    let Some(family) = of_program(name) else {
        let what = format!("no switches are known that keep the editor `{name}` from leaving copies");
        let remedy = "look whether it keeps backups, swap files or a history, and turn that off";
        return Some(Advice::note(Topic::Editor, what, remedy));
    };
    let advice = family.advice?;
    Some(match family.runs {
        Runs::NotForOneFile => {
            let what = format!("the editor `{name}` opens no single file, so no note can be written in it");
            Advice::problem(Topic::Editor, what, advice)
        }
        _ => Advice::note(
            Topic::Editor,
            format!("switches alone do not keep {} from leaving copies", family.name),
            advice,
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::editor_advice;
    use crate::machine::Severity;

    #[test]
    fn an_editor_that_is_kept_in_hand_needs_no_advice_and_the_others_get_theirs() {
        for name in ["vi", "/usr/bin/vim", "nvim", "nano"] {
            assert_eq!(editor_advice(name), None, "{name}");
        }
        for (name, severity) in [("obsidian", Severity::Problem), ("subl", Severity::Note), ("ed9", Severity::Note)] {
            assert_eq!(editor_advice(name).map(|advice| advice.severity), Some(severity), "{name}");
        }
    }
}

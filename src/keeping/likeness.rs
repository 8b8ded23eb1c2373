//! Whether one text is a later save of another.
//!
//! In go two texts; out comes yes or no. An editor saves the same note again and again, and a file's name alone does not
//! say so: the next note may be written under the same name.

use std::collections::HashSet;

/// Whether at least half of the lines with words in `before` stand in `after` too, and there is at least one.
pub(super) fn keeps_most_of(before: &str, after: &str) -> bool {
    let there: HashSet<&str> = lines(after).collect();
    let (mut all, mut kept) = (0usize, 0usize);
    for line in lines(before) {
        all += 1;
        kept += usize::from(there.contains(line));
    }
    kept > 0 && kept * 2 >= all
}

/// Lines that say something: not blank, no rule, and none of the lines by which a note says which note it is.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let own = ["---", "+++", "id:", "rev:", "client:", "date:"];
    text.lines().map(str::trim).filter(move |line| !line.is_empty() && !own.iter().any(|own| line.starts_with(own)))
}

#[cfg(test)]
mod tests {
    use super::keeps_most_of;

    #[test]
    fn a_longer_or_mended_text_is_a_later_save_and_another_note_under_the_same_name_is_not() {
        let note = "---\nclient: a7\ndate: 2026-03-02\n---\nSlept badly.\nThe letter came.\n";
        assert!(keeps_most_of(note, &format!("{note}More.\n")));
        assert!(keeps_most_of(note, &note.replace("badly", "well")));
        assert!(!keeps_most_of(note, "---\nclient: a7\ndate: 2026-03-02\n---\nAnother hour.\n"));
        assert!(!keeps_most_of("\n", "Anything.\n"), "nothing is like nothing");
    }
}

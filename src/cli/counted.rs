//! Numbers with what they count: `1 note`, `2 notes`.

/// A number and its noun, in the plural where it wants one.
pub(super) fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

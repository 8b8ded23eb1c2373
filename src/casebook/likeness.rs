//! Names of themes that are perhaps one theme.
//!
//! In go two names, out comes why they look alike, if they do. Only the names are compared; whether they mean the same
//! is for whoever wrote them to say.

use super::words::{fold_into, segments};
use crate::domain::Theme;

/// Why two names look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same letters; accents, hyphens and signs differ.
    Spelling,
    /// The same word with another ending: `dream` and `dreams`, `worry` and `worries`.
    Ending,
    /// A letter is missing, added, exchanged or changed.
    Letter,
    /// The same name, once by itself and once as a part: `mother` and `family/mother`.
    Part,
}

/// Why two different themes look alike; `None` when they do not.
pub fn likeness(one: &Theme, other: &Theme) -> Option<Likeness> {
    let (a, b) = (letters(one.key()), letters(other.key()));
    if one == other || a.is_empty() || b.is_empty() {
        return None;
    }
    if a == b {
        return Some(Likeness::Spelling);
    }
    let family = |theme: &Theme| theme.key().split('/').count();
    if family(one) != family(other) {
        let last = |theme: &Theme| letters(theme.key().rsplit('/').next().unwrap_or_default());
        return (last(one) == last(other)).then_some(Likeness::Part);
    }
    if family(one) > 1 && parent(one) != parent(other) {
        return None;
    }
    if stem(&a) == stem(&b) {
        return Some(Likeness::Ending);
    }
    // Short names are near each other by chance: `work` and `worm`.
    let shorter = a.chars().count().min(b.chars().count());
    let near = if shorter >= 9 { 2 } else { usize::from(shorter >= 5) };
    (near > 0 && !digits_differ(&a, &b) && strsim::osa_distance(&a, &b) <= near).then_some(Likeness::Letter)
}

fn parent(theme: &Theme) -> &str {
    theme.key().rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Folded letters and digits alone.
fn letters(key: &str) -> String {
    let mut all = String::new();
    let mut folded = String::new();
    for word in segments(key) {
        fold_into(&key[word], &mut folded);
        all.push_str(&folded);
    }
    all
}

/// `year1` and `year2` differ on purpose.
fn digits_differ(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(a) != digits(b)
}

/// The word without an ending of English number and form. Crude on purpose: it only proposes.
fn stem(word: &str) -> &str {
    let long = |stem: &&str| stem.chars().count() >= 3;
    let endings = ["iness", "ying", "ies", "ing", "ness", "es", "ed", "s", "y", "e"];
    let bare = endings.into_iter().find_map(|ending| word.strip_suffix(ending).filter(long)).unwrap_or(word);
    // planning, plan
    let mut last = bare.chars().rev();
    match (last.next(), last.next()) {
        (Some(a), Some(b)) if a == b && !matches!(a, 's' | 'l' | 'f' | 'e' | 'o') => &bare[..bare.len() - a.len_utf8()],
        _ => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::{Likeness, likeness};
    use crate::domain::Theme;

    #[test]
    fn names_that_are_perhaps_one_theme_are_seen_and_others_are_not() {
        for (one, other, why) in [
            ("self-criticism", "selfcriticism", Some(Likeness::Spelling)),
            ("Séance", "seance", Some(Likeness::Spelling)),
            ("dream", "dreams", Some(Likeness::Ending)),
            ("worry", "worries", Some(Likeness::Ending)),
            ("worry", "worrying", Some(Likeness::Ending)),
            ("sleep", "sleeping", Some(Likeness::Ending)),
            ("planning", "plan", Some(Likeness::Ending)),
            ("lonely", "loneliness", Some(Likeness::Ending)),
            ("boundaries", "bondaries", Some(Likeness::Letter)),
            ("mother", "family/mother", Some(Likeness::Part)),
            ("family/mother", "family/mothers", Some(Likeness::Ending)),
            ("work", "worm", None),
            ("mother", "father", None),
            ("anger", "danger-zone", None),
            ("school/mother", "family/mother", None),
            ("year1", "year2", None),
            ("sleep", "Sleep", None),
            ("grief", "guilt", None),
        ] {
            let themes = [one, other].map(|name| Theme::new(name).unwrap());
            assert_eq!(likeness(&themes[0], &themes[1]), why, "{one} {other}");
            assert_eq!(likeness(&themes[1], &themes[0]), why, "{other} {one}");
        }
    }
}

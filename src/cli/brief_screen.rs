//! A brief on one screen: what it says at the left, the note it comes from at the right.
//!
//! In goes a brief; out come at most forty lines of eighty columns. Long texts are cut at a word, long lists say how much
//! more there is; `--json` and the page hold the rest. Nothing here decides what is said.

use crate::brief::{Brief, Item, Section, Topic};

/// Columns for the text; the source stands behind them.
const TEXT: usize = 53;
/// Lines of one screen, the line with the client's code included.
const SCREEN: usize = 40;
/// Most items of one section.
const ITEMS: usize = 6;

/// The lines under the client's code. `strong` makes a heading stand out.
pub(super) fn screen(brief: &Brief, strong: &dyn Fn(&str) -> String) -> String {
    let mut shown: Vec<Shown<'_>> = brief.sections.iter().map(Shown::new).collect();
    // Long texts are cut before a line of another note is dropped; what weighs least goes first.
    for longest in [3, 2] {
        shown.iter_mut().for_each(|section| section.lines_each = section.lines_each.min(section.longest(longest)));
        if height(&shown) < SCREEN {
            break;
        }
    }
    while height(&shown) >= SCREEN {
        let Some(section) =
            shown.iter_mut().filter(|section| section.can_spare()).max_by_key(|section| section.weight())
        else {
            break;
        };
        section.items -= 1;
    }
    shown.iter().map(|section| section.text(strong)).collect()
}

fn height(shown: &[Shown<'_>]) -> usize {
    shown.iter().map(Shown::height).sum()
}

/// How much of a section is shown.
struct Shown<'a> {
    section: &'a Section,
    items: usize,
    lines_each: usize,
}

impl<'a> Shown<'a> {
    fn new(section: &'a Section) -> Self {
        let most = if section.topic == Topic::Safety { usize::MAX } else { ITEMS };
        Self { section, items: section.items.len().min(most), lines_each: 4 }
    }

    /// What must be read whole keeps a line more.
    fn longest(&self, lines: usize) -> usize {
        if self.is_needed() { lines + 1 } else { lines }
    }

    /// Safety is never cut to save room, and where we stopped hardly ever.
    fn is_needed(&self) -> bool {
        matches!(self.section.topic, Topic::Stopped | Topic::Safety)
    }

    /// Which section gives up a line first: the longest of those that can best spare one.
    fn weight(&self) -> (bool, usize) {
        (!self.is_needed(), self.height())
    }

    fn can_spare(&self) -> bool {
        self.items > 1 && self.section.topic != Topic::Safety
    }

    fn height(&self) -> usize {
        let lines: usize = self.shown().map(|item| wrapped(item.text.reveal(), self.lines_each).len()).sum();
        1 + lines + usize::from(self.more() > 0)
    }

    fn shown(&self) -> impl Iterator<Item = &'a Item> {
        self.section.items.iter().take(self.items)
    }

    fn more(&self) -> usize {
        self.section.items.len() - self.items
    }

    fn text(&self, strong: &dyn Fn(&str) -> String) -> String {
        let mut text = format!("{}\n", strong(self.section.topic.heading()));
        for item in self.shown() {
            let source = item.source.map(|(id, day)| format!("{day} {id}")).unwrap_or_default();
            for (at, line) in wrapped(item.text.reveal(), self.lines_each).iter().enumerate() {
                let source = if at == 0 { source.as_str() } else { "" };
                let room = " ".repeat(TEXT.saturating_sub(width(line)));
                text.push_str(format!("  {line}{room}  {source}").trim_end());
                text.push('\n');
            }
        }
        if self.more() > 0 {
            text.push_str(&format!("  and {} more\n", self.more()));
        }
        text
    }
}

/// A text in so many lines at most, broken at spaces; a word longer than a line is cut in two.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace().flat_map(pieces) {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(&word),
            Some(line) if width(line) + 1 + width(&word) <= TEXT => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while width(last) > TEXT - 2 {
                last.pop();
            }
            last.truncate(last.trim_end().len());
            last.push_str(" …");
        }
    }
    lines
}

/// A word in stretches no longer than a line.
fn pieces(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(TEXT).map(|stretch| stretch.iter().collect()).collect()
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Confidential;

    fn section(topic: Topic, items: usize, text: &str) -> Section {
        let item = || Item { text: Confidential::new(text), source: None };
        Section { topic, items: (0..items).map(|_| item()).collect() }
    }

    #[test]
    fn whatever_a_brief_holds_fits_one_screen_and_says_how_much_more_there_is() {
        let topics = [
            Topic::Ended,
            Topic::Stopped,
            Topic::Mine,
            Topic::Theirs,
            Topic::Nobodys,
            Topic::Safety,
            Topic::Scores,
            Topic::Goals,
            Topic::NotWrittenAbout,
            Topic::Dates,
            Topic::Findings,
            Topic::Next,
        ];
        let long = "word ".repeat(80);
        let sections = topics.into_iter().map(|topic| section(topic, 9, &long)).collect();
        let text = screen(&Brief { sections }, &str::to_owned);
        assert!(text.lines().all(|line| width(line) <= 80));
        assert_eq!(text.matches("and 8 more").count(), 11, "all but safety give way: {text}");
        let usual =
            topics.into_iter().map(|topic| section(topic, 4, "a line as long as most of them are, or a bit more"));
        let text = screen(&Brief { sections: usual.collect() }, &str::to_owned);
        assert!(text.lines().count() < SCREEN, "{}", text.lines().count());
    }

    #[test]
    fn lines_break_at_words_and_endless_words_are_cut() {
        assert_eq!(wrapped("one two", 2), ["one two"]);
        assert_eq!(wrapped(&"x".repeat(60), 3).iter().map(|line| width(line)).collect::<Vec<_>>(), [53, 7]);
        let cut = wrapped(&"word ".repeat(40), 2);
        assert!(cut.len() == 2 && cut[1].ends_with(" …") && width(&cut[1]) <= TEXT);
        assert_eq!(wrapped("", 2), [""]);
    }
}

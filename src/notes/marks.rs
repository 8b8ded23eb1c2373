//! Marks in the body: `#theme`, `@person`, `key:: value`, tasks, callouts.
//!
//! In goes the Markdown body; out come the marks with their places. Code, comments and link targets hold no marks. The
//! text is never changed, and nothing here renders it.

use super::node::{Entry, Node, Value};
use crate::domain::{Callout, CalloutKind, Confidential, Owner, Person, Place, Scales, Task, TaskState, Theme};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Bodies above this size are searched for marks line by line without a Markdown parse.
const LARGEST_PARSED: usize = 1024 * 1024;

/// What was found in a body.
#[derive(Default)]
pub(super) struct Marks {
    pub(super) themes: Vec<Theme>,
    pub(super) people: Vec<Person>,
    /// `key:: value` lines as entries.
    pub(super) inline: Vec<Entry>,
    /// Totals in the middle of a line, where they are not read: the scale and the place.
    pub(super) unread_totals: Vec<(&'static str, Place)>,
    pub(super) tasks: Vec<Task>,
    pub(super) callouts: Vec<Callout>,
}

/// Reads the marks of `text[body_at..]`.
pub(super) fn read(text: &str, body_at: usize) -> Marks {
    let body = text.get(body_at..).unwrap_or_default();
    let hidden = hidden_ranges(body);
    let mut marks = Marks::default();
    let mut callout: Option<(CalloutKind, String)> = None;
    let mut at = 0;
    let mut skip = hidden.iter().peekable();
    for (number, line) in (Place::of_offset(text, body_at).line..).zip(body.split_inclusive('\n')) {
        let visible = visible_part(line, at, &mut skip);
        let here = visible.trim_end_matches('\n');
        read_line(here, number, &mut marks);
        follow_callout(here, &mut callout, &mut marks.callouts);
        at += line.len();
    }
    finish_callout(callout, &mut marks.callouts);
    marks
}

/// Code, comments and link targets, in order.
fn hidden_ranges(body: &str) -> Vec<Range<usize>> {
    if body.len() > LARGEST_PARSED {
        return Vec::new();
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut hidden: Vec<Range<usize>> = Vec::new();
    let mut code_from = None;
    let mut link_text_end = 0;
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code_from = Some(range.start),
            Event::End(TagEnd::CodeBlock) => hidden.push(code_from.take().unwrap_or(range.start)..range.end),
            Event::Code(_) => hidden.push(range),
            Event::Html(html) | Event::InlineHtml(html) if html.trim_start().starts_with("<!--") => hidden.push(range),
            Event::Text(_) => link_text_end = range.end,
            Event::End(TagEnd::Link | TagEnd::Image) if link_text_end < range.end => {
                hidden.push(link_text_end..range.end)
            }
            _ => {}
        }
    }
    hidden.sort_by_key(|range| range.start);
    hidden
}

/// The line with hidden bytes blanked out, so that columns stay right.
fn visible_part<'a>(
    line: &'a str,
    at: usize,
    hidden: &mut std::iter::Peekable<std::slice::Iter<'_, Range<usize>>>,
) -> std::borrow::Cow<'a, str> {
    let end = at + line.len();
    while hidden.next_if(|range| range.end <= at).is_some() {}
    let mut blanked: Option<String> = None;
    for range in hidden.clone() {
        if range.start >= end {
            break;
        }
        let from = range.start.max(at) - at;
        let until = range.end.min(end) - at;
        let text = blanked.get_or_insert_with(|| line.to_owned());
        if let Some(part) = text.get(from..until) {
            let blank: String = part
                .chars()
                .map(|c| if c == '\n' { '\n' } else { ' ' })
                .flat_map(|c| std::iter::repeat_n(c, 1))
                .collect();
            let padded = format!("{blank}{}", " ".repeat(part.len() - blank.len()));
            text.replace_range(from..until, &padded);
        }
    }
    blanked.map_or(std::borrow::Cow::Borrowed(line), std::borrow::Cow::Owned)
}

fn read_line(line: &str, number: u32, marks: &mut Marks) {
    if line.trim().is_empty() {
        return;
    }
    if let Some(task) = task(line, number) {
        marks.tasks.push(task);
    }
    if line.contains("::") {
        inline_entries(line, number, &mut marks.inline);
        marks.unread_totals.extend(unread_totals(line, number));
    }
    if line.contains('#') {
        marks.themes.extend(
            names(line, '#', is_theme_char)
                .filter(|word| !word.chars().all(|c| c.is_ascii_digit()))
                .filter_map(Theme::new),
        );
    }
    if line.contains('@') {
        marks.people.extend(names(line, '@', is_person_char).filter_map(Person::new));
    }
}

fn is_theme_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '/')
}

fn is_person_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// Names that follow a sign, where the sign does not stand inside a word, an address or a run of itself.
fn names(line: &str, sign: char, allowed: fn(char) -> bool) -> impl Iterator<Item = &str> {
    line.match_indices(sign).filter_map(move |(at, _)| {
        let before = line[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '#' | '@' | '/' | '&' | '\\' | '_' | '=' | '?')) {
            return None;
        }
        let rest = &line[at + 1..];
        let end = rest.find(|c| !allowed(c)).unwrap_or(rest.len());
        let name = rest[..end].trim_end_matches(['-', '/', '_']);
        let begins = name.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_');
        begins.then_some(name)
    })
}

/// `- [ ] me: …`, `* [x] …`, `1. [-] …`, also inside quotes.
fn task(line: &str, number: u32) -> Option<Task> {
    let start = line.trim_start_matches(['>', ' ', '\t']);
    let item = start.strip_prefix(['-', '*', '+']).or_else(|| {
        let digits = start.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0).then(|| start[digits..].strip_prefix(['.', ')']))?
    })?;
    let boxed = item.trim_start().strip_prefix('[')?;
    let (mark, rest) = boxed.split_at_checked(boxed.chars().next()?.len_utf8())?;
    let text = rest.strip_prefix(']')?;
    let state = match mark {
        " " => TaskState::Open,
        "x" | "X" => TaskState::Done,
        "-" => TaskState::Dropped,
        _ => return None,
    };
    if !text.starts_with([' ', '\t']) || text.trim().is_empty() {
        return None;
    }
    let text = text.trim();
    let column = line.len() - start.len();
    let (owner, text) = match text.split_once(':') {
        Some((who, rest)) if who.eq_ignore_ascii_case("me") => (Owner::Counselor, rest.trim()),
        Some((who, rest)) if who.eq_ignore_ascii_case("client") => (Owner::Client, rest.trim()),
        _ => (Owner::Unsaid, text),
    };
    Some(Task { owner, text: Confidential::new(text), state, place: Place::new(number, column as u32 + 1) })
}

/// `key:: value` alone on a line (perhaps as a list item), and `[key:: value]` or `(key:: value)` inside prose.
fn inline_entries(line: &str, number: u32, entries: &mut Vec<Entry>) {
    let start = line.trim_start_matches(['>', ' ', '\t', '-', '*', '+']);
    let mut add = |key: &str, value: &str| {
        let key = key.trim();
        let plain = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.'));
        if key.is_empty() || key.len() > 40 || !plain || value.trim().is_empty() {
            return;
        }
        let offset = value.as_ptr() as usize - line.as_ptr() as usize;
        let column = line[..offset].chars().count() as u32 + 1 + (value.len() - value.trim_start().len()) as u32;
        let place = Place::new(number, column);
        let node = Node { place, value: Value::Scalar(value.trim().to_owned()) };
        entries.push(Entry { key: key.to_owned(), place, node });
    };
    if let Some((key, value)) = start.split_once("::")
        && !key.contains(['[', '('])
    {
        add(key, value);
        return;
    }
    for (open, close) in [('[', ']'), ('(', ')')] {
        for part in line.split(open).skip(1) {
            if let Some((inside, _)) = part.split_once(close)
                && let Some((key, value)) = inside.split_once("::")
            {
                add(key, value);
            }
        }
    }
}

/// `phq9:: 9` after other words and without brackets: it looks like a total, and is none.
fn unread_totals(line: &str, number: u32) -> impl Iterator<Item = (&'static str, Place)> {
    line.match_indices("::").filter_map(move |(at, _)| {
        let before = line.get(..at)?;
        let from = before
            .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))
            .map_or(0, |last| last + before.get(last..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        let scale = Scales::shipped().find(before.get(from..)?)?;
        let others = before.get(..from)?.trim_start_matches(['>', ' ', '\t', '-', '*', '+']);
        let value = line.get(at + 2..)?.trim_start();
        let is_total = value.starts_with(|c: char| c.is_ascii_digit());
        let column = before.get(..from)?.chars().count() as u32 + 1;
        (is_total && !others.is_empty() && !others.ends_with(['[', '(']))
            .then(|| (scale.id.as_str(), Place::new(number, column)))
    })
}

fn follow_callout(line: &str, current: &mut Option<(CalloutKind, String)>, found: &mut Vec<Callout>) {
    let Some(quoted) = line.trim_start().strip_prefix('>') else {
        finish_callout(current.take(), found);
        return;
    };
    let quoted = quoted.strip_prefix(' ').unwrap_or(quoted);
    if let Some((word, title)) = quoted.trim_start().strip_prefix("[!").and_then(|rest| rest.split_once(']')) {
        finish_callout(current.take(), found);
        *current = Some((CalloutKind::parse(word), title.trim_start_matches(['+', '-']).trim().to_owned()));
    } else if let Some((_, text)) = current {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(quoted.trim_end());
    }
}

fn finish_callout(callout: Option<(CalloutKind, String)>, found: &mut Vec<Callout>) {
    if let Some((kind, text)) = callout {
        found.push(Callout { kind, text: Confidential::new(text.trim()) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn themes(body: &str) -> Vec<String> {
        read(body, 0).themes.iter().map(|t| t.key().to_owned()).collect()
    }

    #[test]
    fn themes_follow_the_rules_people_know() {
        assert_eq!(themes("#sleep, then #family/mother. (#Work-)\n# Heading\n"), ["sleep", "family/mother", "work"]);
        assert_eq!(themes("no. #12, a#b, https://x.org/#frag, \\#not, ##nor\n"), Vec::<String>::new());
        assert_eq!(themes("`#code` and\n```\n#code\n```\n<!-- #comment -->\n[#text](#target)\n"), ["text"]);
    }

    #[test]
    fn people_are_found_and_addresses_are_not() {
        let people: Vec<String> =
            read("with @sister, @ms-okafor; mail a@b.org", 0).people.iter().map(|p| p.key().to_owned()).collect();
        assert_eq!(people, ["sister", "ms-okafor"]);
    }

    #[test]
    fn tasks_have_an_owner_a_state_and_a_place() {
        let tasks = read("- [ ] me: ask the clinic\n  * [x] Client: diary\n- [-] later\n- [?] no\n- [ ]\n", 0).tasks;
        let shown: Vec<_> = tasks.iter().map(|t| (t.owner, t.state, t.text.reveal(), t.place.line)).collect();
        assert_eq!(
            shown,
            [
                (Owner::Counselor, TaskState::Open, "ask the clinic", 1),
                (Owner::Client, TaskState::Done, "diary", 2),
                (Owner::Unsaid, TaskState::Dropped, "later", 3),
            ]
        );
    }

    #[test]
    fn inline_values_are_read_with_their_place() {
        let entries = read("Slept [mood:: low] badly.\nphq9:: 11\nstd::fmt\n", 0).inline;
        let shown: Vec<_> = entries.iter().map(|e| (e.key.as_str(), e.node.in_one_line(), e.place)).collect();
        assert_eq!(shown[0], ("mood", "low".to_owned(), Place::new(1, 15)));
        assert_eq!(shown[1], ("phq9", "11".to_owned(), Place::new(2, 8)));
    }

    #[test]
    fn callouts_end_where_the_quote_ends() {
        let callouts =
            read("> [!plan] Next\n> ask about the letter\n\n> plain quote\n> [!quote]\n> I slept.\n", 0).callouts;
        let shown: Vec<_> = callouts.iter().map(|c| (c.kind, c.text.reveal())).collect();
        assert_eq!(shown, [(CalloutKind::Plan, "Next\nask about the letter"), (CalloutKind::Quote, "I slept.")]);
    }
}

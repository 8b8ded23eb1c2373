//! Running prose of a note, for quoting a sentence of it.
//!
//! In goes a Markdown body; out come its paragraphs in one line each, without headings, lists, quotations, tables, code
//! and `key:: value` lines. It reads line by line and never renders.

/// Longest quotation of a note's last words, in characters.
const LAST_WORDS: usize = 160;

/// The paragraphs of running prose, each in one line.
pub(super) fn paragraphs(body: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let (mut open, mut fenced) = (false, false);
    for line in body.lines().map(str::trim) {
        let fence = line.starts_with("```") || line.starts_with("~~~");
        fenced ^= fence;
        if fence || fenced || line.is_empty() || !is_prose(line) {
            open = false;
            continue;
        }
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        match found.last_mut().filter(|_| open) {
            Some(paragraph) => {
                paragraph.push(' ');
                paragraph.push_str(&words);
            }
            None => found.push(words),
        }
        open = true;
    }
    found
}

fn is_prose(line: &str) -> bool {
    let list = ["- ", "* ", "+ ", "|", ">", "<!--", "---", "# ", "## ", "### ", "#### ", "##### ", "###### "];
    let field = line.split_once("::").is_some_and(|(key, _)| !key.contains(char::is_whitespace));
    !list.iter().any(|start| line.starts_with(start)) && !field
}

/// What stands under a heading, in one line.
pub(super) fn under_heading(body: &str, heading: &str) -> Option<String> {
    let name = |line: &str| line.starts_with('#').then(|| line.trim_start_matches('#').trim().to_lowercase());
    let mut lines = body.lines().map(str::trim).skip_while(|line| name(line).as_deref() != Some(heading)).skip(1);
    let mut under = Vec::new();
    // `#theme` opens no section: a heading has a space after its signs.
    for line in
        lines.by_ref().take_while(|line| !line.trim_start_matches('#').starts_with(' ') || !line.starts_with('#'))
    {
        if is_prose(line) || line.starts_with("- ") && !line.starts_with("- [") {
            under.push(line);
        }
    }
    let text = one_line(&under.join(" "));
    (!text.is_empty()).then_some(text)
}

/// The last words of a body: as many whole sentences of its last paragraph as are short enough to quote.
pub(super) fn last_words(body: &str) -> Option<String> {
    let paragraph = paragraphs(body).pop()?;
    let starts = paragraph.match_indices(['.', '!', '?', '…']).filter_map(|(at, mark)| {
        let rest = &paragraph[at + mark.len()..];
        rest.starts_with(' ').then(|| at + mark.len() + 1)
    });
    let fits = |from: &usize| paragraph[*from..].chars().count() <= LAST_WORDS;
    let from = std::iter::once(0).chain(starts).find(fits);
    Some(match from {
        Some(from) => paragraph[from..].to_owned(),
        None => {
            let skip = paragraph.chars().count().saturating_sub(LAST_WORDS);
            let tail: String = paragraph.chars().skip(skip).collect();
            format!("… {}", tail.split_once(' ').map_or(tail.as_str(), |(_, rest)| rest))
        }
    })
}

/// A text with all its white space made single spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "# Session\n\nShe came\nlate. #sleep\n\n> [!quote]\n> No.\n\nphq9:: 6\n\nLast one. It rained!\n\n- [ ] me: ring\n\n## Plan\n\n#letter first.\n- then rest\n\n## Next\nx";

    #[test]
    fn prose_leaves_out_what_is_none_and_last_words_are_whole_sentences() {
        assert_eq!(paragraphs(BODY), ["She came late. #sleep", "Last one. It rained!", "#letter first.", "x"]);
        assert_eq!(last_words("One. Two words.\n\n- [ ] x").as_deref(), Some("One. Two words."));
        let long = format!("{} end. The very last.", "word ".repeat(60));
        assert_eq!(last_words(&long).as_deref(), Some("The very last."));
        assert!(last_words(&"word ".repeat(90)).is_some_and(|words| words.starts_with("… word")));
        assert_eq!(last_words("> quoted"), None);
    }

    #[test]
    fn a_plan_under_its_heading_is_found_and_a_theme_is_no_heading() {
        assert_eq!(under_heading(BODY, "plan").as_deref(), Some("#letter first. - then rest"));
        assert_eq!(under_heading(BODY, "response"), None);
        assert_eq!(under_heading("## Plan\n\n## Next\nx", "plan"), None);
    }
}

//! Markdown of a note as inert HTML.
//!
//! In go the Markdown and what it may refer to; out comes HTML in which nothing acts: raw HTML is text, links lead where
//! [`Destination`] allows, pictures are named and never loaded, and no id, class, style or form field comes from the
//! note. What is too long or too deep comes out as plain text, so that the words are always there. It is the only
//! module that knows the Markdown reader, and its output is the only HTML that templates take as it is.

use super::address::theme_address;
use super::inline_marks::{Piece, pieces};
use super::link::{Destination, linked_note, picture_source};
use super::shown::visible;
use crate::casebook::Casebook;
use crate::domain::{CalloutKind, Note, NoteId, Theme};
use pulldown_cmark::{
    CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream, html,
};
use std::collections::{HashMap, VecDeque};

/// Longer texts are shown as they are.
const LONGEST_TEXT: usize = 1 << 20;
/// Deeper texts are shown as they are.
const DEEPEST: usize = 64;
/// Texts that come apart into more pieces than this are shown as they are.
const MOST_PIECES: usize = 120_000;
/// More HTML than this is shown as the text it came from.
const LONGEST_HTML: usize = 4 << 20;

/// HTML that does nothing.
pub(crate) struct InertHtml {
    /// The HTML.
    pub(crate) html: String,
    /// Why it is plain text, when it is.
    pub(crate) plain_because: Option<&'static str>,
}

/// Renders the body of a note.
pub(crate) fn inert_html(note: &Note, casebook: &Casebook) -> InertHtml {
    let body = note.body();
    if body.len() > LONGEST_TEXT {
        return plain(body, "It is longer than a megabyte, so it is shown as it was written.");
    }
    let mut reading =
        Reading { note, casebook, footnotes: HashMap::new(), in_code: false, in_link: 0, closings: Vec::new() };
    let Some(events) = reading.events(body) else {
        return plain(
            body,
            "It is nested too deeply or holds too many parts for a page, so it is shown as it was written.",
        );
    };
    let mut out = String::with_capacity(body.len() * 2);
    html::push_html(&mut out, events.into_iter());
    if out.len() > LONGEST_HTML {
        return plain(body, "It would make a very heavy page, so it is shown as it was written.");
    }
    InertHtml { html: out, plain_because: None }
}

/// The running text of a Markdown body, block by block, as [`super::excerpt`] needs it.
pub(crate) fn paragraphs(markdown: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut current: Option<String> = None;
    let mut aside = 0usize;
    for event in TextMergeStream::new(Parser::new_ext(markdown, options())) {
        match event {
            Event::Start(Tag::Paragraph) if aside == 0 => current = Some(String::new()),
            Event::Start(Tag::Paragraph) => {}
            Event::End(TagEnd::Paragraph) => found.extend(current.take().filter(|text| !text.trim().is_empty())),
            Event::Start(tag) if is_aside(&tag) => aside += 1,
            Event::End(end) if is_aside_end(end) => aside = aside.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if aside == 0 => {
                if let Some(words) = &mut current {
                    words.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(words) = &mut current {
                    words.push('\n');
                }
            }
            _ => {}
        }
    }
    found
}

fn is_aside(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::FootnoteDefinition(_)
            | Tag::Table(_)
            | Tag::Image { .. }
            | Tag::HtmlBlock
    )
}

fn is_aside_end(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::Table
            | TagEnd::Image
            | TagEnd::HtmlBlock
    )
}

/// Heading attributes and metadata blocks stay off: with them a note could set ids and classes.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
}

fn plain(text: &str, because: &'static str) -> InertHtml {
    InertHtml { html: format!("<pre class=\"plain\">{}</pre>", escape(&visible(text))), plain_because: Some(because) }
}

/// Escapes text for any place in HTML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// One reading of one note.
struct Reading<'a> {
    note: &'a Note,
    casebook: &'a Casebook,
    footnotes: HashMap<String, usize>,
    in_code: bool,
    in_link: usize,
    closings: Vec<String>,
}

impl<'a> Reading<'a> {
    /// Turns the reader's events into events that are safe to write. `None` when they are too many or nest too deeply.
    fn events(&mut self, markdown: &'a str) -> Option<Vec<Event<'a>>> {
        let parser = TextMergeStream::new(Parser::new_ext(markdown, options()));
        let mut source: VecDeque<Event<'a>> = parser.take(MOST_PIECES + 1).collect();
        if source.len() > MOST_PIECES {
            return None;
        }
        let mut out = Vec::with_capacity(source.len());
        let mut depth = 0usize;
        while let Some(event) = source.pop_front() {
            match event {
                Event::Start(tag) => {
                    depth += 1;
                    if depth > DEEPEST {
                        return None;
                    }
                    self.start(tag, &mut source, &mut out);
                }
                Event::End(end) => {
                    depth = depth.saturating_sub(1);
                    self.end(end, &mut out);
                }
                other => self.inline(other, &mut out),
            }
        }
        Some(out)
    }

    fn start(&mut self, tag: Tag<'a>, source: &mut VecDeque<Event<'a>>, out: &mut Vec<Event<'a>>) {
        match tag {
            Tag::Heading { level, .. } => {
                out.push(Event::Start(Tag::Heading {
                    level: below(level),
                    id: None,
                    classes: Vec::new(),
                    attrs: Vec::new(),
                }));
            }
            Tag::CodeBlock(_) => {
                self.in_code = true;
                out.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)));
            }
            Tag::HtmlBlock => out.push(ours("<p class=\"raw\">")),
            Tag::Table(columns) => {
                out.push(ours("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">"));
                // Alignment would be written as a style attribute.
                out.push(Event::Start(Tag::Table(vec![pulldown_cmark::Alignment::None; columns.len()])));
            }
            Tag::FootnoteDefinition(label) => {
                let label = self.footnote(&label);
                out.push(Event::Start(Tag::FootnoteDefinition(label.into())));
            }
            Tag::BlockQuote(_) => out.push(match take_callout(source) {
                Some((kind, name)) => ours(&format!(
                    "<blockquote class=\"callout {}\"><p class=\"callout-name\"><bdi>{}</bdi></p>",
                    kind.word(),
                    escape(&visible(&name))
                )),
                None => ours("<blockquote>"),
            }),
            Tag::Link { link_type, dest_url, .. } => self.open_link(link_type, &dest_url, out),
            Tag::Image { dest_url, .. } => {
                self.in_link += 1;
                out.push(ours("<span class=\"picture\">"));
                out.push(Event::Text(format!("picture not loaded: {} ", picture_source(&dest_url)).into()));
            }
            other => out.push(Event::Start(other)),
        }
    }

    fn end(&mut self, end: TagEnd, out: &mut Vec<Event<'a>>) {
        match end {
            TagEnd::Heading(level) => out.push(Event::End(TagEnd::Heading(below(level)))),
            TagEnd::CodeBlock => {
                self.in_code = false;
                out.push(Event::End(end));
            }
            TagEnd::HtmlBlock => out.push(ours("</p>\n")),
            TagEnd::Table => out.extend([Event::End(end), ours("</div>\n")]),
            TagEnd::BlockQuote(_) => out.push(ours("</blockquote>\n")),
            TagEnd::Link => {
                self.in_link = self.in_link.saturating_sub(1);
                out.extend(self.closings.pop().map(|closing| ours(&closing)));
            }
            TagEnd::Image => {
                self.in_link = self.in_link.saturating_sub(1);
                out.push(ours("</span>"));
            }
            other => out.push(Event::End(other)),
        }
    }

    fn inline(&mut self, event: Event<'a>, out: &mut Vec<Event<'a>>) {
        match event {
            Event::Text(text) if self.in_code || self.in_link > 0 => out.push(words(&text)),
            Event::Text(text) => self.line(&text, out),
            Event::Code(text) => out.push(Event::Code(visible(&text).into_owned().into())),
            Event::Html(text) => out.push(words(&text)),
            Event::InlineHtml(text) => {
                out.extend([ours("<span class=\"raw\">"), words(&text), ours("</span>")]);
            }
            // A link cannot hold a link.
            Event::FootnoteReference(label) if self.in_link > 0 => out.push(words(&format!("[{label}]"))),
            Event::FootnoteReference(label) => {
                let label = self.footnote(&label);
                out.push(Event::FootnoteReference(label.into()));
            }
            Event::TaskListMarker(done) => out.push(ours(if done { DONE_BOX } else { OPEN_BOX })),
            Event::SoftBreak | Event::HardBreak | Event::Rule => out.push(event),
            Event::InlineMath(text) | Event::DisplayMath(text) => out.push(words(&text)),
            Event::Start(_) | Event::End(_) => {}
        }
    }

    /// A line of text. In `phq9:: 11` the key stands back.
    fn line(&self, text: &str, out: &mut Vec<Event<'a>>) {
        let field = text.split_once(":: ").filter(|(key, _)| !key.is_empty() && !key.contains(char::is_whitespace));
        match field {
            Some((key, rest)) => {
                out.extend([ours("<span class=\"field\">"), words(&format!("{key}::")), ours("</span> ")]);
                self.marked(rest, out);
            }
            None => self.marked(text, out),
        }
    }

    /// Text with its themes and people marked. Themes that the note was read to have are links.
    fn marked(&self, text: &str, out: &mut Vec<Event<'a>>) {
        for piece in pieces(text) {
            match piece {
                Piece::Words(text) => out.push(words(text)),
                Piece::Person(mark) => out.extend([ours("<bdi class=\"person\">"), words(mark), ours("</bdi>")]),
                Piece::Theme(mark) => {
                    let theme =
                        Theme::new(&mark[1..]).filter(|theme| self.note.themes.iter().any(|m| m.theme == *theme));
                    let known =
                        theme.filter(|_| self.note.client.is_some()).filter(|theme| self.stands_on_a_page(theme));
                    match known {
                        Some(theme) => {
                            let link = format!("<a class=\"theme\" href=\"{}\"><bdi>", theme_address(&theme));
                            out.extend([ours(&link), words(mark), ours("</bdi></a>")]);
                        }
                        None => out.extend([ours("<bdi class=\"theme\">"), words(mark), ours("</bdi>")]),
                    }
                }
            }
        }
    }

    fn stands_on_a_page(&self, theme: &Theme) -> bool {
        let file = self.note.client.as_ref().and_then(|code| self.casebook.client(code));
        file.is_some_and(|file| file.themes.iter().any(|line| line.theme == *theme))
    }

    fn open_link(&mut self, sort: LinkType, written: &str, out: &mut Vec<Event<'a>>) {
        self.in_link += 1;
        if matches!(sort, LinkType::WikiLink { .. }) {
            let (opening, closing) = match linked_note(written, self.casebook) {
                Some(address) => (format!("<a class=\"linked\" href=\"{address}\">"), "</a>"),
                None => ("<span class=\"linked\">".to_owned(), "</span>"),
            };
            self.closings.push(closing.to_owned());
            return out.push(ours(&opening));
        }
        let address = if sort == LinkType::Email { format!("mailto:{written}") } else { written.to_owned() };
        let (opening, closing) = match Destination::of(&address, self.casebook) {
            Destination::Inside(path) => (format!("<a href=\"{}\">", escape(&path)), "</a>".to_owned()),
            Destination::Outside { address, place } => (
                format!("<a class=\"outside\" rel=\"noopener noreferrer\" href=\"{}\">", escape(&address)),
                format!(
                    "</a> <bdi class=\"place\">{}<span class=\"unseen\"> (outside this site)</span></bdi>",
                    escape(&place)
                ),
            ),
            Destination::Nowhere => {
                let shown: String = visible(&address).chars().take(120).collect();
                (
                    "<span class=\"refused\">".to_owned(),
                    format!("</span> <bdi class=\"place\">{}</bdi>", escape(&shown)),
                )
            }
        };
        self.closings.push(closing);
        out.push(ours(&opening));
    }

    /// A footnote's id: the note's id and a number, never the label as written.
    fn footnote(&mut self, label: &str) -> String {
        let next = self.footnotes.len() + 1;
        let number = *self.footnotes.entry(label.to_owned()).or_insert(next);
        footnote_id(self.note.id, number)
    }
}

fn footnote_id(note: NoteId, number: usize) -> String {
    format!("n{note}-{number}")
}

const OPEN_BOX: &str = "<span class=\"box\" aria-hidden=\"true\">☐</span><span class=\"unseen\">open: </span> ";
const DONE_BOX: &str = "<span class=\"box\" aria-hidden=\"true\">☑</span><span class=\"unseen\">done: </span> ";

/// HTML of our own making.
fn ours<'a>(html: &str) -> Event<'a> {
    Event::InlineHtml(html.to_owned().into())
}

/// Words of the note; the writer escapes them.
fn words<'a>(text: &str) -> Event<'a> {
    Event::Text(visible(text).into_owned().into())
}

/// A note's headings stand below the page's own.
fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

/// Takes `[!plan]` from the start of a quotation. What stands behind it on its line stays in the text.
fn take_callout(source: &mut VecDeque<Event<'_>>) -> Option<(CalloutKind, String)> {
    let (Some(Event::Start(Tag::Paragraph)), Some(Event::Text(text))) = (source.front(), source.get(1)) else {
        return None;
    };
    let (name, rest) = text.strip_prefix("[!")?.split_once(']')?;
    let (kind, name) = (CalloutKind::parse(name), name.trim().replace(['-', '_'], " "));
    let rest = rest.trim_start_matches(['-', '+']).trim_start().to_owned();
    if rest.is_empty() {
        source.remove(1);
        if matches!(source.get(1), Some(Event::SoftBreak | Event::HardBreak)) {
            source.remove(1);
        }
    } else if let Some(text) = source.get_mut(1) {
        *text = Event::Text(rest.into());
    }
    (!name.is_empty()).then_some((kind, name))
}

//! The templates: built in, replaced by name where the reader has their own.
//!
//! In go template sources as strings; out comes a set that renders views. Everything is escaped unless a template says
//! otherwise, and no filter or function here reads a file or the environment. A fault names the template, line and
//! column, and what is missing; it never repeats a value.

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

const PAGES: [(&str, &str); 27] = [
    ("layout.html", include_str!("../../templates/layout.html")),
    ("today.html", include_str!("../../templates/today.html")),
    ("clients.html", include_str!("../../templates/clients.html")),
    ("client.html", include_str!("../../templates/client.html")),
    ("client-head.html", include_str!("../../templates/client-head.html")),
    ("client-tabs.html", include_str!("../../templates/client-tabs.html")),
    ("client-aside.html", include_str!("../../templates/client-aside.html")),
    ("prepare.html", include_str!("../../templates/prepare.html")),
    ("screen.html", include_str!("../../templates/screen.html")),
    ("patterns.html", include_str!("../../templates/patterns.html")),
    ("grid.html", include_str!("../../templates/grid.html")),
    ("finding.html", include_str!("../../templates/finding.html")),
    ("drawing.html", include_str!("../../templates/drawing.html")),
    ("course.html", include_str!("../../templates/course.html")),
    ("lanes.html", include_str!("../../templates/lanes.html")),
    ("lanes-table.html", include_str!("../../templates/lanes-table.html")),
    ("zoom.html", include_str!("../../templates/zoom.html")),
    ("years.html", include_str!("../../templates/years.html")),
    ("unreadable.html", include_str!("../../templates/unreadable.html")),
    ("observation.html", include_str!("../../templates/observation.html")),
    ("note-card.html", include_str!("../../templates/note-card.html")),
    ("note.html", include_str!("../../templates/note.html")),
    ("themes.html", include_str!("../../templates/themes.html")),
    ("theme.html", include_str!("../../templates/theme.html")),
    ("search.html", include_str!("../../templates/search.html")),
    ("about.html", include_str!("../../templates/about.html")),
    ("not-found.html", include_str!("../../templates/not-found.html")),
];
/// Parts of the one style sheet, in the order in which they count.
const SHEETS: [(&str, &str); 4] = [
    ("site.css", include_str!("../../templates/site.css")),
    ("drawings.css", include_str!("../../templates/drawings.css")),
    ("narrow.css", include_str!("../../templates/narrow.css")),
    ("print.css", include_str!("../../templates/print.css")),
];
const SCRIPT: &str = include_str!("../../templates/site.js");
const ICON: &str = include_str!("../../templates/favicon.svg");

/// Why templates cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A template of a name that no page uses.
    #[error("no page uses a template named {name}; there are {}", known.join(", "))]
    UnknownName {
        /// The name that was given.
        name: String,
        /// The names there are.
        known: Vec<&'static str>,
    },
    /// A template that cannot be read or rendered.
    #[error("{file}:{line}:{column}: {message}")]
    Fault {
        /// Which template.
        file: String,
        /// Its line, from 1; 0 when none can be said.
        line: usize,
        /// Its column, from 1; 0 when none can be said.
        column: usize,
        /// What is wrong, without any value.
        message: String,
    },
}

/// A set of templates that fit together.
#[derive(Debug, Clone)]
pub struct Templates {
    tera: Tera,
    style: String,
}

impl Templates {
    /// The templates that come with the program.
    ///
    /// # Errors
    /// Never in a released build; a template of the source tree that cannot be read.
    pub fn built_in() -> Result<Self, TemplateError> {
        Self::with_overrides(Vec::new())
    }

    /// The built-in templates with some replaced by name: `(name, source)`.
    ///
    /// # Errors
    /// [`TemplateError::UnknownName`] for a name no page uses, [`TemplateError::Fault`] for a source that cannot be read.
    pub fn with_overrides(overrides: Vec<(String, String)>) -> Result<Self, TemplateError> {
        let mut sources: Vec<(&str, String)> = PAGES.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        let mut sheets: Vec<(&str, String)> = SHEETS.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        for (name, text) in overrides {
            match sources.iter_mut().chain(&mut sheets).find(|(known, _)| *known == name) {
                Some((_, source)) => *source = text,
                None => return Err(TemplateError::UnknownName { name, known: Self::names() }),
            }
        }
        let mut tera = Tera::new();
        tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
        tera.add_raw_templates(sources).map_err(|error| fault(&error, "templates", true))?;
        Ok(Self { tera, style: sheets.into_iter().map(|(_, text)| text).collect() })
    }

    /// Every name that can be replaced.
    pub fn names() -> Vec<&'static str> {
        PAGES.iter().chain(&SHEETS).map(|(name, _)| *name).collect()
    }

    /// Renders one template with the fields of a view.
    pub(crate) fn render<V: Serialize>(&self, name: &'static str, view: &V) -> Result<String, TemplateError> {
        let context = Context::from_serialize(view).map_err(|error| fault(&error, name, false))?;
        self.tera.render(name, &context).map_err(|error| fault(&error, name, false))
    }

    /// The style sheet.
    pub(crate) fn style(&self) -> &str {
        &self.style
    }

    /// The script; it cannot be replaced.
    pub(crate) fn script() -> &'static str {
        SCRIPT
    }

    /// The icon.
    pub(crate) fn icon() -> &'static str {
        ICON
    }
}

/// Puts a fault into our own words. Messages of the reader pass through, since they speak of the template's source;
/// of the messages of a rendering only those about names do, since others may quote a value.
fn fault(error: &tera::Error, name: &str, reading: bool) -> TemplateError {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let names_only = reading || report.message().contains("` is not defined");
            TemplateError::Fault {
                file: report.filename().to_owned(),
                line: report.span().start_line,
                column: report.span().start_col + 1,
                message: if names_only { report.message() } else { "this cannot be rendered" }.to_owned(),
            }
        }
        other => {
            let message = if reading { other.to_string() } else { "this cannot be rendered".to_owned() };
            TemplateError::Fault { file: name.to_owned(), line: 0, column: 0, message }
        }
    }
}

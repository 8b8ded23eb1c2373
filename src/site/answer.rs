//! From an address to an answer.
//!
//! In go a path, the edition and the templates; out comes an [`Answer`]. No path makes it panic, an unknown one is a page
//! that says so, and a template that cannot be rendered gives a plain page that names the place.

use super::address::Route;
use super::asked::Asked;
use super::edition::Edition;
use super::templates::{TemplateError, Templates};
use super::view::{
    AboutView, ClientView, ClientsView, CourseView, Document, NoteView, PatternsView, PrepareView, SearchView, Stretch,
    ThemeView, ThemesView, TodayView,
};
use crate::domain::ClientCode;
use serde::Serialize;

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// What goes back to the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Media type of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
    /// Where to go instead, with 303 or 308.
    pub location: Option<String>,
}

/// Answers a path. What follows a `?` is not looked at.
pub fn answer(path: &str, edition: &Edition, templates: &Templates) -> Answer {
    let path = path.split('?').next().unwrap_or_default();
    let Some(route) = Route::parse(path) else {
        return match Route::parse(&format!("{path}/")).filter(|_| !path.is_empty()) {
            Some(route) => moved(&route),
            None => not_found(edition, templates),
        };
    };
    match route {
        Route::Pulse => ok(TEXT, edition.stamp.to_string()),
        Route::Style => ok("text/css; charset=utf-8", templates.style()),
        Route::Script => ok("text/javascript; charset=utf-8", Templates::script()),
        Route::Icon => ok("image/svg+xml", Templates::icon()),
        page => answer_page(&page, edition, templates),
    }
}

/// Answers the search form: on to a page that stands for what was asked, by a random name.
pub fn answer_search(token: &str) -> Answer {
    let to = Route::Found(token.to_owned(), 1).to_string();
    Answer { status: 303, content_type: TEXT, body: Vec::new(), location: Some(to) }
}

/// Answers with what fits what was asked. `token` is what stands for it in addresses, `page` counts from 1.
pub fn answer_found(asked: &Asked, token: &str, page: usize, edition: &Edition, templates: &Templates) -> Answer {
    match SearchView::found(edition, asked, token, page) {
        Some(view) => {
            let page = Desk { edition, templates }.page("Search", "search", "search.html", &view);
            page.map_or_else(|error| broken(&error), |html| ok(HTML, html))
        }
        None => not_found(edition, templates),
    }
}

fn answer_page(route: &Route, edition: &Edition, templates: &Templates) -> Answer {
    let desk = Desk { edition, templates };
    let page = match route {
        Route::Today => desk.page("Today", "today", "today.html", &TodayView::new(edition)),
        Route::Clients(list, page) => match ClientsView::new(edition, *list, *page) {
            Some(view) => desk.page("Clients", "clients", "clients.html", &view),
            None => return not_found(edition, templates),
        },
        Route::Client(code) => return desk.client(code, Stretch::Latest),
        Route::ClientYear(code, year, page) => return desk.client(code, Stretch::Year(*year, *page)),
        Route::ClientDays(code, from, until) => return desk.client(code, Stretch::Days(*from, *until)),
        Route::Screen(code) => match edition.casebook.client(code) {
            Some(file) => {
                desk.page(&format!("Prepare {code}"), "screen", "screen.html", &PrepareView::new(edition, file))
            }
            None => return not_found(edition, templates),
        },
        Route::Prepare(code) => match edition.casebook.client(code) {
            Some(file) => {
                desk.page(&format!("Prepare {code}"), "clients", "prepare.html", &PrepareView::new(edition, file))
            }
            None => return not_found(edition, templates),
        },
        Route::Patterns(code) => match edition.casebook.client(code) {
            Some(file) => {
                desk.page(&format!("Patterns {code}"), "clients", "patterns.html", &PatternsView::new(edition, file))
            }
            None => return not_found(edition, templates),
        },
        Route::Course(code, days) => match edition.casebook.client(code) {
            Some(file) => {
                desk.page(&format!("Course {code}"), "clients", "course.html", &CourseView::new(edition, file, *days))
            }
            None => return not_found(edition, templates),
        },
        Route::Note(id) => match edition.casebook.note(*id) {
            Some(note) => desk.page("Note", "clients", "note.html", &NoteView::new(edition, note)),
            None => return not_found(edition, templates),
        },
        Route::Themes => desk.page("Themes", "themes", "themes.html", &ThemesView::new(edition)),
        Route::Theme(key, page) => match ThemeView::new(edition, key, *page) {
            Some(view) => desk.page("Theme", "themes", "theme.html", &view),
            None => return not_found(edition, templates),
        },
        Route::Search => desk.page("Search", "search-form", "search.html", &SearchView::form(edition)),
        // What was asked is kept elsewhere; here is only what is said when it no longer is.
        Route::Found(..) => return gone(edition, templates),
        Route::About => desk.page("About", "about", "about.html", &AboutView::new(edition)),
        Route::Pulse | Route::Style | Route::Script | Route::Icon => return not_found(edition, templates),
    };
    page.map_or_else(|error| broken(&error), |html| ok(HTML, html))
}

/// What every page needs to be rendered.
struct Desk<'a> {
    edition: &'a Edition,
    templates: &'a Templates,
}

impl Desk<'_> {
    fn page<V: Serialize>(
        &self,
        title: &str,
        section: &'static str,
        template: &'static str,
        view: &V,
    ) -> Result<String, TemplateError> {
        let main = self.templates.render(template, view)?;
        self.templates.render("layout.html", &Document::new(self.edition, title.to_owned(), section, main))
    }

    fn client(&self, code: &ClientCode, stretch: Stretch) -> Answer {
        let file = self.edition.casebook.client(code);
        let Some(view) = file.and_then(|file| ClientView::new(self.edition, file, stretch)) else {
            return not_found(self.edition, self.templates);
        };
        let page = self.page(&format!("Client {code}"), "clients", "client.html", &view);
        page.map_or_else(|error| broken(&error), |html| ok(HTML, html))
    }
}

fn ok(content_type: &'static str, body: impl Into<String>) -> Answer {
    Answer { status: 200, content_type, body: body.into().into_bytes(), location: None }
}

fn moved(to: &Route) -> Answer {
    Answer { status: 308, content_type: TEXT, body: Vec::new(), location: Some(to.to_string()) }
}

/// A page that no template of the reader takes part in choosing: it says the same whatever was asked for.
fn not_found(edition: &Edition, templates: &Templates) -> Answer {
    #[derive(Serialize)]
    struct Nothing {}
    let page = Desk { edition, templates }.page("Not found", "", "not-found.html", &Nothing {});
    Answer { status: 404, ..page.map_or_else(|error| broken(&error), |html| ok(HTML, html)) }
}

/// The form again, since what was asked is no longer kept.
fn gone(edition: &Edition, templates: &Templates) -> Answer {
    let page = Desk { edition, templates }.page("Search", "search-form", "search.html", &SearchView::form(edition));
    Answer { status: 404, ..page.map_or_else(|error| broken(&error), |html| ok(HTML, html)) }
}

/// A page without templates, since one of them cannot be rendered.
fn broken(error: &TemplateError) -> Answer {
    let place = error.to_string().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let html = format!(
        "<!doctype html><html lang=\"en\" translate=\"no\"><meta charset=\"utf-8\"><title>Template</title>\
         <h1>A template cannot be rendered</h1><p>{place}</p><p>Mend it, or start without your own templates.</p></html>"
    );
    Answer { status: 500, ..ok(HTML, html) }
}

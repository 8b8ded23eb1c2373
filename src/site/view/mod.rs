//! Views: what templates are given.
//!
//! In go parts of the edition; out come plain values that serialise: words in [`super::shown::Shown`], dates in English,
//! coordinates worked out. These are the only types of this layer that serialise. A view decides what is said; a
//! template decides only where it stands.

mod about;
mod aside;
mod client;
mod clients;
mod course;
mod course_rows;
mod document;
mod drawing;
mod facts;
pub(crate) mod lanes;
mod note;
mod note_card;
mod note_name;
mod page_links;
mod patterns;
mod practice_months;
mod prepare;
mod search;
mod sentence;
mod spark;
mod theme;
mod theme_near;
mod themes;
mod today;
mod years;
mod zoom;

pub(crate) use about::AboutView;
pub(crate) use client::{ClientView, Stretch};
pub(crate) use clients::ClientsView;
pub(crate) use course::CourseView;
pub(crate) use document::Document;
pub(crate) use note::NoteView;
pub(crate) use patterns::PatternsView;
pub(crate) use prepare::PrepareView;
pub(crate) use search::SearchView;
pub(crate) use theme::ThemeView;
pub(crate) use themes::ThemesView;
pub(crate) use today::TodayView;

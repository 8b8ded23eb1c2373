//! Links to the pages of a long list.
//!
//! In go how many pages there are and which is open; out comes a link to each, or none where there is but one.

use crate::site::address::Route;
use serde::Serialize;

/// A link to one page of a list.
#[derive(Serialize)]
pub(crate) struct PageLink {
    href: String,
    number: usize,
    current: bool,
}

/// Links to all pages, numbered from 1.
pub(crate) fn page_links(page: usize, pages: usize, route: impl Fn(usize) -> Route) -> Vec<PageLink> {
    let link = |number| PageLink { href: route(number).to_string(), number, current: number == page };
    if pages < 2 { Vec::new() } else { (1..=pages).map(link).collect() }
}

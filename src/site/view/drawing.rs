//! A small drawing: areas, lines, marks and labels, as the template writes them down.
//!
//! In go coordinates and words that somebody worked out; out comes what serialises. Order is depth: areas lie under
//! lines, lines under marks, marks under labels. What a mark is can be told by its shape, not by colour alone.

use super::lanes::tenth;
use crate::site::shown::Shown;
use serde::Serialize;

/// Width of a small drawing beside a sentence.
pub(crate) const SMALL: f64 = 400.0;
/// Room at its ends.
pub(crate) const EDGE: f64 = 6.0;

/// One drawing.
#[derive(Serialize)]
pub(crate) struct Drawing {
    /// In units of the drawing.
    pub(crate) width: f64,
    /// In units of the drawing.
    pub(crate) height: f64,
    /// What it shows, for those who do not see it.
    pub(crate) words: Shown,
    areas: Vec<Area>,
    lines: Vec<Path>,
    marks: Vec<Sign>,
    labels: Vec<Label>,
}

#[derive(Serialize)]
struct Area {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    look: &'static str,
}

#[derive(Serialize)]
struct Path {
    d: String,
    look: &'static str,
}

/// A mark that leads somewhere.
#[derive(Serialize)]
struct Sign {
    shape: &'static str,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
    look: &'static str,
    href: String,
    title: Shown,
}

#[derive(Serialize)]
struct Label {
    x: f64,
    y: f64,
    anchor: &'static str,
    text: Shown,
    look: &'static str,
}

/// Where a mark leads, and what it is called.
pub(crate) struct Leads {
    /// The note's page.
    pub(crate) href: String,
    /// Its tooltip.
    pub(crate) title: Shown,
}

impl Drawing {
    /// An empty drawing.
    pub(crate) fn new(width: f64, height: f64, words: &str) -> Self {
        Self {
            width: tenth(width),
            height: tenth(height),
            words: Shown::new(words),
            areas: Vec::new(),
            lines: Vec::new(),
            marks: Vec::new(),
            labels: Vec::new(),
        }
    }

    /// A filled stretch between two corners.
    pub(crate) fn area(&mut self, (left, top): (f64, f64), (right, bottom): (f64, f64), look: &'static str) {
        let (width, height) = ((right - left).max(0.0), (bottom - top).max(0.0));
        let [x, y, width, height] = [left, top, width, height].map(tenth);
        self.areas.push(Area { x, y, width, height, look });
    }

    /// A line through points; nothing for fewer than two.
    pub(crate) fn line(&mut self, points: &[(f64, f64)], look: &'static str) {
        if points.len() > 1 {
            let steps: Vec<String> = points.iter().map(|(x, y)| format!("{} {}", tenth(*x), tenth(*y))).collect();
            self.lines.push(Path { d: format!("M{}", steps.join("L")), look });
        }
    }

    /// A round mark.
    pub(crate) fn dot(&mut self, (x, y): (f64, f64), radius: f64, look: &'static str, leads: Leads) {
        self.sign("dot", (x, y), (radius, radius), look, leads);
    }

    /// A cell, from its upper left corner.
    pub(crate) fn cell(&mut self, at: (f64, f64), size: (f64, f64), look: &'static str, leads: Leads) {
        self.sign("cell", at, size, look, leads);
    }

    /// A cross, for what was missed.
    pub(crate) fn cross(&mut self, at: (f64, f64), reach: f64, look: &'static str, leads: Leads) {
        self.sign("cross", at, (reach, reach), look, leads);
    }

    fn sign(&mut self, shape: &'static str, (x, y): (f64, f64), size: (f64, f64), look: &'static str, leads: Leads) {
        let [x, y, width, height] = [x, y, size.0, size.1].map(tenth);
        self.marks.push(Sign { shape, x, y, width, height, look, href: leads.href, title: leads.title });
    }

    /// Words; `anchor` is `start`, `middle` or `end`.
    pub(crate) fn label(&mut self, (x, y): (f64, f64), anchor: &'static str, text: &str, look: &'static str) {
        self.labels.push(Label { x: tenth(x), y: tenth(y), anchor, text: Shown::new(text), look });
    }
}

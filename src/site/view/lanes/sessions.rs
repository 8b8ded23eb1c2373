//! The lane of appointments: a shape for each way an appointment can go.

use super::{Axis, Stack, titled};
use crate::casebook::{Appointment, CaseFile};
use crate::domain::Attendance;
use crate::site::wording;
use chrono::NaiveDate;
use serde::Serialize;

/// All appointments of the stretch.
#[derive(Serialize)]
pub(crate) struct SessionLane {
    y: f64,
    r: f64,
    marks: Vec<SessionMark>,
    /// A planned appointment, where one lies on the axis.
    planned: Option<Planned>,
}

/// One appointment.
#[derive(Serialize)]
struct SessionMark {
    x: f64,
    shape: &'static str,
    href: String,
    title: String,
}

/// The next appointment.
#[derive(Serialize)]
struct Planned {
    x: f64,
    title: String,
}

/// Shapes with the sign and words that explain them.
const SHAPES: [(&str, &str, &str); 6] = [
    ("attended", "●", "attended"),
    ("late", "◐", "came late"),
    ("missed", "×", "no-show"),
    ("cancelled", "–", "cancelled"),
    ("moved", "›", "moved"),
    ("unsaid", "○", "attendance not written down"),
];

impl SessionLane {
    /// How many appointments are drawn.
    pub(super) fn len(&self) -> usize {
        self.marks.len()
    }

    /// The signs that occur, with their meaning.
    pub(super) fn signs(&self) -> Vec<(&'static str, &'static str)> {
        let mut signs: Vec<_> = SHAPES
            .iter()
            .filter(|(shape, ..)| self.marks.iter().any(|mark| mark.shape == *shape))
            .map(|(_, sign, words)| (*sign, *words))
            .collect();
        if self.planned.is_some() {
            signs.push(("◌", "planned"));
        }
        signs
    }
}

/// Lays the lane out.
pub(super) fn session_lane(
    file: &CaseFile,
    axis: &Axis,
    stack: &mut Stack,
    mark: f64,
    today: NaiveDate,
) -> SessionLane {
    let top = stack.lane("Sessions", None, 16.0, 14.0);
    let shown = file.appointments.iter().filter(|a| axis.holds(a.day));
    let marks = shown.filter_map(|appointment| session_mark(file, appointment, axis)).collect();
    let planned = file
        .next_session()
        .filter(|next| axis.holds(next.day))
        .map(|next| Planned { x: axis.x(next.day), title: format!("planned: {}", wording::moment(next, today)) });
    SessionLane { y: top + 8.0, r: super::tenth(mark * 0.47), marks, planned }
}

fn session_mark(file: &CaseFile, appointment: &Appointment, axis: &Axis) -> Option<SessionMark> {
    let (name, href) = titled(file, appointment.note)?;
    let title = format!("{name} · {}", wording::attendance(appointment.attendance));
    Some(SessionMark { x: axis.x(appointment.day), shape: shape(appointment.attendance), href, title })
}

fn shape(attendance: Option<Attendance>) -> &'static str {
    match attendance {
        None => "unsaid",
        Some(Attendance::Attended) => "attended",
        Some(Attendance::Late) => "late",
        Some(Attendance::NoShow) => "missed",
        Some(Attendance::CancelledLate | Attendance::CancelledClient | Attendance::CancelledCounselor) => "cancelled",
        Some(Attendance::Rescheduled) => "moved",
    }
}

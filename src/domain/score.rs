//! A score of a questionnaire at one time.

use super::Place;

/// The total of one scale (or a risk item of it) in one note.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Id of the scale in lower case, such as `phq9`.
    pub scale: String,
    /// The total, in points of the scale.
    pub value: f64,
    /// Where in the note it stands.
    pub place: Option<Place>,
}
